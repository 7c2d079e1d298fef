from datetime import date

import pytest

from desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded
from desktop.domain.identifiers import IncidentId
from desktop.domain.log.custody import Action
from desktop.domain.log.retention import HoldKind, ReviewState
from desktop.domain.people import Role
from desktop.operations.incident.keep_people import add_person, edit_person
from desktop.operations.incident.keep_retention import (
    enter_class,
    keep_longer,
    list_reviews,
    release_hold,
    reviews_due,
    set_hold,
    show_retention,
)
from desktop.operations.incident.record_incident import (
    close_incident,
    enter_fields,
    start_incident,
)
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.evidence_pieces import an_incident


def closed(workspace: Workspace, title: str = "Comments") -> IncidentId:
    incident_id = an_incident(workspace, title)
    close_incident(workspace, incident_id, outcome="Done", control_measure="Talk")
    return incident_id


def states(workspace: Workspace) -> dict[str, ReviewState]:
    return {line.title: line.state for line in list_reviews(workspace)}


def test_a_class_is_entered_and_the_earlier_one_stays_in_the_history(
    workspace: Workspace,
) -> None:
    one = closed(workspace)
    assert states(workspace) == {"Comments": ReviewState.UNCLASSED}
    enter_class(workspace, one, "no-concern")
    enter_class(workspace, one, "learner", " she is a learner after all ")
    view = show_retention(workspace, one)
    assert view.retention_class is not None
    assert view.retention_class.id == "learner"
    assert view.class_reason == "she is a learner after all"
    history = [one.value for one in workspace.log.fields.history(one) if "class" in one.name]
    assert history == ["no-concern", "learner"]
    actions = [entry.action for entry, _ in workspace.log.custody.about([one])]
    assert actions.count(Action.RETENTION_ENTERED) == 2
    with pytest.raises(NotFound):
        enter_class(workspace, one, "forever")


def test_a_birth_that_is_asked_for_makes_the_date_once_it_is_known(workspace: Workspace) -> None:
    one = closed(workspace)
    enter_class(workspace, one, "learner")
    assert states(workspace) == {"Comments": ReviewState.ASKS}
    person = add_person(workspace, one, Role.TARGET, {"name": "Robin"}).person_id
    assert show_retention(workspace, one).line.review.asked_for
    edit_person(workspace, one, person, {"date_of_birth": "3 May 2001"})
    line = show_retention(workspace, one).line
    assert (line.state, line.review.on) == (ReviewState.DUE, date(2026, 5, 3))
    assert reviews_due(workspace) == 1


def test_a_review_that_is_due_deletes_nothing_and_can_be_put_off(
    workspace: Workspace, clock: FrozenClock
) -> None:
    one = closed(workspace)
    assert reviews_due(workspace) == 0
    enter_class(workspace, one, "no-concern")
    assert reviews_due(workspace) == 0
    clock.advance(days=3 * 366)
    assert reviews_due(workspace) == 1
    today = workspace.now().local.date()
    with pytest.raises(ReasonNeeded):
        keep_longer(workspace, one, today.replace(year=today.year + 2), " ")
    with pytest.raises(NotAllowed):
        keep_longer(workspace, one, today, "it may come up again")
    until = today.replace(year=today.year + 2)
    keep_longer(workspace, one, until, "it may come up again")
    view = show_retention(workspace, one)
    assert (view.until, view.until_reason) == (until, "it may come up again")
    assert (view.line.state, view.line.review.on) == (ReviewState.LATER, until)
    assert reviews_due(workspace) == 0


def test_holds_are_set_and_released_with_a_reason_and_stay_in_the_history(
    workspace: Workspace, clock: FrozenClock
) -> None:
    one = closed(workspace)
    enter_class(workspace, one, "no-concern")
    clock.advance(days=3 * 366)
    with pytest.raises(ReasonNeeded):
        set_hold(workspace, one, HoldKind.CLAIM, "")
    set_hold(workspace, one, HoldKind.CLAIM, "a letter of claim came")
    assert states(workspace) == {"Comments": ReviewState.HELD}
    assert reviews_due(workspace) == 0
    hold = show_retention(workspace, one).line.holds[0]
    assert hold.words == "Claim or complaint: a letter of claim came"
    assert hold.set_by == "Pat Smith"
    with pytest.raises(ReasonNeeded):
        release_hold(workspace, hold.id, "")
    release_hold(workspace, hold.id, "it was settled")
    with pytest.raises(NotFound):
        release_hold(workspace, hold.id, "again")
    view = show_retention(workspace, one)
    assert view.line.state is ReviewState.DUE
    assert [past.release_reason for past in view.past_holds] == ["it was settled"]


def test_the_list_puts_what_is_due_first_and_leaves_out_what_is_still_worked_on(
    workspace: Workspace, clock: FrozenClock
) -> None:
    an_incident(workspace, "Still open")
    due, coming = closed(workspace, "Due"), closed(workspace, "Coming")
    enter_class(workspace, due, "malicious")
    enter_class(workspace, coming, "malicious")
    held = an_incident(workspace, "Open and held")
    set_hold(workspace, held, HoldKind.POLICE, "they asked us to")
    clock.advance(days=300)
    closed(workspace, "Not classed")
    assert list(states(workspace)) == ["Not classed", "Coming", "Due", "Open and held"]
    assert states(workspace)["Coming"] is ReviewState.COMING
    clock.advance(days=70)
    keep_longer(
        workspace, coming, date(workspace.now().local.year + 9, 1, 1), "it may come up again"
    )
    assert list(states(workspace)) == ["Due", "Not classed", "Open and held", "Coming"]


@pytest.mark.parametrize(
    ("known", "categories", "suggested"),
    [
        ({"kind": "learner", "age_group": "under 18"}, ("CB-MSG",), "learner"),
        ({"kind": "learner", "age_group": "not known"}, ("CSH",), "child-abuse"),
        ({"kind": "learner", "age_group": "18 or over"}, ("CSH",), "learner"),
        ({"kind": "member of staff"}, ("STAFF-TARGET",), None),
        ({}, ("REPUTE",), "no-concern"),
    ],
)
def test_a_class_is_suggested_from_what_is_known(
    workspace: Workspace,
    known: dict[str, str],
    categories: tuple[str, ...],
    suggested: str | None,
) -> None:
    one = start_incident(workspace, title="Comments").incident_id
    enter_fields(workspace, one, {"categories": categories})
    add_person(workspace, one, Role.TARGET, {"name": "Robin", **known})
    found = show_retention(workspace, one).suggestion
    assert (found.class_id if found else None) == suggested


def test_staff_who_are_reported_make_it_an_allegation(workspace: Workspace) -> None:
    one = an_incident(workspace)
    add_person(workspace, one, Role.PERSON_REPORTED, {"kind": "member of staff"})
    found = show_retention(workspace, one).suggestion
    assert found is not None
    assert found.class_id == "staff-allegation"
