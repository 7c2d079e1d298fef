"""The few blocks that every document is built from: titles, text, facts, tables, notes."""

from collections.abc import Iterable, Sequence
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from desktop.export.fonts import REGULAR, markup, register_fonts
from desktop.export.page_style import (
    ACCENT,
    BODY,
    CELL,
    CELL_HEAD,
    CELL_RIGHT,
    HASH,
    HEADING,
    LABEL,
    LINE,
    PALE,
    SECONDARY,
    SUBTITLE,
    TINT,
    TITLE,
    VALUE,
    WARN,
    WARN_TINT,
    WIDTH,
)

NOTHING = "Not recorded"


def paragraph(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """Return a paragraph that shows exactly this text."""
    register_fonts()
    return Paragraph(markup(text), style)


def title_block(title: str, subtitle: str = "") -> list[Flowable]:
    """Return what a document begins with."""
    blocks: list[Flowable] = [paragraph(title, TITLE)]
    if subtitle:
        blocks.append(paragraph(subtitle, SUBTITLE))
    return blocks


def heading(text: str) -> Flowable:
    """Return the heading of a section."""
    return paragraph(text, HEADING)


def text_blocks(text: str, style: ParagraphStyle = BODY) -> list[Flowable]:
    """Return running text, a paragraph for each of its own."""
    parts = [part for part in text.split("\n\n") if part.strip()]
    return [paragraph(part, style) for part in parts]


def quote(text: str) -> list[Flowable]:
    """Return somebody's own words, set apart by a line; long ones run over pages."""
    rows = [[paragraph(part, BODY)] for part in text.split("\n") if part.strip()]
    if not rows:
        return []
    table = Table(rows, colWidths=[WIDTH], splitInRow=1)
    dress(
        table,
        [
            ("LINEBEFORE", (0, 0), (0, -1), 2, LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), 10),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ],
    )
    return [table, Spacer(1, 6)]


def bullets(lines: Iterable[str]) -> list[Flowable]:
    """Return a list, one line for each."""
    style = ParagraphStyle("bullet", parent=BODY, leftIndent=12, bulletIndent=2, spaceAfter=3)
    register_fonts()
    return [Paragraph(markup(line), style, bulletText="•") for line in lines]


def facts(pairs: Iterable[tuple[str, str]], *, label_share: float = 0.3) -> Flowable:
    """Return labels with their values; an empty value says that it is not recorded."""
    rows = [
        [paragraph(label, LABEL), paragraph(value, VALUE)]
        if value
        else [paragraph(label, LABEL), paragraph(NOTHING, LABEL)]
        for label, value in pairs
    ]
    table = Table(rows, colWidths=[WIDTH * label_share, WIDTH * (1 - label_share)], splitInRow=1)
    dress(
        table,
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -2), 0.4, LINE),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 3.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ],
    )
    return table


def grid(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
    *,
    numbers_from: int = 99,
) -> Flowable:
    """Return a table; its head comes again on each page; columns of numbers stand to the right."""
    cells: list[list[Flowable]] = [
        [_head(text, place >= numbers_from) for place, text in enumerate(head)],
        *([_cell(text, place >= numbers_from) for place, text in enumerate(row)] for row in rows),
    ]
    whole = sum(shares)
    widths = [WIDTH * share / whole for share in shares]
    table = Table(cells, colWidths=widths, repeatRows=1, splitInRow=1)
    dress(
        table,
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, 0), PALE),
            ("LINEBELOW", (0, 0), (-1, 0), 0.9, ACCENT),
            ("LINEBELOW", (0, 1), (-1, -1), 0.4, LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), 5),
            ("RIGHTPADDING", (0, 0), (-1, -1), 5),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4.5),
        ],
    )
    return table


def _head(text: str, is_number: bool) -> Flowable:
    style = ParagraphStyle("cell head right", parent=CELL_HEAD, alignment=2)
    return paragraph(text, style if is_number else CELL_HEAD)


def _cell(text: str, is_number: bool) -> Flowable:
    return paragraph(text, CELL_RIGHT if is_number else CELL)


def blanks(
    rows: Sequence[Sequence[str]], heights: Sequence[float], width: float = WIDTH
) -> Flowable:
    """Return lines to be filled in by hand, each with its label above, some beside each other."""
    cells: list[list[Flowable | str]] = []
    room: list[float | None] = []
    for row, height in zip(rows, heights, strict=True):
        cells += [[paragraph(label, LABEL) for label in row], [""] * len(row)]
        room += [None, height]
    columns = len(rows[0])
    table = Table(cells, colWidths=[width / columns] * columns, rowHeights=room)
    lines = [("LINEBELOW", (0, row), (-1, row), 0.8, LINE) for row in range(1, len(cells), 2)]
    dress(table, [*lines, ("LEFTPADDING", (0, 0), (0, -1), 0)])
    return table


def note(text: str, *, warn: bool = False) -> Flowable:
    """Return a tinted box for what must not be overlooked."""
    return _box(text_blocks(text, VALUE), WARN_TINT if warn else TINT, WARN if warn else ACCENT)


def hash_line(sha256: str) -> Flowable:
    """Return a whole SHA-256 on one line, so that it can be searched for and copied."""
    return paragraph(sha256, HASH)


def small(text: str) -> Flowable:
    """Return a quiet remark."""
    return paragraph(text, SECONDARY)


def gap(points: float = 8) -> Flowable:
    """Return some room."""
    return Spacer(1, points)


def together(blocks: Sequence[Flowable]) -> Flowable:
    """Keep blocks on one page where they fit on one."""
    return KeepTogether(list(blocks))


def dress(table: Table, commands: Sequence[tuple[Any, ...]]) -> None:
    """Give a table its style; without a font of ours even empty cells would bring in another."""
    table.setStyle(TableStyle([("FONTNAME", (0, 0), (-1, -1), REGULAR), *commands]))


def _box(blocks: Sequence[Flowable], ground: Color, edge: Color) -> Flowable:
    table = Table([[block] for block in blocks], colWidths=[WIDTH], splitInRow=1)
    dress(
        table,
        [
            ("BACKGROUND", (0, 0), (-1, -1), ground),
            ("LINEBEFORE", (0, 0), (0, -1), 3, edge),
            ("LEFTPADDING", (0, 0), (-1, -1), 12),
            ("RIGHTPADDING", (0, 0), (-1, -1), 12),
            ("TOPPADDING", (0, 0), (-1, 0), 8),
            ("TOPPADDING", (0, 1), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -2), 2),
            ("BOTTOMPADDING", (0, -1), (-1, -1), 5),
        ],
    )
    return table
