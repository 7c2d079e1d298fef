import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.calendar.times import Moment
from desktop.system.clock import SystemClock, zone_name


@pytest.fixture
def london(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/London")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("london")
def test_clock_shows_local_time_in_summer_and_winter() -> None:
    clock = SystemClock()
    winter = clock.at_local(datetime(2026, 1, 15, 12, 0))
    summer = clock.at_local(datetime(2026, 7, 15, 12, 0))
    assert winter == Moment(datetime(2026, 1, 15, 12, tzinfo=UTC), 0, "Europe/London")
    assert summer == Moment(datetime(2026, 7, 15, 11, tzinfo=UTC), 60, "Europe/London")
    assert summer.local.hour == 12


def test_clock_goes_with_the_computer() -> None:
    before = datetime.now(UTC)  # noqa: TID251 - it is compared with the real one
    moment = SystemClock().now()
    assert before <= moment.utc < before + timedelta(seconds=30)
    assert Moment.from_text(moment.to_text()) == moment


@pytest.mark.parametrize(
    ("chosen", "short", "expected"),
    [
        ("Europe/London", "GMT", "Europe/London"),
        (":Europe/Paris", "CET", "Europe/Paris"),
        ("XYZ3", "XYZ", "XYZ"),
        ("XYZ3", "GMT Standard Time", "Europe/London"),
        ("XYZ3", "W. Europe Standard Time", "W._Europe_Standard_Time"),
    ],
)
def test_zone_has_a_name_without_spaces(
    chosen: str, short: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", chosen)
    assert zone_name(short) == expected


def test_zone_is_read_from_the_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TZ", raising=False)
    zone = tmp_path / "zoneinfo" / "Europe" / "Oslo"
    zone.parent.mkdir(parents=True)
    zone.write_text("")
    link = tmp_path / "localtime"
    link.symlink_to(zone)
    assert zone_name("CET", link) == "Europe/Oslo"
    other = tmp_path / "other"
    other.symlink_to(tmp_path / "elsewhere")
    assert zone_name("CET", other) == "CET"
    assert zone_name("", tmp_path / "missing") == "UTC"
