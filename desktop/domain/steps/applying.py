"""Which procedures the facts of an incident call for, and which nothing calls for any more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.domain.identifiers import ChecklistId
from desktop.domain.steps.checklist_records import Checklist
from desktop.domain.steps.facts import Running
from desktop.domain.steps.procedures import Procedure, Scope

# The fact with which a part joins: the procedure that uses it runs.
_RUN_BY = "running:"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoLonger:
    """A running procedure that nothing calls for any more; `reason` is what could be said."""

    checklist_id: ChecklistId
    procedure_id: str
    title: str
    reason: str


def calls_for(procedure: Procedure, facts: frozenset[str]) -> tuple[str, ...]:
    """Return the facts that hold and attach this procedure."""
    return tuple(fact for fact in procedure.attached_by if fact in facts)


def wanted(
    procedures: Mapping[str, Procedure],
    checklists: Iterable[Checklist],
    facts: frozenset[str],
    fresh: frozenset[str] = frozenset(),
) -> tuple[Procedure, ...]:
    """Return the procedures that should join now, in the order in which they lead.

    One that was ended is wanted again only by a fact that did not hold then, or a fresh one.
    """
    latest = {one.procedure_id: one for one in checklists}
    running = {one.procedure_id for one in checklists if not one.ended_reason}
    found = [
        one
        for one in procedures.values()
        if one.scope is Scope.INCIDENT and one.id not in running
        if _joins(calls_for(one, facts), latest.get(one.id), fresh)
    ]
    return tuple(sorted(found, key=lambda one: (one.order, one.id)))


def _joins(calls: tuple[str, ...], ended: Checklist | None, fresh: frozenset[str]) -> bool:
    if ended is None or not fresh.isdisjoint(calls):
        return bool(calls)
    return ended.ended_with is not None and not set(calls).issubset(ended.ended_with)


def no_longer(running: Iterable[Running], facts: frozenset[str]) -> tuple[NoLonger, ...]:
    """Return what was attached by an answer or another procedure, and would not be now.

    What somebody attached by hand stays until somebody ends it.
    """
    live = [one for one in running if not one.is_ended]
    staying, gone = live, True
    while gone:
        gone = False
        for one in staying:
            others = [each for each in staying if each is not one]
            if not _stays(one, others, facts):
                staying, gone = others, True
                break
    return tuple(
        NoLonger(
            checklist_id=one.checklist.id,
            procedure_id=one.procedure.id,
            title=one.procedure.title,
            reason=_say(one),
        )
        for one in live
        if one not in staying
    )


def _stays(one: Running, others: Iterable[Running], facts: frozenset[str]) -> bool:
    given = one.checklist.attached_with
    if given == () or (given is None and not one.procedure.attached_by):
        return True
    runs = {step.runs for other in others for step in other.procedure.steps}
    if one.procedure.id in runs:
        return True
    called = {fact for fact in given or () if not fact.startswith(_RUN_BY)}
    return not facts.isdisjoint(called.union(one.procedure.attached_by))


def _say(one: Running) -> str:
    given = one.checklist.attached_with or ()
    if given and all(fact.startswith(_RUN_BY) for fact in given):
        return "No running procedure uses it any more"
    return "The answers that called for it have changed"
