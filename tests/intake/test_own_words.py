import io
import zlib
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin

from desktop.domain.evidence.inside import Inside, Listed
from desktop.domain.evidence.items import ItemKind
from desktop.intake import media_facts, pdf_facts
from desktop.intake.inside import inside
from desktop.intake.media_facts import read_media
from desktop.intake.own_words import SAYS, facts_of, list_inside
from desktop.intake.pdf_facts import facts_of_pdf, name_files_in_pdf
from desktop.intake.picture_facts import facts_of_picture
from desktop.intake.pieces import PiecedFile
from desktop.intake.sniff import kind_of, sniff
from tests.intake.containers import DOCX, FILES, a_docx, a_pdf, a_tar, a_zip

CLIP = (FILES / "ffmpeg_clip.mp4").read_bytes()
NOTE = (FILES / "ffmpeg_note.ogg").read_bytes()
MAIL = b"From: a@example.org\nTo: b@example.org\nSubject: x\n\nhi"


def a_photo(kind: str = "JPEG") -> bytes:
    image = Image.new("RGB", (20, 10), "teal")
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Phones Ltd"
    exif[ExifTags.Base.Software] = "Camera\x00 2"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = "2026:11:14 21:03:00"
    details[ExifTags.Base.OffsetTimeOriginal] = "+00:00"
    details[ExifTags.Base.UserComment] = b"ASCII\x00\x00\x00see this"
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[1], place[2] = "S", (Fraction(51), Fraction(30), Fraction(0))
    place[3], place[4] = "W", (Fraction(0), Fraction(6), Fraction(0))
    place[7], place[29] = (21, 3, 5), "2026:11:14"
    file = io.BytesIO()
    image.save(file, kind, exif=exif.tobytes())
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_picture_says_when_with_what_and_where(kind: str) -> None:
    facts = dict(facts_of_picture(PiecedFile(a_photo(kind))))
    assert facts["Size"] == "20 x 10 pixels"
    assert facts["Make of the camera"] == "Phones Ltd"
    assert facts["Made with the program"] == "Camera 2"
    assert facts["Taken"] == "2026:11:14 21:03:00 +00:00"
    assert facts["Comment"] == "see this"
    assert facts["Place"] == "-51.500000, -0.100000"
    assert facts["Time from satellites"] == "2026:11:14 21:03:05 UTC"


def test_picture_says_its_texts_and_frames() -> None:
    image, texts, file = Image.new("RGB", (4, 4)), PngImagePlugin.PngInfo(), io.BytesIO()
    texts.add_text("Software", "Screenshot tool")
    image.save(file, "PNG", pnginfo=texts)
    assert ("Software", "Screenshot tool") in facts_of_picture(PiecedFile(file.getvalue()))
    file, second = io.BytesIO(), Image.new("RGB", (4, 4), "red")
    image.save(file, "GIF", save_all=True, append_images=[second], comment="a note")
    facts = dict(facts_of_picture(PiecedFile(file.getvalue())))
    assert facts["Frames"] == "2"
    assert facts["Comment"] == "a note"


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return len(data).to_bytes(4, "big") + name + data + check.to_bytes(4, "big")


def test_what_stands_behind_pixels_is_read_and_no_pixel_is_decoded() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Phones Ltd"
    size = (9000).to_bytes(4, "big") * 2
    chunks = [
        _chunk(b"IHDR", size + b"\x08\x02\x00\x00\x00"),
        _chunk(b"IDAT", b"these are no pixels"),
        _chunk(b"IDAT", b"nor are these"),
        _chunk(b"tEXt", b"Software\x00Screenshot tool"),
        _chunk(b"eXIf", exif.tobytes()[6:]),
    ]
    png = b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
    for whole in (png + _chunk(b"IEND", b""), png):
        facts = dict(facts_of_picture(PiecedFile(whole)))
        assert facts["Software"] == "Screenshot tool"
        assert facts["Make of the camera"] == "Phones Ltd"


def test_damaged_part_of_a_picture_is_passed_over() -> None:
    whole = a_photo("PNG")
    text = _chunk(b"tEXt", b"Software\x00Screenshot tool")
    at = whole.index(b"IDAT") - 4
    damaged = whole[:at] + text[:-1] + bytes([text[-1] ^ 1]) + whole[at:]
    facts = dict(facts_of_picture(PiecedFile(damaged)))
    assert facts["Make of the camera"] == "Phones Ltd"
    assert "Software" not in facts


def test_large_picture_is_read_around_its_pixels() -> None:
    whole = a_photo("PNG")
    at = whole.index(b"IDAT") - 4
    pixels = _chunk(b"IDAT", bytes(50_000))
    long = whole[:at] + pixels + _chunk(b"tEXt", b"Software\x00Screenshot tool")
    pieces = PiecedFile(long[: at + 20] + long[-100:], size=len(long), head=at + 20)
    facts = dict(facts_of_picture(pieces))
    assert facts["Make of the camera"] == "Phones Ltd"
    assert facts["Software"] == "Screenshot tool"


def test_picture_that_breaks_off_says_what_stands_before_that() -> None:
    whole = a_photo("PNG")
    facts = facts_of_picture(PiecedFile(whole[: whole.index(b"IDAT") + 8]))
    assert ("Make of the camera", "Phones Ltd") in facts


def test_smaller_picture_within_a_picture_is_told() -> None:
    exif, file = Image.Exif(), io.BytesIO()
    exif._ifds[ExifTags.IFD.IFD1] = {ExifTags.Base.Compression: 6}
    Image.new("RGB", (4, 4)).save(file, "JPEG", exif=exif.tobytes())
    content = file.getvalue()
    # Pillow writes no second directory: one is hung on behind the first, which was empty.
    empty, hung = b"\x00\x00\x00\x00\x00\x00", b"\x00\x00\x00\x00\x00\x0e"
    tail = b"\x00\x01\x01\x03\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
    raw = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08" + hung + tail
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, "JPEG", exif=raw)
    assert ("Holds a smaller picture of itself", "yes") in facts_of_picture(
        PiecedFile(file.getvalue())
    )
    assert len(empty) == len(hung)
    assert not dict(facts_of_picture(PiecedFile(content))).get("Holds a smaller picture of itself")


def test_clip_says_what_it_is_and_with_what_it_was_taken() -> None:
    assert kind_of(sniff(CLIP)) is ItemKind.VIDEO
    view = read_media(CLIP, "clip.mp4")
    assert view is not None
    assert [track.heading for track in view.tracks] == ["The recording", "Picture", "Sound"]
    facts = dict(view.tracks[0].facts)
    assert facts["Made"] == "2026-11-14 21:03:00 UTC"
    assert facts["Length"] == "0 min 1 s"
    assert facts["Model of the device"] == "Phone X"
    assert dict(view.tracks[1].facts)["Width"] == "64 pixels"


def test_large_clip_is_read_by_its_ends() -> None:
    whole = read_media(CLIP)
    assert whole is not None
    place, missing = CLIP.index(b"mdat") - 4, 3 * 1024**3
    length = int.from_bytes(CLIP[place : place + 4], "big")
    head = CLIP[:place] + (length + missing).to_bytes(4, "big") + CLIP[place + 4 : place + length]
    head += bytes(2 * 1024 * 1024)
    tail = CLIP[place + length :]
    ends = read_media(head + tail, "clip.mp4", len(CLIP) + missing, len(head))
    assert ends is not None
    assert dict(ends.tracks[0].facts)["Made"] == dict(whole.tracks[0].facts)["Made"]


def test_note_says_what_it_is() -> None:
    assert kind_of(sniff(NOTE)) is ItemKind.SOUND
    view = read_media(NOTE, "note.ogg")
    assert view is not None
    assert ("Kind", "Opus") in view.tracks[1].facts


@pytest.mark.parametrize("content", [b"", b"no recording", b"\x00" * 100])
def test_what_is_no_recording_says_nothing(content: bytes) -> None:
    assert read_media(content) is None
    assert facts_of(content, "video/mp4") == ()


@pytest.mark.parametrize("answer", ["", "[]", '{"media": {"track": 1}}', '{"media": null}'])
def test_odd_answer_of_the_library_says_nothing(
    answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pymediainfo.MediaInfo.parse", lambda *_given, **_more: answer)
    assert read_media(CLIP) is None


@pytest.mark.parametrize(("text", "said"), [("3700.4", "1 h 1 min 40 s"), ("odd", "odd")])
def test_length_in_words(text: str, said: str) -> None:
    assert media_facts._length(text) == said


def test_pdf_says_who_made_it_and_what_is_embedded() -> None:
    facts = dict(facts_of_pdf((FILES / "chromium_page.pdf").read_bytes()))
    assert facts["Pages"] == "1"
    assert facts["Made"].startswith("2026-11-21 13:44:")
    assert "Chrom" in facts["Made with"] or "Skia" in facts["Written by the program"]
    found = name_files_in_pdf(a_pdf({"photo.jpg": b"x" * 12}))
    assert [(one.name, one.media_type, one.size) for one in found.names] == [
        ("photo.jpg", "image/jpeg", 12)
    ]
    assert found.listed is Listed.WHOLE


def test_pdf_that_cannot_be_read_cannot_be_named() -> None:
    assert name_files_in_pdf(b"%PDF-1.7 no").listed is Listed.NOT
    assert facts_of_pdf(b"%PDF-1.7 no") == ()
    assert pdf_facts._as_time("last week") == "last week"


@pytest.mark.parametrize(
    ("content", "kind", "names"),
    [
        (a_zip({"a.jpg": b"a"}), "application/zip", ["a.jpg"]),
        (a_zip({"_chat.txt": "x", "a.jpg": b"a"}), "application/zip", ["a.jpg"]),
        (a_tar({"b.png": b""}), "application/x-tar", ["b.png"]),
        (a_docx(), DOCX, ["word/media/image1.png", "word/embeddings/oleObject1.bin"]),
        (a_pdf({"c.txt": b"c"}), "application/pdf", ["c.txt"]),
        ((FILES / "chromium_page.mhtml").read_bytes(), "multipart/related",
         ["http://forum.example.org/thread/dot.png"]),
        (b"<html>", "text/html", []),
        (MAIL, "message/rfc822", []),
        (b"words", "text/plain", []),
        (CLIP, "video/mp4", []),
    ],
)  # fmt: skip
def test_inside_names_what_a_container_holds(content: bytes, kind: str, names: list[str]) -> None:
    found = inside(content, kind)
    assert [one.name for one in found.names] == names
    assert found.listed is Listed.WHOLE
    assert found.kind == kind


@pytest.mark.parametrize(
    "kind", ["message/rfc822", "application/vnd.ms-outlook", "application/pdf"]
)
def test_inside_of_what_was_not_handed_over_whole_cannot_be_named(kind: str) -> None:
    assert inside(b"ab", kind, "a", 10, 1) == Inside(kind, (), Listed.NOT)
    assert facts_of(b"ab", kind, "a", 10, 1) == ()


@pytest.mark.parametrize(
    ("content", "kind", "fact"),
    [
        (a_photo(), "image/jpeg", "Taken"),
        (CLIP, "video/mp4", "Made"),
        (a_docx(), DOCX, "Author"),
        (a_pdf(), "application/pdf", "Pages"),
        ((FILES / "chromium_page.mhtml").read_bytes(), "multipart/related", "Saved from"),
    ],
)
def test_facts_are_marked_as_the_words_of_the_file(content: bytes, kind: str, fact: str) -> None:
    assert f"{fact}{SAYS}" in dict(facts_of(content, kind))


def test_listing_shows_names_and_facts() -> None:
    view = list_inside(a_docx(), DOCX)
    assert len(view.names) == 2
    assert ("Author", "Ann & Bo") in view.facts
    assert facts_of(b"words", "text/plain") == ()


@given(st.binary(max_size=200), st.integers(0, 3000))
def test_facts_never_fail(odd: bytes, place: int) -> None:
    contents: dict[str, Any] = {"image/jpeg": a_photo(), "video/mp4": CLIP, "application/pdf": b""}
    for kind, content in contents.items():
        facts_of(content[:place] + odd + content[place + len(odd) :], kind)
    facts_of(odd, "image/heic")


def test_missing_part_of_a_clip_is_read_as_zeros_for_a_while() -> None:
    file = media_facts._Lenient(b"ab", 100 * 1024 * 1024, 1)
    file.seek(5)
    assert file.read(10) == bytes(10)
    assert file.tell() == 15
    assert len(file.read(50 * 1024 * 1024)) == media_facts._SPARE_BYTES - 10
    assert file.read(10) == b""


def test_part_of_a_picture_that_is_odd_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image.Image, "getexif", lambda _image: None)
    assert facts_of_picture(PiecedFile(a_photo()))[0] == ("Size", "20 x 10 pixels")


@pytest.mark.parametrize("kind", ["application/epub+zip", "application/octet-stream", "x/y"])
def test_zip_that_seems_to_be_something_else_is_named(kind: str) -> None:
    content = b"MZ" + bytes(60) + a_zip({"a.png": b"a"})
    assert [one.name for one in inside(content, kind).names] == ["a.png"]
    assert inside(bytes(100), kind) == Inside(kind)
