"""Writes down what is being told, from the first keystroke; nothing else has to be filled in."""

from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.changes import Changes
from desktop.domain.errors import AppError
from desktop.domain.identifiers import IncidentId
from desktop.operations.incident.record_incident import (
    Started,
    enter_fields,
    save_draft,
    start_incident,
)
from desktop.operations.workspace import Workspace
from desktop.ui import messages
from desktop.ui.capture.colleague_question import ColleagueQuestion
from desktop.ui.session import Session
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.draft_edit import DraftLineEdit, DraftTextEdit
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.page_stack import PageStack
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import field_label, label, secondary

NOTHING_YET = "Just type. Nothing needs to be filled in, and there is no Save button."


@dataclass(slots=True)
class Writing:
    """One round of typing: its incident once it has one, and what waits for that."""

    incident_id: IncidentId | None = None
    number: str = ""
    starting: bool = False
    capture_after: bool = False
    waiting: dict[str, str] = field(default_factory=dict)
    entering: dict[str, str] = field(default_factory=dict)


class QuickLogPage(Page):
    """One question first, then the big box; the first words give the incident its number.

    A restricted log does not ask again: there the caret is in the box at once.
    """

    open_incident_requested = Signal(str)
    capture_requested = Signal(object)
    colleague_named = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Quick log", parent)
        self._session = session
        self._writing = Writing()
        self._build_ui()
        self._connect()

    def _build_ui(self) -> None:
        asking = Card(parent=self)
        self.question = ColleagueQuestion(asking)
        asking.body.addWidget(self.question)
        asking.body.addStretch(1)
        card = Card(parent=self)
        self.text_edit = DraftTextEdit(
            "What happened",
            card,
            lines=6,
            hint="What you are being told, in their own words where you can.",
        )
        self.text_edit.setObjectName("quickLogTextEdit")
        self.told_edit = DraftLineEdit("Who told you", card)
        self.told_edit.setObjectName("quickLogToldEdit")
        self.kept_label = label(NOTHING_YET, "secondary", card)
        self.kept_label.setObjectName("quickLogKeptLabel")
        card.body.addWidget(field_label("&What happened", self.text_edit, card))
        card.body.addWidget(self.text_edit)
        card.body.addWidget(self.kept_label)
        card.body.addSpacing(8)
        card.body.addWidget(field_label("Who &told you, if you like", self.told_edit, card))
        card.body.addWidget(self.told_edit)
        card.body.addSpacing(8)
        card.body.addWidget(self._build_buttons())
        card.body.addStretch(1)
        self._stack = PageStack(self)
        self._stack.addWidget(asking)
        self._stack.addWidget(card)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(
            secondary(
                "Write their words, not what you make of them. Do not ask leading questions, and "
                "do not promise to keep it secret.",
                self,
            )
        )
        QWidget.setTabOrder(self.text_edit, self.told_edit)

    def _build_buttons(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(row, spacing=12)
        self.capture_button = QPushButton("Capture now", row)
        self.capture_button.setObjectName("quickLogCaptureButton")
        self.capture_button.setAccessibleName("Capture now, before it disappears")
        set_role(self.capture_button, "primary")
        self.open_button = QPushButton("Open the incident", row)
        self.open_button.setObjectName("quickLogOpenButton")
        self.open_button.setAccessibleName("Open the incident")
        self.open_button.setEnabled(False)
        flow.addWidget(self.capture_button)
        flow.addWidget(self.open_button)
        return row

    def _connect(self) -> None:
        self.text_edit.draft.connect(partial(self._on_draft, "first_account"))
        self.told_edit.draft.connect(partial(self._on_draft, "account_given_by"))
        self.text_edit.entered.connect(partial(self._on_entered, "first_account"))
        self.told_edit.entered.connect(partial(self._on_entered, "account_given_by"))
        self.question.somebody_else.connect(self._on_somebody_else)
        self.question.colleague.connect(self.colleague_named)
        self.capture_button.clicked.connect(self._on_capture_clicked)
        self.open_button.clicked.connect(self._on_open_clicked)
        self._session.about_to_lock.connect(self.flush)
        self._session.locked.connect(self._clear)

    def begin(self) -> None:
        """Start a fresh one with the question; what was typed before is entered."""
        self._leave()
        self._clear()
        if self._session.is_restricted:
            self._on_somebody_else()
        else:
            self._stack.setCurrentIndex(0)
            self.question.focus_first()

    @property
    def is_asked(self) -> bool:
        """Whether the question is answered, so that content may come."""
        return self._stack.currentIndex() == 1

    @Slot()
    def _on_somebody_else(self) -> None:
        """Go to the box; nothing of the question is kept anywhere."""
        self._stack.setCurrentIndex(1)
        self.text_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def incident_id(self) -> IncidentId | None:
        """The incident being typed; None before the first words."""
        return self._writing.incident_id

    @Slot()
    def flush(self) -> None:
        """Keep at once what was typed."""
        self.text_edit.flush()
        self.told_edit.flush()

    def _on_draft(self, name: str, text: str) -> None:
        writing = self._writing
        if writing.incident_id is None:
            writing.waiting[name] = text
            self._start(writing)
        else:
            self._save(writing, name, text)

    def _on_entered(self, name: str, text: str) -> None:
        writing = self._writing
        if writing.incident_id is not None:
            self._enter(writing, {name: text})
        elif writing.starting:
            writing.entering[name] = text

    def _start(self, writing: Writing) -> None:
        if writing.starting or not any(text.strip() for text in writing.waiting.values()):
            return
        writing.starting = True
        operation = partial(_start_with, drafts=dict(writing.waiting))
        writing.waiting.clear()
        done = partial(self._on_started, writing)
        self._session.run(self, operation, done, partial(self._on_start_failed, writing))

    def _on_started(self, writing: Writing, started: Started) -> None:
        writing.starting = False
        writing.incident_id = started.incident_id
        writing.number = started.number
        for name, text in writing.waiting.items():
            self._save(writing, name, text)
        if writing.entering:
            self._enter(writing, dict(writing.entering))
        writing.waiting.clear()
        writing.entering.clear()
        if writing is self._writing:
            self.open_button.setEnabled(True)
            self.set_title("Quick log", started.number)
            self._show_kept(writing)
        if writing.capture_after:
            self.capture_requested.emit(started.incident_id)

    def _on_start_failed(self, writing: Writing, error: AppError) -> None:
        writing.starting = False
        self._on_error(error)

    def _save(self, writing: Writing, name: str, text: str) -> None:
        operation = partial(save_draft, subject=str(writing.incident_id), name=name, value=text)
        self._session.run(self, operation, partial(self._on_kept, writing), self._on_error)

    def _enter(self, writing: Writing, values: dict[str, str]) -> None:
        if writing.incident_id and self._session.is_open:
            operation = partial(enter_fields, incident_id=writing.incident_id, values=values)
            self._session.run(self, operation, partial(self._on_kept, writing), self._on_error)

    def _on_kept(self, writing: Writing, _changes: Changes) -> None:
        self._show_kept(writing)

    def _show_kept(self, writing: Writing) -> None:
        if writing is self._writing:
            now = self._session.clock.now().local
            set_role(self.kept_label, "good")
            self.kept_label.setText(f"Kept {now:%H:%M:%S} as {writing.number}")

    def _on_error(self, error: AppError) -> None:
        set_role(self.kept_label, "problem")
        self.kept_label.setText(
            "Not kept yet. What you typed is still here; type on to try again."
        )
        messages.show(self, error)

    def _leave(self) -> None:
        self.flush()
        writing = self._writing
        values = {
            "first_account": self.text_edit.text(),
            "account_given_by": self.told_edit.text(),
        }
        if writing.incident_id:
            self._enter(writing, values)
        elif writing.starting:
            writing.entering.update(values)

    @Slot()
    def _clear(self) -> None:
        self._writing = Writing()
        self.open_button.setEnabled(False)
        self.set_title("Quick log")
        self.banner.clear()
        for edit in (self.text_edit, self.told_edit):
            edit.clear()
            edit.flush()
        self._writing = Writing()
        set_role(self.kept_label, "secondary")
        self.kept_label.setText(NOTHING_YET)

    @Slot()
    def _on_capture_clicked(self) -> None:
        self._leave()
        if self._writing.starting:
            self._writing.capture_after = True
        else:
            self.capture_requested.emit(self._writing.incident_id)

    @Slot()
    def _on_open_clicked(self) -> None:
        self._leave()
        if self._writing.incident_id:
            self.open_incident_requested.emit(self._writing.incident_id)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep and enter what was typed when another page is opened."""
        super().hideEvent(event)
        self._leave()


def _start_with(workspace: Workspace, drafts: dict[str, str]) -> Started:
    started = start_incident(workspace, text=drafts.get("first_account", ""))
    for name, text in drafts.items():
        if name != "first_account" and text:
            save_draft(workspace, started.incident_id, name, text)
    return started
