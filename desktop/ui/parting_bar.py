"""A line at the foot of the window while a log that was locked is still being put away."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from desktop.ui.session import Session
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body

AFTER_MS = 400
WHOLE = 1000
BACKUP = "The log is locked. Its backup is being made; then it closes."
WORK = "The log is locked. What was under way is being finished; then it closes."


class PartingBar(QFrame):
    """Comes up only where it takes a moment; Stop closes the log at once."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._build_ui()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self._come_up)
        session.locked.connect(self._on_locked)
        session.parting.connect(self._on_parting)
        session.closed.connect(self._on_closed)
        self.hide()

    def _build_ui(self) -> None:
        self.setObjectName("partingBar")
        set_role(self, "banner-info")
        self._label = body("", self)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("partingProgressBar")
        self._bar.setAccessibleName("How far the backup is")
        self._bar.setRange(0, WHOLE)
        self._bar.setTextVisible(False)
        self.stop_button = QPushButton("Stop, close now", self)
        self.stop_button.setObjectName("partingStopButton")
        self.stop_button.setAccessibleName("Stop what is under way and close the log now")
        self.stop_button.clicked.connect(self._on_stop_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(12)
        row.addWidget(self._label, 2)
        row.addWidget(self._bar, 1)
        row.addWidget(self.stop_button)

    @Slot()
    def _on_locked(self) -> None:
        self._say(WORK)
        self._bar.hide()
        self.stop_button.setEnabled(True)
        self._timer.start()

    @Slot(float)
    def _on_parting(self, share: float) -> None:
        self._say(BACKUP)
        self._bar.setValue(round(share * WHOLE))
        self._bar.show()

    @Slot()
    def _come_up(self) -> None:
        self.setVisible(self._session.is_closing)

    @Slot()
    def _on_closed(self) -> None:
        self._timer.stop()
        self.hide()

    @Slot()
    def _on_stop_clicked(self) -> None:
        self.stop_button.setEnabled(False)
        self._session.cut_short()

    def _say(self, text: str) -> None:
        self._label.setText(text)
        self.setAccessibleName(text)
