"""One running checklist: its name, how far it is, its notice, its steps."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.domain.checklists import StepView
from desktop.domain.gate import STOP_NOTICE
from desktop.domain.identifiers import IncidentId
from desktop.operations.follow_checklist import ChecklistView
from desktop.ui.capture.media_list import MediaList
from desktop.ui.incident.step_card import StepCard
from desktop.ui.incident.step_form import draft_name
from desktop.ui.row_button import RowButton
from desktop.ui.session import Session
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, label, row_line, secondary, strong

STOP_PROCEDURE = "P03"


class ChecklistSection(QWidget):
    """Open while the next step is in it or something there is late; else one line."""

    act_requested = Signal(str, object)

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._incident_id = incident_id
        self._cards: dict[str, StepCard] = {}
        self._touched = False
        self._view: ChecklistView | None = None
        self._build_ui()

    def _build_ui(self) -> None:
        self.head_button = RowButton(self)
        self.head_button.setObjectName("sectionButton")
        self._arrow_label = label("", "secondary", self.head_button, wrap=False)
        self._title_label: QLabel = strong("", self.head_button)
        self._state_label: QLabel = label("", "secondary", self.head_button, wrap=False)
        self.head_button.row.addWidget(self._arrow_label)
        self.head_button.row.addWidget(self._title_label, 1)
        self.head_button.row.addWidget(self._state_label)
        self.head_button.let_clicks_through()
        self.head_button.clicked.connect(self._on_head_clicked)
        self._notice = self._build_notice()
        self._ended_label: QLabel = secondary("", self)
        self._ended_label.hide()
        self._steps = QWidget(self)
        self._column = QVBoxLayout(self._steps)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        for each in (self.head_button, self._ended_label, self._notice, self._steps):
            outer.addWidget(each)

    def _build_notice(self) -> QFrame:
        notice = QFrame(self)
        set_role(notice, "banner-error")
        notice.setObjectName("stopNotice")
        notice.setAccessibleName(STOP_NOTICE)
        column = QVBoxLayout(notice)
        column.setContentsMargins(14, 10, 14, 10)
        column.addWidget(strong("Stop", notice))
        column.addWidget(body(STOP_NOTICE, notice))
        notice.hide()
        return notice

    def show_checklist(
        self,
        view: ChecklistView,
        next_step: StepView | None,
        drafts: dict[str, str],
        names: dict[str, str],
    ) -> None:
        """Show where its steps stand."""
        self._view = view
        self.head_button.setObjectName(f"section{view.procedure.id}Button")
        self._show_head(view)
        self._ended_label.setText(f"Ended: {view.checklist.ended_reason}")
        self._ended_label.setVisible(bool(view.checklist.ended_reason))
        if not self._cards:
            self._build_cards(view)
        leads = next_step is not None and next_step.checklist_id == view.checklist.id
        for number, step in enumerate(view.steps, start=1):
            is_now = leads and next_step is not None and next_step.step.id == step.step.id
            draft = drafts.get(draft_name(step), "")
            led_by = names.get(step.led_by, step.led_by)
            card = self._cards[step.step.id]
            card.show_step(step, number, draft, is_now=is_now, led_by=led_by)
        if leads:
            self._touched = False
        if not self._touched:
            self.set_open(leads or _stops(view))

    def card(self, step_id: str) -> StepCard | None:
        """Return the card of a step, if it is one of these."""
        return self._cards.get(step_id)

    def set_open(self, opened: bool) -> None:
        """Show the steps, or only the line with its name."""
        self.head_button.setChecked(opened)
        self._steps.setVisible(opened)
        stops = self._view is not None and self._view.procedure.id == STOP_PROCEDURE
        self._notice.setVisible(opened and stops)
        if self._view:
            self._show_head(self._view)

    def _build_cards(self, view: ChecklistView) -> None:
        for step in view.steps:
            card = StepCard(self._session, self._incident_id, step, self._steps)
            card.act_requested.connect(self.act_requested)
            self._column.addWidget(row_line(self._steps))
            self._column.addWidget(card)
            self._cards[step.step.id] = card
        if view.procedure.media:
            self._column.addWidget(row_line(self._steps))
            self._column.addWidget(MediaList(view.procedure.media, self._steps))

    def _show_head(self, view: ChecklistView) -> None:
        self._arrow_label.setText("▾" if self.head_button.isChecked() else "▸")
        late = sum(1 for step in view.steps if step.due and step.due.overdue)
        state = f"{view.done} of {len(view.steps)} done" + (f", {late} late" if late else "")
        self._title_label.setText(view.procedure.title)
        self._state_label.setText(state)
        self.head_button.setAccessibleName(f"{view.procedure.title}, {state}")
        self.head_button.setToolTip(view.checklist.attached_reason)

    @Slot()
    def _on_head_clicked(self) -> None:
        self._touched = True
        self.set_open(self.head_button.isChecked())


def _stops(view: ChecklistView) -> bool:
    if view.procedure.id != STOP_PROCEDURE or view.checklist.ended_reason:
        return False
    return any(step.is_ready for step in view.steps)
