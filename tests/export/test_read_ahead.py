import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from desktop.domain.errors import LogDamaged
from desktop.export.read_ahead import read_ahead


def reading() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "read-ahead"]


def test_chunks_come_in_order() -> None:
    chunks = [bytes([number]) * 3 for number in range(100)]
    assert list(read_ahead(chunks)) == chunks
    assert list(read_ahead([])) == []
    assert reading() == []


def test_an_error_of_the_stream_is_raised_where_it_is_used() -> None:
    def stream() -> Iterator[bytes]:
        yield b"one"
        raise LogDamaged("0001.db")

    chunks = read_ahead(stream())
    assert next(chunks) == b"one"
    with pytest.raises(LogDamaged):
        next(chunks)
    assert reading() == []


def test_a_reader_that_waits_for_room_ends_when_nobody_wants_more() -> None:
    with closing(read_ahead((b"x" for _ in range(1000)), ahead=1)) as chunks:
        assert next(chunks) == b"x"
        assert reading()
    assert reading() == []


def test_a_reader_whose_last_chunk_was_not_wanted_ends() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def stream() -> Iterator[bytes]:
        yield b"one"
        begun.set()
        go_on.wait(5)

    chunks = read_ahead(stream())
    assert next(chunks) == b"one"
    assert begun.wait(5)
    closer = threading.Thread(target=chunks.close)
    closer.start()
    go_on.set()
    closer.join(5)
    assert reading() == []
