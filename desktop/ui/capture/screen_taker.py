"""Takes the screens without a window of ours on them: a part, a window, one or all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, QRect, QTimer, Signal, Slot
from PySide6.QtGui import QCursor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.domain.calendar.times import Clock, Moment
from desktop.domain.evidence.items import ItemKind
from desktop.domain.evidence.screens import Frame, ListFrames, capture_facts
from desktop.ui.capture.delay import Delay
from desktop.ui.capture.region_picker import RegionPicker
from desktop.ui.capture.screen_grab import Shot, grab_screens, join_screens, screen_at
from desktop.ui.capture.window_picker import WindowPicker

HIDE_MS = 300


class Way(StrEnum):
    """What of the screens is taken; the value names it at the gate."""

    PART = "A part of the screen"
    SAME_PART = "The same part of the screen once more"
    WINDOW = "A window"
    SCREEN = "A whole screen"
    SCREENS = "All screens"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be taken: the way, which screen, after how many seconds."""

    way: Way = Way.PART
    screen: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture of the screen, its kind, when it was taken, what is noted of the screen."""

    image: QImage
    kind: ItemKind
    at: Moment
    noted: tuple[tuple[str, str], ...]


class ScreenTaker(QObject):
    """`taken` gives a Taken; `left`: none was chosen; `blind`: no program can see the screen.

    `counting` tells the seconds that are left. All windows of ours step aside and come back.
    """

    taken = Signal(object)
    left = Signal()
    blind = Signal()
    counting = Signal(int)

    def __init__(
        self, clock: Clock, parent: QObject, list_frames: ListFrames | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._list_frames = list_frames
        self._delay = Delay(self)
        self._delay.left.connect(self.counting)
        self._delay.over.connect(self._step_aside)
        self._pickers: list[RegionPicker] = []
        self._aside: list[QWidget] = []
        self._wish = Wish()
        self._waiting = False
        self._last: tuple[str, QRect] | None = None

    @property
    def knows_windows(self) -> bool:
        """Whether this computer tells where windows are."""
        return self._list_frames is not None

    @property
    def has_last_part(self) -> bool:
        """Whether a part was chosen before, which can be taken once more."""
        return self._last is not None

    @property
    def is_busy(self) -> bool:
        """Whether something is being taken."""
        return self._waiting or bool(self._pickers) or self._delay.is_running

    def take(self, wish: Wish) -> None:
        """Take this, after the delay that is wished."""
        if not self.is_busy:
            self._wish = wish
            self._delay.start(wish.after)

    def forget(self) -> None:
        """Forget which part was chosen: another session begins."""
        self._last = None

    def stop(self) -> None:
        """Take nothing more, and bring our windows back."""
        self._delay.stop()
        if self._waiting or self._pickers:
            self._close_pickers()
        self._waiting = False

    @Slot()
    def _step_aside(self) -> None:
        """Hide our windows, wait until the screen shows what lies behind them, and look."""
        self._waiting = True
        self._aside = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        for window in self._aside:
            window.hide()
        QTimer.singleShot(HIDE_MS, self, self._look)

    @Slot()
    def _look(self) -> None:
        if not self._waiting:
            return
        self._waiting = False
        at = self._clock.now()
        shots = grab_screens()
        if not shots:
            self._come_back()
            self.blind.emit()
            return
        ways: dict[Way, Callable[[Moment, list[Shot]], None]] = {
            Way.PART: self._pick,
            Way.SAME_PART: self._take_same,
            Way.WINDOW: self._pick_window,
            Way.SCREEN: self._take_whole,
            Way.SCREENS: self._take_all,
        }
        ways[self._wish.way](at, shots)

    def _pick(self, at: Moment, shots: list[Shot]) -> None:
        for shot in _here_last(shots):
            name, rect = self._last or ("", QRect())
            picker = RegionPicker(shot, first=rect if name == shot.name else None)
            picker.picked.connect(partial(self._on_picked, at, shots, shot, picker))
            self._open(picker)

    def _pick_window(self, at: Moment, shots: list[Shot]) -> None:
        frames = self._list_frames() if self._list_frames else ()
        for shot in _here_last(shots):
            found = shot.frames_on(frames)
            if found:
                picker = WindowPicker(shot, found)
                picker.picked.connect(partial(self._on_window_picked, at, shots, shot, picker))
                self._open(picker)
        if not self._pickers:
            self._pick(at, shots)

    def _open(self, picker: RegionPicker) -> None:
        picker.left.connect(self._on_left)
        self._pickers.append(picker)
        picker.begin()

    def _take_same(self, at: Moment, shots: list[Shot]) -> None:
        """Take the part that was chosen last; its screen may have gone since."""
        name, rect = self._last or ("", QRect())
        shot = next((one for one in shots if one.name == name), None)
        if shot is None or rect.isEmpty():
            self._pick(at, shots)
            return
        self._come_back()
        self._give(shot.part(rect), ItemKind.SCREEN_REGION, at, [shot], len(shots))

    def _take_whole(self, at: Moment, shots: list[Shot]) -> None:
        self._come_back()
        shot = shots[min(self._wish.screen, len(shots) - 1)]
        self._give(shot.image, ItemKind.SCREEN, at, [shot], len(shots))

    def _take_all(self, at: Moment, shots: list[Shot]) -> None:
        self._come_back()
        self._give(join_screens(shots), ItemKind.SCREENS, at, shots, len(shots))

    def _on_picked(
        self, at: Moment, shots: list[Shot], shot: Shot, picker: RegionPicker, image: QImage
    ) -> None:
        self._last = (shot.name, QRect(picker.chosen))
        self._close_pickers()
        self._give(image, ItemKind.SCREEN_REGION, at, [shot], len(shots))

    def _on_window_picked(
        self, at: Moment, shots: list[Shot], shot: Shot, picker: WindowPicker, _image: QImage
    ) -> None:
        frame = picker.frame
        self._close_pickers()
        # The picker counts in units of a scaled screen; the window's edges lie between two.
        self._give(shot.window(frame), ItemKind.WINDOW, at, [shot], len(shots), frame)

    def _give(
        self,
        image: QImage,
        kind: ItemKind,
        at: Moment,
        shots: Sequence[Shot],
        of: int,
        window: Frame | None = None,
    ) -> None:
        facts = [shot.facts for shot in shots]
        noted = capture_facts(facts, of, window=window, after=self._wish.after)
        self.taken.emit(Taken(image, kind, at, noted))

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
        aside, self._aside = self._aside, []
        for window in aside:
            if isValid(window):
                window.show()


def _here_last(shots: list[Shot]) -> tuple[Shot, ...]:
    """Return the screens, the one under the pointer last: what is opened last is in front."""
    here = screen_at(shots, QCursor.pos())
    return (*(one for one in shots if one is not here), here)
