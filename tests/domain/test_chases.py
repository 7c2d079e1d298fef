"""A follow-up stays until somebody answered, and never goes because of somebody else."""

from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.chases import open_chases
from desktop.domain.contacts import ContactDetails, ContactEntry, Recipient
from desktop.domain.identifiers import ContactId, IncidentId
from tests.situations import NOW


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
