"""Names what came with a mail, takes one out of it, or leaves all of it out; opens nothing."""

from dataclasses import replace

from desktop.domain.errors import MailUnreadable, NotFound
from desktop.domain.inside import Inside, InsideName, Listed
from desktop.domain.shown import Attachment
from desktop.intake.mail_parts import PARTS, Part, content_of, size_of, take_apart
from desktop.intake.mail_text import body_of

MAIL = "message/rfc822"
WITHIN = 3
LEFT_OUT = "X-Left-Out"
LEFT_OUT_TEXT = "[Left out when this copy was made: {name} ({media_type}, {size:,} bytes)]"


def list_attachments(untrusted_mail: bytes, file_name: str = "") -> tuple[Attachment, ...]:
    """Return what came with a mail, in order, each with the index that takes it out."""
    return attachments_of(untrusted_mail, take_apart(untrusted_mail)[1])


def attachments_of(raw: bytes, parts: tuple[Part, ...]) -> tuple[Attachment, ...]:
    """Return what came with a mail that was taken apart."""
    attached = [part for part in parts if part.is_attached][:PARTS]
    return tuple(
        Attachment(
            part.file_name or f"unnamed ({part.media_type})",
            part.media_type,
            size_of(raw, part),
            index,
        )
        for index, part in enumerate(attached)
    )


def mail_inside(untrusted_mail: bytes, file_name: str = "") -> Inside:
    """Name everything that came with a mail, and what is in the mails that came with it."""
    names, whole = _names(untrusted_mail, WITHIN)
    return Inside(MAIL, names, Listed.WHOLE if whole else Listed.PART)


def read_attachment(untrusted_mail: bytes, index: int) -> bytes:
    """Return the bytes of one attachment; raises NotFound where there is none of this index."""
    attached = [part for part in take_apart(untrusted_mail)[1] if part.is_attached][:PARTS]
    if not 0 <= index < len(attached):
        raise NotFound("attachment")
    return content_of(untrusted_mail, attached[index])


def reduce_mail(untrusted_mail: bytes, file_name: str = "") -> bytes:
    """Return the header fields as they stand and the words, with nothing that was attached."""
    whole, parts = take_apart(untrusted_mail)
    if not whole.fields:
        raise MailUnreadable(file_name)
    attached = attachments_of(untrusted_mail, parts)
    words = body_of(untrusted_mail, parts).words
    lines = [
        LEFT_OUT_TEXT.format(name=a.name, media_type=a.media_type, size=a.size) for a in attached
    ]
    head = "".join(
        f"{'X-Original-' if name.lower() in _OF_CONTENT else ''}{name}: {value}\r\n"
        for name, value in whole.fields
    )
    head += f"{LEFT_OUT}: {len(attached)}\r\n"
    head += "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return (head + "\r\n".join([*words.split("\n"), "", *lines])).encode("utf-8", "replace")


_OF_CONTENT = frozenset(
    ("content-type", "content-transfer-encoding", "content-disposition", "mime-version")
)


def _names(raw: bytes, depth: int) -> tuple[tuple[InsideName, ...], bool]:
    _whole, parts = take_apart(raw)
    attached = attachments_of(raw, parts)
    names = [InsideName(one.name, one.media_type, one.size) for one in attached]
    complete = len(parts) <= PARTS
    for one in attached:
        if one.media_type != MAIL:
            continue
        if depth == 0:
            complete = False
            continue
        inner, whole = _names(read_attachment(raw, one.index), depth - 1)
        names += [replace(name, name=f"{one.name} / {name.name}") for name in inner]
        complete = complete and whole
    return tuple(names), complete
