"""What every test stands on: a still clock, a real log, a real session; no network, no traces."""

import gc
import importlib.util
import itertools
import logging
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import pytest
from hypothesis import settings

from tests.clocks import FrozenClock

# The fixtures import what they need themselves, so that a test of the domain starts no Qt and
# opens no store.
if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from desktop.domain.steps.procedures import Procedure
    from desktop.operations.workspace import Workspace
    from desktop.ui.session import Session
    from desktop.ui.theme import Theme

T = TypeVar("T")

_SCREEN = Path(__file__).with_name("screen.json")
os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={_SCREEN}")

_OFFLINE = Path(__file__).with_name("offline")
_NOTEBOOK = "SAFEGUARDING_LOG_SOCKET_NOTEBOOK"
_HOMES = itertools.count(1)
_PATIENCE = 20.0


def _refuse_internet_sockets() -> None:
    spec = importlib.util.spec_from_file_location("offline_guard", _OFFLINE / "sitecustomize.py")
    assert spec
    assert spec.loader
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


_refuse_internet_sockets()
# The short one tries the same examples each time, so that the same code gets the same verdict;
# the long one looks for new ones.
settings.register_profile("short", max_examples=30, deadline=None, derandomize=True)
settings.register_profile("long", max_examples=1000, deadline=None)
settings.load_profile("short")


@pytest.fixture(scope="session")
def _home_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the folder of all test homes, and one runtime folder that Qt accepts."""
    base = tmp_path_factory.mktemp("homes")
    runtime = base / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    search = [str(_OFFLINE), os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(part for part in search if part)
    return base


@pytest.fixture(autouse=True)
def home(_home_base: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a home of its own: nothing of the real one is read or written."""
    folder = _home_base / str(next(_HOMES))
    temporary = folder / "tmp"
    temporary.mkdir(parents=True)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    for name, inside in (
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_STATE_HOME", ".local/state"),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_DOCUMENTS_DIR", "Documents"),
        ("APPDATA", "AppData/Roaming"),
        ("LOCALAPPDATA", "AppData/Local"),
    ):
        monkeypatch.setenv(name, str(folder / inside))
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture(autouse=True)
def _stay_offline(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail the test when it, or a process it started, tried to open an internet socket."""
    notebook = home / "sockets.txt"
    monkeypatch.setenv(_NOTEBOOK, str(notebook))
    yield
    if notebook.exists():
        pytest.fail(f"an internet socket was attempted:\n{notebook.read_text('utf-8')}")


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def log_records() -> Iterator[list[logging.LogRecord]]:
    """Fail the test on a warning in the log; one that expects it looks at it and clears this."""
    collector = _Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    yield collector.records
    root.removeHandler(collector)
    if collector.records:
        lines = [f"{record.name}: {record.getMessage()}" for record in collector.records]
        pytest.fail("warnings in the log:\n" + "\n".join(lines))


@pytest.fixture(autouse=True)
def _leave_nothing_running() -> Iterator[None]:
    """Fail the test when a thread that it started outlives it."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + _PATIENCE
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(max(0.0, deadline - time.monotonic()))
    names = sorted(thread.name for thread in left if thread.is_alive())
    if names:
        pytest.fail(f"still running after the test: {', '.join(names)}")


@pytest.fixture(autouse=True)
def _collect_on_this_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Look for cycles between tests of the window only, as the program does on its one thread.

    Python would look on whichever thread comes to it, and a timer of an earlier test, freed on a
    worker of this one, fails it.
    """
    if "qapp" not in request.fixturenames:
        yield
        return
    gc.disable()
    yield
    gc.enable()


def _themes() -> "list[Theme]":
    """Return every theme of the program that runs in this process, if one does."""
    module = sys.modules.get("desktop.ui.theme")
    if module is None:
        return []
    from PySide6.QtCore import QCoreApplication, Qt  # noqa: PLC0415

    application = QCoreApplication.instance()
    directly = Qt.FindChildOption.FindDirectChildrenOnly
    return application.findChildren(module.Theme, options=directly) if application else []


@pytest.fixture(autouse=True)
def _leave_text_at_its_size() -> Iterator[None]:
    """Put text size and look back when the test changed them: they belong to the program.

    The themes of this test go: each that stays would draw everything anew whenever the system's
    look changes in a later one. Those of a program that several tests share were there before.
    """
    before = _themes()
    yield
    module = sys.modules.get("desktop.ui.theme")
    if module is None:
        return
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415
    from shiboken6 import delete  # noqa: PLC0415

    application = QApplication.instance()
    if (module._Current.scale, module._Current.tokens) != (100, module.LIGHT):
        assert isinstance(application, QApplication)
        module.Theme(application).apply(module.Look.LIGHT, 100)
    for theme in _themes():
        if theme not in before:
            delete(theme)


@pytest.fixture
def clock() -> FrozenClock:
    """Return a clock that stands still until the test advances it."""
    return FrozenClock()


@pytest.fixture(scope="session")
def procedures() -> "Mapping[str, Procedure]":
    """Return the procedures that come with the program."""
    from tests.workspaces import own_procedures  # noqa: PLC0415

    return own_procedures()


@pytest.fixture
def workspace(
    tmp_path: Path, clock: FrozenClock, procedures: "Mapping[str, Procedure]"
) -> "Iterator[Workspace]":
    """Open a real log in tmp_path / "log" on this thread."""
    from tests.workspaces import close_workspace, make_workspace  # noqa: PLC0415

    workspace = make_workspace(tmp_path / "log", clock, procedures)
    yield workspace
    close_workspace(workspace)


@pytest.fixture
def locked_session(qtbot: "QtBot", clock: FrozenClock) -> "Iterator[Session]":
    """Return a real session without an open log; its threads end before the widgets do."""
    from desktop.ui.background import Background  # noqa: PLC0415
    from desktop.ui.session import Session  # noqa: PLC0415
    from tests.workspaces import close_workspace  # noqa: PLC0415

    background = Background()
    session = Session(background, clock, close_workspace)
    yield session
    try:
        qtbot.waitUntil(lambda: background.pending == 0)
    finally:
        session.close()


@pytest.fixture
def session(
    locked_session: "Session",
    qtbot: "QtBot",
    tmp_path: Path,
    clock: FrozenClock,
    procedures: "Mapping[str, Procedure]",
) -> "Session":
    """Return a session over a real log in tmp_path / "log", open and ready."""
    from tests.workspaces import make_workspace  # noqa: PLC0415

    on_log = locked_session._background.on_log
    opener = partial(make_workspace, tmp_path / "log", clock, procedures, on_log)
    with qtbot.waitSignal(locked_session.unlocked):
        locked_session.open(locked_session, opener)
    return locked_session


class Perform(Protocol):
    """Runs an operation as a page would, and waits for its answer."""

    def __call__(self, operation: "Callable[[Workspace], T]") -> T:
        """Return what the operation answered."""
        ...


@pytest.fixture
def perform(session: "Session", qtbot: "QtBot") -> Perform:
    """Return a way to run an operation through the session and have its answer."""

    def run(operation: "Callable[[Workspace], T]") -> T:
        answers: list[T] = []
        session.run(session, operation, answers.append)
        qtbot.waitUntil(lambda: bool(answers))
        return answers[0]

    return run


@pytest.fixture
def qtbot(qapp: "QApplication", request: pytest.FixtureRequest) -> "QtBot":
    """Return pytest-qt's hands, which wait longer before they give up: 5 s are few when busy."""
    from tests.patient_bot import PatientBot  # noqa: PLC0415

    return PatientBot(request)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Name the program in front of Qt."""
    return ["safeguarding-log"]


@pytest.fixture
def themed(qapp: "QApplication") -> None:
    """Put the program's fonts and style sheet on; pages look right without, only plain."""
    from desktop.ui.theme import Theme  # noqa: PLC0415

    Theme(qapp).apply()
