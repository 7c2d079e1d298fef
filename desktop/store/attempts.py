"""Keeps when wrong secrets were tried, in a small file beside keys.json: times, nothing else."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from desktop.domain.errors import AppError
from desktop.store.folder import LogFolder, replace_file

MOST_KEPT = 100
_LARGEST = 64 * 1024


def read_attempts(folder: LogFolder) -> tuple[datetime, ...]:
    """Return the times of the wrong attempts since the last unlock; none if it cannot be read."""
    try:
        with folder.attempts_file.open("rb") as file:
            untrusted = json.loads(file.read(_LARGEST))
        return tuple(_read_time(one) for one in untrusted)
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return ()


def keep_attempt(folder: LogFolder, at: datetime) -> None:
    """Add one; where nothing can be written the attempt is refused all the same."""
    times = [*read_attempts(folder), at][-MOST_KEPT:]
    text = json.dumps([one.astimezone(UTC).isoformat() for one in times])
    with suppress(AppError):
        replace_file(folder.attempts_file, text.encode())


def forget_attempts(folder: LogFolder) -> None:
    """Start again from none, once they are recorded in the log."""
    with suppress(OSError):
        folder.attempts_file.unlink(missing_ok=True)


def _read_time(untrusted: Any) -> datetime:
    time = datetime.fromisoformat(untrusted)
    if time.tzinfo is None:
        raise ValueError("a time without a zone would be a guess")
    return time
