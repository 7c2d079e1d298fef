"""One step of a checklist: a quiet row, or opened with its source, its buttons and its history."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedures import Act
from desktop.operations.steps.show_policy_words import PolicyWords
from desktop.ui.capture.vanishing_hint import VanishingHint
from desktop.ui.incident.step_context import Aside, StepContext
from desktop.ui.incident.step_form import draft_name
from desktop.ui.incident.step_mark import StepMark
from desktop.ui.incident.step_recording import StepRecording
from desktop.ui.incident.step_said import add_more, add_said
from desktop.ui.incident.step_words import (
    due_tone,
    entry_words,
    time_words,
)
from desktop.ui.row_button import RowButton
from desktop.ui.session import Session
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, label, secondary

INDENT = 36
ROOM_BELOW = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the steps of all procedures share: the one to do now, what is half filled in, words.

    `names` are the titles of the running procedures, by id.
    """

    next_step: StepView | None
    drafts: Mapping[str, str]
    names: Mapping[str, str]
    words: PolicyWords
    context: StepContext

    def leads(self, view: StepView) -> bool:
        """Say whether this is the step to do now."""
        found = self.next_step
        return found is not None and (found.checklist_id, found.step.id) == (
            view.checklist_id, view.step.id,
        )  # fmt: skip


class StepHeader(RowButton):
    """The row of a step: mark, title, what is worth knowing at a glance; opens and shuts it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.mark = StepMark(self)
        self.title_label: QLabel = label("", "body", self)
        self.note_label: QLabel = secondary("", self)
        self.right_label: QLabel = label("", "secondary", self, wrap=False)
        self.chip = Chip("", "due", self)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title_label)
        words.addWidget(self.note_label)
        self.row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        self.row.addLayout(words, 1)
        self.row.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        self.row.addWidget(self.right_label, 0, Qt.AlignmentFlag.AlignTop)
        self.let_clicks_through()


class StepCard(QFrame):
    """A step; the current one is tinted and open, any other can be opened to see more.

    In a procedure that `is_ended` it only tells what was recorded.
    """

    act_requested = Signal(str, object)
    recorded = Signal()
    opened = Signal(str)

    def __init__(
        self, session: Session, incident_id: IncidentId, view: StepView, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._incident_id = incident_id
        self.view = view
        self._number = 0
        self._draft = ""
        self._aside = Aside()
        self._led_by = ""
        self._words = PolicyWords(titles={}, unconfirmed={})
        self._body: QWidget | None = None
        self.recording: StepRecording | None = None
        self.is_now = False
        self.is_ended = False
        self.header = StepHeader(self)
        self.header.setObjectName(f"step{view.step.id}Button")
        self.header.clicked.connect(self._on_header_clicked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)

    def show_step(self, view: StepView, number: int, around: Around) -> None:
        """Show how the step stands; what is being filled in stays if the step stays as it was."""
        is_now, words, aside = around.leads(view), around.words, around.context.aside(view)
        draft = around.drafts.get(draft_name(view), "")
        same = (view, number, is_now, words, aside) == (
            self.view, self._number, self.is_now, self._words, self._aside,
        )  # fmt: skip
        was_now, typing = self.is_now, bool(self.recording and self.recording.is_typing())
        if same and (self._body is not None or not draft):
            return
        stands = (view.state, view.history) == (self.view.state, self.view.history)
        self.view, self._number, self.is_now, self._draft = view, number, is_now, draft
        self._aside = aside
        self._led_by, self._words = around.names.get(view.led_by, view.led_by), words
        self._show_header()
        set_role(self, "step-now" if is_now else "step")
        opened = is_now or bool(draft) or (self.header.isChecked() and not was_now)
        if typing and stands:
            self.header.setChecked(True)
            return
        self._drop_body()
        self._set_open(opened)

    def open(self) -> None:
        """Show its details."""
        self._set_open(True)

    def has_keyboard(self) -> bool:
        """Say whether the keyboard is here, or comes back here when a window in front closes."""
        holder: QWidget | None = self.window().focusWidget()
        return holder is not None and self.isAncestorOf(holder)

    def height_to_see(self) -> int:
        """Return how much of it, from its top, is to be in view: down to its buttons."""
        if self.recording is None:
            return self.height()
        return self.recording.mapTo(self, self.recording.rect().bottomLeft()).y() + ROOM_BELOW

    def _show_header(self) -> None:
        view, header = self.view, self.header
        now = self._session.clock.now()
        header.mark.show_step(view.state, self._number, is_now=self.is_now)
        header.title_label.setText(view.step.title)
        set_role(header.title_label, "strong" if self.is_now else self._title_role())
        note = self._note()
        header.note_label.setText(note)
        header.note_label.setVisible(bool(note))
        right = ""
        if view.done_at:
            right = time_words(view.done_at, now)
        header.right_label.setText(right)
        header.right_label.setVisible(bool(right))
        due = view.due if view.state is StepState.OPEN and not view.prefilled_reason else None
        if due and due.started:
            header.chip.show_state(due.text, due_tone(due))
        header.chip.setVisible(bool(due and due.started))
        state = "current step" if self.is_now else view.state.value
        parts = (view.step.title, state, note, header.chip.text() if due else "", right)
        header.setAccessibleName(", ".join(part for part in parts if part))

    def _title_role(self) -> str:
        settled = self.view.state in (StepState.NOT_APPLICABLE, StepState.NOT_POSSIBLE)
        return "secondary" if settled or self.view.prefilled_reason else "body"

    def _note(self) -> str:
        view = self.view
        if view.state in (StepState.NOT_APPLICABLE, StepState.NOT_POSSIBLE):
            reason = view.entry.reason if view.entry else ""
            return f"{view.state.value.capitalize()}: {reason}" if reason else view.state.value
        if self._aside.note:
            return self._aside.note
        if view.prefilled_reason:
            said = "Not now" if view.put_off_in else "Seems not to apply"
            return f"{said}: {view.prefilled_reason}"
        if view.waiting_for:
            return f"After: {view.waiting_for[0].title}"
        if view.led_by:
            return f"Done step by step under “{self._led_by}”"
        return ""

    def _set_open(self, opened: bool) -> None:
        self.header.setChecked(opened)
        if opened and self._body is None:
            self._body = self._build_body()
            self._column.addWidget(self._body)
        if self._body is not None:
            self._body.setVisible(opened)

    def _drop_body(self) -> None:
        if self._body is not None:
            # Else Qt would put the keyboard at the next button of the window, far from here.
            if self.has_keyboard():
                self.header.setFocus()
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = self.recording = None

    def _build_body(self) -> QWidget:
        view, step = self.view, self.view.step
        made = QWidget(self)
        column = QVBoxLayout(made)
        column.setContentsMargins(INDENT + 2, 0, 12, 12)
        column.setSpacing(8)
        is_open = view.state is StepState.OPEN
        if is_open:
            add_said(column, view, self._words, made)
        if self._aside.told:
            column.addWidget(body(self._aside.told, made))
        if not is_open:
            self._add_history(column, made)
        if step.acts and not self.is_ended:
            self.recording = self._build_recording(made)
            column.addWidget(self.recording)
        if is_open and Act.CAPTURE in step.acts:
            column.addWidget(VanishingHint(self._session, self._incident_id, made))
        if not is_open:
            # What became of it comes first: what was to be done is read for comparison only.
            add_said(column, view, self._words, made)
        add_more(column, view, self._words, made)
        if is_open:
            self._add_history(column, made)
        return made

    def _build_recording(self, parent: QWidget) -> StepRecording:
        made = StepRecording(
            self._session, self._incident_id, self.view, self._aside, self._draft, parent
        )
        made.act_requested.connect(self.act_requested)
        made.recorded.connect(self.recorded)
        made.left.connect(self.header.setFocus)
        return made

    def _add_history(self, column: QVBoxLayout, parent: QWidget) -> None:
        if self.view.history:
            column.addWidget(label("What was recorded", "strong", parent))
        for entry in self.view.history:
            told = body(entry_words(entry, self.view), parent)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(told)

    @Slot()
    def _on_header_clicked(self) -> None:
        self._set_open(self.header.isChecked())
        if self.header.isChecked():
            self.opened.emit(self.view.step.id)
