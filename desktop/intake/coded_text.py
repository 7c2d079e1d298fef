"""Takes out of the words of a mail the files that are written out in them as letters."""

import binascii
import re
from collections.abc import Callable, Iterator
from functools import partial

from desktop.intake.files import clean_name
from desktop.intake.opened_mail import PARTS, Attached

_BEGIN = re.compile(r"begin(?:-base64)? [0-7]{3,4} (\S.{0,200})")
_CODED = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
_QUOTED = re.compile(r"\A(?:[ \t]{0,4}>){1,20} ?")
_ENOUGH = 4
_ADDRESS = re.compile(
    r"data:([a-zA-Z0-9.+-]{1,60}/[a-zA-Z0-9.+-]{1,60})?"
    r"((?:;[^,;\"'<>\s]{1,60}){0,4}),([^\"'<>\s)]*)",
    re.IGNORECASE,
)
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
_NO_LETTER = re.compile(rb"[^A-Za-z0-9+/]+")
_SHORT = 64
UNNAMED = "file without a name"
STRETCH = "coded letters in the words"


def take_from_words(text: str) -> tuple[str, list[Attached]]:
    """Return text without the files written out in it, and those files."""
    found: list[Attached] = []
    kept: list[str] = []
    lines = text.split("\n")
    # An answer repeats what it answers behind marks; a file is written out there all the same.
    bare = [_QUOTED.sub("", line, count=1) if ">" in line[:80] else line for line in lines]
    place = 0
    while place < len(lines):
        one, after = _file_at(lines, place) if len(found) < PARTS else (None, place)
        if one is None and bare[place] is not lines[place] and len(found) < PARTS:
            one, after = _file_at(bare, place)
        if one is None:
            kept.append(lines[place])
            place += 1
            continue
        found.append(one)
        kept.append(_instead(one))
        place = after
    return "\n".join(kept), found


def take_from_markup(untrusted_html: str) -> tuple[str, list[Attached]]:
    """Return HTML without the files that stand in its addresses, and those files."""
    found: list[Attached] = []

    def replace(match: re.Match[str]) -> str:
        if len(match[3]) >= _SHORT and len(found) < PARTS:
            found.append(_from_address(match))
        return "data:" if len(match[3]) >= _SHORT else match[0]

    return _ADDRESS.sub(replace, untrusted_html), found


def _file_at(lines: list[str], place: int) -> tuple[Attached | None, int]:
    begin = _BEGIN.fullmatch(lines[place].rstrip())
    if begin and place + 1 < len(lines) and _is_coded(lines[place], lines[place + 1]):
        return _written_out(lines, place, begin[1])
    if not _CODED.fullmatch(lines[place].strip()):
        return None, place
    after = place
    while after < len(lines) and _CODED.fullmatch(lines[after].strip()):
        after += 1
    if after - place < _ENOUGH:
        return None, place
    size = sum(len(line.strip()) for line in lines[place:after]) * 3 // 4
    return Attached(STRETCH, "application/octet-stream", size, None), after


def _is_coded(begin: str, line: str) -> bool:
    if begin.startswith("begin-base64"):
        return True
    count = (ord(line[0]) - 32) % 64 if line else 0
    return bool(line) and len(line.rstrip()) <= 1 + -(-count // 3) * 4 + 1


def _written_out(lines: list[str], place: int, untrusted_name: str) -> tuple[Attached, int]:
    is_base64 = lines[place].startswith("begin-base64")
    ends = ("====",) if is_base64 else ("end",)
    after = place + 1
    while after < len(lines) and lines[after].strip() not in ends:
        after += 1
    written = lines[place + 1 : after]
    take = partial(_from_base64_lines if is_base64 else _from_uu, written)
    size = sum(max(0, len(line.strip()) - (not is_base64)) for line in written) * 3 // 4
    name = clean_name(untrusted_name) or UNNAMED
    return Attached(name, "application/octet-stream", size, take), after + 1


def _from_uu(lines: list[str]) -> bytes:
    return b"".join(_uu_lines(lines))


def _uu_lines(lines: list[str]) -> Iterator[bytes]:
    for line in lines:
        coded = line.rstrip("\r").encode("ascii", "replace")
        try:
            yield binascii.a2b_uu(coded)
        except binascii.Error:
            count = ((coded[:1] or b" ")[0] - 32) % 64
            short = coded[: 1 + -(-count // 3) * 4]
            yield _or_nothing(partial(binascii.a2b_uu, short))


def _from_base64_lines(lines: list[str]) -> bytes:
    return from_base64("".join(lines).encode("ascii", "replace"))


def _from_address(match: re.Match[str]) -> Attached:
    media_type = (match[1] or "text/plain").lower()
    is_base64 = match[2].lower().endswith(";base64")
    written = match[3]
    size = len(written) * 3 // 4 if is_base64 else len(written)
    take = partial(_address_bytes, written, is_base64=is_base64)
    return Attached(f"in the words ({media_type})", media_type, size, take)


def _address_bytes(written: str, *, is_base64: bool) -> bytes:
    raw = written.encode("utf-8", "replace")
    plain = _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), raw)
    return from_base64(plain) if is_base64 else plain


def from_base64(content: bytes) -> bytes:
    """Read base64 as far as it goes: what is no letter of it is passed over."""
    read = _or_nothing(partial(binascii.a2b_base64, content))
    if read or not content.strip():
        return read
    letters = _NO_LETTER.sub(b"", content)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _or_nothing(read: Callable[[], bytes]) -> bytes:
    try:
        return read()
    except binascii.Error:
        return b""


def _instead(one: Attached) -> str:
    return f"[{one.name}, about {one.size:,} bytes, was written out as letters here]"
