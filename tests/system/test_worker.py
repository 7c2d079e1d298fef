"""A process that is asked over pipes: it answers, or it is gone, in time."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.system.worker import Worker, WorkerGone, own_command, surroundings
from desktop.system.worker_messages import Limits

LIMITS = Limits(head_bytes=1000, part_bytes=1000)
READY = (
    "import sys, time, os; from desktop.system.worker_messages import *\n"
    "limits = Limits(10**6, 10**9); i, o = sys.stdin.buffer, sys.stdout.buffer\n"
    "send(o, b'ready')\n"
)
ECHO = READY + "while (m := receive(i, limits)): send(o, *m)"
SLEEP = READY + "receive(i, limits); time.sleep(600)"
DIE = READY + "receive(i, limits); os._exit(3)"
BABBLE = READY + "receive(i, limits); o.write(b'nonsense' * 9); o.flush(); time.sleep(600)"
DEAF = READY + "time.sleep(600)"


@contextmanager
def a_worker(code: str) -> Iterator[Worker]:
    worker = Worker((sys.executable, "-c", code), LIMITS)
    try:
        yield worker
    finally:
        worker.stop()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_starts_when_it_is_asked_and_stays_for_the_next_question() -> None:
    with a_worker(ECHO) as worker:
        before = worker.pid
        assert worker.ask(b"one", (b"two",), 5) == (b"one", [b"two"])
        first = worker.pid
        assert worker.ask(b"more", (), 5) == (b"more", [])
        assert worker.pid == first
        assert (before, bool(first)) == (None, True)


@pytest.mark.parametrize("code", [SLEEP, DIE, BABBLE], ids=["sleeps", "dies", "babbles"])
def test_what_gives_no_answer_in_time_is_gone(code: str) -> None:
    with a_worker(code) as worker:
        started = time.monotonic()
        with pytest.raises(WorkerGone):
            worker.ask(b"one", (), 0.3)
        assert time.monotonic() - started < 20
        assert worker.pid is None


def test_what_does_not_listen_is_gone_in_time() -> None:
    with a_worker(DEAF) as worker, pytest.raises(WorkerGone):
        worker.ask(b"one", (bytes(50_000_000),), 0.3)


def test_another_starts_after_a_death() -> None:
    with a_worker(ECHO) as worker:
        worker.ask(b"one", (), 5)
        first = worker.pid
        assert first
        os.kill(first, 9)
        deadline = time.monotonic() + 5
        while worker.pid and time.monotonic() < deadline:
            pass
        assert worker.ask(b"two", (), 5) == (b"two", [])
        assert worker.pid != first


def test_an_answer_larger_than_it_may_be_ends_it() -> None:
    with a_worker(ECHO) as worker:
        with pytest.raises(WorkerGone):
            worker.ask(b"one", (bytes(2000),), 5)
        assert worker.pid is None
        assert worker.ask(b"two", (), 5) == (b"two", [])


def test_stop_ends_a_question_under_way_and_refuses_the_next() -> None:
    with a_worker(SLEEP) as worker:
        failed: list[Exception] = []

        def ask() -> None:
            try:
                worker.ask(b"one", (), 60)
            except WorkerGone as error:
                failed.append(error)

        thread = threading.Thread(target=ask)
        thread.start()
        while worker.pid is None:
            pass
        pid = worker.pid
        worker.stop()
        thread.join(5)
        assert len(failed) == 1
        assert pid
        assert not is_alive(pid)
        with pytest.raises(WorkerGone):
            worker.ask(b"two", (), 5)


def test_end_makes_room_for_another() -> None:
    with a_worker(ECHO) as worker:
        worker.end()
        worker.ask(b"one", (), 5)
        first = worker.pid
        worker.end()
        assert worker.pid is None
        worker.ask(b"two", (), 5)
        assert worker.pid != first


@pytest.mark.parametrize("command", [("/no/such/program",), (sys.executable, "-c", "pass")])
def test_what_cannot_start_is_gone(command: tuple[str, ...]) -> None:
    worker = Worker(command, LIMITS)
    with pytest.raises(WorkerGone):
        worker.ask(b"one", (), 5)
    worker.stop()


def test_our_own_command_starts_this_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_command("--word") == (sys.executable, "-m", "desktop", "--word")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command("--word") == (sys.executable, "--word")


def test_on_windows_the_interpreter_itself_is_started_and_not_what_a_venv_puts_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "__PYVENV_LAUNCHER__" not in surroundings()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "_base_executable", r"C:\Python\python.exe", raising=False)
    assert own_command("--word")[0] == r"C:\Python\python.exe"
    assert surroundings()["__PYVENV_LAUNCHER__"] == sys.executable


def test_the_process_inherits_no_open_file(tmp_path: Path) -> None:
    listing = (
        "send(o, b','.join(os.readlink('/proc/self/fd/' + n).encode()"
        " for n in os.listdir('/proc/self/fd') if os.path.exists('/proc/self/fd/' + n)))"
    )
    with (
        (tmp_path / "open.txt").open("w") as file,
        a_worker(READY + f"receive(i, limits); {listing}") as worker,
    ):
        os.set_inheritable(file.fileno(), True)
        head, _parts = worker.ask(b"one", (), 5)
    assert b"open.txt" not in head
