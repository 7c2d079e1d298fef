"""Shows where each line of the five policies is kept, and which policies are followed here."""

from dataclasses import dataclass

from desktop.domain.policy.policy_lines import PolicyLine
from desktop.domain.steps.procedures import POLICY_SOURCES
from desktop.operations.steps.in_force import policy_in_force
from desktop.operations.steps.load_policies import load_policy_lines, load_sources
from desktop.operations.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTable:
    """The lines of all policies, what each policy is called, and which ones are followed."""

    lines: tuple[PolicyLine, ...]
    policies: tuple[tuple[str, str], ...]
    followed: tuple[str, ...]

    def of(self, policy: str) -> tuple[PolicyLine, ...]:
        """Return the lines of one policy (S000 …)."""
        return tuple(one for one in self.lines if one.policy == policy)


def show_policy_lines(workspace: Workspace) -> PolicyTable:
    """Return the table of the policies' lines, against the procedures that are running here."""
    known = {one.reference: one.name for one in load_sources().sources}
    return PolicyTable(
        lines=load_policy_lines(workspace.procedures),
        policies=tuple((one, known.get(one, one)) for one in POLICY_SOURCES),
        followed=policy_in_force(workspace).sources,
    )
