"""Reads a chat export, as text or as a ZIP that holds the text beside media that stay closed."""

import re

from desktop.domain.evidence.chats import ChatView, DayOrder, OrderKnown, Phone
from desktop.domain.evidence.inside import Inside, InsideName, Listed
from desktop.domain.evidence.items import clean_text
from desktop.intake import zips
from desktop.intake.chat_lines import (
    Start,
    order_of,
    phone_of,
    read_start,
    split_writer,
    write_date,
)
from desktop.intake.files import clean_name
from desktop.intake.kinds import media_type_of
from desktop.intake.mail_text import as_text
from desktop.intake.pieces import PiecedFile

MOST_MESSAGES = 200_000
TEXT_BYTES = 48 * 1024 * 1024
MESSAGE_CHARACTERS = 20_000
_NAME_CHARACTERS = 100
_CHAT_FILE = re.compile(r"(?:^|/)(?:_chat|WhatsApp Chat[^/]*)\.txt$", re.IGNORECASE)
_NAMED = (
    re.compile(r"^\u200e?<(?:attached|Anhang|pièce jointe|adjunto)\s?: ?([^<>\n]{1,200})>"),
    re.compile(r"^\u200e?([^\n/\\]{1,200}\.\w{2,5}) \((?:file attached|Datei angehängt)\)"),
)
_OMITTED = re.compile(
    r"^\u200e?<?(?:Media|image|video|audio|sticker|document|GIF|Contact card|"
    r"[^\n]{1,200} document) omitted>?\s*$",
    re.IGNORECASE,
)


def find_chat(untrusted: PiecedFile) -> zips.ZipEntry | None:
    """Return the member of a ZIP that is the text of a chat; None if it holds none."""
    try:
        entries = zips.read_list(untrusted).entries
    except zips.ODD:
        return None
    return next((entry for entry in entries if _CHAT_FILE.search(entry.name)), None)


def name_media(untrusted: PiecedFile) -> Inside:
    """Return what lies beside the text in a chat export; raises nothing."""
    try:
        found = zips.read_list(untrusted)
    except zips.ODD:
        return Inside("application/zip", (), Listed.NOT)
    names = tuple(
        InsideName(clean_name(entry.name), media_type_of(entry.name), entry.size)
        for entry in found.entries
        if not entry.is_folder and not _CHAT_FILE.search(entry.name)
    )
    return Inside("application/zip", names, Listed.WHOLE if found.whole else Listed.PART)


def read_chat(
    untrusted: bytes, file_name: str = "", size: int = 0, head: int = 0
) -> ChatView | None:
    """Return the messages of an export, text or ZIP; None if it is none."""
    if not untrusted.startswith(b"PK"):
        return _read_text(untrusted, cut=size > len(untrusted))
    file = PiecedFile(untrusted, size, head)
    entry = find_chat(file)
    if entry is None:
        return None
    try:
        text = zips.read_member(file, entry, TEXT_BYTES)
    except zips.ODD:
        return None
    media = tuple((one.name, one.size) for one in name_media(file).names)
    return _read_text(text, media, cut=entry.size > len(text))


def _read_text(
    untrusted: bytes, media: tuple[tuple[str, int], ...] = (), *, cut: bool = False
) -> ChatView | None:
    # Only a line feed ends a line: a message may hold any other mark that breaks lines.
    lines = as_text(untrusted[:TEXT_BYTES]).replace("\r\n", "\n").split("\n")
    phone = phone_of(lines)
    if phone is None:
        return None
    starts, texts = _messages(phone, lines)
    order, surely = order_of([start.date for start in starts])
    split = [split_writer(phone, text) for text in texts]
    names = tuple(_named(words) for _writer, words in split)
    return ChatView(
        times=tuple(f"{write_date(one.date, order)}T{one.time}" for one in starts),
        writers=tuple(_tidy(writer, _NAME_CHARACTERS) for writer, _words in split),
        texts=tuple(_tidy(words, MESSAGE_CHARACTERS) for _writer, words in split),
        names=names,
        order=order,
        known=_known(order, surely),
        phone=phone,
        left_out=sum(
            "omitted" in words and _OMITTED.match(words) is not None for _, words in split
        ),
        shortened=cut or len(starts) == MOST_MESSAGES or len(untrusted) > TEXT_BYTES,
        media=media,
    )


def _messages(phone: Phone, lines: list[str]) -> tuple[list[Start], list[str]]:
    starts: list[Start] = []
    gathered: list[list[str]] = []
    for line in lines:
        start = read_start(phone, line)
        if start is not None:
            if len(starts) == MOST_MESSAGES:
                break
            starts.append(start)
            gathered.append([start.rest])
        elif gathered:
            gathered[-1].append(line)
    return starts, ["\n".join(one).rstrip("\n") for one in gathered]


def _known(order: DayOrder, surely: bool) -> OrderKnown:
    if order is DayOrder.AMBIGUOUS:
        return OrderKnown.NOT_KNOWN
    return OrderKnown.BY_DATE if surely else OrderKnown.BY_SEQUENCE


def _named(words: str) -> str:
    if ")" not in words and ">" not in words:
        return ""
    for style in _NAMED:
        found = style.match(words)
        if found:
            return clean_name(found[1])
    return ""


def _tidy(text: str, limit: int) -> str:
    if text.isprintable() and text.isascii():
        return text[:limit]
    lines = text[:limit].replace("\t", "    ").splitlines()
    return "\n".join(clean_text(line, limit) for line in lines)
