"""The quarterly report: preview its figures, issue it, list what was issued."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from desktop.domain.calendar.quarters import Quarter, quarter_of
from desktop.domain.calendar.times import Moment, say
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import AppError, Cancelled
from desktop.domain.identifiers import ReportId
from desktop.domain.leaving.figures import Figures, count_figures
from desktop.domain.leaving.figures_text import (
    Restatement,
    fingerprint,
    from_text,
    restated,
    to_text,
)
from desktop.domain.log.custody import Action
from desktop.export.report_file import keep_report, report_part
from desktop.export.report_pdf import ReportFrame, build_report
from desktop.operations.leaving.gather_figures import gather_facts
from desktop.operations.leaving.unfinished_exports import (
    forget_export,
    record_export,
    remember_export,
)
from desktop.operations.organisation.keep_organisation import name_on_paper
from desktop.operations.workspace import Workspace
from desktop.store.export_table import ReportRow

Progress = Callable[[float], None]
Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A report that was issued; an interim one was issued before its quarter was over."""

    id: ReportId
    quarter: Quarter
    issued_at: Moment
    by: str
    sha256: str

    @property
    def is_interim(self) -> bool:
        """Whether more could still happen in its quarter."""
        return self.issued_at.local.date() <= self.quarter.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPreview:
    """The figures of a quarter: as issued where it was, else as they stand now.

    `restatements` say what has changed since it was first issued.
    """

    figures: Figures
    first_issued: Moment | None
    restatements: tuple[Restatement, ...]
    issued: tuple[ReportLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A report that lies ready; `sha256` is that of the figures printed in it."""

    path: Path
    sha256: str
    changes: Changes


def _unheard(_share: float) -> None:
    """Tell nobody."""


def _never() -> bool:
    return False


def current_quarter(workspace: Workspace) -> Quarter:
    """Return the quarter in which today lies."""
    return quarter_of(workspace.now().local.date())


def list_quarters(workspace: Workspace) -> tuple[Quarter, ...]:
    """Return this quarter, the one that a report is due about, and on back to the first incident.

    The newest comes first.
    """
    quarters = [current_quarter(workspace)]
    quarters.append(quarters[0].before())
    rows = workspace.log.incidents.all()
    earliest = min((row.logged_at.local.date() for row in rows), default=quarters[1].first_day)
    while quarters[-1].first_day > earliest:
        quarters.append(quarters[-1].before())
    return tuple(quarters)


def preview_report(
    workspace: Workspace,
    quarter: Quarter,
    progress: Progress = _unheard,
    cancelled: Cancel = _never,
) -> ReportPreview:
    """Count a quarter; on the log thread it goes one incident at a time, others get their turn."""
    now = count_figures(gather_facts(workspace, quarter, progress, cancelled), quarter)
    rows = workspace.on_log(workspace.log.reports.all)
    names = workspace.on_log(partial(_names, workspace))
    lines = tuple(_line(row, names) for row in reversed(rows))
    first = _first_that_counts(lines, quarter, workspace.now())
    if first is None:
        return ReportPreview(figures=now, first_issued=None, restatements=(), issued=lines)
    frozen = from_text(next(row.figures for row in rows if row.id == first.id))
    return ReportPreview(
        figures=frozen,
        first_issued=first.issued_at,
        restatements=restated(frozen, now),
        issued=lines,
    )


def _first_that_counts(
    lines: tuple[ReportLine, ...], quarter: Quarter, now: Moment
) -> ReportLine | None:
    """Return the report that froze the figures: an interim one only until the quarter is over."""
    is_over = now.local.date() > quarter.last_day
    frozen = [
        line for line in lines if line.quarter == quarter and not (is_over and line.is_interim)
    ]
    return frozen[-1] if frozen else None


def issue_report(
    workspace: Workspace,
    quarter: Quarter,
    path: Path,
    progress: Progress = _unheard,
    cancelled: Cancel = _never,
) -> Issued:
    """Write the report of a quarter as PDF and freeze its figures; it overwrites nothing.

    A quarter that was issued before keeps its figures; what has changed since is said beside.
    Raises DestinationExists, DestinationNotWritable, DiskFull or Cancelled; nothing is left then.
    """
    preview = preview_report(workspace, quarter, progress, cancelled)
    text = to_text(preview.figures)
    frame = workspace.on_log(partial(_frame, workspace, preview, fingerprint(text)))
    paper = build_report(preview.figures, frame)
    if cancelled():
        raise Cancelled
    workspace.on_log(partial(remember_export, workspace, [report_part(path)]))
    try:
        keep_report(
            path,
            paper,
            lambda check: workspace.on_log(
                partial(_record, workspace, preview, text, frame, check)
            ),
        )
    finally:
        with suppress(AppError):
            workspace.on_log(partial(forget_export, workspace))
    return Issued(
        path=path,
        sha256=frame.figures_sha256,
        changes=changed(Topic.REPORT, Topic.CUSTODY),
    )


def _frame(workspace: Workspace, preview: ReportPreview, sha256: str) -> ReportFrame:
    first = preview.first_issued
    return ReportFrame(
        organisation=name_on_paper(workspace),
        issued_at=workspace.now(),
        figures_sha256=sha256,
        head=workspace.log.custody.head(),
        replaces=f"These are the figures as first issued on {say(first)}." if first else "",
        restated=tuple(one.words for one in preview.restatements),
    )


def _record(
    workspace: Workspace,
    preview: ReportPreview,
    text: str,
    frame: ReportFrame,
    check_place: Callable[[], None],
) -> None:
    """Put on record what is issued, unless something lies in its place by now."""
    report_id = ReportId(workspace.new_id())
    quarter = preview.figures.quarter
    first_day, last_day = quarter.first_day.isoformat(), quarter.last_day.isoformat()
    with workspace.log.transaction():
        workspace.log.reports.insert(
            ReportRow(
                id=report_id,
                first_day=first_day,
                last_day=last_day,
                issued_at=frame.issued_at,
                by=workspace.keyholder.id,
                figures=text,
                sha256=frame.figures_sha256,
            )
        )
        workspace.note(
            Action.REPORT_ISSUED,
            report_id,
            frame.issued_at,
            first_day=first_day,
            last_day=last_day,
            sha256=frame.figures_sha256,
            again=preview.first_issued is not None,
        )
        workspace.log.given_heads.insert(frame.head, frame.issued_at, "quarterly report")
        record_export(workspace)
        check_place()


def _names(workspace: Workspace) -> dict[str, str]:
    return {one.id: one.name for one in workspace.log.keyholders.all()}


def _line(row: ReportRow, names: dict[str, str]) -> ReportLine:
    return ReportLine(
        id=row.id,
        quarter=Quarter(date.fromisoformat(row.first_day), date.fromisoformat(row.last_day)),
        issued_at=row.issued_at,
        by=names.get(row.by, ""),
        sha256=row.sha256,
    )
