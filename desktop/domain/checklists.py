"""Where the steps of running checklists stand, which comes next, and what may be recorded."""

from dataclasses import dataclass

from desktop.domain.checklist_records import StepEntry, StepState
from desktop.domain.clocks import Due
from desktop.domain.identifiers import ChecklistId
from desktop.domain.procedures import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step as it stands now.

    `entry` is the entry that counts; None while untouched, or when the program ticked it itself.
    `history` holds every entry, oldest first. `waiting_for` are steps that come first.
    `prefilled_reason`: the rules make an open step not applicable, the DSL confirms by recording
    NOT_APPLICABLE with it. `is_next`: it leads its own checklist.
    """

    checklist_id: ChecklistId
    procedure_id: str
    step: Step
    state: StepState
    entry: StepEntry | None = None
    history: tuple[StepEntry, ...] = ()
    waiting_for: tuple[Step, ...] = ()
    prefilled_reason: str = ""
    due: Due | None = None
    is_next: bool = False
