"""Reads a mail as text: its headers, its body, the names of what is attached; nothing more."""

from desktop.domain.errors import MailUnreadable
from desktop.domain.shown import MailView
from desktop.intake.attachments import LEFT_OUT, attachments_of
from desktop.intake.mail_parts import Part, decoded, take_apart
from desktop.intake.mail_text import as_text, body_of, clean_lines

__all__ = ["as_text", "clean_lines", "read_mail"]

MAIL_BYTES = 64 * 1024 * 1024
BODY_CHARACTERS = 200_000
RECEIVED = 50
SHOWN_HEADERS = (
    "From", "Sender", "Reply-To", "Return-Path", "To", "Cc", "Date", "Subject", "Message-ID",
    "In-Reply-To", "X-Originating-IP", "X-Mailer", "User-Agent", "Authentication-Results",
)  # fmt: skip


def read_mail(untrusted_mail: bytes, file_name: str = "") -> MailView:
    """Return what can be shown of a mail; raises MailUnreadable if it is none."""
    if len(untrusted_mail) > MAIL_BYTES:
        raise MailUnreadable(file_name)
    whole, parts = take_apart(untrusted_mail)
    headers = _headers(whole)
    if not headers:
        raise MailUnreadable(file_name)
    body = body_of(untrusted_mail, parts)
    return MailView(
        headers=headers,
        received=tuple(_all(whole, "Received")[:RECEIVED]),
        body=body.words[:BODY_CHARACTERS],
        attachments=attachments_of(untrusted_mail, parts),
        reduced=body.reduced,
        shortened=body.shortened or len(body.words) > BODY_CHARACTERS,
        left_out=bool(whole.all(LEFT_OUT)),
    )


def _headers(whole: Part) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name in SHOWN_HEADERS for value in _all(whole, name)[:5])


def _all(whole: Part, name: str) -> list[str]:
    return [text for value in whole.all(name) if (text := decoded(value))]
