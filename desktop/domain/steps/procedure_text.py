"""Reads a procedure from its TOML text, strictly: every problem found is said at once."""

from dataclasses import replace

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.steps.procedure_checks import find_problems, place_of
from desktop.domain.steps.procedures import (
    Act,
    Authority,
    Basis,
    Blank,
    Deadline,
    Every,
    Length,
    Medium,
    NotApplicable,
    Procedure,
    Rule,
    Scope,
    Severity,
    Step,
)
from desktop.domain.toml_table import Table, open_table


def parse_procedure(text: str, file_name: str) -> Procedure:
    """Return the procedure written in `text`; raises ProcedureInvalid with all its problems."""
    problems: list[str] = []
    procedure = _read_procedure(open_table(text, file_name, problems), text)
    problems.extend(find_problems(procedure, file_name))
    if problems:
        raise ProcedureInvalid(tuple(dict.fromkeys(problems)))
    return procedure


def read_kept_procedure(text: str, file_name: str) -> Procedure:
    """Return a procedure as a checklist keeps it: what was right once is not held against it."""
    return _read_procedure(open_table(text, file_name, []), text)


def _read_procedure(table: Table, source: str) -> Procedure:
    procedure_id = table.text("id")
    table.place = place_of(table.place, procedure_id)
    order = table.number("order", 0)
    added = table.text("added", "")
    steps = _in_place(table.tables("steps", "step", _read_step))
    steps = _with_deadlines(steps, table)
    procedure = Procedure(
        id=procedure_id,
        title=table.text("title"),
        version=f"{table.text('version')}, {added}" if added else table.text("version"),
        applies_when=table.text("applies_when"),
        order=order,
        attached_by=table.texts("attached_by"),
        checked=table.text("checked"),
        note=table.text("note", ""),
        steps=steps,
        media=table.tables("media", "medium", _read_medium),
        scope=table.one_of("scope", Scope, Scope.INCIDENT, Scope.INCIDENT),
        every=table.one_of("every", Every, Every.NEVER, Every.NEVER),
        notice=table.prose("notice"),
        source=source,
    )
    table.finish()
    return procedure


def _in_place(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Put each step that the organisation added behind the one whose place it shares."""
    placed = [step for step in steps if not step.local]
    for step in steps:
        if step.local:
            same = [place for place, one in enumerate(placed) if one.order == step.order]
            placed.insert(max(same, default=len(placed) - 1) + 1, step)
    return tuple(placed)


def _with_deadlines(steps: tuple[Step, ...], table: Table) -> tuple[Step, ...]:
    """Give each step the deadlines that the organisation added to it, after its own."""
    known = {step.id for step in steps}
    for step_id, deadline in table.tables("added_deadlines", "added deadline", _read_added):
        if step_id not in known:
            table.say(f"the step {step_id} of an added deadline is not there", "Remove it")
        if "-" in deadline.starts and deadline.starts not in known:
            table.say(f"an added deadline starts at {deadline.starts}, not there", "Correct it")
        steps = tuple(
            replace(step, deadlines=(*step.deadlines, deadline)) if step.id == step_id else step
            for step in steps
        )
    return steps


def _read_added(table: Table) -> tuple[str, Deadline]:
    return table.text("step"), _read_deadline(table)


def _read_step(table: Table) -> Step:
    return Step(
        id=table.text("id"),
        title=table.text("title"),
        text=table.text("text"),
        actor=table.text("actor"),
        recipients=table.texts("recipients"),
        severity=table.one_of("severity", Severity, Severity.MUST),
        authorities=table.tables("authorities", "authority", _read_authority),
        deadlines=table.tables("deadlines", "deadline", _read_deadline),
        after=table.texts("after"),
        not_applicable=table.one_of("not_applicable", NotApplicable, NotApplicable.NEVER),
        rules=table.tables("rules", "rule", _read_rule),
        blanks=table.tables("blanks", "blank", _read_blank),
        acts=table.some_of("acts", Act),
        ticked_by=table.text("ticked_by", ""),
        runs=table.text("runs", ""),
        confirm=table.text("confirm", ""),
        order=table.number("order", 0),
        removes=table.truth("removes", default=False),
        worksheet=table.text("worksheet", ""),
        second=table.truth("second", default=False),
        outputs=table.texts("outputs"),
        local=table.truth("local", default=False),
    )


def _read_authority(table: Table) -> Authority:
    return Authority(
        reference=table.text("reference"),
        quote=table.text("quote", ""),
        note=table.text("note", ""),
        unsure=table.text("unsure", ""),
    )


def _read_deadline(table: Table) -> Deadline:
    return Deadline(
        id=table.text("id"),
        label=table.text("label"),
        length=table.one_of("length", Length, Length.NOW),
        amount=table.number("amount", 0),
        starts=table.text("starts"),
        basis=table.one_of("basis", Basis, Basis.LOCAL),
        reference=table.text("reference"),
        stops=table.text("stops", ""),
        documented_when=table.texts("documented_when"),
        policies=table.texts("policies"),
        when=table.texts("when"),
        switch=table.text("switch", ""),
        failed_when=table.texts("failed_when"),
    )


def _read_rule(table: Table) -> Rule:
    return Rule(
        when=table.texts("when"), reason=table.text("reason"), unless=table.texts("unless")
    )


def _read_blank(table: Table) -> Blank:
    return Blank(
        name=table.text("name"),
        label=table.text("label"),
        choices=table.texts("choices"),
        required=table.truth("required", default=True),
        long=table.truth("long", default=False),
        needed_with=table.text("needed_with", ""),
        day=table.truth("day", default=False),
    )


def _read_medium(table: Table) -> Medium:
    return Medium(
        name=table.text("name"),
        identifier=table.text("identifier"),
        capture=table.text("capture"),
        traps=table.text("traps"),
    )
