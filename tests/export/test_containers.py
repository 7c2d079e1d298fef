import zipfile
from pathlib import Path

import pytest
import pyzipper

from desktop.export.containers import FolderContainer, ZipContainer
from tests.export.bundle_contents import NOW

ZIP64 = b"\x01\x00"
LARGE = 1 << 31


@pytest.mark.parametrize("passphrase", [None, "ABCD"])
def test_members_that_may_grow_beyond_two_gigabytes_are_written_as_zip64(
    passphrase: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "a.zip"
    container = ZipContainer(path, "top", NOW, passphrase)
    container.add("small.bin", [b"small"], 5)
    container.add("large.bin", [b"la", b"rge"], LARGE)
    container.finish()
    with pyzipper.AESZipFile(path) as archive:
        archive.setpassword(b"ABCD")
        small, large = archive.infolist()
        assert archive.read(small) == b"small"
        assert archive.read(large) == b"large"
    raw = path.read_bytes()
    for info, is_zip64 in ((small, False), (large, True)):
        extra = raw.index(info.filename.encode()) + len(info.filename)
        assert (raw[extra : extra + 2] == ZIP64) is is_zip64


def test_what_is_begun_can_be_discarded(tmp_path: Path) -> None:
    for container in (
        FolderContainer(tmp_path / "folder"),
        ZipContainer(tmp_path / "a.zip", "top", NOW, None),
    ):
        container.add("data/a.txt", [b"words"], 5)
        container.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_part_that_is_there_already_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a.zip").write_text("mine")
    with pytest.raises(FileExistsError):
        FolderContainer(tmp_path / "a")
    with pytest.raises(FileExistsError):
        ZipContainer(tmp_path / "a.zip", "top", NOW, None)
    assert (tmp_path / "a.zip").read_text() == "mine"


def test_members_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    container = ZipContainer(path, "top", NOW, None)
    container.add("a.bin", [bytes(5000)], 5000)
    container.finish()
    with zipfile.ZipFile(path) as archive:
        (info,) = archive.infolist()
    assert info.compress_size == info.file_size == 5000
    assert info.external_attr >> 16 == 0o644
