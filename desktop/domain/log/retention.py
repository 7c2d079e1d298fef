"""How long a record is kept: its class, the day of its review, holds; a review never deletes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desktop.domain.calendar.times import read_wall_time, say_date
from desktop.domain.errors import ProcedureInvalid
from desktop.domain.incidents import Category
from desktop.domain.steps.procedures import Basis
from desktop.domain.toml_table import Table, open_table

COMING = timedelta(days=90)
# No record is kept longer, and nobody works longer: more would lead beyond the calendar.
LONGEST = 150
_LEAP_DAY = (2, 29)
_YEAR = re.compile(r"\b\d{4}\b|/\d{1,2}/(?P<short>\d\d)\b", re.ASCII)


class CountsFrom(StrEnum):
    """What the years of a class are counted from."""

    TARGET_BIRTH = "birth of the target"
    CLOSING = "closing"
    PENSION_AGE = "pension age of the person reported"


class HoldKind(StrEnum):
    """Why a record must not be erased, whatever its review date."""

    POLICE = "police"
    CPS = "CPS"
    LADO = "LADO"
    SUBJECT_ACCESS = "subject access"
    CLAIM = "claim"
    OTHER = "other"


HOLD_NAMES: dict[HoldKind, str] = {
    HoldKind.POLICE: "Police investigation",
    HoldKind.CPS: "Crown Prosecution Service or court",
    HoldKind.LADO: "LADO, allegation being looked into",
    HoldKind.SUBJECT_ACCESS: "Subject access request",
    HoldKind.CLAIM: "Claim or complaint",
    HoldKind.OTHER: "Other reason",
}


class ReviewState(StrEnum):
    """Where a record stands in the review list."""

    HELD = "held"
    DUE = "due"
    ASKS = "something is asked for"
    UNCLASSED = "no class yet"
    COMING = "coming"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionClass:
    """One class of records. `basis` says whether its period is documented or our own."""

    id: str
    title: str
    text: str
    counts_from: CountsFrom
    years: int
    basis: Basis
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Every class, the age at which a pension begins, and when the sources were last checked."""

    checked: str
    pension_age: int
    classes: tuple[RetentionClass, ...]

    def get(self, class_id: str) -> RetentionClass | None:
        """Return one class, or None."""
        return next((one for one in self.classes if one.id == class_id), None)


NO_CLASSES = Retention(checked="", pension_age=67, classes=())


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDates:
    """The days that a review is counted from; births are None where they are not known."""

    logged_on: date
    closed_on: date | None = None
    target_births: tuple[date | None, ...] = ()
    reported_births: tuple[date | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """The day of the review, or what must be known before it can be said."""

    on: date | None
    asked_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceInstruction:
    """Who of the police said that what was held back may be erased, under which reference."""

    force: str
    officer: str
    reference: str
    given_on: date

    @property
    def words(self) -> str:
        """Say it in one line."""
        return (
            f"{self.force}, {self.officer}, reference {self.reference}, {say_date(self.given_on)}"
        )


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A class that fits what is known, and why."""

    class_id: str
    why: str


def parse_retention(text: str, file_name: str) -> Retention:
    """Return the classes written in `text`; raises ProcedureInvalid with all problems."""
    problems: list[str] = []
    table = open_table(text, file_name, problems)
    retention = Retention(
        checked=table.text("checked"),
        pension_age=table.number("pension_age", 67, LONGEST),
        classes=table.tables("classes", "class", _read_class, unique="id"),
    )
    table.finish()
    if problems:
        raise ProcedureInvalid(tuple(problems))
    return retention


def _read_class(table: Table) -> RetentionClass:
    found = RetentionClass(
        id=table.text("id"),
        title=table.text("title"),
        text=table.text("text"),
        counts_from=table.one_of("counts_from", CountsFrom, CountsFrom.CLOSING),
        years=table.number("years", 0, LONGEST),
        basis=table.one_of("basis", Basis, Basis.LOCAL),
        source=table.text("source"),
    )
    if found.years < 1:
        table.say("`years` is missing", "Say for how many years the record is kept")
    return found


def read_birth(text: str, today: date) -> date | None:
    """Read a date of birth as it was typed, day first; None if it cannot be read."""
    year = _YEAR.search(text)
    found = read_wall_time(text, today)
    if found is None or year is None:
        return None
    day = found[0].date()
    if day <= today:
        return day
    # Nobody is born in the future: 12/03/98 was in the last century, 12/03/2098 is mistyped.
    return years_after(day, -100) if year["short"] else None


def years_after(day: date, years: int) -> date:
    """Return the same day of another year; 29 Feb becomes 1 Mar where there is none."""
    if (day.month, day.day) == _LEAP_DAY:
        return date(day.year + years, 2, 28) + timedelta(days=1)
    return day.replace(year=day.year + years)


def review_of(
    retention_class: RetentionClass, dates: RecordDates, *, pension_age: int, until: date | None
) -> Review:
    """Say when a record is to be reviewed; `until` is the day to which it is kept longer."""
    review = _review_by_class(retention_class, dates, pension_age)
    if until is None:
        return review
    return Review(max(until, review.on) if review.on else until)


def _review_by_class(
    retention_class: RetentionClass, dates: RecordDates, pension_age: int
) -> Review:
    years = retention_class.years
    if retention_class.counts_from is CountsFrom.TARGET_BIRTH:
        births = dates.target_births
        return _youngest(births, years, "the date of birth of everybody targeted")
    if retention_class.counts_from is CountsFrom.CLOSING:
        if dates.closed_on is None:
            return Review(None, "the incident to be closed")
        return Review(years_after(dates.closed_on, years))
    births = dates.reported_births
    pension = _youngest(births, pension_age, "the date of birth of the person reported")
    least = years_after(dates.closed_on or dates.logged_on, years)
    return Review(max(pension.on, least)) if pension.on else pension


def _youngest(births: tuple[date | None, ...], years: int, asked_for: str) -> Review:
    known = [birth for birth in births if birth is not None]
    if not known or len(known) < len(births):
        return Review(None, asked_for)
    return Review(years_after(max(known), years))


def state_of(
    retention_class: RetentionClass | None, review: Review, *, held: bool, today: date
) -> ReviewState:
    """Say where a record stands; a hold comes before everything else."""
    if held:
        return ReviewState.HELD
    if retention_class is None:
        return ReviewState.UNCLASSED
    if review.on is None:
        return ReviewState.ASKS
    if review.on <= today:
        return ReviewState.DUE
    return ReviewState.COMING if review.on - today <= COMING else ReviewState.LATER


_ABUSE = frozenset({Category.IIOC, Category.GROOM})
_ABUSE_OF_A_CHILD = frozenset({Category.SEXT_EXT, Category.CSH, Category.INT_ADULT})
_STAFF = frozenset({Category.STAFF_CONTACT, Category.STAFF_MAT})
_NO_CONCERN = frozenset(
    {
        Category.ACC_OWN, Category.ACC_FAKE, Category.PRIVACY, Category.SYSTEM, Category.FRAUD_IP,
        Category.REPUTE,
    }
)  # fmt: skip


def suggest_class(
    categories: Iterable[Category],
    *,
    child_targeted: bool,
    learner_targeted: bool,
    staff_reported: bool,
) -> Suggestion | None:
    """Suggest the class that keeps longest of those that fit; None where nothing speaks for one.

    It only suggests: a keyholder chooses.
    """
    found = frozenset(categories)
    if found & _ABUSE or (child_targeted and found & _ABUSE_OF_A_CHILD):
        return Suggestion("child-abuse", "its categories may be child sexual abuse")
    if staff_reported or found & _STAFF:
        return Suggestion("staff-allegation", "a member of staff is reported")
    if child_targeted or learner_targeted:
        return Suggestion("learner", "a learner was targeted")
    if found and found <= _NO_CONCERN:
        return Suggestion("no-concern", "nobody was targeted, and its categories name no risk")
    return None
