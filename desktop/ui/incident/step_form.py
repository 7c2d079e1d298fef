"""The form inside a step: what must be filled in for what is being recorded of it."""

from enum import StrEnum

from PySide6.QtWidgets import QWidget

from desktop.domain.calendar.times import Clock
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedures import Blank
from desktop.domain.steps.recording import blanks_for
from desktop.ui.form_fields import FieldsForm

FEW_CHOICES = 5
LATE = "Why it was late. One sentence is enough"


class Mode(StrEnum):
    """What is being recorded."""

    DONE = "done"
    EARLIER = "earlier"
    LEAVE_OUT = "leave out"
    NOT_POSSIBLE = "not possible"
    AGAIN = "again"
    STILL_TO_DO = "still to do"
    WHY_LATE = "why late"


STATES: dict[Mode, StepState] = {
    Mode.DONE: StepState.DONE,
    Mode.EARLIER: StepState.DONE,
    Mode.LEAVE_OUT: StepState.NOT_APPLICABLE,
    Mode.NOT_POSSIBLE: StepState.NOT_POSSIBLE,
    Mode.AGAIN: StepState.DONE,
    Mode.STILL_TO_DO: StepState.OPEN,
    Mode.WHY_LATE: StepState.DONE,
}
REASONS: dict[Mode, str] = {
    Mode.EARLIER: "Why it came before what should come first",
    Mode.LEAVE_OUT: "Why it does not apply here",
    Mode.NOT_POSSIBLE: "Why it was not possible",
    Mode.STILL_TO_DO: "Why it is still to do",
}


def draft_name(view: StepView) -> str:
    """Name the draft of what is being filled in for a step."""
    return f"form.step.{view.step.id}"


def build_step_form(clock: Clock, view: StepView, mode: Mode, parent: QWidget) -> FieldsForm:
    """Make the fields that must, or may, be filled in to record this."""
    form = FieldsForm(clock, "step", parent)
    if mode is Mode.WHY_LATE:
        add_late(form)
    elif mode is Mode.AGAIN:
        _add_again(form, view)
    else:
        _add_first(form, view, mode)
    return form


def _add_first(form: FieldsForm, view: StepView, mode: Mode) -> None:
    if mode in (Mode.LEAVE_OUT, Mode.NOT_POSSIBLE, Mode.STILL_TO_DO):
        form.add_text("reason", REASONS[mode])
        if mode is Mode.LEAVE_OUT and view.prefilled_reason:
            form.set_text("reason", view.prefilled_reason)
    if mode is Mode.EARLIER:
        form.add_when("done_at", "When it was really done")
        if view.waiting_for:
            form.add_text("reason", REASONS[mode])
    for blank in blanks_for(view.step, STATES[mode]):
        add_blank(form, blank)
    if mode is Mode.DONE and view.is_overdue:
        add_late(form)


def _add_again(form: FieldsForm, view: StepView) -> None:
    """Ask why, of what somebody recorded; the time stays as it was unless another is entered."""
    if view.entry is not None:
        form.add_text("again_reason", "Why you record it again")
    form.add_when("done_at", "When it was really done")
    form.set_when("done_at", view.done_at)
    for blank in blanks_for(view.step, StepState.DONE):
        add_blank(form, blank)
    if view.entry is not None and view.state is StepState.DONE:
        form.set_texts(dict(view.entry.values))


def add_late(form: FieldsForm) -> None:
    """Ask why it was late, unless that is asked already."""
    if not form.has("late_reason"):
        form.add_text("late_reason", LATE)


def add_blank(form: FieldsForm, blank: Blank, prefix: str = "") -> None:
    """Add the field of something that must be recorded with a step."""
    name = prefix + blank.name
    label = blank.label
    if not (blank.required or blank.needed_with):
        label += " (can stay empty)" if label.endswith("?") else " (if known)"
    if blank.choices and len(blank.choices) <= FEW_CHOICES:
        form.add_choice(name, label, [(one, _capital(one)) for one in blank.choices])
    elif blank.choices:
        listed = [("", "Choose…"), *((one, _capital(one)) for one in blank.choices)]
        form.add_list(name, label, listed)
    elif blank.long:
        form.add_text(name, label)
    else:
        form.add_line(name, label)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
