"""Takes a mail apart into its fields and parts without copying or opening them; linear in time."""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message

from desktop.domain.evidence.items import clean_text
from desktop.intake.coded_text import from_base64
from desktop.intake.files import clean_name
from desktop.intake.opened_mail import PARTS, Fields

DEPTH = 20
FIELDS = 1000
FIELD_BYTES = 16_384
SHOWN_CHARACTERS = 2_000
ODD = (
    LookupError, ValueError, TypeError, AttributeError, AssertionError, MessageError,
    HeaderParseError,
)  # fmt: skip
_FIELD = re.compile(rb"([!-9;-~]{1,76})[ \t]*:")
_OF_PARTS = frozenset(("content-type", "content-disposition", "content-transfer-encoding"))
# No mail is in these, and a long text is read in them for minutes.
_OF_NAMES = frozenset(("punycode", "idna"))
WORDS = frozenset(("text/plain", "text/html", "text/enriched", "text/richtext"))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a mail: its fields, and where in the bytes its content lies."""

    fields: Fields
    start: int
    end: int

    def all(self, name: str) -> list[str]:
        """Return every field of this name as it stands."""
        wanted = name.lower()
        return [value for key, value in self.fields if key.lower() == wanted]

    @property
    def shape(self) -> Message:
        """What the fields say of the content, for those who can read parameters."""
        message = Message()
        for name, value in self.fields:
            if name.lower() in _OF_PARTS and name not in message:
                message[name] = value
        return message

    @property
    def media_type(self) -> str:
        """What it says it is; text unless it says otherwise."""
        return clean_text(self.shape.get_content_type(), 80)

    @property
    def encoding(self) -> str:
        """How its content is written: base64, quoted-printable or as it is."""
        said = self.all("Content-Transfer-Encoding")
        return said[0].split(";")[0].strip().lower() if said else ""

    @property
    def charset(self) -> str:
        """The character set that it says it is in."""
        try:
            said = self.shape.get_content_charset() or "utf-8"
        except ODD:
            return "utf-8"
        return _known(said)

    @property
    def file_name(self) -> str:
        """The name that it gives itself, safe to show; '' if none."""
        try:
            untrusted_name = self.shape.get_filename() or ""
        except ODD:
            return "attachment"
        return clean_name(decoded(untrusted_name)) if untrusted_name else ""

    @property
    def is_attached(self) -> bool:
        """Whether it came with the mail and is none of its words."""
        shape = self.shape
        try:
            attached = shape.get_content_disposition() == "attachment"
        except ODD:
            attached = True
        return attached or bool(self.file_name) or self.media_type not in WORDS


def take_apart(raw: bytes, most: int = PARTS) -> tuple[Part, tuple[Part, ...]]:
    """Return the mail and its parts that hold something; a mail inside it stays closed.

    One part more than `most` says that there are more.
    """
    whole = _read_part(raw, _after_envelope(raw), len(raw))
    waiting = [(whole, 0)]
    found: list[Part] = []
    while waiting and len(found) <= most:
        part, depth = waiting.pop(0)
        inner = _inner(raw, part) if depth < DEPTH else []
        if inner:
            waiting[:0] = [(piece, depth + 1) for piece in inner]
        else:
            found.append(part)
    return whole, tuple(found)


def content_of(raw: bytes, part: Part) -> bytes:
    """Return the content of a part as it was before it was written for the mail."""
    content = raw[part.start : part.end]
    if part.encoding == "base64":
        return from_base64(content)
    if part.encoding == "quoted-printable":
        return quopri.decodestring(content)
    return content


def size_of(raw: bytes, part: Part) -> int:
    """Return how large the content of a part is, without reading it as what it is."""
    size = part.end - part.start
    if part.encoding != "base64":
        return size
    breaks = raw.count(b"\n", part.start, part.end) + raw.count(b"\r", part.start, part.end)
    padding = raw.count(b"=", max(part.start, part.end - 4), part.end)
    return max(0, (size - breaks) * 3 // 4 - padding)


def decoded(untrusted_value: str) -> str:
    """Return the words of a field: its encoded words read, in one line, safe to show."""
    value = " ".join(untrusted_value[: 4 * SHOWN_CHARACTERS].split())
    try:
        pieces = [
            piece.decode(_known(charset), "replace") if isinstance(piece, bytes) else piece
            for piece, charset in decode_header(value)
        ]
        value = "".join(pieces)
    except ODD:
        pass
    return clean_text(value.encode("utf-8", "replace").decode(), SHOWN_CHARACTERS).strip()


def _known(charset: str | None) -> str:
    return "utf-8" if charset is None or charset in _OF_NAMES else charset


def read_fields(raw: bytes, start: int, end: int) -> tuple[Fields, int]:
    """Return the fields at the top, and where what follows them begins."""
    fields: list[tuple[str, str]] = []
    name, value = "", b""
    for begins, ends in _lines(raw, start, end):
        line = raw[begins : min(ends, begins + FIELD_BYTES)].rstrip(b"\r\n")
        if line[:1] in (b" ", b"\t") and name:
            # Bytes are copied to be joined: once it is full, a million lines more cost nothing.
            if len(value) < FIELD_BYTES:
                value = (value + line)[:FIELD_BYTES]
            continue
        if name and len(fields) < FIELDS:
            fields.append((name, _as_words(value)))
        found = _FIELD.match(line)
        if not found:
            return tuple(fields), ends if not line.strip() else begins
        name, value = found[1].decode("ascii"), line[found.end() :].lstrip()
    if name and len(fields) < FIELDS:
        fields.append((name, _as_words(value)))
    return tuple(fields), end


def _read_part(raw: bytes, start: int, end: int) -> Part:
    fields, body = read_fields(raw, start, end)
    return Part(fields, body, end)


def _after_envelope(raw: bytes) -> int:
    start = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
    while raw.startswith((b"From ", b">From ", b"\r\n", b"\n"), start):
        line_end = raw.find(b"\n", start)
        if line_end < 0:
            return len(raw)
        start = line_end + 1
    return start


def _lines(raw: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        found = raw.find(b"\n", start, end)
        after = end if found < 0 else found + 1
        yield start, after
        start = after


def _as_words(value: bytes) -> str:
    line = value.replace(b"\r", b" ")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _inner(raw: bytes, part: Part) -> list[Part]:
    shape = part.shape
    if shape.get_content_maintype() != "multipart":
        return []
    try:
        boundary = str(shape.get_boundary() or "").encode("utf-8", "replace")
    except ODD:
        return []
    if not boundary:
        return []
    pieces = _between(raw, part.start, part.end, b"--" + boundary)
    return [_read_part(raw, start, end) for start, end in pieces]


def _between(raw: bytes, start: int, end: int, mark: bytes) -> list[tuple[int, int]]:
    """Return where the pieces between the lines of this mark lie."""
    pieces: list[tuple[int, int]] = []
    opened, place = -1, start
    while len(pieces) <= PARTS and (found := raw.find(mark, place, end)) >= 0:
        place = found + len(mark)
        if found != start and raw[found - 1] not in b"\r\n":
            continue
        line_end = raw.find(b"\n", place, end)
        after = end if line_end < 0 else line_end + 1
        rest = raw[place : min(after, place + 80)].strip()
        if rest not in (b"", b"--"):
            continue
        if opened >= 0:
            pieces.append((opened, max(opened, _before_break(raw, found))))
        opened, place = (-1, end) if rest else (after, after)
    if opened >= 0:
        pieces.append((opened, end))
    return pieces


def _before_break(raw: bytes, place: int) -> int:
    if raw[place - 2 : place] == b"\r\n":
        return place - 2
    return place - 1
