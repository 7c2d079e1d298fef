from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.store.attempts import MOST_KEPT, forget_attempts, keep_attempt, read_attempts
from desktop.store.folder import LogFolder

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def test_attempts_are_kept_until_they_are_forgotten(tmp_path: Path) -> None:
    folder = LogFolder(tmp_path)
    assert read_attempts(folder) == ()
    for second in range(MOST_KEPT + 1):
        keep_attempt(folder, NOON + timedelta(seconds=second))
    times = read_attempts(folder)
    assert len(times) == MOST_KEPT
    assert times[-1] == NOON + timedelta(seconds=MOST_KEPT)
    forget_attempts(folder)
    assert read_attempts(folder) == ()
    forget_attempts(folder)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b'["soon"]', b'["2026-11-20T12:00:00"]', b"7", b"\xff"]
)
def test_damaged_file_counts_as_none(tmp_path: Path, content: bytes) -> None:
    folder = LogFolder(tmp_path)
    folder.attempts_file.write_bytes(content)
    assert read_attempts(folder) == ()
    keep_attempt(folder, NOON)
    assert read_attempts(folder) == (NOON,)


def test_folder_that_cannot_be_written_keeps_none(tmp_path: Path) -> None:
    folder = LogFolder(tmp_path / "gone")
    keep_attempt(folder, NOON)
    assert read_attempts(folder) == ()
