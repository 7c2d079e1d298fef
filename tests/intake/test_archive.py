import io
import struct
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence.inside import Listed
from desktop.intake import rars, tars, zips
from desktop.intake.archive import name_archive
from desktop.intake.pieces import PiecedFile
from tests.intake.containers import a_rar_4, a_rar_5, a_tar, a_zip

FILES = {"a/photo.jpg": b"x" * 3000, "note.txt": "née".encode()}
KINDS = [
    "application/zip",
    "application/x-tar",
    "application/gzip",
    "application/x-bzip2",
    "application/x-xz",
    "application/x-rar-compressed",
    "application/x-7z-compressed",
]


def names(content: bytes, kind: str, name: str = "") -> list[tuple[str, int]]:
    return [(one.name, one.size) for one in name_archive(PiecedFile(content), kind, name).names]


EXPECTED = [("a/photo.jpg", 3000), ("note.txt", 4)]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_zip_is_named_without_its_folders(method: int) -> None:
    content = a_zip({"a/": b"", **FILES}, method)
    found = name_archive(PiecedFile(content), "application/zip")
    assert [(one.name, one.size) for one in found.names] == EXPECTED
    assert found.names[0].media_type == "image/jpeg"
    assert found.listed is Listed.WHOLE


def test_zip_behind_a_program_that_unpacks_it_is_named() -> None:
    assert names(b"MZ" + bytes(500) + a_zip({**FILES}), "application/zip") == EXPECTED


def test_large_zip_is_named_from_its_last_bytes() -> None:
    content = a_zip({"film.mp4": bytes(200_000), "b.txt": b"b"}, zipfile.ZIP_STORED)
    file = PiecedFile(content[:100] + content[-70_000:], len(content), 100)
    found = name_archive(file, "application/zip")
    assert [one.name for one in found.names] == ["film.mp4", "b.txt"]
    assert found.listed is Listed.WHOLE


def test_zip_of_more_than_32_bits_is_named() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        with archive.open(zipfile.ZipInfo("big.bin"), "w", force_zip64=True) as member:
            member.write(b"abc")
        archive.filelist[0].file_size = archive.filelist[0].compress_size = 5 * 2**32
    assert names(file.getvalue(), "application/zip") == [("big.bin", 5 * 2**32)]


def test_zip_with_a_long_list_has_an_end_of_64_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    assert names(a_zip({**FILES}), "application/zip") == EXPECTED


def test_list_that_was_cut_is_named_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "MOST_ENTRIES", 1)
    found = name_archive(PiecedFile(a_zip({**FILES})), "application/zip")
    assert len(found.names) == 1
    assert found.listed is Listed.PART


def test_member_is_read_up_to_a_limit() -> None:
    file = PiecedFile(a_zip({**FILES}))
    entry = zips.read_list(file).find("a/photo.jpg")
    assert entry is not None
    assert zips.read_member(file, entry, 10) == b"x" * 10
    assert zips.read_list(file).find("missing") is None


@pytest.mark.parametrize("change", [{"locked": True}, {"offset": 5}, {"method": 12}])
def test_member_that_cannot_be_read_is_refused(change: dict[str, int]) -> None:
    file = PiecedFile(a_zip({**FILES}))
    entry = zips.read_list(file).entries[0]
    values = {name: getattr(entry, name) for name in zips.ZipEntry.__slots__}
    with pytest.raises(zips.NoZip):
        zips.read_member(file, zips.ZipEntry(**{**values, **change}), 10)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("w", "application/x-tar"),
        ("w:gz", "application/gzip"),
        ("w:bz2", "application/x-bzip2"),
        ("w:xz", "application/x-xz"),
    ],
)
def test_tar_is_named_however_it_is_packed(mode: str, kind: str) -> None:
    files = {name: bytes(content) for name, content in FILES.items()}
    assert names(a_tar(files, mode), kind) == EXPECTED


def test_tar_that_ends_early_is_named_in_part() -> None:
    whole = a_tar({"a.txt": b"a" * 600, "b.txt": b"b" * 600})
    found = name_archive(PiecedFile(whole[:2200]), "application/x-tar")
    assert [one.name for one in found.names] == ["a.txt"]
    assert found.listed is Listed.PART


def test_tar_of_many_names_is_named_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tars, "MOST_NAMES", 1)
    found = name_archive(PiecedFile(a_tar({"a": b"", "b": b""})), "application/x-tar")
    assert len(found.names) == 1
    assert found.listed is Listed.PART


def test_single_packed_file_takes_its_name_from_the_archive() -> None:
    import gzip  # noqa: PLC0415 - for this test alone

    found = name_archive(PiecedFile(gzip.compress(b"words")), "application/gzip", "note.txt.gz")
    assert [(one.name, one.size) for one in found.names] == [("note.txt", 5)]


@pytest.mark.parametrize("make", [a_rar_4, a_rar_5])
def test_rar_is_named(make: object) -> None:
    assert callable(make)
    found = name_archive(PiecedFile(make("a\\b.jpg", "c.txt")), "application/x-rar-compressed")
    assert [(one.name, one.size) for one in found.names] == [("a/b.jpg", 9), ("c.txt", 9)]
    assert found.listed is Listed.WHOLE
    cut = name_archive(PiecedFile(make("a.jpg", "c.txt")[:-14]), "application/x-rar-compressed")
    assert cut.names[0].name == "a.jpg"
    locked = name_archive(PiecedFile(make(locked=True)), "application/x-rar-compressed")
    assert locked.listed is Listed.NOT


def test_number_without_an_end_is_refused() -> None:
    content = b"Rar!\x1a\x07\x01\x00" + bytes(4) + b"\xff" * 80
    assert rars.name_rar(PiecedFile(content)) == ((), Listed.NOT)
    assert rars.name_rar(PiecedFile(b"Rar!\x1a\x07\x00" + bytes(7))) == ((), Listed.NOT)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_archive_cannot_be_named(kind: str) -> None:
    assert name_archive(PiecedFile(b"no archive"), kind).listed is Listed.NOT


@pytest.mark.parametrize("kind", KINDS)
@given(content=st.binary(max_size=400), place=st.integers(0, 400), byte=st.binary(max_size=3))
def test_name_archive_never_fails(kind: str, content: bytes, place: int, byte: bytes) -> None:
    whole = a_rar_5("a", "b") if "rar" in kind else a_zip({"a": b"a"})
    for odd in (content, whole[:place] + byte + whole[place:]):
        name_archive(PiecedFile(odd), kind)


def test_old_rar_without_an_end_is_named_and_has_wide_sizes() -> None:
    whole = a_rar_4("a.jpg", "caf\u00e9.txt")
    latin = whole.replace("caf\u00e9".encode(), b"caf\x82\x82")
    found = name_archive(PiecedFile(latin[:-7]), "application/x-rar-compressed")
    assert [one.name for one in found.names] == ["a.jpg", "caf\u00e9\u00e9.txt"]
    assert found.listed is Listed.WHOLE
    head = struct.pack("<HBHH", 0, 0x74, 0x8100, 7 + 33 + 1)
    wide = struct.pack("<LLBLLBBHLLL", 0, 9, 2, 0, 0, 29, 0x30, 1, 0, 0, 1) + b"x"
    big = a_rar_4()[:20] + head + wide
    assert names(big, "application/x-rar-compressed") == [("x", 2**32 + 9)]


def test_long_rar_is_named_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rars, "MOST_NAMES", 1)
    for make in (a_rar_4, a_rar_5):
        found = name_archive(PiecedFile(make("a", "b")), "application/x-rar-compressed")
        assert (len(found.names), found.listed) == (1, Listed.PART)


def test_zip_of_very_many_is_named_in_a_moment() -> None:
    content = a_zip({f"{number}": b"" for number in range(12_000)})
    started = time.process_time()
    found = name_archive(PiecedFile(content), "application/zip")
    assert time.process_time() - started < 1
    assert (len(found.names), found.listed) == (zips.MOST_ENTRIES, Listed.PART)


def test_rar_of_empty_blocks_is_gone_through_to_a_limit() -> None:
    old = b"Rar!\x1a\x07\x00" + struct.pack("<HBHH", 0, 0x75, 0, 7) * (rars.MOST_BLOCKS + 1)
    new = b"Rar!\x1a\x07\x01\x00" + bytes([0, 0, 0, 0, 2, 1, 0]) * (rars.MOST_BLOCKS + 1)
    for content in (old, new):
        assert rars.name_rar(PiecedFile(content)) == ((), Listed.NOT)
