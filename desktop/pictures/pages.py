"""Draws the pages of a PDF as plain pixels, within limits; scripts and links stay dead."""

import math

import pypdfium2
from pypdfium2 import PdfiumError

from desktop.domain.errors import PictureUnreadable
from desktop.domain.evidence.shown import Picture
from desktop.pictures.pixels import plain_pixels

MAX_PAGE_PIXELS = 16_000_000
_ODD = (PdfiumError, ArithmeticError, ValueError, TypeError, MemoryError, AttributeError, OSError)


def count_pages(untrusted_pdf: bytes, file_name: str) -> int:
    """Return how many pages there are; raises PictureUnreadable, also for a locked PDF."""
    try:
        with pypdfium2.PdfDocument(untrusted_pdf) as document:
            count = len(document)
    except _ODD as error:
        raise PictureUnreadable(file_name) from error
    return count


def render_page(untrusted_pdf: bytes, page: int, scale: float, file_name: str) -> Picture:
    """Draw one page (from 0) at so many pixels a point, fewer if it would grow too large.

    Raises PictureUnreadable.
    """
    try:
        with pypdfium2.PdfDocument(untrusted_pdf) as document:
            return _draw(document, page, scale)
    except (IndexError, *_ODD) as error:
        raise PictureUnreadable(file_name) from error


def _draw(document: pypdfium2.PdfDocument, number: int, scale: float) -> Picture:
    page = document[number]
    width, height = page.get_size()
    wanted = min(scale, math.sqrt(MAX_PAGE_PIXELS / (width * height)))
    bitmap = page.render(scale=wanted, rev_byteorder=True)
    image = bitmap.to_pil()
    across, down = image.size
    return Picture(across, down, plain_pixels(image), round(width), round(height))
