"""The windows of other programs are listed with their frames, topmost first; ours are not."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from desktop.domain.evidence.screens import Frame
from desktop.system.frames import window_frames
from desktop.system.frames_x11 import list_frames
from tests.x_server import PATIENCE_SECONDS, deadline, without_display, x_server

WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication(["another"])
label = QLabel("words")
label.setWindowTitle(sys.argv[1])
label.setGeometry(*map(int, sys.argv[2:6]))
label.show()
application.exec()
"""


@contextmanager
def other_window(display: str, title: str, place: tuple[int, int, int, int]) -> Iterator[None]:
    """Open a window of another program, and wait until it is listed."""
    environment = without_display() | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-c", WINDOW, title, *map(str, place)]
    process = subprocess.Popen(command, env=environment)
    try:
        end = deadline()
        while not any(one.title == title for one in list_frames(display)):
            assert process.poll() is None
            assert deadline() - end < PATIENCE_SECONDS, "the other window does not come up"
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def test_windows_are_listed_topmost_first_with_their_frames() -> None:
    with x_server(manager="openbox") as display:
        assert list_frames(display) == ()
        with (
            other_window(display, "Board of @nightowl_77 ä", (60, 80, 200, 100)),
            other_window(display, "Above", (100, 120, 220, 140)),
        ):
            above, below = list_frames(display)
    assert [above.title, below.title] == ["Above", "Board of @nightowl_77 ä"]
    assert below.program == "another"
    assert below.width >= 200
    assert below.height > 100, "its title bar belongs to it"
    assert below.left <= 60
    assert below.top < 80


def test_without_a_server_there_are_none() -> None:
    assert list_frames(":987") == ()


@pytest.mark.skipif(sys.platform != "linux", reason="asks for an X server")
def test_only_where_a_program_can_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("XDG_SESSION_TYPE", "x11")
    monkeypatch.setenv("DISPLAY", ":7")
    assert window_frames() is list_frames
    monkeypatch.delenv("DISPLAY")
    assert window_frames() is None


def test_a_window_without_a_title_has_the_name_of_its_program() -> None:
    assert Frame("", "browser", 0, 0, 1, 1).named == "browser"
