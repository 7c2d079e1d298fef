"""Files that are being taken in: one bar for all of them, and what came of each, by name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.dialog import Dialog
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import breakable, heading, secondary, strong

LETTERS_WIDE = 70
ROWS_HIGH = 12
TELL_AFTER_MS = 100
WHOLE = 1000
Index = QModelIndex | QPersistentModelIndex
MEANWHILE = "You can go on working meanwhile."
LOOKING = "Looking which of them hold other things, by name. You can go on working meanwhile."
LATER = "Where they come from can be filled in now or later: they wait on Today."


class FileState(StrEnum):
    """How far a file has come; the value stands in the list."""

    WAITING = "waiting"
    READING = "being kept"
    KEPT = "kept, unchanged"
    HELD_BACK = "held back, not copied"
    NOT_KEPT = "not kept"
    STOPPED = "stopped; nothing was kept of it"


_SIGNS = {
    FileState.WAITING: "·",
    FileState.READING: "→",
    FileState.KEPT: "✓",
    FileState.HELD_BACK: "■",
    FileState.NOT_KEPT: "✗",
    FileState.STOPPED: "✗",
}
_UNDER_WAY = (FileState.WAITING, FileState.READING)


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of the list: its name, how far it is, and what there is to say of it."""

    name: str
    state: FileState = FileState.WAITING
    words: str = ""

    @property
    def text(self) -> str:
        """The line as it is read."""
        words = self.words or self.state.value
        named = words if words.startswith(self.name) else f"{self.name}: {words}"
        return f"{_SIGNS[self.state]}  {named}"


class FileLines(QAbstractListModel):
    """The lines, for a list that draws only what is in view."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: list[FileLine] = []
        self._changed: set[int] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TELL_AFTER_MS)
        self._soon.timeout.connect(self.tell)

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the files."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return the line, for the eye and for a screen reader."""
        if role == Qt.ItemDataRole.DisplayRole:
            return breakable(self._lines[index.row()].text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._lines[index.row()].text
        return None

    def start(self, names: Sequence[str]) -> None:
        """List other files."""
        self.beginResetModel()
        self._lines = [FileLine(name) for name in names]
        self._changed.clear()
        self.endResetModel()

    def put(self, number: int, state: FileState, words: str = "") -> None:
        """Change what is said of one file; a list is told a few times a second.

        It measures all its lines each time, which takes long where very many small files come.
        """
        self._lines[number] = FileLine(self._lines[number].name, state, words)
        self._changed.add(number)
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def tell(self) -> None:
        """Tell the list now what has changed."""
        self._soon.stop()
        if self._changed:
            self.dataChanged.emit(self.index(min(self._changed)), self.index(max(self._changed)))
            self._changed.clear()

    def lines(self) -> tuple[FileLine, ...]:
        """Return all of them."""
        return tuple(self._lines)


class TakeProgress(Dialog):
    """Stands beside the window, which stays usable; it closes by itself only at a lock.

    `stop_requested` asks for an end; nothing half kept stays.
    """

    stop_requested = Signal()

    def __init__(self, number: str, names: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self._reading: int | None = None
        self.setObjectName("takeProgressDialog")
        self.setWindowTitle("Taking in files")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.lines = FileLines(self)
        self.lines.start(names)
        self._build_ui()
        self.lines.dataChanged.connect(self._on_told)
        self._say()

    def _build_ui(self) -> None:
        count = self.lines.rowCount()
        files = "1 file" if count == 1 else f"{count} files"
        self._title_label = heading(f"Taking in {files} for {self._number}", self)
        self.banner = Banner(self)
        self._state_label = strong("", self)
        self._state_label.setObjectName("takeStateLabel")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("takeProgressBar")
        self._bar.setAccessibleName("How much has been kept")
        self._bar.setRange(0, WHOLE)
        self._list = QListView(self)
        self._list.setObjectName("takeFilesList")
        self._list.setAccessibleName("The files, and what came of each")
        self._list.setModel(self.lines)
        self._list.setWordWrap(True)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(self._title_label)
        self._hint_label = secondary(MEANWHILE, self)
        outer.addWidget(self._hint_label)
        outer.addWidget(self.banner)
        outer.addWidget(self._state_label)
        row = QHBoxLayout()
        row.addWidget(self._bar, 1)
        outer.addLayout(row)
        outer.addWidget(self._list, 1)
        outer.addWidget(self._build_buttons())

    def _build_buttons(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(row, spacing=8)
        self._stop_button = plain_button("takeStopButton", "&Stop", row)
        self._stop_button.clicked.connect(self.stop_requested)
        self._close_button = plain_button("takeCloseButton", "&Close", row)
        set_role(self._close_button, "primary")
        self._close_button.clicked.connect(self.accept)
        self._close_button.hide()
        for button in (self._close_button, self._stop_button):
            flow.addWidget(button)
        return row

    @property
    def is_over(self) -> bool:
        """Whether nothing is under way any more."""
        return not any(line.state in _UNDER_WAY for line in self.lines.lines())

    def come_up(self) -> None:
        """Show it beside the window: what is behind it can be used."""
        room = QGuiApplication.primaryScreen().availableSize()
        wide = self.fontMetrics().averageCharWidth() * LETTERS_WIDE
        rows = min(self.lines.rowCount() + 1, ROWS_HIGH)
        high = self.fontMetrics().lineSpacing() * (rows * 3 // 2 + 14)
        self.resize(min(wide, round(room.width() * 0.9)), min(high, round(room.height() * 0.9)))
        self.show()
        self._list.setFocus()

    def put(self, number: int, state: FileState, words: str = "") -> None:
        """Say what came of one file, or that it is being kept now."""
        self.lines.put(number, state, words)
        if state is FileState.READING:
            self._hint_label.setText(MEANWHILE)
            self._reading = number
        self._say()

    @Slot()
    def _on_told(self) -> None:
        """Keep the file that is being kept in view."""
        if self._reading is not None:
            self._list.scrollTo(self.lines.index(self._reading))

    def show_looking(self) -> None:
        """Say that the files are looked into, before the first is kept."""
        self._hint_label.setText(LOOKING)

    def show_share(self, share: float) -> None:
        """Say how much of the file that is being kept now is kept."""
        done = sum(line.state not in _UNDER_WAY for line in self.lines.lines())
        self._bar.setValue(round((done + share) / max(self.lines.rowCount(), 1) * WHOLE))

    def show_over(self) -> None:
        """Say what came of all of them; it stays until it is closed."""
        counted = Counter(line.state for line in self.lines.lines())
        self._reading = None
        self.lines.tell()
        kept, failed = counted[FileState.KEPT], counted[FileState.NOT_KEPT]
        self._title_label.setText("Every file was kept" if self._all_kept() else "What came of it")
        self._hint_label.setText(LATER if kept else "")
        self._hint_label.setVisible(bool(kept))
        if failed:
            self._show_first(FileState.NOT_KEPT)
        for widget, seen in ((self._bar, False), (self._stop_button, False)):
            widget.setVisible(seen)
        self._close_button.show()
        self._close_button.setDefault(True)
        self._close_button.setFocus()
        self._say()

    def _all_kept(self) -> bool:
        return all(line.state is FileState.KEPT for line in self.lines.lines())

    def _show_first(self, state: FileState) -> None:
        for number, line in enumerate(self.lines.lines()):
            if line.state is state:
                self._list.setCurrentIndex(self.lines.index(number))
                return

    def _say(self) -> None:
        counted = Counter(line.state for line in self.lines.lines())
        waiting = counted[FileState.WAITING] + counted[FileState.READING]
        parts = [
            (counted[FileState.KEPT], "kept"),
            (counted[FileState.HELD_BACK], "held back"),
            (counted[FileState.NOT_KEPT], "not kept"),
            (counted[FileState.STOPPED], "stopped"),
            (waiting, "to come"),
        ]
        self._state_label.setText(", ".join(f"{count} {words}" for count, words in parts if count))
        self.show_share(0.0)

    @Slot()
    def leave(self) -> None:
        """Forget the names and close: the log locks."""
        self.lines.start(())
        self.reject()

    @Slot()
    def reject(self) -> None:
        """Close on Escape, but not while something is being kept."""
        if self.is_over:
            super().reject()
