"""What is in force here: the policy, the organisation's own copy of it, the procedures."""

from collections.abc import Mapping

from desktop.domain.own_copy import OwnCopy
from desktop.domain.policies import Policy
from desktop.domain.procedures import Procedure
from desktop.operations.load_policies import load_policy
from desktop.operations.workspace import Workspace


def own_copy(workspace: Workspace) -> OwnCopy:
    """Return what the organisation has entered so far."""
    rows = {(row.topic, row.name): row.value for row in workspace.log.organisation.current()}
    chosen = rows.get(("policy", ""), "")
    return OwnCopy(policy_id=chosen or OwnCopy().policy_id, policy_chosen=bool(chosen))


def policy_in_force(workspace: Workspace) -> Policy:
    """Return the policy profile that new checklists run under."""
    return load_policy(own_copy(workspace).policy_id)


def procedures_in_force(workspace: Workspace) -> Mapping[str, Procedure]:
    """Return the procedures with what the organisation added to them."""
    return workspace.procedures
