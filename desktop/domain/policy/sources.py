"""The register of sources: what a reference means, how far it was read, when to look again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.domain.policy.policy_text import read_whole
from desktop.domain.steps.procedures import Authority
from desktop.domain.toml_table import Table

OURS = {"own": "Advice of this program", "design": "Advice of this program"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source. `dated` is its own date, `extent` how far it was read, both in words."""

    reference: str
    title: str
    address: str
    dated: str
    seen: date
    extent: str
    review_due: date | None
    note: str

    @property
    def is_policy(self) -> bool:
        """Whether it is one of the policies that profiles follow."""
        return len(self.reference) == len("S000") and self.reference.startswith("S")

    @property
    def kind(self) -> str:
        """Return of a policy only whose kind it is, and its date: short enough for a button."""
        return f"{self.title.partition(':')[0]}, {self.dated}"

    @property
    def name(self) -> str:
        """Return its title, with its own date where it has one."""
        return f"{self.title}, {self.dated}" if self.dated else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """All of them, the policies first."""

    sources: tuple[Source, ...]

    def source(self, reference: str) -> Source | None:
        """Return the source of a reference such as `S003:182` or `C1`, if it is known."""
        document = reference.partition(":")[0]
        return next((one for one in self.sources if one.reference == document), None)

    def say(self, reference: str) -> str:
        """Say in words where a reference leads; the reference itself where nobody knows."""
        source = self.source(reference)
        if source is None:
            return OURS.get(reference, reference)
        line = reference.partition(":")[2]
        return (
            f"{source.name}, line {line} ({reference})" if line else f"{source.name} ({reference})"
        )

    def say_short(self, reference: str) -> str:
        """Say where a reference leads; a line of a policy by whose policy it is."""
        source = self.source(reference)
        if source is None or not source.is_policy:
            return self.say(reference)
        return f"{source.title.partition(':')[0]} policy ({reference})"

    def say_authority(self, authority: Authority) -> str:
        """Say in words where a quote stands, with what is noted about it."""
        source = self.say(authority.reference)
        return f"{source}. {authority.note}" if authority.note else source


NO_SOURCES = Sources(sources=())


def overdue_sources(
    sources: Sources, today: date, followed: Iterable[str] = ()
) -> tuple[Source, ...]:
    """Return the sources past their review date; of the policies only those that are followed."""
    mine = frozenset(followed)
    return tuple(
        one
        for one in sources.sources
        if one.review_due is not None
        and one.review_due < today
        and (not one.is_policy or one.reference in mine)
    )


def parse_sources(text: str, file_name: str) -> Sources:
    """Return the register written in `text`; raises ProcedureInvalid with all its problems."""
    return read_whole(text, file_name, _read_sources)


def _read_sources(table: Table) -> Sources:
    sources = table.tables("sources", "source", _read_source)
    known = [one.reference for one in sources]
    for reference in sorted({one for one in known if known.count(one) > 1}):
        table.say(f"{reference} is there twice", "Keep one of them")
    return Sources(sources=sources)


def _read_source(table: Table) -> Source:
    return Source(
        reference=table.text("reference"),
        title=table.text("title"),
        address=table.text("address", ""),
        dated=table.text("dated", ""),
        seen=_as_date(table.day("seen")) or date.min,
        extent=table.text("extent"),
        review_due=_as_date(table.day("review_due", "")),
        note=table.text("note", ""),
    )


def _as_date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
