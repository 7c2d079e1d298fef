"""What a keyholder does with the steps of an incident: unfold, open, press, fill in, keep."""

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from desktop.app import Program
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.ui.choice_row import camel
from desktop.ui.form_dialog import FormDialog
from desktop.ui.incident.checklist_panel import ChecklistPanel
from desktop.ui.incident.step_card import StepCard
from tests.end_to_end.evidence_hands import EvidenceHands
from tests.end_to_end.hands import Hands


class ChecklistHands(EvidenceHands):
    """Works on one incident at a time, whatever of its checklists is folded."""

    def __init__(self, program: Program, hands: Hands, folder: Path) -> None:
        super().__init__(program, hands, folder)
        self.hands = hands

    @property
    def checklists(self) -> ChecklistPanel:
        return self.page.checklist_panel

    def answer_triage(self, button: str = "startTriageButton", **answers: str) -> None:
        """Answer the first questions by the names of the answers; several are joined by '+'."""
        hands = self.hands
        hands.press(button)
        hands.find("triageT1NoButton")
        for number in range(1, 14):
            given = answers.get(f"T{number}", "" if number in (8, 11) else "No")
            for one in filter(None, given.split("+")):
                hands.press(f"triageT{number}{one}Button")
        hands.press("keepButton")

    def go_on(self, *procedures: str) -> None:
        """Read which procedures lead from here, and go back to the incident."""
        for one in procedures:
            self.hands.reads(one)
        self.hands.press("keepButton")
        self.settled()

    def runs(self, procedure_id: str) -> bool:
        """Whether a checklist of this procedure is on the page."""
        self.settled()
        return self._head(procedure_id) is not None

    def _head(self, procedure_id: str) -> QAbstractButton | None:
        found = self.checklists.findChild(QAbstractButton, f"section{procedure_id}Button")
        return found if isinstance(found, QAbstractButton) else None

    def view(self, step_id: str) -> StepView:
        """Return a step as it is shown."""
        self.settled()
        return self.hands.wait(step_id, lambda: self.checklists.card(step_id)).view

    def leads(self, step_id: str) -> None:
        """Wait until this is the step to do now, shown open."""
        self.hands.wait(f"{step_id} to lead", lambda: self._leading() == step_id)

    def _leading(self) -> str:
        cards = self.checklists.findChildren(StepCard)
        return next((one.view.step.id for one in cards if one.is_now), "")

    def open_step(self, step_id: str) -> StepCard:
        """Unfold its procedure and the step itself, where they are folded."""
        self.settled()
        card = self.hands.wait(step_id, lambda: self.checklists.card(step_id))
        if not card.isVisible():
            self.hands.press(f"section{step_id.split('-', maxsplit=1)[0]}Button", self.checklists)
        if not card.header.isChecked():
            self.hands.press(card.header.objectName(), card)
        return card

    def offers(self, step_id: str, button: str) -> bool:
        """Whether a step, opened, has this button."""
        card = self.open_step(step_id)
        self.settled()
        return any(one.isVisible() for one in card.findChildren(QAbstractButton, button))

    def begin(self, step_id: str, button: str) -> None:
        """Press one of the buttons of a step."""
        self.hands.press(button, self.open_step(step_id))

    def is_settled(self, step_id: str, state: StepState = StepState.DONE) -> None:
        """Wait until a step is shown as it was recorded."""
        self.hands.wait(f"{step_id} {state}", lambda: self._state(step_id) is state)

    def _state(self, step_id: str) -> StepState | None:
        card = self.checklists.card(step_id)
        return card.view.state if card else None

    def record(self, step_id: str, button: str = "", **texts: str) -> None:
        """Fill in what a step asks for, by the names of its blanks, and keep it."""
        if button:
            self.begin(step_id, button)
        card = self.open_step(step_id)
        self.fill("step", card, **texts)
        kept = next(one for one in ("keepStepButton", "doneButton") if _offers(card, one))
        self.hands.press(kept, card)
        self.is_settled(step_id)

    def tell(self, step_id: str, button: str = "contactButton", **texts: str) -> None:
        """Record the contact that a step asks for."""
        self.begin(step_id, button)
        dialog = self.dialog()
        self.fill("contact", dialog, **texts)
        self.hands.press("keepButton")
        self.is_settled(step_id)

    def set_aside(
        self, step_id: str, reason: str, button: str = "leaveOutButton",
        state: StepState = StepState.NOT_APPLICABLE,
    ) -> None:  # fmt: skip
        """Say that a step does not apply, or was not possible, with the reason."""
        self.begin(step_id, button)
        card = self.open_step(step_id)
        self.hands.write("stepReasonEdit", reason, card)
        self.hands.press("keepStepButton", card)
        self.is_settled(step_id, state)

    def confirm(self, step_id: str) -> None:
        """Confirm that a step does not apply, for the reason that the rules give."""
        self.begin(step_id, "confirmButton")
        self.is_settled(step_id, StepState.NOT_APPLICABLE)

    def fill(self, prefix: str, inside: QWidget, **texts: str) -> None:
        """Fill in fields by name: a line, an answer of a row, or an entry of a list."""
        for name, text in texts.items():
            field = prefix + "".join(word.capitalize() for word in name.split("_"))
            if inside.findChild(QWidget, f"{field}Edit"):
                self.hands.write(f"{field}Edit", text, inside)
            elif inside.findChild(QComboBox, f"{field}Box"):
                self.hands.choose(f"{field}Box", text, inside)
            else:
                self.hands.press(f"{field}{camel(text)}Button", inside)

    def dialog(self) -> QWidget:
        """Return the form that is open in front, once its draft has been read."""
        return self.hands.wait("a form", lambda: _ready(QApplication.activeModalWidget()))


def _ready(widget: QWidget | None) -> QWidget | None:
    if isinstance(widget, FormDialog):
        return widget if widget.keep_button.isEnabled() else None
    return widget


def _offers(card: QWidget, name: str) -> bool:
    found = card.findChild(QAbstractButton, name)
    return isinstance(found, QAbstractButton) and found.isVisible()
