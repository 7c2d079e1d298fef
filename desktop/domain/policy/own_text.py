"""Writes what an organisation adds to a procedure into its text: kept and checked with it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from desktop.domain.errors import OwnEntryUnfit, ProcedureInvalid
from desktop.domain.policy.own_copy import OwnDeadline, OwnStep
from desktop.domain.steps.procedure_text import parse_procedure
from desktop.domain.steps.procedures import Act, Length, NotApplicable, Procedure, Severity, Step

FIRST_OWN_NUMBER = 901
LONGEST = 999
OWN_NOTE = "Added by our organisation."


def next_step_id(procedure_id: str, used: Iterable[str]) -> str:
    """Return an id for a further step of our own; one that was ever used never comes back."""
    return _next_id(f"{procedure_id}-", used, FIRST_OWN_NUMBER)


def next_deadline_id(step_id: str, used: Iterable[str]) -> str:
    """Return an id for a further deadline on a step; one that was ever used never comes back."""
    return _next_id(f"{step_id}/", used, 1)


def _next_id(before: str, used: Iterable[str], first: int) -> str:
    numbers = [int(one.removeprefix(before)) for one in used if one.startswith(before)]
    return f"{before}{max(numbers, default=first - 1) + 1}"


def with_own(
    procedure: Procedure, steps: Sequence[OwnStep], deadlines: Sequence[OwnDeadline], label: str
) -> Procedure:
    """Return the procedure with what is added to it; raises ProcedureInvalid.

    `label` joins its version, so that the text and no other can be found again by it.
    """
    mine = [one for one in steps if one.procedure_id == procedure.id]
    clocks = [one for one in deadlines if one.procedure_id == procedure.id]
    if not mine and not clocks:
        return procedure
    tables = [_step_table(one, procedure) for one in mine]
    tables += [_deadline_table(one) for one in clocks]
    head = f"added = {_quoted(label)}\n"
    made = _parse("\n".join((head + procedure.source, *tables)), f"{procedure.id}.toml")
    return replace(made, version=f"{procedure.version}, {label}")


@lru_cache(maxsize=64)
def _parse(text: str, file_name: str) -> Procedure:
    return parse_procedure(text, file_name)


def anchor_of(procedure: Procedure, follows: str) -> Step:
    """Return the step that an own step stands behind; the last one where that is gone."""
    found = next((step for step in procedure.steps if step.id == follows), None)
    return found or max(procedure.steps, key=lambda step: step.order)


def captures(procedure: Procedure) -> tuple[str, ...]:
    """Return the steps that capture and are never left out: nothing is removed before them."""
    return tuple(
        step.id
        for step in procedure.steps
        if Act.CAPTURE in step.acts and step.not_applicable is NotApplicable.NEVER
    )


def problems_of_step(step: OwnStep, procedure: Procedure) -> list[str]:
    """Return what is wrong with an own step, each with what to do, in plain sentences."""
    problems = []
    if not step.title.strip():
        problems.append("The step has no title. Write in a few words what is to be done.")
    if not step.text.strip():
        problems.append("The step says nothing. Write what is to be done, so that anybody can.")
    if not step.actor:
        problems.append("Nobody is to do it. Choose who does this step.")
    if step.severity is Severity.STOP:
        problems.append("A step of your own cannot be a stop. Choose must, should or consider.")
    if step.follows and step.follows not in {one.id for one in procedure.steps}:
        problems.append(f"There is no step {step.follows}. Choose after which step it comes.")
    if step.removes and not captures(procedure):
        problems.append(
            "It hides, removes or blocks something, and nothing in this procedure keeps the "
            "evidence first. Add it to a procedure that has a capture step."
        )
    return problems


def problems_of_deadline(deadline: OwnDeadline) -> list[str]:
    """Return what is wrong with a local deadline, each with what to do."""
    problems = []
    if not deadline.label.strip():
        problems.append("The deadline has no name. Write what it is for, in a few words.")
    counted = deadline.length not in {Length.NOW, Length.SAME_DAY}
    if counted and not 0 < deadline.amount <= LONGEST:
        problems.append("How long is missing. Write a number from 1 to 999.")
    if not deadline.starts:
        problems.append("Nothing starts it. Choose when the time begins to run.")
    if deadline.starts == deadline.step_id:
        problems.append("It would start when its own step is done. Choose another start.")
    return problems


def check_own(
    procedure: Procedure, steps: Sequence[OwnStep], deadlines: Sequence[OwnDeadline]
) -> None:
    """Raise OwnEntryUnfit if the procedure cannot run with these."""
    problems = [
        problem
        for step in steps
        if step.procedure_id == procedure.id
        for problem in problems_of_step(step, procedure)
    ]
    problems += [
        problem
        for deadline in deadlines
        if deadline.procedure_id == procedure.id
        for problem in problems_of_deadline(deadline)
    ]
    if problems:
        raise OwnEntryUnfit(tuple(problems))
    try:
        with_own(procedure, steps, deadlines, "ours")
    except ProcedureInvalid as error:
        raise OwnEntryUnfit(error.problems) from error


def _step_table(step: OwnStep, procedure: Procedure) -> str:
    after = captures(procedure) if step.removes else ()
    act = Act.CONTACT if step.recipients else Act.NOTE
    lines = [
        "[[steps]]",
        f"id = {_quoted(step.id)}",
        f"title = {_quoted(step.title)}",
        f"text = {_quoted(step.text)}",
        f"actor = {_quoted(step.actor)}",
        f"recipients = {_list(step.recipients)}",
        f"severity = {_quoted(step.severity)}",
        f"order = {anchor_of(procedure, step.follows).order}",
        f"after = {_list(after)}",
        'not_applicable = "reason"',
        f"acts = {_list((act,))}",
        f"removes = {'true' if step.removes else 'false'}",
        "local = true",
        f'authorities = [{{ reference = "own", note = {_quoted(_note(step.source))} }}]',
    ]
    return "\n".join(lines) + "\n"


def _deadline_table(deadline: OwnDeadline) -> str:
    lines = [
        "[[added_deadlines]]",
        f"step = {_quoted(deadline.step_id)}",
        f"id = {_quoted(deadline.id)}",
        f"label = {_quoted(deadline.label)}",
        f"length = {_quoted(deadline.length)}",
        f"amount = {deadline.amount if deadline.length not in _UNCOUNTED else 0}",
        f"starts = {_quoted(deadline.starts)}",
        'basis = "local"',
        'reference = "own"',
    ]
    return "\n".join(lines) + "\n"


_UNCOUNTED = (Length.NOW, Length.SAME_DAY)


def _note(source: str) -> str:
    return f"{OWN_NOTE} {source.strip()}".strip()


def _quoted(text: str) -> str:
    """Return a text as TOML writes it; JSON's way of quoting is one that TOML reads."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(_quoted(one) for one in texts)}]"
