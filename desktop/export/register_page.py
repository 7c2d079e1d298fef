"""The page for the paper register: the end of the custody record, to be filed and compared."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table

from desktop.domain.calendar.times import Moment, say_with_zone
from desktop.domain.log.custody import Head
from desktop.domain.log.heads import head_code, in_groups
from desktop.export.blocks import (
    bullets,
    dress,
    facts,
    gap,
    hash_line,
    heading,
    note,
    paragraph,
    title_block,
    together,
)
from desktop.export.page_style import (
    ACCENT,
    BIG,
    INK,
    LABEL,
    LINE,
    TINT,
    WIDTH,
    PaperHead,
    compose,
)
from desktop.export.qr import qr_code

FOOT = "For the paper register. No names and nothing about a child"
_QR_SIDE = 34 * mm
_CODE = ParagraphStyle("head code", parent=BIG, fontSize=17, leading=24, textColor=INK)


def draw_register_page(
    *, organisation: str, log_id: str, fingerprint: str, head: Head, at: Moment
) -> bytes:
    """Write the page as PDF."""
    paper = PaperHead(
        title="Page for the paper register",
        left=organisation,
        right="Page for the paper register",
        foot=FOOT,
        made_at=at,
    )
    return compose(paper, _story(organisation, log_id, fingerprint, head, at))


def qr_text(head: Head, fingerprint: str) -> str:
    """Return what the QR code holds: it can be scanned into the program as it is."""
    return f"Safeguarding Log; keys {fingerprint}; entry {head.number} {head.own}"


def _story(
    organisation: str, log_id: str, fingerprint: str, head: Head, at: Moment
) -> list[Flowable]:
    story = title_block(
        "Page for the paper register",
        "Where the custody record of the safeguarding log ended at this moment. Filed on paper, "
        "it shows later that nothing before it was changed or taken away.",
    )
    pairs = (
        ("Log of", organisation),
        ("Made", say_with_zone(at)),
        ("Entry number", f"{head.number:,}"),
        ("Key fingerprint", in_groups(fingerprint)),
        ("Name of the log", in_groups(log_id)),
    )
    story += [facts(pairs), gap(10), _code_block(head, fingerprint)]
    story += [heading("The same, whole (SHA-256 of the entry)"), hash_line(head.own)]
    story += _comparing()
    story += _signing()
    return story


def _code_block(head: Head, fingerprint: str) -> Flowable:
    words = [
        paragraph("To be typed when it is compared", LABEL),
        paragraph(f"{head.number}", _CODE),
        paragraph(head_code(head).replace("-", "  "), _CODE),
    ]
    qr = qr_code(qr_text(head, fingerprint), side=_QR_SIDE)
    table = Table([[words, qr]], colWidths=[WIDTH - _QR_SIDE - 10, _QR_SIDE + 10])
    dress(
        table,
        [
            ("BACKGROUND", (0, 0), (0, 0), TINT),
            ("BOX", (0, 0), (-1, -1), 1.2, ACCENT),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (0, 0), 14),
        ],
    )
    return table


def _comparing() -> list[Flowable]:
    lines = (
        (
            "Open the log and go to Log and keys, then to “Is it unchanged?”. Type the number and "
            "the four groups where it says “Compare with paper”. Capitals and dashes do not "
            "matter."
        ),
        (
            "The program says whether this entry is still in the log as it was, and records that "
            "it was asked."
        ),
        (
            "If it says that this entry is not in the log: change nothing, keep this page, and "
            "ask for technical advice. Have your newest backup at hand."
        ),
    )
    return [
        heading("How to compare it"),
        *bullets(lines),
        gap(4),
        note(
            "File a page at least every three months, with the quarterly report, where the people "
            "who open the log cannot exchange it unnoticed."
        ),
    ]


def _signing() -> list[Flowable]:
    labels = (
        ("Register number", "Filed on"),
        ("Name", "Signature"),
    )
    rows: list[list[Flowable | str]] = []
    for pair in labels:
        rows.append([paragraph(label, LABEL) for label in pair])
        rows.append(["", ""])
    table = Table(rows, colWidths=[WIDTH / 2] * 2, rowHeights=[None, 26, None, 36])
    lines = [
        ("LINEBELOW", (column, row), (column, row), 0.8, LINE)
        for row in (1, 3)
        for column in (0, 1)
    ]
    dress(table, [*lines, ("LEFTPADDING", (0, 0), (0, -1), 0)])
    return [together([heading("To be filled in by hand"), table])]
