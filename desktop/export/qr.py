"""Draws a QR code as lines on paper, so that nobody has to type what a telephone can read."""

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm

from desktop.export.fonts import REGULAR
from desktop.export.page_style import INK

_QUIET = 4


def qr_code(text: str, *, side: float = 32 * mm) -> Drawing:
    """Return a square QR code of plain ASCII text that stays readable with a stain on it."""
    text.encode("ascii")
    widget = QrCodeWidget(
        text, barLevel="M", barWidth=side, barHeight=side, barBorder=_QUIET, barFillColor=INK
    )
    # Without its own font a drawing would bring in one that is not embedded.
    drawing = Drawing(side, side, initialFontName=REGULAR)
    drawing.add(widget)
    return drawing
