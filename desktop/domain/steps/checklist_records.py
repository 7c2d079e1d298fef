"""What is kept of a running checklist: which procedure, and what was recorded of its steps."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import ChecklistId, ContactId, IncidentId


class StepState(StrEnum):
    """Where a step stands."""

    OPEN = "open"
    DONE = "done"
    NOT_APPLICABLE = "not applicable"
    NOT_POSSIBLE = "not possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEntry:
    """One recorded outcome of a step; the latest entry counts, earlier ones stay visible.

    `done_at` is when it was really done, `at` when it was recorded. `out_of_order` is the reason
    why it came before what had to be first. `again_reason`: why a step that was settled is
    recorded again. `values` are (blank name, text) pairs. `ruled_by` are the facts of the rule
    that held when it was left out, whatever the words; None: no rule did, or none was kept.

    An entry that says nothing but why it was late leaves the step as it is: see explains_only.
    """

    step_id: str
    state: StepState
    at: Moment
    by: str
    done_at: Moment | None = None
    reason: str = ""
    late_reason: str = ""
    out_of_order: str = ""
    values: tuple[tuple[str, str], ...] = ()
    contact_id: ContactId | None = None
    again_reason: str = ""
    ruled_by: tuple[str, ...] | None = None

    @property
    def explains_only(self) -> bool:
        """Whether it only says why a step that the program ticked was late."""
        return self.state is StepState.OPEN and bool(self.late_reason) and not self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A procedure running in an incident, pinned to the version and policy it started with.

    `attached_with` are the facts that called for it; none: somebody attached it by hand.
    `ended_with` are those that still did when it ended, so that they do not attach it again; both
    are None where that was not kept.
    """

    id: ChecklistId
    incident_id: IncidentId
    procedure_id: str
    version: str
    attached_at: Moment
    attached_reason: str
    ended_reason: str
    entries: tuple[StepEntry, ...]
    policy: str = ""
    attached_with: tuple[str, ...] | None = None
    ended_with: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageAnswer:
    """One answer to a triage question (T1 to T13); the latest counts.

    `answer` is 'yes', 'no', 'unsure', or for T8 one or more of its places joined by '+'
    (private, site, own, fake, person); `note` is free text.
    """

    question: str
    answer: str
    at: Moment
    by: str
    note: str = ""
