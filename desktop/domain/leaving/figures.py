"""Counts the incidents of a quarter for the executive team: numbers alone, no names, no texts."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from desktop.domain.calendar.quarters import Quarter
from desktop.domain.calendar.times import say_span
from desktop.domain.contacts import RECIPIENT_NAMES, Recipient
from desktop.domain.incidents import (
    CATEGORY_NAMES,
    FOUR_CS_NAMES,
    PLATFORMS,
    Category,
    FourCs,
)
from desktop.domain.leaving.bands import BandedTable, CentreCount, band_centres

NOT_RECORDED = "Not recorded"
IN_TIME = timedelta(hours=24)
AGENCIES = (
    Recipient.POLICE, Recipient.CSC, Recipient.ASC, Recipient.LADO, Recipient.LA_ESO,
    Recipient.CEOP, Recipient.PREVENT, Recipient.IWF, Recipient.POSH, Recipient.RHC,
    Recipient.PROVIDER, Recipient.PLATFORM,
)  # fmt: skip
FAMILIES = (Recipient.PARENT, Recipient.EMPLOYER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """What came of turning to one recipient in one incident."""

    recipient: Recipient
    reached: bool
    reference: bool
    advice: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFacts:
    """What the figures need of one incident; nothing in it tells who anybody is.

    `record_delay` is the time from becoming aware to the first record; None while not known.
    `kept_first`: evidence was kept before removal was asked for; None where nothing was removed.
    """

    logged_on: date
    closed_on: date | None = None
    categories: tuple[Category, ...] = ()
    four_cs: tuple[FourCs, ...] = ()
    platforms: tuple[str, ...] = ()
    centre: str = ""
    targets: tuple[str, ...] = ()
    record_delay: timedelta | None = None
    kept_first: bool | None = None
    referrals: tuple[Referral, ...] = ()
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """How many incidents carry a label."""

    label: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """In how many of the incidents where it is known something holds; and where it is not."""

    met: int
    known: int
    unknown: int

    @property
    def words(self) -> str:
        """Say it: 9 of 12 (75 %), not known for 2."""
        if not self.known:
            return "no incident to which this applies" if not self.unknown else "not known"
        text = f"{self.met} of {self.known} ({self._percent} %)"
        return f"{text}, not known for {self.unknown}" if self.unknown else text

    @property
    def _percent(self) -> int:
        """Round it; all and none are said only where it is all or none."""
        if self.met in (0, self.known):
            return 100 if self.met else 0
        return min(max(round(100 * self.met / self.known), 1), 99)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyCount:
    """In how many incidents a recipient was turned to, and what came of it."""

    name: str
    incidents: int
    reached: int
    reference: int
    advice: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of one quarter; `trend` holds those of earlier quarters and this one."""

    quarter: Quarter
    opened: int
    closed: int
    open_at_end: int
    open_now: int
    overdue_incidents: int
    overdue_steps: int
    by_category: tuple[Count, ...]
    by_four_cs: tuple[Count, ...]
    by_platform: tuple[Count, ...]
    by_month: tuple[Count, ...]
    by_target: tuple[Count, ...]
    trend: tuple[Count, ...]
    recorded_in_time: Share
    median_delay: str
    evidence_first: Share
    agencies: tuple[AgencyCount, ...]
    families: tuple[AgencyCount, ...]
    centres: BandedTable | None

    @property
    def totals(self) -> dict[str, int]:
        """The plain totals, by which a report is compared with an earlier one."""
        return {
            "Incidents logged": self.opened,
            "Incidents closed": self.closed,
            "Open at the end": self.open_at_end,
            "First written down within 24 hours": self.recorded_in_time.met,
            "Evidence kept before removal": self.evidence_first.met,
            **{f"Turned to: {line.name}": line.incidents for line in self.agencies},
        }


def count_figures(facts: Iterable[IncidentFacts], quarter: Quarter) -> Figures:
    """Count everything; `facts` are those of every incident in the log."""
    everything = tuple(facts)
    chosen = [one for one in everything if quarter.holds(one.logged_on)]
    now_open = [one for one in everything if one.closed_on is None]
    delays = [one.record_delay for one in chosen if one.record_delay is not None]
    removals = [one.kept_first for one in chosen if one.kept_first is not None]
    return Figures(
        quarter=quarter,
        opened=len(chosen),
        closed=sum(bool(one.closed_on and quarter.holds(one.closed_on)) for one in everything),
        open_at_end=sum(_is_open_on(one, quarter.last_day) for one in everything),
        open_now=len(now_open),
        overdue_incidents=sum(one.overdue > 0 for one in now_open),
        overdue_steps=sum(one.overdue for one in now_open),
        by_category=_by_label(chosen, _categories),
        by_four_cs=_by_four_cs(chosen),
        by_platform=_by_label(chosen, _platforms),
        by_month=_by_month(chosen, quarter),
        by_target=_by_label(chosen, lambda one: one.targets),
        trend=_trend(everything, quarter),
        recorded_in_time=Share(
            met=sum(delay <= IN_TIME for delay in delays),
            known=len(delays),
            unknown=len(chosen) - len(delays),
        ),
        median_delay=_median(delays),
        evidence_first=Share(met=sum(removals), known=len(removals), unknown=0),
        agencies=_referrals(chosen, AGENCIES),
        families=_referrals(chosen, FAMILIES),
        centres=_centres(chosen),
    )


def _is_open_on(one: IncidentFacts, day: date) -> bool:
    return one.logged_on <= day and (one.closed_on is None or one.closed_on > day)


def _categories(one: IncidentFacts) -> Sequence[str]:
    return [CATEGORY_NAMES[category] for category in one.categories]


def _platforms(one: IncidentFacts) -> Sequence[str]:
    """Return the platforms by the names of the list: anything else may be a telling text."""
    return [name if name in PLATFORMS else PLATFORMS[-1] for name in one.platforms]


def _median(delays: Sequence[timedelta]) -> str:
    if not delays:
        return ""
    return say_span(timedelta(seconds=median(delay.total_seconds() for delay in delays)))


def _by_label(
    facts: Iterable[IncidentFacts], labels: Callable[[IncidentFacts], Sequence[str]]
) -> tuple[Count, ...]:
    """Count by labels, the most frequent first; an incident counts under each of its labels."""
    counter = Counter(label for one in facts for label in set(labels(one)) or {NOT_RECORDED})
    ordered = sorted(
        counter.items(), key=lambda pair: (pair[0] == NOT_RECORDED, -pair[1], pair[0])
    )
    return tuple(Count(label, number) for label, number in ordered)


def _by_four_cs(facts: Sequence[IncidentFacts]) -> tuple[Count, ...]:
    counts = [Count(FOUR_CS_NAMES[c], sum(c in one.four_cs for one in facts)) for c in FourCs]
    untagged = sum(not one.four_cs for one in facts)
    return (*counts, Count(NOT_RECORDED, untagged)) if untagged else tuple(counts)


def _by_month(facts: Sequence[IncidentFacts], quarter: Quarter) -> tuple[Count, ...]:
    first = quarter.first_day.month
    return tuple(
        Count(name, sum(one.logged_on.month == first + place for one in facts))
        for place, name in enumerate(quarter.months)
    )


def _trend(facts: Sequence[IncidentFacts], quarter: Quarter) -> tuple[Count, ...]:
    quarters = [quarter]
    while len(quarters) < 5:  # noqa: PLR2004 - this one and four before
        quarters.insert(0, quarters[0].before())
    return tuple(
        Count(one.chart_name, sum(one.holds(fact.logged_on) for fact in facts)) for one in quarters
    )


def _referrals(
    facts: Sequence[IncidentFacts], recipients: Sequence[Recipient]
) -> tuple[AgencyCount, ...]:
    lines = []
    for recipient in recipients:
        found = [one for fact in facts for one in fact.referrals if one.recipient is recipient]
        if found:
            lines.append(
                AgencyCount(
                    name=RECIPIENT_NAMES[recipient],
                    incidents=len(found),
                    reached=sum(one.reached for one in found),
                    reference=sum(one.reference for one in found),
                    advice=sum(one.advice for one in found),
                )
            )
    return tuple(lines)


def _centres(facts: Sequence[IncidentFacts]) -> BandedTable | None:
    """Count by centre and four Cs; a centre is named as it is most often written."""
    spellings: dict[str, Counter[str]] = {}
    for one in facts:
        centre = " ".join(one.centre.split())
        spellings.setdefault(centre.casefold(), Counter())[centre or NOT_RECORDED] += 1
    counts = []
    for folded, spelling in spellings.items():
        own = [one for one in facts if " ".join(one.centre.split()).casefold() == folded]
        counts.append(
            CentreCount(
                label=spelling.most_common(1)[0][0],
                incidents=len(own),
                by_label=tuple(sum(c in one.four_cs for one in own) for c in FourCs),
                without=sum(not one.four_cs for one in own),
            )
        )
    return band_centres(counts, tuple(FOUR_CS_NAMES[c].partition(":")[0] for c in FourCs))
