"""Lets files and pictures be dropped on the window or pasted into it: the gate comes first."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.items import Method
from desktop.domain.identifiers import IncidentId
from desktop.ui.capture.capture_dialog import files_in
from desktop.ui.capture.capture_flow import CaptureFlow
from desktop.ui.capture.screen_grab import offers_picture


class DropTarget(QObject):
    """Watches a window; `current` names the incident that is shown there, or None.

    Ctrl+V in a text field stays with that field.
    """

    def __init__(
        self,
        flow: CaptureFlow,
        window: QWidget,
        current: Callable[[], IncidentId | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._current = current
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        self._shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), window)
        self._shortcut.activated.connect(self._on_paste)
        self.destroyed.connect(self._shortcut.deleteLater)

    @Slot()
    def _on_paste(self) -> None:
        self._flow.paste(self._current())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take what is dragged over or dropped, unless a capture session is under way."""
        if isinstance(event, QDropEvent) and not self._flow.is_running:
            if event.type() == QEvent.Type.Drop:
                return self._dropped(event)
            if isinstance(event, QDragEnterEvent):
                return self._entered(event)
        return False

    def _entered(self, event: QDragEnterEvent) -> bool:
        offered = event.mimeData()
        if not (files_in(offered) or offers_picture(offered)):
            return False
        event.acceptProposedAction()
        return True

    def _dropped(self, event: QDropEvent) -> bool:
        offered = event.mimeData()
        files = files_in(offered)
        if not (files or offers_picture(offered)):
            return False
        event.acceptProposedAction()
        if files:
            self._flow.take_files(self._current(), files, Method.DROP)
        else:
            self._flow.expect_drop(self._current())
        return True
