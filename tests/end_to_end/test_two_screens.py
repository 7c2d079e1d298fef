"""Two screens of different scaling: true pixels of each are kept, and which screen it was."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.capture.test_two_screens import ABOUT_RIGHT, FACTORS, run
from tests.ui.capture.two_screens import SIZE, divide_screen
from tests.x_server import PATIENCE_SECONDS, without_display, x_server

pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(150)]


def test_each_screen_is_kept_at_its_true_pixels(tmp_path: Path) -> None:
    with x_server(f"{SIZE[0]}x{SIZE[1]}", manager="openbox") as display:
        divide_screen(display)
        shown = run(display, "pattern")
        try:
            assert shown.stdout
            assert shown.stdout.readline() == "shown\n"
            done = subprocess.run(
                [sys.executable, "-m", "tests.end_to_end.two_screens_alone", str(tmp_path)],
                capture_output=True, text=True, timeout=120, check=False,
                env=without_display()
                | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
                | {"QT_SCREEN_SCALE_FACTORS": FACTORS},
            )  # fmt: skip
        finally:
            shown.terminate()
            shown.communicate(timeout=PATIENCE_SECONDS)
    assert done.returncode == 0, done.stderr
    left, right, both = done.stdout.splitlines()
    assert left.startswith("800 600 same")
    assert "scaled to 100%" in left
    assert right.startswith("1200 900 same")
    assert ABOUT_RIGHT in right
    assert both.startswith("2000 900 same")
    assert ABOUT_RIGHT in both
