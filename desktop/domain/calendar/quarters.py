"""The quarters that reports are made for: three whole calendar months each."""

from dataclasses import dataclass
from datetime import date, timedelta

_FULL_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months, from the first day to the last, both included."""

    first_day: date
    last_day: date

    @property
    def name(self) -> str:
        """Say which months it holds: October to December 2026."""
        first, last = _FULL_MONTHS[self.first_day.month - 1], _FULL_MONTHS[self.last_day.month - 1]
        return f"{first} to {last} {self.last_day.year}"

    @property
    def short_name(self) -> str:
        """Name it in a few letters, for file names: Oct-Dec-2026."""
        first, last = _FULL_MONTHS[self.first_day.month - 1], _FULL_MONTHS[self.last_day.month - 1]
        return f"{first[:3]}-{last[:3]}-{self.last_day.year}"

    @property
    def chart_name(self) -> str:
        """Name it in a few letters, for charts: Oct-Dec 2026."""
        return " ".join(self.short_name.rsplit("-", 1))

    @property
    def months(self) -> tuple[str, ...]:
        """The names of its months in order."""
        return _FULL_MONTHS[self.first_day.month - 1 : self.last_day.month]

    def holds(self, day: date) -> bool:
        """Say whether a day lies in it."""
        return self.first_day <= day <= self.last_day

    def before(self) -> "Quarter":
        """Return the quarter before."""
        return quarter_of(self.first_day - timedelta(days=1))


def quarter_of(day: date) -> Quarter:
    """Return the calendar quarter in which a day lies."""
    first_month = 3 * ((day.month - 1) // 3) + 1
    first_day = date(day.year, first_month, 1)
    after = date(day.year + 1, 1, 1) if first_month == 10 else date(day.year, first_month + 3, 1)  # noqa: PLR2004
    return Quarter(first_day, after - timedelta(days=1))
