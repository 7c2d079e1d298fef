"""Organisation: which policy is followed, and what the organisation fills in and adds itself."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes, Topic
from desktop.operations.organisation.show_own_copy import OwnView, show_own_copy
from desktop.ui.organisation.accounts_section import AccountsSection
from desktop.ui.organisation.centres_section import CentresSection
from desktop.ui.organisation.contacts_section import ContactsSection
from desktop.ui.organisation.days_section import DaysSection
from desktop.ui.organisation.own_section import OwnSection
from desktop.ui.organisation.policy_section import PolicySection
from desktop.ui.organisation.roles_section import RolesSection
from desktop.ui.organisation.rules_section import RulesSection
from desktop.ui.organisation.sources_section import SourcesSection
from desktop.ui.organisation.standing_section import StandingSection
from desktop.ui.organisation.steps_section import StepsSection
from desktop.ui.pace import Pace
from desktop.ui.session import Session
from desktop.ui.tabs import Tabs
from desktop.ui.when_seen import WhenSeen
from desktop.ui.widgets.page import Page

_SECTIONS: tuple[tuple[str, str, type[OwnSection]], ...] = (
    ("policy", "Policy", PolicySection),
    ("standing", "Standing work", StandingSection),
    ("roles", "Roles", RolesSection),
    ("contacts", "Contacts", ContactsSection),
    ("steps", "Own steps", StepsSection),
    ("days", "Working days", DaysSection),
    ("centres", "Centres", CentresSection),
    ("accounts", "Our accounts", AccountsSection),
    ("rules", "Rules to confirm", RulesSection),
    ("sources", "Sources", SourcesSection),
)
SECTION_NAMES = frozenset(name for name, _words, _type in _SECTIONS)


class OrganisationPage(Page):
    """Each tab is a section of its own; all of them show one reading of the log."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Organisation", parent, scrolls=False)
        self._session = session
        self._when_seen = WhenSeen(self, self.reload, due=False)
        self.tabs = Tabs("Organisation", self)
        self.sections: dict[str, OwnSection] = {}
        for name, words, section_type in _SECTIONS:
            section = section_type(session, self)
            self.sections[name] = section
            self.tabs.add(section, name, words)
        self.body.addWidget(self.tabs, 1)
        self._view: OwnView | None = None
        self.tabs.changed.connect(self._on_tab_changed)
        self._pace = Pace(session, self, self._when_seen.ask)
        session.changed.connect(self._on_changed)
        session.locked.connect(self._on_locked)
        self.reload()

    def show_section(self, name: str) -> None:
        """Show one tab by its name."""
        self.tabs.show_panel(self.sections[name])

    def focus_first(self) -> None:
        """Put the caret on the tab that is shown."""
        self.tabs.focus_current()

    @Slot()
    def reload(self) -> None:
        """Read again what is entered."""
        self._when_seen.note_read()
        self._session.run(self, show_own_copy, self._on_view)

    def _on_view(self, view: OwnView) -> None:
        self._view = view
        self.set_title("Organisation", view.organisation)
        self._show_tab()

    def _show_tab(self) -> None:
        """Show the view on the tab in front only: the others when they come there."""
        shown = self.tabs.current()
        if self._view is not None and isinstance(shown, OwnSection):
            shown.show_view(self._view)

    @Slot(object)
    def _on_tab_changed(self, _panel: object) -> None:
        # What it says was done on the tab before.
        self.banner.clear()
        self._show_tab()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touch(None, Topic.ORGANISATION):
            self._pace.ask()

    @Slot()
    def _on_locked(self) -> None:
        self._view = None
        for section in self.sections.values():
            section.wipe()
