"""How a service is reached: which of its numbers is shown, and whether anybody checked it."""

from datetime import date

from desktop.domain.contacts import Recipient
from desktop.domain.policy.own_copy import OwnContact, OwnCopy, ServiceNumbers

LABEL = "Children's services"
MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)


def _team(label: str, address: str, night: str = "", checked: date | None = None) -> OwnContact:
    return OwnContact(
        id=label,
        recipient=Recipient.CSC,
        label=label,
        address=address,
        out_of_hours=night,
        checked=checked,
    )


def _numbers(*contacts: OwnContact) -> ServiceNumbers:
    return OwnCopy(contacts=contacts).numbers_of(Recipient.CSC, LABEL)


def test_the_named_service_comes_before_other_teams() -> None:
    numbers = _numbers(_team("Night team", "9", "8"), _team(LABEL, "1", "2", MAY))
    assert numbers == ServiceNumbers(number="1", out_of_hours="2", checked=MAY)


def test_another_team_stands_in_for_what_is_missing() -> None:
    numbers = _numbers(_team("Night team", "", "8", MARCH), _team(LABEL, "1", "", MAY))
    assert numbers == ServiceNumbers(number="1", out_of_hours="8", checked=MARCH)
    assert _numbers(_team(LABEL, "", "2"), _team("Day", "1")).number == "1"


def test_one_number_that_nobody_checked_leaves_both_unchecked() -> None:
    assert _numbers(_team("Night team", "", "8"), _team(LABEL, "1", "", MAY)).checked is None
    # A team whose number is not shown has no say in it.
    assert _numbers(_team("Night team", "9"), _team(LABEL, "1", "", MAY)).checked == MAY


def test_nothing_entered_is_nothing_known() -> None:
    adults = OwnContact(id="1", recipient=Recipient.ASC, label=LABEL, address="1", checked=MAY)
    assert not _numbers(adults).is_known
    assert _numbers() == ServiceNumbers()
    assert _numbers(_team(LABEL, "", "2")).is_known


def test_what_was_checked_a_year_ago_is_old() -> None:
    assert ServiceNumbers(number="1", checked=MARCH).is_old(date(2027, 3, 2))
    assert not ServiceNumbers(number="1", checked=MARCH).is_old(date(2027, 3, 1))
    assert not ServiceNumbers(number="1").is_old(MAY)
