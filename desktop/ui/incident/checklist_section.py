"""One running checklist: its name, how far it is, its notice, its steps."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.evidence.gate import STOP_NOTICE
from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.procedures import Severity
from desktop.operations.steps.follow_checklist import ChecklistView
from desktop.ui.capture.media_list import MediaList
from desktop.ui.incident.step_card import Around, StepCard
from desktop.ui.row_button import RowButton
from desktop.ui.session import Session
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, label, plain_tip, row_line, secondary, strong

# The fact that attaches what applies to every incident, and so never ceases to.
ALWAYS = "always"
# Checklists that began on a text without a notice of its own still say stop.
_EARLIER_NOTICES = {"P03": STOP_NOTICE}
GONE = "The answers that called for this procedure have changed. It goes on until you end it."
NEWER = "There is a newer version of this procedure. This incident goes on as it began."


class ChecklistSection(QWidget):
    """Open while the next step is in it, or when somebody opens it; else one line."""

    act_requested = Signal(str, object)
    folded = Signal()
    recorded = Signal()
    opened = Signal(str)

    def __init__(
        self, session: Session, incident_id: IncidentId, view: ChecklistView, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._incident_id = incident_id
        self._cards: dict[str, StepCard] = {}
        self._around: Around | None = None
        self._version = view.checklist.version
        self._touched = False
        self._view = view
        self._build_ui(view)

    def _build_ui(self, view: ChecklistView) -> None:
        self._build_head(view)
        self._notice = self._build_notice(notice_of(view))
        self._ended_label: QLabel = secondary("", self)
        self._ended_label.hide()
        self._newer = self._build_offer(
            NEWER, "newerVersionButton", "See what changed…", "version"
        )
        self._gone = self._build_offer(GONE, "noLongerButton", "End it…", "end")
        self._steps = QWidget(self)
        self._column = QVBoxLayout(self._steps)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._ways = self._build_ways(view)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        for each in (
            self.head_button, self._ended_label, self._newer, self._gone, self._notice,
            self._steps, self._ways,
        ):  # fmt: skip
            outer.addWidget(each)

    def _build_head(self, view: ChecklistView) -> None:
        self.head_button = RowButton(self)
        self.head_button.setObjectName(f"section{view.procedure.id}Button")
        self._arrow_label = label("", "secondary", self.head_button, wrap=False)
        self._title_label: QLabel = strong("", self.head_button)
        self._stop_chip = Chip("Stop", "late", self.head_button)
        self._state_label: QLabel = label("", "secondary", self.head_button, wrap=False)
        self.head_button.row.addWidget(self._arrow_label)
        self.head_button.row.addWidget(self._title_label, 1)
        self.head_button.row.addWidget(self._stop_chip)
        self.head_button.row.addWidget(self._state_label)
        self.head_button.let_clicks_through()
        self.head_button.clicked.connect(self._on_head_clicked)

    def _build_notice(self, text: str) -> QFrame:
        notice = QFrame(self)
        set_role(notice, "banner-error")
        notice.setObjectName("stopNotice")
        notice.setAccessibleName(text)
        column = QVBoxLayout(notice)
        column.setContentsMargins(14, 10, 14, 10)
        column.addWidget(strong("Stop", notice))
        for paragraph in filter(None, text.split("\n\n")):
            column.addWidget(body(" ".join(paragraph.split()), notice))
        notice.hide()
        return notice

    def _build_offer(self, text: str, name: str, words: str, what: str) -> QFrame:
        frame = QFrame(self)
        set_role(frame, "well")
        column = QVBoxLayout(frame)
        column.setContentsMargins(14, 8, 14, 8)
        column.addWidget(body(text, frame))
        button = QPushButton(words, frame)
        button.setObjectName(name)
        button.setAccessibleName(f"{self._view.procedure.title}: {words.rstrip('…')}")
        button.clicked.connect(partial(self._ask, what))
        holder = QWidget(frame)
        FlowLayout(holder, spacing=8).addWidget(button)
        column.addWidget(holder)
        frame.hide()
        return frame

    def _build_ways(self, view: ChecklistView) -> QWidget:
        ways = QWidget(self)
        button = QPushButton("This procedure no longer applies…", ways)
        button.setObjectName(f"end{view.procedure.id}Button")
        button.setAccessibleName(f"End the procedure “{view.procedure.title}”, with a reason")
        set_role(button, "quiet")
        button.clicked.connect(partial(self._ask, "end"))
        FlowLayout(ways, spacing=8).addWidget(button)
        ways.hide()
        return ways

    def show_checklist(
        self, view: ChecklistView, around: Around, *, has_newer: bool, is_gone: bool
    ) -> None:
        """Show where its steps stand; `is_gone`: the answers no longer call for it."""
        self._view = view
        self._show_head()
        self._ended_label.setText(f"Ended: {view.checklist.ended_reason}")
        self._ended_label.setVisible(self.is_ended)
        self._newer.setVisible(has_newer)
        self._gone.setVisible(is_gone)
        self._around = around
        if self._cards:
            self._show_steps()
        leads = any(around.leads(step) for step in view.steps)
        if leads:
            self._touched = False
        if not self._touched:
            self.set_open(leads)

    @property
    def is_ended(self) -> bool:
        """Whether somebody ended it: nothing in it is asked for."""
        return bool(self._view.checklist.ended_reason)

    def shows(self, view: ChecklistView) -> bool:
        """Say whether it is made for this checklist as it is: same text, running or ended."""
        same = self._version == view.checklist.version
        return same and self.is_ended == bool(view.checklist.ended_reason)

    def card(self, step_id: str) -> StepCard | None:
        """Return the card of a step, if it is one of these; cards are made when first wanted."""
        if any(step.step.id == step_id for step in self._view.steps):
            self._make_cards()
        return self._cards.get(step_id)

    @property
    def hides_stop(self) -> bool:
        """Whether a stop of it is still to be seen to, and folded away."""
        return not self.head_button.isChecked() and has_open_stop(self._view)

    @property
    def title(self) -> str:
        """The name of its procedure."""
        return self._view.procedure.title

    def keep_open(self) -> None:
        """Show the steps, also when another procedure leads: somebody went to one of them."""
        self._touched = True
        self.set_open(True)

    def set_open(self, opened: bool) -> None:
        """Show the steps, or only the line with its name."""
        self.head_button.setChecked(opened)
        if opened:
            self._make_cards()
        self._steps.setVisible(opened)
        runs = opened and not self.is_ended
        self._notice.setVisible(runs and bool(notice_of(self._view)))
        self._ways.setVisible(runs and ALWAYS not in self._view.procedure.attached_by)
        self._show_head()

    def _make_cards(self) -> None:
        """Make the cards once: those of a dozen folded procedures would hold the window up."""
        if not self._cards and self._around is not None:
            self._build_cards()
            self._show_steps()

    def _show_steps(self) -> None:
        if self._around is not None:
            for number, step in enumerate(self._view.steps, start=1):
                self._cards[step.step.id].show_step(step, number, self._around)

    def _build_cards(self) -> None:
        view = self._view
        for step in view.steps:
            card = StepCard(self._session, self._incident_id, step, self._steps)
            card.is_ended = self.is_ended
            card.act_requested.connect(self.act_requested)
            card.recorded.connect(self.recorded)
            card.opened.connect(self.opened)
            self._column.addWidget(row_line(self._steps))
            self._column.addWidget(card)
            self._cards[step.step.id] = card
        if view.procedure.media:
            self._column.addWidget(row_line(self._steps))
            self._column.addWidget(MediaList(view.procedure.media, self._steps))

    def _show_head(self) -> None:
        view = self._view
        opened = self.head_button.isChecked()
        self._arrow_label.setText("▾" if opened else "▸")
        late = sum(step.is_overdue for step in view.steps)
        state = f"{view.done} of {len(view.steps)} done" + (f", {late} late" if late else "")
        if self.is_ended:
            state = "ended"
        stops = self.hides_stop
        self._stop_chip.setVisible(stops)
        self._title_label.setText(view.procedure.title)
        self._state_label.setText(state)
        parts = (view.procedure.title, "stop" if stops else "", state)
        self.head_button.setAccessibleName(", ".join(part for part in parts if part))
        self.head_button.setToolTip(
            plain_tip(f"{view.procedure.id}. {view.checklist.attached_reason}")
        )

    def _ask(self, what: str, _checked: bool = False) -> None:
        self.act_requested.emit(what, self._view)

    @Slot()
    def _on_head_clicked(self) -> None:
        self._touched = True
        self.set_open(self.head_button.isChecked())
        self.folded.emit()


def notice_of(view: ChecklistView) -> str:
    """Return the stop that is shown above the steps, '' for none."""
    return view.procedure.notice or _EARLIER_NOTICES.get(view.procedure.id, "")


def has_open_stop(view: ChecklistView) -> bool:
    """Say whether a stop of it is still to be seen to."""
    if not notice_of(view) or view.checklist.ended_reason:
        return False
    return any(
        each.step.severity is Severity.STOP and each.state is StepState.OPEN for each in view.steps
    )
