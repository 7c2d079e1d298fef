"""Gathers from the log the facts that the figures of a quarter are counted from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from desktop.domain.calendar.quarters import Quarter
from desktop.domain.contacts import ContactEntry, Recipient
from desktop.domain.errors import Cancelled
from desktop.domain.incidents import Category, Incident
from desktop.domain.leaving.figures import IncidentFacts, Referral
from desktop.domain.people import Person, PersonKind, Role
from desktop.domain.steps.checklist_records import StepEntry, StepState
from desktop.domain.steps.facts import Situation
from desktop.domain.steps.procedures import Act, Step
from desktop.domain.steps.triage import HATE_MOTIVE
from desktop.operations.steps.follow_checklist import show_checklists
from desktop.operations.steps.read_situation import read_situation
from desktop.operations.workspace import Workspace
from desktop.store.incident_table import IncidentRow

Progress = Callable[[float], None]
Cancel = Callable[[], bool]

TARGETS = {
    PersonKind.LEARNER: "Learner of 18 or over",
    PersonKind.STAFF: "Member of staff",
}
CHILD = "Learner under 18, or of unknown age"
ELSE = "Somebody else"
_NO_REFERENCE = {"", "none", "none given", "no reference", "not given", "n/a"}


def gather_facts(
    workspace: Workspace, quarter: Quarter, progress: Progress, cancelled: Cancel
) -> tuple[IncidentFacts, ...]:
    """Return the facts of every incident, the full ones for those of the quarter.

    The log is asked for one incident at a time, so that others get their turn between. An erased
    record still counts as logged and closed on its days: these stay. What it was about is gone,
    so that it counts as not recorded everywhere else.
    """
    rows = workspace.on_log(workspace.log.incidents.all)
    erased = {row.incident_id for row in workspace.on_log(workspace.log.tombstones.all)}
    facts = []
    for done, row in enumerate(rows, 1):
        if cancelled():
            raise Cancelled
        facts.append(_bare(row) if row.id in erased else _facts_of(workspace, row, quarter))
        progress(done / len(rows))
    return tuple(facts)


def _bare(row: IncidentRow) -> IncidentFacts:
    return IncidentFacts(
        logged_on=row.logged_at.local.date(),
        closed_on=row.closed_at.local.date() if row.closed_at else None,
    )


def _facts_of(workspace: Workspace, row: IncidentRow, quarter: Quarter) -> IncidentFacts:
    bare = _bare(row)
    if quarter.holds(bare.logged_on):
        situation = workspace.on_log(partial(read_situation, workspace, row.id))
        bare = _full(bare, situation)
    if bare.closed_on is None:
        bare = replace(bare, overdue=workspace.on_log(partial(_overdue, workspace, row)))
    return bare


def _full(bare: IncidentFacts, situation: Situation) -> IncidentFacts:
    record = situation.incident.record
    return replace(
        bare,
        categories=_categories(situation),
        four_cs=record.four_cs,
        platforms=record.platforms,
        centre=record.centre,
        targets=tuple(
            sorted({_target(one.person) for one in situation.people if one.role is Role.TARGET})
        ),
        record_delay=_delay(situation.incident),
        kept_first=_kept_first(situation),
        referrals=tuple(_referrals(situation.contacts)),
    )


def _categories(situation: Situation) -> tuple[Category, ...]:
    """Return the categories, with hatred where only the question on its motive names it."""
    named, answer = situation.incident.record.categories, situation.answers.get(HATE_MOTIVE)
    is_hate = answer is not None and answer.answer == "yes" and Category.HATE not in named
    return (*named, Category.HATE) if is_hate else named


def _target(person: Person) -> str:
    if person.kind is PersonKind.LEARNER and person.counts_as_child:
        return CHILD
    return TARGETS.get(person.kind, ELSE)


def _delay(incident: Incident) -> timedelta | None:
    """Return how long it took to be written down: at the latest it was when it was logged."""
    aware = incident.record.became_aware_at
    if aware is None:
        return None
    recorded = incident.record.first_recorded_at or incident.logged_at
    return max(recorded.utc - aware.utc, timedelta())


def _kept_first(situation: Situation) -> bool | None:
    """Say whether evidence was listed before removal was asked for; None where it was not asked.

    Where it is on record that there was none to be had, it does not count either.
    """
    removed = [_when(entry) for entry in _entries(situation, StepState.DONE, _removes)]
    if not removed:
        return None
    if any(item.captured_at.utc <= min(removed) for item in situation.items):
        return True
    without = _entries(situation, StepState.NOT_POSSIBLE, _captures)
    return None if any(_when(entry) <= min(removed) for entry in without) else False


def _entries(
    situation: Situation, state: StepState, chosen: Callable[[Step], bool]
) -> Iterator[StepEntry]:
    """Return what stands of each step: an entry that was put right counts no more."""
    for running in situation.running:
        steps = {step.id for step in running.procedure.steps if chosen(step)}
        own = (one for one in running.checklist.entries if not one.explains_only)
        standing = {entry.step_id: entry for entry in own}
        for entry in standing.values():
            if entry.state is state and entry.step_id in steps:
                yield entry


def _removes(step: Step) -> bool:
    return step.removes


def _captures(step: Step) -> bool:
    return Act.CAPTURE in step.acts


def _when(entry: StepEntry) -> datetime:
    return (entry.done_at or entry.at).utc


def _referrals(contacts: Sequence[ContactEntry]) -> Iterable[Referral]:
    by_recipient: dict[Recipient, list[ContactEntry]] = {}
    for entry in contacts:
        by_recipient.setdefault(entry.details.recipient, []).append(entry)
    for recipient, entries in by_recipient.items():
        details = [entry.details for entry in entries]
        yield Referral(
            recipient=recipient,
            reached=any(one.answered for one in details),
            reference=any(
                one.reference.strip().casefold() not in _NO_REFERENCE for one in details
            ),
            advice=any(one.advice.strip() for one in details),
        )


def _overdue(workspace: Workspace, row: IncidentRow) -> int:
    """Count the clocks that ran out and were not met."""
    clocks = show_checklists(workspace, row.id).clocks
    return sum(clock.late_by is not None and clock.met_at is None for clock in clocks)
