"""Knows what lies where in the folder of a log's backups, and adds to it without half things.

Whatever is being made has a name that ends in .part, and gets its own name in one step when it is
whole and was read back; what is being removed gets such a name first.
"""

import os
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.domain.calendar.times import Moment
from desktop.domain.errors import BackupDamaged
from desktop.domain.identifiers import ContentId
from desktop.store.backup_note import FILE_NAME, BackupNote, read_note
from desktop.store.backup_piece import write_all
from desktop.store.folder import LogFolder, sync_folder

PREFIX = "Safeguarding Log backup "
ID_LETTERS = 8
PART = ".part"
_README = "READ ME.txt"
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{4}Z)(?:-(\d+))?", re.ASCII)
_STAMP = "%Y-%m-%dT%H%MZ"
_README_TEXT = """\
These are backups of a Safeguarding Log. Everything in them is encrypted: nobody can read them
without the passphrase of a keyholder or the recovery key that was printed when the log was made.

To get the log back, start Safeguarding Log, press "Restore from a backup", and choose this
folder. Do not rename, move or delete anything in it.

How the files are built, so that they can be read without the program, is written in the
program's help: "Backups: how the files are built".
"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One whole backup: log.db, keys.json and a note of the contents it needs."""

    path: Path
    made: datetime

    @property
    def name(self) -> str:
        """What it is called: the minute in which it was made, in UTC."""
        return self.path.name

    @property
    def folder(self) -> LogFolder:
        """Its log.db and keys.json, as those of a log."""
        return LogFolder(self.path)

    @property
    def backups(self) -> "BackupFolder":
        """The folder that it belongs to."""
        return BackupFolder(self.path.parent.parent)

    def read_note(self) -> BackupNote:
        """Read what it holds."""
        return read_note(self.path)


@dataclass(frozen=True, slots=True)
class BackupFolder:
    """The backups of one log at one place."""

    path: Path

    @classmethod
    def of(cls, place: Path, log_id: str) -> "BackupFolder":
        """Return where the backups of a log lie at a place."""
        return cls(place / f"{PREFIX}{log_id[:ID_LETTERS]}")

    @property
    def contents_folder(self) -> Path:
        """One file for each content, shared by all snapshots."""
        return self.path / "content"

    @property
    def snapshots_folder(self) -> Path:
        """One folder for each snapshot."""
        return self.path / "snapshots"

    def is_there(self) -> bool:
        """Whether it can be reached now."""
        try:
            return self.path.is_dir()
        except OSError:
            return False

    def prepare(self) -> None:
        """Make what is missing of it."""
        for folder in (self.path, self.contents_folder, self.snapshots_folder):
            folder.mkdir(mode=0o700, exist_ok=True)
        readme = self.path / _README
        if not readme.is_file():
            write_synced(readme, _README_TEXT.encode())
        sync_folder(self.path)
        sync_folder(self.path.parent)

    def clear_parts(self) -> None:
        """Remove what was cut off."""
        for folder in (self.contents_folder, self.snapshots_folder):
            if folder.is_dir():
                for entry in folder.glob(f"*{PART}"):
                    _remove(entry)

    def piece(self, content_id: ContentId) -> Path:
        """Return the file of one content."""
        return self.contents_folder / content_id

    def piece_sizes(self) -> dict[str, int]:
        """Return the whole pieces by content id, and how long they are."""
        with os.scandir(self.contents_folder) as entries:
            return {
                entry.name: entry.stat().st_size
                for entry in entries
                if not entry.name.endswith(PART)
            }

    def set_aside(self, content_id: ContentId) -> None:
        """Let a piece that is not what was written no longer count; the next backup redoes it."""
        with suppress(OSError):
            piece = self.piece(content_id)
            piece.replace(piece.with_name(f"{piece.name}{PART}"))

    def snapshots(self) -> list[Snapshot]:
        """Return the whole backups, the newest first."""
        found = []
        if self.snapshots_folder.is_dir():
            for path in self.snapshots_folder.iterdir():
                made = snapshot_time(path.name)
                if made and (path / FILE_NAME).is_file():
                    found.append((made, len(path.name), path.name, Snapshot(path, made)))
        return [one for *_, one in sorted(found, key=lambda each: each[:3], reverse=True)]

    def begin_snapshot(self, at: Moment) -> Path:
        """Make the folder in which a snapshot is built."""
        stamp = at.utc.astimezone(UTC).strftime(_STAMP)
        taken = [path.name for path in self.snapshots_folder.glob(f"{stamp}*")]
        # Later than all of the same minute, also where an earlier one was rotated out already.
        last = max((_count_in(name, stamp) for name in taken), default=0)
        name = f"{stamp}-{last + 1}" if last else stamp
        building = self.snapshots_folder / f"{name}{PART}"
        building.mkdir(mode=0o700)
        return building

    def finish_snapshot(self, building: Path) -> Snapshot:
        """Give a snapshot its name, once its pieces are safe."""
        sync_folder(self.contents_folder)
        sync_folder(building)
        whole = building.with_name(building.name.removesuffix(PART))
        building.rename(whole)
        sync_folder(self.snapshots_folder)
        made = snapshot_time(whole.name)
        if made is None:
            raise ValueError(f"not the name of a snapshot: {whole.name}")
        return Snapshot(whole, made)

    def remove_snapshot(self, snapshot: Snapshot) -> None:
        """Remove a snapshot; from its first moment on it no longer counts."""
        going = snapshot.path.with_name(f"{snapshot.name}{PART}")
        snapshot.path.rename(going)
        sync_folder(self.snapshots_folder)
        shutil.rmtree(going)

    def remove_unneeded(self) -> int:
        """Remove content that no snapshot needs; none while one of them cannot be read."""
        try:
            needed = {one.id for each in self.snapshots() for one in each.read_note().contents}
        except BackupDamaged:
            return 0
        unneeded = self.piece_sizes().keys() - needed
        for name in sorted(unneeded):
            (self.contents_folder / name).unlink()
        if unneeded:
            sync_folder(self.contents_folder)
        return len(unneeded)


def snapshot_time(name: str) -> datetime | None:
    """Return the minute that a snapshot is named after; None if it is no name of one."""
    fits = _NAME.fullmatch(name)
    try:
        return datetime.strptime(fits[1], _STAMP).replace(tzinfo=UTC) if fits else None
    except ValueError:
        return None


def find_folders(folder: Path) -> Iterable[BackupFolder]:
    """Return the folders of backups at a place, or the one this is or lies in."""
    for one in (folder, *list(folder.parents)[:2]):
        if one.name.startswith(PREFIX):
            return [BackupFolder(one)]
    try:
        return [BackupFolder(one) for one in sorted(folder.glob(f"{PREFIX}*")) if one.is_dir()]
    except OSError:
        return []


def write_synced(path: Path, content: bytes) -> None:
    """Write a small file and sync it."""
    with path.open("wb", buffering=0) as file:
        write_all(file, content)
        os.fsync(file.fileno())


def _remove(entry: Path) -> None:
    if entry.is_dir():
        shutil.rmtree(entry)
    else:
        entry.unlink()


def _count_in(name: str, stamp: str) -> int:
    """Return which one of its minute a snapshot is, from its name."""
    count = name.removesuffix(PART).removeprefix(stamp).removeprefix("-")
    return int(count) if count.isdigit() else 1
