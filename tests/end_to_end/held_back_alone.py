"""The real window in a process of its own: a folder of a telephone, of which much is held back.

Run it with a folder of its own, in which `phone` lies; it prints `done` at the end.
"""

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileSystemModel

from desktop.app import build_program
from desktop.domain.evidence.items import ItemState
from desktop.ui.capture.take_progress import TakeProgress
from desktop.ui.theme import load_fonts
from tests.end_to_end.evidence_hands import EvidenceHands, drop, picker_now
from tests.end_to_end.hands import Hands

LET_IN = ("message.eml", "ordinary.jpg", "ordinary")
HELD = ("held-back.jpg", "held-back", "held-back.eml")


class Alone(EvidenceHands):
    """Comes by what is held back in every way that the window has."""

    def hold_some_back(self, phone: Path) -> None:
        """Drop everything at once; hold back singly, then let the rest in one by one."""
        names = (*LET_IN, *HELD)
        drop(self.program.window, [phone / name for name in names])
        for place in range(len(LET_IN), len(names)):
            self.tick(f"holdBack{place}Box")
        self.hands.press("gateNoButton")
        self.hold_back("Three files on the telephone, not looked at")
        self._let_the_rest_in()

    def hold_the_folder_back(self, phone: Path) -> None:
        """Drop the whole folder: it is asked about name by name, and left at the second."""
        drop(self.program.window, [phone])
        self.hands.press("gateNotSureButton")
        self.hold_back("The first of the folder once more")
        self.hands.press("gateCancelButton")
        self.settled()

    def _let_the_rest_in(self) -> None:
        self.hands.wait("the batch to be over", self._answer_what_is_asked)
        self.hands.press("takeCloseButton")
        self.settled()

    def _answer_what_is_asked(self) -> bool:
        if self.hands.sees("gateNoButton"):
            self.hands.press("gateNoButton")
            self.settled()
        every = [one for one in QApplication.topLevelWidgets() if isinstance(one, TakeProgress)]
        return bool(every) and every[0].is_over

    def look_over_the_folder(self, phone: Path) -> None:
        """Have its names on screen in the window in which files are chosen; choose none."""
        self.hands.press("captureButton")
        self.hands.press("gateNoButton")
        picker = self.hands.wait("the screen", picker_now)
        QTest.keyClick(picker, Qt.Key.Key_Escape)
        self.hands.press("barMoreButton")
        self.hands.press("captureFileButton")
        chooser = self.hands.find("fileDialog")
        assert isinstance(chooser, QDialog)
        chooser.setDirectory(str(phone))  # type: ignore[attr-defined]
        self.hands.wait("the names", lambda: _listed(chooser, phone))
        chooser.reject()
        self.hands.press("captureFinishButton")

    def see_all_of_it(self) -> None:
        """Have every small picture drawn, and open what can be opened."""
        self.hands.press("evidenceTab")
        self.settled()
        items = self.items()
        kept = [one for one in items if one.state is ItemState.KEPT and not one.inside_id]
        assert len(kept) == len(LET_IN), [(one.kind, one.state, one.inside_id) for one in items]
        for item in kept:
            self.look_at(str(item.mark))
            self.hands.press("viewerCloseButton")


def _listed(chooser: QDialog, phone: Path) -> bool:
    model = chooser.findChild(QFileSystemModel)
    if not isinstance(model, QFileSystemModel):
        return False
    return all(model.type(model.index(str(one))) for one in phone.iterdir())


def main(folder: Path) -> None:
    """Walk through it all."""
    application = QApplication(["safeguarding-log"])
    load_fonts()
    program = build_program(application, folder / "log", keep=False)
    program.window.show()
    alone = Alone(program, Hands(by_mouse=True), folder)
    alone.open_a_log(folder / "log")
    alone.log_a_call("Pictures on a telephone")
    alone.hands.press("quickLogOpenButton")
    alone.hold_some_back(folder / "phone")
    alone.hold_the_folder_back(folder / "phone")
    alone.look_over_the_folder(folder / "phone")
    alone.see_all_of_it()
    program.session.close()
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
