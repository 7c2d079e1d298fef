import io
import zipfile

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from desktop.domain.evidence.items import ItemKind
from desktop.intake.sniff import kind_of, sniff

MAIL = b"Received: from a by b\r\nFrom: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n\r\nhi"


def a_picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(file, kind)
    return file.getvalue()


def a_pdf() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.drawString(72, 700, "notice")
    canvas.save()
    return file.getvalue()


def a_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "a")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (a_picture("PNG"), "image/png"),
        (a_picture("JPEG"), "image/jpeg"),
        (a_picture("GIF"), "image/gif"),
        (a_picture("WEBP"), "image/webp"),
        (a_pdf(), "application/pdf"),
        (b"\n\n%PDF-1.4 late start", "application/pdf"),
        (a_zip(), "application/zip"),
        (MAIL, "message/rfc822"),
        (b"From nobody Mon Nov 16 2026\n" + MAIL, "message/rfc822"),
        (b"\xef\xbb\xbf" + MAIL, "message/rfc822"),
        (b"From: a\n to be\nSubject: b\nNo header here", "text/plain"),
        (b"From: me\nTo: you\n\nDate: later", "text/plain"),
        (b"<!DOCTYPE html><p>x", "text/html"),
        (b"<svg xmlns='x'></svg>", "image/svg+xml"),
        (b"just words", "text/plain"),
        ("née".encode("utf-16"), "text/plain"),
        (b"\x00\x01\x02\x03", "application/octet-stream"),
        (b"bell\x07", "application/octet-stream"),
    ],
)
def test_sniff_judges_by_content(content: bytes, expected: str) -> None:
    assert sniff(content, "holiday.exe") == expected


def test_sniff_asks_the_name_only_for_kinds_of_text() -> None:
    assert sniff(b"a,b\n1,2\n", "list.csv") == "text/csv"
    assert sniff(b"a,b\n1,2\n", "list") == "text/plain"
    assert sniff(a_picture("PNG"), "list.csv") == "image/png"


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("message/rfc822", ItemKind.MAIL),
        ("application/pdf", ItemKind.PDF),
        ("image/png", ItemKind.PICTURE),
        ("image/svg+xml", ItemKind.FILE),
        ("text/plain", ItemKind.FILE),
        ("text/html", ItemKind.SAVED_PAGE),
        ("audio/ogg", ItemKind.SOUND),
    ],
)
def test_kind_of_names_what_it_is(media_type: str, kind: ItemKind) -> None:
    assert kind_of(media_type) is kind


def test_mail_of_outlook_is_told_from_other_files_of_its_build() -> None:
    begins = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    named = begins + "__nameid_version1.0".encode("utf-16-le")
    assert sniff(named, "letter.bin") == "application/vnd.ms-outlook"
    assert sniff(begins, "Letter.MSG") == "application/vnd.ms-outlook"
    assert sniff(begins, "letter.doc") != "application/vnd.ms-outlook"
    assert kind_of("application/vnd.ms-outlook") is ItemKind.MAIL


@pytest.mark.parametrize("letters", [b"BM", b"MZ", b"CWS", b"ID3", b"BZh", b"%PDF-1.7 "])
def test_mail_whose_first_letters_mark_another_kind_is_a_mail(letters: bytes) -> None:
    assert sniff(b"X-A: " + letters + b"\r\n" + MAIL) == "message/rfc822"
    assert sniff(letters.strip(b" ") + b": a\r\n" + MAIL) == "message/rfc822"


@pytest.mark.parametrize("words", [b"BMW is parked", b"MZ was here", b"CWS at ten", b"ID3 of it"])
def test_words_are_no_program_or_picture(words: bytes) -> None:
    assert sniff(words, "note.txt") == "text/plain"
    assert sniff(words + b"\x00\x01", "note.txt") != "text/plain"


def test_mail_that_came_a_long_way_is_a_mail() -> None:
    way = b"Received: from a by b; Thu, 19 Nov 2026 21:14:03 +0000\r\n\tfor c\r\n" * 200
    assert sniff(way + MAIL, "saved") == "message/rfc822"
    assert sniff(b"X-Spam: " + b"a" * 9000 + b"\r\n" + MAIL, "saved.EML") == "message/rfc822"
    assert sniff(b"Subject: a\r\n\r\nwords", "saved.eml") == "message/rfc822"
    assert sniff(b"Note: a\r\n\r\nwords", "saved.eml") == "text/plain"
    assert sniff(b"Note: a\r\n" * 2000, "saved") == "text/plain"
