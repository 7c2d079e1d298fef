"""Reads tables of TOML strictly: keys of the right type, and a sentence for everything wrong."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.toml_syntax import say_long_number, say_syntax

Kind = TypeVar("Kind", bound=StrEnum)
Part = TypeVar("Part")
# No deadline, order or age has more: a larger one would lead beyond the calendar.
HIGHEST = 9_999


def open_table(text: str, file_name: str, problems: list[str]) -> "Table":
    """Return the whole of a file, to be read; raises ProcedureInvalid if it is not TOML."""
    try:
        return Table(tomllib.loads(text), file_name, problems)
    except tomllib.TOMLDecodeError as error:
        raise ProcedureInvalid((say_syntax(text, file_name, str(error)),)) from error
    except ValueError as error:
        raise ProcedureInvalid((say_long_number(text, file_name),)) from error
    except RecursionError as error:
        problem = f"{file_name}: its brackets are nested too deep. Put the original file back."
        raise ProcedureInvalid((problem,)) from error


class Table:
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

    def day(self, key: str, default: str | None = None) -> str:
        """Take a day written as 2026-11-20; '' where it is none."""
        text = self.text(key, default)
        try:
            return date.fromisoformat(text).isoformat() if text else ""
        except ValueError:
            self.say(f"`{key}` is “{text}”, which is no date", 'Write it as "2026-11-20"')
            return ""

    def number(self, key: str, default: int, highest: int = HIGHEST) -> int:
        """Take a whole number from 0 up."""
        value = int(self._take(key, int, default))
        if 0 <= value <= highest:
            return value
        self.say(f"`{key}` is no number from 0 to {highest}", "Write one of those")
        return default

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

    def prose(self, key: str) -> str:
        """Take a text of several paragraphs, divided by an empty line; '' if it is not there."""
        value = str(self._take(key, str, ""))
        paragraphs = (" ".join(part.split()) for part in value.split("\n\n"))
        return "\n\n".join(part for part in paragraphs if part)

    def one_of(
        self, key: str, kinds: type[Kind], default: Kind, missing: Kind | None = None
    ) -> Kind:
        """Take one of the words of an enumeration; `missing` is for where it is not there."""
        return self._word(key, self.text(key, missing), kinds, default)

    def some_of(self, key: str, kinds: type[Kind]) -> tuple[Kind, ...]:
        """Take a list of words of an enumeration."""
        words = self.texts(key)
        allowed = set(kinds)
        known = tuple(kinds(word) for word in words if word in allowed)
        for word in words:
            if word not in allowed:
                self._word(key, word, kinds, next(iter(kinds)))
        return known

    def tables(
        self, key: str, name: str, build: "Callable[[Table], Part]", unique: str = ""
    ) -> tuple[Part, ...]:
        """Take a list of tables and build a part of each; no two have one text for `unique`."""
        found = []
        rows = self._take(key, list, [])
        for number, raw in enumerate(rows, 1):
            if isinstance(raw, dict):
                own = raw.get("id")
                label = own if own and isinstance(own, str) else number
                table = Table(raw, f"{self.place}, {name} {label}", self._problems)
                found.append(build(table))
                table.finish()
            else:
                self.say(f"`{key}` holds something that is no table", "Write it as { … }")
        names = [raw.get(unique) for raw in rows if isinstance(raw, dict)]
        texts = [one for one in names if isinstance(one, str)]
        for twice in dict.fromkeys(one for one in texts if texts.count(one) > 1):
            self.say(f"{name} {twice} is there twice", "Keep one of them")
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
