"""What a procedure must fulfil beyond its form: ids, order, facts, recipients, references."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from desktop.domain.contacts import Recipient
from desktop.domain.incidents import MOMENT_FIELDS
from desktop.domain.steps.clocks import STARTS_OF_RECORD
from desktop.domain.steps.facts import NOT_ANSWERED, STEADY, read_fact
from desktop.domain.steps.procedures import (
    POLICY_SOURCES,
    Act,
    Authority,
    Deadline,
    Length,
    NotApplicable,
    Procedure,
    Step,
)

ACTORS = frozenset(
    {
        "REPORTER", "DSL", "OSC", "DDSL", "HEAD", "SLT", "HR", "LINE-MGR", "ACCT-MGR", "IT",
        "CHAMPION", "EXEC", "MARKETING", "DPO", "EVERYONE",
    }
)  # fmt: skip
OWN_WORDS = frozenset({"own", "design"})
_REFERENCE = re.compile(r"S\d{3}:\d{1,4}|[A-Z]\d{1,2}")
_PROCEDURE_ID = re.compile(r"[A-Z]\d{1,2}[A-Z]?")
_BLANK_NAME = re.compile(r"[a-z_]+")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a problem is: a file, or a step in it."""

    words: str

    def problem(self, what: str, cure: str) -> str:
        return f"{self.words}: {what}. {cure}."


def place_of(file_name: str, procedure_id: str, step_id: str = "") -> str:
    """Say where something is: P07.toml, procedure P07, step P07-2."""
    parts = (("procedure", procedure_id), ("step", step_id))
    return ", ".join((file_name, *(f"{word} {one}" for word, one in parts if one)))


def find_problems(procedure: Procedure, file_name: str) -> Iterator[str]:
    """Yield a sentence for everything wrong within one procedure."""
    place = _Place(place_of(file_name, procedure.id))
    if procedure.id and not _PROCEDURE_ID.fullmatch(procedure.id):
        yield place.problem(f"the id “{procedure.id}” has the wrong form", "Write P02 or S1")
    if not procedure.steps:
        yield place.problem("there is no step", "Add [[steps]]")
    yield from _facts(place, "attached_by", procedure.attached_by, procedure)
    ids = [step.id for step in procedure.steps]
    for step_id in sorted({one for one in ids if ids.count(one) > 1}):
        yield place.problem(f"the id {step_id} is used twice", "Give each step its own id")
    for step in procedure.steps:
        yield from _step_problems(
            step, procedure, _Place(place_of(file_name, procedure.id, step.id))
        )
    loop = _find_loop({step.id: step.after for step in procedure.steps})
    if loop:
        yield place.problem(f"{' after '.join(loop)} is a loop", "Remove one of these `after`")
    else:
        own = {step.id: step for step in procedure.steps}
        # Where the way back leads through other procedures, it is known together only.
        alone = (step for step in procedure.steps if own.keys() >= set(step.after))
        yield from _removals(alone, own)


def find_problems_together(procedures: Mapping[str, Procedure]) -> Iterator[str]:
    """Yield a sentence for everything wrong between procedures: what one says of another."""
    steps = {step.id: step for one in procedures.values() for step in one.steps}
    for procedure in procedures.values():
        for step in procedure.steps:
            place = _Place(place_of(f"{procedure.id}.toml", procedure.id, step.id))
            if step.runs and step.runs not in procedures:
                yield place.problem(f"it runs {step.runs}, which is not there", "Correct `runs`")
            starts = [one.starts for one in step.deadlines if _looks_like_step(one.starts)]
            for step_id in (*step.after, *starts):
                if step_id not in steps:
                    yield place.problem(f"it names {step_id}, which is not there", "Correct it")
            for text in _facts_of_step(step):
                yield from _mention(place, text, procedures)
    loop = _find_loop({step.id: step.after for step in steps.values()})
    if loop:
        what = f"{' after '.join(loop)} is a loop"
        yield _Place("All procedures").problem(what, "Remove one of these `after`")
    else:
        yield from _removals(steps.values(), steps)


def _step_problems(step: Step, procedure: Procedure, place: _Place) -> Iterator[str]:
    yield from _name_problems(step, procedure, place)
    if Act.CONTACT in step.acts and not step.recipients:
        yield place.problem("it contacts nobody", "Name the recipients")
    if not step.authorities:
        yield place.problem("it names no authority", "Add authorities")
    if not step.acts and not step.ticked_by:
        yield place.problem("nobody can do it", "Add acts, or ticked_by")
    yield from _authority_problems(step.authorities, place)
    yield from _deadline_problems(step.deadlines, procedure, place)
    yield from _rule_problems(step, procedure, place)
    yield from _blank_problems(step, place)


def _name_problems(step: Step, procedure: Procedure, place: _Place) -> Iterator[str]:
    if step.id and not re.fullmatch(rf"{re.escape(procedure.id)}-(?:\d{{1,2}}|9\d{{2}})", step.id):
        yield place.problem("the id has the wrong form", f"Write {procedure.id}-1")
    if step.actor and step.actor not in ACTORS:
        yield place.problem(f"the actor {step.actor} is not known", _use(ACTORS))
    for recipient in step.recipients:
        if recipient not in set(Recipient):
            yield place.problem(f"the recipient {recipient} is not known", _use(Recipient))
    own = {one.id for one in procedure.steps}
    for step_id in step.after:
        if not _looks_like_step(step_id):
            yield place.problem(f"`after` names {step_id}, which is no step", "Correct it")
        elif step_id.startswith(f"{procedure.id}-") and step_id not in own:
            yield place.problem(f"`after` names {step_id}, which is not there", "Correct it")


def _authority_problems(authorities: Iterable[Authority], place: _Place) -> Iterator[str]:
    for one in authorities:
        yield from _reference(one.reference, place)
        if one.reference in OWN_WORDS and (one.quote or not one.note):
            yield place.problem(
                f"the authority “{one.reference}” is nobody's words",
                "Leave out the quote and say it in a note",
            )


def _deadline_problems(
    deadlines: Iterable[Deadline], procedure: Procedure, place: _Place
) -> Iterator[str]:
    for one in deadlines:
        yield from _reference(one.reference, place)
        yield from _facts(place, "documented_when", one.documented_when, procedure)
        yield from _facts(place, "when", one.when, procedure)
        yield from _facts(place, "failed_when", one.failed_when, procedure)
        for policy in one.policies:
            if policy not in POLICY_SOURCES:
                yield place.problem(
                    f"the clock {one.id} names the policy {policy}, which is not known",
                    _use(POLICY_SOURCES),
                )
        counted = one.length not in {Length.NOW, Length.SAME_DAY}
        if counted != (one.amount > 0):
            yield place.problem(f"the clock {one.id} has a wrong amount", "Correct `amount`")
        if one.starts and not _is_start(one.starts):
            what = f"a clock starts at {one.starts}, which is no time"
            yield place.problem(what, _use(STARTS_OF_RECORD))
        if one.stops and one.stops not in MOMENT_FIELDS:
            what = f"a clock stops at {one.stops}, which is no time"
            yield place.problem(what, _use(MOMENT_FIELDS))


def _rule_problems(step: Step, procedure: Procedure, place: _Place) -> Iterator[str]:
    never = step.not_applicable is NotApplicable.NEVER
    if never and step.rules:
        yield place.problem("it is never left out, and has rules", "Remove them, or say “rule”")
    if step.not_applicable is NotApplicable.RULE and not step.rules:
        yield place.problem("it has no rule", "Add rules, or say “reason”")
    for rule in step.rules:
        if not rule.when:
            yield place.problem("a rule has no facts", "Fill in `when`")
        yield from _facts(place, "rules", rule.when, procedure)
        for text in rule.unless:
            if not STEADY.fullmatch(text):
                yield place.problem(
                    f"`unless` holds “{text}”, which is no policy or rule",
                    "Write policy:S004, or on: or off: and the rule",
                )
    if step.ticked_by:
        yield from _facts(place, "ticked_by", (step.ticked_by,), procedure)


def _blank_problems(step: Step, place: _Place) -> Iterator[str]:
    names = [blank.name for blank in step.blanks]
    for name in names:
        if name and not _BLANK_NAME.fullmatch(name):
            yield place.problem(f"the blank “{name}” is misnamed", "Use a-z and _ only")
    if len(names) != len(set(names)):
        yield place.problem("two blanks have one name", "Give each its own")
    answers = {f"{blank.name}={choice}" for blank in step.blanks for choice in blank.choices}
    for blank in step.blanks:
        for answer in (one for one in blank.needed_answers if one not in answers):
            yield place.problem(
                f"`needed_with` holds “{answer}”, which is no answer of this step",
                "Write the name of another blank, = and one of its choices",
            )


def _removals(removing: Iterable[Step], steps: Mapping[str, Step]) -> Iterator[str]:
    for step in removing:
        if step.removes and not any(
            Act.CAPTURE in earlier.acts and earlier.not_applicable is NotApplicable.NEVER
            for earlier in _all_before(step, steps)
        ):
            procedure_id = step.id.rsplit("-", 1)[0]
            yield _Place(place_of(f"{procedure_id}.toml", procedure_id, step.id)).problem(
                "it removes something before it was captured",
                "Name in `after` a step that captures and is never left out",
            )


def _all_before(step: Step, steps: Mapping[str, Step]) -> Iterator[Step]:
    for step_id in step.after:
        if step_id in steps:
            yield steps[step_id]
            yield from _all_before(steps[step_id], steps)


def _facts(place: _Place, key: str, texts: Iterable[str], procedure: Procedure) -> Iterator[str]:
    for text in texts:
        if read_fact(text) is None:
            yield place.problem(
                f"`{key}` holds “{text}”, which is no fact", "Use a fact of domain/steps/facts.py"
            )
        else:
            yield from _mention(place, text, {procedure.id: procedure}, partly=True)


def _facts_of_step(step: Step) -> Iterator[str]:
    for rule in step.rules:
        yield from rule.when
    for deadline in step.deadlines:
        yield from deadline.documented_when
        yield from deadline.when
        yield from deadline.failed_when
    if step.ticked_by:
        yield step.ticked_by


def _mention(
    place: _Place, text: str, procedures: Mapping[str, Procedure], *, partly: bool = False
) -> Iterator[str]:
    """Check what a fact mentions; `partly`: only where it is about these procedures."""
    said = read_fact(text)
    if said is None:
        return
    about = said.procedure or said.step.rsplit("-", 1)[0]
    if not about or (partly and about not in procedures):
        return
    step = _find_step(said.step, procedures)
    if about not in procedures or (said.step and step is None):
        yield place.problem(f"“{text}” speaks of something that is not there", "Correct it")
    elif step is not None and said.blank:
        blank = next((one for one in step.blanks if one.name == said.blank), None)
        choices = blank.choices if blank else ()
        silent = blank is not None and bool(choices) and not blank.required
        if said.choice not in choices and not (silent and said.choice == NOT_ANSWERED):
            yield place.problem(f"“{text}” is no choice of {said.step}", "Correct it")


def _find_step(step_id: str, procedures: Mapping[str, Procedure]) -> Step | None:
    for procedure in procedures.values():
        for step in procedure.steps:
            if step.id == step_id:
                return step
    return None


def _find_loop(after: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    try:
        TopologicalSorter(after).prepare()
    except CycleError as error:
        return tuple(error.args[1])
    return ()


def reference_problem(reference: str) -> tuple[str, str] | None:
    """Return what is wrong with the form of a reference and what to write, or None."""
    if not reference or reference in OWN_WORDS or _REFERENCE.fullmatch(reference):
        return None
    return (
        f"the reference “{reference}” has the wrong form",
        "Write S003:182, a number of the source register such as C1, or own",
    )


def _reference(reference: str, place: _Place) -> Iterator[str]:
    problem = reference_problem(reference)
    if problem:
        yield place.problem(*problem)


def _is_start(text: str) -> bool:
    told = text.startswith("told:") and read_fact(text) is not None
    return told or text in STARTS_OF_RECORD or _looks_like_step(text)


def _looks_like_step(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]\d{1,2}[A-Z]?-(?:\d{1,2}|9\d{2})", text))


def _use(words: Iterable[str]) -> str:
    return f"Use one of: {', '.join(sorted(words))}"
