"""The pages before a restricted log is open: where it lies, or the questions for a new one."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desktop.domain.errors import LogMissing
from desktop.ui import messages
from desktop.ui.entering.assistant import Assistant
from desktop.ui.entering.front_page import FrontPage
from desktop.ui.entry import Entry
from desktop.ui.session import Session
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import field_label, secondary

WAY_BACK = "Back to the usual log"
WHERE_NEW = "Where should the restricted log be kept?"
WHERE_NEW_HINT = (
    "A folder of its own that the person it is about cannot get at: best a stick that is locked "
    "away. Whoever uses this computer can see that a folder is there, though not open it. Nothing "
    "here remembers the place: note it on the recovery sheet."
)
WHERE = "Where is the restricted log?"
WHERE_HINT = (
    "As noted on its recovery sheet. This program does not remember it, so that nobody finds it "
    "here. Put its stick in first, if it is on one."
)


class RestrictedAssistant(Assistant):
    """The usual questions for a log of its own; the way back is in reach on the first."""

    offers_rescue = False
    offers_way_back = False
    left = Signal()

    def __init__(self, session: Session, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(session, entry, parent)
        self._folder_step.title = WHERE_NEW
        self._folder_step.hint = WHERE_NEW_HINT
        self._existing_button.clicked.disconnect(self._on_existing_clicked)
        self._existing_button.clicked.connect(self.left)
        self._existing_button.setText(WAY_BACK)
        self._existing_button.setAccessibleName(WAY_BACK)
        choose = self.findChild(QPushButton, "chooseFolderButton")
        if isinstance(choose, QPushButton):
            # The system's own window would remember the folder on this computer.
            choose.hide()
        self._show_step(0)


class RestrictedPlacePage(FrontPage):
    """Asks where a restricted log lies; typed, since a window of the system would remember it."""

    offers_rescue = False
    left = Signal()
    folder_named = Signal(object)

    def __init__(self, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = entry
        self.card.set_title(WHERE)
        self.card.set_hint(WHERE_HINT)
        self.edit = QLineEdit(self)
        self.edit.setObjectName("restrictedFolderEdit")
        self.edit.returnPressed.connect(self._on_next_clicked)
        self.card.body.addWidget(field_label("&Folder of the restricted log", self.edit, self))
        self.card.body.addWidget(self.edit)
        self.card.body.addWidget(
            secondary("Write the whole path, for example E:\\Log or /media/stick/Log.", self)
        )
        self.card.body.addSpacing(8)
        row = FlowLayout(spacing=8)
        for words, name, role, slot in (
            ("Next", "restrictedNextButton", "primary", self._on_next_clicked),
            (WAY_BACK, "usualLogButton", "quiet", self.left.emit),
        ):
            button = QPushButton(words, self)
            button.setObjectName(name)
            button.setAccessibleName(words)
            set_role(button, role)
            button.clicked.connect(slot)
            row.addWidget(button)
        self.card.body.addLayout(row)

    def focus_first(self) -> None:
        """Put the cursor where typing starts."""
        self.edit.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    @Slot()
    def _on_next_clicked(self) -> None:
        folder = Path(self.edit.text().strip()).expanduser()
        if not self.edit.text().strip():
            self.focus_first()
        elif folder.is_absolute() and self._entry.log_exists(folder):
            self.folder_named.emit(folder)
        else:
            messages.show(self, LogMissing(folder))


def add_way_back(page: FrontPage, on_clicked: object) -> None:
    """Put the way back to the usual log on a page that has none of its own."""
    button = QPushButton(WAY_BACK, page)
    button.setObjectName("usualLogButton")
    button.setAccessibleName(WAY_BACK)
    set_role(button, "quiet")
    button.clicked.connect(on_clicked)
    for other in ("otherFolderButton", "newLogButton"):
        found = page.findChild(QPushButton, other)
        if isinstance(found, QPushButton):
            # They lead to usual logs, one of them by a window that remembers folders.
            found.hide()
    row = FlowLayout(spacing=8)
    row.addWidget(button)
    page.card.body.addLayout(row)
