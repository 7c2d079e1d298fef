"""(a) How long from the start of the program to its unlock window on the screen."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.app import surroundings
from desktop.operations.entering.create_log import NewLog, create_log, new_recovery_key
from desktop.operations.entering.open_log import lock_log
from tests.benchmarks import screen_watch
from tests.benchmarks.rows import Row, compare

GOAL = 1.3
_PATIENCE = 30.0
_BARE = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication(sys.argv)
window = QWidget()
window.resize(1280, 800)
window.show()
application.exec()
"""


def rows() -> list[Row]:
    """Start both programs in turn; nothing is measured where there is no X screen."""
    if not os.environ.get("DISPLAY"):
        return []
    # One with windows: the other benches in this process use the same.
    _application = QApplication.instance() or QApplication(["bench"])
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        ours = partial(_until_shown, _our_command(home), home)
        name, command = _reference_command(home)
        theirs = partial(_until_shown, command, home)
        ours()
        theirs()
        return [compare(f"(a) start to unlock window, against {name}", ours, theirs, goal=GOAL)]


def _our_command(home: Path) -> list[str]:
    new = NewLog(
        folder=home / "log",
        organisation="Example Training",
        name="Pat Smith",
        title="Designated safeguarding lead",
        initials="PXS",
        passphrase="only for the bench, nothing in it",
        recovery_key=new_recovery_key(),
    )
    lock_log(create_log(surroundings(), new))
    return [sys.executable, "-m", "desktop", "--data-dir", str(new.folder)]


def _reference_command(home: Path) -> tuple[str, list[str]]:
    keepassxc, cli = shutil.which("keepassxc"), shutil.which("keepassxc-cli")
    if not keepassxc or not cli:
        return "a bare PySide6 window", [sys.executable, "-c", _BARE]
    database = home / "reference.kdbx"
    secret = "only for the bench\n"
    subprocess.run(
        [cli, "db-create", "--set-password", str(database)],
        input=secret * 2,
        text=True,
        env=_surroundings_in(home),
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    settings = home / ".config/keepassxc/keepassxc.ini"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(
        "[General]\nConfigVersion=2\nUpdateCheckMessageShown=true\nSingleInstance=false\n"
        "[GUI]\nCheckForUpdates=false\n",
        encoding="utf-8",
    )
    return "KeePassXC", [keepassxc, str(database)]


class _Started:
    """A program that was started, in a home of its own."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        self._command = command
        self._home = home
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            env=_surroundings_in(self._home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def end(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(_PATIENCE)


def _until_shown(command: Sequence[str], home: Path) -> float:
    """Start a program, wait until its window is drawn, and end it."""
    empty = screen_watch.look()
    program = _Started(command, home)
    try:
        return screen_watch.until_drawn(program.start, program.runs, _PATIENCE)
    finally:
        program.end()
        screen_watch.until_gone(empty, _PATIENCE)


def _surroundings_in(home: Path) -> dict[str, str]:
    inside = {"HOME": str(home), "QT_QPA_PLATFORM": "xcb"}
    inside |= {f"XDG_{name}_HOME": str(home / f".{name.lower()}") for name in ("DATA", "CACHE")}
    return os.environ | inside | {"XDG_CONFIG_HOME": str(home / ".config")}
