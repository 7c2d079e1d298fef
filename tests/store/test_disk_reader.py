"""A file comes from the disk as it lies there, or through memory where it must."""

import errno
import os
from pathlib import Path

import pytest

from desktop.store.disk_reader import DiskReader

CONTENT = os.urandom(70_001)
WINDOW = 10_000


def read(path: Path, step: int) -> bytes:
    with DiskReader(path, WINDOW) as reader:
        assert reader.size == len(CONTENT)
        return b"".join(bytes(reader.read(at, step)) for at in range(0, reader.size, step))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(CONTENT)
    return path


@pytest.mark.parametrize("step", [WINDOW, 4096, 4095, 7])
def test_any_window_is_read(path: Path, step: int) -> None:
    assert read(path, step) == CONTENT


def test_nothing_comes_after_the_end(path: Path) -> None:
    with DiskReader(path, WINDOW) as reader:
        assert bytes(reader.read(70_000, 5)) == CONTENT[-1:]
        assert not reader.read(70_001, 5)
        assert not reader.read(90_000, 5)


def test_where_the_disk_is_read_through_memory_only(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "O_DIRECT", -1)
    assert read(path, WINDOW) == CONTENT


def test_where_that_shows_at_the_first_read_only(path: Path) -> None:
    with DiskReader(path, WINDOW) as reader:
        # A pipe cannot be read at a place: it refuses as such a disk does.
        pipe = os.pipe()
        os.dup2(pipe[0], reader.descriptor)
        assert bytes(reader.read(0, 5)) == CONTENT[:5]
        os.dup2(pipe[0], reader.descriptor)
        with pytest.raises(OSError, match=os.strerror(errno.ESPIPE)):
            reader.read(0, 5)
    for one in pipe:
        os.close(one)
