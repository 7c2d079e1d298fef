"""What to do: the running checklists of an incident, with the next step always in view."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.changes import Changes, Topic
from desktop.domain.identifiers import ChecklistId, IncidentId
from desktop.domain.steps.checklist_records import TriageAnswer
from desktop.operations.steps.follow_checklist import ChecklistsView, ChecklistView
from desktop.ui.incident.checklist_section import ChecklistSection
from desktop.ui.incident.progress_line import ProgressLine
from desktop.ui.incident.shown_checklists import Shown, read_shown
from desktop.ui.incident.step_card import Around, StepCard
from desktop.ui.incident.step_scroll import StepScroll
from desktop.ui.incident.stop_line import StopLine
from desktop.ui.pace import Pace
from desktop.ui.session import Session
from desktop.ui.when_seen import WhenSeen
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import AFTER_LAYOUT_MS
from desktop.ui.widgets.words import body, card_heading, secondary

BESIDE_STEPS = 22
TOPICS = (
    Topic.CHECKLIST, Topic.INCIDENT, Topic.EVIDENCE, Topic.CONTACT, Topic.PEOPLE,
    Topic.ORGANISATION,
)  # fmt: skip
ENDED = "Ended"


class ChecklistPanel(QFrame):
    """Sections of steps; `act_requested` says what a step's button wants from the page."""

    act_requested = Signal(str, object)
    shown = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.incident_id: IncidentId | None = None
        self._sections: dict[ChecklistId, ChecklistSection] = {}
        self._next_id = ""
        self._goes_on = False
        self._when_seen = WhenSeen(self, self.reload, due=False)
        self._answers: dict[str, TriageAnswer] = {}
        self._pace = Pace(session, self, self._when_seen.ask)
        self._build_ui()
        session.changed.connect(self._on_changed)

    def _build_ui(self) -> None:
        set_role(self, "card")
        self.setObjectName("checklistPanel")
        self.setAccessibleName("What to do")
        self.banner = Banner(self)
        head = QWidget(self)
        flow = self._head_flow = FlowLayout(head, spacing=8, spread=True)
        self.heading_label = card_heading("What to do", head)
        flow.addWidget(self.heading_label)
        self.triage_button = self._add_way(flow, "triage", "First questions…", "the answers")
        self.progress_line = ProgressLine(self)
        self.progress_line.clicked.connect(self._on_back_clicked)
        self.summary_label = self.progress_line.label
        self.stop_line = StopLine(self)
        self.stop_line.clicked.connect(self._on_stop_line_clicked)
        self.start_block = self._build_start()
        self._scroll = StepScroll(self.card, self)
        self._scroll.verticalScrollBar().valueChanged.connect(self._offer_back)
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self._ended_label = secondary(ENDED, self)
        self._ended_label.hide()
        around = self._scroll.inner.column
        around.setContentsMargins(0, 0, 10, 12)
        around.addLayout(self._column)
        around.addWidget(self._build_more())
        around.addStretch(1)
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 12, 8, 8)
        outer.setSpacing(6)
        for each in (head, self.start_block, self.progress_line, self.stop_line, self.banner):
            outer.addWidget(each)
        outer.addWidget(self._scroll, 1)

    def _build_more(self) -> QWidget:
        more = QWidget(self)
        flow = FlowLayout(more, spacing=8)
        self.join_button = self._add_way(flow, "join", "Add a procedure…", "by hand")
        self.link_button = self._add_way(flow, "link", "Linked incidents…", "link them")
        return more

    def _add_way(self, flow: FlowLayout, what: str, words: str, more: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(f"{what}Button")
        button.setAccessibleName(f"{words.rstrip('…')}: {more}")
        set_role(button, "quiet")
        button.clicked.connect(partial(self._ask, what))
        flow.addWidget(button)
        return button

    def _build_start(self) -> QFrame:
        around = QFrame(self)
        block = QFrame(around)
        edges = QVBoxLayout(around)
        edges.setContentsMargins(0, 0, BESIDE_STEPS, 0)
        edges.addWidget(block)
        set_role(block, "well")
        column = QVBoxLayout(block)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        column.addWidget(
            body(
                "Thirteen short questions show which steps apply. “Not sure” is an answer. "
                "You can capture and write before, in between and after.",
                block,
            )
        )
        self.start_button = QPushButton("Answer the first questions", block)
        self.start_button.setObjectName("startTriageButton")
        self.start_button.setAccessibleName("Answer the first questions")
        set_role(self.start_button, "primary")
        self.start_button.clicked.connect(partial(self._ask, "triage"))
        row = QHBoxLayout()
        row.addWidget(self.start_button)
        row.addStretch(1)
        column.addLayout(row)
        around.hide()
        return around

    def show_incident(self, incident_id: IncidentId | None) -> None:
        """Show the checklists of another incident."""
        if incident_id != self.incident_id:
            self._drop_sections()
            self.start_block.hide()
            self.progress_line.show_words("", "")
            self.banner.clear()
        self.incident_id = incident_id
        self._when_seen.ask()

    def set_narrow(self, narrow: bool) -> None:
        """Say how far it is beside the first questions, where the panel is a tab of that name."""
        self.heading_label.setVisible(not narrow)
        self.progress_line.set_compact(narrow)
        for each in (self.progress_line, self.triage_button) if narrow else ():
            self._head_flow.removeWidget(each)
            self._head_flow.addWidget(each)
        if not narrow:
            self._head_flow.removeWidget(self.progress_line)
            self._outer.insertWidget(2, self.progress_line)

    def reload(self) -> None:
        """Read again where every step stands."""
        if self.incident_id:
            operation = partial(read_shown, incident_id=self.incident_id)
            self._session.run(self, operation, self._on_read)

    def open_step(self, step_id: str) -> None:
        """Open a step and bring it into view."""
        for section in self._sections.values():
            card = section.card(step_id)
            if card is not None:
                section.keep_open()
                self._show_stops()
                card.open()
                card.header.setFocus()
                self._scroll.lead_to(step_id)

    def take_keyboard(self) -> None:
        """Go where to go on: to the first questions while nobody answered, else the next step."""
        if self._next_id and self.start_block.isHidden():
            self.open_step(self._next_id)
        else:
            (self.triage_button if self.start_block.isHidden() else self.start_button).setFocus()

    def card(self, step_id: str) -> StepCard | None:
        """Return the card of a step, if it is shown."""
        for section in self._sections.values():
            card = section.card(step_id)
            if card is not None:
                return card
        return None

    def _on_read(self, shown: Shown) -> None:
        view = shown.checklists
        answered, asked = len(shown.triage.answers), len(shown.triage.questions)
        self.start_block.setVisible(answered == 0)
        self.triage_button.setVisible(answered > 0)
        left = f" ({answered} of {asked})" if answered < asked else ""
        self.triage_button.setText(f"First questions{left}…")
        self._show_summary(view)
        ordered = sorted(view.checklists, key=lambda each: bool(each.checklist.ended_reason))
        self._say_joined(ordered, shown.triage.answers)
        self._arrange_sections(ordered)
        next_step = view.next_step
        around = Around(
            next_step=next_step,
            drafts=shown.drafts,
            names={each.procedure.id: each.procedure.title for each in view.checklists},
            words=shown.words,
            context=shown.context,
        )
        gone = {one.checklist_id for one in shown.triage.no_longer}
        for each in ordered:
            own = each.checklist.id
            self._sections[own].show_checklist(
                each, around, has_newer=own in shown.newer, is_gone=own in gone
            )
        self._show_stops()
        QTimer.singleShot(AFTER_LAYOUT_MS, self, self._offer_back)
        self._follow(next_step.step.id if next_step else "")
        self.shown.emit(view)

    def _say_joined(
        self, ordered: Sequence[ChecklistView], answers: dict[str, TriageAnswer]
    ) -> None:
        """Name what joined since the last look; the first questions say that themselves."""
        asked, self._answers = self._answers != answers, answers
        fresh = [
            one
            for one in ordered
            if one.checklist.id not in self._sections and not one.checklist.ended_reason
        ]
        if self._sections and fresh and not asked:
            titles = ", ".join(f"“{one.procedure.title}”" for one in fresh)
            words = f"{titles} {'has' if len(fresh) == 1 else 'have'} joined."
            way = ("Go there", partial(self._go_to_section, fresh[0].checklist.id))
            self.banner.show_message(words, action=way)

    def _go_to_section(self, checklist_id: ChecklistId) -> None:
        section = self._sections.get(checklist_id)
        if section is not None:
            self._show_section(section)

    def _show_section(self, section: ChecklistSection) -> None:
        section.keep_open()
        self._show_stops()
        section.head_button.setFocus()
        QTimer.singleShot(AFTER_LAYOUT_MS, self, partial(self._scroll.show_from, section))

    def _arrange_sections(self, ordered: Sequence[ChecklistView]) -> None:
        """Have a section for each: those that run first, then the ended ones.

        A section stays while it shows the same text: somebody may be typing in it.
        """
        before, self._sections = self._sections, {}
        for each in ordered:
            section = before.get(each.checklist.id)
            if section is None or not section.shows(each):
                section = ChecklistSection(self._session, each.checklist.incident_id, each, self)
                section.act_requested.connect(self.act_requested)
                section.folded.connect(self._show_stops)
                section.recorded.connect(self._on_recorded)
                section.opened.connect(self._scroll.lead_to)
            else:
                del before[each.checklist.id]
            self._sections[each.checklist.id] = section
        _drop(before.values())
        order: list[QWidget] = [one for one in self._sections.values() if not one.is_ended]
        ended = [one for one in self._sections.values() if one.is_ended]
        self._ended_label.setVisible(bool(ended))
        for place, widget in enumerate((*order, self._ended_label, *ended)):
            if self._column.indexOf(widget) != place:
                self._column.insertWidget(place, widget)

    def _hidden_stops(self) -> list[ChecklistSection]:
        return [one for one in self._sections.values() if one.hides_stop]

    @Slot()
    def _show_stops(self) -> None:
        self.stop_line.show_titles([one.title for one in self._hidden_stops()])

    @Slot()
    def _on_stop_line_clicked(self) -> None:
        """Show the first stop that is folded away, from its notice on."""
        for section in self._hidden_stops()[:1]:
            self._show_section(section)

    def _show_summary(self, view: ChecklistsView) -> None:
        leading = view.next_step
        for each in view.checklists:
            if leading and each.checklist.id == leading.checklist_id:
                state = f"{each.done} of {len(each.steps)} done"
                self.progress_line.show_words(each.procedure.title, state, leading.step.title)
                return
        done = bool(view.checklists)
        words = "Nothing is waiting to be done now." if done else ""
        self.progress_line.show_words("", words)

    @Slot()
    def _on_back_clicked(self) -> None:
        self.open_step(self._next_id)

    @Slot()
    def _offer_back(self) -> None:
        in_view = self._scroll.has_in_view(self._next_id)
        self.progress_line.offer_back(bool(self._next_id) and not in_view)

    def _follow(self, next_id: str) -> None:
        if next_id and next_id != self._next_id:
            before = self.card(self._next_id)
            self._goes_on |= before is not None and before.has_keyboard()
            self._next_id = next_id
            self._scroll.lead_to(next_id)
            self._go_on()
        elif self._goes_on:
            self._keep_in_view()
        else:
            self._scroll.go_on_following(next_id)
        self._goes_on = False

    @Slot()
    def _on_recorded(self) -> None:
        self._goes_on = True

    def _go_on(self) -> None:
        """Go on with the keyboard at the next step, where the one before it was recorded.

        Where another step was recorded, the keyboard stays there, as what is in view does.
        """
        card = self.card(self._next_id)
        if self._goes_on and card is not None:
            holder: QWidget | None = self.window().focusWidget()
            if holder is None or holder is self.window() or self.isAncestorOf(holder):
                card.header.setFocus()

    def _keep_in_view(self) -> None:
        """Lead back to the step that was recorded: with its fields folded it is further up."""
        holder: QWidget | None = self.window().focusWidget()
        card = holder.parentWidget() if holder is not None else None
        if isinstance(card, StepCard):
            self._scroll.lead_to(card.view.step.id)

    def _drop_sections(self) -> None:
        _drop(self._sections.values())
        self._sections = {}
        self._next_id = ""
        self.stop_line.show_titles(())
        self._ended_label.hide()

    def _ask(self, what: str, _checked: bool = False) -> None:
        self.act_requested.emit(what, None)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.incident_id and changes.touch(self.incident_id, *TOPICS):
            self._pace.ask()


def _drop(sections: Iterable[ChecklistSection]) -> None:
    for section in sections:
        section.hide()
        section.setParent(None)
        section.deleteLater()
