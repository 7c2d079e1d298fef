"""The organisation's entries, links and worksheets, on a real encrypted file."""

from datetime import UTC, datetime

import pytest
import sqlcipher3

from desktop.domain.calendar.times import Moment
from desktop.domain.contacts import ContactDetails, Recipient
from desktop.domain.identifiers import IncidentId
from desktop.domain.links import Link, LinkState, standing_links
from desktop.domain.steps.worksheets import SubmittedSheet
from desktop.operations.incident.keep_contacts import add_contact
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.workspace import Workspace
from desktop.store.organisation_table import OrganisationRow
from tests.operations.erasing.erasures import a_case, erase

NOON = Moment(datetime(2026, 11, 20, 12, tzinfo=UTC))


def row(topic: str, name: str, value: str) -> OrganisationRow:
    return OrganisationRow(topic=topic, name=name, value=value, at=NOON, keyholder="Pat Smith")


def two(workspace: Workspace) -> tuple[IncidentId, IncidentId]:
    return start_incident(workspace).incident_id, start_incident(workspace).incident_id


def link(number: int, one: IncidentId, other: IncidentId, state: LinkState) -> Link:
    return Link(
        id=f"l{number}", incident_id=one, other_id=other, state=state,
        reason="The same account", at=NOON, by="Pat Smith",
    )  # fmt: skip


def test_the_latest_entry_of_a_name_counts_and_an_empty_one_takes_it_back(
    workspace: Workspace,
) -> None:
    table = workspace.log.organisation
    assert table.current() == []
    for one in (row("centre", "b", "North"), row("centre", "a", "South"), row("role", "DSL", "x")):
        table.insert(one)
    table.insert(row("centre", "b", "North centre"))
    assert [(one.name, one.value) for one in table.current("centre")] == [
        ("b", "North centre"),
        ("a", "South"),
    ]
    table.insert(row("centre", "b", ""))
    assert [one.value for one in table.current()] == ["South", "x"]
    assert [one.value for one in table.history("centre", "b")] == ["North", "North centre", ""]


def test_an_entry_of_the_organisation_is_never_changed(workspace: Workspace) -> None:
    workspace.log.organisation.insert(row("centre", "a", "North"))
    with pytest.raises(sqlcipher3.dbapi2.IntegrityError, match="never changed"):
        workspace.log.connection.execute("UPDATE organisation_entry SET value = 'x'")


def test_a_link_counts_for_both_until_it_is_ended(workspace: Workspace) -> None:
    one, other = two(workspace)
    workspace.log.links.insert(link(1, one, other, LinkState.LINKED))
    for own, far in ((one, other), (other, one)):
        (found,) = standing_links(own, workspace.log.links.of(own))
        assert found.other_than(own) == far
    workspace.log.links.insert(link(2, other, one, LinkState.ENDED))
    assert standing_links(one, workspace.log.links.of(one)) == ()
    workspace.log.links.insert(link(3, one, other, LinkState.LINKED))
    (again,) = standing_links(one, workspace.log.links.of(one))
    assert again.id == "l3"


def test_an_incident_is_not_linked_with_itself(workspace: Workspace) -> None:
    one, _other = two(workspace)
    with pytest.raises(sqlcipher3.dbapi2.IntegrityError):
        workspace.log.links.insert(link(1, one, one, LinkState.LINKED))


def test_erasing_an_incident_takes_what_was_said_of_its_links(workspace: Workspace) -> None:
    case = a_case(workspace)
    other = start_incident(workspace).incident_id
    workspace.log.links.insert(link(1, other, case.incident_id, LinkState.LINKED))
    erase(workspace, case.incident_id)
    assert workspace.log.links.of(other) == []


def test_a_worksheet_stays_as_it_was_handed_in(workspace: Workspace) -> None:
    one, _other = two(workspace)
    details = ContactDetails(recipient=Recipient.CEOP, at=workspace.now())
    contact_id = add_contact(workspace, one, details).contact_id
    for number, contact in enumerate((contact_id, None)):
        sheet = SubmittedSheet(
            id=f"w{number}", incident_id=one, worksheet_id="ceop", version="1",
            texts=(("what", "Line one\nLine “two”"),), at=NOON, by="Pat Smith",
            contact_id=contact,
        )  # fmt: skip
        workspace.log.worksheets.insert(sheet)
        assert workspace.log.worksheets.of(one)[-1] == sheet
    assert len(workspace.log.worksheets.of(one)) == 2
    with pytest.raises(sqlcipher3.dbapi2.IntegrityError, match="never changed"):
        workspace.log.connection.execute("UPDATE worksheet SET texts = '[]'")
