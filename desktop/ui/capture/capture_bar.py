"""The small window in front of the browser: the next capture, without leaving what it shows."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QCursor, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QStyle, QVBoxLayout, QWidget

from desktop.ui.capture.delay import SECONDS
from desktop.ui.capture.screen_taker import Way, Wish
from desktop.ui.choice_row import ChoiceRow
from desktop.ui.dialog import Dialog
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import secondary, strong

LETTERS_WIDE = 66
GAP = 16
DELAYS = ((0, "At once"), (3, "In 3 seconds"), (10, "In 10 seconds"))
NO_FORM = "Where it comes from is said once, for all captures that belong together."


class CaptureBar(Dialog):
    """Stays in front of every program; says what was kept, and takes the wish for the next."""

    wished = Signal(object)
    stop_requested = Signal()
    more_requested = Signal()
    clock_requested = Signal()
    finish_requested = Signal()

    def __init__(self, number: str, *, windows: bool, keys: str = "") -> None:
        kind = Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint
        title = Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint
        super().__init__(None, kind | title)
        self.setObjectName("captureBar")
        self.setWindowTitle(f"Capture for {number}")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._build_ui(windows=windows, keys=keys)

    def _build_ui(self, *, windows: bool, keys: str) -> None:
        self._said_label = strong("Nothing is kept yet.", self)
        self._said_label.setObjectName("captureBarSaidLabel")
        self.banner = Banner(self)
        self._together_box = QCheckBox(self)
        self._together_box.setObjectName("captureTogetherBox")
        self._together_box.setToolTip(NO_FORM)
        self._together_box.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.setSpacing(8)
        outer.addWidget(self._said_label)
        outer.addWidget(self.banner)
        outer.addWidget(self._together_box)
        self._ways = QWidget(self)
        column = QVBoxLayout(self._ways)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._build_ways(windows=windows))
        choices = [(str(seconds), words) for seconds, words in DELAYS]
        self._delay_row = ChoiceRow("captureDelay", "When it is taken:", choices, self._ways)
        self._delay_row.set_value(str(SECONDS[0]))
        column.addWidget(self._delay_row)
        outer.addWidget(self._ways)
        if keys:
            outer.addWidget(secondary(f"{keys} takes the next, in any program.", self))
        outer.addWidget(self._build_rest())
        self.setMinimumWidth(self._wide())

    def _build_ways(self, *, windows: bool) -> QWidget:
        row = QWidget(self._ways)
        flow = FlowLayout(row, spacing=6)
        part = self._wish_button("barPartButton", "&Part", "A part of the screen", Wish())
        set_role(part, "primary")
        self._same_button = self._wish_button(
            "barSamePartButton", "&Same part", Way.SAME_PART.value, Wish(Way.SAME_PART)
        )
        self._same_button.hide()
        buttons = [part, self._same_button]
        if windows:
            wish = Wish(Way.WINDOW)
            buttons.append(self._wish_button("barWindowButton", "&Window", "A window", wish))
        screens = len(QGuiApplication.screens())
        for index in range(screens):
            number = f" {index + 1}" if screens > 1 else ""
            wish = Wish(Way.SCREEN, index)
            name = f"barScreen{index + 1}Button"
            buttons.append(
                self._wish_button(name, f"Screen{number}", f"Whole screen{number}", wish)
            )
        if screens > 1:
            wish = Wish(Way.SCREENS)
            buttons.append(self._wish_button("barScreensButton", "&All", "All screens", wish))
        for button in buttons:
            flow.addWidget(button)
        return row

    def _build_rest(self) -> QWidget:
        rest = QWidget(self)
        flow = FlowLayout(rest, spacing=6)
        self._stop_button = plain_button("barStopButton", "S&top", self, "Stop: take nothing")
        self._more_button = plain_button(
            "barMoreButton", "Paste or &choose a file…", self, "Paste a picture or choose a file"
        )
        self._clock_button = plain_button(
            "barClockButton", "Compare the cloc&k…", self, "Compare the clock of this computer"
        )
        self._finish_button = plain_button("barFinishButton", "&Finish", self, "Finish capturing")
        signals = (
            (self._stop_button, self.stop_requested),
            (self._more_button, self.more_requested),
            (self._clock_button, self.clock_requested),
            (self._finish_button, self.finish_requested),
        )
        for button, signal in signals:
            button.clicked.connect(signal)
            flow.addWidget(button)
        for button in (self._more_button, self._clock_button):
            set_role(button, "quiet")
        self._stop_button.hide()
        return rest

    def _wish_button(self, name: str, text: str, said: str, wish: Wish) -> QPushButton:
        button = plain_button(name, text, self, said)
        button.setToolTip(said)
        button.clicked.connect(partial(self._on_wish_clicked, wish))
        return button

    def _wide(self) -> int:
        room = QGuiApplication.primaryScreen().availableSize().width()
        return min(self.fontMetrics().averageCharWidth() * LETTERS_WIDE, round(room * 0.9))

    @property
    def goes_together(self) -> bool:
        """Whether the next capture belongs to those before."""
        return self._together_box.isChecked() and not self._together_box.isHidden()

    @property
    def is_ready(self) -> bool:
        """Whether the next can be wished for."""
        return self.isVisible() and self._ways.isEnabled()

    def come_up(self) -> None:
        """Show it in the lower right corner, leaving the keyboard where it is."""
        self.show_ready()
        if self.isVisible():
            return
        self.adjustSize()
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry().adjusted(GAP, GAP, -GAP, -GAP)
        spot = self.rect()
        title = self.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
        spot.setHeight(spot.height() + title)
        spot.moveBottomRight(room.bottomRight())
        self.move(spot.topLeft())
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move up where a line more would stand below the screen."""
        super().resizeEvent(event)
        below = self.frameGeometry().bottom() - self.screen().availableGeometry().bottom()
        if self.isVisible() and below > 0:
            self.move(self.x(), max(self.screen().availableGeometry().top(), self.y() - below))

    def show_ready(self) -> None:
        """Offer all ways again."""
        self._ways.setEnabled(True)
        self._stop_button.hide()
        for button in (self._more_button, self._clock_button, self._finish_button):
            button.setEnabled(True)

    def show_counting(self, seconds: int) -> None:
        """Say how long it takes until the screen is taken."""
        self._close_ways()
        unit = "second" if seconds == 1 else "seconds"
        self._said_label.setText(f"The screen is taken in {seconds} {unit} …")
        self._stop_button.show()

    def show_busy(self) -> None:
        """Say that a picture is being kept."""
        self._close_ways()
        self._said_label.setText("Keeping the picture …")

    def show_words(self, text: str) -> None:
        """Say what came of it."""
        self._said_label.setText(text)

    def show_set(self, mark: str) -> None:
        """Offer to go on with the captures that began with this mark; '' begins a new one."""
        self._together_box.setText(f"The next belongs to {mark}")
        self._together_box.setAccessibleName(f"The next belongs to {mark}. {NO_FORM}")
        self._together_box.setChecked(bool(mark))
        self._together_box.setVisible(bool(mark))

    def show_same_part(self) -> None:
        """Offer to take the same part once more."""
        self._same_button.show()

    def _close_ways(self) -> None:
        self._ways.setEnabled(False)
        for button in (self._more_button, self._clock_button, self._finish_button):
            button.setEnabled(False)

    def _on_wish_clicked(self, wish: Wish) -> None:
        self.wished.emit(Wish(wish.way, wish.screen, int(self._delay_row.value() or 0)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish, or stop what counts down; a picture that is being kept is waited for."""
        if self._finish_button.isEnabled():
            event.accept()
            self.finish_requested.emit()
        elif not self._stop_button.isHidden():
            event.accept()
            self.stop_requested.emit()
        else:
            event.ignore()

    @Slot()
    def reject(self) -> None:
        """Stay on Escape: only Finish ends a session."""
