"""Removed content leaves nothing in its file, however often its pages were used before."""

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import AppError, DiskFailed
from desktop.domain.identifiers import ContentId
from desktop.store.clearing import put_in_place
from desktop.store.connection import open_connection
from desktop.store.contents import CHUNK, Contents
from desktop.store.erasure import empty_journal
from desktop.store.evidence_files import PAGE_SIZE
from desktop.store.folder import LogFolder
from tests.evidence_pieces import ignore
from tests.raw_pages import raw_pages

KEY = bytes(32)
SIZES = (100, 3_000, 20_000, 60_000, 70_000, 200_000, CHUNK, 3_000_000)


def _no_further_file(_number: int) -> bytes:
    raise AssertionError


@pytest.fixture
def contents(tmp_path: Path) -> Iterator[Contents]:
    (tmp_path / "evidence").mkdir()
    opened = Contents(LogFolder(tmp_path), {1: KEY}, _no_further_file)
    yield opened
    opened.close()


# 52 is one of those in which SQLite keeps old bytes in a page that it uses again.
@pytest.mark.parametrize("seed", [1, 2, 52])
def test_nothing_of_it_is_left_in_any_page(contents: Contents, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    live: dict[ContentId, bytes] = {}
    for number in range(40):
        if chance.random() < 0.65 or not live:
            token = hashlib.sha256(f"{seed} {number}".encode()).digest()
            size = chance.randrange(chance.choice(SIZES)) + 40
            whole = (token * (size // 32 + 1))[:size]
            name = ContentId(f"{number:032x}")
            contents.write((whole[at : at + CHUNK] for at in range(0, size, CHUNK)), name)
            live[name] = token
        elif chance.random() < 0.5:
            live.pop(chance.choice(list(live)))
            contents.remove_orphans(frozenset(live))
        else:
            gone = chance.sample(list(live), chance.randrange(1, len(live) + 1))
            tokens = [live.pop(name) for name in gone]
            contents.clear_out(frozenset(live), ignore)
            left = b"".join(raw_pages(tmp_path / "evidence" / "0001.db", KEY, PAGE_SIZE))
            assert not [token for token in tokens if token[:16] in left]
            assert all(token[:16] in left for token in live.values())


def test_what_stays_is_unchanged_and_the_file_takes_more(contents: Contents) -> None:
    kept = contents.write([b"kept" * 50_000], ContentId("a" * 32))
    contents.write([b"gone" * 500_000], ContentId("b" * 32))
    shares: list[float] = []
    contents.clear_out(frozenset({kept.content_id}), shares.append)
    contents.clear_out(frozenset({kept.content_id}), shares.append)
    assert shares == [1, 1]
    assert contents.check(kept.content_id, 1) == kept.fingerprint
    more = contents.write([b"more"], ContentId("c" * 32))
    assert contents.check(more.content_id, 1) == more.fingerprint
    assert contents.remove_orphans(frozenset({kept.content_id, more.content_id})) == 0
    assert contents.room_needed(1) > 0
    assert contents.room_needed(2) > 0


def test_a_file_that_is_read_is_not_swapped(contents: Contents, tmp_path: Path) -> None:
    contents.write([b"gone" * 500_000], ContentId("b" * 32))
    path = tmp_path / "evidence" / "0001.db"
    with contents._files.lend(1), pytest.raises(DiskFailed):
        contents.clear_out(frozenset(), ignore)
    contents.clear_out(frozenset(), ignore)
    assert b"gone" not in b"".join(raw_pages(path, KEY, PAGE_SIZE))
    with pytest.raises(DiskFailed):
        put_in_place(path, in_use=True)


def test_without_a_fresh_file_nothing_is_put_in_place(contents: Contents, tmp_path: Path) -> None:
    contents.begin_first_file()
    path = tmp_path / "evidence" / "0001.db"
    before = path.read_bytes()
    with pytest.raises((AppError, FileNotFoundError)):
        put_in_place(path, in_use=False)
    assert path.read_bytes() == before


def test_a_journal_that_is_read_is_not_called_empty(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    with open_connection(path, KEY) as writer, open_connection(path, KEY) as reader:
        writer.execute("PRAGMA busy_timeout = 1")
        writer.execute("CREATE TABLE t (x)")
        reader.execute("BEGIN")
        assert reader.rows("SELECT * FROM t") == []
        writer.execute("INSERT INTO t VALUES (1)")
        with pytest.raises(DiskFailed):
            empty_journal(writer)
        reader.execute("COMMIT")
        empty_journal(writer)
        assert (tmp_path / "file.db-wal").stat().st_size == 0
