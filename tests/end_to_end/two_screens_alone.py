"""The real window in a process of its own, on two screens of different scaling.

Run it on the X server of tests/ui/capture/two_screens.py; it prints a line for each capture.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.app import build_program
from desktop.ui.capture.capture_bar import CaptureBar
from desktop.ui.theme import load_fonts
from tests.end_to_end.evidence_hands import EvidenceHands, picker_now
from tests.end_to_end.hands import Hands
from tests.end_to_end.inside import content_of
from tests.ui.capture.two_screens import LEFT, RIGHT, pattern, say

WAYS = (("barScreen1Button", LEFT), ("barScreen2Button", RIGHT), ("barScreensButton", None))


class Alone(EvidenceHands):
    """Takes each screen, then both, from the bar."""

    def take_each_screen(self) -> None:
        hands = self.hands
        hands.press("quickLogCaptureButton")
        hands.press("gateNoButton")
        picker = hands.wait("the screens", picker_now)
        QTest.keyClick(picker, Qt.Key.Key_Escape)
        for number, (name, _place) in enumerate(WAYS, start=1):
            self._put_bar_on(QApplication.screens()[number % 2].geometry())
            hands.press(name)
            if number == 1:
                hands.press("cancelButton")
            self.bar_says(f"PXE/{number} is kept")
        hands.press("barFinishButton")
        hands.press("quickLogOpenButton")

    def _put_bar_on(self, screen: QRect) -> None:
        """Have the bar on a screen, wholly: it is in no picture all the same."""
        (bar,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, CaptureBar)]
        bar.move(screen.topLeft())
        self.hands.wait("the bar to be there", lambda: screen.intersects(bar.frameGeometry()))

    def say_what_is_kept(self) -> None:
        whole = pattern()
        for item, (_name, place) in zip(self.items(), WAYS, strict=True):
            content = content_of(self.program.session, self.hands, str(item.mark))
            image = QImage.fromData(content).convertToFormat(whole.format())
            parts = (
                [(place, image)] if place else [(one, image.copy(one)) for one in (LEFT, RIGHT)]
            )
            same = all(part == whole.copy(where) for where, part in parts)
            facts = "; ".join(words for _named, words in item.noted)
            say(image.width(), image.height(), "same" if same else "OTHER", facts)


def main(folder: Path) -> None:
    """Take the screens, and compare what was kept with what they showed."""
    application = QApplication(["safeguarding-log"])
    load_fonts()
    program = build_program(application, folder / "log", keep=False)
    program.window.show()
    alone = Alone(program, Hands(by_mouse=True), folder)
    alone.open_a_log(folder / "log")
    alone.log_a_call("Two screens")
    alone.take_each_screen()
    alone.say_what_is_kept()
    program.session.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
