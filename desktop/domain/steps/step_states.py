"""Where one step stands, from what was recorded of it and the facts that hold."""

from collections.abc import Iterable, Sequence

from desktop.domain.steps.checklist_records import StepEntry, StepState
from desktop.domain.steps.procedures import Act, Rule, Step

# Whoever was asked said so: not now, and not never. Whom nobody asked gave no leave either.
_WAITS, _LEAVE_LIVE = ("=wait", "=not yet", "=not asked", "=not answered"), "=leave it up"
# Evidence that is there: whatever was said before it came, it could be kept.
_KEPT = frozenset({"item-kept", "message-kept", "page-kept"})


def prefilled_reason(step: Step, facts: frozenset[str]) -> str:
    """Return the reason of the first rule that makes the step not applicable, '' if none does."""
    rule = ruling(step, facts)
    return rule.reason if rule else ""


def ruling(step: Step, facts: frozenset[str]) -> Rule | None:
    """Return the first rule that makes the step not applicable, None if none does."""
    return next((rule for rule in step.rules if _holds(rule, facts)), None)


def withheld_reason(step: Step, facts: frozenset[str]) -> str:
    """Return the reason of a rule that would hold, but not under the policy that is followed."""
    for rule in step.rules:
        if facts.issuperset(rule.when) and not facts.isdisjoint(rule.unless):
            return rule.reason
    return ""


def is_put_off(step: Step, reason: str) -> bool:
    """Say whether this pre-filled reason only asks to wait: the step is still owed."""
    return any(asked_in(step, rule.when) for rule in step.rules if rule.reason == reason)


def asked_in(step: Step, ruled_by: Iterable[str]) -> str:
    """Return the step whose answer only asks to wait, among the facts of a rule; '' for none."""
    waits = (*_WAITS, _LEAVE_LIVE) if step.removes else _WAITS
    return next((fact.partition(".")[0] for fact in ruled_by if fact.endswith(waits)), "")


def state_of(
    step: Step, entries: Iterable[StepEntry], facts: frozenset[str]
) -> tuple[StepState, StepEntry | None]:
    """Return the state of a step, and the entry that says so (None: the program, or nobody).

    'Not applicable' by a rule holds only while the rule holds: when T4 changes, CEOP re-opens. A
    fact that ticks the step outranks what was opened again after it had been left out, and
    evidence what could not be kept. A step that two people check is never ticked by the program
    alone.
    """
    own = [one for one in entries if one.step_id == step.id and not one.explains_only]
    ticked = is_ticked(step, facts)
    if (
        own
        and not _rule_is_gone(step, own[-1], facts)
        and not (ticked and _is_outranked(step, own))
    ):
        return own[-1].state, own[-1]
    return (StepState.DONE if ticked else StepState.OPEN), None


def is_ticked(step: Step, facts: frozenset[str]) -> bool:
    """Say whether the program may tick the step by itself: the fact that does so holds."""
    return bool(step.ticked_by) and step.ticked_by in facts and not step.second


def is_past(step: Step, state: StepState, facts: frozenset[str]) -> bool:
    """Say whether a step holds nothing up any more: settled, or not applicable by a rule."""
    return state is not StepState.OPEN or bool(prefilled_reason(step, facts))


def is_over(step: Step, state: StepState, facts: frozenset[str]) -> bool:
    """Say whether nothing is owed of a step: past, and not only put off."""
    reason = prefilled_reason(step, facts)
    return state is not StepState.OPEN or (bool(reason) and not is_put_off(step, reason))


def rules_behind(step: Step, entry: StepEntry) -> tuple[Rule, ...] | None:
    """Return the rules of a step on which it was left out; None if somebody's own reason did it.

    The facts of the rule count, whatever the words; a rule that says the same stands in for it.
    Where they were not kept, its words must do. () where the step has that rule no more.
    """
    if entry.state is not StepState.NOT_APPLICABLE:
        return None
    if entry.ruled_by is None:
        return tuple(rule for rule in step.rules if rule.reason == entry.reason) or None
    reasons = {rule.reason for rule in step.rules if rule.when == entry.ruled_by}
    return tuple(rule for rule in step.rules if rule.reason in reasons)


def _rule_is_gone(step: Step, entry: StepEntry, facts: frozenset[str]) -> bool:
    rules = rules_behind(step, entry)
    return rules is not None and not any(_holds(rule, facts) for rule in rules)


def _is_outranked(step: Step, entries: Sequence[StepEntry]) -> bool:
    """Say whether a fact that ticks the step says more than its latest entry.

    What somebody opened again although it was done stays open: there is more to do.
    """
    if entries[-1].state is StepState.NOT_POSSIBLE:
        return Act.CAPTURE in step.acts and step.ticked_by in _KEPT
    settled = [one.state for one in entries if one.state is not StepState.OPEN]
    return entries[-1].state is StepState.OPEN and bool(settled) and _left_out(settled[-1])


def _left_out(state: StepState) -> bool:
    return state in (StepState.NOT_APPLICABLE, StepState.NOT_POSSIBLE)


def _holds(rule: Rule, facts: frozenset[str]) -> bool:
    return facts.issuperset(rule.when) and facts.isdisjoint(rule.unless)
