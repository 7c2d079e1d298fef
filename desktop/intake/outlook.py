"""Opens a mail that Outlook saved (.msg): the same fields, words and names as of any mail."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial

import olefile

from desktop.domain.errors import MailUnreadable, NotFound
from desktop.domain.evidence.items import clean_text
from desktop.intake.files import clean_name
from desktop.intake.kinds import media_type_of
from desktop.intake.mail_parts import read_fields
from desktop.intake.mail_text import MOST_CHARACTERS, as_text, body_of
from desktop.intake.opened_mail import PARTS, Attached, Fields, OpenedMail

WITHIN = 3
OUTLOOK = "application/vnd.ms-outlook"
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR, _ENTRIES, _SPARE = 512, 128, 110
_ODD = (
    OSError, ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError,
    struct.error, AssertionError,
)  # fmt: skip
_FIXED = "__properties_version1.0"
_ATTACHED = "__attach_version1.0_#"
_STREAM = "__substg1.0_"
_TOP, _INNER = 32, 8
_UNICODE, _BYTES, _LETTERS, _TIME, _STORAGE = 0x001F, 0x0102, 0x001E, 0x0040, 0x000D
_HEADERS, _PLAIN, _HTML, _RICH = 0x007D, 0x1000, 0x1013, 0x1009
_NAMES, _KIND, _DATA = (0x3707, 0x3704, 0x3001), 0x370E, 0x3701
_NAMELESS = "attachment"
_SENT, _DELIVERED, _CODE_PAGE = 0x0039, 0x0E06, 0x3FFD
_SUBJECT, _TO, _CC, _ID, _ANSWERED = 0x0037, 0x0E04, 0x0E03, 0x1035, 0x1042
_SENDER_NAME, _SENDERS = 0x0C1A, (0x5D01, 0x5D02, 0x0C1F, 0x0065)
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def is_compound(untrusted: bytes) -> bool:
    """Say whether these bytes begin as Outlook's files do; other files begin so too."""
    return untrusted.startswith(_MAGIC)


def open_outlook(untrusted_mail: bytes, file_name: str = "") -> OpenedMail:
    """Take it apart; raises MailUnreadable where it is no mail of Outlook's."""
    try:
        refuse_tricks(untrusted_mail)
        with olefile.OleFileIO(io.BytesIO(untrusted_mail)) as ole:
            return _Message(ole, untrusted_mail).open()
    except _ODD as error:
        raise MailUnreadable(file_name) from error


def refuse_tricks(untrusted_mail: bytes) -> None:
    """Refuse a file whose table of sectors is larger than the file can need."""
    tables = struct.unpack_from("<I", untrusted_mail, 44)[0]
    if tables > len(untrusted_mail) // (_SECTOR * _ENTRIES) + _SPARE:
        raise ValueError("its table is larger than the file")


@dataclass(slots=True)
class _Message:
    """Outlook's file while it is read: its streams by name, its properties by number."""

    ole: olefile.OleFileIO
    untrusted_mail: bytes
    folders: dict[str, set[str]] = field(default_factory=dict)

    def open(self) -> OpenedMail:
        if self.ole.root.size > len(self.untrusted_mail) or not self.ole.exists(_FIXED):
            raise ValueError("it is no mail")
        body, written = body_of(*self._words())
        attached = [*self._attached(), *written]
        whole = len(attached) <= PARTS
        return OpenedMail(self._fields(), body, tuple(attached[:PARTS]), whole)

    def _fields(self) -> Fields:
        headers = self.text("", _HEADERS)
        if headers:
            raw = headers.lstrip("\r\n").encode("utf-8", "replace")
            start = raw.find(b"\n") + 1 if raw.startswith(b"Microsoft Mail Internet") else 0
            return read_fields(raw, start, len(raw))[0]
        return tuple((name, value) for name, value in self._own_fields() if value)

    def _own_fields(self) -> Iterator[tuple[str, str]]:
        """Yield what Outlook noted of a mail that came without its headers."""
        address = next((found for one in _SENDERS if (found := self.text("", one))), "")
        name = self.text("", _SENDER_NAME)
        yield "From", f"{name} <{address}>" if name and address else name or address
        yield "To", self.text("", _TO)
        yield "Cc", self.text("", _CC)
        yield "Date", self._time(_SENT) or self._time(_DELIVERED)
        yield "Subject", self.text("", _SUBJECT)
        yield "Message-ID", self.text("", _ID)
        yield "In-Reply-To", self.text("", _ANSWERED)

    def _words(self) -> tuple[str, str]:
        plain = self.text("", _PLAIN)
        marked = self.text("", _HTML) or as_text(self.bare("", _HTML, _BYTES)[:MOST_CHARACTERS])
        return plain, marked

    def _attached(self, within: str = "", depth: int = WITHIN) -> Iterator[Attached]:
        for folder in sorted(self._folders().get(within, ()))[: PARTS + 1]:
            yield self._one(f"{within}{folder}/", depth)

    def _folders(self) -> dict[str, set[str]]:
        """Return the storages of attachments by the storage that they lie in."""
        if not self.folders:
            for entry in self.ole.listdir(streams=True, storages=True):
                for place, name in enumerate(entry):
                    if name.startswith(_ATTACHED):
                        parent = "".join(f"{each}/" for each in entry[:place])
                        self.folders.setdefault(parent, set()).add(name)
        return self.folders

    def _mail_within(self, folder: str, name: str, depth: int) -> Attached:
        """Name a mail that lies within, and what came with it; it comes out only as a whole."""
        if not depth:
            return Attached(name, OUTLOOK, 0, None)
        inner: list[Attached] = []
        for one in self._attached(f"{_path(folder, _DATA, _STORAGE)}/", depth - 1):
            inner.append(one)
            inner += [replace(each, name=f"{one.name} / {each.name}") for each in one.inner or ()]
        return Attached(name, OUTLOOK, 0, None, tuple(inner[: PARTS + 1]))

    def _one(self, folder: str, depth: int) -> Attached:
        untrusted_name = next((found for one in _NAMES if (found := self.text(folder, one))), "")
        path = _path(folder, _DATA, _BYTES)
        if not self.ole.exists(path):
            name = clean_name(untrusted_name or _NAMELESS)
            if self.ole.exists(f"{_path(folder, _DATA, _STORAGE)}/{_FIXED}"):
                return self._mail_within(folder, name, depth)
            return Attached(name, "application/octet-stream", 0, None)
        kind = clean_text(self.text(folder, _KIND), 80) or media_type_of(untrusted_name)
        name = clean_name(untrusted_name) if untrusted_name else f"unnamed ({kind})"
        take = partial(_take, self.untrusted_mail, path)
        return Attached(name, kind, int(self.ole.get_size(path)), take)

    def _time(self, number: int) -> str:
        for tag, value in self._properties():
            if tag == number << 16 | _TIME:
                moment = _EPOCH + timedelta(microseconds=value // 10)
                return format_datetime(moment)
        return ""

    def _properties(self) -> Iterator[tuple[int, int]]:
        raw = self.read(_FIXED)
        for place in range(_TOP, len(raw) - 15, 16):
            tag, _flags, value = struct.unpack_from("<IIQ", raw, place)
            yield tag, value

    def text(self, folder: str, number: int) -> str:
        """Return a property of letters, or ''."""
        wide = self.bare(folder, number, _UNICODE)
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return as_text(self.bare(folder, number, _LETTERS)).rstrip("\0")

    def bare(self, folder: str, number: int, kind: int) -> bytes:
        """Return a property as it stands, or nothing."""
        return self.read(_path(folder, number, kind))

    def read(self, path: str) -> bytes:
        """Return a stream, or nothing; raises ValueError where it says it is too large."""
        if not self.ole.exists(path):
            return b""
        if self.ole.get_size(path) > len(self.untrusted_mail):
            raise ValueError("a stream is larger than the file")
        read: bytes = self.ole.openstream(path).read()
        return read


def _take(untrusted_mail: bytes, path: str) -> bytes:
    try:
        with olefile.OleFileIO(io.BytesIO(untrusted_mail)) as ole:
            return _Message(ole, untrusted_mail).read(path)
    except _ODD as error:
        raise NotFound("attachment") from error


def _path(folder: str, number: int, kind: int) -> str:
    return f"{folder}{_STREAM}{number:04X}{kind:04X}"
