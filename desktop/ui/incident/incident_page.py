"""One incident: its clocks at the top, what to do on the left, what is known on the right."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.changes import Changes, Topic
from desktop.domain.errors import AppError, RecordErased
from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.vanishing import Vanishing
from desktop.operations.browse_incidents import IncidentView, show_incident
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.incident.keep_retention import RetentionView, show_retention
from desktop.operations.steps.follow_checklist import ChecklistsView, show_checklists
from desktop.operations.steps.show_vanishing import show_vanishing
from desktop.ui import messages
from desktop.ui.evidence.evidence_panel import EvidencePanel
from desktop.ui.evidence.seal_dialog import can_be_sealed, start_sealing
from desktop.ui.incident.checklist_panel import ChecklistPanel
from desktop.ui.incident.checklist_section import has_open_stop
from desktop.ui.incident.chronology_panel import ChronologyPanel
from desktop.ui.incident.contacts_panel import ContactsPanel
from desktop.ui.incident.incident_header import IncidentHeader
from desktop.ui.incident.people_panel import PeoplePanel
from desktop.ui.incident.record_panel import RecordPanel
from desktop.ui.incident.step_windows import open_window
from desktop.ui.incident.stop_line import StopLine, first_stop
from desktop.ui.incident.triage_dialog import TriageDialog
from desktop.ui.keeping.retention_words import say_retention
from desktop.ui.pace import Pace
from desktop.ui.session import Session
from desktop.ui.tabs import Tabs
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.roles import set_role

MARGIN = 26
LETTERS_FOR_TWO_COLUMNS = 110
LETTERS_FOR_ONE_LINE = 90
LEFT, RIGHT = 45, 55
LINES_TO_READ = 8
PEOPLE = "People and accounts"
_KNOWN_PLACES = frozenset({"T8=private", "T8=site", "T8=own", "T8=fake", "T8=person"})
NOTHING_TO_SEAL = "Nothing that is kept here can be sealed. Describe in words what was received."
SEAL_HINT = (
    "Under Evidence, press “Seal…” on what must not be kept open. You do not have to look at it "
    "again."
)


class IncidentPage(QWidget):
    """Composes the panels and passes on what they ask for."""

    capture_requested = Signal(object)
    export_requested = Signal(str)
    log_section_requested = Signal(str)
    danger_requested = Signal()
    gone = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.incident_id: IncidentId | None = None
        self._wanted_step = self._first_stop = ""
        self._is_narrow: bool | None = None
        self._pace = Pace(session, self, self.reload)
        self._build_ui()
        self._connect()

    def _build_ui(self) -> None:
        set_role(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.banner = Banner(self)
        self.header = IncidentHeader(self)
        self.checklist_panel = ChecklistPanel(self._session, self)
        self.tabs = Tabs("What is known of the incident", self)
        self._what_to_do = QWidget(self)
        QVBoxLayout(self._what_to_do).setContentsMargins(0, 8, 0, 0)
        self.evidence_panel = EvidencePanel(self._session, self)
        self.chronology_panel = ChronologyPanel(self._session, self)
        self.people_panel = PeoplePanel(self._session, self)
        self.contacts_panel = ContactsPanel(self._session, self)
        self.record_panel = RecordPanel(self._session, self)
        for panel, name, words in (
            (self._what_to_do, "whatToDo", "What to do"),
            (self.evidence_panel, "evidence", "Evidence"),
            (self.chronology_panel, "chronology", "Chronology"),
            (self.people_panel, "people", PEOPLE),
            (self.contacts_panel, "contacts", "Contacts"),
            (self.record_panel, "record", "Record"),
        ):
            self.tabs.add(panel, name, words)
        self.tabs.set_words(self._what_to_do, "What to do", "To do")
        self.tabs.set_offered(self._what_to_do, False)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(16)
        self._columns.addWidget(self.checklist_panel, LEFT)
        self._columns.addWidget(self.tabs, RIGHT)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, 18, MARGIN, 20)
        outer.setSpacing(12)
        self.stop_line = StopLine(self, "neverCopiedButton")
        outer.addWidget(self.header)
        outer.addWidget(self.stop_line)
        outer.addWidget(self.banner)
        outer.addLayout(self._columns, 1)

    def _connect(self) -> None:
        self.header.danger_requested.connect(self.danger_requested)
        self.header.export_requested.connect(self._on_export_requested)
        self.header.capture_requested.connect(self._on_capture_requested)
        self.checklist_panel.act_requested.connect(self._on_act_requested)
        self.checklist_panel.shown.connect(self._on_checklists_shown)
        self.evidence_panel.capture_requested.connect(self.capture_requested)
        self.contacts_panel.step_requested.connect(self._on_step_requested)
        self.stop_line.clicked.connect(self._on_stop_line_clicked)
        QShortcut(QKeySequence("F6"), self).activated.connect(self._on_other_side)
        self._session.changed.connect(self._on_changed)

    def show_incident(
        self, incident_id: IncidentId, target: str = "", target_id: str = ""
    ) -> None:
        """Show an incident; `target` is step, contact, item, draft or worksheet."""
        is_other = incident_id != self.incident_id
        if is_other:
            self.banner.clear()
            self.header.show_incident(None)
            self.stop_line.hide()
            self.evidence_panel.show_never_copied("")
        self.incident_id = incident_id
        self.checklist_panel.show_incident(incident_id)
        self.evidence_panel.show_incident(incident_id)
        for panel in (
            self.chronology_panel, self.people_panel, self.contacts_panel, self.record_panel,
        ):  # fmt: skip
            panel.show_incident(incident_id)
        self._wanted_step = target_id if target == "step" else ""
        panels: dict[str, QWidget] = {
            "contact": self.contacts_panel,
            "item": self.evidence_panel,
            "draft": self.record_panel,
            "worksheet": self.contacts_panel,
        }
        if self._is_narrow and (is_other or self._wanted_step):
            self.tabs.show_panel(self._what_to_do)
        if target in panels:
            self.tabs.show_panel(panels[target])
        if target == "item":
            self.evidence_panel.show_item(target_id)
        if target == "worksheet":
            self.contacts_panel.open_worksheet(target_id)
        self.reload()

    def reload(self) -> None:
        """Read the header again; each panel reads its own."""
        if self.incident_id:
            operation = partial(show_incident, incident_id=self.incident_id)
            self._session.run(self, operation, self._on_read, self._on_not_read)
            kept = partial(show_retention, incident_id=self.incident_id)
            self._session.run(self, kept, self._on_kept, self._on_not_kept)
            if self._is_narrow and not self.checklist_panel.isVisible():
                # What has to be done lies behind another tab; its clocks and stops do not.
                around = partial(show_checklists, incident_id=self.incident_id)
                shown = partial(self._on_read_behind, self.incident_id)
                self._session.run(self, around, shown, self._on_not_read)

    def _on_not_read(self, error: AppError) -> None:
        """Leave nothing of an erased record on the screen either."""
        if isinstance(error, RecordErased):
            self.gone.emit()
        else:
            messages.show(self, error)

    def _on_kept(self, view: RetentionView) -> None:
        if view.line.incident_id == self.incident_id:
            self.header.show_kept(say_retention(view))

    def _on_not_kept(self, _error: AppError) -> None:
        self.header.show_kept("")

    def _on_read(self, view: IncidentView) -> None:
        if view.incident.id != self.incident_id:
            return
        self.header.show_incident(view)
        for panel, words, count in (
            (self.evidence_panel, "Evidence", view.item_count),
            (self.contacts_panel, "Contacts", view.contact_count),
        ):
            self.tabs.set_words(panel, f"{words} {count}" if count else words)

    def _on_read_behind(self, incident_id: IncidentId, view: ChecklistsView) -> None:
        if incident_id == self.incident_id:
            self._show_around(view)

    @Slot(object)
    def _on_checklists_shown(self, view: ChecklistsView) -> None:
        self._show_around(view)
        if self._wanted_step:
            wanted = self._wanted_step
            self.go_to_step(wanted)
            self._wanted_step = ""

    def _show_around(self, view: ChecklistsView) -> None:
        """Show what the checklists say beside their steps: clocks, what is never copied."""
        self._first_stop = first_stop(view)
        self.evidence_panel.show_never_copied(self.stop_line.show_never_copied(view))
        self.header.show_clocks(view.clocks)
        self.record_panel.show_clocks(view.clocks)
        self._show_vanishing(view)

    @Slot(str)
    def _on_step_requested(self, step_id: str) -> None:
        """Go to a step once the checklists are read: its procedure may only just have joined."""
        self._wanted_step = step_id
        if self._is_narrow:
            self.tabs.show_panel(self._what_to_do)
        self.checklist_panel.reload()

    @Slot()
    def _on_other_side(self) -> None:
        """Go from what to do to what is known, and back: without Tab through every step."""
        holder: QWidget | None = self.window().focusWidget()
        if holder is not None and self.checklist_panel.isAncestorOf(holder):
            self.tabs.focus_current()
        else:
            self._go_on()

    @Slot()
    def _go_on(self) -> None:
        if self._is_narrow:
            self.tabs.show_panel(self._what_to_do)
        self.checklist_panel.take_keyboard()

    @Slot()
    def _on_stop_line_clicked(self) -> None:
        self.go_to_step(self._first_stop)

    def go_to_step(self, step_id: str) -> None:
        """Open a step and bring it into view, also where the checklist is one of the tabs."""
        if self._is_narrow:
            self.tabs.show_panel(self._what_to_do)
        if self.checklist_panel.card(step_id) is None:
            self._wanted_step = step_id  # Nobody has seen the steps yet: they are being read.
        self.checklist_panel.open_step(step_id)

    def _show_vanishing(self, view: ChecklistsView) -> None:
        """Name what may be gone first, while nothing is kept and it is known where it was.

        Nobody is hurried to capture while a stop is still to be seen to.
        """
        settled = "item-listed" in view.facts or not _KNOWN_PLACES & view.facts
        if self.incident_id is None or settled or any(map(has_open_stop, view.checklists)):
            self.header.show_vanishing("")
            return
        operation = partial(show_vanishing, incident_id=self.incident_id)
        self._session.run(self, operation, partial(self._on_vanishing, self.incident_id))

    def _on_vanishing(self, incident_id: IncidentId, found: tuple[Vanishing, ...]) -> None:
        if incident_id == self.incident_id:
            self.header.show_vanishing(found[0].short if found else "")

    @Slot(str, object)
    def _on_act_requested(self, what: str, data: object) -> None:
        if self.incident_id is None:
            return
        if what == "capture":
            self.capture_requested.emit(self.incident_id)
        elif what == "export":
            self._on_export_requested()
        elif what == "accounts":
            self.log_section_requested.emit(what)
        elif what == "seal":
            operation = partial(list_items, incident_id=self.incident_id)
            self._session.run(self, operation, self._seal_among)
        elif what == "record":
            self.tabs.show_panel(self.record_panel)
            self.record_panel.show_field(str(data))
        elif not self._lead_to(what, data):
            self._open(self.incident_id, what, data)

    def _open(self, incident_id: IncidentId, what: str, data: object) -> None:
        opened = open_window(self._session, incident_id, self, what, data)
        if isinstance(opened, TriageDialog):
            # The button that opened it is gone once somebody answered.
            opened.accepted.connect(self._go_on)

    def _lead_to(self, what: str, data: object) -> bool:
        """Go to another place on this page; False if none of this name is meant."""
        panels: dict[str, QWidget] = {
            "contacts": self.contacts_panel, "evidence": self.evidence_panel,
        }  # fmt: skip
        if what == "step":
            self.go_to_step(str(data))
        elif what in panels:
            self.tabs.show_panel(panels[what])
            self.tabs.focus_current()
        return what == "step" or what in panels

    def _seal_among(self, items: tuple[EvidenceItem, ...]) -> None:
        """Ask about the only item that is kept; where there are several, somebody chooses."""
        kept = [item for item in items if can_be_sealed(item)]
        if len(kept) == 1:
            start_sealing(self._session, kept[0], self)
            return
        self.tabs.show_panel(self.evidence_panel)
        self.banner.show_message(SEAL_HINT if kept else NOTHING_TO_SEAL)

    @Slot()
    def _on_export_requested(self) -> None:
        if self.incident_id:
            self.record_panel.flush()
            self.export_requested.emit(self.incident_id)

    @Slot()
    def _on_capture_requested(self) -> None:
        if self.incident_id:
            self.capture_requested.emit(self.incident_id)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        topics = (
            Topic.INCIDENT, Topic.EVIDENCE, Topic.CONTACT, Topic.RETENTION, Topic.CHECKLIST,
        )  # fmt: skip
        if self.incident_id and changes.touch(self.incident_id, *topics):
            self._pace.ask()

    def _arrange(self, narrow: bool) -> None:
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        holder = self._what_to_do.layout()
        if narrow and holder is not None:
            holder.addWidget(self.checklist_panel)
            self.tabs.set_offered(self._what_to_do, True)
            self.tabs.show_panel(self._what_to_do)
        else:
            self._columns.insertWidget(0, self.checklist_panel, LEFT)
            self.tabs.set_offered(self._what_to_do, False)
        self.checklist_panel.set_narrow(narrow)
        # One row of tabs instead of two: large text leaves little room for the steps.
        self.tabs.set_words(self.people_panel, PEOPLE, "People" if narrow else PEOPLE)
        # With less than that Qt cuts the header; the page scrolls instead, as under the numbers.
        self.tabs.setMinimumHeight(self.fontMetrics().lineSpacing() * LINES_TO_READ * narrow)
        self.checklist_panel.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the checklist among the tabs where there is no room for two columns."""
        super().resizeEvent(event)
        letters = self.width() / max(self.fontMetrics().averageCharWidth(), 1)
        self._arrange(letters < LETTERS_FOR_TWO_COLUMNS)
        self.header.set_narrow(letters < LETTERS_FOR_ONE_LINE)
