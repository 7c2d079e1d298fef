"""Whom the organisation calls: kept, checked, dropped; its numbers in danger are never lost."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.contacts import Recipient
from desktop.domain.errors import NotFound
from desktop.domain.policy.own_copy import (
    OwnContact,
)
from desktop.operations.organisation.keep_organisation import (
    change_childrens_services,
    show_organisation,
)
from desktop.operations.organisation.keep_own_copy import (
    check_contact,
    drop_contact,
    keep_contact,
)
from desktop.operations.organisation.show_own_copy import list_contacts
from desktop.operations.steps.in_force import (
    own_copy,
)
from desktop.operations.workspace import Workspace

CSC = OwnContact(
    id="", recipient=Recipient.CSC, label="Children's services", address="01632 960 004"
)
LADO = OwnContact(id="", recipient=Recipient.LADO, label="LADO", address="01632 960 001")
TODAY = date(2026, 11, 20)


def test_a_contact_is_kept_checked_and_dropped(workspace: Workspace) -> None:
    keep_contact(workspace, LADO)
    (kept,) = own_copy(workspace).contacts
    assert kept.id
    assert kept.checked is None
    check_contact(workspace, kept)
    assert own_copy(workspace).contacts == (replace(kept, checked=TODAY),)
    drop_contact(workspace, kept.id)
    assert own_copy(workspace).contacts == ()
    with pytest.raises(NotFound):
        drop_contact(workspace, kept.id)


def test_the_banner_shows_the_number_of_childrens_services(workspace: Workspace) -> None:
    keep_contact(workspace, CSC)
    assert show_organisation(workspace).childrens_services == "01632 960 004"
    change_childrens_services(workspace, "01632 960 005")
    line = next(one for one in list_contacts(workspace) if one.contact.recipient is Recipient.CSC)
    assert line.address == "01632 960 005"
    drop_contact(workspace, line.contact.id)
    assert show_organisation(workspace).childrens_services == ""


def test_a_further_team_never_takes_the_number_out_of_the_banner(workspace: Workspace) -> None:
    keep_contact(workspace, CSC)
    night = replace(CSC, label="Night team", address="", out_of_hours="01632 960 009")
    keep_contact(workspace, night)
    kept = next(one for one in own_copy(workspace).contacts if one.label == "Night team")
    numbers = show_organisation(workspace).numbers
    assert (numbers.number, numbers.out_of_hours) == ("01632 960 004", "01632 960 009")
    keep_contact(workspace, replace(kept, address="01632 960 010"))
    assert show_organisation(workspace).childrens_services == "01632 960 004"
    drop_contact(workspace, kept.id)
    assert show_organisation(workspace).childrens_services == "01632 960 004"


def test_a_contact_that_becomes_another_takes_its_number_along(workspace: Workspace) -> None:
    keep_contact(workspace, CSC)
    (kept,) = own_copy(workspace).contacts
    keep_contact(workspace, replace(kept, recipient=Recipient.ASC))
    assert not show_organisation(workspace).numbers.is_known


def test_a_new_number_has_not_been_checked_yet(workspace: Workspace) -> None:
    keep_contact(workspace, CSC)
    check_contact(workspace, own_copy(workspace).contacts[0])
    assert show_organisation(workspace).numbers.checked == TODAY
    change_childrens_services(workspace, CSC.address)
    assert show_organisation(workspace).numbers.checked == TODAY
    change_childrens_services(workspace, "01632 960 005")
    assert show_organisation(workspace).numbers.checked is None


def test_contacts_are_those_of_the_policy_filled_in_and_then_ours(workspace: Workspace) -> None:
    keep_contact(workspace, LADO)
    own = OwnContact(id="", recipient=Recipient.OTHER, label="Safer schools", address="1")
    keep_contact(workspace, own)
    lines = list_contacts(workspace)
    lado = next(one for one in lines if one.contact.label == "LADO")
    assert lado.service is not None
    assert lado.address == "01632 960 001"
    assert lines[-1].service is None
    assert lines[-1].contact.label == "Safer schools"
    police = next(one for one in lines if one.service and one.service.address)
    assert police.address == (police.service.address if police.service else "")
    assert not police.needs_look(TODAY)
    assert lado.needs_look(TODAY)
