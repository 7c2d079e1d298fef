"""A program that crashes leaves no memory behind; tried in programs of its own that do crash."""

import os
import sys
from pathlib import Path

import pytest

# Where the system would write a core file at all, the first of these two does.
SOFT = "import resource; resource.setrlimit(resource.RLIMIT_CORE, (-1, -1))"
CRASHES = {
    "SIGSEGV": "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    "SIGABRT": "import os; os.abort()",
    "SIGBUS": "import os, signal; os.kill(os.getpid(), signal.SIGBUS)",
}
HARDEN = "from desktop.system.hardening import harden; harden()"
TELL = (
    "import resource, ctypes; limit = resource.getrlimit(resource.RLIMIT_CORE); "
    "dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0); "
    "open('told', 'w').write(f'{limit} {dumpable}')"
)
SECRET = "secret = 'quiet harbour ' * 1000"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="these are signals of Unix")


def _crash(folder: Path, *lines: str) -> int:
    """Run the lines in a program of its own; returns how it ended."""
    there = f"import os; os.chdir({str(folder)!r})"
    command = [sys.executable, "-c", "\n".join((there, *lines))]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = os.posix_spawn(sys.executable, command, environment)
    return os.waitpid(process, 0)[1]


def _can_dump(folder: Path) -> bool:
    return os.WCOREDUMP(_crash(folder, SOFT, CRASHES["SIGSEGV"]))


@pytest.mark.parametrize("signal", CRASHES)
def test_a_crash_leaves_no_core_file(tmp_path: Path, signal: str) -> None:
    status = _crash(tmp_path, SOFT, SECRET, HARDEN, CRASHES[signal])
    assert os.WIFSIGNALED(status)
    assert not os.WCOREDUMP(status)
    assert list(tmp_path.iterdir()) == []


def test_without_it_a_crash_would_leave_one(tmp_path: Path) -> None:
    can_dump = _can_dump(tmp_path)
    for core in tmp_path.iterdir():
        core.unlink()
    if not can_dump:
        pytest.skip("this computer writes no core files at all")


def test_limit_and_kernel_both_say_no(tmp_path: Path) -> None:
    assert _crash(tmp_path, HARDEN, TELL) == 0
    dumpable = 0 if sys.platform == "linux" else -1
    assert (tmp_path / "told").read_text() == f"(0, 0) {dumpable}"


def test_the_program_does_it_before_anything_else(tmp_path: Path) -> None:
    run = "from desktop.__main__ import run\nrun(['verify', 'nothing'])"
    assert _crash(tmp_path, run, TELL) == 0
    assert (tmp_path / "told").read_text().startswith("(0, 0)")


def test_hardening_twice_does_no_harm(tmp_path: Path) -> None:
    assert _crash(tmp_path, HARDEN, HARDEN) == 0
