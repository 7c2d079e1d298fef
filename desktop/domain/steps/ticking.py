"""When what ticks a step came to hold: the time of the contact, the item, or the other step."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from desktop.domain.calendar.times import Moment
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.facts import (
    Running,
    Situation,
    counting,
    is_private,
    read_fact,
    tellings,
)
from desktop.domain.steps.procedures import Step
from desktop.domain.steps.row_facts import GATE_FACTS, ITEM_FACTS, keeps_out, standing
from desktop.domain.steps.step_states import state_of
from desktop.domain.steps.triage import QUESTIONS

# The fields of the record that a fact needs; the one that was filled in last made it hold.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "first-account": ("first_account",),
    "risk-assessed": ("risk", "risk_reasons"),
    "support-planned": ("support",),
    "wishes-known": ("wishes",),
    "outcome-recorded": ("outcome",),
    "control-recorded": ("control_measure",),
    "learner-view-recorded": ("learner_view",),
}
_STEPS = ("done", "past", "not-possible")
# What only other rows of the log can date: whoever reads the situation says since when.
_OF_ROWS = ("incident-linked", "item-sealed", "restricted-log", "origins-known", "sources-noted")


def ticked_at(
    fact: str, situation: Situation, facts: frozenset[str], passed: frozenset[str] = frozenset()
) -> Moment | None:
    """Return when this fact came to hold, None where nobody can tell.

    `passed` are the facts on the way here: two steps may tick one another.
    """
    if fact in passed:
        return None
    kind, _, name = fact.partition(":")
    deeper = passed | {fact}
    if kind in _STEPS:
        return _step_at(name, situation, facts, deeper)
    if kind == "finished":
        return _finished_at(name, situation, facts, deeper)
    about = read_fact(fact)
    if about is not None and about.blank:
        return _step_at(about.step, situation, facts, deeper)
    if fact in _FIELDS:
        return _last(situation.entered.get(one) for one in _FIELDS[fact])
    return _plain_at(fact, situation)


def _plain_at(fact: str, situation: Situation) -> Moment | None:
    kind, _, name = fact.partition(":")
    if kind == "submitted" or fact in _OF_ROWS:
        return situation.entered.get(fact)
    if kind == "told":
        return _first(_times_told(name, situation))
    if kind == "running":
        return _first(_times_attached(name, situation))
    if fact in _PLAIN:
        return _PLAIN[fact](situation)
    return _row_at(fact, situation)


def _row_at(fact: str, situation: Situation) -> Moment | None:
    """Return when the first answer at the gate, item or answer that makes this fact was there."""
    if fact in GATE_FACTS:
        return _first(one.at for one in standing(situation.statements) if GATE_FACTS[fact](one))
    if fact in ITEM_FACTS:
        return _first(one.captured_at for one in situation.items if ITEM_FACTS[fact](one))
    return _answered_at(fact.partition("=")[0], situation)


def _answered_at(question: str, situation: Situation) -> Moment | None:
    given = situation.answers.get(question)
    return given.at if given else None


def _careful_at(situation: Situation) -> Moment | None:
    """Return when something was first held back or sealed; what was corrected counts too."""
    held = [one.at for one in situation.statements if keeps_out(one)]
    sealed = situation.entered.get("item-sealed")
    return _first([*held, sealed] if sealed else held)


def _both_told_at(situation: Situation) -> Moment | None:
    told = situation.incident.record.reported_to_dsl_at
    if situation.osc_is_dsl:
        return told
    others = (*_times_told("OSC", situation), *_times_attached("P04", situation))
    return _last((told, _first(others)))


def times_told(situation: Situation) -> dict[str, Moment]:
    """Return when each recipient was told first, as a deadline names it: told:CSC."""
    ordered = sorted(tellings(situation), key=lambda one: one.details.at.utc, reverse=True)
    return {f"told:{one.details.recipient}": one.details.at for one in ordered}


def _times_told(recipient: str, situation: Situation) -> Iterator[Moment]:
    for one in tellings(situation):
        if one.details.recipient == recipient:
            yield one.details.at


def _times_attached(procedure_id: str, situation: Situation) -> Iterator[Moment]:
    for one in situation.running:
        if one.procedure.id == procedure_id and not one.is_ended:
            yield one.checklist.attached_at


def _kept(fact: str, situation: Situation) -> Iterable[EvidenceItem]:
    """Return what ticks such a step: of its own kind where there is any, else whatever is kept."""
    kept = [one for one in situation.items if one.state is ItemState.KEPT]
    return [one for one in kept if is_private(one) == (fact == "message-kept")] or kept


def _step_at(
    step_id: str, situation: Situation, facts: frozenset[str], passed: frozenset[str]
) -> Moment | None:
    for one in counting(situation.running):
        for step in one.procedure.steps:
            if step.id == step_id:
                return _settled_at(step, one, situation, facts, passed)
    return None


def _finished_at(
    procedure_id: str, situation: Situation, facts: frozenset[str], passed: frozenset[str]
) -> Moment | None:
    for one in counting(situation.running):
        if one.procedure.id == procedure_id:
            steps = one.procedure.steps
            return _last(_settled_at(step, one, situation, facts, passed) for step in steps)
    return None


def _settled_at(
    step: Step,
    running: Running,
    situation: Situation,
    facts: frozenset[str],
    passed: frozenset[str],
) -> Moment | None:
    state, entry = state_of(step, running.checklist.entries, facts)
    if entry is not None and state is not StepState.OPEN:
        return entry.done_at or entry.at
    if state is StepState.DONE:
        return ticked_at(step.ticked_by, situation, facts, passed)
    return None


def _first(times: Iterable[Moment]) -> Moment | None:
    return min(times, key=lambda one: one.utc, default=None)


def _last(times: Iterable[Moment | None]) -> Moment | None:
    """Return the last of them; None where one is not known."""
    known = list(times)
    found = [one for one in known if one is not None]
    return max(found, key=lambda one: one.utc) if found and len(found) == len(known) else None


_PLAIN: Mapping[str, Callable[[Situation], Moment | None]] = {
    "always": lambda one: one.incident.logged_at,
    "closed": lambda one: one.incident.closed_at,
    "first-recorded": lambda one: one.incident.record.first_recorded_at,
    "dsl-told": lambda one: one.incident.record.reported_to_dsl_at,
    "both-told": _both_told_at,
    "gate-answered": lambda one: _first(each.at for each in one.statements),
    "careful": _careful_at,
    "triage-answered": lambda one: _last(_answered_at(each.id, one) for each in QUESTIONS),
    "only-own-account": lambda one: _answered_at("T8", one),
    "message-kept": lambda one: _first(each.captured_at for each in _kept("message-kept", one)),
    "page-kept": lambda one: _first(each.captured_at for each in _kept("page-kept", one)),
}
