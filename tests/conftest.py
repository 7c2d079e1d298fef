"""What every test stands on: a still clock, a real log, a real session; no network, no traces."""

import importlib.util
import itertools
import logging
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.clocks import FrozenClock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_OFFLINE = Path(__file__).with_name("offline")
_NOTEBOOK = "SAFEGUARDING_LOG_SOCKET_NOTEBOOK"
_HOMES = itertools.count(1)
_PATIENCE = 5.0


def _refuse_internet_sockets() -> None:
    spec = importlib.util.spec_from_file_location("offline_guard", _OFFLINE / "sitecustomize.py")
    assert spec
    assert spec.loader
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


_refuse_internet_sockets()
settings.register_profile("short", max_examples=30, deadline=None)
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


@pytest.fixture
def clock() -> FrozenClock:
    """Return a clock that stands still until the test advances it."""
    return FrozenClock()
