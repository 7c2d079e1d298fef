"""What a newer version of a procedure changes, in words: steps added, gone, reworded, clocks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from desktop.domain.contacts import RECIPIENT_NAMES, Recipient
from desktop.domain.steps.procedures import Deadline, Length, NotApplicable, Procedure, Step

_UNITS: dict[Length, str] = {
    Length.HOURS: "hour",
    Length.AFTER_HOURS: "hour",
    Length.WORKING_DAYS: "working day",
    Length.DAYS: "day",
    Length.MONTHS: "month",
}
_LEAVING: dict[NotApplicable, str] = {
    NotApplicable.NEVER: "it is never left out any more; it can be not possible, with a reason",
    NotApplicable.REASON: "it can now be left out with a reason",
    NotApplicable.RULE: "it can now be left out where a rule says so",
    NotApplicable.OUTSIDE: "it can now be left out where an outside agency says so",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewerVersion:
    """The label a checklist runs on, that of the present text, and what would change."""

    procedure_id: str
    running: str
    present: str
    changes: tuple[str, ...]


def what_changed(running: Procedure, present: Procedure) -> NewerVersion | None:
    """Say what the present version changes; None where it says the same as the running one."""
    if _bare(running) == _bare(present):
        return None
    changes = tuple(_changes(running, present))
    return NewerVersion(
        procedure_id=present.id,
        running=running.version,
        present=present.version,
        changes=changes or ("What is to be done stays the same: notes or sources changed.",),
    )


def _bare(procedure: Procedure) -> Procedure:
    return replace(procedure, version="", source="", checked="")


def _changes(running: Procedure, present: Procedure) -> Iterator[str]:
    before = {step.id: step for step in running.steps}
    after = {step.id: step for step in present.steps}
    yield from _of_procedure(running, present)
    for step in present.steps:
        if step.id not in before:
            yield f"New step {_name(step)}: {step.text}"
    for step in running.steps:
        if step.id not in after:
            yield f"{_name(step)} is gone; what was recorded of it stays"
    for step in present.steps:
        if step.id in before:
            yield from (f"{_name(step)}: {one}" for one in _of_step(before[step.id], step))


def _of_procedure(running: Procedure, present: Procedure) -> Iterator[str]:
    if running.notice != present.notice:
        yield "The notice above the steps is reworded"
    if running.title != present.title:
        yield f"Its title was “{running.title}”"
    if running.applies_when != present.applies_when:
        yield f"When it applies is reworded: {present.applies_when}"
    if running.attached_by != present.attached_by:
        yield "It joins an incident by itself in other cases"
    if running.media != present.media:
        yield "What to ask for by each medium is reworded"


def _of_step(before: Step, after: Step) -> Iterator[str]:
    if before.title != after.title:
        yield f"its title was “{before.title}”"
    if before.text != after.text:
        yield f"it now says: {after.text}"
    if before.actor != after.actor:
        yield "somebody else is to do it"
    yield from _told(before.recipients, after.recipients)
    if before.not_applicable is not after.not_applicable:
        yield _LEAVING[after.not_applicable]
    if before.after != after.after:
        yield _waits(before.after, after.after)
    if before.blanks != after.blanks:
        yield "it asks for other details"
    if before.second != after.second:
        yield "two people check it" if after.second else "one person is enough for it"
    yield from _clocks(before.deadlines, after.deadlines)
    yield from _ways(before, after)


def _ways(before: Step, after: Step) -> Iterator[str]:
    """Say what changed in how binding it is, when it applies, and how it is done."""
    if before.severity is not after.severity:
        yield f"it now counts as “{after.severity}” (it was “{before.severity}”)"
    if before.rules != after.rules:
        yield "when it does not apply is decided in another way"
    if before.removes != after.removes:
        yield (
            "it takes something away, so it waits for what is captured"
            if after.removes
            else "it no longer counts as taking something away"
        )
    if before.order != after.order:
        yield "its place among the steps is another"
    if _how(before) != _how(after):
        yield "it is done, confirmed or kept in another way"


def _how(step: Step) -> tuple[object, ...]:
    return (step.acts, step.ticked_by, step.runs, step.worksheet, step.confirm, step.outputs)


def _told(before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    told, now = list(before), list(after)
    more = [_recipient(one) for one in now if one not in told]
    fewer = [_recipient(one) for one in told if one not in now]
    if more:
        yield f"to be told, too: {', '.join(more)}"
    if fewer:
        yield f"no longer to be told: {', '.join(fewer)}"


def _recipient(name: str) -> str:
    return RECIPIENT_NAMES[Recipient(name)] if name in set(Recipient) else name


def _waits(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    more = [one for one in after if one not in before]
    if more:
        return f"it now comes after {', '.join(more)}"
    fewer = [one for one in before if one not in after]
    return f"it no longer waits for {', '.join(fewer)}"


def _clocks(before: Iterable[Deadline], after: Iterable[Deadline]) -> Iterator[str]:
    earlier = {one.id: one for one in before}
    now = {one.id: one for one in after}
    for deadline in now.values():
        old = earlier.get(deadline.id)
        if old is None:
            yield f"new deadline, {deadline.label}: {say_length(deadline)}"
        elif say_length(old) != say_length(deadline):
            yield (
                f"the deadline {deadline.label} is now {say_length(deadline)} "
                f"(it was {say_length(old)})"
            )
        elif old != deadline:
            yield f"the deadline {deadline.label} starts, ends or applies in another way"
    for deadline in earlier.values():
        if deadline.id not in now:
            yield f"the deadline {deadline.label} is gone"


def _name(step: Step) -> str:
    return f"{step.id}, {step.title}"


def say_length(deadline: Deadline) -> str:
    """Write how long a deadline is: within 48 hours."""
    if deadline.length is Length.NOW:
        return "at once"
    if deadline.length is Length.SAME_DAY:
        return "on the same day"
    unit = _UNITS[deadline.length] + ("" if deadline.amount == 1 else "s")
    before = "not before" if deadline.length is Length.AFTER_HOURS else "within"
    return f"{before} {deadline.amount} {unit}"
