"""Log and keys: the tabs about the log itself, side by side."""

from PySide6.QtWidgets import QWidget

from desktop.ui.entry import Entry
from desktop.ui.keeping.backup_section import BackupSection
from desktop.ui.keeping.check_section import CheckSection
from desktop.ui.keeping.computer_section import ComputerSection
from desktop.ui.keeping.keys_section import KeysSection
from desktop.ui.keeping.log_section import LogSection
from desktop.ui.keeping.retention_section import RetentionSection
from desktop.ui.session import Session
from desktop.ui.tabs import Tabs
from desktop.ui.widgets.page import Page

_SECTIONS: tuple[tuple[str, str, type[LogSection]], ...] = (
    ("keys", "Keyholders and keys", KeysSection),
    ("backup", "Backups", BackupSection),
    ("check", "Is it unchanged?", CheckSection),
    ("retention", "Records to keep", RetentionSection),
    ("computer", "This computer", ComputerSection),
)


class LogPage(Page):
    """About the log itself; each tab is a section of its own."""

    def __init__(self, session: Session, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__("Log and keys", parent, scrolls=False)
        self.tabs = Tabs("Log and keys", self)
        self.sections: dict[str, LogSection] = {}
        for name, words, section_type in _SECTIONS:
            section = section_type(session, entry, self)  # type: ignore[call-arg, arg-type]
            self.sections[name] = section
            self.tabs.add(section, name, words)
        self.body.addWidget(self.tabs, 1)

    def show_section(self, name: str) -> None:
        """Show one tab: keys, backup, check, retention or computer."""
        self.tabs.show_panel(self.sections[name])

    def focus_first(self) -> None:
        """Put the caret on the tab that is shown."""
        self.tabs.focus_current()

    def reload(self) -> None:
        """Read again what every tab shows."""
        for section in self.sections.values():
            section.reload()
