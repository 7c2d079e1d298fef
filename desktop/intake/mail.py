"""Reads a mail as text: its headers, its body, the names of what is attached; nothing more."""

import email
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.policy import compat32

from desktop.domain.errors import MailUnreadable
from desktop.domain.evidence import clean_text
from desktop.domain.shown import Attachment, MailView
from desktop.intake.files import clean_name
from desktop.intake.markup import text_of

MAIL_BYTES = 64 * 1024 * 1024
BODY_CHARACTERS = 200_000
HEADER_CHARACTERS = 2_000
PARTS = 200
RECEIVED = 50
SHOWN_HEADERS = (
    "From", "Reply-To", "Return-Path", "To", "Cc", "Date", "Subject", "Message-ID",
    "Authentication-Results",
)  # fmt: skip
_ODD = (LookupError, ValueError, TypeError, AttributeError, MessageError, AssertionError)


def read_mail(untrusted_mail: bytes, file_name: str = "") -> MailView:
    """Return what can be shown of a mail; raises MailUnreadable if it is none."""
    if len(untrusted_mail) > MAIL_BYTES:
        raise MailUnreadable(file_name)
    try:
        message = email.message_from_bytes(untrusted_mail, policy=compat32)
        parts = _leaves(message)
    except (RecursionError, *_ODD) as error:
        raise MailUnreadable(file_name) from error
    headers = _headers(message)
    if not headers:
        raise MailUnreadable(file_name)
    body, reduced, shortened = _body(parts)
    return MailView(
        headers=headers,
        received=tuple(_all(message, "Received")[:RECEIVED]),
        body=body,
        attachments=tuple(_attachment(part) for part in parts if _is_attached(part)),
        reduced=reduced,
        shortened=shortened,
    )


def _leaves(message: Message) -> list[Message]:
    """Return the parts that hold something, in order; a mail inside the mail stays closed."""
    waiting: list[Message] = [message]
    found: list[Message] = []
    while waiting and len(found) < PARTS:
        part = waiting.pop(0)
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting[:0] = [piece for piece in inner[:PARTS] if isinstance(piece, Message)]
        else:
            found.append(part)
    return found


def _headers(message: Message) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name in SHOWN_HEADERS for value in _all(message, name)[:5])


def _all(message: Message, name: str) -> list[str]:
    values = message.get_all(name) or []
    return [text for value in values if (text := _decoded(str(value)))]


def _decoded(untrusted_value: str) -> str:
    value = " ".join(untrusted_value[: 4 * HEADER_CHARACTERS].split())
    try:
        pieces = [
            piece.decode(charset or "utf-8", "replace") if isinstance(piece, bytes) else piece
            for piece, charset in decode_header(value)
        ]
        value = "".join(pieces)
    except (HeaderParseError, *_ODD):
        pass
    return clean_text(value.encode("utf-8", "replace").decode(), HEADER_CHARACTERS).strip()


def _is_attached(part: Message) -> bool:
    if part.get_content_disposition() == "attachment" or _file_name(part):
        return True
    return part.get_content_maintype() != "text"


def _attachment(part: Message) -> Attachment:
    untrusted_name = _file_name(part)
    kind = clean_text(part.get_content_type(), 80)
    name = clean_name(untrusted_name) if untrusted_name else f"unnamed ({kind})"
    inner = part.get_payload()
    raw = len(inner) if isinstance(inner, str) else 0
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    return Attachment(name, kind, raw * 3 // 4 if encoding == "base64" else raw)


def _file_name(part: Message) -> str:
    try:
        return _decoded(part.get_filename() or "")
    except _ODD:
        return "attachment"


def _body(parts: list[Message]) -> tuple[str, bool, bool]:
    own = [part for part in parts if not _is_attached(part)]
    plain = [part for part in own if part.get_content_type() == "text/plain"]
    chosen = plain or [part for part in own if part.get_content_type() == "text/html"] or own
    reduced = bool(chosen) and chosen[0].get_content_type() == "text/html"
    limit = 4 * BODY_CHARACTERS
    text = "\n\n".join(_text(part)[:limit] for part in chosen)
    shortened = len(text) > limit
    text = text[:limit]
    text = text_of(text) if reduced else text
    return clean_lines(text, BODY_CHARACTERS), reduced, shortened or len(text) > BODY_CHARACTERS


def _text(part: Message) -> str:
    try:
        payload = part.get_payload(decode=True)
    except _ODD:
        return str(part.get_payload())
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except _ODD:
        return as_text(data)


def as_text(untrusted_bytes: bytes) -> str:
    """Read bytes as text whatever their encoding: UTF-8 or UTF-16 if they are, else Latin-1."""
    encoding = "utf-16" if untrusted_bytes[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return untrusted_bytes.decode(encoding)
    except UnicodeDecodeError:
        return untrusted_bytes.decode("cp1252", "replace")


def clean_lines(untrusted_text: str, limit: int) -> str:
    """Make text of many lines safe to show: no control characters or direction marks."""
    lines = untrusted_text[:limit].replace("\t", "    ").splitlines()
    return "\n".join(clean_text(line, limit) for line in lines)
