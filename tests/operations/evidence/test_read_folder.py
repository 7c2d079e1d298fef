"""A folder is listed without reading a file of it: no links, not too deep, not too many."""

import os
from pathlib import Path

import pytest

from desktop.domain.errors import Cancelled, FileUnreadable
from desktop.operations.evidence import read_folder as module
from desktop.operations.evidence.read_folder import DEEPEST, MOST_FILES, read_dropped, read_folder
from tests.evidence_pieces import a_file, ignore, never


def test_files_come_in_the_order_of_their_names_folder_by_folder(tmp_path: Path) -> None:
    (tmp_path / "DCIM" / "100").mkdir(parents=True)
    for name in ("b.jpg", "a.jpg", "DCIM/z.jpg", "DCIM/100/c.jpg"):
        a_file(tmp_path, name, b"x")
    shares: list[float] = []
    found = read_folder(tmp_path, shares.append, never)
    assert [path.relative_to(tmp_path).as_posix() for path in found.paths] == [
        "a.jpg",
        "b.jpg",
        "DCIM/z.jpg",
        "DCIM/100/c.jpg",
    ]
    assert (found.more, found.too_deep, found.odd, found.unreadable) == (False, 0, 0, 0)
    assert shares == sorted(shares)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of this kind are not there")
def test_links_and_pipes_are_counted_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    a_file(outside, "secret.txt", b"x")
    folder = tmp_path / "phone"
    folder.mkdir()
    (folder / "link").symlink_to(outside)
    (folder / "file link").symlink_to(outside / "secret.txt")
    os.mkfifo(folder / "pipe")
    found = read_folder(folder, ignore, never)
    assert found.paths == ()
    assert found.odd == 3


def test_folders_and_files_that_are_dropped_together_are_one_list(tmp_path: Path) -> None:
    for name in ("phone/DCIM", "tablet"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("phone/DCIM/a.jpg", "tablet/a.jpg", "letter.pdf"):
        a_file(tmp_path, name, b"x")
    dropped = [tmp_path / "tablet", tmp_path / "letter.pdf", tmp_path / "phone"]
    found = read_dropped(dropped, ignore, never)
    assert found.names == ("tablet/a.jpg", "letter.pdf", "phone/DCIM/a.jpg")
    assert found.paths == tuple(
        tmp_path / name for name in ("tablet/a.jpg", "letter.pdf", "phone/DCIM/a.jpg")
    )
    assert not found.more
    for number in range(MOST_FILES):
        a_file(tmp_path / "tablet", f"{number:04}.txt", b"x")
    many = read_dropped(dropped, ignore, never)
    assert (len(many.paths), many.more) == (MOST_FILES, True)
    with pytest.raises(Cancelled):
        read_dropped(dropped, ignore, lambda: True)


def test_names_of_files_are_made_safe_to_show(tmp_path: Path) -> None:
    a_file(tmp_path, "photo\u202egpj.txt", b"x")
    assert read_folder(tmp_path, ignore, never).names == ("photogpj.txt",)


def test_too_deep_and_too_many_are_said(tmp_path: Path) -> None:
    deep = tmp_path
    for number in range(DEEPEST + 1):
        deep /= f"{number}"
    deep.mkdir(parents=True)
    a_file(deep, "far.txt", b"x")
    found = read_folder(tmp_path, ignore, never)
    assert (found.paths, found.too_deep) == ((), 1)
    for number in range(MOST_FILES + 1):
        a_file(tmp_path, f"{number:04}.txt", b"x")
    many = read_folder(tmp_path, ignore, never)
    assert len(many.paths) == MOST_FILES
    assert many.more


def test_exactly_as_many_as_allowed_is_not_more(tmp_path: Path) -> None:
    for number in range(MOST_FILES):
        a_file(tmp_path, f"{number:04}.txt", b"x")
    found = read_folder(tmp_path, ignore, never)
    assert (len(found.paths), found.more) == (MOST_FILES, False)


def test_endless_folder_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LOOKED_AT", 3)
    for name in "abcde":
        (tmp_path / name).mkdir()
    assert read_folder(tmp_path, ignore, never).more


def test_what_is_no_folder_or_cannot_be_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FileUnreadable):
        read_folder(a_file(tmp_path, "a.txt", b"x"), ignore, never)
    (tmp_path / "b").mkdir()
    whole = Path.iterdir

    def iterdir(path: Path) -> object:
        if path.name == "b":
            raise PermissionError
        return whole(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    found = read_folder(tmp_path, ignore, never)
    assert (len(found.paths), found.unreadable) == (1, 1)


def test_file_that_vanishes_meanwhile_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_file(tmp_path, "a.txt", b"x")

    def gone(_path: Path) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "lstat", gone)
    assert read_folder(tmp_path, ignore, never).odd == 1


def test_stopping_ends_it(tmp_path: Path) -> None:
    a_file(tmp_path, "a.txt", b"x")
    with pytest.raises(Cancelled):
        read_folder(tmp_path, ignore, lambda: True)
