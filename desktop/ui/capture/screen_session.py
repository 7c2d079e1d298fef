"""The part of a capture session in front of the browser: bar, pictures of the screen, sets."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.evidence.screens import ListFrames
from desktop.domain.identifiers import SetId
from desktop.operations.evidence.keep_content import ItemAdded
from desktop.operations.evidence.keep_set import new_set
from desktop.ui.capture.capture_bar import CaptureBar
from desktop.ui.capture.clock_dialog import ClockDialog
from desktop.ui.capture.screen_taker import ScreenTaker, Taken, Way, Wish
from desktop.ui.session import Session


class ScreenSession(QObject):
    """Hides the window of the log while it is `active`; what it takes, others keep.

    `wished` asks for an answer at the gate before `take`. `taken` gives the picture and the set
    that it belongs to.
    """

    wished = Signal(object)
    taken = Signal(object, object)
    blind = Signal()
    more_requested = Signal()
    finished = Signal()

    def __init__(
        self, session: Session, window: QWidget, list_frames: ListFrames | None = None
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._bar: CaptureBar | None = None
        self._set_id: SetId | None = None
        self._begins = False
        self._last = Wish()
        self._keys = ""
        self.taker = ScreenTaker(session.clock, self, list_frames)
        self.taker.taken.connect(self._on_taken)
        self.taker.left.connect(self._on_left)
        self.taker.blind.connect(self.blind)
        self.taker.counting.connect(self._on_counting)

    @property
    def is_active(self) -> bool:
        """Whether it stands in front of the browser."""
        return self._bar is not None

    @property
    def begins_set(self) -> bool:
        """Whether the picture taken last begins a set, and is asked about."""
        return self._begins

    @property
    def front(self) -> QWidget:
        """The window in front: what is asked now belongs to it."""
        return self._bar if self._bar is not None else self._window

    def set_keys(self, keys: str) -> None:
        """Name the keys that ask for the next capture from anywhere."""
        self._keys = keys

    def begin(self, number: str) -> None:
        """Step in front of the browser; the window of the log steps aside."""
        if self._bar is None:
            bar = CaptureBar(number, windows=self.taker.knows_windows, keys=self._keys)
            bar.wished.connect(self.wished)
            bar.stop_requested.connect(self._on_stop_requested)
            bar.more_requested.connect(self.more_requested)
            bar.clock_requested.connect(self._on_clock_requested)
            bar.finish_requested.connect(self.finished)
            self._bar = bar
        self._window.hide()

    def come_up(self, text: str = "") -> None:
        """Show the bar with what came of it."""
        if self._bar is None:
            return
        if text:
            self._bar.show_words(text)
        self._bar.come_up()

    def take(self, wish: Wish) -> None:
        """Take it now; the gate has let it in."""
        if self._bar is not None:
            self._last = wish
            self._window.hide()
            self.taker.take(wish)

    def take_next(self) -> None:
        """Wish for the same as before: the keys were pressed."""
        if self._bar is not None and self._bar.is_ready and not self.taker.is_busy:
            way = Way.PART if self._last.way is Way.SAME_PART else self._last.way
            self.wished.emit(Wish(way, self._last.screen))

    def show_kept(self, added: ItemAdded) -> None:
        """Say what is kept, and offer to go on with it."""
        if self._bar is None:
            return
        text = f"✓  {added.mark} is kept, unchanged."
        if added.same_as:
            text = f"{text[:-1]}: the same content as {', '.join(added.same_as)}."
        if self._begins:
            self._bar.show_set(added.mark)
        if self.taker.has_last_part:
            self._bar.show_same_part()
        self.come_up(text)

    def show_failed(self, text: str) -> None:
        """Say what could not be kept."""
        if self._begins:
            self._set_id = None
        if self._bar is not None:
            self._bar.banner.show_message(text, "error")
            self.come_up("This was not kept.")

    def step_back(self) -> None:
        """Leave the browser: the window of the log comes back."""
        bar, self._bar = self._bar, None
        self.taker.stop()
        self._set_id = None
        self._begins = False
        if bar is not None:
            if isValid(bar):
                bar.hide()
                bar.deleteLater()
            self._window.show()
            self._window.activateWindow()

    def end(self) -> None:
        """End the session: what was chosen is forgotten too."""
        self.step_back()
        self.taker.forget()
        self._last = Wish()

    @Slot(object)
    def _on_taken(self, taken: Taken) -> None:
        if self._bar is None:
            return
        self._begins = self._set_id is None or not self._bar.goes_together
        if self._begins:
            self._set_id = new_set()
            self._bar.show_set("")
        self._bar.banner.clear()
        self._bar.come_up()
        self._bar.show_busy()
        self.taken.emit(taken, self._set_id)

    @Slot()
    def _on_left(self) -> None:
        if self._bar is not None:
            self.come_up("Nothing was taken. Have what you want to keep in view, then choose.")

    @Slot(int)
    def _on_counting(self, seconds: int) -> None:
        if self._bar is not None:
            self._bar.come_up()
            self._bar.show_counting(seconds)

    @Slot()
    def _on_clock_requested(self) -> None:
        ClockDialog(self._session, self.front).ask()

    @Slot()
    def _on_stop_requested(self) -> None:
        self.taker.stop()
        self.come_up("Nothing was taken.")
