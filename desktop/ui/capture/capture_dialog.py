"""The small window of a capture session: how to take something in, and what was kept so far."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.ui.capture.capture_run import CaptureRun
from desktop.ui.capture.screen_grab import offers_picture
from desktop.ui.capture.vanishing_hint import VanishingHint
from desktop.ui.dialog import Dialog
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import heading, label, secondary, strong

LETTERS_WIDE = 60
WHOLE = 100
HINT = (
    "Have the whole thing in view: the address bar, the date and time, the name beside it. "
    "You are asked about it afterwards."
)


class CaptureDialog(Dialog):
    """Buttons and a list of what was kept; the capture flow does the work.

    With a session it also says what may vanish first.
    """

    region_requested = Signal()
    screen_requested = Signal(int)
    paste_requested = Signal()
    file_requested = Signal()
    folder_requested = Signal()
    files_dropped = Signal(list)
    picture_dropped = Signal(object)
    stop_requested = Signal()

    def __init__(self, run: CaptureRun, parent: QWidget, session: Session | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("captureDialog")
        self.setWindowTitle("Capture")
        self.setAcceptDrops(True)
        self._build_ui(run, session)

    def _build_ui(self, run: CaptureRun, session: Session | None) -> None:
        self._title_label = heading(f"Capture for {run.number}", self)
        self.banner = Banner(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(self._title_label)
        outer.addWidget(secondary(HINT, self))
        if session is not None:
            outer.addWidget(VanishingHint(session, run.incident_id, self))
        outer.addWidget(self.banner)
        outer.addWidget(self._build_ways())
        outer.addWidget(secondary("Or drop files or a picture on this window.", self))
        self._kept = QVBoxLayout()
        self._kept.setSpacing(4)
        outer.addLayout(self._kept)
        outer.addWidget(self._build_busy())
        outer.addStretch(1)
        self._finish_button = self._button("captureFinishButton", "&Finish", self)
        self._finish_button.clicked.connect(self.accept)
        outer.addWidget(self._finish_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * LETTERS_WIDE)

    def _build_ways(self) -> QWidget:
        self._ways = QWidget(self)
        flow = FlowLayout(self._ways, spacing=8)
        part = self._button("capturePartButton", "&Part of the screen", self._ways)
        set_role(part, "primary")
        part.setDefault(True)
        part.clicked.connect(self.region_requested)
        flow.addWidget(part)
        screens = len(QGuiApplication.screens())
        for index in range(screens):
            text = "&Whole screen" if screens == 1 else f"Whole screen &{index + 1}"
            whole = self._button(f"captureScreen{index + 1}Button", text, self._ways)
            whole.clicked.connect(partial(self.screen_requested.emit, index))
            flow.addWidget(whole)
        paste = self._button("capturePasteButton", "Paste a pict&ure", self._ways)
        paste.clicked.connect(self.paste_requested)
        flow.addWidget(paste)
        choose = self._button("captureFileButton", "&Choose files…", self._ways)
        choose.clicked.connect(self.file_requested)
        flow.addWidget(choose)
        folder = self._button("captureFolderButton", "Choose a f&older…", self._ways)
        folder.clicked.connect(self.folder_requested)
        flow.addWidget(folder)
        self._first_button = part
        return self._ways

    def _build_busy(self) -> QWidget:
        self._busy = QWidget(self)
        self._busy_label = strong("", self._busy)
        self._bar = QProgressBar(self._busy)
        self._bar.setObjectName("captureProgressBar")
        self._bar.setAccessibleName("How much has been kept")
        self._bar.setRange(0, WHOLE)
        stop = self._button("captureStopButton", "&Stop", self._busy)
        stop.clicked.connect(self.stop_requested)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._bar, 1)
        row.addWidget(stop)
        column = QVBoxLayout(self._busy)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._busy_label)
        column.addLayout(row)
        self._busy.hide()
        return self._busy

    def _button(self, name: str, text: str, parent: QWidget) -> QPushButton:
        button = QPushButton(text, parent)
        button.setObjectName(name)
        button.setAccessibleName(text.replace("&", "").replace("…", ""))
        button.setAutoDefault(True)
        return button

    def come_up(self) -> None:
        """Show it with the cursor on the first way."""
        self.open()
        self._first_button.setFocus()

    def show_busy(self, name: str) -> None:
        """Say that something is being kept; the ways are closed until then."""
        self._ways.setEnabled(False)
        self._finish_button.setEnabled(False)
        self._busy_label.setText(f"Keeping {name} …")
        self._bar.setValue(0)
        self._busy.show()

    def show_progress(self, share: float) -> None:
        """Say how much of it is kept."""
        self._bar.setValue(round(share * WHOLE))

    def show_ready(self) -> None:
        """Open the ways again."""
        self._busy.hide()
        self._ways.setEnabled(True)
        self._finish_button.setEnabled(True)
        self._first_button.setFocus()

    def show_kept(self, mark: str, name: str, same_as: Sequence[str]) -> None:
        """Add one line about what was kept."""
        self._title_label.setText("Kept. Capture another, or finish.")
        text = f"{mark} is kept, unchanged" + (f": {name}" if name else "")
        if same_as:
            text += f". The same content as {', '.join(same_as)}"
        self._kept.addWidget(strong(f"✓  {text}", self))

    def show_failed(self, text: str) -> None:
        """Add one line about what could not be kept; it stays until the session ends."""
        self._kept.addWidget(label(f"✗  {text}", "problem", self))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let files and pictures come in."""
        offered = event.mimeData()
        if files_in(offered) or offers_picture(offered):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped, unread."""
        offered = event.mimeData()
        files = files_in(offered)
        event.acceptProposedAction()
        if files:
            self.files_dropped.emit(files)
        else:
            self.picture_dropped.emit(offered)

    @Slot()
    def reject(self) -> None:
        """Close on Escape, but not while something is being kept."""
        if self._finish_button.isEnabled():
            super().reject()


def files_in(offered: QMimeData) -> list[Path]:
    """Return the files of this computer that are offered, by name only."""
    if not offered.hasUrls():
        return []
    return [Path(url.toLocalFile()) for url in offered.urls() if url.isLocalFile()]
