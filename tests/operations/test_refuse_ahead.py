"""A time that has not come is refused, wherever it is entered; today without an hour is not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.calendar.times import Certainty
from desktop.domain.errors import StillToCome
from desktop.domain.incidents import MOMENT_FIELDS
from desktop.operations.browse_incidents import show_incident
from desktop.operations.incident.record_incident import enter_fields, start_incident
from desktop.operations.refuse_ahead import refuse_ahead
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock


def test_the_present_the_past_and_no_time_at_all_are_taken(workspace: Workspace) -> None:
    now = workspace.now()
    for at in (None, now, replace(now, utc=now.utc - timedelta(days=400))):
        refuse_ahead(workspace, at)


def test_a_minute_ahead_is_refused_with_its_time(workspace: Workspace) -> None:
    now = workspace.now()
    with pytest.raises(StillToCome) as error:
        refuse_ahead(workspace, replace(now, utc=now.utc + timedelta(minutes=1)))
    assert error.value.at == "20 Nov 2026, 09:31"


def test_a_day_without_an_hour_may_be_today_but_not_tomorrow(workspace: Workspace) -> None:
    noon = replace(
        workspace.now(),
        utc=workspace.now().utc.replace(hour=12, minute=0),
        certainty=Certainty.ABOUT,
    )
    refuse_ahead(workspace, noon)
    with pytest.raises(StillToCome):
        refuse_ahead(workspace, replace(noon, utc=noon.utc + timedelta(days=1)))


@pytest.mark.parametrize("name", sorted(MOMENT_FIELDS))
def test_no_time_of_the_record_lies_ahead_and_puts_a_deadline_off(
    workspace: Workspace, clock: FrozenClock, name: str
) -> None:
    """The year mistyped: the LADO's working day would end a year from now."""
    incident_id = start_incident(workspace, "x").incident_id
    early = replace(workspace.now(), utc=workspace.now().utc - timedelta(hours=2))
    enter_fields(workspace, incident_id, {name: early})
    with pytest.raises(StillToCome):
        enter_fields(
            workspace,
            incident_id,
            {name: replace(early, utc=early.utc + timedelta(days=365)), "place": "Somewhere"},
        )
    record = show_incident(workspace, incident_id).incident.record
    assert (getattr(record, name), record.place) == (early, "")


def test_what_was_entered_before_the_clock_went_back_can_stay(
    workspace: Workspace, clock: FrozenClock
) -> None:
    incident_id = start_incident(workspace, "x").incident_id
    at = workspace.now()
    enter_fields(workspace, incident_id, {"became_aware_at": at})
    clock.advance(hours=-5)
    enter_fields(workspace, incident_id, {"became_aware_at": at, "place": "Somewhere"})
    assert show_incident(workspace, incident_id).incident.record.place == "Somewhere"
