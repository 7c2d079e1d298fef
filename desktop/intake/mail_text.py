"""The words of a mail: its plain text, or its HTML reduced to what a person would read."""

import re

from desktop.domain.evidence.items import clean_text
from desktop.intake.coded_text import take_from_markup, take_from_words
from desktop.intake.markup import text_of
from desktop.intake.opened_mail import Attached, Body

MOST_CHARACTERS = 4_000_000
_ADDRESSES = re.compile(r"<[^<>\s]{1,600}>|https?://\S+")
_SIGNS = re.compile(r"[\W_]+")


def body_of(plain: str, marked: str) -> tuple[Body, list[Attached]]:
    """Return the words of a mail from its plain text and its HTML, and files written in them."""
    shortened = max(len(plain), len(marked)) > MOST_CHARACTERS
    bare, addressed = take_from_markup(plain[:MOST_CHARACTERS])
    words, files = take_from_words(bare)
    markup, more = take_from_markup(marked[:MOST_CHARACTERS])
    read = text_of(markup) if marked else ""
    reduced = not words.strip() and bool(marked)
    other = "" if reduced or not _says_more(read, words) else _clean(read)
    both = addressed + files + more
    return Body(_clean(read if reduced else words), reduced, other, shortened), both


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


def _clean(text: str) -> str:
    return clean_lines(text, MOST_CHARACTERS)


def _says_more(read: str, words: str) -> bool:
    return bool(read) and _bare(read) not in _bare(words)


def _bare(text: str) -> str:
    return _SIGNS.sub("", _ADDRESSES.sub("", text)).casefold()
