"""A piece of a backup gives back what was put in, or says that it is damaged."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import BackupDamaged
from desktop.domain.identifiers import ContentId
from desktop.store.backup_piece import CHUNK, MAGIC, piece_size, read_piece, write_piece

KEY = bytes(32)
ID = ContentId("a" * 32)
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK)


def written(path: Path, content: bytes) -> Path:
    chunks = [content[at : at + CHUNK] for at in range(0, len(content), CHUNK)]
    write_piece(path, KEY, ID, chunks, len(content))
    return path


def read(path: Path, key: bytes = KEY, content_id: ContentId = ID) -> bytes:
    return b"".join(read_piece(path, key, content_id))


@pytest.mark.parametrize("size", SIZES)
def test_what_was_put_in_comes_out(tmp_path: Path, size: int) -> None:
    content = (bytes(range(251)) * (size // 251 + 1))[:size]
    path = written(tmp_path / "piece", content)
    assert path.stat().st_size == piece_size(size)
    assert read(path) == content
    # A few bytes can be in the salt by chance.
    assert content[:100] not in path.read_bytes() or size < 16


@pytest.mark.parametrize("size", SIZES)
def test_another_key_or_name_opens_nothing(tmp_path: Path, size: int) -> None:
    path = written(tmp_path / "piece", bytes(size))
    with pytest.raises(BackupDamaged):
        read(path, key=bytes(31) + b"1")
    with pytest.raises(BackupDamaged):
        read(path, content_id=ContentId("b" * 32))


def test_cut_off_at_a_chunk_or_anywhere_is_found(tmp_path: Path) -> None:
    whole = written(tmp_path / "piece", bytes(2 * CHUNK + 9)).read_bytes()
    first = len(MAGIC) + 16 + CHUNK + 16
    for left in (0, 5, 32, 40, first, first + 3, len(whole) - 25, len(whole) - 1):
        (tmp_path / "cut").write_bytes(whole[:left])
        with pytest.raises(BackupDamaged):
            read(tmp_path / "cut")


def test_chunks_cannot_change_places(tmp_path: Path) -> None:
    whole = written(tmp_path / "piece", bytes(CHUNK) + bytes([1]) * CHUNK + b"end").read_bytes()
    start, length = len(MAGIC) + 16, CHUNK + 16
    first, second = whole[start : start + length], whole[start + length : start + 2 * length]
    swapped = whole[:start] + second + first + whole[start + 2 * length :]
    (tmp_path / "swapped").write_bytes(swapped)
    with pytest.raises(BackupDamaged):
        read(tmp_path / "swapped")


@given(at=st.integers(0, 100), bit=st.integers(0, 7))
def test_any_flipped_bit_is_found(
    tmp_path_factory: pytest.TempPathFactory, at: int, bit: int
) -> None:
    path = written(tmp_path_factory.mktemp("piece") / "piece", b"what was put in" * 4)
    content = bytearray(path.read_bytes())
    content[at % len(content)] ^= 1 << bit
    path.write_bytes(content)
    with pytest.raises(BackupDamaged):
        read(path)
