"""Finds the contents that damaged evidence files still hold, and proves each by its hash."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from desktop.domain.evidence.items import Fingerprint
from desktop.domain.identifiers import ContentId
from desktop.store.cells import as_bytes, as_number, as_text
from desktop.store.contents import CHUNK, PLACES, Contents
from desktop.store.damaged_file import Cell, DamagedFile, PageUnreadable, column_count
from desktop.store.evidence_files import PAGE_SIZE
from desktop.store.folder import LogFolder

_CONTENT_COLUMNS, _CHUNK_COLUMNS = 4, 2
_NEVER_FULL = 2**62


@dataclass(frozen=True, slots=True)
class FoundContent:
    """Content that an evidence file names: where its chunks begin, and what it should be."""

    file_number: int
    first_chunk: int
    fingerprint: Fingerprint


class FoundContents:
    """The contents of all evidence files of a log; close it at the end.

    `missing` are the numbers of files that are not there or hold nothing that can be read,
    `damaged` those of which a part cannot be read.
    """

    def __init__(self, folder: LogFolder, keys: Mapping[int, bytes]) -> None:
        """Look through the files; nothing is written."""
        self._keys = keys
        self._files: dict[int, DamagedFile] = {}
        self._chunks: dict[int, dict[int, int]] = {}
        self.all: dict[ContentId, FoundContent] = {}
        self.missing: list[int] = []
        self.damaged: list[int] = []
        for number, key in sorted(keys.items()):
            try:
                self._files[number] = DamagedFile(folder.evidence_file(number), key, PAGE_SIZE)
            except OSError:
                self.missing.append(number)
                continue
            self._look_through(number, self._files[number])

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()

    def read(self, content_id: ContentId) -> Iterator[bytes]:
        """Yield content in chunks; raises PageUnreadable where it cannot be read."""
        found = self.all[content_id]
        file, chunks = self._files[found.file_number], self._chunks[found.file_number]
        for place in range(-(-found.fingerprint.size // CHUNK)):
            leaf = chunks.get(found.first_chunk + place)
            if leaf is None:
                raise PageUnreadable
            yield self._chunk(file, leaf, found.first_chunk + place)

    def adopt(self, named: Mapping[ContentId, tuple[int, Fingerprint]]) -> None:
        """Find by their hash the contents that log.db names, but whose name here is lost."""
        wanted = {
            (number, fingerprint): content_id
            for content_id, (number, fingerprint) in named.items()
            if content_id not in self.all
        }
        if not wanted:
            return
        known = {(found.file_number, found.first_chunk) for found in self.all.values()}
        for number, chunks in self._chunks.items():
            for first in sorted({rowid // PLACES * PLACES for rowid in chunks}):
                if (number, first) in known:
                    continue
                fingerprint = self._hash(number, first)
                content_id = wanted.get((number, fingerprint)) if fingerprint else None
                if content_id and fingerprint:
                    self.all[content_id] = FoundContent(number, first, fingerprint)

    def copy(
        self, content_id: ContentId, target: LogFolder, watch: Callable[[int], None]
    ) -> Fingerprint | None:
        """Write content to the file of the same number in another log; None if it is not whole.

        `watch` hears how many bytes were written; what it raises ends the copy.
        """
        found = self.all[content_id]
        keys = {found.file_number: self._keys[found.file_number]}
        contents = Contents(target, keys, _no_further_file, full_at=_NEVER_FULL)
        try:
            stored = contents.write(self.read(content_id), content_id, watch)
            if stored.fingerprint == found.fingerprint:
                return stored.fingerprint
            contents.remove_orphans(frozenset(self.all) - {content_id})
        except PageUnreadable:
            return None
        finally:
            contents.close()
        return None

    def _hash(self, number: int, first: int) -> Fingerprint | None:
        digest, size, place = hashlib.sha256(), 0, first
        chunks = self._chunks[number]
        with suppress(PageUnreadable):
            while place in chunks:
                chunk = self._chunk(self._files[number], chunks[place], place)
                digest.update(chunk)
                size += len(chunk)
                place += 1
            return Fingerprint(digest.hexdigest(), size)
        return None

    def _chunk(self, file: DamagedFile, leaf: int, rowid: int) -> bytes:
        for cell in file.cells(leaf):
            if cell.rowid == rowid:
                try:
                    return as_bytes(file.record(cell)[1])
                except (TypeError, IndexError) as error:
                    raise PageUnreadable from error
        raise PageUnreadable

    def _look_through(self, number: int, file: DamagedFile) -> None:
        chunks = self._chunks.setdefault(number, {})
        free = file.free_pages()
        for leaf in file.leaves:
            if leaf in free:
                continue
            with suppress(PageUnreadable):
                for cell in file.cells(leaf):
                    self._look_at(number, file, leaf, cell, chunks)
        if file.unreadable:
            named = any(one.file_number == number for one in self.all.values())
            nothing = not chunks and not named
            (self.missing if nothing else self.damaged).append(number)

    def _look_at(
        self, number: int, file: DamagedFile, leaf: int, cell: Cell, chunks: dict[int, int]
    ) -> None:
        with suppress(PageUnreadable, TypeError, ValueError):
            count = column_count(cell.local)
            if count == _CHUNK_COLUMNS:
                chunks.setdefault(cell.rowid, leaf)
            elif count == _CONTENT_COLUMNS:
                _number, name, sha256, size = file.record(cell)
                fingerprint = Fingerprint(as_text(sha256), as_number(size))
                found = FoundContent(number, cell.rowid * PLACES, fingerprint)
                self.all.setdefault(ContentId(as_text(name)), found)


def _no_further_file(number: int) -> bytes:
    raise RuntimeError(f"a log that is being salvaged has no further evidence file {number}")
