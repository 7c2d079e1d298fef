"""The quarterly report on paper: figures for the executive team, no names, no texts."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from desktop.domain.calendar.times import Moment, say_date
from desktop.domain.leaving.bands import BandedTable
from desktop.domain.leaving.figures import AgencyCount, Count, Figures
from desktop.domain.log.custody import Head
from desktop.export.blocks import (
    bullets,
    facts,
    gap,
    grid,
    hash_line,
    heading,
    note,
    small,
    title_block,
    together,
)
from desktop.export.charts import bars, columns
from desktop.export.page_style import PaperHead, compose

_SEVERAL = "An incident can carry several of these, so they can add up to more than the total."
_BY_CENTRE = "Centres with few incidents are put together, so that nobody can be worked out."
_SMALL = (
    "Totals for the whole organisation are shown as they are. By centre, small numbers are not "
    "shown exactly, and others are not shown where they would give one away."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFrame:
    """What surrounds the figures: whose they are, when they were issued, what they replace.

    `replaces` says when the quarter was first reported, `restated` which totals changed since.
    """

    organisation: str
    issued_at: Moment
    figures_sha256: str
    head: Head | None
    replaces: str = ""
    restated: tuple[str, ...] = ()


def build_report(figures: Figures, frame: ReportFrame) -> bytes:
    """Write the report as PDF."""
    head = PaperHead(
        title=f"Online safety report, {figures.quarter.name}",
        left=frame.organisation,
        right=f"Online safety, {figures.quarter.name}",
        foot="For the executive team. Figures only: no names",
        made_at=frame.issued_at,
    )
    return compose(head, _story(figures, frame))


def _story(figures: Figures, frame: ReportFrame) -> list[Flowable]:
    quarter = figures.quarter
    days = f"{say_date(quarter.first_day)} to {say_date(quarter.last_day)}"
    story = title_block(
        "Online safety report",
        f"{quarter.name} ({days}). Report of the safeguarding lead to the executive team.",
    )
    story.append(note(_in_short(figures)))
    if frame.issued_at.local.date() <= quarter.last_day:
        words = f"This report is an interim one: the quarter ends on {say_date(quarter.last_day)}."
        story += [gap(6), note(words)]
    if frame.replaces:
        story += _restatement(frame)
    story += [heading("How many incidents"), _numbers(figures)]
    story += _chart(
        "Incidents logged, by quarter", columns(figures.trend, here=quarter.chart_name)
    )
    story += _chart("By month of this quarter", columns(figures.by_month))
    story += [heading("How it was recorded and kept"), _rules(figures)]
    story += _bars("By category", figures.by_category, _SEVERAL)
    story += _bars("By area of risk (the four Cs)", figures.by_four_cs, _SEVERAL)
    story += _bars("By platform", figures.by_platform, _SEVERAL)
    story += _bars("Who was targeted", figures.by_target, _SEVERAL)
    story += _referrals(figures)
    story += _centres(figures.centres)
    story += _proof(frame)
    return story


def _in_short(figures: Figures) -> str:
    opened = _many(figures.opened, "incident was", "incidents were")
    closed = _many(figures.closed, "was", "were")
    open_now = _many(figures.open_now, "incident is", "incidents are")
    overdue = (
        f"{_many(figures.overdue_steps, 'step is', 'steps are')} overdue in "
        f"{_many(figures.overdue_incidents, 'incident', 'incidents')}."
        if figures.overdue_steps
        else "Nothing is overdue."
    )
    return (
        f"{opened} logged and {closed} closed in these three months. {open_now} open on the day "
        f"of this report. {overdue}"
    )


def _restatement(frame: ReportFrame) -> list[Flowable]:
    words = note(f"{frame.replaces} These totals changed since:", warn=True)
    return [gap(6), words, gap(4), *bullets(frame.restated or ("None: they are the same.",))]


def _numbers(figures: Figures) -> Flowable:
    return facts(
        (
            ("Logged in the quarter", str(figures.opened)),
            ("Closed in the quarter", str(figures.closed)),
            ("Open at the end of the quarter", str(figures.open_at_end)),
            ("Open on the day of this report", str(figures.open_now)),
            ("Overdue steps on that day", str(figures.overdue_steps)),
        ),
        label_share=0.5,
    )


def _rules(figures: Figures) -> Flowable:
    median = figures.median_delay
    in_time = figures.recorded_in_time.words + (f"; half within {median}" if median else "")
    return facts(
        (
            ("First written down within 24 hours", in_time),
            ("Evidence kept before removal was asked for", figures.evidence_first.words),
        ),
        label_share=0.5,
    )


def _chart(title: str, drawing: Flowable) -> list[Flowable]:
    return [together([heading(title), gap(2), drawing])]


def _bars(title: str, counts: Sequence[Count], remark: str) -> list[Flowable]:
    if not counts:
        return []
    return [together([heading(title), bars(counts), gap(2), small(remark)])]


def _referrals(figures: Figures) -> list[Flowable]:
    story: list[Flowable] = [heading("Who was turned to, and what came of it")]
    lines = [*figures.agencies, *figures.families]
    if not lines:
        return [*story, small("Nobody outside was turned to in these incidents.")]
    head = ("Turned to", "Incidents", "Reached", "Gave a reference", "Gave advice or a decision")
    table = grid(head, [_agency(line) for line in lines], (40, 14, 12, 16, 18), numbers_from=1)
    return [together([*story, table])]


def _agency(line: AgencyCount) -> tuple[str, ...]:
    numbers = (line.incidents, line.reached, line.reference, line.advice)
    return (line.name, *map(str, numbers))


def _centres(table: BandedTable | None) -> list[Flowable]:
    if table is None:
        return []
    rows = [
        (name, str(incidents), *(str(cell) for cell in cells))
        for name, incidents, cells in table.rows
    ]
    head = ("Centre", "Incidents", *table.columns)
    shares = (30, 14, *(14 for _ in table.columns))
    blocks = [
        heading("By centre"),
        grid(head, rows, shares, numbers_from=1),
        gap(3),
        small(f"{_BY_CENTRE} {_SMALL}" if table.columns else _BY_CENTRE),
    ]
    return [together(blocks)]


def _proof(frame: ReportFrame) -> list[Flowable]:
    story: list[Flowable] = [
        heading("What this report rests on"),
        small(
            "The figures were frozen when this report was issued; the log keeps them with this "
            "SHA-256, and later entries do not change them."
        ),
        hash_line(frame.figures_sha256),
    ]
    if frame.head:
        story += [
            small(f"End of the custody record at that time: entry {frame.head.number}"),
            hash_line(frame.head.own),
        ]
    blank = facts((("Presented on", " "), ("Minute reference", " ")))
    return [together([*story, gap(6), blank])]


def _many(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
