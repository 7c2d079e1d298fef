"""A concern about the safeguarding lead, by keyboard alone: a log of its own, and back again."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.app import Program
from desktop.operations.browse_incidents import IncidentLine, list_incidents
from tests.end_to_end.hands import Hands
from tests.end_to_end.test_story import CONTROL, PASSPHRASE, Story

pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(300)]

TOLD = "A learner says that the lead writes to her at night."


class RestrictedStory(Story):
    """What somebody does who is told something about a colleague."""

    def begin(self) -> None:
        self.hands.find("todayQuickLogButton")
        self.hands.key(Qt.Key.Key_N, CONTROL)

    def be_led(self) -> None:
        hands = self.hands
        self.begin()
        hands.press("colleagueYesButton")
        hands.press("restrictedDslButton")
        hands.reads("Go to the head or principal instead")
        hands.reads("Do not interview the person")
        hands.reads("within one working day")
        hands.reads("call 999 first")

    def log_it(self) -> None:
        hands = self.hands
        self.begin()
        assert not hands.sees("colleagueNoButton")
        hands.type(TOLD)
        hands.wait("the number", self._kept_as_number)

    def unlock(self) -> None:
        self.hands.write("passphraseEdit", PASSPHRASE)
        self.hands.press("unlockButton")
        self.hands.find("todayQuickLogButton")

    def lock(self) -> None:
        self.hands.key(Qt.Key.Key_L, CONTROL)
        self.hands.find("passphraseEdit")

    def is_restricted(self) -> bool:
        window = self.program.window
        shown = window.restricted_label.isVisible()
        assert window.side_bar.restricted_label.isVisible() is shown
        assert window.windowTitle().startswith("Restricted log") is shown
        return shown

    def incidents(self) -> tuple[IncidentLine, ...]:
        answers: list[tuple[IncidentLine, ...]] = []
        self.program.session.run(self.program.window, list_incidents, answers.append)
        return self.hands.wait("the incidents", lambda: answers)[0]


def test_a_restricted_log_by_keyboard(
    program: Program, log_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = RestrictedStory(program, Hands(by_mouse=False), tmp_path, monkeypatch)
    story.make_a_log(log_folder)
    story.be_led()
    story.hands.press("startRestrictedButton")
    story.hands.reads("Where should the restricted log be kept?")
    story.make_a_log(tmp_path / "stick" / "Log")
    assert story.is_restricted()
    story.log_it()
    story.lock()
    assert not story.is_restricted()
    story.unlock()
    assert story.incidents() == ()
    story.begin()
    story.hands.press("colleagueNotSureButton")
    story.hands.press("openRestrictedButton")
    story.hands.write("restrictedFolderEdit", str(tmp_path / "stick" / "Log"))
    story.hands.press("restrictedNextButton")
    story.unlock()
    assert story.is_restricted()
    (line,) = story.incidents()
    assert line.title == TOLD.rstrip(".")
