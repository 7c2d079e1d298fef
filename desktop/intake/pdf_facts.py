"""What a PDF says of itself and which files are embedded in it; no page is drawn."""

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

from desktop.domain.evidence.inside import Inside, InsideName, Listed
from desktop.domain.evidence.items import clean_text
from desktop.domain.noted import Fact
from desktop.intake.kinds import PDF, media_type_of

MOST_NAMES = 1000
_NAME_CHARACTERS = 300
_FACTS = {
    "Title": "Title", "Author": "Author", "Subject": "Subject", "Creator": "Made with",
    "Producer": "Written by the program", "CreationDate": "Made", "ModDate": "Last changed",
}  # fmt: skip
_ODD = (
    PdfiumError, ArithmeticError, ValueError, TypeError, MemoryError, AttributeError, OSError,
    LookupError,
)  # fmt: skip


def name_files_in_pdf(untrusted_pdf: bytes, *, cut: bool = False) -> Inside:
    """Return the files embedded in a PDF; raises nothing. One that is cut cannot be named."""
    try:
        with pypdfium2.PdfDocument(untrusted_pdf) as document:
            count = document.count_attachments()
            names = [
                _name(document.get_attachment(place)) for place in range(min(count, MOST_NAMES))
            ]
    except _ODD:
        return Inside(PDF, (), Listed.NOT)
    whole = count <= MOST_NAMES and not cut
    return Inside(PDF, tuple(names), Listed.WHOLE if whole else Listed.PART)


def _name(attachment: pypdfium2.PdfAttachment) -> InsideName:
    name = clean_text(attachment.get_name(), _NAME_CHARACTERS) or "file without a name"
    size = ctypes.c_ulong()
    known = pdfium.FPDFAttachment_GetFile(attachment, None, 0, size)
    return InsideName(name, media_type_of(name), size.value if known else -1)


def facts_of_pdf(untrusted_pdf: bytes) -> tuple[Fact, ...]:
    """Return what a PDF says of itself; () where it cannot be read."""
    try:
        with pypdfium2.PdfDocument(untrusted_pdf) as document:
            said = document.get_metadata_dict(skip_empty=True)
            pages = len(document)
    except _ODD:
        return ()
    facts = [("Pages", f"{pages:,}")]
    for name, label in _FACTS.items():
        value = clean_text(str(said.get(name, "")), _NAME_CHARACTERS).strip()
        if value:
            facts.append((label, _as_time(value)))
    return tuple(facts)


def _as_time(value: str) -> str:
    """Write D:20261119211403+00'00' as 2026-11-19 21:14:03 +00:00; anything else as it is."""
    digits = value[2:16]
    if not value.startswith("D:") or not digits.isdecimal() or len(digits) < 14:  # noqa: PLR2004
        return value
    day = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
    time = f"{digits[8:10]}:{digits[10:12]}:{digits[12:14]}"
    zone = value[16:].replace("'", ":").strip(":")
    return f"{day} {time} {zone}".strip()
