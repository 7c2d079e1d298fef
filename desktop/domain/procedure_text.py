"""Reads a procedure from its TOML text, strictly: every problem found is said at once."""

import tomllib
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.procedure_checks import find_problems
from desktop.domain.procedures import (
    Act,
    Authority,
    Basis,
    Blank,
    Deadline,
    Length,
    Medium,
    NotApplicable,
    Procedure,
    Rule,
    Severity,
    Step,
)

Kind = TypeVar("Kind", bound=StrEnum)
Part = TypeVar("Part")
ORDER_STEP = 100


def parse_procedure(text: str, file_name: str) -> Procedure:
    """Return the procedure written in `text`; raises ProcedureInvalid with all its problems."""
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        problem = f"{file_name}: this is not TOML ({error}). Correct that line."
        raise ProcedureInvalid((problem,)) from error
    problems: list[str] = []
    procedure = _read_procedure(_Table(raw, file_name, problems), text)
    problems.extend(find_problems(procedure, file_name))
    if problems:
        raise ProcedureInvalid(tuple(dict.fromkeys(problems)))
    return procedure


class _Table:
    """One TOML table being read: takes keys of the right type, and notes what is wrong."""

    def __init__(self, raw: Mapping[str, Any], place: str, problems: list[str]) -> None:
        self._raw = raw
        self._problems = problems
        self._taken: set[str] = set()
        self.place = place

    def say(self, problem: str, cure: str) -> None:
        """Note a problem of this table, and what to do about it."""
        self._problems.append(f"{self.place}: {problem}. {cure}.")

    def text(self, key: str, default: str | None = None) -> str:
        """Take a text; without a default it has to be there and not empty."""
        value = self._take(key, str, default)
        if value is None:
            self.say(f"`{key}` is missing", f'Add {key} = "…"')
            return ""
        if default is None and not value.strip():
            self.say(f"`{key}` is empty", "Write something there")
        return " ".join(str(value).split())

    def number(self, key: str, default: int) -> int:
        """Take a whole number."""
        value = self._take(key, int, default)
        return int(value)

    def truth(self, key: str, *, default: bool) -> bool:
        """Take true or false."""
        return bool(self._take(key, bool, default))

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of texts; none if it is not there."""
        values = self._take(key, list, [])
        if not all(isinstance(value, str) and value.strip() for value in values):
            self.say(f"`{key}` holds something that is no text", 'Write it as ["…", "…"]')
            return ()
        return tuple(values)

    def one_of(self, key: str, kinds: type[Kind], default: Kind) -> Kind:
        """Take one of the words of an enumeration."""
        return self._word(key, self.text(key), kinds, default)

    def some_of(self, key: str, kinds: type[Kind]) -> tuple[Kind, ...]:
        """Take a list of words of an enumeration."""
        words = self.texts(key)
        allowed = set(kinds)
        known = tuple(kinds(word) for word in words if word in allowed)
        for word in words:
            if word not in allowed:
                self._word(key, word, kinds, next(iter(kinds)))
        return known

    def tables(self, key: str, name: str, build: "Callable[[_Table], Part]") -> tuple[Part, ...]:
        """Take a list of tables and build a part of each."""
        found = []
        for number, raw in enumerate(self._take(key, list, []), 1):
            if isinstance(raw, dict):
                label = raw.get("id") or number
                table = _Table(raw, f"{self.place}, {name} {label}", self._problems)
                found.append(build(table))
                table.finish()
            else:
                self.say(f"`{key}` holds something that is no table", "Write it as { … }")
        return tuple(found)

    def finish(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self._raw:
            if key not in self._taken:
                self.say(f"`{key}` is not a key that is known here", "Remove or correct it")

    def _take(self, key: str, kind: type, default: Any) -> Any:
        self._taken.add(key)
        if key not in self._raw:
            return default
        value = self._raw[key]
        if type(value) is not kind:
            words = {str: "a text", int: "a whole number", bool: "true or false", list: "a list"}
            self.say(f"`{key}` is not {words[kind]}", f"Write {words[kind]} there")
            return kind() if default is None else default
        return value

    def _word(self, key: str, word: str, kinds: type[Kind], default: Kind) -> Kind:
        if word in set(kinds):
            return kinds(word)
        if word:
            allowed = ", ".join(kinds)
            self.say(f"`{key}` is “{word}”, which is not known", f"Use one of: {allowed}")
        return default


def _read_procedure(table: _Table, source: str) -> Procedure:
    procedure_id = table.text("id")
    order = table.number("order", 0)
    steps = table.tables("steps", "step", _read_step)
    procedure = Procedure(
        id=procedure_id,
        title=table.text("title"),
        version=table.text("version"),
        applies_when=table.text("applies_when"),
        order=order,
        attached_by=table.texts("attached_by"),
        checked=table.text("checked"),
        note=table.text("note", ""),
        steps=steps,
        media=table.tables("media", "medium", _read_medium),
        source=source,
    )
    table.finish()
    return procedure


def _read_step(table: _Table) -> Step:
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
    )


def _read_authority(table: _Table) -> Authority:
    return Authority(
        reference=table.text("reference"),
        quote=table.text("quote", ""),
        note=table.text("note", ""),
    )


def _read_deadline(table: _Table) -> Deadline:
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
    )


def _read_rule(table: _Table) -> Rule:
    return Rule(when=table.texts("when"), reason=table.text("reason"))


def _read_blank(table: _Table) -> Blank:
    return Blank(
        name=table.text("name"),
        label=table.text("label"),
        choices=table.texts("choices"),
        required=table.truth("required", default=True),
        long=table.truth("long", default=False),
    )


def _read_medium(table: _Table) -> Medium:
    return Medium(
        name=table.text("name"),
        identifier=table.text("identifier"),
        capture=table.text("capture"),
        traps=table.text("traps"),
    )
