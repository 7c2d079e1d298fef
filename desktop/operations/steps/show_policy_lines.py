"""Shows where each line of the five policies is kept, and which policies are followed here."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.policy.policy_lines import PolicyLine, find_places, policy_lines
from desktop.domain.program_data import ProgramData
from desktop.domain.steps.procedures import POLICY_SOURCES, Procedure
from desktop.operations.steps.in_force import policy_in_force
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
    known = {one.reference: one.name for one in workspace.data.sources.sources}
    return PolicyTable(
        lines=all_policy_lines(workspace.data, workspace.procedures),
        policies=tuple((one, known.get(one, one)) for one in POLICY_SOURCES),
        followed=policy_in_force(workspace).sources,
    )


def all_policy_lines(
    data: ProgramData, procedures: Mapping[str, Procedure]
) -> tuple[PolicyLine, ...]:
    """Return every line of the policies with where it is kept."""
    return policy_lines(find_places(procedures, data.policies, data.laws, data.places))
