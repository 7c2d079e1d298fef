import importlib.util
import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import MailUnreadable
from desktop.intake import mail
from desktop.intake.attachments import MAIL_BYTES
from desktop.intake.mail import read_mail
from desktop.intake.mail_text import as_text, clean_lines
from desktop.intake.opened_mail import PARTS
from desktop.operations.reading.decoding import TASKS, decode_here
from desktop.operations.reading.plain_data import from_text, pack, to_text, unpack

_PACKAGE = importlib.util.find_spec("test.test_email")
_PYTHON_MAILS = (
    sorted((Path(_PACKAGE.origin).parent / "data").glob("msg_*.txt"))
    if _PACKAGE and _PACKAGE.origin
    else []
)


def a_mail(body: str = "You will see.", **headers: str) -> EmailMessage:
    message = EmailMessage()
    given = {
        "Received": "from relay.example.net by mx.example.org; Thu, 19 Nov 2026 21:14:03 +0000",
        "Return-Path": "<bounce@example.net>",
        "From": "Night Owl <nightowl@example.net>",
        "Reply-To": "other@example.com",
        "To": "learner@example.org",
        "Date": "Thu, 19 Nov 2026 21:14:00 +0000",
        "Subject": "you will see",
        "Message-ID": "<1@example.net>",
    }
    for name, value in {**given, **headers}.items():
        message[name] = value
    message.set_content(body)
    return message


def test_read_mail_shows_headers_body_and_path() -> None:
    view = read_mail(a_mail().as_bytes())
    assert view.header("From") == "Night Owl <nightowl@example.net>"
    assert view.header("reply-to") == "other@example.com"
    assert view.header("Return-Path") == "<bounce@example.net>"
    assert view.header("Message-ID") == "<1@example.net>"
    assert view.header("Bcc") == ""
    assert len(view.received) == 1
    assert view.received[0].startswith("from relay.example.net")
    assert view.body.strip() == "You will see."
    assert not view.reduced
    assert not view.shortened
    assert view.attachments == ()


def test_encoded_headers_are_read() -> None:
    view = read_mail(a_mail(Subject="Où es-tu ?").as_bytes())
    assert view.header("Subject") == "Où es-tu ?"


def test_header_in_an_unknown_charset_is_shown_as_it_stands() -> None:
    raw = b"From: a@example.org\nSubject: =?no-such-charset?B?eHg=?=\n\nbody"
    assert read_mail(raw).header("Subject") == "=?no-such-charset?B?eHg=?="


def test_attachments_are_named_and_never_opened() -> None:
    message = a_mail()
    message.add_attachment(b"x" * 3000, maintype="image", subtype="png", filename="../../evil.exe")
    message.add_attachment("text,note", filename="note.csv", subtype="csv")
    inner = a_mail("inner words")
    message.add_attachment(inner)
    view = read_mail(message.as_bytes())
    assert [part.name for part in view.attachments] == [
        "evil.exe",
        "note.csv",
        "unnamed (message/rfc822)",
    ]
    assert 2900 < view.attachments[0].size < 3200
    assert view.attachments[0].media_type == "image/png"
    assert "inner words" not in view.body


def test_attachment_without_a_readable_name_is_still_listed() -> None:
    raw = (
        b"From: a@example.org\nContent-Type: application/x; name*=no-such''%ff\n"
        b"Content-Disposition: attachment; filename*0*=bad'%zz\n\nbody"
    )
    view = read_mail(raw)
    assert len(view.attachments) == 1


def test_html_is_reduced_to_its_words() -> None:
    message = a_mail()
    message.set_content(
        "<html><head><title>t</title><style>p{}</style></head><body><p>Hello<br>you &amp; me"
        '</p><script>alert("x")</script><img src="http://tracker.example/x.gif">'
        '<a href="http://example.org/a?b=1&amp;c=2">look</a></body></html>',
        subtype="html",
    )
    view = read_mail(message.as_bytes())
    assert view.reduced
    assert view.body == "Hello\nyou & me\nlook <http://example.org/a?b=1&c=2>"


def test_plain_text_is_preferred_to_html() -> None:
    message = a_mail("plain words")
    message.add_alternative("<p>html words</p>", subtype="html")
    view = read_mail(message.as_bytes())
    assert view.body.strip() == "plain words"
    assert not view.reduced


@pytest.mark.parametrize("charset", ["no-such-charset", "utf-8", "us-ascii"])
def test_wrong_charset_loses_no_words(charset: str) -> None:
    raw = (
        b"From: a@example.org\nContent-Type: text/plain; charset="
        + charset.encode()
        + b"\nContent-Transfer-Encoding: 8bit\n\ncaf\xe9 tonight"
    )
    assert read_mail(raw).body == "café tonight"


def test_control_and_direction_marks_are_taken_out() -> None:
    view = read_mail(a_mail("safe\u202eevil\x1b[31m\tend", Subject="a\u202eb").as_bytes())
    assert view.header("Subject") == "ab"
    assert view.body.strip() == "safeevil[31m    end"


def test_long_body_is_shortened_and_says_so() -> None:
    view = read_mail(a_mail("word " * 60_000).as_bytes())
    assert view.shortened
    assert len(view.body) <= mail.BODY_CHARACTERS


@pytest.mark.parametrize("raw", [b"", b"no headers at all", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64])
def test_what_is_no_mail_is_unreadable(raw: bytes) -> None:
    with pytest.raises(MailUnreadable) as caught:
        read_mail(raw, "letter.eml")
    assert caught.value.file_name == "letter.eml"


def test_mail_beyond_the_limit_is_unreadable() -> None:
    with pytest.raises(MailUnreadable):
        read_mail(b"From: a\n\n" + b"x" * MAIL_BYTES)


def test_mail_nested_without_end_is_bounded() -> None:
    lines = [b"From: a@example.org"]
    for depth in range(3000):
        lines += [b"Content-Type: multipart/mixed; boundary=b%d" % depth, b"", b"--b%d" % depth]
    view = read_mail(b"\n".join(lines))
    assert [one.media_type for one in view.attachments] == ["multipart/mixed"]


def test_mail_of_very_many_parts_is_bounded() -> None:
    part = b"--b\nContent-Type: image/png\n\nx\n"
    raw = b"From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n" + part * 3000
    assert len(read_mail(raw).attachments) == PARTS


@pytest.mark.parametrize(
    "hostile",
    ["<!--" * 50_000, "<" * 200_000, "<script>" * 30_000, "<a href='" * 25_000, "&#" * 100_000],
)
def test_hostile_html_takes_no_more_than_a_moment(hostile: str) -> None:
    raw = f"From: a@example.org\nContent-Type: text/html\n\n{hostile}".encode()
    began = time.process_time()
    read_mail(raw)
    assert time.process_time() - began < 5


def test_body_in_a_broken_encoding_is_shown_as_far_as_it_goes() -> None:
    raw = b"From: a@example.org\nContent-Transfer-Encoding: base64\n\nSGVsbG8gdGhlcmU*broken"
    assert read_mail(raw).body


@pytest.mark.skipif(not _PYTHON_MAILS, reason="this Python comes without its test suite")
@pytest.mark.parametrize("path", _PYTHON_MAILS, ids=lambda path: path.stem)
def test_mails_of_the_python_test_suite_are_read(path: Path) -> None:
    try:
        view = read_mail(path.read_bytes(), path.name)
    except MailUnreadable:
        return
    assert view.headers


@given(st.binary(max_size=2000))
def test_read_mail_never_fails_otherwise(tail: bytes) -> None:
    view = read_mail(b"From: a@example.org\nX-Odd: " + tail)
    assert view.header("From") == "a@example.org"


@given(st.text(alphabet="From:\n\t ;=\"'<>Contenty-Tp*%boundary0/mixed?B", max_size=400))
def test_read_mail_never_fails_on_near_mails(text: str) -> None:
    view = read_mail(b"From: a@example.org\n" + text.encode())
    assert view.headers


def test_as_text_reads_what_it_can() -> None:
    assert as_text("née".encode()) == "née"
    assert as_text("née".encode("utf-16")) == "née"
    assert as_text(b"\xef\xbb\xbfnote") == "note"
    assert as_text(b"caf\xe9") == "café"
    assert as_text(b"\xff\xfe\x00") != ""


def test_clean_lines_keeps_lines_and_limits() -> None:
    assert clean_lines("a\r\nb\x00c", 100) == "a\nbc"
    assert clean_lines("abcdef", 3) == "abc"


def test_mail_with_the_line_ends_of_old_is_read() -> None:
    view = read_mail(b"From: a@example.org\rSubject: old\r\rwords\rmore")
    assert view.header("Subject") == "old"
    assert view.body == "words\nmore"


def test_words_that_differ_in_html_are_shown_too() -> None:
    message = a_mail("Hello you.")
    message.add_alternative("<p>Hello <b>you</b></p>", subtype="html")
    assert read_mail(message.as_bytes()).other_words == ""
    message = a_mail("Hello you.")
    message.add_alternative("<p>I know where you live</p>", subtype="html")
    assert read_mail(message.as_bytes()).other_words == "I know where you live"


def test_path_and_checks_are_read() -> None:
    results = "mx.example.org; spf=pass smtp.mailfrom=example.net"
    view = read_mail(a_mail(**{"Authentication-Results": results}).as_bytes())
    assert view.hops[0].by == "mx.example.org"
    assert view.checks[0].about == "example.net"


@pytest.mark.parametrize(
    "task", ["mail", "mail inside", "attachments", "attachment", "mail reduced"]
)
def test_what_is_read_of_a_mail_crosses_a_pipe_unchanged(task: str) -> None:
    message = a_mail()
    message.add_attachment(b"x" * 300, maintype="image", subtype="png", filename="photo.png")
    given = {"index": 0} if task == "attachment" else {"file_name": "a.eml"}
    answer = decode_here(task, message.as_bytes(), **given)
    plain, blobs = pack(answer)
    crossed = from_text(to_text(plain))
    assert unpack(TASKS[task].answer, crossed, tuple(blobs)) == answer


def test_headers_that_nothing_is_shown_of_are_no_mail() -> None:
    with pytest.raises(MailUnreadable):
        read_mail(b"X-Odd: one\n\nwords")
