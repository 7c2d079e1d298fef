"""The pages of an open log and the ways between them; made at unlock, dropped at lock."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes, Topic
from desktop.domain.identifiers import IncidentId
from desktop.operations.organisation.keep_organisation import Organisation, show_organisation
from desktop.operations.say_cut import say_cut
from desktop.ui.capture.capture_flow import CaptureFlow
from desktop.ui.capture.capture_keys import CaptureKeys
from desktop.ui.capture.drop import DropTarget
from desktop.ui.entering.restricted_page import RestrictedPage
from desktop.ui.entry import Entry
from desktop.ui.help_page import HelpPage
from desktop.ui.incident.export_dialog import ExportDialog
from desktop.ui.incident.incident_page import IncidentPage
from desktop.ui.incident.quick_log import QuickLogPage
from desktop.ui.incident_list import IncidentList
from desktop.ui.keeping.log_page import LogPage
from desktop.ui.keeping.passphrase_dialogs import SetPassphraseDialog
from desktop.ui.organisation.organisation_page import SECTION_NAMES, OrganisationPage
from desktop.ui.people_page import PeoplePage
from desktop.ui.places import Place
from desktop.ui.reports_page import ReportsPage
from desktop.ui.session import Session
from desktop.ui.today_page import TodayPage
from desktop.ui.widgets.page_stack import PageStack


class Desk(PageStack):
    """Makes each page when it is first gone to, and keeps it."""

    danger_requested = Signal()
    counted = Signal(int)
    moved = Signal(str)
    organisation_shown = Signal(object)
    restricted_start_requested = Signal()
    restricted_open_requested = Signal()

    def __init__(self, session: Session, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        self._pages: dict[str, QWidget] = {}
        self._makers: dict[str, Callable[[], QWidget]] = {
            Place.TODAY: self._make_today,
            Place.INCIDENTS: self._make_list,
            Place.PEOPLE: self._make_people,
            Place.REPORTS: lambda: ReportsPage(self._session, self),
            Place.LOG: self._make_log,
            Place.ORGANISATION: lambda: OrganisationPage(self._session, self),
            Place.HELP: lambda: HelpPage(self._session, self),
        }
        session.changed.connect(self._on_changed)
        session.set_cut_note(say_cut)
        self._read_organisation()
        self._capture = CaptureFlow(session, self.window(), self._is_asked, entry.list_frames)
        self._capture.colleague_named.connect(self.show_restricted)
        self._capture.batch_begun.connect(self._on_capture_finished)
        self._capture.finished.connect(self._on_capture_finished)
        self._drop = DropTarget(self._capture, self.window(), self._shown_incident, self)
        CaptureKeys(
            session, entry.shortcut, self._capture, self.start_capture_here, self.window(), self
        )
        self.destroyed.connect(self._capture.deleteLater)

    @Slot(str)
    def go(self, place: str) -> None:
        """Show the page of an entry of the side bar."""
        if place not in self._pages:
            self._add(place, self._makers[place]())
        self._show(self._pages[place], place)

    @Slot(str)
    def open_incident(self, incident_id: str) -> None:
        """Show one incident."""
        self.open_target(incident_id, "", "")

    @Slot(str, str, str)
    def open_target(self, incident_id: str, target: str, target_id: str) -> None:
        """Show one incident at a step, contact, item or draft of it."""
        page = self._pages.get("incident")
        if not isinstance(page, IncidentPage):
            page = IncidentPage(self._session, self)
            page.capture_requested.connect(self.start_capture)
            page.export_requested.connect(self.export)
            page.log_section_requested.connect(self.open_log_section)
            page.danger_requested.connect(self.danger_requested)
            page.gone.connect(self._on_incident_gone)
            self._add("incident", page)
        page.show_incident(IncidentId(incident_id), target, target_id)
        self._show(page, Place.INCIDENTS)

    @Slot()
    def _on_incident_gone(self) -> None:
        """Its record was erased: the page that shows it goes too."""
        page = self._pages.pop("incident", None)
        if page is not None:
            if self.currentWidget() is page:
                self.go(Place.INCIDENTS)
            self.removeWidget(page)
            page.deleteLater()

    @Slot()
    def start_quick_log(self) -> None:
        """Show an empty quick log with the cursor in it."""
        page = self._pages.get("quick log")
        if not isinstance(page, QuickLogPage):
            page = QuickLogPage(self._session, self)
            page.open_incident_requested.connect(self.open_incident)
            page.capture_requested.connect(self.start_capture)
            page.colleague_named.connect(self.show_restricted)
            self._add("quick log", page)
        self._show(page, Place.INCIDENTS)
        page.begin()

    @Slot()
    def show_restricted(self) -> None:
        """Show what to do when a concern is about a colleague; nothing of it is kept."""
        page = self._pages.get("restricted")
        if not isinstance(page, RestrictedPage):
            page = RestrictedPage(self)
            page.start_requested.connect(self.restricted_start_requested)
            page.open_requested.connect(self.restricted_open_requested)
            page.danger_requested.connect(self.danger_requested)
            page.left.connect(self.start_quick_log)
            self._add("restricted", page)
        self._show(page, Place.INCIDENTS)
        page.begin()

    def _is_asked(self) -> bool:
        """Say whether the page that is shown has asked already whom it is about."""
        page = self.currentWidget()
        return isinstance(page, QuickLogPage) and page.is_asked

    @Slot(object)
    def start_capture(self, incident_id: object) -> None:
        """Begin a capture session for an incident, or for a new one (None)."""
        self._capture.start(IncidentId(str(incident_id)) if incident_id else None)

    @Slot(object)
    def _on_capture_finished(self, incident_id: object) -> None:
        """Show where the things went, when they came from anywhere else."""
        if incident_id and self._session.is_open and self._shown_incident() != incident_id:
            self.open_incident(str(incident_id))

    def start_capture_here(self) -> None:
        """Begin a capture session for the incident that is shown, else for a new one."""
        self.start_capture(self._shown_incident())

    def _shown_incident(self) -> IncidentId | None:
        page = self.currentWidget()
        return page.incident_id if isinstance(page, IncidentPage | QuickLogPage) else None

    @Slot(str)
    def export(self, incident_id: str) -> None:
        """Ask what is to leave, for whom."""
        ExportDialog(self._session, IncidentId(incident_id), self).open()

    @Slot(str)
    def open_log_section(self, section: str) -> None:
        """Show one tab of Log and keys, or of Organisation."""
        place = Place.ORGANISATION if section in SECTION_NAMES else Place.LOG
        self.go(place)
        page = self._pages[place]
        if isinstance(page, LogPage | OrganisationPage):
            page.show_section(section)

    def focus_first(self) -> None:
        """Put the caret where the shown page begins, where that is not what the window chooses."""
        page = self.currentWidget()
        if isinstance(page, IncidentList | LogPage | OrganisationPage):
            page.focus_first()

    def search(self) -> None:
        """Go to the list with the cursor in its search box."""
        self.go(Place.INCIDENTS)
        page = self._pages[Place.INCIDENTS]
        if isinstance(page, IncidentList):
            page.focus_search()

    def _add(self, name: str, page: QWidget) -> None:
        self._pages[name] = page
        self.addWidget(page)

    def _show(self, page: QWidget, place: str) -> None:
        self.setCurrentWidget(page)
        self.moved.emit(place)

    def _make_today(self) -> TodayPage:
        page = TodayPage(self._session, self)
        page.target_requested.connect(self.open_target)
        page.reports_requested.connect(lambda: self.go(Place.REPORTS))
        page.log_section_requested.connect(self.open_log_section)
        page.quick_log_requested.connect(self.start_quick_log)
        page.capture_requested.connect(self.start_capture)
        page.danger_requested.connect(self.danger_requested)
        page.counted.connect(self.counted)
        return page

    def _make_list(self) -> IncidentList:
        page = IncidentList(self._session, self)
        page.open_incident_requested.connect(self.open_incident)
        page.quick_log_requested.connect(self.start_quick_log)
        return page

    def _make_people(self) -> PeoplePage:
        page = PeoplePage(self._session, self)
        page.open_incident_requested.connect(self.open_incident)
        return page

    def _make_log(self) -> LogPage:
        return LogPage(self._session, self._entry, self)

    def _read_organisation(self) -> None:
        self._session.run(self, show_organisation, self._show_organisation)

    def _show_organisation(self, organisation: Organisation) -> None:
        self.organisation_shown.emit(organisation)
        if self._entry.by_recovery_key:
            self._offer_passphrase(organisation.name)

    def _offer_passphrase(self, organisation: str) -> None:
        """Whoever came in by the recovery key gets a passphrase again at once."""
        self._entry.by_recovery_key = False
        keyholder = self._session.keyholder
        if keyholder is not None:
            rate, name = self._entry.rate_passphrase, keyholder.name
            words = (name, organisation)
            SetPassphraseDialog(
                self._session, rate, keyholder.id, name, words, self.window()
            ).show_form()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touch(None, Topic.ORGANISATION):
            self._read_organisation()
