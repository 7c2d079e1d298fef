"""Records to keep: which are due for review, held, or erased, and what can be done about each."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import say_date
from desktop.domain.changes import Changes, Topic
from desktop.domain.errors import AppError
from desktop.domain.identifiers import IncidentId
from desktop.domain.log.certificates import CertificateFacts
from desktop.operations.erasing.erase_record import show_certificate
from desktop.operations.incident.keep_retention import (
    ErasedLine,
    RetentionView,
    list_erased,
    list_reviews,
    show_retention,
)
from desktop.ui.entry import Entry
from desktop.ui.keeping.erasure_dialog import ErasureDialog, offer_certificate
from desktop.ui.keeping.hold_dialog import HoldDialog, ReleaseDialog
from desktop.ui.keeping.log_section import LogSection
from desktop.ui.keeping.retention_card import RetentionCard
from desktop.ui.keeping.retention_forms import ClassForm, KeepLongerForm
from desktop.ui.keeping.review_list import ReviewList
from desktop.ui.session import Session
from desktop.ui.when_seen import WhenSeen
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body

_TOPICS = (Topic.RETENTION, Topic.INCIDENT, Topic.PEOPLE)


class RetentionSection(LogSection):
    """The review list, the record that is chosen in it, and what was erased."""

    def __init__(self, session: Session, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        self._when_seen = WhenSeen(self, self.reload)
        self._chosen_id = IncidentId("")
        self.card = RetentionCard(self)
        if session.keyholder is not None:
            self.card.offer_to(session.keyholder.role)
        self.reviews = ReviewList(self)
        self._erased_card = Card("Erased records", self)
        self._erased_rows = QVBoxLayout()
        self._erased_card.body.addLayout(self._erased_rows)
        self._erased_card.hide()
        for each in (self.reviews, self.card, self._erased_card):
            self.body.addWidget(each)
        self._connect()

    def _connect(self) -> None:
        self.reviews.chosen.connect(self._on_chosen)
        self.card.class_requested.connect(self._on_class_requested)
        self.card.hold_requested.connect(self._on_hold_requested)
        self.card.release_requested.connect(self._on_release_requested)
        self.card.longer_requested.connect(self._on_longer_requested)
        self.card.erase_requested.connect(self._on_erase_requested)
        self._session.changed.connect(self._on_changed)

    def reload(self) -> None:
        """Read the list and the chosen record again."""
        self._when_seen.note_read()
        self._session.run(self, list_reviews, self.reviews.show_lines)
        self._session.run(self, list_erased, self._show_erased)
        if self._chosen_id:
            operation = partial(show_retention, incident_id=self._chosen_id)
            self._session.run(self, operation, self._show_record, self._on_gone)

    def choose(self, incident_id: IncidentId) -> None:
        """Show one record of the list."""
        self._chosen_id = incident_id
        operation = partial(show_retention, incident_id=incident_id)
        self._session.run(self, operation, self._show_record, self._on_gone)

    def _show_record(self, view: RetentionView) -> None:
        self.card.show_record(view)
        self.ensureWidgetVisible(self.card)

    def _on_gone(self, _error: AppError) -> None:
        self._chosen_id = IncidentId("")
        self.card.show_record(None)

    def _show_erased(self, lines: tuple[ErasedLine, ...]) -> None:
        while (item := self._erased_rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self._erased_rows.addWidget(self._erased_row(line))
        self._erased_card.setVisible(bool(lines))

    def _erased_row(self, line: ErasedLine) -> QWidget:
        row = QWidget(self._erased_card)
        column = QHBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        on = say_date(line.erased_at.local.date())
        words = body(f"{line.number} · {line.class_title} · Erased on {on}", row)
        button = QPushButton("Certificate…", row)
        button.setObjectName("erasedCertificateButton")
        button.setAccessibleName(f"Certificate of the erasure of {line.number}")
        set_role(button, "quiet")
        operation = partial(show_certificate, incident_id=line.incident_id)
        button.clicked.connect(lambda: self._session.run(self, operation, self._on_certificate))
        column.addWidget(words, 1)
        column.addWidget(button)
        return row

    def _on_certificate(self, facts: CertificateFacts) -> None:
        offer_certificate(self, self._session, facts)

    @Slot(str)
    def _on_chosen(self, incident_id: str) -> None:
        self.choose(IncidentId(incident_id))

    @Slot()
    def _on_class_requested(self) -> None:
        ClassForm(self._session, self._chosen_id, self).show_form()

    @Slot()
    def _on_hold_requested(self) -> None:
        HoldDialog(self._session, self._chosen_id, self).show_form()

    @Slot(object)
    def _on_release_requested(self, hold: object) -> None:
        view = self.card.view
        for one in view.line.holds if view else ():
            if one == hold:
                ReleaseDialog(self._session, self._chosen_id, one, self).show_form()

    @Slot()
    def _on_longer_requested(self) -> None:
        KeepLongerForm(self._session, self._chosen_id, self).show_form()

    @Slot()
    def _on_erase_requested(self) -> None:
        ErasureDialog(self._session, self._chosen_id, self).come_up()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touch(None, *_TOPICS):
            self._when_seen.ask()
