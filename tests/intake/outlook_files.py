"""Writes files as Outlook saves its mails, straight from the format and without any library."""

import struct
from collections.abc import Mapping, Sequence

SECTOR = 512
END, FREE, FAT, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FIXED = "__properties_version1.0"
Node = Mapping[str, "bytes | Node"]


def stream_name(number: int, kind: int = 0x001F) -> str:
    """Return the name of the stream of a property."""
    return f"__substg1.0_{number:04X}{kind:04X}"


def properties(top: bool = True, times: Mapping[int, int] | None = None) -> bytes:
    """Return the stream of the fixed properties, with these times in tenths of microseconds."""
    entries = b"".join(
        struct.pack("<IIQ", number << 16 | 0x0040, 6, value)
        for number, value in (times or {}).items()
    )
    return bytes(32 if top else 8) + entries


def a_message(
    texts: Mapping[int, str],
    attached: Sequence[Node] = (),
    extra: Mapping[str, bytes] | None = None,
    times: Mapping[int, int] | None = None,
) -> dict[str, "bytes | Node"]:
    """Return the streams of a message: words by number, attachments as streams of their own."""
    found: dict[str, bytes | Node] = {FIXED: properties(times=times)}
    found |= {stream_name(number): text.encode("utf-16-le") for number, text in texts.items()}
    found |= {f"__attach_version1.0_#{number:08X}": one for number, one in enumerate(attached)}
    return {**found, **(extra or {})}


def an_attachment(name: str, content: bytes, kind: str = "") -> dict[str, "bytes | Node"]:
    """Return the streams of something that is attached."""
    found: dict[str, bytes | Node] = {FIXED: properties(top=False)}
    if name:
        found[stream_name(0x3707)] = name.encode("utf-16-le")
    if kind:
        found[stream_name(0x370E)] = kind.encode("utf-16-le")
    found[stream_name(0x3701, 0x0102)] = content
    return found


def write_compound(root: Node) -> bytes:
    """Return a compound file with these streams and storages; every stream in whole sectors."""
    entries: list[list[object]] = []
    _add(entries, "Root Entry", 5, root)
    sectors: list[bytes] = []
    table: list[int] = []
    for entry in entries:
        data = entry[6]
        if isinstance(data, bytes) and data:
            entry[4] = _chain(sectors, table, data.ljust(4096, b"\0"))
            entry[5] = max(len(data), 4096)
    directory = b"".join(_entry(each) for each in entries)
    first = _chain(sectors, table, directory)
    tables = -(-(len(table) + len(table) // 127 + 1) // 128)
    where = range(len(sectors), len(sectors) + tables)
    table += [FAT] * tables
    table += [FREE] * (tables * 128 - len(table))
    sectors += [struct.pack("<128I", *table[at : at + 128]) for at in range(0, len(table), 128)]
    listed = [*where, *[FREE] * (109 - tables)]
    head = MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIIII", tables, first, 0, 4096, END, 0, END, 0, listed[0])
    head += struct.pack("<108I", *listed[1:])
    return head + b"".join(sectors)


def _add(entries: list[list[object]], name: str, kind: int, node: Node) -> int:
    """Add a storage and all in it; siblings hang one under the other to the right."""
    own = len(entries)
    entry: list[object] = [name, kind, NONE, NONE, END, 0, None]
    entries.append(entry)
    before: list[object] | None = None
    for child in sorted(node, key=lambda each: (len(each), each.upper())):
        held = node[child]
        place = len(entries)
        if isinstance(held, bytes):
            entries.append([child, 2, NONE, NONE, END, len(held), held])
        else:
            _add(entries, child, 1, held)
        if before is None:
            entry[3] = place
        else:
            before[2] = place
        before = entries[place]
    return own


def _chain(sectors: list[bytes], table: list[int], data: bytes) -> int:
    first = len(sectors)
    for at in range(0, len(data), SECTOR):
        sectors.append(data[at : at + SECTOR].ljust(SECTOR, b"\0"))
        table.append(len(sectors))
    table[-1] = END
    return first


def _entry(entry: list[object]) -> bytes:
    name, kind, right, child, start, size = entry[:6]
    wide = str(name).encode("utf-16-le")
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBB", len(wide) + 2, kind, 1)
        + struct.pack("<III", NONE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
