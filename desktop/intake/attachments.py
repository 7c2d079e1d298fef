"""Names what came with a mail, takes one out of it, or leaves all of it out; opens nothing."""

from dataclasses import replace

from desktop.domain.errors import MailUnreadable, NotFound
from desktop.domain.evidence.inside import Inside, InsideName, Listed
from desktop.domain.evidence.shown import Attachment
from desktop.intake.eml import open_eml
from desktop.intake.kinds import media_type_of
from desktop.intake.opened_mail import PARTS, Attached, OpenedMail
from desktop.intake.outlook import OUTLOOK, is_compound, open_outlook

MAIL = "message/rfc822"
MAIL_BYTES = 64 * 1024 * 1024
WITHIN = 3
LEFT_OUT = "X-Left-Out"
LEFT_OUT_TEXT = "[Left out of this copy: {name} ({media_type}, about {size:,} bytes)]"
_OF_CONTENT = frozenset(
    ("content-type", "content-transfer-encoding", "content-disposition", "mime-version")
)


def open_mail(untrusted_mail: bytes, file_name: str = "") -> OpenedMail:
    """Take a mail apart, whatever program saved it; raises MailUnreadable if it is none."""
    if len(untrusted_mail) > MAIL_BYTES:
        raise MailUnreadable(file_name)
    if is_compound(untrusted_mail):
        return open_outlook(untrusted_mail, file_name)
    opened = open_eml(untrusted_mail)
    if not opened.fields:
        raise MailUnreadable(file_name)
    return opened


def list_attachments(untrusted_mail: bytes, file_name: str = "") -> tuple[Attachment, ...]:
    """Return what came with a mail, in order, each with the index that takes it out."""
    return open_mail(untrusted_mail, file_name).listed()


def mail_inside(untrusted_mail: bytes, file_name: str = "") -> Inside:
    """Name everything that came with a mail, and what is in the mails that came with it."""
    kind = OUTLOOK if is_compound(untrusted_mail) else MAIL
    try:
        names, whole = _names(untrusted_mail, file_name, WITHIN)
    except MailUnreadable:
        return Inside(kind, (), Listed.NOT)
    return Inside(kind, names, Listed.WHOLE if whole else Listed.PART)


def read_attachment(untrusted_mail: bytes, index: int, file_name: str = "") -> bytes:
    """Return the bytes of one attachment; raises NotFound where there is none of this index."""
    attached = open_mail(untrusted_mail, file_name).attached
    take = attached[index].take if 0 <= index < len(attached) else None
    if take is None:
        raise NotFound("attachment")
    return take()


def reduce_mail(untrusted_mail: bytes, file_name: str = "") -> bytes:
    """Return the header fields as they stand and the words, with nothing that came with it.

    It is a mail again: the fields that told how the whole was written are kept under other names.
    """
    opened = open_mail(untrusted_mail, file_name)
    head = [_field(name, value) for name, value in opened.fields]
    head += [
        f"{LEFT_OUT}: {len(opened.attached)}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    left_out = [
        LEFT_OUT_TEXT.format(name=one.name, media_type=one.media_type, size=one.size)
        for one in opened.attached
    ]
    words = [*opened.body.words.split("\n"), "", *opened.body.other.split("\n"), "", *left_out]
    return "\r\n".join([*head, "", *words, ""]).encode("utf-8", "replace")


def _field(name: str, value: str) -> str:
    before = "X-Original-" if name.lower() in _OF_CONTENT else ""
    return " ".join(f"{before}{name}: {value}".splitlines())


def _names(
    untrusted_mail: bytes, file_name: str, depth: int
) -> tuple[tuple[InsideName, ...], bool]:
    opened = open_mail(untrusted_mail, file_name)
    names = [InsideName(one.name, one.media_type, one.size) for one in opened.attached]
    whole = opened.whole
    for one in opened.attached:
        if not _is_mail(one):
            continue
        inner, complete = _within(one, depth)
        names += [replace(name, name=f"{one.name} / {name.name}") for name in inner]
        whole = whole and complete
    return tuple(names[:PARTS]), whole and len(names) <= PARTS


def _within(one: Attached, depth: int) -> tuple[tuple[InsideName, ...], bool]:
    if one.inner is not None:
        inner = tuple(InsideName(each.name, each.media_type, each.size) for each in one.inner)
        return inner, not any(_is_closed(each) for each in one.inner)
    try:
        return _names(one.take() if one.take and depth else b"", "", depth - 1)
    except MailUnreadable:
        return (), False


def _is_mail(one: Attached) -> bool:
    return not {one.media_type, media_type_of(one.name)}.isdisjoint((MAIL, OUTLOOK))


def _is_closed(one: Attached) -> bool:
    """Say whether it is a mail of which it is not known what is in it."""
    return _is_mail(one) and one.inner is None
