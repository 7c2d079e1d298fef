"""The real program in a real window, another program beside it, and a person's hands."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.app import Program, build_program
from desktop.ui.collector import Collector
from desktop.ui.theme import load_fonts

PAGE = """<html><body><h1>Town Chatter: public board</h1>
<p><b>@nightowl_77</b> 2h ago</p><p>Everyone knows where you get your bus. Zanzibarquartz.</p>
</body></html>"""


@pytest.fixture(autouse=True)
def _on_a_screen() -> None:
    if os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen"):
        pytest.skip("needs a screen: packaging/dev.py test starts one")


@pytest.fixture
def log_folder(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def program(qapp: QApplication, log_folder: Path) -> Iterator[Program]:
    load_fonts()
    collector = Collector(qapp)
    program = build_program(qapp, log_folder, keep=False)
    program.window.show()
    yield program
    program.session.close()
    collector.stop()
    program.window.close()
    program.window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def neighbour(tmp_path: Path) -> Iterator[Path]:
    """Show a page in another program's window; returns the page."""
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")
    script = Path(__file__).with_name("neighbour.py")
    process = subprocess.Popen(
        [sys.executable, str(script), str(page)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "shown\n"
    yield page
    process.terminate()
    process.wait(10)
    process.stdout.close()
