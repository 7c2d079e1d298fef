"""A clock for tests that stands still until it is told to move."""

from datetime import UTC, datetime, timedelta, timezone

from desktop.domain.calendar.times import Moment

START = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


class FrozenClock:
    """Shows one moment until it is advanced; a Friday morning in term, unless told otherwise."""

    def __init__(self, start: datetime = START, offset: int = 0, zone: str = "GMT") -> None:
        self._utc = start
        self._offset = offset
        self._zone = zone

    def now(self) -> Moment:
        """Return the moment at which the clock stands."""
        return Moment(self._utc, self._offset, self._zone)

    def at_local(self, wall: datetime) -> Moment:
        """Return the moment at which this clock shows the naive time."""
        local = timezone(timedelta(minutes=self._offset))
        return Moment(wall.replace(tzinfo=local).astimezone(UTC), self._offset, self._zone)

    def advance(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> Moment:
        """Move on, or back with negative figures; returns the new moment."""
        self._utc += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self.now()

    def set(self, utc: datetime) -> Moment:
        """Jump to an aware time; returns it as a moment."""
        self._utc = utc.astimezone(UTC)
        return self.now()
