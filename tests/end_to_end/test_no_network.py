"""The whole story under a tracer of system calls: it opens no internet socket."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop.app import HOLDS

pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(300)]

_SOCKET = re.compile(r"\bsocket\((AF_\w+)")
_CONNECT = re.compile(r"\bconnect\(\d+, \{sa_family=(AF_\w+)(?:, sun_path=@?\"([^\"]*)\")?")
# Display, session and system bus, and whom the C library asks for the name of a user.
_KNOWN = ("/.X11-unix/", "/wayland-", "bus", "/nscd/", "/systemd/userdb/", "/at-spi")


def _strace() -> str:
    found = shutil.which("strace")
    if not found:
        pytest.skip("strace is not installed: what is opened cannot be traced")
    tried = subprocess.run(
        [found, "-f", "-o", os.devnull, "true"], capture_output=True, text=True, check=False
    )
    if tried.returncode:
        pytest.skip(f"strace may not trace here: {tried.stderr.strip()}")
    return found


def _trace(folder: Path, *command: str, env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run a command traced with all its children; returns its exit code and the calls."""
    calls = folder / "calls.txt"
    ended = subprocess.run(
        [_strace(), "-f", "-qq", "-e", "trace=socket,connect", "-o", str(calls), *command],
        capture_output=True, text=True, check=False, env=env, timeout=280,
    )  # fmt: skip
    text = calls.read_text("utf-8", "replace")
    return ended.returncode, text if not ended.returncode else text + ended.stdout + ended.stderr


def _families(calls: str) -> set[str]:
    return {*_SOCKET.findall(calls), *(family for family, _path in _CONNECT.findall(calls))}


def _strangers(calls: str) -> list[str]:
    """Return what was connected to beyond display and buses."""
    paths = [path for family, path in _CONNECT.findall(calls) if family == "AF_UNIX"]
    return [path for path in paths if not any(known in path for known in _KNOWN)]


def test_the_headless_story_opens_no_socket_to_anywhere(tmp_path: Path) -> None:
    code, calls = _trace(
        tmp_path, sys.executable, "-m", "desktop", "practice", str(tmp_path / "practice")
    )
    assert code == HOLDS, calls
    assert (tmp_path / "practice" / "log" / "log.db").is_file()
    assert _families(calls) <= {"AF_UNIX"}, calls
    assert _strangers(calls) == []


def test_the_story_in_the_window_talks_to_display_and_buses_alone(tmp_path: Path) -> None:
    code, calls = _trace(tmp_path, sys.executable, "-m", "desktop", "--self-test")
    assert code == HOLDS, calls
    assert "AF_UNIX" in _families(calls), "the window has a display"
    assert _families(calls) <= {"AF_UNIX"}, calls
    assert _strangers(calls) == []


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6"])
def test_an_internet_socket_would_be_seen(tmp_path: Path, family: str) -> None:
    # -I: without the guard that refuses such a socket before the system is asked.
    code, calls = _trace(
        tmp_path, sys.executable, "-I", "-c", f"import socket; socket.socket(socket.{family})"
    )
    assert code == 0, calls
    assert family in _families(calls)


def test_a_connection_elsewhere_would_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere"
    script = (
        "import socket\n"
        "there = socket.socket(socket.AF_UNIX)\n"
        f"there.bind({str(path)!r})\n"
        "there.listen()\n"
        f"socket.socket(socket.AF_UNIX).connect({str(path)!r})\n"
    )
    code, calls = _trace(tmp_path, sys.executable, "-I", "-c", script)
    assert code == 0, calls
    assert len(_strangers(calls)) == 1
