"""What a newer version of a procedure changes, in words: steps added, gone, reworded, clocks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop.domain.procedures import Deadline, Length, Procedure, Step


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
    return NewerVersion(
        procedure_id=present.id,
        running=running.version,
        present=present.version,
        changes=tuple(_changes(running, present)) or ("Only notes or wording around it changed.",),
    )


def _bare(procedure: Procedure) -> Procedure:
    return replace(procedure, version="", source="", checked="")


def _changes(running: Procedure, present: Procedure) -> Iterator[str]:
    before = {step.id: step for step in running.steps}
    after = {step.id: step for step in present.steps}
    yield from (f"New: {_name(step)}" for step in present.steps if step.id not in before)
    yield from (f"Gone: {_name(step)}" for step in running.steps if step.id not in after)
    for step in present.steps:
        if step.id in before:
            yield from _changes_of(before[step.id], step)


def _changes_of(before: Step, after: Step) -> Iterator[str]:
    if before.title != after.title:
        yield f"{after.id} is now called “{after.title}” (it was “{before.title}”)"
    if before.text != after.text:
        yield f"{after.id}, {after.title}: reworded. It now says: {after.text}"
    clocks = {one.id: one for one in before.deadlines}
    present = {one.id: one for one in after.deadlines}
    for deadline in after.deadlines:
        if clocks.get(deadline.id) != deadline:
            yield f"{after.id}, deadline {deadline.label}: {say_length(deadline)}"
    for deadline in before.deadlines:
        if deadline.id not in present:
            yield f"{after.id}, deadline {deadline.label}: gone"


def _name(step: Step) -> str:
    return f"{step.id}, {step.title}"


_ONE: dict[Length, str] = {
    Length.HOURS: "hour",
    Length.AFTER_HOURS: "hour",
    Length.WORKING_DAYS: "working day",
    Length.DAYS: "day",
    Length.MONTHS: "month",
}


def say_length(deadline: Deadline) -> str:
    """Write how long a deadline is: within 48 hours."""
    if deadline.length is Length.NOW:
        return "at once"
    if deadline.length is Length.SAME_DAY:
        return "on the same day"
    unit = _ONE[deadline.length] + ("" if deadline.amount == 1 else "s")
    before = "not before" if deadline.length is Length.AFTER_HOURS else "within"
    return f"{before} {deadline.amount} {unit}"
