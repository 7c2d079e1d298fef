"""Opens a mail that was saved as it was sent (.eml): its fields, its words, what came with it."""

import re
from dataclasses import replace
from functools import partial

from desktop.intake.mail_parts import ODD, Part, content_of, size_of, take_apart
from desktop.intake.mail_text import MOST_CHARACTERS, as_text, body_of
from desktop.intake.opened_mail import PARTS, Attached, OpenedMail

_LOOKED_AT = 4096
_MORE_MAILS = re.compile(rb"\n\r?\nFrom [^\r\n]{1,500}\r?\n[!-9;-~]{1,76}:")


def open_eml(untrusted_mail: bytes) -> OpenedMail:
    """Take it apart; nothing that came with it is read before it is asked for."""
    if b"\n" not in untrusted_mail:
        untrusted_mail = untrusted_mail.replace(b"\r", b"\n")
    whole, parts = take_apart(untrusted_mail)
    are_words = [not (part.is_attached or _is_binary(untrusted_mail, part)) for part in parts]
    own = [part for part, is_own in zip(parts, are_words, strict=True) if is_own]
    marked = [part for part in own if part.media_type == "text/html"]
    plain = [part for part in own if part not in marked]
    body, written = body_of(_joined(untrusted_mail, plain), _joined(untrusted_mail, marked))
    others = [part for part, is_own in zip(parts, are_words, strict=True) if not is_own]
    attached = [_attached(untrusted_mail, part) for part in others]
    listed = (attached + written)[:PARTS]
    complete = len(parts) <= PARTS and len(attached) + len(written) <= PARTS
    if untrusted_mail.startswith(b"From ") and _MORE_MAILS.search(untrusted_mail):
        complete = False
    return OpenedMail(whole.fields, body, tuple(listed), complete)


def _is_binary(raw: bytes, part: Part) -> bool:
    """Say whether a part that calls itself words is none: a picture, say, under another name."""
    if part.charset.lower().startswith(("utf-16", "utf-32", "utf16", "utf32")):
        return False
    beginning = content_of(raw, replace(part, end=min(part.end, part.start + _LOOKED_AT)))
    return b"\0" in beginning.rstrip(b"\0")


def _attached(raw: bytes, part: Part) -> Attached:
    name = part.file_name or f"unnamed ({part.media_type})"
    return Attached(name, part.media_type, size_of(raw, part), partial(content_of, raw, part))


def _joined(raw: bytes, parts: list[Part]) -> str:
    return "\n\n".join(_text(raw, part) for part in parts)


def _text(raw: bytes, part: Part) -> str:
    data = content_of(raw, part)[: 4 * MOST_CHARACTERS]
    try:
        return data.decode(part.charset)
    except ODD:
        return as_text(data)
