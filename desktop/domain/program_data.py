"""What comes with the program beside its procedures, and which of its files are damaged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.domain.calendar.times import Moment
from desktop.domain.errors import NotFound, ProcedureInvalid
from desktop.domain.evidence.platforms import Platforms
from desktop.domain.log.retention import Retention
from desktop.domain.policy.laws import Laws
from desktop.domain.policy.own_copy import STRICTEST
from desktop.domain.policy.policies import Policy
from desktop.domain.policy.policy_lines import ProgramPlace
from desktop.domain.policy.sources import Sources
from desktop.domain.policy.switches import Switches
from desktop.domain.steps.procedures import POLICY_SOURCES
from desktop.domain.steps.vanishing import Vanishing
from desktop.domain.steps.worksheets import Worksheet

_DAMAGED_POLICY = Policy(
    id=STRICTEST,
    title="Strictest deadlines and stops of all",
    sources=POLICY_SOURCES,
    checked="",
    note="The file of this policy is damaged. Every deadline of the five policies runs.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DamagedFile:
    """A file that cannot be used: what is wrong, and of when the text is that is used instead.

    `name` is its place without the ending: policies/laws. `kept_at` is None where the log never
    held a good text of it.
    """

    name: str
    problems: tuple[str, ...]
    kept_at: Moment | None = None

    @property
    def file_name(self) -> str:
        """Return what the file is called."""
        return f"{self.name.rpartition('/')[2]}.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramData:
    """Policies, worksheets and the other lists as an open log goes on with them.

    `places` are the fields and rules of the program that carry lines of policies; `vanishing` is
    what may be lost first.
    """

    policies: tuple[Policy, ...]
    switches: Switches
    sources: Sources
    laws: Laws
    places: tuple[ProgramPlace, ...]
    worksheets: Mapping[str, Worksheet]
    vanishing: tuple[Vanishing, ...]
    platforms: Platforms
    retention: Retention
    damaged: tuple[DamagedFile, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything that is wrong with the files, each with its place and its cure."""
        return tuple(problem for file in self.damaged for problem in file.problems)

    def policy(self, name: str) -> Policy:
        """Return a policy profile; of one that is not there, the strictest counts."""
        found = {one.id: one for one in self.policies}
        return found.get(name) or stand_in(name, found.get(STRICTEST))

    def worksheet(self, worksheet_id: str) -> Worksheet:
        """Return a worksheet; raises NotFound.

        Raises ProcedureInvalid, with its problems, where its file is damaged.
        """
        worksheet = self.worksheets.get(worksheet_id)
        if worksheet is None:
            file = f"worksheets/{worksheet_id}"
            damaged = next((one for one in self.damaged if one.name == file), None)
            raise ProcedureInvalid(damaged.problems) if damaged else NotFound("worksheet")
        return worksheet

    def worksheet_title(self, worksheet_id: str) -> str:
        """Return what a worksheet is called; its id, if it is no longer among them."""
        worksheet = self.worksheets.get(worksheet_id)
        return worksheet.title if worksheet else worksheet_id


def stand_in(name: str, strictest: Policy | None = None) -> Policy:
    """Return what counts while a policy cannot be read: the strictest of all."""
    if name == STRICTEST:
        return _DAMAGED_POLICY
    words = name.replace("-", " ").capitalize()
    title = f"{words} (its file is damaged)"
    return replace(strictest or _DAMAGED_POLICY, id=name, title=title, note=_DAMAGED_POLICY.note)
