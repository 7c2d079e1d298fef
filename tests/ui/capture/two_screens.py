"""A program of its own for one test: takes two screens of different scaling in every way.

Run it on an X server of 2000 by 900 pixels that shows `pattern`; it prints one line a capture, and
with a folder as its first word it leaves pictures of the bar on each screen there.
"""

import sys
import time
from collections.abc import Callable
from ctypes import CDLL, POINTER, Structure, byref, c_char_p, c_int, c_ulong, c_void_p
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPixmap, qRgb
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.domain.evidence.screens import Frame
from desktop.system.clock import SystemClock
from desktop.ui.capture.capture_bar import CaptureBar
from desktop.ui.capture.region_picker import RegionPicker
from desktop.ui.capture.screen_taker import ScreenTaker, Taken, Way, Wish
from tests.patience import PATIENCE, let_go

SETTLE_MS = 200
SIZE = (2000, 900)
LEFT, RIGHT = QRect(0, 0, 800, 600), QRect(800, 0, 1200, 900)


class _Monitor(Structure):
    _fields_ = (
        ("name", c_ulong),
        ("primary", c_int),
        ("automatic", c_int),
        ("outputs", c_int),
        *((name, c_int) for name in ("x", "y", "width", "height", "wide_mm", "high_mm")),
        ("output", POINTER(c_ulong)),
    )


class _Resources(Structure):
    _fields_ = (
        ("time", c_ulong),
        ("configured", c_ulong),
        ("crtcs", c_int),
        ("crtc", POINTER(c_ulong)),
        ("outputs", c_int),
        ("output", POINTER(c_ulong)),
    )


def say(*words: object) -> None:
    """Tell the test."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def wait_until(ready: Callable[[], bool]) -> None:
    """Let the program go on until it is so."""
    end = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < end
        let_go(5)


def divide_screen(display: str) -> None:
    """Make two monitors, LEFT and RIGHT, of the one screen of an X server."""
    x11, randr = CDLL("libX11.so.6"), CDLL("libXrandr.so.2")
    x11.XOpenDisplay.argtypes, x11.XOpenDisplay.restype = (c_char_p,), c_void_p
    x11.XDefaultRootWindow.argtypes, x11.XDefaultRootWindow.restype = (c_void_p,), c_ulong
    x11.XInternAtom.argtypes, x11.XInternAtom.restype = (c_void_p, c_char_p, c_int), c_ulong
    x11.XSync.argtypes, x11.XCloseDisplay.argtypes = (c_void_p, c_int), (c_void_p,)
    randr.XRRGetScreenResources.argtypes = (c_void_p, c_ulong)
    randr.XRRGetScreenResources.restype = POINTER(_Resources)
    randr.XRRSetMonitor.argtypes = (c_void_p, c_ulong, POINTER(_Monitor))
    connection = x11.XOpenDisplay(display.encode())
    root = x11.XDefaultRootWindow(connection)
    output = (c_ulong * 1)(
        randr.XRRGetScreenResources(connection, root).contents.output[0],
    )
    for name, place, outputs in ((b"LEFT", LEFT, output), (b"RIGHT", RIGHT, None)):
        atom = x11.XInternAtom(connection, name, 0)
        spot = (place.left(), place.top(), place.width(), place.height())
        first = 1 if outputs else 0
        monitor = _Monitor(atom, first, 0, first, *spot, place.width() // 4, 150, outputs)
        randr.XRRSetMonitor(connection, root, byref(monitor))
    x11.XSync(connection, 0)
    x11.XCloseDisplay(connection)


def pattern() -> QImage:
    """Return a picture in which every pixel differs from those beside it."""
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    for y in range(SIZE[1]):
        for x in range(SIZE[0]):
            image.setPixel(x, y, qRgb(x % 256, y % 256, x // 256 * 16 + y // 256))
    return image


def show_pattern() -> None:
    """Be another program whose window covers everything."""
    application = QApplication(["another"])
    label = QLabel()
    label.setWindowFlags(Qt.WindowType.X11BypassWindowManagerHint)
    label.setPixmap(QPixmap.fromImage(pattern()))
    label.setGeometry(0, 0, *SIZE)
    label.show()
    QTest.qWaitForWindowExposed(label)
    let_go(SETTLE_MS)
    say("shown")
    application.exec()


def take() -> None:
    """Take the screens in every way and compare each pixel."""
    application = QApplication(["taker"])
    frame = Frame("Board", "Browser", 900, 100, 301, 203)
    taker = ScreenTaker(SystemClock(), application, lambda: (frame,))
    bar = CaptureBar("2026/0001", windows=True, keys="Ctrl+Alt+K")
    own = QLabel("a window of ours")
    own.setGeometry(50, 50, 600, 400)
    own.show()
    whole, taken = pattern(), list[Taken]()
    taker.taken.connect(taken.append)

    def pickers() -> list[RegionPicker]:
        tops: list[QWidget] = QApplication.topLevelWidgets()
        return [one for one in tops if isinstance(one, RegionPicker) and one.isVisible()]

    def drag() -> None:
        picker = next(one for one in pickers() if one.geometry().left() == RIGHT.left())
        QTest.mousePress(picker, Qt.MouseButton.LeftButton, pos=QPoint(100, 40))
        QTest.mouseMove(picker, QPoint(200, 90))
        QTest.mouseRelease(picker, Qt.MouseButton.LeftButton, pos=QPoint(299, 139))

    def press() -> None:
        QTest.keyClick(pickers()[0], Qt.Key.Key_Return)

    def once(wish: Wish, expected: QRect, act: Callable[[], None] | None) -> None:
        taken.clear()
        bar.come_up()
        let_go(100)
        assert own.isVisible()
        taker.take(wish)
        if act:
            wait_until(lambda: bool(pickers()))
            act()
        wait_until(lambda: bool(taken))
        same = taken[0].image.convertToFormat(whole.format()) == whole.copy(expected)
        size = taken[0].image.size()
        facts = "; ".join(words for _name, words in taken[0].noted)
        say(wish.way.name, size.width(), size.height(), "same" if same else "OTHER", facts)

    once(Wish(Way.SCREEN, 0), LEFT, None)
    once(Wish(Way.SCREEN, 1), RIGHT, None)
    once(Wish(Way.PART), QRect(950, 60, 300, 150), drag)
    once(Wish(Way.SAME_PART), QRect(950, 60, 300, 150), None)
    once(Wish(Way.WINDOW), QRect(900, 100, 301, 203), press)
    taken.clear()
    taker.take(Wish(Way.SCREENS))
    wait_until(lambda: bool(taken))
    joined = taken[0].image
    parts = [joined.copy(place) == whole.copy(place) for place in (LEFT, RIGHT)]
    say("SCREENS", joined.width(), joined.height(), "same" if all(parts) else "OTHER")
    say("gap", joined.pixelColor(400, 700).name())
    if len(sys.argv) > 2:
        _picture(bar, Path(sys.argv[2]))


def _picture(bar: QWidget, folder: Path) -> None:
    for number, screen in enumerate(QApplication.screens(), start=1):
        bar.move(screen.geometry().topLeft() + QPoint(60, 60))
        let_go(300)
        screen.grabWindow(0).save(str(folder / f"screen-{number}.png"))


if __name__ == "__main__":
    {"pattern": show_pattern, "take": take}[sys.argv[1]]()
