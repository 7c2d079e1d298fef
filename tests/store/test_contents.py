import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.errors import Cancelled, DiskFull, LogDamaged, LogLocked
from desktop.domain.evidence.items import Fingerprint
from desktop.domain.identifiers import ContentId
from desktop.store.connection import open_connection
from desktop.store.contents import CHUNK, Contents
from desktop.store.evidence_file_table import EvidenceFileTable
from desktop.store.folder import LogFolder
from desktop.store.log import Log
from desktop.store.migrate import migrate
from tests.small_disk import small_disk

__all__ = ["small_disk"]

ONE, TWO, THREE = ContentId("one"), ContentId("two"), ContentId("three")
KEYS = {1: bytes(32)}


def _further_key(number: int) -> bytes:
    return bytes([number]) * 32


def _open(folder: Path, keys: dict[int, bytes] | None = None, **more: int) -> Contents:
    (folder / "evidence").mkdir(exist_ok=True)
    return Contents(LogFolder(folder), keys or KEYS, _further_key, **more)


@pytest.fixture
def contents(tmp_path: Path) -> Iterator[Contents]:
    opened = _open(tmp_path)
    yield opened
    opened.close()


def _fingerprint(data: bytes) -> Fingerprint:
    return Fingerprint(hashlib.sha256(data).hexdigest(), len(data))


def _bytes(size: int) -> bytes:
    return hashlib.shake_128(b"seed").digest(size)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in (folder / "evidence").iterdir())


@given(st.lists(st.integers(0, 2 * CHUNK + 5), max_size=4))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_content_comes_back_as_it_went_in(contents: Contents, sizes: list[int]) -> None:
    pieces = [_bytes(size) for size in sizes]
    whole = b"".join(pieces)
    contents.remove_orphans(frozenset())
    stored = contents.write(iter(pieces), ONE)
    assert stored.fingerprint == _fingerprint(whole)
    read = list(contents.read(ONE, stored.file_number))
    assert b"".join(read) == whole
    assert all(len(chunk) == CHUNK for chunk in read[:-1])
    assert contents.check(ONE, stored.file_number) == stored.fingerprint


def test_progress_tells_the_bytes_so_far(contents: Contents) -> None:
    told: list[int] = []
    contents.write([_bytes(CHUNK), _bytes(CHUNK), b"end"], ONE, told.append)
    assert told == [CHUNK, 2 * CHUNK, 2 * CHUNK + 3]


def test_files_hold_no_plaintext(contents: Contents, tmp_path: Path) -> None:
    contents.write([b"Ermintrude" * 10_000], ONE)
    contents.close()
    for file in (tmp_path / "evidence").iterdir():
        assert b"Ermintrude" not in file.read_bytes()


@pytest.mark.parametrize("after", [0, 3, 40])
def test_stopped_stream_leaves_nothing(contents: Contents, tmp_path: Path, after: int) -> None:
    contents.write([b"kept"], ONE)

    def stopped() -> Iterator[bytes]:
        for _ in range(after):
            yield _bytes(CHUNK)
        raise Cancelled

    with pytest.raises(Cancelled):
        contents.write(stopped(), TWO)
    assert contents.remove_orphans(frozenset({ONE})) == 0
    with pytest.raises(LogDamaged):
        list(contents.read(TWO, 1))
    assert b"".join(contents.read(ONE, 1)) == b"kept"
    contents.close()
    assert _size(tmp_path) < 2 * CHUNK


def test_mistake_in_a_stream_leaves_nothing_and_writing_goes_on(contents: Contents) -> None:
    def broken() -> Iterator[bytes]:
        yield _bytes(20 * CHUNK)
        raise KeyError

    with pytest.raises(KeyError):
        contents.write(broken(), ONE)
    assert contents.remove_orphans(frozenset()) == 0
    assert contents.write([b"again"], ONE).fingerprint.size == 5


def test_content_is_never_overwritten(contents: Contents) -> None:
    contents.write([b"first"], ONE)
    with pytest.raises(Exception, match="UNIQUE"):
        contents.write([b"second"], ONE)
    assert b"".join(contents.read(ONE, 1)) == b"first"
    assert contents.write([b"third"], TWO).fingerprint.size == 5


def test_orphans_go_and_give_their_room_back(contents: Contents, tmp_path: Path) -> None:
    contents.write([_bytes(20 * CHUNK)], ONE)
    contents.write([b"kept"], TWO)
    contents.write([_bytes(CHUNK)], THREE)
    assert contents.remove_orphans(frozenset({TWO})) == 2
    assert b"".join(contents.read(TWO, 1)) == b"kept"
    contents.close()
    assert _size(tmp_path) < 2 * CHUNK


def test_full_file_is_followed_by_another(tmp_path: Path) -> None:
    contents = _open(tmp_path, full_at=3 * CHUNK)
    numbers = [
        contents.write([_bytes(4 * CHUNK)], ContentId(f"c{place}")).file_number
        for place in range(3)
    ]
    assert numbers == [1, 2, 3]
    for place, number in enumerate(numbers):
        assert contents.check(ContentId(f"c{place}"), number).size == 4 * CHUNK
    contents.close()
    again = _open(tmp_path, {number: _further_key(number) for number in (2, 3)} | KEYS)
    assert again.check(ContentId("c1"), 2).size == 4 * CHUNK
    again.close()


def test_further_key_that_cannot_be_kept_stops_the_write(tmp_path: Path) -> None:
    def refuse(number: int) -> bytes:
        raise LogLocked

    (tmp_path / "evidence").mkdir()
    contents = Contents(LogFolder(tmp_path), KEYS, refuse, full_at=0)
    contents.begin_first_file()
    with pytest.raises(LogLocked):
        contents.write([b"x"], ONE)
    contents.close()


def test_missing_evidence_file_is_said_and_not_made_anew(tmp_path: Path) -> None:
    contents = _open(tmp_path)
    with pytest.raises(LogDamaged):
        list(contents.read(ONE, 1))
    with pytest.raises(LogDamaged):
        list(contents.read(ONE, 7))
    assert contents.remove_orphans(frozenset()) == 0
    assert not list((tmp_path / "evidence").iterdir())
    contents.close()


def test_flipped_byte_is_found_and_the_rest_can_be_read(tmp_path: Path) -> None:
    contents = _open(tmp_path)
    contents.write([b"first"], ONE)
    contents.write([_bytes(6 * CHUNK)], TWO)
    contents.close()
    path = tmp_path / "evidence" / "0001.db"
    harmed = bytearray(path.read_bytes())
    harmed[4 * CHUNK] ^= 1
    path.write_bytes(harmed)
    contents = _open(tmp_path)
    with pytest.raises(LogDamaged) as caught:
        contents.check(TWO, 1)
    assert caught.value.file_name == "0001.db"
    assert contents.check(ONE, 1) == _fingerprint(b"first")
    contents.close()


def test_damaged_file_does_not_keep_orphans_from_being_looked_for(tmp_path: Path) -> None:
    contents = _open(tmp_path)
    contents.write([b"first"], ONE)
    contents.close()
    (tmp_path / "evidence" / "0001.db").write_bytes(_bytes(3 * 65536))
    contents = _open(tmp_path)
    assert contents.remove_orphans(frozenset()) == 0
    contents.close()


def test_chunk_that_is_gone_is_said(tmp_path: Path) -> None:
    contents = _open(tmp_path)
    contents.write([_bytes(2 * CHUNK)], ONE)
    with contents._files.lend(1) as connection:
        connection.execute("DELETE FROM chunk WHERE id % 2 = 1")
    with pytest.raises(LogDamaged):
        contents.check(ONE, 1)
    contents.close()


def test_full_disk_leaves_what_was_there_and_gives_the_room_back(small_disk: Path) -> None:
    contents = _open(small_disk)
    contents.write([_bytes(CHUNK)], ONE)
    with pytest.raises(DiskFull):
        contents.write((_bytes(CHUNK) for _ in range(80)), TWO)
    contents.close()
    assert _size(small_disk) < 3 * CHUNK
    contents = _open(small_disk)
    assert contents.remove_orphans(frozenset({ONE})) == 0
    assert contents.check(ONE, 1) == _fingerprint(_bytes(CHUNK))
    assert contents.write([b"small"], THREE).fingerprint.size == 5
    contents.close()


def test_readers_go_on_while_another_thread_writes(contents: Contents) -> None:
    contents.write([_bytes(3 * CHUNK)], ONE)
    expected = _fingerprint(_bytes(3 * CHUNK))
    done = threading.Event()
    wrong: list[Fingerprint] = []

    def read() -> None:
        while not done.is_set():
            found = contents.check(ONE, 1)
            if found != expected:
                wrong.append(found)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        stored = contents.write((_bytes(CHUNK) for _ in range(40)), TWO)
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert not wrong
    assert contents.check(TWO, 1) == stored.fingerprint


def test_stream_ends_when_the_log_is_locked(contents: Contents) -> None:
    contents.write([_bytes(3 * CHUNK)], ONE)
    stream = contents.read(ONE, 1)
    next(stream)
    contents.close()
    with pytest.raises(LogLocked):
        next(stream)
    with pytest.raises(LogLocked):
        contents.write([b"x"], TWO)


def test_connection_that_is_lent_is_closed_when_it_comes_back(contents: Contents) -> None:
    def closing() -> Iterator[bytes]:
        yield b"x"
        contents.close()

    contents.write(closing(), ONE)
    with pytest.raises(LogLocked):
        contents.check(ONE, 1)


def test_table_keeps_the_key_of_every_file(tmp_path: Path) -> None:
    with open_connection(tmp_path / "log.db", bytes(32)) as connection:
        migrate(connection)
        table: EvidenceFileTable = Log(connection).evidence_files
        table.insert(2, bytes(32))
        table.insert(1, b"\x01" * 32)
        table.insert(1, b"\x02" * 32)
        assert table.keys() == {1: b"\x01" * 32, 2: bytes(32)}
