"""What the front pages need to bring a log back: backups, restoring, saving what can be read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]


class FoundBackup(Protocol):
    """One backup in a folder."""

    @property
    def path(self) -> Path:
        """Where it lies."""
        ...

    @property
    def made_at(self) -> str:
        """When it was made, in words."""
        ...

    @property
    def log_id(self) -> str:
        """Of which log it is."""
        ...


class Restored(Protocol):
    """A log that came back out of a backup."""

    @property
    def folder(self) -> Path:
        """Where it lies now."""
        ...

    @property
    def sentence(self) -> str:
        """What came of it."""
        ...


class Saved(Restored, Protocol):
    """A log made of what could be read of a damaged one."""

    @property
    def lost(self) -> Sequence[str]:
        """What could not be read, a sentence for each thing."""
        ...


class Bring(Protocol):
    """Makes a log in a folder out of a backup; wrong words and damage are errors."""

    def __call__(
        self,
        source: Path,
        target: Path,
        /,
        *,
        passphrase: str,
        recovery_key: str,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Restored:
        """Do it, on the bytes thread; stopped or failed, nothing is left of it."""
        ...


class Save(Protocol):
    """Makes a log in a folder out of what can be read of a damaged one."""

    def __call__(
        self,
        source: Path,
        target: Path,
        /,
        *,
        passphrase: str,
        recovery_key: str,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Saved:
        """Do it, on the bytes thread; the damaged log is only read."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescue:
    """The functions; all but `place_beside` are called on a worker thread."""

    find_backups: Callable[[Path], Sequence[FoundBackup]]
    restore: Bring
    salvage: Save
    place_beside: Callable[[Path], Path]
