"""Where each line of the policies is kept in the program: as a step, clock, duty, field, rule."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.contacts import RECIPIENT_NAMES
from desktop.domain.incidents import CATEGORY_NAMES
from desktop.domain.policy.laws import Laws
from desktop.domain.policy.policies import Duty, Lines, Policy, Tell
from desktop.domain.policy.policy_text import read_lines, read_whole
from desktop.domain.steps.procedures import Procedure, Step
from desktop.domain.toml_table import Table

_POLICY_LINE = re.compile(r"(?P<policy>S\d{3}):(?P<line>\d+)")


class Kept(StrEnum):
    """As what a line of a policy is kept."""

    STEP = "step"
    CLOCK = "clock"
    TELL = "who is told"
    DUTY = "duty"
    ROLE = "role"
    DEFINITION = "definition"
    CATEGORY = "category"
    LAW = "law"
    SLIP = "slip, corrected"
    FIELD = "field"
    RULE = "rule of the program"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptHere:
    """One place that carries a line of a policy, said in words, with the quote it carries."""

    kept: Kept
    place: str
    reference: str
    quote: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyLine:
    """A line of a policy with its words, as far as they are quoted, and all that carries it."""

    policy: str
    line: int
    quotes: tuple[str, ...]
    places: tuple[KeptHere, ...]

    @property
    def reference(self) -> str:
        """Return it as steps name it, such as S003:182."""
        return f"{self.policy}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramPlace:
    """A field or a rule of the program itself that carries lines of policies."""

    kept: Kept
    place: str
    lines: Lines


def parse_program(text: str, file_name: str) -> tuple[ProgramPlace, ...]:
    """Return the fields and rules written in `text`; raises ProcedureInvalid."""
    return read_whole(text, file_name, lambda table: table.tables("places", "place", _read_place))


def find_places(
    procedures: Mapping[str, Procedure],
    policies: Iterable[Policy],
    laws: Laws,
    program: Iterable[ProgramPlace],
) -> tuple[KeptHere, ...]:
    """Return every place that carries a line of a policy; each stands once."""
    found: list[KeptHere] = []
    for procedure in procedures.values():
        for step in procedure.steps:
            found += _of_step(procedure, step)
    for policy in policies:
        found += _of_policy(policy, procedures, laws)
    for law in laws.laws:
        found += _carry(Kept.LAW, law.title, law.lines)
    for one in program:
        found += _carry(one.kept, one.place, one.lines)
    return tuple(dict.fromkeys(one for one in found if _POLICY_LINE.fullmatch(one.reference)))


def policy_lines(places: Iterable[KeptHere]) -> tuple[PolicyLine, ...]:
    """Return the lines of the policies in their order, each with the places that carry it."""
    by_line: dict[tuple[str, int], list[KeptHere]] = {}
    for place in places:
        said = _POLICY_LINE.fullmatch(place.reference)
        if said:
            by_line.setdefault((said["policy"], int(said["line"])), []).append(place)
    return tuple(
        PolicyLine(
            policy=policy,
            line=line,
            quotes=_longest(one.quote for one in here),
            places=tuple(here),
        )
        for (policy, line), here in sorted(by_line.items())
    )


def _longest(quotes: Iterable[str]) -> tuple[str, ...]:
    """Return the quotes without those that stand in a longer one."""
    all_quotes = [one for one in dict.fromkeys(quotes) if one]
    return tuple(
        one for one in all_quotes if not any(one in other and one != other for other in all_quotes)
    )


def _of_step(procedure: Procedure, step: Step) -> Iterator[KeptHere]:
    place = f"{procedure.title}: {step.title} ({step.id})"
    yield from _carry(Kept.STEP, place, step.authorities)
    quotes = {one.reference: one.quote for one in step.authorities}
    for clock in step.deadlines:
        yield KeptHere(
            kept=Kept.CLOCK,
            place=f"{place}, clock {clock.id}",
            reference=clock.reference,
            quote=quotes.get(clock.reference, ""),
        )


def _of_policy(
    policy: Policy, procedures: Mapping[str, Procedure], laws: Laws
) -> Iterator[KeptHere]:
    steps = {step.id: step.title for one in procedures.values() for step in one.steps}
    titles = {one.id: one.title for one in laws.laws}
    said: tuple[tuple[Kept, Iterable[tuple[str, Lines]]], ...] = (
        (Kept.ROLE, ((one.title, one.lines) for one in policy.titles)),
        (Kept.DUTY, ((_duty_words(one), one.lines) for one in policy.duties)),
        (Kept.CLOCK, ((f"{one.id}: {one.text}", one.lines) for one in policy.limits)),
        (Kept.DEFINITION, ((one.term, one.lines) for one in policy.definitions)),
        (Kept.CATEGORY, ((CATEGORY_NAMES[one.category], one.lines) for one in policy.categories)),
        (Kept.LAW, ((titles.get(one.law, one.law), one.lines) for one in policy.laws)),
        (Kept.SLIP, ((f"{one.title}. {one.correction}", one.lines) for one in policy.slips)),
        (Kept.TELL, ((_tell_words(one, steps), one.lines) for one in policy.tells)),
    )
    for kept, entries in said:
        for place, lines in entries:
            yield from _carry(kept, place, lines)


def _duty_words(duty: Duty) -> str:
    return f"{duty.title} ({duty.place})" if duty.place else duty.title


def _tell_words(tell: Tell, steps: Mapping[str, str]) -> str:
    names = ", ".join(RECIPIENT_NAMES[one] for one in tell.recipients)
    return f"{steps.get(tell.step, 'Step')} ({tell.step}): {names}"


def _carry(kept: Kept, place: str, lines: Lines) -> Iterator[KeptHere]:
    for one in lines:
        yield KeptHere(
            kept=kept, place=place, reference=one.reference, quote=one.quote, note=one.note
        )


def _read_place(table: Table) -> ProgramPlace:
    kept = table.one_of("kept", Kept, Kept.FIELD)
    if kept not in {Kept.FIELD, Kept.RULE}:
        table.say(
            f"`kept` is “{kept}”, which has its own file", "Write field or rule of the program"
        )
    return ProgramPlace(kept=kept, place=table.text("place"), lines=read_lines(table))
