"""What vanishes first where something happened online, and what to do before it does."""

from collections.abc import Collection
from dataclasses import dataclass

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.incidents import PLATFORMS
from desktop.domain.steps.procedures import Authority
from desktop.domain.steps.triage import question
from desktop.domain.toml_table import Table, open_table

_PLACES = frozenset(choice.value for choice in question("T8").choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vanishing:
    """Something that does not stay: `lasts` says how long, in words; `hours` orders it.

    `short` says both in a few words, for a chip or a row. `platforms` are those on which it
    occurs, `places` the places of the first questions; where both are empty it may be anywhere.
    """

    what: str
    short: str
    lasts: str
    hours: int
    to_do: str
    platforms: tuple[str, ...]
    places: tuple[str, ...]
    source: Authority

    def occurs(self, platforms: Collection[str], places: Collection[str]) -> bool:
        """Say whether it may be there; it may while nothing that is known speaks against it."""
        if self.platforms and platforms:
            return not set(self.platforms).isdisjoint(platforms)
        if self.places and places:
            return not set(self.places).isdisjoint(places)
        return True


def parse_vanishing(text: str, file_name: str) -> tuple[Vanishing, ...]:
    """Return what is written in `text`, what goes first in front; raises ProcedureInvalid."""
    problems: list[str] = []
    table = open_table(text, file_name, problems)
    found = table.tables("vanishing", "entry", _read)
    table.text("checked")
    table.finish()
    if problems:
        raise ProcedureInvalid(tuple(problems))
    return tuple(sorted(found, key=lambda one: one.hours))


def first_to_go(
    known: tuple[Vanishing, ...], platforms: Collection[str], places: Collection[str]
) -> tuple[Vanishing, ...]:
    """Return what may be lost here, what goes first in front; all of it where nothing is known."""
    return tuple(one for one in known if one.occurs(platforms, places))


def _read(table: Table) -> Vanishing:
    found = Vanishing(
        what=table.text("what"),
        short=table.text("short"),
        lasts=table.text("lasts"),
        hours=table.number("hours", 0),
        to_do=table.text("to_do"),
        platforms=table.texts("platforms"),
        places=table.texts("places"),
        source=Authority(reference=table.text("reference"), note=table.text("note", "")),
    )
    for name, given, allowed in (
        ("platform", found.platforms, PLATFORMS),
        ("place", found.places, tuple(sorted(_PLACES))),
    ):
        for one in given:
            if one not in allowed:
                table.say(f"the {name} “{one}” is not known", f"Use one of: {', '.join(allowed)}")
    return found
