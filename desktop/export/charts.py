"""Charts on paper: bars with their numbers written beside them, nothing told by colour alone."""

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from desktop.domain.leaving.figures import Count
from desktop.export.fonts import REGULAR, SEMIBOLD, markup, register_fonts
from desktop.export.page_style import ACCENT, CELL, INK, LINE, SOFT, TINT, WIDTH

_BAR = 11
_LABEL_SHARE = 0.46
_NUMBER_ROOM = 26
_HEIGHT = 132
_BASE = 22


def bars(counts: Sequence[Count]) -> Flowable:
    """Draw one bar across for each count, its label before it and its number after it."""
    register_fonts()
    most = max((one.number for one in counts), default=0)
    rows = [[_label(one.label), _bar(one.number, most)] for one in counts]
    widths = [WIDTH * _LABEL_SHARE, WIDTH * (1 - _LABEL_SHARE)]
    table = Table(rows, colWidths=widths)
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), REGULAR, 9),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LINEBELOW", (0, 0), (-1, -2), 0.4, LINE),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return table


def columns(counts: Sequence[Count], *, here: str = "") -> Flowable:
    """Draw one upright bar for each count, the one named `here` in full colour and bold."""
    register_fonts()
    drawing = Drawing(WIDTH, _HEIGHT, initialFontName=REGULAR)
    most = max((one.number for one in counts), default=0) or 1
    step = WIDTH / max(len(counts), 1)
    for place, one in enumerate(counts):
        is_here = one.label == here
        middle = step * (place + 0.5)
        height = (_HEIGHT - _BASE - 18) * one.number / most
        width = min(step * 0.5, 60)
        drawing.add(
            Rect(
                middle - width / 2,
                _BASE,
                width,
                height,
                fillColor=ACCENT if is_here else TINT,
                strokeColor=ACCENT,
                strokeWidth=0.8,
            )
        )
        drawing.add(_word(middle, _BASE + height + 5, str(one.number), bold=True))
        drawing.add(_word(middle, 7, one.label, bold=is_here))
    drawing.add(Line(0, _BASE, WIDTH, _BASE, strokeColor=SOFT, strokeWidth=0.8))
    return drawing


def _bar(number: int, most: int) -> Drawing:
    room = WIDTH * (1 - _LABEL_SHARE) - _NUMBER_ROOM - 10
    drawing = Drawing(room + _NUMBER_ROOM, _BAR, initialFontName=REGULAR)
    length = room * number / most if most else 0
    if length:
        drawing.add(Rect(0, 0, length, _BAR, fillColor=ACCENT, strokeWidth=0, strokeColor=None))
    number_text = String(length + 5, 1.5, str(number), fontName=SEMIBOLD, fontSize=9.5)
    number_text.fillColor = INK
    drawing.add(number_text)
    return drawing


def _word(middle: float, y: float, text: str, *, bold: bool) -> String:
    font = SEMIBOLD if bold else REGULAR
    left = middle - stringWidth(text, font, 9) / 2
    return String(left, y, text, fontName=font, fontSize=9, fillColor=INK)


def _label(text: str) -> Paragraph:
    return Paragraph(markup(text), ParagraphStyle("bar label", parent=CELL, leading=11.5))
