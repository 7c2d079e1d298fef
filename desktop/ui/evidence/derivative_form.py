"""Asks of every copy why it is made and who can be seen or named in it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.domain.calendar.times import Clock
from desktop.domain.evidence.items import EvidenceItem
from desktop.operations.evidence.make_derivative import Purpose
from desktop.operations.evidence.open_sheet import list_people
from desktop.ui.form_dialog import FormDialog
from desktop.ui.form_fields import JOINED_BY, FieldsForm
from desktop.ui.session import Session

PEOPLE, OTHERS, REASON = "people_seen", "others_seen", "reason"
WHY = "Why is this copy made?"
WHY_HINT = "for the parents of …, for the LA officer, to show where to look"
WHO = "Who of these can be seen or named in the copy?"
OTHERS_LABEL = "Who else can be seen or named?"
OTHERS_HINT = "in neutral words, or: nobody"

People = Sequence[tuple[str, str]]


class WhoFields(QWidget):
    """Who can be seen or named: the people of the incident to tick, others in words."""

    edited = Signal()

    def __init__(
        self,
        clock: Clock,
        people: Sequence[tuple[str, str]],
        prefix: str,
        parent: QWidget,
        *,
        ask_why: bool,
        who: str = WHO,
    ) -> None:
        super().__init__(parent)
        self.form = FieldsForm(clock, prefix, self)
        if ask_why:
            self.form.add_line(REASON, WHY, WHY_HINT)
        if people:
            self.form.add_tags(PEOPLE, who, people)
        self.form.add_line(OTHERS, OTHERS_LABEL, OTHERS_HINT)
        self.form.edited.connect(self.edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)

    @property
    def lines(self) -> dict[str, QLineEdit]:
        """The fields whose words outlast a lock."""
        found = {name: self.form.field(name) for name in (REASON, OTHERS) if self.form.has(name)}
        return {name: field for name, field in found.items() if isinstance(field, QLineEdit)}

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of those who are ticked."""
        told = self.form.text(PEOPLE) if self.form.has(PEOPLE) else ""
        return tuple(one for one in told.split(JOINED_BY) if one)

    @property
    def others(self) -> str:
        """Who else, in words."""
        return self.form.text(OTHERS)

    def purpose(self) -> Purpose:
        """Return what was said of the copy."""
        reason = self.form.text(REASON) if self.form.has(REASON) else ""
        return Purpose(reason=reason, people_seen=self.people, others_seen=self.others)

    def missing(self) -> str:
        """Ask for what is missing, with the caret there; '' if nothing is."""
        if self.form.has(REASON) and not self.form.text(REASON):
            self.form.focus(REASON)
            return "Say in a few words why this copy is made."
        return ""


def ask_of_people(
    session: Session,
    item: EvidenceItem,
    parent: QWidget,
    form: Callable[[Session, EvidenceItem, People, QWidget], FormDialog],
) -> None:
    """Read who is in the incident of an item, then open a form that names them."""

    def ask(people: People) -> None:
        form(session, item, people, parent).show_form()

    session.run(parent, partial(list_people, incident_id=item.incident_id), ask)
