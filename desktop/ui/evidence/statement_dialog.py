"""The window that corrects an answer at the gate that was given by mistake."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.calendar.times import say
from desktop.domain.evidence.gate import GateAnswer, Statement
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.identifiers import StatementId
from desktop.operations.evidence.make_statement import correct_statement
from desktop.operations.evidence.show_statements import ItemStatements, show_statements
from desktop.ui.form_dialog import FormDialog
from desktop.ui.session import Session
from desktop.ui.widgets.words import secondary, strong

HINT = (
    "The first answer stays visible, with yours beside it. This does not bring anything in: add "
    "it again afterwards, and the question is asked first, as always."
)
CONFIRMED = (
    "It was answered with yes. Nobody can change that here, in whatever role. If the police say "
    "that it is something else, record what they said as a contact."
)
ANSWERS = (
    (GateAnswer.NO.value, "No, no reason to think so"),
    (GateAnswer.NOT_SURE.value, "Not sure"),
    (GateAnswer.YES.value, "Yes"),
)
_SAID = {
    GateAnswer.NO: "No",
    GateAnswer.NOT_SURE: "Not sure",
    GateAnswer.YES: "Yes",
}


class StatementDialog(FormDialog):
    """Shows the answers so far; asks for the right one, why, and on what information."""

    def __init__(self, session: Session, item: EvidenceItem, parent: QWidget) -> None:
        super().__init__(
            session,
            item.incident_id,
            f"statement.{item.id}",
            f"Correct the answer for {item.mark}",
            parent,
            keep="Correct it",
            hint=HINT,
        )
        self._item = item
        self._latest: StatementId | None = None
        self._said = secondary("", self.form)
        self._confirmed = strong(CONFIRMED, self.form)
        self._confirmed.hide()
        self.form.add_widget(self._said)
        self.form.add_widget(self._confirmed)
        self.form.add_choice("answer", "The answer should have been", ANSWERS)
        self.form.add_text("reason", "Why the first answer was a mistake")
        self.form.add_text("information", "On what information: who said so, when")
        self.settle()
        self.keep_button.setEnabled(False)

    def show_form(self) -> None:
        """Open and read which answers were given."""
        super().show_form()
        operation = partial(show_statements, item_id=self._item.id)
        self._session.run(self, operation, self._on_read)

    def _on_read(self, given: ItemStatements) -> None:
        self._said.setText("\n".join(say_statement(one) for one in given.statements))
        latest = given.statements[-1] if given.statements else None
        self._latest = latest.id if latest else None
        can = latest is not None and not given.confirmed
        self._confirmed.setVisible(given.confirmed)
        self.keep_button.setEnabled(can)
        for name in ("answer", "reason", "information"):
            self.form.field(name).setEnabled(can)

    def _keep(self) -> None:
        if self._latest is None or self._lacks(
            ("answer", "Choose what the answer should have been."),
            ("reason", "Write why it was a mistake. One sentence is enough."),
            ("information", "Write who said so, or what it rests on."),
        ):
            return
        self._run(
            partial(
                correct_statement,
                incident_id=self._incident_id,
                statement_id=self._latest,
                answer=GateAnswer(self.form.text("answer")),
                reason=self.form.text("reason"),
                information=self.form.text("information"),
            )
        )


def can_be_corrected(item: EvidenceItem) -> bool:
    """Say whether an answer held it back."""
    return item.state is ItemState.HELD_BACK and item.statement_id is not None


def start_correction(session: Session, item: EvidenceItem, window: QWidget) -> None:
    """Open the window for the answer that held an item back."""
    StatementDialog(session, item, window).show_form()


def say_statement(statement: Statement) -> str:
    """Say one answer in a line: when, by whom, what, and why where it corrects another."""
    said = f"{say(statement.at)}, {statement.by}: {_SAID[statement.answer]}"
    if statement.corrects is None:
        return f"{said}. About: {', '.join(statement.listed)}"
    about = f" On the information: {statement.information}." if statement.information else ""
    return f"{said}, correcting the answer before. {statement.reason.rstrip('.')}.{about}"
