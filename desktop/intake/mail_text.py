"""The words of a mail: its plain text, or its HTML reduced to what a person would read."""

from dataclasses import dataclass

from desktop.domain.evidence import clean_text
from desktop.intake.mail_parts import ODD, Part, content_of
from desktop.intake.markup import text_of

MOST_CHARACTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class Body:
    """The words; whether they were HTML; those of the HTML where they differ; cut at the end."""

    words: str
    reduced: bool = False
    other: str = ""
    shortened: bool = False


def body_of(raw: bytes, parts: tuple[Part, ...]) -> Body:
    """Return the words of a mail that was taken apart."""
    own = [part for part in parts if not part.is_attached]
    plain = [part for part in own if part.media_type == "text/plain"]
    marked = [part for part in own if part.media_type == "text/html"]
    chosen = plain or marked or own
    text = "\n\n".join(_text(raw, part) for part in chosen)
    shortened = len(text) > MOST_CHARACTERS
    text = text[:MOST_CHARACTERS]
    reduced = bool(marked) and not plain
    return Body(
        clean_lines(text_of(text) if reduced else text, MOST_CHARACTERS), reduced, "", shortened
    )


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


def _text(raw: bytes, part: Part) -> str:
    data = content_of(raw, part)[: 4 * MOST_CHARACTERS]
    try:
        return data.decode(part.charset)
    except ODD:
        return as_text(data)
