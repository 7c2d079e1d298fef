"""How paper looks: colours, type, margins, what stands at the head and foot of every page."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from desktop.domain.calendar.times import Moment, say_with_zone
from desktop.export.fonts import BOLD, REGULAR, SEMIBOLD, plain, register_fonts

INK = HexColor("#1C262B")
SOFT = HexColor("#556169")
ACCENT = HexColor("#0B5C66")
LINE = HexColor("#DADEDB")
TINT = HexColor("#E2F0F0")
WARN = HexColor("#8A5200")
WARN_TINT = HexColor("#FBF0DC")
PALE = HexColor("#F5F5F2")

MARGIN = 20 * mm
HEAD = 26 * mm
FOOT = 22 * mm
WIDTH = A4[0] - 2 * MARGIN
CONFIDENTIAL = "Confidential: contains children's data"
_SMALL = 8.5


def _style(name: str, font: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    # Without its own font a bullet would bring in one that is not embedded.
    always = {"textColor": INK, "bulletFontName": font, "allowWidows": 0, "allowOrphans": 0}
    more = always | more
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, **more)


TITLE = _style("title", BOLD, 21, 26, spaceAfter=2)
SUBTITLE = _style("subtitle", REGULAR, 10.5, 15, textColor=SOFT, spaceAfter=10)
HEADING = _style(
    "heading", BOLD, 12.5, 17, textColor=ACCENT, spaceBefore=12, spaceAfter=4, keepWithNext=1
)
BODY = _style("body", REGULAR, 10, 14.5, spaceAfter=5)
STRONG = _style("strong", SEMIBOLD, 10, 14.5)
CELL = _style("cell", REGULAR, 8.8, 12)
CELL_HEAD = _style("cell head", SEMIBOLD, 8.2, 11, textColor=SOFT)
CELL_RIGHT = _style("cell right", REGULAR, 8.8, 12, alignment=2)
LABEL = _style("label", REGULAR, 9.2, 13, textColor=SOFT)
VALUE = _style("value", REGULAR, 10, 13.5)
HASH = _style("hash", REGULAR, 8.6, 12)
MARK = _style("mark", BOLD, 13, 17, textColor=ACCENT)
SECONDARY = _style("secondary", REGULAR, _SMALL, 12, textColor=SOFT)
BIG = _style("big", BOLD, 20, 24, textColor=ACCENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHead:
    """What every page of one document says, and what the document is called.

    `left` and `right` stand at the head, `foot` at the foot. None may hold a person's name.
    """

    title: str
    subtitle: str = ""
    left: str = ""
    right: str = ""
    foot: str = CONFIDENTIAL
    made_at: Moment
    lines: Sequence[str] = field(default=())


def compose(head: PaperHead, story: Sequence[Flowable]) -> bytes:
    """Lay the story out on pages; the same story at the same moment gives the same bytes."""
    register_fonts()
    file = io.BytesIO()
    document = BaseDocTemplate(
        file,
        pagesize=A4,
        title=head.title,
        author="Safeguarding Log",
        subject=head.left,
        creator="Safeguarding Log",
        lang="en-GB",
        invariant=1,
        initialFontName=REGULAR,
        displayDocTitle=True,
    )
    frame = Frame(MARGIN, FOOT, WIDTH, A4[1] - HEAD - FOOT, 0, 0, 0, 0, id="body")
    document.addPageTemplates([PageTemplate("page", [frame])])
    document.build(list(story), canvasmaker=_maker(head))
    return file.getvalue()


def _maker(head: PaperHead) -> Callable[..., Canvas]:
    def make(*arguments: Any, **words: Any) -> Canvas:
        return _NumberedCanvas(head, *arguments, **words)

    return make


class _NumberedCanvas(Canvas):  # type: ignore[misc]
    """Keeps the pages until their number is known, then writes head and foot on each."""

    def __init__(self, head: PaperHead, *arguments: Any, **words: Any) -> None:
        super().__init__(*arguments, **words)
        self._head = head
        self._pages: list[dict[str, Any]] = []
        stamp = _stamp(head.made_at)
        self.setDateFormatter(lambda *_numbers: stamp)

    def showPage(self) -> None:  # noqa: N802
        """Keep the page for later."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write every page with its number, then the file."""
        pages = self._pages
        for number, page in enumerate(pages, 1):
            self.__dict__.update(page)
            _draw_edges(self, self._head, number, len(pages))
            super().showPage()
        super().save()


def _stamp(moment: Moment) -> str:
    sign = "+" if moment.offset >= 0 else "-"
    hours, minutes = divmod(abs(moment.offset), 60)
    return f"D:{moment.local:%Y%m%d%H%M%S}{sign}{hours:02d}'{minutes:02d}'"


def _draw_edges(canvas: Canvas, head: PaperHead, number: int, count: int) -> None:
    canvas.saveState()
    top = A4[1] - 14 * mm
    _write(canvas, MARGIN, top, head.left, SEMIBOLD, INK)
    _write(canvas, A4[0] - MARGIN, top, head.right, REGULAR, SOFT, right=True)
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(0.9)
    canvas.line(MARGIN, top - 6, A4[0] - MARGIN, top - 6)
    foot = 12 * mm
    canvas.setStrokeColor(LINE)
    canvas.line(MARGIN, foot + 12, A4[0] - MARGIN, foot + 12)
    _write(canvas, MARGIN, foot, head.foot, SEMIBOLD, WARN)
    _write(canvas, A4[0] - MARGIN, foot, f"Page {number} of {count}", REGULAR, SOFT, right=True)
    made = f"Made {say_with_zone(head.made_at)}"
    _write(canvas, MARGIN, foot - 11, made, REGULAR, SOFT)
    canvas.restoreState()


def _write(
    canvas: Canvas, x: float, y: float, text: str, font: str, colour: Color, *, right: bool = False
) -> None:
    canvas.setFont(font, _SMALL)
    canvas.setFillColor(colour)
    draw = canvas.drawRightString if right else canvas.drawString
    draw(x, y, plain(text))
