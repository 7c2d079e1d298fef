"""Where one step stands, from what was recorded of it and the facts that hold."""

from collections.abc import Iterable

from desktop.domain.steps.checklist_records import StepEntry, StepState
from desktop.domain.steps.procedures import Rule, Step

# Whoever was asked said so: not now, and not never.
_WAIT, _LEAVE_LIVE = "=wait", "=leave it up"


def prefilled_reason(step: Step, facts: frozenset[str]) -> str:
    """Return the reason of the first rule that makes the step not applicable, '' if none does."""
    for rule in step.rules:
        if _holds(rule, facts):
            return rule.reason
    return ""


def withheld_reason(step: Step, facts: frozenset[str]) -> str:
    """Return the reason of a rule that would hold, but not under the policy that is followed."""
    for rule in step.rules:
        if facts.issuperset(rule.when) and not facts.isdisjoint(rule.unless):
            return rule.reason
    return ""


def is_put_off(step: Step, reason: str) -> bool:
    """Say whether this pre-filled reason only asks to wait: the step is still owed."""
    waits = (_WAIT, _LEAVE_LIVE) if step.removes else (_WAIT,)
    return any(
        fact.endswith(waits) for rule in step.rules if rule.reason == reason for fact in rule.when
    )


def state_of(
    step: Step, entries: Iterable[StepEntry], facts: frozenset[str]
) -> tuple[StepState, StepEntry | None]:
    """Return the state of a step, and the entry that says so (None: the program, or nobody).

    'Not applicable' by a rule holds only while the rule holds: when T4 changes, CEOP re-opens. A
    step that two people check is never ticked by the program alone.
    """
    latest = None
    for entry in entries:
        if entry.step_id == step.id:
            latest = entry
    if latest is not None and not _rule_is_gone(step, latest, facts):
        return latest.state, latest
    if step.ticked_by and step.ticked_by in facts and not step.second:
        return StepState.DONE, None
    return StepState.OPEN, None


def is_past(step: Step, state: StepState, facts: frozenset[str]) -> bool:
    """Say whether a step holds nothing up any more: settled, or not applicable by a rule."""
    return state is not StepState.OPEN or bool(prefilled_reason(step, facts))


def _rule_is_gone(step: Step, entry: StepEntry, facts: frozenset[str]) -> bool:
    if entry.state is not StepState.NOT_APPLICABLE:
        return False
    named = [rule for rule in step.rules if rule.reason == entry.reason]
    return bool(named) and not any(_holds(rule, facts) for rule in named)


def _holds(rule: Rule, facts: frozenset[str]) -> bool:
    return facts.issuperset(rule.when) and facts.isdisjoint(rule.unless)
