"""What the keyholder must do now: late, due, to chase, unfinished, and the state of the log."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from desktop.domain.calendar.quarters import quarter_of
from desktop.domain.calendar.times import say, say_date
from desktop.domain.chases import open_chases
from desktop.domain.contacts import RECIPIENT_NAMES, Recipient
from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.clocks import ClockView
from desktop.domain.steps.procedures import Severity
from desktop.domain.steps.standing import StandingWork
from desktop.operations.incident.keep_worksheets import worksheet_of
from desktop.operations.log_state import LogStateLine, show_log_state
from desktop.operations.organisation.keep_standing import begun_on, show_standing
from desktop.operations.read_people import show_people
from desktop.operations.say_cut import cut_short
from desktop.operations.steps.follow_checklist import ChecklistsView, show_checklists
from desktop.operations.steps.in_force import policy_in_force
from desktop.operations.steps.read_situation import read_items
from desktop.operations.workspace import Workspace
from desktop.store.incident_table import IncidentRow

LOOKED_THROUGH = 200
# The deadline by which children's services decide; its step asks, so their contact need not.
ANSWER_OF_SERVICES = "D7"
QUARTER_NOTICE = timedelta(days=45)
NO_FIGURES = (
    "This log began after that quarter and holds no figures of it. Report from your own records, "
    "or leave the round out under Organisation, Standing work."
)
# What is typed into a step and not entered is kept under this and the id of the step.
STEP_DRAFT = "form.step."


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayLine:
    """One thing to do. `state` is late, stop, due, chase, unfinished, next or quarter.

    `target` says what to open: step, contact, item, draft, worksheet, report or standing;
    `target_id` which.
    """

    state: str
    chip: str
    title: str
    detail: str
    incident_id: IncidentId | None
    target: str
    target_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayView:
    """Everything that Today shows; `log_state` is how the log itself is.

    `not_looked_through` counts older open incidents beyond the newest 200.
    """

    lines: tuple[TodayLine, ...]
    incident_count: int
    log_state: tuple[LogStateLine, ...]
    unfinished_jobs: tuple[str, ...]
    not_looked_through: int


def show_today(workspace: Workspace) -> TodayView:
    """Look through the open incidents and say what is to be done."""
    rows = workspace.log.incidents.unfinished()
    lines: list[TodayLine] = []
    for row in rows[:LOOKED_THROUGH]:
        lines += _lines_of(workspace, row)
    lines += _standing(workspace)
    order = ("late", "stop", "due", "chase", "next", "unfinished", "quarter")
    return TodayView(
        lines=tuple(sorted(lines, key=lambda line: order.index(line.state))),
        incident_count=workspace.log.incidents.count(),
        log_state=show_log_state(workspace),
        unfinished_jobs=(
            *(intent.what for intent in workspace.log.intents.all()),
            *cut_short(workspace),
        ),
        not_looked_through=max(0, len(rows) - LOOKED_THROUGH),
    )


def _lines_of(workspace: Workspace, row: IncidentRow) -> list[TodayLine]:
    view = show_checklists(workspace, row.id)
    titles = {
        step.step.id: step.step.title for checklist in view.checklists for step in checklist.steps
    }
    pressing = [clock for clock in view.clocks if _presses(clock)]
    lines = [_clock_line(row, clock, titles) for clock in pressing]
    lines += _next_line(row, view, {line.target_id for line in lines})
    lines += _chase_lines(workspace, row, pressing)
    running = [each for each in view.checklists if not each.checklist.ended_reason]
    steps = frozenset(one.step.id for each in running for one in each.steps)
    lines += _unfinished_lines(workspace, row, steps)
    return lines


def _presses(clock: ClockView) -> bool:
    return clock.reason_needed or (clock.met_at is None and clock.tone in {"late", "due"})


def _clock_line(row: IncidentRow, clock: ClockView, titles: dict[str, str]) -> TodayLine:
    late = clock.late_by is not None
    title = titles.get(clock.step_id, clock.sentence)
    if late and clock.met_at is not None:
        title = f"Say why: {clock.sentence}"
    now = clock.due_at is None  # What has no limit in hours is done before what has one.
    return TodayLine(
        state="late" if late else "stop" if now else "due",
        chip="Late" if late else "Now" if now else "Due",
        title=title,
        detail=f"{row.number} · {row.title} · {clock.sentence} ({clock.basis_words})",
        incident_id=row.id,
        target="step",
        target_id=clock.step_id,
    )


def _next_line(row: IncidentRow, view: ChecklistsView, shown: set[str]) -> list[TodayLine]:
    step = view.next_step
    if step is None or step.step.id in shown:
        return []
    stop = step.step.severity is Severity.STOP
    return [
        TodayLine(
            state="stop" if stop else "next",
            chip="First" if stop else "Next",
            title=step.step.title,
            detail=f"{row.number} · {row.title}",
            incident_id=row.id,
            target="step",
            target_id=step.step.id,
        )
    ]


def _chase_lines(
    workspace: Workspace, row: IncidentRow, pressing: Sequence[ClockView]
) -> list[TodayLine]:
    """Return what is to be asked again, without what a clock of a step asks for already."""
    clocked = {one.due_at.local.date() for one in pressing if _is_answer_due(one) and one.due_at}
    lines = []
    people = show_people(workspace, row.id).involvements
    for entry in open_chases(workspace.log.contacts.of(row.id), people):
        due = entry.details.next_due or entry.details.at
        if entry.details.recipient is Recipient.CSC and due.local.date() in clocked:
            continue
        late = due.utc < workspace.now().utc
        name = RECIPIENT_NAMES[entry.details.recipient]
        whom = ", ".join(filter(None, (name, entry.details.person)))
        lines.append(
            TodayLine(
                state="chase",
                chip="Chase now" if late else f"By {say(due)}",
                title=entry.details.next_action or f"Ask again: {name}",
                detail=f"{row.number} · {whom}, asked {say(entry.details.at)}",
                incident_id=row.id,
                target="contact",
                target_id=entry.id,
            )
        )
    return lines


def _is_answer_due(clock: ClockView) -> bool:
    return clock.deadline_id == ANSWER_OF_SERVICES and clock.met_at is None


def _unfinished_lines(
    workspace: Workspace, row: IncidentRow, steps: frozenset[str]
) -> Iterator[TodayLine]:
    missing = [item for item in read_items(workspace, row.id) if item.details_missing]
    if missing:
        together = [tuple(group) for _key, group in groupby(missing, key=_told_together)]
        title = (
            f"{len(together)} items do not say where they come from yet"
            if len(together) > 1
            else "1 item does not say where it comes from yet"
        )
        detail = f"{', '.join(_marks(group) for group in together)} · kept, details missing"
        yield _unfinished_line(row, title, detail, "item", missing[0].id)
    drafts = [one for one in workspace.log.drafts.of(row.id) if _can_go_on(one, steps)]
    begun = [sheet for name in sorted(drafts) if (sheet := worksheet_of(name))]
    if begun:
        worksheet = workspace.data.worksheet_title(begun[0])
        title = f"A worksheet is begun and not yet sent: {worksheet}"
        yield _unfinished_line(row, title, row.title, "worksheet", begun[0])
    if len(drafts) > len(begun):
        title = "Something you were typing is kept, not yet entered"
        yield _unfinished_line(row, title, row.title, "draft", row.id)


def _unfinished_line(
    row: IncidentRow, title: str, detail: str, target: str, target_id: str
) -> TodayLine:
    return TodayLine(
        state="unfinished",
        chip="Unfinished",
        title=title,
        detail=f"{row.number} · {detail}",
        incident_id=row.id,
        target=target,
        target_id=target_id,
    )


def _can_go_on(draft: str, steps: frozenset[str]) -> bool:
    """Say whether there is a place to go on with a draft: none where its step runs no longer."""
    step_id = draft.removeprefix(STEP_DRAFT)
    return step_id == draft or step_id in steps


def _told_together(item: EvidenceItem) -> str:
    """Return what tells items apart that are described one by one: a set is described once."""
    return item.set_id or item.id


def _marks(group: Sequence[EvidenceItem]) -> str:
    first, last = str(group[0].mark), str(group[-1].mark)
    return first if first == last else f"{first} to {last}"


def _standing(workspace: Workspace) -> list[TodayLine]:
    """Return the rounds of the organisation's work that a deadline of its policy presses for."""
    today, policies = workspace.now().local.date(), frozenset(policy_in_force(workspace).sources)
    lines = []
    for work in show_standing(workspace):
        limit = next((one for step in work.procedure.steps for one in step.deadlines), None)
        late = work.is_overdue(today)
        if limit is None or work.is_finished or work.due_on - today > QUARTER_NOTICE:
            continue
        runs = not limit.policies or not policies.isdisjoint(limit.policies)
        if late and not runs:
            continue
        lines.append(_round_line(workspace, work, late=late))
    return lines


def _round_line(workspace: Workspace, work: StandingWork, *, late: bool) -> TodayLine:
    """Ask for the report until it is issued, then for what is left of its round."""
    done = f"{work.done} of {len(work.steps)} steps recorded."
    detail = "A draft can be looked at now."
    if late:
        detail = f"{done} Record the others, or leave the round out with a reason."
    elif _is_issued(workspace, work):
        detail = f"It is issued. {done} Record who received it."
    elif _ended_before_the_log(workspace, work):
        detail = NO_FIGURES
    to_issue = not late and not _is_issued(workspace, work)
    return TodayLine(
        state="late" if late else "quarter",
        chip="Late" if late else f"By {say_date(work.due_on)}",
        title=f"{work.procedure.title}: {work.period}",
        detail=f"{detail} {'Was due' if late else 'Due'} by {say_date(work.due_on)}",
        incident_id=None,
        target="report" if to_issue else "standing",
        target_id="",
    )


def _ended_before_the_log(workspace: Workspace, work: StandingWork) -> bool:
    """Say whether its quarter was over when this log was begun: it has no figures of it."""
    begun = begun_on(workspace)
    return begun is not None and quarter_of(work.due_on).before().last_day < begun


def _is_issued(workspace: Workspace, work: StandingWork) -> bool:
    """Say whether the report about its quarter was issued once that was over."""
    quarter = quarter_of(work.due_on).before()
    return any(
        one.first_day == quarter.first_day.isoformat()
        and one.issued_at.local.date() > quarter.last_day
        for one in workspace.log.reports.all()
    )
