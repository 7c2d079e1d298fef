import errno
from pathlib import Path

import pytest

from desktop.domain.errors import AppError, DiskFailed, DiskFull, FolderNotWritable
from desktop.store.folder import (
    LogFolder,
    begin_folder,
    evidence_numbers,
    finish_arriving,
    finish_folder,
    give_up_folder,
    half_made_folders,
    mark_arriving,
    raise_known,
    replace_file,
)
from tests.small_disk import make_read_only, small_disk

__all__ = ["small_disk"]


def test_folder_is_a_log_as_soon_as_one_file_of_it_is_there(tmp_path: Path) -> None:
    folder = LogFolder(tmp_path / "log")
    assert not folder.exists()
    assert folder.is_free()
    folder.path.mkdir()
    assert folder.is_free()
    folder.keys_copy_file.write_text("{}")
    assert folder.exists()
    assert not folder.is_free()


def test_folder_that_is_a_file_is_not_free(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("something else")
    assert not LogFolder(tmp_path / "log").is_free()


@pytest.mark.parametrize("there_before", [False, True])
def test_new_folder_gets_its_name_in_one_step(tmp_path: Path, there_before: bool) -> None:
    target = tmp_path / "deep" / "log"
    if there_before:
        target.mkdir(parents=True)
    building = begin_folder(target)
    building.keys_file.write_text("{}")
    assert list(half_made_folders(target)) == [building.path]
    assert not LogFolder(target).exists()
    assert finish_folder(building, target) == LogFolder(target)
    assert LogFolder(target).exists()
    assert list(half_made_folders(target)) == []


def test_new_folder_never_replaces_one_that_was_filled_meanwhile(tmp_path: Path) -> None:
    target = tmp_path / "log"
    building = begin_folder(target)
    target.mkdir()
    (target / "letter.txt").write_text("mine")
    with pytest.raises(AppError):
        finish_folder(building, target)
    assert (target / "letter.txt").read_text() == "mine"
    give_up_folder(building)
    assert list(half_made_folders(target)) == []


def test_a_log_that_was_cut_off_while_another_made_way_gets_its_place(tmp_path: Path) -> None:
    target = tmp_path / "a log [1]"
    other, building = begin_folder(target), begin_folder(target)
    building.keys_file.write_text("{}")
    mark_arriving(building)
    finish_arriving(target)
    assert LogFolder(target).exists()
    assert not LogFolder(target).arriving_file.exists()
    assert list(half_made_folders(target)) == [other.path]
    finish_arriving(target)
    assert LogFolder(target).keys_file.exists()


def test_a_file_of_that_name_in_a_folder_without_a_log_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "log"
    building = begin_folder(target)
    mark_arriving(building)
    target.mkdir()
    LogFolder(target).arriving_file.write_text("mine")
    finish_arriving(target)
    assert LogFolder(target).arriving_file.read_text() == "mine"
    assert building.path.exists()


def test_what_cannot_be_noted_is_told(tmp_path: Path) -> None:
    folder = LogFolder(tmp_path / "log")
    with pytest.raises(FolderNotWritable):
        mark_arriving(folder)
    folder.path.mkdir()
    folder.keys_file.write_text("{}")
    folder.arriving_file.mkdir()
    with pytest.raises(AppError):
        finish_arriving(folder.path)


def test_new_folder_cannot_be_begun_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AppError):
        begin_folder(tmp_path / "file" / "log")
    assert list(half_made_folders(tmp_path / "gone" / "log")) == []


def test_evidence_files_are_numbered(tmp_path: Path) -> None:
    folder = LogFolder(tmp_path)
    folder.evidence_folder.mkdir()
    for name in ("0002.db", "0001.db", "0001.db-wal", "notes.txt"):
        (folder.evidence_folder / name).write_text("")
    assert evidence_numbers(folder) == [1, 2]
    assert folder.evidence_file(2).exists()


def test_replace_file_leaves_only_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    replace_file(path, b"old")
    replace_file(path, b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["keys.json"]
    assert path.read_bytes() == b"new"


def test_replace_file_keeps_the_old_one_when_there_is_no_room(small_disk: Path) -> None:
    path = small_disk / "keys.json"
    replace_file(path, b"old")
    with pytest.raises(DiskFull):
        replace_file(path, bytes(80_000_000))
    assert path.read_bytes() == b"old"
    assert [file.name for file in small_disk.iterdir()] == ["keys.json"]


def test_replace_file_says_that_the_folder_cannot_be_written_to(small_disk: Path) -> None:
    make_read_only(small_disk)
    with pytest.raises(FolderNotWritable):
        replace_file(small_disk / "keys.json", b"new")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EROFS, FolderNotWritable),
        (errno.EACCES, FolderNotWritable),
        (errno.EIO, DiskFailed),
    ],
)
def test_errors_of_the_system_get_their_meaning(
    tmp_path: Path, number: int, expected: type[AppError]
) -> None:
    with pytest.raises(expected):
        raise_known(OSError(number, "text"), tmp_path)
