"""Before anything leaves, whoever of the incident is not meant to be in it is named."""

from pathlib import Path

import pytest

from desktop.domain.identifiers import IncidentId, PersonId
from desktop.domain.people import Role
from desktop.operations.evidence.enter_origin import enter_origin
from desktop.operations.evidence.find_leaks import find_leaks, find_leaks_to_police
from desktop.operations.evidence.make_statement import hold_back
from desktop.operations.incident.keep_people import add_person
from desktop.operations.incident.record_incident import enter_fields
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_no, a_png, an_incident
from tests.operations.evidence.copies import cover, take


@pytest.fixture
def riley(workspace: Workspace, incident: IncidentId) -> PersonId:
    return add_person(workspace, incident, Role.TARGET, {"name": "Riley Example"}).person_id


def test_people_of_this_incident_block_and_others_warn(
    workspace: Workspace, incident: IncidentId, riley: PersonId
) -> None:
    other = an_incident(workspace, "Another")
    add_person(workspace, other, Role.WITNESS, {"name": "Toni Sample"})
    kim = add_person(workspace, incident, Role.PARENT, {"name": "Kim Harbour"}).person_id
    text = {"letter": "Riley wrote to Toni. Kim Harbour was told."}
    found = find_leaks(workspace, incident, allowed=frozenset({kim}), item_ids=(), texts=text)
    assert [(leak.who, leak.by, leak.blocks) for leak in found.leaks] == [
        ("Riley Example", "Riley", True),
        ("Toni Sample", "Toni", False),
    ]
    assert [leak.who for leak in found.blocking] == ["Riley Example"]


def test_who_can_be_seen_counts_for_copies_too(
    workspace: Workspace, incident: IncidentId, riley: PersonId, tmp_path: Path
) -> None:
    picture = take(workspace, incident, tmp_path, "a.png", a_png())
    copy = cover(workspace, picture).item_id
    hold_back(workspace, incident, a_no(workspace, incident), "photo.jpg", "Described")
    held = workspace.log.evidence.exhibits(incident)[-1].id
    enter_origin(workspace, picture, {"people_seen": riley})
    found = find_leaks(
        workspace, incident, allowed=frozenset(), item_ids=(picture, copy, held), texts={}
    )
    assert [(leak.where, leak.who, leak.by) for leak in found.leaks] == [
        ("PXS/1", "Riley Example", "")
    ]
    assert found.unsaid == ("PXS/1A",)
    found = find_leaks(
        workspace, incident, allowed=frozenset({riley}), item_ids=(picture,), texts={}
    )
    assert (found.leaks, found.unsaid) == ((), ())


def test_a_bundle_for_the_police_names_those_of_other_incidents(
    workspace: Workspace, incident: IncidentId, riley: PersonId, tmp_path: Path
) -> None:
    other = an_incident(workspace, "Another")
    toni = add_person(workspace, other, Role.WITNESS, {"name": "Toni Sample"}).person_id
    picture = take(workspace, incident, tmp_path, "a.png", a_png())
    assert find_leaks_to_police(workspace, incident).unsaid == ("PXS/1",)
    enter_origin(
        workspace,
        picture,
        {"people_seen": f"{riley}+{toni}", "description": "What Toni Sample and Riley wrote"},
    )
    enter_fields(workspace, incident, {"summary": "Riley Example saw it"})
    found = find_leaks_to_police(workspace, incident)
    assert [(leak.where, leak.who, leak.by, leak.blocks) for leak in found.leaks] == [
        ("PXS/1", "Toni Sample", "", False),
        ("the exhibit list", "Toni Sample", "Toni Sample", False),
    ]
    assert found.unsaid == ()
