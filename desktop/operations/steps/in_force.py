"""What is in force here: the policy, the organisation's own copy of it, the procedures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.policy.own_copy import ROLE_TITLES, OwnCopy, OwnDeadline, OwnStep
from desktop.domain.policy.own_text import with_own
from desktop.domain.policy.own_values import OwnTopic, read_own_copy
from desktop.domain.policy.policies import Policy
from desktop.domain.steps.procedures import Procedure
from desktop.operations.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The procedures as they run here, and what was added to them but fits no longer."""

    procedures: Mapping[str, Procedure]
    misfits: tuple[OwnStep | OwnDeadline, ...]


def own_copy(workspace: Workspace) -> OwnCopy:
    """Return what the organisation has entered so far."""
    rows = workspace.log.organisation.current()
    return read_own_copy({(row.topic, row.name): row.value for row in rows})


def policy_in_force(workspace: Workspace) -> Policy:
    """Return the policy profile that new checklists run under."""
    return workspace.data.policy(own_copy(workspace).policy_id)


def titles(workspace: Workspace) -> Mapping[str, str]:
    """Return what each role is called here: in our own words, else the policy's, else ours."""
    own, policy = own_copy(workspace), policy_in_force(workspace)
    said = {one.role: one.title for one in policy.titles}
    return {
        role: own.role(role).title or said.get(role, plain) for role, plain in ROLE_TITLES.items()
    }


def procedures_in_force(workspace: Workspace) -> Mapping[str, Procedure]:
    """Return the procedures with what the organisation added to them."""
    return look_at_procedures(workspace).procedures


def look_at_procedures(workspace: Workspace) -> InForce:
    """Return the procedures as they run here; what no longer fits one is left out and named."""
    own = own_copy(workspace)
    touched = {one.procedure_id for one in own.steps}
    touched |= {one.procedure_id for one in own.deadlines}
    if not touched:
        return InForce(procedures=workspace.procedures, misfits=())
    procedures = dict(workspace.procedures)
    misfits: list[OwnStep | OwnDeadline] = []
    for procedure_id in sorted(touched):
        steps = [one for one in own.steps if one.procedure_id == procedure_id]
        deadlines = [one for one in own.deadlines if one.procedure_id == procedure_id]
        procedure = procedures.get(procedure_id)
        if procedure is None:
            misfits += [*steps, *deadlines]
            continue
        label = f"ours {_count(workspace, procedure_id)}"
        procedures[procedure_id], left_out = _fit(procedure, steps, deadlines, label)
        misfits += left_out
    return InForce(procedures=procedures, misfits=tuple(misfits))


def _count(workspace: Workspace, procedure_id: str) -> int:
    """Return how often something of our own was entered for a procedure."""
    table = workspace.log.organisation
    names = [*table.names(OwnTopic.STEP), *table.names(OwnTopic.DEADLINE)]
    return sum(name.startswith(f"{procedure_id}-") for name in names)


def _fit(
    procedure: Procedure, steps: Sequence[OwnStep], deadlines: Sequence[OwnDeadline], label: str
) -> tuple[Procedure, list[OwnStep | OwnDeadline]]:
    """Return the procedure with all that fits it, and what does not."""
    made = _try(procedure, steps, deadlines, label)
    if made:
        return made, []
    good_steps = [one for one in steps if _try(procedure, [one], [], label)]
    good_deadlines = [one for one in deadlines if _try(procedure, good_steps, [one], label)]
    left_out: list[OwnStep | OwnDeadline] = [one for one in steps if one not in good_steps]
    left_out += [one for one in deadlines if one not in good_deadlines]
    return with_own(procedure, good_steps, good_deadlines, label), left_out


def _try(
    procedure: Procedure, steps: Sequence[OwnStep], deadlines: Sequence[OwnDeadline], label: str
) -> Procedure | None:
    try:
        return with_own(procedure, steps, deadlines, label)
    except ProcedureInvalid:
        return None
