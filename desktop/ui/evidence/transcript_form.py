"""The form in which is written down what is heard, said or read in an item."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.operations.evidence.make_derivative import DerivativeMade, Purpose, make_transcript
from desktop.ui import messages
from desktop.ui.evidence.derivative_form import (
    OTHERS,
    OTHERS_HINT,
    OTHERS_LABEL,
    PEOPLE,
    REASON,
    WHO,
    WHY,
    WHY_HINT,
    ask_of_people,
)
from desktop.ui.form_dialog import FormDialog
from desktop.ui.form_fields import JOINED_BY
from desktop.ui.session import Session

WORDS = "words"
ROOM = 7
HINT = (
    "Word for word, as it is heard or written there. Put words of your own in square brackets: "
    "[cannot be heard], [laughs]. It is kept as a copy with its own mark."
)


class TranscriptForm(FormDialog):
    """Words, why they are written down, and who is named in them."""

    is_tall = True

    def __init__(
        self,
        session: Session,
        item: EvidenceItem,
        people: Sequence[tuple[str, str]],
        parent: QWidget,
    ) -> None:
        super().__init__(
            session,
            item.incident_id,
            f"transcript.{item.id}",
            f"Write down what is in {item.mark}",
            parent,
            keep="Keep as a transcript",
            hint=HINT,
        )
        self._item = item
        self.form.add_text(WORDS, "What is heard, said or written", lines=ROOM)
        self.form.add_line(REASON, WHY, WHY_HINT)
        if people:
            self.form.add_tags(PEOPLE, WHO, people)
        self.form.add_line(OTHERS, OTHERS_LABEL, OTHERS_HINT)
        self.settle()

    def _keep(self) -> None:
        if self._lacks((WORDS, "Write it down first."), (REASON, "Say why it is written down.")):
            return
        people = self.form.text(PEOPLE) if self.form.has(PEOPLE) else ""
        purpose = Purpose(
            reason=self.form.text(REASON),
            people_seen=tuple(one for one in people.split(JOINED_BY) if one),
            others_seen=self.form.text(OTHERS),
        )
        operation = partial(
            make_transcript, item_id=self._item.id, text=self.form.text(WORDS), purpose=purpose
        )
        self.keep_button.setEnabled(False)
        self._session.run_long(self, operation, self._on_made, self._on_error)

    def _on_made(self, made: DerivativeMade) -> None:
        parent = self.parentWidget()
        if parent is not None:
            messages.tell(parent, f"Kept as {made.mark}. {self._item.mark} stays as it was.")
        self._on_done(made)


def can_be_written_down(item: EvidenceItem) -> bool:
    """Say whether there is something to write down: kept, and an original."""
    return item.state is ItemState.KEPT and item.derived_from is None


def start_transcript(session: Session, item: EvidenceItem, parent: QWidget) -> None:
    """Read who is in the incident, then ask."""
    ask_of_people(session, item, parent, TranscriptForm)
