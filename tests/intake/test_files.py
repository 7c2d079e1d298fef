import hashlib
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import FileChanged, FileEmpty, FileUnreadable
from desktop.intake.files import CHUNK_BYTES, FileSource, clean_name, stand_of

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file system")


def a_file(folder: Path, size: int = 2 * CHUNK_BYTES + 17) -> Path:
    path = folder / "report.bin"
    path.write_bytes(os.urandom(size))
    return path


def test_chunks_give_the_file_byte_for_byte(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    chunks = list(FileSource(path).chunks())
    assert [len(chunk) for chunk in chunks] == [CHUNK_BYTES, CHUNK_BYTES, 17]
    joined = hashlib.sha256(b"".join(chunks)).digest()
    assert joined == hashlib.sha256(path.read_bytes()).digest()


def test_facts_look_without_reading(tmp_path: Path) -> None:
    path = a_file(tmp_path, 5)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    facts = FileSource(path).facts()
    assert (facts.name, facts.size) == ("report.bin", 5)
    assert facts.modified == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_missing_file_is_unreadable(tmp_path: Path) -> None:
    source = FileSource(tmp_path / "gone.eml")
    with pytest.raises(FileUnreadable) as caught:
        list(source.chunks())
    assert caught.value.file_name == "gone.eml"
    with pytest.raises(FileUnreadable):
        source.facts()


def test_folder_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        list(FileSource(tmp_path).chunks())


def test_name_with_a_nul_is_unreadable() -> None:
    with pytest.raises(FileUnreadable):
        list(FileSource(Path("a\x00b")).chunks())


@needs_posix
def test_pipe_is_unreadable_and_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileUnreadable):
        list(FileSource(tmp_path / "pipe").chunks())


@needs_posix
def test_file_that_cannot_be_opened_is_unreadable(tmp_path: Path) -> None:
    path = a_file(tmp_path, 5)
    resource = pytest.importorskip("resource")
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, limit[1]))
    try:
        with pytest.raises(FileUnreadable):
            list(FileSource(path).chunks())
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limit)


@pytest.mark.parametrize("way", ["facts", "chunks"])
def test_empty_file_is_said(tmp_path: Path, way: str) -> None:
    path = tmp_path / "empty.png"
    path.touch()
    source = FileSource(path)
    with pytest.raises(FileEmpty):
        source.facts() if way == "facts" else list(source.chunks())


def test_file_that_grows_is_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    chunks = FileSource(path).chunks()
    next(chunks)
    with path.open("ab") as file:
        file.write(b"more")
    with pytest.raises(FileChanged):
        list(chunks)


def test_file_that_shrinks_is_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    chunks = FileSource(path).chunks()
    next(chunks)
    with path.open("r+b") as file:
        file.truncate(CHUNK_BYTES + 1)
    with pytest.raises(FileChanged):
        list(chunks)


def test_file_rewritten_at_the_same_length_is_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    chunks = FileSource(path).chunks()
    next(chunks)
    size = path.stat().st_size
    path.write_bytes(os.urandom(size))
    os.utime(path, (1, 1))
    with pytest.raises(FileChanged):
        list(chunks)


@needs_posix
def test_file_that_vanishes_is_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    chunks = FileSource(path).chunks()
    next(chunks)
    path.unlink()
    with pytest.raises(FileChanged):
        list(chunks)


@needs_posix
def test_file_replaced_by_another_is_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    chunks = FileSource(path).chunks()
    next(chunks)
    twin = tmp_path / "twin"
    twin.write_bytes(path.read_bytes())
    twin.replace(path)
    with pytest.raises(FileChanged):
        list(chunks)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../evil.exe", "evil.exe"),
        ("..\\..\\evil.exe", "evil.exe"),
        ("C:\\Users\\me\\mail.eml", "mail.eml"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("two\nlines\x1b[31m.txt", "twolines[31m.txt"),
        ("folder/", "folder"),
        ("..", "file without a name"),
        ("", "file without a name"),
        ("\udcff.txt", "?.txt"),
        ("née.pdf", "née.pdf"),
    ],
)
def test_clean_name_is_safe_to_show(name: str, shown: str) -> None:
    assert clean_name(name) == shown


@given(st.text())
def test_clean_name_never_lets_a_folder_or_control_through(name: str) -> None:
    shown = clean_name(name)
    assert 0 < len(shown) <= 200
    assert not set(shown) & set("/\\\x00\n\r\u202e")
    assert shown not in (".", "..")


def test_ends_give_the_first_and_the_last_bytes(tmp_path: Path) -> None:
    path = tmp_path / "long.bin"
    path.write_bytes(bytes(range(100)))
    source = FileSource(path)
    assert source.ends(3, 2) == bytes((0, 1, 2, 98, 99))
    assert source.ends(60, 40) == bytes(range(100))
    assert source.size == 100


@pytest.mark.parametrize("way", ["size", "ends", "chunks"])
def test_file_that_changed_since_it_was_first_looked_at_is_refused(
    tmp_path: Path, way: str
) -> None:
    path = a_file(tmp_path, 50)
    source = FileSource(path)
    source.facts()
    path.write_bytes(b"something else")
    with pytest.raises(FileChanged):
        _ = (
            source.size
            if way == "size"
            else list(source.chunks())
            if way == "chunks"
            else (source.ends(1, 1))
        )


def test_only_the_file_that_was_looked_at_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    assert stand_of(path) is None
    assert stand_of(Path("a\x00b")) is None
    path.write_bytes(b"one")
    stood = stand_of(path)
    assert FileSource(path, stood).ends(9, 9) == b"one"
    path.write_bytes(b"")
    with pytest.raises(FileChanged):
        FileSource(path, stood).facts()
