"""A follow-up stays until somebody answered, and never goes because of somebody else."""

from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.chases import open_chases
from desktop.domain.contacts import ContactDetails, ContactEntry, Recipient
from desktop.domain.identifiers import ContactId, IncidentId, PersonId
from desktop.domain.people import Involvement, Person, PersonKind, Role
from tests.situations import NOW, involvement


def _contact(recipient: Recipient, *, due: bool = False, **details: Any) -> ContactEntry:
    return ContactEntry(
        id=ContactId("c"),
        incident_id=IncidentId("a" * 32),
        attempt=1,
        made_by="Pat Smith",
        entered_at=NOW,
        step_id="",
        details=ContactDetails(
            recipient=recipient, at=NOW, next_due=NOW if due else None, **details
        ),
    )


ASKED = _contact(Recipient.CSC, due=True)
MOTHER = _contact(Recipient.PARENT, due=True, person="Mother of A")


def test_a_call_that_nobody_took_settles_nothing() -> None:
    assert open_chases([ASKED, _contact(Recipient.CSC, answered=False)]) == (ASKED,)
    assert open_chases([ASKED, _contact(Recipient.CSC)]) == ()
    assert open_chases([ASKED, _contact(Recipient.POLICE)]) == (ASKED,)


def test_a_new_time_takes_the_place_of_the_old_one() -> None:
    again = replace(_contact(Recipient.CSC, due=True, answered=False), id=ContactId("d"))
    assert open_chases([ASKED, again]) == (again,)


@pytest.mark.parametrize(
    ("first", "later", "is_settled"),
    [
        (MOTHER, _contact(Recipient.PARENT, person="Father of B"), False),
        (MOTHER, _contact(Recipient.PARENT, person=" mother  of a"), True),
        (MOTHER, _contact(Recipient.PARENT), True),
        (_contact(Recipient.PARENT, due=True), MOTHER, True),
        (
            _contact(Recipient.PLATFORM, due=True, organisation="Chat A"),
            _contact(Recipient.PLATFORM, organisation="Chat B"),
            False,
        ),
        (
            _contact(Recipient.OTHER, due=True, person="Jo", organisation="Club"),
            _contact(Recipient.OTHER, person="Jo", organisation="Council"),
            False,
        ),
        # Whoever answers at a service answers for it.
        (
            _contact(Recipient.CSC, due=True, person="Duty worker"),
            _contact(Recipient.CSC, person="Team manager"),
            True,
        ),
    ],
)
def test_only_the_same_people_settle_it(
    first: ContactEntry, later: ContactEntry, *, is_settled: bool
) -> None:
    assert (first not in open_chases([first, later])) is is_settled


def _parent(name: str, contact: str = "", role: Role = Role.PARENT) -> Involvement:
    person = Person(id=PersonId(name), name=name, kind=PersonKind.PARENT, contact=contact)
    return replace(involvement(role), person=person)


DANA = _parent("Dana Louise Green", "01632 960 123; dana@home.example")
TOM = _parent("Tom Green")


def _is_settled(first: dict[str, Any], later: dict[str, Any], *people: Involvement) -> bool:
    asked = _contact(Recipient.PARENT, due=True, **first)
    told = replace(_contact(Recipient.PARENT, **later), id=ContactId("d"))
    return open_chases([asked, told], people) == ()


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("Green, Dana", "Dana Louise Green"),
        ("Mrs Dana Green", "Dana Green (mother)"),
        ("dana-louise green", "Dana  Louise  Green"),
    ],
)
def test_two_spellings_of_somebody_in_the_record_are_one_person(first: str, later: str) -> None:
    assert _is_settled({"person": first}, {"person": later}, DANA, TOM)
    assert not _is_settled({"person": first}, {"person": later}), "nobody said who that is"


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("Dana Green", "Tom Green"),
        # One name may be either of the two, or somebody who is not in the record.
        ("Mrs Green", "Dana Green"),
        ("Green", "Mr Green"),
        ("Dana Green", "Dana Brown"),
        ("Mr Green", "Mrs Green"),
    ],
)
def test_a_name_that_may_be_somebody_elses_settles_nothing(first: str, later: str) -> None:
    assert not _is_settled({"person": first}, {"person": later}, DANA, TOM)
    assert not _is_settled({"person": first}, {"person": later}, DANA)


def test_the_number_that_the_record_has_for_somebody_says_who_it_was() -> None:
    named = {"person": "Dana Green"}
    by_phone = {"person": "Mrs Green", "address_used": "+44 1632 960123"}
    by_mail = {"person": "Dana", "address_used": "Dana@home.example"}
    for reached in (by_phone, by_mail):
        assert _is_settled(reached, named, DANA, TOM)
        assert _is_settled(named, reached, DANA, TOM)
        assert not _is_settled(reached, named, TOM)
    assert not _is_settled({"person": "Mrs Green", "address_used": "01632 960 999"}, named, DANA)
    assert not _is_settled({"person": "Mrs Green", "address_used": "960"}, named, DANA)


def test_a_number_that_two_share_says_nothing() -> None:
    shared = {"person": "Mr Green", "address_used": "01632 960 123"}
    assert not _is_settled(shared, {"person": "Mrs Dana Green"}, DANA)
    tom = _parent("Tom Green", "01632 960123")
    assert not _is_settled({**shared, "person": "Green"}, {"person": "Dana Green"}, DANA, tom)


def test_only_those_who_have_that_role_are_meant() -> None:
    both = {"person": "Dana Green"}, {"person": "Green, Dana"}
    assert _is_settled(*both, replace(DANA, role=Role.REPORTER)), "a parent in any role"
    witness = replace(DANA.person, kind=PersonKind.STAFF)
    assert not _is_settled(*both, replace(DANA, role=Role.WITNESS, person=witness))
    asked = _contact(Recipient.TARGET, due=True, person="Dana Green")
    heard = _contact(Recipient.TARGET, person="Green, Dana")
    assert open_chases([asked, heard], [replace(DANA, role=Role.TARGET)]) == ()
    assert open_chases([asked, heard], [DANA]) == (asked,)
    other = _contact(Recipient.OTHER, due=True, person="Dana Green")
    assert open_chases([other, replace(heard, details=other.details)], [DANA]) != ()
