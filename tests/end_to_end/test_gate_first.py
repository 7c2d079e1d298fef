"""Every way in, in the real window: nothing is looked at before the question is answered."""

import ast
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog

from desktop.app import Program
from desktop.domain.evidence.items import ItemState
from desktop.ui import file_choice
from desktop.ui.capture.capture_bar import CaptureBar
from desktop.ui.capture.capture_dialog import CaptureDialog
from tests.end_to_end.evidence_hands import (
    CONTROL,
    PLACE,
    SHIFT,
    EvidenceHands,
    drop,
    drop_offered,
    picker_now,
)
from tests.end_to_end.hands import Hands
from tests.end_to_end.watch import LOOKED, OfferedPicture, Watch
from tests.evidence_pieces import a_mail, a_png
from tests.x_server import press_keys

pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(180)]

TAKES = "desktop.operations.evidence.take_evidence"
DESKTOP = Path(__file__).parents[2] / "desktop"
# The windows that hand bytes to the log; whatever else takes something in goes through them.
STATES = [ItemState.HELD_BACK, *[ItemState.KEPT] * 3]
WAYS = 23
KEYS = (37, 64, 45)  # Ctrl, Alt, K
WAYS_IN = {"file_queue.py", "keep_picture.py"}


class Visitor(EvidenceHands):
    """Tries each way in, up to the question, and goes back."""

    def __init__(self, program: Program, folder: Path, watch: Watch) -> None:
        super().__init__(program, Hands(by_mouse=True), folder)
        self.watch = watch
        self.tried: list[str] = []

    def asks_first(self, what: str, act: Callable[[], object], *, new: bool = False) -> None:
        """Try a way in; it has to end at the question, with nothing looked at."""
        self.settled()
        self.watch.seen.clear()
        act()
        if new:
            self.hands.press("colleagueNoButton")
        self.hands.find("gateNoButton")
        self.settled()
        assert self.watch.seen == [], what
        self.hands.press("gateCancelButton")
        self.settled()
        assert self.watch.seen == [], f"{what}, after the answer was left open"
        assert picker_now() is None
        self.tried.append(what)

    def offer_picture(self) -> None:
        QGuiApplication.clipboard().setMimeData(OfferedPicture(self.watch))

    def window_of(self, kind: type[QDialog]) -> QDialog:
        def shown() -> QDialog | None:
            every = QApplication.topLevelWidgets()
            return next((one for one in every if isinstance(one, kind) and one.isVisible()), None)

        return self.hands.wait(kind.__name__, shown)


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    """A folder of a telephone: names of every kind, one without any ending."""
    folder = tmp_path / "phone"
    folder.mkdir()
    for name in ("IMG_1.jpg", "IMG_2.png", "no ending"):
        (folder / name).write_bytes(a_png())
    (folder / "message.eml").write_bytes(a_mail())
    return folder


def test_no_way_in_looks_at_anything_before_the_answer(
    neighbour: Path,
    program: Program,
    log_folder: Path,
    tmp_path: Path,
    phone: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert neighbour.exists()
    with Watch.over(phone, monkeypatch) as watch:
        visitor = Visitor(program, tmp_path, watch)
        visitor.open_a_log(log_folder)
        today = partial(visitor.hands.press, "todayCaptureButton")
        visitor.asks_first("Capture on Today", today, new=True)
        anywhere = partial(press_keys, os.environ["DISPLAY"], *KEYS)
        visitor.asks_first("the keys in any program", anywhere, new=True)
        visitor.log_a_call("Pictures on a telephone")
        _ways_in_of_the_window(visitor, phone)
        _ways_in_of_a_session(visitor, phone, monkeypatch)
        assert [one.state for one in visitor.items()] == STATES
    assert len(set(visitor.tried)) == WAYS


def _ways_in_of_the_window(visitor: Visitor, phone: Path) -> None:
    hands, window = visitor.hands, visitor.program.window
    first, second = phone / "IMG_1.jpg", phone / "message.eml"
    visitor.asks_first("Capture now", lambda: hands.press("quickLogCaptureButton"))
    hands.press("quickLogOpenButton")
    visitor.asks_first("Capture on the incident", lambda: hands.press("captureButton"))
    hands.press("evidenceTab")
    visitor.asks_first("Capture at the evidence", lambda: hands.press("evidenceCaptureButton"))
    keys = partial(hands.key, Qt.Key.Key_C, CONTROL | SHIFT)
    visitor.asks_first("the keys of the window", keys)
    visitor.asks_first("a file is dropped", lambda: drop(window, [first]))
    visitor.asks_first("several are dropped", lambda: drop(window, [first, second]))
    visitor.asks_first("a folder is dropped", lambda: drop(window, [phone]))
    offered = OfferedPicture(visitor.watch)
    visitor.asks_first("a picture is dropped", lambda: drop_offered(window, offered))
    visitor.offer_picture()
    visitor.asks_first("a picture is pasted", partial(hands.key, Qt.Key.Key_V, CONTROL))


def _ways_in_of_a_session(visitor: Visitor, phone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a careful incident each thing has an answer of its own."""
    hands, window = visitor.hands, visitor.program.window
    first, second = phone / "IMG_1.jpg", phone / "no ending"
    drop(window, [first])
    hands.press("gateNotSureButton")
    visitor.hold_back("A picture on the telephone, not looked at")
    visitor.settled()
    assert visitor.watch.seen == []
    hands.press("captureButton")
    hands.press("gateNoButton")
    visitor.frame(*PLACE)
    hands.press("cancelButton")
    visitor.bar_says("PXE/2 is kept")
    assert visitor.watch.seen == [LOOKED]
    for name in ("Part", "SamePart", "Window", "Screen1"):
        press = partial(hands.press, f"bar{name}Button")
        visitor.asks_first(f"{name} on the bar", press)
        assert visitor.window_of(CaptureBar).isVisible()
    hands.press("barMoreButton")
    for name in ("Part", "Screen1"):
        visitor.asks_first(f"{name} in the window", partial(hands.press, f"capture{name}Button"))
    visitor.offer_picture()
    paste = partial(hands.press, "capturePasteButton")
    visitor.asks_first("a picture is pasted in the window", paste)
    dialog = visitor.window_of(CaptureDialog)
    visitor.asks_first("a file is dropped there", lambda: drop(dialog, [second]))
    visitor.asks_first("several are dropped there", lambda: drop(dialog, [first, second]))
    offered = OfferedPicture(visitor.watch)
    visitor.asks_first("a picture is dropped there", lambda: drop_offered(dialog, offered))
    monkeypatch.setattr(file_choice, "ask_files", lambda *asked: asked[-1]([second]))
    visitor.asks_first("a file is chosen", partial(hands.press, "captureFileButton"))
    monkeypatch.setattr(file_choice, "ask_folder_unread", lambda *asked: asked[-1](phone))
    visitor.asks_first("a folder is chosen", partial(hands.press, "captureFolderButton"))
    _let_in(visitor, paste)
    _let_in(visitor, lambda: drop(dialog, [second]))
    hands.press("captureFinishButton")
    assert {one.split()[0] for one in visitor.watch.seen} == {"read", "opened"}
    assert {one for one in visitor.watch.seen if "opened" in one} == {f"opened {second}"}


def _let_in(visitor: Visitor, act: Callable[[], object]) -> None:
    """Let something in, so that it is known that the watch sees it."""
    act()
    visitor.hands.press("gateNoButton")
    visitor.hands.press("cancelButton")
    visitor.settled()


def test_nothing_else_in_the_windows_hands_bytes_to_the_log() -> None:
    found = set()
    for path in (DESKTOP / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == TAKES:
                names = {one.name for one in node.names}
                found |= {path.name} if names & {"add_file", "add_picture"} else set()
    assert found == WAYS_IN
