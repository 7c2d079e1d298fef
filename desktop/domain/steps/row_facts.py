"""Facts that a single row of the record makes: an answer at the gate, an item that is listed."""

from collections.abc import Callable, Iterable, Mapping

from desktop.domain.evidence.gate import Concern, GateAnswer, Statement
from desktop.domain.evidence.items import EvidenceItem, ItemKind, ItemState

# What nobody can place counts as an image of a child.
_CHILD = (Concern.CHILD_IMAGE, None)

GATE_FACTS: Mapping[str, Callable[[Statement], bool]] = {
    "gate-answered": lambda _one: True,
    "gate-yes": lambda one: one.answer is GateAnswer.YES,
    "gate-unsure": lambda one: one.answer is GateAnswer.NOT_SURE and one.concern in _CHILD,
    "gate-child": lambda one: one.answer is GateAnswer.YES and one.concern in _CHILD,
    "gate-adult": lambda one: _names(one, Concern.ADULT_IMAGE),
    "gate-terrorist": lambda one: _names(one, Concern.TERRORIST),
}
ITEM_FACTS: Mapping[str, Callable[[EvidenceItem], bool]] = {
    "item-listed": lambda _one: True,
    "item-kept": lambda one: one.state is ItemState.KEPT,
    "held-back": lambda one: one.state is ItemState.HELD_BACK,
    "described": lambda one: one.state is ItemState.DESCRIBED,
    "item-sealed": lambda one: one.state is ItemState.SEALED,
    "thing-kept": lambda one: one.kind is ItemKind.THING,
}


def standing(statements: Iterable[Statement]) -> list[Statement]:
    """Return the answers at the gate that no later one corrects."""
    known = list(statements)
    corrected = {one.corrects for one in known}
    return [one for one in known if one.id not in corrected]


def keeps_out(statement: Statement) -> bool:
    """Say whether this answer held something back: the incident is careful from then on."""
    return statement.answer is not GateAnswer.NO


def _names(statement: Statement, concern: Concern) -> bool:
    return keeps_out(statement) and statement.concern is concern
