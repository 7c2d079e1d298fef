"""Takes the screen without our own window on it, then lets a part of it be chosen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QCursor, QImage
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence import ItemKind
from desktop.domain.times import Clock, Moment
from desktop.ui.capture.region_picker import RegionPicker
from desktop.ui.capture.screen_grab import Shot, grab_screens, screen_at

HIDE_MS = 300


class ScreenTaker(QObject):
    """`taken` gives image, kind and time; `left`: none was chosen; `blind`: none can be seen."""

    taken = Signal(QImage, object, object)
    left = Signal()
    blind = Signal()

    def __init__(self, clock: Clock, window: QWidget) -> None:
        super().__init__(window)
        self._clock = clock
        self._window = window
        self._pickers: list[RegionPicker] = []
        self._waiting = False

    def take_part(self) -> None:
        """Let a part of a screen be chosen."""
        self._grab(self._pick)

    def take_screen(self, index: int) -> None:
        """Take one screen whole."""
        self._grab(partial(self._take_whole, index))

    def stop(self) -> None:
        """Take nothing more and bring our window back."""
        if self._waiting or self._pickers:
            self._close_pickers()
        self._waiting = False

    def _grab(self, then: Callable[[Moment, list[Shot]], None]) -> None:
        """Hide our window, wait until the screen shows what lies behind it, and look."""
        self._waiting = True
        self._window.hide()
        QTimer.singleShot(HIDE_MS, self, partial(self._look, then))

    def _look(self, then: Callable[[Moment, list[Shot]], None]) -> None:
        if not self._waiting:
            return
        self._waiting = False
        at = self._clock.now()
        shots = grab_screens()
        if shots:
            then(at, shots)
            return
        self._come_back()
        self.blind.emit()

    def _pick(self, at: Moment, shots: list[Shot]) -> None:
        here = screen_at(shots, QCursor.pos())
        for shot in (*(one for one in shots if one is not here), here):
            picker = RegionPicker(shot)
            picker.picked.connect(partial(self._on_picked, at))
            picker.left.connect(self._on_left)
            self._pickers.append(picker)
            picker.begin()

    def _take_whole(self, index: int, at: Moment, shots: list[Shot]) -> None:
        self._come_back()
        image = shots[min(index, len(shots) - 1)].image
        self.taken.emit(image, ItemKind.SCREEN, at)

    def _on_picked(self, at: Moment, image: QImage) -> None:
        self._close_pickers()
        self.taken.emit(image, ItemKind.SCREEN_REGION, at)

    @Slot()
    def _on_left(self) -> None:
        self._close_pickers()
        self.left.emit()

    def _close_pickers(self) -> None:
        pickers, self._pickers = self._pickers, []
        for picker in pickers:
            picker.blockSignals(True)
            picker.close()
        self._come_back()

    def _come_back(self) -> None:
        self._window.show()
        self._window.activateWindow()
