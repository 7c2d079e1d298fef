"""Entries of the own copy, written as text and read again, with values that work without them."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.calendar.bank_holidays import Nation
from desktop.domain.calendar.working_days import WorkingCalendar, add_working_days
from desktop.domain.contacts import Recipient
from desktop.domain.policy.own_copy import (
    STRICTEST,
    ApprovedAccount,
    Centre,
    FreeDay,
    OwnContact,
    OwnCopy,
    OwnDeadline,
    OwnLook,
    OwnRole,
    OwnStep,
)
from desktop.domain.policy.own_values import (
    OwnEntry,
    OwnTopic,
    Values,
    read_own_copy,
    write_entry,
    write_weekdays,
)
from desktop.domain.steps.procedures import Length, Severity

ROLE = OwnRole(role="DSL", title="Lead", holder="Pat Smith", deputy="Ada Reed")
CONTACT = OwnContact(
    id="c1",
    recipient=Recipient.LADO,
    label="LADO",
    address="01632 960 001",
    out_of_hours="01632 960 002",
    note="Form on their site",
    checked=date(2026, 11, 1),
)
STEP = OwnStep(
    id="P01-901",
    procedure_id="P01",
    follows="P01-1",
    title="Ring",
    text="Ring them.",
    actor="DSL",
    recipients=(Recipient.HEAD, Recipient.OTHER),
    severity=Severity.SHOULD,
    source="Ours",
    removes=True,
)
DEADLINE = OwnDeadline(
    id="P01-901/1",
    step_id="P01-901",
    label="Ring",
    length=Length.HOURS,
    amount=4,
    starts="logged_at",
    source="Ours",
)
CLOSED = FreeDay(day=date(2026, 12, 29), name="Closed", proclaimed=False)
PROCLAIMED = FreeDay(day=date(2026, 12, 2), name="Jubilee", proclaimed=True)
CENTRE = Centre(id="n", name="North", lead="Jo Field", address="01632 960 003")
ACCOUNT = ApprovedAccount(
    id="a",
    platform="Site",
    address="example.org",
    purpose="News",
    looked_after_by="Jo Field",
    second="Ada Reed",
    approved_by="Pat Smith",
    approved_on=date(2026, 1, 2),
    marked=False,
    checked=date(2026, 11, 2),
    closed=True,
)


LOOK = OwnLook(reference="S003", day=date(2026, 11, 3), found="Still the same")


def test_nothing_entered_means_the_strictest_of_all() -> None:
    assert read_own_copy({}) == replace(
        OwnCopy(), calendar=WorkingCalendar(local=WorkingCalendar())
    )
    assert OwnCopy().policy_id == STRICTEST
    assert not read_own_copy({}).policy_chosen


@pytest.mark.parametrize(
    ("topic", "name", "entry", "field"),
    [
        (OwnTopic.ROLE, "DSL", ROLE, "roles"),
        (OwnTopic.ROLE, "OSC", OwnRole(role="OSC"), "roles"),
        (OwnTopic.CONTACT, "c1", CONTACT, "contacts"),
        (OwnTopic.CONTACT, "c2", replace(CONTACT, id="c2", checked=None, note=""), "contacts"),
        (OwnTopic.STEP, STEP.id, STEP, "steps"),
        (OwnTopic.STEP, STEP.id, replace(STEP, recipients=(), removes=False), "steps"),
        (OwnTopic.DEADLINE, DEADLINE.id, DEADLINE, "deadlines"),
        (OwnTopic.DEADLINE, DEADLINE.id, replace(DEADLINE, amount=0), "deadlines"),
        (OwnTopic.FREE_DAY, "2026-12-29", CLOSED, "free_days"),
        (OwnTopic.CENTRE, "n", CENTRE, "centres"),
        (OwnTopic.CENTRE, "n", Centre(id="n", name=""), "centres"),
        (OwnTopic.ACCOUNT, "a", ACCOUNT, "accounts"),
        (OwnTopic.LOOK, "S003", LOOK, "looks"),
        (
            OwnTopic.ACCOUNT,
            "a",
            ApprovedAccount(id="a", platform="Site", address="example.org"),
            "accounts",
        ),
    ],
)
def test_every_entry_is_read_as_it_was_written(
    topic: OwnTopic, name: str, entry: OwnEntry, field: str
) -> None:
    own = read_own_copy({(topic, name): write_entry(entry)})
    assert getattr(own, field) == (entry,)


def test_what_a_newer_version_added_is_passed_over() -> None:
    values = {
        ("centre", "n"): '{"id": "n", "name": "North", "storeys": "3"}',
        ("role", "DSL"): '{"role": "DSL", "since": "2026"}',
    }
    own = read_own_copy(values)
    assert own.centres == (Centre(id="n", name="North"),)
    assert own.roles == (OwnRole(role="DSL"),)


def test_what_is_chosen_once_is_read() -> None:
    values: Values = {
        ("policy", ""): "training-provider",
        ("osc", ""): "no",
        ("nation", ""): "Scotland",
        ("switch", "csa-duty"): "Checked",
        ("weekdays", ""): write_weekdays([2, 0]),
    }
    own = read_own_copy(values)
    assert (own.policy_id, own.policy_chosen) == ("training-provider", True)
    assert not own.osc_is_dsl
    assert own.calendar.nation is Nation.SCOTLAND
    assert own.switches == {"csa-duty"}
    assert (values["weekdays", ""], sorted(own.weekdays)) == ("Mon Wed", [0, 2])


def test_free_days_come_in_their_order() -> None:
    values = {("free day", one.day.isoformat()): write_entry(one) for one in (CLOSED, PROCLAIMED)}
    assert read_own_copy(values).free_days == (PROCLAIMED, CLOSED)


def test_own_working_days_count_for_own_deadlines_only() -> None:
    """29 December is closed, 2 December proclaimed; people work Monday to Thursday."""
    values = {("free day", one.day.isoformat()): write_entry(one) for one in (CLOSED, PROCLAIMED)}
    values["weekdays", ""] = write_weekdays([0, 1, 2, 3])
    calendar = read_own_copy(values).calendar
    tuesday, thursday, monday = date(2026, 12, 1), date(2026, 12, 3), date(2026, 12, 28)
    for each in (calendar, calendar.for_local):
        assert add_working_days(tuesday, 1, each) == thursday
    assert add_working_days(thursday, 1, calendar) == date(2026, 12, 4)
    assert add_working_days(thursday, 1, calendar.for_local) == date(2026, 12, 7)
    assert add_working_days(monday, 1, calendar) == date(2026, 12, 29)
    assert add_working_days(monday, 1, calendar.for_local) == date(2026, 12, 30)


def test_a_role_that_nobody_entered_is_empty() -> None:
    own = read_own_copy({(OwnTopic.ROLE, "DSL"): write_entry(ROLE)})
    assert own.role("DSL") == ROLE
    assert own.role("HR") == OwnRole(role="HR")


@pytest.mark.parametrize(
    ("checked", "old"),
    [(None, True), (date(2025, 11, 21), False), (date(2025, 11, 20), True)],
)
def test_a_year_after_the_last_look_it_is_old(checked: date | None, old: bool) -> None:
    today = date(2026, 11, 21)
    assert replace(CONTACT, checked=checked).is_old(today) is old
    assert replace(ACCOUNT, checked=checked).is_old(today) is old


def test_a_look_at_a_source_counts_for_a_year() -> None:
    own = OwnCopy(looks=(LOOK,))
    assert own.has_looked("S003", date(2027, 11, 3))
    assert not own.has_looked("S003", date(2027, 11, 4))
    assert not own.has_looked("S002", date(2026, 11, 4))
