"""How each entry of the own copy is written as one text, and how all of them are read together."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from enum import StrEnum

from desktop.domain.calendar.bank_holidays import Nation
from desktop.domain.calendar.working_days import WorkingCalendar
from desktop.domain.contacts import Recipient
from desktop.domain.policy.own_copy import (
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
from desktop.domain.steps.procedures import Length, Severity

OwnEntry = (
    OwnRole | OwnContact | OwnStep | OwnDeadline | FreeDay | Centre | ApprovedAccount | OwnLook
)
WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class OwnTopic(StrEnum):
    """What an entry is about."""

    POLICY = "policy"
    OSC = "osc"
    ROLE = "role"
    CONTACT = "contact"
    STEP = "step"
    DEADLINE = "deadline"
    NATION = "nation"
    WEEKDAYS = "weekdays"
    FREE_DAY = "free day"
    CENTRE = "centre"
    ACCOUNT = "account"
    SWITCH = "switch"
    LOOK = "look"
    STANDING = "standing"


Values = Mapping[tuple[str, str], str]


def write_entry(entry: OwnEntry) -> str:
    """Return an entry as text."""
    plain = {name: value for name, value in asdict(entry).items() if value not in ("", None, ())}
    return json.dumps(plain, default=date.isoformat, ensure_ascii=False, sort_keys=True)


def write_weekdays(days: Iterable[int]) -> str:
    """Return days of the week as text: Mon Tue Wed."""
    return " ".join(WEEK[day] for day in sorted(days))


def read_own_copy(values: Values) -> OwnCopy:
    """Return the own copy from what counts of each topic and name."""
    empty = OwnCopy()
    policy = values.get((OwnTopic.POLICY, ""), "")
    free_days = tuple(
        sorted(map(_read_free_day, _of(values, OwnTopic.FREE_DAY)), key=lambda one: one.day)
    )
    words = values.get((OwnTopic.WEEKDAYS, ""), "").split()
    weekdays = frozenset(map(WEEK.index, words)) or empty.weekdays
    nation = values.get((OwnTopic.NATION, ""), "")
    return OwnCopy(
        policy_id=policy or empty.policy_id,
        policy_chosen=bool(policy),
        calendar=_calendar(Nation(nation or Nation.ENGLAND_AND_WALES), free_days, weekdays),
        switches=frozenset(name for topic, name in values if topic == OwnTopic.SWITCH),
        osc_is_dsl=values.get((OwnTopic.OSC, ""), "") != "no",
        roles=tuple(map(_read_role, _of(values, OwnTopic.ROLE))),
        contacts=tuple(map(_read_contact, _of(values, OwnTopic.CONTACT))),
        steps=tuple(map(_read_step, _of(values, OwnTopic.STEP))),
        deadlines=tuple(map(_read_deadline, _of(values, OwnTopic.DEADLINE))),
        free_days=free_days,
        weekdays=weekdays,
        centres=tuple(map(_read_centre, _of(values, OwnTopic.CENTRE))),
        accounts=tuple(map(_read_account, _of(values, OwnTopic.ACCOUNT))),
        looks=tuple(map(_read_look, _of(values, OwnTopic.LOOK))),
    )


def _calendar(
    nation: Nation, free_days: Iterable[FreeDay], weekdays: frozenset[int]
) -> WorkingCalendar:
    """Return the calendar for documented deadlines, with the one for our own inside."""
    proclaimed = frozenset(one.day for one in free_days if one.proclaimed)
    closed = frozenset(one.day for one in free_days)
    local = WorkingCalendar(nation=nation, extra=closed, weekdays=weekdays)
    return WorkingCalendar(nation=nation, extra=proclaimed, local=local)


class _Plain:
    """One entry as it was read: texts, lists and truths by name."""

    def __init__(self, text: str) -> None:
        self.raw = json.loads(text)

    def text(self, name: str) -> str:
        """Return a text, '' where there is none."""
        return str(self.raw.get(name, ""))

    def day(self, name: str) -> date | None:
        """Return a day, None where there is none."""
        text = self.text(name)
        return date.fromisoformat(text) if text else None


def _of(values: Values, topic: OwnTopic) -> list[_Plain]:
    return [_Plain(text) for (own, _name), text in values.items() if own == topic]


def _read_role(plain: _Plain) -> OwnRole:
    return OwnRole(
        role=plain.text("role"),
        title=plain.text("title"),
        holder=plain.text("holder"),
        deputy=plain.text("deputy"),
    )


def _read_centre(plain: _Plain) -> Centre:
    return Centre(
        id=plain.text("id"),
        name=plain.text("name"),
        lead=plain.text("lead"),
        address=plain.text("address"),
    )


def _read_contact(plain: _Plain) -> OwnContact:
    return OwnContact(
        id=plain.text("id"),
        recipient=Recipient(plain.text("recipient")),
        label=plain.text("label"),
        address=plain.text("address"),
        out_of_hours=plain.text("out_of_hours"),
        note=plain.text("note"),
        checked=plain.day("checked"),
    )


def _read_step(plain: _Plain) -> OwnStep:
    return OwnStep(
        id=plain.text("id"),
        procedure_id=plain.text("procedure_id"),
        follows=plain.text("follows"),
        title=plain.text("title"),
        text=plain.text("text"),
        actor=plain.text("actor"),
        recipients=tuple(Recipient(one) for one in plain.raw.get("recipients", ())),
        severity=Severity(plain.text("severity")),
        source=plain.text("source"),
        removes=bool(plain.raw.get("removes", False)),
    )


def _read_deadline(plain: _Plain) -> OwnDeadline:
    return OwnDeadline(
        id=plain.text("id"),
        step_id=plain.text("step_id"),
        label=plain.text("label"),
        length=Length(plain.text("length")),
        amount=int(plain.raw.get("amount", 0)),
        starts=plain.text("starts"),
        source=plain.text("source"),
    )


def _read_free_day(plain: _Plain) -> FreeDay:
    return FreeDay(
        day=date.fromisoformat(plain.text("day")),
        name=plain.text("name"),
        proclaimed=bool(plain.raw.get("proclaimed", False)),
    )


def _read_look(plain: _Plain) -> OwnLook:
    return OwnLook(
        reference=plain.text("reference"),
        day=date.fromisoformat(plain.text("day")),
        found=plain.text("found"),
    )


def _read_account(plain: _Plain) -> ApprovedAccount:
    return ApprovedAccount(
        id=plain.text("id"),
        platform=plain.text("platform"),
        address=plain.text("address"),
        purpose=plain.text("purpose"),
        looked_after_by=plain.text("looked_after_by"),
        second=plain.text("second"),
        approved_by=plain.text("approved_by"),
        approved_on=plain.day("approved_on"),
        marked=plain.raw.get("marked"),
        checked=plain.day("checked"),
        closed=bool(plain.raw.get("closed", False)),
    )
