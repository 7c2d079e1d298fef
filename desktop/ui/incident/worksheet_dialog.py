"""A worksheet in a window of its own: answers in the order of the form, ready to be copied."""

from datetime import date
from functools import partial
from itertools import chain

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import say, say_date
from desktop.domain.contacts import Recipient
from desktop.domain.identifiers import IncidentId
from desktop.domain.policy.own_copy import OwnContact
from desktop.domain.policy.sources import Sources
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedures import Authority
from desktop.domain.steps.worksheets import SubmittedSheet
from desktop.operations.incident.keep_worksheets import (
    WorksheetView,
    find_sending_step,
    keep_typed,
    open_worksheet,
)
from desktop.ui.clipboard import clipboard_minute
from desktop.ui.dialog import Dialog
from desktop.ui.incident.clipboard_label import ClipboardLabel
from desktop.ui.incident.sent_sheet import SentSheetDialog, say_sent
from desktop.ui.incident.step_words import recipients_of
from desktop.ui.incident.worksheet_section import WorksheetSection
from desktop.ui.incident.worksheet_sent import WorksheetSentForm
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import body, heading, label, secondary, strong

LETTERS_WIDE = 84
OF_SCREEN = 0.9
HOW = (
    "Open the agency's own form yourself. Read each answer, change what is not right, and copy it "
    "there. This program sends nothing."
)
NOT_CONFIRMED = "Not yet compared with their form"
TO_CONFIRM = (
    "Nobody here has compared it with the agency's own form yet. Once you have, the mark can be "
    "taken away under “Organisation”, “Rules to confirm”."
)
MISPLACED = (
    "This incident is in the usual log, which your colleagues may open. Move it to the "
    "restricted log first, unless there is no time for that."
)
EMPTY = "There is no answer yet. Fill in at least one before you record that it was sent."


class WorksheetDialog(Dialog):
    """Nothing has to be saved: what is typed stays, whether it is sent or not."""

    def __init__(
        self,
        session: Session,
        incident_id: IncidentId,
        worksheet_id: str,
        view: StepView | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._incident_id = incident_id
        self._worksheet_id = worksheet_id
        self._step = view
        self._sheet: WorksheetView | None = None
        self.sections: list[WorksheetSection] = []
        self.setObjectName("worksheetDialog")
        self.setWindowTitle("Worksheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._minute = clipboard_minute(session)
        self._build_ui()
        QGuiApplication.clipboard().dataChanged.connect(self._on_clipboard_changed)
        session.about_to_lock.connect(self._on_about_to_lock)

    def _build_ui(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        self.title_label: QLabel = heading("Worksheet", self)
        self.banner = Banner(self)
        self._scroll = Scroll(self)
        self._column = self._scroll.inner.column
        self._column.setContentsMargins(2, 2, 12, 2)
        self._column.setSpacing(12)
        outer.addWidget(self.title_label)
        outer.addWidget(self.banner)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(ClipboardLabel(self._session, self))
        outer.addWidget(self._build_buttons())

    def _build_buttons(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(row, spacing=8)
        self.sent_button: QPushButton = plain_button(
            "worksheetSentButton", "Record that it was sent…", row
        )
        set_role(self.sent_button, "primary")
        self.sent_button.clicked.connect(self._on_sent_clicked)
        self.copy_button: QPushButton = plain_button(
            "copyAllButton", "Copy all", row, "Copy all answers with their questions"
        )
        self.copy_button.clicked.connect(self._on_copy_clicked)
        self.close_button: QPushButton = plain_button(
            "worksheetCloseButton", "Close", row, "Close; what was typed is kept"
        )
        self.close_button.clicked.connect(self.close)
        for button in (self.sent_button, self.copy_button, self.close_button):
            flow.addWidget(button)
        self.sent_button.setEnabled(False)
        self.copy_button.setEnabled(False)
        return row

    def show_form(self) -> None:
        """Open in front of the window, filled from the record."""
        screen = QGuiApplication.primaryScreen().availableSize()
        wide = self.fontMetrics().averageCharWidth() * LETTERS_WIDE
        self.resize(
            min(wide, round(screen.width() * OF_SCREEN)), round(screen.height() * OF_SCREEN)
        )
        self.open()
        self._read()

    def _read(self) -> None:
        operation = partial(
            open_worksheet, incident_id=self._incident_id, worksheet_id=self._worksheet_id
        )
        self._session.run(self, operation, self._on_read)

    def _find_step(self, recipient: Recipient) -> None:
        """Look for the step that is done by sending, unless it is the one that opened this."""
        if self._step is None or recipient not in recipients_of(self._step):
            self._step = None
            operation = partial(
                find_sending_step, incident_id=self._incident_id, worksheet_id=self._worksheet_id
            )
            self._session.run(self, operation, self._on_step)

    def _on_step(self, step: StepView | None) -> None:
        self._step = step

    def _on_read(self, view: WorksheetView) -> None:
        self._sheet = view
        worksheet = view.worksheet
        self._find_step(worksheet.recipient)
        self.setWindowTitle(worksheet.title)
        self.title_label.setText(worksheet.title)
        self._column.addWidget(self._build_caution(worksheet.caution))
        if view.misplaced:
            self.banner.show_message(MISPLACED, "error")
        self._column.addWidget(body(HOW, self))
        for contact in view.reach:
            self._column.addWidget(strong(_say_reach(contact), self))
        if not view.is_sure:
            self._column.addWidget(Chip(NOT_CONFIRMED, "due", self))
        self._column.addWidget(body(worksheet.note, self))
        for number, sheet in enumerate(view.submitted, 1):
            self._column.addWidget(self._build_sent(sheet, number))
        texts = view.texts
        for number, section in enumerate(worksheet.sections, 1):
            self._add_section(WorksheetSection(section, number, view.filled, texts, self))
        self._column.addWidget(secondary(_sources(view, self._session.data.sources), self))
        self._column.addStretch(1)
        self.sent_button.setEnabled(True)
        self.copy_button.setEnabled(True)
        self.sections[0].entries[0].field.setFocus()

    def _build_caution(self, text: str) -> QFrame:
        frame = QFrame(self)
        frame.setObjectName("worksheetCaution")
        set_role(frame, "banner-warn")
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(6)
        for paragraph in text.split("\n\n"):
            column.addWidget(body(paragraph, frame))
        return frame

    def _build_sent(self, sheet: SubmittedSheet, number: int) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(row, spacing=8)
        flow.addWidget(label(say_sent(sheet), "strong", row, wrap=False))
        said = f"Show what was sent on {say(sheet.at)}"
        button = plain_button(f"showSent{number}Button", "Show what was sent", row, said)
        button.clicked.connect(partial(self._show_sent, sheet))
        flow.addWidget(button)
        return row

    def _show_sent(self, sheet: SubmittedSheet) -> None:
        SentSheetDialog(self._session, sheet, self.title_label.text(), self).show_form()

    def _add_section(self, section: WorksheetSection) -> None:
        section.edited.connect(self._on_edited)
        section.copy_asked.connect(self._on_copy_asked)
        self.sections.append(section)
        self._column.addWidget(section)
        section.show()  # only what is visible can take the focus

    def texts(self) -> dict[str, str]:
        """Return what stands in each answer, by its name."""
        return {one.entry.name: one.text for section in self.sections for one in section.entries}

    def as_text(self) -> str:
        """Write every answer with its question, part by part."""
        parts = [text for section in self.sections if (text := section.as_text())]
        return "\n\n\n".join([self.title_label.text(), *parts]) if parts else ""

    @Slot()
    def _on_edited(self) -> None:
        entries = chain.from_iterable(section.entries for section in self.sections)
        typed = {one.entry.name: one.text for one in entries if one.is_typed}
        operation = partial(
            keep_typed,
            incident_id=self._incident_id,
            worksheet_id=self._worksheet_id,
            typed=typed,
        )
        self._session.run(self, operation)

    def _flush(self) -> None:
        for section in self.sections:
            for entry in section.entries:
                entry.flush()

    @Slot(str)
    def _on_copy_asked(self, text: str) -> None:
        self._minute.copy(text)

    @Slot()
    def _on_clipboard_changed(self) -> None:
        """Let what was copied by keys or menu out of an answer go after a minute too."""
        text = QGuiApplication.clipboard().text()
        if text and self.isActiveWindow() and not self._minute.is_ours(text):
            self._minute.copy(text)

    @Slot()
    def _on_copy_clicked(self) -> None:
        text = self.as_text()
        if not text:
            self.banner.show_message(EMPTY, "warn")
            return
        self._minute.copy(text)

    @Slot()
    def _on_sent_clicked(self) -> None:
        if self._sheet is None:
            return
        texts = self.texts()
        if not any(texts.values()):
            self.banner.show_message(EMPTY, "warn")
            return
        self._flush()
        form = WorksheetSentForm(
            self._session, self._incident_id, self._sheet.worksheet, texts, self._step, self
        )
        form.accepted.connect(self.accept)
        form.show_form()

    @Slot()
    def _on_about_to_lock(self) -> None:
        self._flush()
        self.close()

    def reject(self) -> None:
        """Close on Escape: what was typed is kept."""
        self._flush()
        super().reject()


def _say_reach(contact: OwnContact) -> str:
    """Say where our own list of contacts finds them, and when that was last checked."""
    hours = f"out of hours {contact.out_of_hours}" if contact.out_of_hours else ""
    day = f"last checked {say_date(contact.checked)}" if contact.checked else "never checked"
    found = ", ".join(filter(None, (contact.address, hours, contact.note)))
    return f"{contact.label}: {found or 'no number yet'} ({day})"


def _sources(view: WorksheetView, register: Sources) -> str:
    """Say where the order of the questions comes from, and when that was looked at."""
    worksheet = view.worksheet
    day = say_date(date.fromisoformat(worksheet.checked))
    sources = (Authority(reference=one) for one in worksheet.references)
    named = "; ".join(register.say_authority(one) for one in sources)
    said = f"Where the questions come from: {named}. Looked at on {day}."
    return said if view.is_sure else f"{said} {TO_CONFIRM}"
