"""Own steps and deadlines: what was added, and each procedure as it runs here, to add more."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.domain.policy.own_copy import OwnDeadline, OwnStep
from desktop.domain.steps.procedures import Length, Procedure, Severity, Step
from desktop.operations.organisation.keep_own_copy import drop_deadline, drop_step
from desktop.operations.organisation.show_own_copy import OwnView
from desktop.ui.organisation.entry_row import EntryRow, Row, RowAction
from desktop.ui.organisation.own_section import OwnSection
from desktop.ui.organisation.own_words import (
    OURS_CHIP,
    SEVERITY_TONES,
    SEVERITY_WORDS,
    say_deadline,
    say_own_deadline,
    say_place,
)
from desktop.ui.organisation.policy_words import step_title
from desktop.ui.organisation.step_forms import OwnDeadlineForm, OwnStepForm, TakeOutForm
from desktop.ui.session import Session
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chip import Tone
from desktop.ui.widgets.words import field_label

LETTERS = 30
ADDED_HINT = (
    "What you add is marked “ours” wherever it is shown. Documented steps and stops can't be "
    "removed or loosened."
)
NOTHING = "Nothing added yet. Choose a procedure below to add a step or a deadline."
MISFIT: tuple[str, Tone] = ("Does not run", "due")
MISFIT_WHY = "It no longer fits the procedure as it is now. Change it, or take it out."
FIRST = "P00"


class StepsSection(OwnSection):
    """Two cards: what is ours, and a procedure with a place for more after every step."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._procedure_id = FIRST

    def build(self, view: OwnView) -> None:
        """Show what was added, then the chosen procedure."""
        rows = [self._own_step(one, view) for one in view.own.steps]
        rows += [self._own_deadline(one, view) for one in view.own.deadlines]
        self.add_card("What you added", rows, hint=ADDED_HINT if rows else NOTHING)
        self._add_procedure(view)

    def _own_step(self, step: OwnStep, view: OwnView) -> Row:
        fits = step not in view.misfits
        ask = partial(self._ask_step, step)
        drop = partial(self._ask_out, step.id, step.title, "step")
        return Row(
            title=step.title,
            text=step.text,
            details=(say_place(step, view.procedures.values()), "" if fits else MISFIT_WHY),
            chips=(OURS_CHIP,) if fits else (OURS_CHIP, MISFIT),
            actions=_own_actions(
                step.id, ask if step.procedure_id in view.shipped else None, drop
            ),
        )

    def _own_deadline(self, deadline: OwnDeadline, view: OwnView) -> Row:
        fits = deadline not in view.misfits
        procedures = view.procedures.values()
        ask = partial(self._ask_deadline, deadline)
        drop = partial(self._ask_out, deadline.id, deadline.label, "deadline")
        return Row(
            title=f"Deadline: {deadline.label}",
            text=say_own_deadline(deadline, procedures),
            details=(
                f"Step: {step_title(deadline.step_id, procedures)}.",
                deadline.source,
                "" if fits else MISFIT_WHY,
            ),
            chips=(OURS_CHIP,) if fits else (OURS_CHIP, MISFIT),
            actions=_own_actions(deadline.id, ask if _has_step(deadline, view) else None, drop),
        )

    def _add_procedure(self, view: OwnView) -> None:
        card = Card("Add to a procedure", self)
        box = QComboBox(card)
        box.setObjectName("ownProcedureBox")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(LETTERS)
        for one in sorted(view.procedures.values(), key=lambda each: each.id):
            box.addItem(f"{one.id}  {one.title}", one.id)
        box.setCurrentIndex(max(box.findData(self._procedure_id), 0))
        box.activated.connect(self._on_procedure_chosen)
        self.box = box
        card.body.addWidget(field_label("&Procedure", box, card))
        card.body.addWidget(box)
        procedure = view.procedures[str(box.currentData())]
        for step in procedure.steps:
            card.body.addWidget(EntryRow(self._step(step, procedure, view), card))
        self.body.addWidget(card)

    def _step(self, step: Step, procedure: Procedure, view: OwnView) -> Row:
        chips = ((SEVERITY_WORDS[step.severity], SEVERITY_TONES[step.severity]),)
        name = _name(step.id)
        new = OwnDeadline(
            id="", step_id=step.id, label="", length=Length.HOURS, amount=0, starts=""
        )
        deadline = partial(self._ask_deadline, new)
        actions = [RowAction(f"deadline{name}Button", "Add a deadline…", deadline)]
        if not step.local:
            after = partial(self._ask_step, _new_step(procedure, step))
            actions.insert(0, RowAction(f"after{name}Button", "Add a step after it…", after))
        return Row(
            title=f"{step.title} ({step.id})",
            details=(
                view.titles.get(step.actor, step.actor),
                *(say_deadline(one, view.policy, view.own.switches) for one in step.deadlines),
            ),
            chips=(OURS_CHIP, *chips) if step.local else chips,
            actions=tuple(actions),
        )

    def _ask_step(self, step: OwnStep) -> None:
        procedure = self._procedure(step.procedure_id)
        if procedure is not None:
            OwnStepForm(self, step, procedure).show_form()

    def _ask_deadline(self, deadline: OwnDeadline) -> None:
        procedure = self._procedure(deadline.procedure_id)
        if procedure is not None:
            OwnDeadlineForm(self, deadline, procedure).show_form()

    def _ask_out(self, own_id: str, title: str, kind: str) -> None:
        drop = drop_step if kind == "step" else drop_deadline
        TakeOutForm(self, own_id, title, drop).show_form()

    def _procedure(self, procedure_id: str) -> Procedure | None:
        return self.view.procedures.get(procedure_id) if self.view is not None else None

    @Slot(int)
    def _on_procedure_chosen(self, _index: int) -> None:
        self._procedure_id = str(self.box.currentData())
        self.show_again()


def _new_step(procedure: Procedure, after: Step) -> OwnStep:
    return OwnStep(
        id="",
        procedure_id=procedure.id,
        follows=after.id,
        title="",
        text="",
        actor="DSL",
        severity=Severity.MUST,
    )


def _has_step(deadline: OwnDeadline, view: OwnView) -> bool:
    procedure = view.procedures.get(deadline.procedure_id)
    return procedure is not None and any(one.id == deadline.step_id for one in procedure.steps)


def _own_actions(
    own_id: str, ask: Callable[[], None] | None, drop: Callable[[], None]
) -> tuple[RowAction, ...]:
    """Return the buttons of what is ours; where its place is gone it can only be taken out."""
    out = RowAction(f"takeOut{_name(own_id)}Button", "Take out…", drop)
    if ask is None:
        return (out,)
    return RowAction(f"change{_name(own_id)}Button", "Change…", ask), out


def _name(own_id: str) -> str:
    """Make a part of an object name of an id."""
    return "".join(letter for letter in own_id if letter.isalnum())
