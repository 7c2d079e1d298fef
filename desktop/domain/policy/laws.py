"""Laws and guidance that an incident may touch: present wording, and always only “possible”."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from desktop.domain.calendar.times import Moment
from desktop.domain.incidents import Category
from desktop.domain.policy.policies import Lines
from desktop.domain.policy.policy_text import read_lines, read_whole
from desktop.domain.toml_table import Table

# Some offences can be charged within 6 months only: warned a month before (procedures.md 1.7).
WARNED_AFTER = timedelta(days=5 * 30)
TIME_IS_SHORT = (
    "What was last noted happened more than 5 months ago. Some of these offences can only be "
    "charged within 6 months. If the police are to decide, ask them now. (Our own reading.)"
)


class LawKind(StrEnum):
    """Whether it is law, or guidance on how to follow it."""

    LAW = "law"
    GUIDANCE = "guidance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """One law or piece of guidance, in its present wording.

    `categories` suggest it, `verify` says what was not checked, `unsure` names the switch under
    which it counts as confirmed. `limit`: within what time it is charged, where that is short.
    """

    id: str
    title: str
    kind: LawKind
    wording: str
    categories: tuple[Category, ...]
    lines: Lines
    limit: str
    summary_only: bool
    verify: str
    unsure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Laws:
    """All of them, the most usual first."""

    laws: tuple[Law, ...]

    def law(self, law_id: str) -> Law:
        """Return the law with this id; raises KeyError."""
        for one in self.laws:
            if one.id == law_id:
                return one
        raise KeyError(law_id)

    def suggested(self, categories: Iterable[Category]) -> tuple[Law, ...]:
        """Return the laws that these categories make possible; nothing more than that."""
        found = frozenset(categories)
        return tuple(one for one in self.laws if not found.isdisjoint(one.categories))

    def titles(self, law_ids: Iterable[str]) -> tuple[str, ...]:
        """Return what the laws with these ids are called today; an unknown id as it is."""
        known = {one.id: one.title for one in self.laws}
        return tuple(known.get(law_id, law_id) for law_id in law_ids)

    def is_time_short(self, law_ids: Iterable[str], last: Moment | None, now: Moment) -> bool:
        """Whether one of these laws can be charged for a short time only, and it runs."""
        named = frozenset(law_ids)
        short = any(one.summary_only and one.id in named for one in self.laws)
        return short and last is not None and now.utc - last.utc > WARNED_AFTER


def parse_laws(text: str, file_name: str) -> Laws:
    """Return the laws written in `text`; raises ProcedureInvalid with all its problems."""
    return read_whole(text, file_name, _read_laws)


def _read_laws(table: Table) -> Laws:
    return Laws(laws=table.tables("laws", "law", _read_law, unique="id"))


def _read_law(table: Table) -> Law:
    return Law(
        id=table.text("id"),
        title=table.text("title"),
        kind=table.one_of("kind", LawKind, LawKind.LAW),
        wording=table.text("wording"),
        categories=table.some_of("categories", Category),
        lines=read_lines(table),
        limit=table.text("limit", ""),
        summary_only=table.truth("summary_only", default=False),
        verify=table.text("verify", ""),
        unsure=table.text("unsure", ""),
    )
