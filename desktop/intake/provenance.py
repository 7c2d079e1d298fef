"""What the system noted of a file on disk: its times and where it was loaded from."""

import os
import plistlib
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from desktop.domain.evidence.items import clean_text
from desktop.domain.noted import Fact
from desktop.intake.extended import attribute

VALUE_CHARACTERS = 2000
STREAM_BYTES = 64 * 1024
KEEPS_STREAMS = sys.platform == "win32"
_MOST_PLACES = 10
_ZONES = {
    "0": "this computer",
    "1": "the local network",
    "2": "a trusted site",
    "3": "the internet",
    "4": "a restricted site",
}
_ZONE_LINES = {
    "hosturl": "Loaded from, as the system noted",
    "referrerurl": "Linked from, as the system noted",
    "lastwriterpackagefamilyname": "Written by the program, as the system noted",
}


def note_of(path: Path, opened_ns: int | None = None) -> tuple[Fact, ...]:
    """Return what the system noted of a file, without reading its content; () if there is none.

    `opened_ns` is when it was last opened, where this program itself has opened it since.
    """
    facts = _times(path, opened_ns)
    for source in (_zone_stream, _origin_attributes, _mac_attributes):
        facts += source(path)
    kept: dict[Fact, None] = {}
    for name, value in facts:
        clean = clean_text(value, VALUE_CHARACTERS).strip()
        if clean:
            kept[name, clean] = None
    return tuple(kept)


def _times(path: Path, opened_ns: int | None) -> list[Fact]:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return []
    facts = [("File last written", _time(found.st_mtime_ns))]
    made = _made_ns(found)
    if made:
        facts.append(("File made on this disk", _time(made)))
    last_opened = found.st_atime_ns if opened_ns is None else opened_ns
    facts.append(("File last opened before it came in", _time(last_opened)))
    return facts


def _made_ns(found: os.stat_result) -> int:
    """Return when the file was made where this system says so: Linux tells it to nobody."""
    if KEEPS_STREAMS:
        return found.st_ctime_ns
    return int(getattr(found, "st_birthtime", 0) * 1_000_000_000)


def _time(nanoseconds: int) -> str:
    try:
        moment = datetime.fromtimestamp(nanoseconds // 1_000_000_000, UTC)
    except (OSError, OverflowError, ValueError):
        return ""
    return f"{moment.day} {moment:%b %Y, %H:%M:%S} UTC"


def _zone_stream(path: Path) -> list[Fact]:
    """Read what Windows keeps beside a file that was loaded; some disks keep it as attribute."""
    text = _decoded(_beside(path)) or _decoded(attribute(path, "user.Zone.Identifier"))
    return read_zone(text)


def _beside(path: Path) -> bytes:
    if not KEEPS_STREAMS:
        return b""
    try:
        with open(f"{path}:Zone.Identifier", "rb") as stream:  # noqa: PTH123
            return stream.read(STREAM_BYTES)
    except (OSError, ValueError):
        return b""


def read_zone(untrusted_text: str) -> list[Fact]:
    """Return what the lines of a Zone.Identifier say."""
    facts: list[Fact] = []
    for line in untrusted_text.splitlines()[:40]:
        name, _equals, value = line.partition("=")
        key, value = name.strip().lower(), value.strip()
        if key == "zoneid":
            zone = _ZONES.get(value, "an unknown zone")
            facts.append(("Came from, as the system noted", zone))
        elif key in _ZONE_LINES and value:
            facts.append((_ZONE_LINES[key], value))
    return facts


def _origin_attributes(path: Path) -> list[Fact]:
    names = (("user.xdg.origin.url", "hosturl"), ("user.xdg.referrer.url", "referrerurl"))
    return [(_ZONE_LINES[line], _decoded(attribute(path, name))) for name, line in names]


def _mac_attributes(path: Path) -> list[Fact]:
    facts: list[Fact] = []
    for prefix in ("", "user."):
        places = read_where_froms(attribute(path, f"{prefix}com.apple.metadata:kMDItemWhereFroms"))
        labels = [_ZONE_LINES["hosturl"], *[_ZONE_LINES["referrerurl"]] * _MOST_PLACES]
        facts += zip(labels, places, strict=False)
        facts += read_quarantine(_decoded(attribute(path, f"{prefix}com.apple.quarantine")))
    return facts


def read_where_froms(untrusted_list: bytes) -> list[str]:
    """Return the addresses in the list that macOS keeps with a loaded file."""
    if not untrusted_list.startswith(b"bplist00"):
        return []
    try:
        found = plistlib.loads(untrusted_list, fmt=plistlib.FMT_BINARY)
    except (plistlib.InvalidFileException, ValueError, TypeError, LookupError, RecursionError,
            OverflowError, MemoryError):  # fmt: skip
        return []
    if not isinstance(found, list):
        return []
    return [place for place in found[:_MOST_PLACES] if isinstance(place, str)]


def read_quarantine(untrusted_text: str) -> list[Fact]:
    """Return when and by which program macOS says a file was loaded."""
    parts = untrusted_text.split(";")
    if len(parts) < 3:  # noqa: PLR2004
        return []
    facts: list[Fact] = []
    with suppress(ValueError):
        facts.append(("Loaded on, as the system noted", _time(int(parts[1], 16) * 1_000_000_000)))
    facts.append(("Loaded by the program, as the system noted", parts[2]))
    return facts


def _decoded(untrusted: bytes) -> str:
    if untrusted[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return untrusted.decode("utf-16", "replace")
    return untrusted.decode("utf-8-sig", "replace").rstrip("\x00")
