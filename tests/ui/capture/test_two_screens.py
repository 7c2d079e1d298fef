"""Two screens of different scaling under a real X server: every way gives true pixels.

A window of ours and the bar stand there before each: they are in no picture.
"""

import subprocess
import sys

import pytest

from tests.ui.capture.two_screens import SIZE, divide_screen
from tests.x_server import PATIENCE_SECONDS, without_display, x_server

FACTORS = "LEFT=1;RIGHT=1.5"
ABOUT_RIGHT = "RIGHT: 1200 by 900 pixels at 800, 0, scaled to 150%"


def run(display: str, part: str, *more: str) -> "subprocess.Popen[str]":
    environment = without_display() | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    if part == "take":
        environment["QT_SCREEN_SCALE_FACTORS"] = FACTORS
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ui.capture.two_screens", part, *more],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def said() -> list[str]:
    """Take everything once; what the program printed."""
    with x_server(f"{SIZE[0]}x{SIZE[1]}", manager="openbox") as display:
        divide_screen(display)
        shown = run(display, "pattern")
        try:
            assert shown.stdout
            assert shown.stdout.readline() == "shown\n"
            taking = run(display, "take")
            out, _ = taking.communicate(timeout=6 * PATIENCE_SECONDS)
            assert taking.returncode == 0
        finally:
            shown.terminate()
            shown.communicate(timeout=PATIENCE_SECONDS)
    return out.splitlines()


def line(said: list[str], way: str) -> list[str]:
    return [one for one in said if one.split()[0] == way]


def test_each_screen_is_taken_at_its_own_scaling(said: list[str]) -> None:
    left, right = line(said, "SCREEN")
    assert left.startswith("SCREEN 800 600 same LEFT")
    assert "scaled to 100%" in left
    assert right.startswith("SCREEN 1200 900 same")
    assert ABOUT_RIGHT in right
    assert "(1 of 2 screens)" in right


def test_a_part_of_the_scaled_screen_has_its_true_pixels(said: list[str]) -> None:
    assert line(said, "PART")[0].startswith(f"PART 300 150 same {ABOUT_RIGHT}")
    assert line(said, "SAME_PART")[0].startswith(f"SAME_PART 300 150 same {ABOUT_RIGHT}")


def test_a_window_of_the_scaled_screen_has_its_true_pixels(said: list[str]) -> None:
    (window,) = line(said, "WINDOW")
    assert window.endswith("; Board; Browser")
    assert window.startswith(f"WINDOW 301 203 same {ABOUT_RIGHT}")


def test_all_screens_lie_beside_each_other(said: list[str]) -> None:
    assert line(said, "SCREENS")[0].startswith("SCREENS 2000 900 same")
    assert line(said, "gap") == ["gap #000000"]
