"""Reads bytes as lines of plain text, whatever they are: nothing in them is acted upon."""

from desktop.domain.evidence.shown import TextView
from desktop.intake.mail_text import as_text, clean_lines

TEXT_CHARACTERS = 200_000


def read_text(untrusted_bytes: bytes, limit: int = TEXT_CHARACTERS) -> TextView:
    """Return the first so many characters as they can be shown."""
    text = as_text(untrusted_bytes[: 4 * limit])
    return TextView(clean_lines(text, limit), shortened=len(text) > limit)
