"""Draws every page and dialog, light and dark, at 100 % and 200 %, into build/pictures.

Words on the command line choose scenes by name. It says where text is cut off or overlaps.
"""

import os
import shutil
import sys
import tempfile
import time
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SCREEN = ROOT / "tests" / "screen.json"
os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={SCREEN}"

from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402 (the platform is set first)

from desktop.ui.theme import Look  # noqa: E402
from tests.fits import problems  # noqa: E402
from tests.scenes import SCENES, Scene  # noqa: E402
from tests.stage import Stage  # noqa: E402

TARGET = ROOT / "build" / "pictures"
LOOKS = (Look.LIGHT, Look.DARK)
SCALES = (100, 200)


def main(words: list[str]) -> int:
    """Draw the scenes that the words choose, or all; returns 1 when something does not fit."""
    chosen = [scene for scene in SCENES if not words or any(word in scene.name for word in words)]
    application = QApplication(["pictures"])
    if not words:
        shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for number, (look, scale) in enumerate(product(LOOKS, SCALES)):
            stage = Stage(application, Path(folder, str(number)))
            stage.entry.theme.apply(look, scale)
            for scene in chosen:
                found += _draw(stage, scene, f"{scene.name}-{look.value}-{scale}")
            stage.close()
    print("\n".join(found))
    count = len(chosen) * len(LOOKS) * len(SCALES)
    print(f"{count} pictures in {TARGET.relative_to(ROOT)}, {time.monotonic() - started:.0f} s")
    return 1 if found else 0


def _draw(stage: Stage, scene: Scene, name: str) -> list[str]:
    shown = scene.show(stage)
    stage.settle()
    _whole(stage, shown).grab().save(str(TARGET / f"{name}.png"))
    lines = [f"{name}: {problem}" for problem in problems(shown)]
    stage.clear()
    return lines


def _whole(stage: Stage, shown: QWidget) -> QWidget:
    return stage.window if shown is stage.window else shown.window()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
