import email
import struct
import zipfile
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.errors import MailUnreadable, NotFound
from desktop.domain.evidence.inside import Listed
from desktop.intake.attachments import list_attachments, mail_inside, read_attachment, reduce_mail
from desktop.intake.mail import read_mail
from desktop.intake.outlook import OUTLOOK
from desktop.intake.sniff import sniff
from tests.intake.outlook_files import (
    FIXED,
    Node,
    a_message,
    an_attachment,
    properties,
    stream_name,
    write_compound,
)

HEADERS = (
    "Microsoft Mail Internet Headers Version 2.0\r\n"
    "Received: from out.example.net (out.example.net [192.0.2.7]) by mx.example.org; "
    "Thu, 19 Nov 2026 21:14:03 +0000\r\n"
    "From: Night Owl <owl@example.net>\r\nReply-To: other@example.com\r\n"
    "Subject: you will see\r\nMessage-ID: <1@example.net>\r\n\r\n"
)
PHOTO = b"\x89PNG" + b"x" * 9000
INNER = {FIXED: properties(top=False), stream_name(0x1000): "inner words".encode("utf-16-le")}


def a_file(**more: object) -> bytes:
    given = {
        "attached": [
            an_attachment("../photo.png", PHOTO, "image/png"),
            an_attachment("", b"note" * 2000),
            {FIXED: properties(top=False), stream_name(0x3701, 0x000D): INNER},
        ],
        **more,
    }
    texts = {0x007D: HEADERS, 0x1000: "You will see.", 0x0037: "not this"}
    return write_compound(a_message(texts, **given))  # type: ignore[arg-type]


def test_mail_of_outlook_gives_the_same_view() -> None:
    view = read_mail(a_file())
    assert view.header("From") == "Night Owl <owl@example.net>"
    assert view.header("Reply-To") == "other@example.com"
    assert view.header("Subject") == "you will see"
    assert view.hops[0].seen_address == "192.0.2.7"
    assert view.body.strip("\0") == "You will see."
    assert [(one.name, one.media_type, one.index) for one in view.attachments] == [
        ("photo.png", "image/png", 0),
        ("unnamed (application/octet-stream)", "application/octet-stream", 1),
        ("attachment", OUTLOOK, -1),
    ]


def test_file_is_known_by_its_bytes() -> None:
    assert sniff(write_compound({FIXED: b""}), "letter.bin") == OUTLOOK
    assert sniff(a_file(), "letter.msg") == OUTLOOK


def test_attachment_comes_out_as_it_was() -> None:
    assert list_attachments(a_file())[0].size == len(PHOTO)
    assert read_attachment(a_file(), 0) == PHOTO
    with pytest.raises(NotFound):
        read_attachment(a_file(), 2)


def within(inner: Node, name: str) -> dict[str, bytes | Node]:
    """Return the streams of a mail that is attached to a mail."""
    named = {FIXED: properties(top=False), stream_name(0x3707): name.encode("utf-16-le")}
    return {**named, stream_name(0x3701, 0x000D): inner}


def test_inside_is_named_with_what_came_with_the_mails_within() -> None:
    inside = mail_inside(a_file())
    assert inside.kind == OUTLOOK
    assert inside.names[0].name == "photo.png"
    assert inside.listed is Listed.WHOLE
    deepest = a_message({}, [an_attachment("b.png", PHOTO), an_attachment("c.txt", b"c")])
    middle = a_message({}, [within(deepest, "inner"), an_attachment("a.png", PHOTO)])
    whole = mail_inside(write_compound(a_message({0x0C1A: "Owl"}, [within(middle, "outer")])))
    assert whole.listed is Listed.WHOLE
    assert [one.name for one in whole.names] == [
        "outer", "outer / inner", "outer / inner / b.png", "outer / inner / c.txt",
        "outer / a.png",
    ]  # fmt: skip


def test_mails_too_deep_within_are_said_to_be_unlisted() -> None:
    inner: Node = a_message({}, [an_attachment("a.png", PHOTO)])
    for _ in range(5):
        inner = a_message({0x0C1A: "Owl"}, [within(inner, "mail")])
    inside = mail_inside(write_compound(inner))
    assert inside.listed is Listed.PART
    assert "a.png" not in inside.names[-1].name


def test_what_is_neither_bytes_nor_mail_is_named() -> None:
    odd = {FIXED: properties(top=False), stream_name(0x3707): "table".encode("utf-16-le")}
    inside = mail_inside(write_compound(a_message({0x0C1A: "Owl"}, [odd])))
    assert [(one.name, one.media_type) for one in inside.names] == [
        ("table", "application/octet-stream")
    ]


def test_subject_cannot_break_out_of_the_head_of_a_reduced_copy() -> None:
    texts = {0x0C1A: "Owl", 0x0037: "one\r\nX-Evil: yes"}
    reduced = email.message_from_bytes(reduce_mail(write_compound(a_message(texts))))
    assert reduced["X-Evil"] is None
    assert reduced["Subject"] == "one X-Evil: yes"


def test_reduced_copy_is_an_ordinary_mail_without_what_was_attached() -> None:
    reduced = reduce_mail(a_file())
    assert b"\x89PNG" not in reduced
    view = read_mail(reduced)
    assert view.left_out
    assert view.header("Message-ID") == "<1@example.net>"
    assert "[Left out of this copy: photo.png (image/png" in view.body
    assert view.attachments == ()


def test_mail_without_headers_shows_what_outlook_noted() -> None:
    sent = datetime(2026, 11, 19, 21, 14, 3) - datetime(1601, 1, 1)
    at = sent // timedelta(microseconds=1) * 10
    texts = {
        0x0C1A: "Night Owl",
        0x5D01: "owl@example.net",
        0x0E04: "learner@example.org",
        0x0037: "you will see",
        0x1035: "<1@example.net>",
    }
    html = {stream_name(0x1013, 0x0102): b"<p>Hello<br>you</p>"}
    view = read_mail(write_compound(a_message(texts, extra=html, times={0x0039: at})))
    assert view.header("From") == "Night Owl <owl@example.net>"
    assert view.header("Date") == "Thu, 19 Nov 2026 21:14:03 +0000"
    assert view.header("Message-ID") == "<1@example.net>"
    assert view.reduced
    assert view.body.strip() == "Hello\nyou"
    assert view.hops == ()


def test_name_alone_is_shown_where_there_is_no_address() -> None:
    view = read_mail(write_compound(a_message({0x0C1A: "Night Owl"})))
    assert view.headers == (("From", "Night Owl"),)


def test_letters_of_one_byte_are_read_too() -> None:
    extra = {stream_name(0x0037, 0x001E): b"caf\xe9", stream_name(0x0C1A, 0x001E): b"Owl"}
    assert read_mail(write_compound(a_message({}, extra=extra))).header("Subject") == "café"


def test_other_files_of_its_build_are_no_mail() -> None:
    document = write_compound({"WordDocument": b"x" * 5000})
    with pytest.raises(MailUnreadable) as caught:
        read_mail(document, "letter.doc")
    assert caught.value.file_name == "letter.doc"
    assert mail_inside(document).listed is Listed.NOT


def test_table_larger_than_the_file_is_refused() -> None:
    raw = bytearray(a_file())
    struct.pack_into("<I", raw, 44, 100_000)
    with pytest.raises(MailUnreadable):
        read_mail(bytes(raw))


def test_stream_that_says_it_is_larger_than_the_file_is_refused() -> None:
    raw = a_file()
    name = stream_name(0x1000).encode("utf-16-le")
    at = raw.index(name) + 120
    spoiled = raw[:at] + struct.pack("<Q", 1 << 31) + raw[at + 8 :]
    with pytest.raises(MailUnreadable):
        read_mail(spoiled)


def test_attachment_that_says_it_is_larger_than_the_file_does_not_come_out() -> None:
    raw = a_file()
    name = stream_name(0x3701, 0x0102).encode("utf-16-le")
    at = raw.index(name) + 120
    spoiled = raw[:at] + struct.pack("<Q", 1 << 30) + raw[at + 8 :]
    assert list_attachments(spoiled)[0].size == 1 << 30
    with pytest.raises(NotFound):
        read_attachment(spoiled, 0)


def test_half_a_file_is_unreadable() -> None:
    with pytest.raises(MailUnreadable):
        read_mail(a_file()[:700])


def test_a_zip_is_no_mail_of_outlook() -> None:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("a", b"b")
    with pytest.raises(MailUnreadable):
        read_mail(held.getvalue())


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30_000), st.integers(0, 255)), max_size=40))
def test_spoiled_files_are_read_or_refused(changes: list[tuple[int, int]]) -> None:
    raw = bytearray(_WHOLE)
    for at, value in changes:
        raw[at % len(raw)] = value
    try:
        read_mail(bytes(raw))
    except MailUnreadable:
        return


_WHOLE = a_file()
