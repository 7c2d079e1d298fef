"""What a worker takes from itself: tried in a process of its own."""

import os
import resource
import signal
import subprocess
import sys

import pytest

from desktop.system.worker_limits import DATA_BYTES, confine, end_after

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits of Linux")

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0

START = """
import os, signal, sys
from desktop.system.worker_limits import *
source, sink = own_pipes()
def say(word):
    sink.write(word.encode()); sink.flush()
"""


def run(code: str) -> tuple[bytes, int]:
    ended = subprocess.run(
        [sys.executable, "-c", START + code],
        input=b"question",
        stdout=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    return ended.stdout, ended.returncode


def test_only_the_pipes_speak() -> None:
    told, _code = run("print('noise'); os.write(1, b'noise'); say(source.read().decode())")
    assert told == b"question"


@pytest.mark.parametrize(
    "forbidden",
    [
        "open('/etc/hostname')",
        "open('/tmp/made-by-the-worker', 'w')",
        pytest.param("os.fork()", marks=pytest.mark.skipif(ROOT, reason="root may always")),
        "os.dup(0)",
        "os.pipe()",
        "bytearray(600 * 1024 * 1024)",
    ],
)
def test_a_confined_process_can_do_none_of_this(forbidden: str) -> None:
    told, _code = run(
        f"confine()\ntry: {forbidden}\nexcept (OSError, MemoryError): say('refused')\n"
        "else: say('done')"
    )
    assert told == b"refused"


def test_it_ends_by_itself_when_nobody_ends_it() -> None:
    told, code = run("confine(); end_after(0.2)\nwhile True: pass")
    assert told == b""
    assert code == -14


def test_the_end_can_be_taken_back() -> None:
    told, code = run("end_after(5); end_after(0); say(str(signal.getitimer(signal.ITIMER_REAL)))")
    assert (told, code) == (b"(0.0, 0.0)", 0)


def test_every_limit_is_set_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", told.__setitem__)
    confine()
    assert told == {
        resource.RLIMIT_DATA: (DATA_BYTES, DATA_BYTES),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_NPROC: (0, 0),
        resource.RLIMIT_NOFILE: (0, 0),
    }


def test_the_end_is_set_and_taken_back_here_too() -> None:
    end_after(100)
    left, _again = signal.getitimer(signal.ITIMER_REAL)
    end_after(0)
    assert 90 < left <= 100
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
