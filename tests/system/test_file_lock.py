import subprocess
import sys
from pathlib import Path

import pytest

from desktop.system.file_lock import FileLock

HOLD = """
import sys
from pathlib import Path
from desktop.system.file_lock import FileLock
lock = FileLock(Path(sys.argv[1]))
print(lock.take("the other program"), flush=True)
sys.stdin.read()
"""


def test_lock_is_held_by_one_and_its_note_can_be_read(tmp_path: Path) -> None:
    mine, other = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert other.read_note() == ""
    assert mine.take("mine")
    assert mine.is_held
    assert not mine.take("again")
    assert not other.take("other")
    assert not other.is_held
    assert other.read_note() == "mine"
    mine.release()
    mine.release()
    assert other.read_note() == ""
    assert other.take("other")
    other.release()


def test_shorter_note_replaces_a_longer_one(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("a long note that a crash left behind")
    lock = FileLock(tmp_path / "lock")
    assert lock.take("short")
    assert lock.read_note() == "short"
    lock.release()


def test_killed_program_frees_the_lock(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == b"True"
        lock = FileLock(tmp_path / "lock")
        assert not lock.take("mine")
        assert lock.read_note() == "the other program"
        process.kill()
        process.wait()
    assert lock.take("mine")
    lock.release()


def test_folder_that_is_missing_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        FileLock(tmp_path / "gone" / "lock").take("x")


def test_note_that_cannot_be_written_leaves_nothing_locked(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        FileLock(tmp_path / "lock").take("\ud800")
    lock = FileLock(tmp_path / "lock")
    assert lock.take("x")
    lock.release()
