"""What an Office file says of itself and what is embedded in it; the document is not opened."""

import re
import struct

import olefile

from desktop.domain.evidence.inside import Inside, InsideName, Listed
from desktop.domain.evidence.items import clean_text
from desktop.domain.noted import Fact
from desktop.intake import zips
from desktop.intake.kinds import OLE_OFFICE, RTF, media_type_of
from desktop.intake.markup import unescape
from desktop.intake.outlook import refuse_tricks
from desktop.intake.pieces import PiecedFile

_EMBEDDED = re.compile(
    r"(?:^|/)(?:media|embeddings|Pictures|Object [^/]*|ObjectReplacements|attachedToolbars)/",
    re.IGNORECASE,
)
_PREVIEW = re.compile(r"(?:docProps/thumbnail\.\w+|Thumbnails/thumbnail\.png)$")
_OF_THEIR_OWN = ("image/", "audio/", "video/", "message/", "application/zip", "application/pdf")
_FACT_BYTES = 256 * 1024
_VALUE_CHARACTERS = 300
_FACT_FILES = ("docProps/core.xml", "docProps/app.xml", "meta.xml")
_FACTS = {
    "dc:title": "Title",
    "dc:creator": "Author",
    "meta:initial-creator": "First author",
    "cp:lastModifiedBy": "Last changed by",
    "dcterms:created": "Made",
    "meta:creation-date": "Made",
    "dcterms:modified": "Last changed",
    "dc:date": "Last changed",
    "cp:lastPrinted": "Last printed",
    "Application": "Made with the program",
    "meta:generator": "Made with the program",
    "Company": "Organisation",
}
_OLE_FACTS = {
    "title": "Title", "author": "Author", "last_saved_by": "Last changed by",
    "create_time": "Made", "last_saved_time": "Last changed", "last_printed": "Last printed",
    "creating_application": "Made with the program", "company": "Organisation",
}  # fmt: skip
_OLE_EMBEDDED = ("ObjectPool", "MBD", "Pictures", "_VBA_PROJECT_CUR", "Macros")
_ODD_OLE = (
    OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, MemoryError,
    RecursionError, struct.error, AssertionError,
)  # fmt: skip


def name_embedded(untrusted: PiecedFile, kind: str) -> Inside:
    """Return the pictures and objects that lie in an Office file; raises nothing."""
    if kind in OLE_OFFICE:
        return _ole_embedded(untrusted, kind)
    if kind == RTF:
        holds = re.search(rb"\\(?:pict|objdata)\b", untrusted.beginning()) is not None
        return Inside(kind, (), Listed.NOT if holds else Listed.WHOLE)
    try:
        found = zips.read_list(untrusted)
    except zips.ODD:
        return Inside(kind, (), Listed.NOT)
    names = tuple(
        InsideName(entry.name, media_type_of(entry.name), entry.size)
        for entry in found.entries
        if _is_embedded(entry.name) and not entry.is_folder
    )
    return Inside(kind, names, Listed.WHOLE if found.whole else Listed.PART)


def _is_embedded(name: str) -> bool:
    """Say whether a member is no part of the document itself, wherever in the file it lies."""
    if _EMBEDDED.search(name):
        return True
    kind = media_type_of(name)
    return kind.startswith(_OF_THEIR_OWN) and not _PREVIEW.match(name)


def facts_of_office(untrusted: PiecedFile, kind: str) -> tuple[Fact, ...]:
    """Return what an Office file says of itself; () where it says nothing that can be read."""
    if kind in OLE_OFFICE:
        return _ole_facts(untrusted)
    try:
        found = zips.read_list(untrusted)
    except zips.ODD:
        return ()
    facts: list[Fact] = []
    for name in _FACT_FILES:
        entry = found.find(name)
        if entry is None:
            continue
        try:
            raw = zips.read_member(untrusted, entry, _FACT_BYTES)
        except zips.ODD:
            continue
        facts += _in_xml(raw.decode("utf-8", "replace"))
    return tuple(dict.fromkeys(facts))


def _in_xml(text: str) -> list[Fact]:
    """Look for single elements by their names: no XML reader, so no trap of one."""
    facts = []
    for name, label in _FACTS.items():
        found = re.search(rf"<{re.escape(name)}(?:\s[^<>]{{0,200}})?>([^<]{{1,2000}})</", text)
        value = clean_text(unescape(found[1]), _VALUE_CHARACTERS).strip() if found else ""
        if value:
            facts.append((label, value))
    return facts


def _ole_embedded(untrusted: PiecedFile, kind: str) -> Inside:
    try:
        refuse_tricks(untrusted.beginning())
        with olefile.OleFileIO(untrusted) as file:
            paths = file.listdir(streams=True, storages=False)
            names = tuple(
                InsideName(
                    clean_text("/".join(path), _VALUE_CHARACTERS),
                    "",
                    file.get_size("/".join(path)),
                )
                for path in paths
                if path[0].startswith(_OLE_EMBEDDED)
            )
    except _ODD_OLE:
        return Inside(kind, (), Listed.NOT)
    # Pictures of an old Word or PowerPoint file lie among its own data, unnamed.
    return Inside(kind, names, Listed.PART if names else Listed.WHOLE)


def _ole_facts(untrusted: PiecedFile) -> tuple[Fact, ...]:
    try:
        refuse_tricks(untrusted.beginning())
        with olefile.OleFileIO(untrusted) as file:
            said = file.get_metadata()
    except _ODD_OLE:
        return ()
    facts = []
    for name, label in _OLE_FACTS.items():
        value = getattr(said, name, None)
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")
        shown = clean_text(text, _VALUE_CHARACTERS).strip()
        if shown:
            facts.append((label, shown))
    return tuple(facts)
