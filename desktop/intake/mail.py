"""Reads a mail as text: its headers, its path, its words, the names of what came with it."""

from desktop.domain.errors import MailUnreadable
from desktop.domain.evidence.shown import MailView
from desktop.intake.attachments import LEFT_OUT, open_mail
from desktop.intake.mail_parts import decoded
from desktop.intake.mail_path import read_checks, read_hops
from desktop.intake.opened_mail import OpenedMail

BODY_CHARACTERS = 200_000
RECEIVED = 50
SHOWN_HEADERS = (
    "From", "Sender", "Reply-To", "Return-Path", "To", "Cc", "Date", "Subject", "Message-ID",
    "In-Reply-To", "X-Originating-IP", "X-Mailer", "User-Agent", "Authentication-Results",
    "Received-SPF",
)  # fmt: skip
_EACH = 5


def read_mail(untrusted_mail: bytes, file_name: str = "") -> MailView:
    """Return what can be shown of a mail; raises MailUnreadable if it is none."""
    opened = open_mail(untrusted_mail, file_name)
    headers = tuple((name, value) for name in SHOWN_HEADERS for value in _all(opened, name))
    received = tuple(_all(opened, "Received", RECEIVED))
    if not (headers or received):
        raise MailUnreadable(file_name)
    body = opened.body
    return MailView(
        headers=headers,
        received=received,
        body=body.words[:BODY_CHARACTERS],
        attachments=opened.listed(),
        reduced=body.reduced,
        shortened=body.shortened or len(body.words) > BODY_CHARACTERS,
        hops=read_hops(received),
        checks=read_checks(_all(opened, "Authentication-Results"), _all(opened, "Received-SPF")),
        other_words=body.other[:BODY_CHARACTERS],
        left_out=bool(opened.all(LEFT_OUT)),
    )


def _all(opened: OpenedMail, name: str, most: int = _EACH) -> list[str]:
    return [text for value in opened.all(name)[:most] if (text := decoded(value))]
