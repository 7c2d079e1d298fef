"""Lists the files of chosen folders, such as that of a phone; nothing of them is read."""

import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import Cancelled, FileUnreadable
from desktop.domain.evidence.items import clean_text
from desktop.intake.files import clean_name

MOST_FILES = 200
DEEPEST = 8
_LOOKED_AT = 20_000
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFiles:
    """What folders hold: regular files in the order of their names, at most 200 of them.

    `names` say which file each is, as it can be shown: the way to it from the folder. `more` says
    that there were more; `too_deep` counts folders that were not gone into, `odd` what is no
    regular file, links among them, `unreadable` folders that could not be listed.
    """

    paths: tuple[Path, ...]
    names: tuple[str, ...]
    more: bool
    too_deep: int
    odd: int
    unreadable: int


def read_folder(
    folder: Path, progress: Callable[[float], None], cancelled: Callable[[], bool]
) -> FolderFiles:
    """List what is in a folder and the folders in it; raises FileUnreadable or Cancelled.

    Links are not followed: they may lead out of the folder.
    """
    if not folder.is_dir():
        raise FileUnreadable(clean_name(folder.name))
    walk = _Walk(cancelled)
    named = ((path, path.relative_to(folder).as_posix()) for path in walk.files(folder, 0))
    return _list(walk, named, progress)


def read_dropped(
    paths: Sequence[Path], progress: Callable[[float], None], cancelled: Callable[[], bool]
) -> FolderFiles:
    """List files that were dropped together with folders, and what is in those; or Cancelled."""
    walk = _Walk(cancelled)
    return _list(walk, _dropped(walk, paths), progress)


def _dropped(walk: "_Walk", paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        if path.is_dir():
            for inner in walk.files(path, 0):
                yield inner, f"{path.name}/{inner.relative_to(path).as_posix()}"
        else:
            yield path, path.name


def _list(
    walk: "_Walk", named: Iterator[tuple[Path, str]], progress: Callable[[float], None]
) -> FolderFiles:
    paths: list[Path] = []
    names: list[str] = []
    more = False
    for path, name in named:
        more = len(paths) == MOST_FILES
        if more:
            break
        paths.append(path)
        names.append(clean_text(name, _LONGEST_NAME))
        progress(len(paths) / MOST_FILES)
    return FolderFiles(
        paths=tuple(paths),
        names=tuple(names),
        more=more or walk.looked_at > _LOOKED_AT,
        too_deep=walk.too_deep,
        odd=walk.odd,
        unreadable=walk.unreadable,
    )


class _Walk:
    """Goes through folders by name, files first, and counts what it leaves alone."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self._cancelled = cancelled
        self.looked_at = 0
        self.too_deep = 0
        self.odd = 0
        self.unreadable = 0

    def files(self, folder: Path, depth: int) -> Iterator[Path]:
        """Yield regular files."""
        folders: list[Path] = []
        for path in self._paths(folder):
            mode = self._mode(path)
            if stat.S_ISDIR(mode):
                folders.append(path)
            elif stat.S_ISREG(mode):
                yield path
            else:
                self.odd += 1
        if depth >= DEEPEST:
            self.too_deep += len(folders)
            return
        for inner in folders:
            yield from self.files(inner, depth + 1)

    def _paths(self, folder: Path) -> list[Path]:
        try:
            paths = sorted(folder.iterdir())
        except OSError:
            self.unreadable += 1
            return []
        self.looked_at += len(paths)
        return paths[:_LOOKED_AT]

    def _mode(self, path: Path) -> int:
        if self._cancelled():
            raise Cancelled
        try:
            found = path.lstat()
        except OSError:
            return 0
        is_junction = getattr(found, "st_reparse_tag", 0)
        return 0 if is_junction else found.st_mode
