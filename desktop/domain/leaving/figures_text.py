"""The figures of an issued report as the text in which they are frozen, and back."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from desktop.domain.calendar.quarters import Quarter
from desktop.domain.leaving.bands import BandedTable, Cell, Hidden
from desktop.domain.leaving.figures import AgencyCount, Count, Figures, Share

_COUNTS = (
    "by_category", "by_four_cs", "by_platform", "by_month", "by_target", "trend",
)  # fmt: skip
_NUMBERS = (
    "opened", "closed", "open_at_end", "open_now", "overdue_incidents", "overdue_steps",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Restatement:
    """A total that has changed since the report was issued."""

    name: str
    issued: int
    now: int

    @property
    def words(self) -> str:
        """Say it in a line."""
        return f"{self.name}: {self.now} now, {self.issued} when it was issued"


def to_text(figures: Figures) -> str:
    """Write the figures: JSON with sorted keys; the same figures give the same text."""
    return json.dumps(
        asdict(figures),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        default=date.isoformat,
    )


def from_text(text: str) -> Figures:
    """Read figures that to_text wrote."""
    found: dict[str, Any] = json.loads(text)
    days = found["quarter"]
    numbers: dict[str, Any] = {name: found[name] for name in _NUMBERS}
    counts: dict[str, Any] = {name: tuple(Count(**one) for one in found[name]) for name in _COUNTS}
    return Figures(
        quarter=Quarter(
            date.fromisoformat(days["first_day"]), date.fromisoformat(days["last_day"])
        ),
        recorded_in_time=Share(**found["recorded_in_time"]),
        evidence_first=Share(**found["evidence_first"]),
        median_delay=found["median_delay"],
        agencies=tuple(AgencyCount(**one) for one in found["agencies"]),
        families=tuple(AgencyCount(**one) for one in found["families"]),
        centres=_table(found["centres"]),
        **numbers,
        **counts,
    )


def fingerprint(text: str) -> str:
    """Return the SHA-256 of frozen figures."""
    return hashlib.sha256(text.encode()).hexdigest()


def restated(issued: Figures, now: Figures) -> tuple[Restatement, ...]:
    """Say which totals of a quarter have changed since its report was issued."""
    before, after = issued.totals, now.totals
    names = [*before, *(name for name in after if name not in before)]
    return tuple(
        Restatement(name, before.get(name, 0), after.get(name, 0))
        for name in names
        if before.get(name, 0) != after.get(name, 0)
    )


def _table(found: dict[str, Any] | None) -> BandedTable | None:
    if found is None:
        return None
    return BandedTable(
        columns=tuple(found["columns"]),
        rows=tuple(
            (label, incidents, tuple(_cells(cells))) for label, incidents, cells in found["rows"]
        ),
        merged=found["merged"],
    )


def _cells(cells: Sequence[int | str]) -> list[Cell]:
    return [cell if isinstance(cell, int) else Hidden(cell) for cell in cells]
