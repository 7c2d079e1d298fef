import base64
import email
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from desktop.domain.errors import MailUnreadable, NotFound
from desktop.domain.evidence.inside import Listed
from desktop.intake.attachments import (
    list_attachments,
    mail_inside,
    open_mail,
    read_attachment,
    reduce_mail,
)
from desktop.intake.mail import read_mail
from desktop.intake.opened_mail import PARTS
from tests.intake.test_coded_text import uu
from tests.intake.test_mail import a_mail

PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


def with_photo() -> EmailMessage:
    message = a_mail()
    message.add_attachment(PHOTO, maintype="image", subtype="png", filename="photo.png")
    message.add_attachment(
        "a,b\r\nc,d", subtype="csv", filename="list.csv", cte="quoted-printable"
    )
    return message


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_attachments_come_out_as_they_were(ends: bytes) -> None:
    raw = with_photo().as_bytes(policy=SMTP).replace(b"\r\n", ends)
    listed = list_attachments(raw)
    assert [(one.name, one.media_type, one.index) for one in listed] == [
        ("photo.png", "image/png", 0),
        ("list.csv", "text/csv", 1),
    ]
    assert listed[0].size == len(PHOTO)
    assert read_attachment(raw, 0) == PHOTO
    assert read_attachment(raw, 1).split() == [b"a,b", b"c,d"]


def test_attachments_are_those_that_python_finds() -> None:
    raw = with_photo().as_bytes(policy=SMTP)
    others = [
        part.get_payload(decode=True)
        for part in email.message_from_bytes(raw).walk()
        if part.get_filename()
    ]
    assert [read_attachment(raw, place) for place in range(2)] == others


@pytest.mark.parametrize("index", [-1, 2, 99])
def test_there_is_none_of_another_index(index: int) -> None:
    with pytest.raises(NotFound):
        read_attachment(with_photo().as_bytes(), index)


def test_mail_within_keeps_its_bytes_and_is_named_with_what_is_in_it() -> None:
    inner = with_photo().as_bytes(policy=SMTP)
    head = (
        b"From: a@example.org\r\nContent-Type: multipart/mixed; boundary=xx\r\n\r\n--xx\r\n"
        b"Content-Type: message/rfc822; name=fwd.eml\r\n\r\n"
    )
    raw = head + inner + b"\r\n--xx--\r\n"
    assert read_attachment(raw, 0) == inner
    inside = mail_inside(raw)
    assert inside.listed is Listed.WHOLE
    assert [one.name for one in inside.names] == [
        "fwd.eml", "fwd.eml / photo.png", "fwd.eml / list.csv",
    ]  # fmt: skip


def test_mail_within_is_known_by_its_name_too() -> None:
    message = a_mail()
    message.add_attachment(
        with_photo().as_bytes(), maintype="application", subtype="x", filename="Old.EML"
    )
    names = [one.name for one in mail_inside(message.as_bytes()).names]
    assert names == ["Old.EML", "Old.EML / photo.png", "Old.EML / list.csv"]


def test_mails_too_deep_within_are_said_to_be_unlisted() -> None:
    raw = with_photo().as_bytes(policy=SMTP)
    for depth in range(5):
        mark = b"b%d" % depth
        raw = (
            b"From: a@example.org\r\nContent-Type: multipart/mixed; boundary=" + mark
            + b"\r\n\r\n--" + mark + b"\r\nContent-Type: message/rfc822\r\n\r\n" + raw
            + b"\r\n--" + mark + b"--\r\n"
        )  # fmt: skip
    inside = mail_inside(raw)
    assert inside.listed is Listed.PART
    assert "photo.png" not in inside.names[-1].name


def test_more_than_can_be_listed_is_said() -> None:
    part = b"--b\nContent-Type: image/png\n\nx\n"
    raw = b"From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n" + part * 300
    inside = mail_inside(raw)
    assert len(inside.names) == PARTS
    assert inside.listed is Listed.PART


def test_what_is_no_mail_cannot_be_named() -> None:
    assert mail_inside(b"no headers").listed is Listed.NOT
    with pytest.raises(MailUnreadable):
        open_mail(b"no headers", "a.eml")
    with pytest.raises(MailUnreadable):
        reduce_mail(b"no headers", "a.eml")


def test_empty_mail_within_is_said_to_be_unlisted() -> None:
    raw = (
        b"From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: message/rfc822\n\n\n--b--\n"
    )
    assert mail_inside(raw).listed is Listed.PART


def test_reduced_copy_has_every_field_and_word_and_nothing_else() -> None:
    message = with_photo()
    raw = message.as_bytes(policy=SMTP)
    reduced = reduce_mail(raw)
    coded = base64.encodebytes(PHOTO).split()
    assert not any(line in reduced for line in coded)
    before, after = read_mail(raw), read_mail(reduced)
    assert after.headers == before.headers
    assert after.hops == before.hops
    assert after.left_out
    assert not before.left_out
    assert "You will see." in after.body
    assert "[Left out of this copy: photo.png (image/png, about 10,248 bytes)]" in after.body
    assert b"X-Original-Content-Type: multipart/mixed" in reduced
    assert mail_inside(reduced).names == ()
    again = email.message_from_bytes(reduced)
    assert not again.is_multipart()
    assert again["From"] == message["From"]


def test_nothing_hidden_in_the_words_stays_in_a_reduced_copy() -> None:
    picture = base64.b64encode(PHOTO).decode()
    message = a_mail(f"words\n{uu(PHOTO)}\n")
    message.add_alternative(
        f'<p>other words<img src="data:image/png;base64,{picture}"></p>', subtype="html"
    )
    raw = message.as_bytes()
    assert [one.name for one in mail_inside(raw).names] == [
        "photo.jpg", "in the words (image/png)",
    ]  # fmt: skip
    assert read_attachment(raw, 0) == PHOTO
    assert read_attachment(raw, 1) == PHOTO
    reduced = reduce_mail(raw).decode()
    assert picture[:40] not in reduced
    assert uu(PHOTO).splitlines()[1] not in reduced
    assert "other words" in reduced


def test_field_cannot_break_out_of_the_head_of_a_reduced_copy() -> None:
    raw = b"From: a@example.org\nSubject: one\n two\rX-Evil: yes\n\nbody"
    fields = email.message_from_bytes(reduce_mail(raw))
    assert fields["X-Evil"] is None


def test_file_of_several_mails_is_said_to_hold_more() -> None:
    line = b"From nobody Mon Nov 16 21:14:03 2026\n"
    first = b"From: a@example.net\nSubject: one\n\nFrom here on words\n\nFrom me to you\nwords\n"
    assert mail_inside(line + first).listed is Listed.WHOLE
    assert mail_inside(line + first + b"\n" + line + first).listed is Listed.PART


def test_part_that_only_says_it_is_words_is_attached() -> None:
    coded = base64.b64encode(b"\x89PNG\r\n\x1a\n\x00\x00picture").decode()
    head = "From: a@example.net\nSubject: x\nContent-Transfer-Encoding: base64\n"
    hidden = f"{head}Content-Type: text/plain\n\n{coded}".encode()
    assert [one.name for one in mail_inside(hidden).names] == ["unnamed (text/plain)"]
    assert b"picture" not in reduce_mail(hidden)
    wide = base64.b64encode("Words".encode("utf-16")).decode()
    words = f"{head}Content-Type: text/plain; charset=utf-16\n\n{wide}".encode()
    assert mail_inside(words).names == ()
    assert b"Words" in reduce_mail(words)


def test_address_that_holds_a_file_is_taken_out_of_plain_words() -> None:
    mail = b"From: a@example.net\nSubject: x\n\nsee data:image/png;base64," + b"iVBOR" * 40
    assert [one.name for one in mail_inside(mail).names] == ["in the words (image/png)"]
    assert b"iVBOR" not in reduce_mail(mail)
