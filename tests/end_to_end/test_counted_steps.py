"""The steps from a page in the browser to a capture with address, handle and time, and the next.

A step is one click, one key (or keys pressed together) or one drag; letters of a text are typing.
The keys for a capture go through the X server while our window is away.
"""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.app import Program
from desktop.domain.evidence.items import EvidenceItem
from tests.end_to_end.evidence_hands import PLACE, URL, EvidenceHands, copy_address, picker_now
from tests.end_to_end.hands import Hands
from tests.x_server import press_keys

pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(120)]

FIRST, NEXT = 8, 3
CAPTURE = (37, 64, 45)  # Ctrl, Alt, K
ALT = Qt.KeyboardModifier.AltModifier


class Counting(EvidenceHands):
    """Whatever the keyholder does beyond typing is a step."""

    steps: list[str]

    def begin(self) -> None:
        """Have the browser in front, and nothing counted."""
        self.program.window.showMinimized()
        self.hands.wait("our window to be away", lambda: not self.program.window.isActiveWindow())
        self.steps = []

    def in_the_browser(self, *steps: str) -> None:
        self.steps.extend(steps)

    def capture_keys(self) -> None:
        self.steps.append("Ctrl+Alt+K")
        press_keys(os.environ["DISPLAY"], *CAPTURE)

    def key_for(self, name: str, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        """Press a key once the control that it is for can be seen."""
        self.hands.find(name)
        self.steps.append(key.name)
        self.hands.key(key, held)

    def drag(self) -> None:
        self.steps.append("drag")
        self.frame(*PLACE)

    def kept(self, count: int) -> list[EvidenceItem]:
        self.bar_says(f"PXE/{count} is kept")
        return [one for one in self.every_item() if one.origin.handle]


def test_from_the_page_to_what_is_kept(
    neighbour: Path, program: Program, log_folder: Path, tmp_path: Path
) -> None:
    assert neighbour.exists()
    lead = Counting(program, Hands(by_mouse=True), tmp_path)
    lead.open_a_log(log_folder)
    lead.begin()
    copy_address()
    lead.in_the_browser("Ctrl+L", "Ctrl+C")
    lead.capture_keys()
    lead.key_for("colleagueNoButton", Qt.Key.Key_N)
    lead.key_for("gateNoButton", Qt.Key.Key_N, ALT)
    lead.drag()
    lead.hands.find("originHandleEdit")
    lead.hands.type("@nightowl_77")
    lead.key_for("originTimeAsShownEdit", Qt.Key.Key_Tab)
    lead.hands.type("2h ago")
    lead.key_for("keepButton", Qt.Key.Key_Return)
    (item,) = lead.kept(1)
    origin = item.origin
    told = (origin.source_url, origin.handle, origin.time_as_shown)
    assert told == (URL, "@nightowl_77", "2h ago")
    assert len(lead.steps) <= FIRST, lead.steps
    lead.steps.clear()
    lead.in_the_browser("scroll")
    lead.capture_keys()
    picker = lead.hands.wait("the same part to be offered", picker_now)
    assert picker.chosen.topLeft() == QPoint(*PLACE[:2])
    lead.steps.append("Return")
    QTest.keyClick(picker, Qt.Key.Key_Return)
    first, second = lead.kept(2)
    assert second.set_id == first.set_id
    assert second.origin == first.origin
    assert len(lead.steps) <= NEXT, lead.steps
    lead.hands.press("barFinishButton")
    QApplication.processEvents()
