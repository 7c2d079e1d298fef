"""Bytes as numbers and letters."""

from hypothesis import given
from hypothesis.strategies import binary, integers

from desktop.domain.evidence.hex_lines import PAGE_BYTES, WIDTH, hex_lines, page_count


def test_a_line_says_where_what_and_which_letters() -> None:
    assert hex_lines(b"PK\x03\x04words and\nx", 4096) == (
        "0000001000  50 4b 03 04 77 6f 72 64 73 20 61 6e 64 0a 78     PK..words and.x"
    )


@given(binary(max_size=200), integers(0, 2**39))
def test_every_byte_stands_in_it_once(piece: bytes, start: int) -> None:
    lines = hex_lines(piece, start).splitlines()
    told = bytes.fromhex("".join(line[12 : 12 + WIDTH * 3 - 1] for line in lines))
    assert told == piece
    assert [int(line[:10], 16) for line in lines] == list(range(start, start + len(piece), WIDTH))


def test_pages() -> None:
    assert [page_count(size) for size in (0, 1, PAGE_BYTES, PAGE_BYTES + 1)] == [1, 1, 1, 2]
