"""Ids, changes, gate, people, chronology, contacts, procedures: the small rules of each."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Topic, changed
from desktop.domain.chronology import ChronologyLine, EntryKind, in_order
from desktop.domain.contacts import RECIPIENT_NAMES, Recipient
from desktop.domain.evidence.gate import DEFINITIONS, Concern, GateAnswer, Statement, lets_in
from desktop.domain.identifiers import EntryId, IncidentId, PersonId, StatementId, id_text
from desktop.domain.people import AgeGroup, Person
from desktop.domain.steps.procedures import Procedure

NOON = Moment(datetime(2026, 11, 20, 12, tzinfo=UTC))
HERE, THERE = IncidentId("here"), IncidentId("there")


def test_ids_take_sixteen_random_bytes() -> None:
    assert id_text(bytes(16)) == "0" * 32
    with pytest.raises(ValueError, match="16"):
        id_text(b"short")


def test_changes_touch_only_pages_that_show_them() -> None:
    changes = changed(Topic.EVIDENCE, incident_id=HERE)
    assert changes.touch(HERE, Topic.EVIDENCE)
    assert changes.touch(None, Topic.EVIDENCE, Topic.PEOPLE)
    assert not changes.touch(THERE, Topic.EVIDENCE)
    assert not changes.touch(HERE, Topic.PEOPLE)
    assert changed(Topic.LOG).touch(THERE, Topic.LOG)


def statement(answer: GateAnswer) -> Statement:
    return Statement(
        id=StatementId("s"),
        incident_id=HERE,
        answer=answer,
        concern=None,
        listed=(),
        at=NOON,
        by="",
    )


@pytest.mark.parametrize(
    ("answer", "careful", "used", "open_"),
    [
        (GateAnswer.NO, False, 0, True),
        (GateAnswer.NO, False, 5, True),
        (GateAnswer.NO, True, 0, True),
        (GateAnswer.NO, True, 1, False),
        (GateAnswer.YES, False, 0, False),
        (GateAnswer.NOT_SURE, False, 0, False),
    ],
)
def test_the_gate_lets_in_only_after_no(
    answer: GateAnswer, careful: bool, used: int, open_: bool
) -> None:
    assert lets_in(statement(answer), careful=careful, used=used) is open_


def test_the_gate_lets_nothing_in_without_a_statement() -> None:
    assert not lets_in(None, careful=False, used=0)
    assert set(DEFINITIONS) == set(Concern)


def test_an_unknown_age_counts_as_a_child() -> None:
    person = Person(id=PersonId("p"))
    assert person.counts_as_child
    assert replace(person, age_group=AgeGroup.UNDER_18).counts_as_child
    assert not replace(person, age_group=AgeGroup.ADULT).counts_as_child


def test_the_chronology_is_in_time_order_and_links_corrections() -> None:
    def line(name: str, hours: int, corrects: str | None = None) -> ChronologyLine:
        return ChronologyLine(
            id=EntryId(name),
            kind=EntryKind.NOTE,
            at=Moment(NOON.utc + timedelta(hours=hours)),
            entered_at=NOON,
            by="",
            text=name,
            corrects=EntryId(corrects) if corrects else None,
        )

    shown = in_order([line("late", 2), line("early", 0), line("fix", 3, corrects="early")])
    assert [entry.id for entry in shown] == ["early", "late", "fix"]
    assert [entry.corrected_by for entry in shown] == ["fix", None, None]


def test_every_recipient_has_a_name() -> None:
    assert set(RECIPIENT_NAMES) == set(Recipient)


def test_a_procedure_knows_its_steps() -> None:
    procedure = Procedure(
        id="P00", title="", version="1", applies_when="", order=0, attached_by=(), checked="",
        note="", steps=(),
    )  # fmt: skip
    with pytest.raises(KeyError):
        procedure.step("P00-1")
