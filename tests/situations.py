"""Builds the situation of one incident, with the real procedures, for tests of the domain."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from desktop.domain.calendar.times import Moment
from desktop.domain.contacts import ContactDetails, ContactEntry, Direction, Recipient
from desktop.domain.evidence.gate import Concern, GateAnswer, Statement
from desktop.domain.evidence.items import (
    EvidenceItem,
    ExhibitMark,
    Fingerprint,
    ItemKind,
    ItemState,
    Method,
    Origin,
)
from desktop.domain.identifiers import (
    ChecklistId,
    ContactId,
    ContentId,
    IncidentId,
    InvolvementId,
    ItemId,
    PersonId,
    StatementId,
)
from desktop.domain.incidents import Incident, IncidentStatus, Record
from desktop.domain.people import AgeGroup, Involvement, Person, PersonKind, Role
from desktop.domain.steps.checklist_records import Checklist, StepEntry, StepState, TriageAnswer
from desktop.domain.steps.facts import Running, Situation
from desktop.domain.steps.procedures import Procedure
from desktop.operations.steps.load_procedures import load_procedures

INCIDENT = IncidentId("i")
DSL = "Pat Smith"
POLICIES = frozenset({"S000", "S001", "S002", "S003", "S004"})


def at(day: int, hour: int = 9, minute: int = 0) -> Moment:
    """Return a moment of November 2026; the 16th is a Monday."""
    return Moment(datetime(2026, 11, day, hour, minute, tzinfo=UTC), 0, "GMT")


NOW = at(18, 9)


@cache
def procedures() -> Mapping[str, Procedure]:
    """Return the procedures that come with the program."""
    return load_procedures()


def running(procedure_id: str, entries: Iterable[StepEntry] = (), ended: str = "") -> Running:
    """Return a checklist that runs on the program's own procedure."""
    procedure = procedures()[procedure_id]
    return running_on(procedure, entries, ended)


def running_on(
    procedure: Procedure, entries: Iterable[StepEntry] = (), ended: str = ""
) -> Running:
    """Return a checklist that runs on any procedure, with its own entries among these."""
    own = tuple(one for one in entries if one.step_id.rsplit("-", 1)[0] == procedure.id)
    checklist = Checklist(
        id=ChecklistId(f"c-{procedure.id}"),
        incident_id=INCIDENT,
        procedure_id=procedure.id,
        version=procedure.version,
        attached_at=NOW,
        attached_reason="triage",
        ended_reason=ended,
        entries=own,
    )
    return Running(procedure=procedure, checklist=checklist)


def entry(
    step_id: str,
    state: StepState = StepState.DONE,
    *,
    reason: str = "",
    done_at: Moment | None = None,
    late_reason: str = "",
    **values: str,
) -> StepEntry:
    """Return one recorded outcome of a step."""
    return StepEntry(
        step_id=step_id,
        state=state,
        at=NOW,
        by=DSL,
        reason=reason,
        done_at=done_at,
        late_reason=late_reason,
        values=tuple(values.items()),
    )


def situation(
    ids: str = "",
    *,
    entries: Iterable[StepEntry] = (),
    answers: Mapping[str, str] | None = None,
    record: Record | None = None,
    items: Iterable[EvidenceItem] = (),
    **more: object,
) -> Situation:
    """Return a situation in which the named procedures run: 'P00 P02 S4'."""
    known = list(entries)
    made = Situation(
        incident=incident(record or Record()),
        answers={name: triage_answer(name, text) for name, text in (answers or {}).items()},
        items=tuple(items),
        running=tuple(running(name, known) for name in ids.split()),
        leads=frozenset({DSL}),
        policies=POLICIES,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def incident(record: Record) -> Incident:
    """Return an incident that was logged on Wednesday at 9."""
    return Incident(
        id=INCIDENT,
        number="2026-0042",
        logged_at=NOW,
        logged_by=DSL,
        status=IncidentStatus.OPEN,
        careful=False,
        closed_at=None,
        record=record,
    )


def triage_answer(question: str, answer: str) -> TriageAnswer:
    """Return an answer as it is kept."""
    return TriageAnswer(question=question, answer=answer, at=NOW, by=DSL)


def item(
    kind: ItemKind = ItemKind.SCREEN, state: ItemState = ItemState.KEPT, **origin: str
) -> EvidenceItem:
    """Return an evidence item with what is known of its origin."""
    kept = state is ItemState.KEPT
    return EvidenceItem(
        id=ItemId("e"),
        incident_id=INCIDENT,
        mark=ExhibitMark("PXS", 1),
        kind=kind,
        state=state,
        method=Method.SCREEN_CAPTURE,
        content_id=ContentId("b") if kept else None,
        fingerprint=Fingerprint("0" * 64, 3) if kept else None,
        media_type="image/png",
        original_name="",
        captured_at=NOW,
        captured_by=DSL,
        captured_with="test",
        statement_id=None,
        origin=Origin(**origin),
    )


def contact(
    recipient: Recipient, *, answered: bool = True, direction: Direction = Direction.OUT
) -> ContactEntry:
    """Return one kept contact."""
    return ContactEntry(
        id=ContactId("k"),
        incident_id=INCIDENT,
        attempt=1,
        made_by=DSL,
        entered_at=NOW,
        step_id="",
        details=ContactDetails(
            recipient=recipient, at=NOW, answered=answered, direction=direction
        ),
    )


def involvement(
    role: Role,
    kind: PersonKind = PersonKind.LEARNER,
    age_group: AgeGroup = AgeGroup.UNDER_18,
) -> Involvement:
    """Return somebody in a role."""
    person = Person(id=PersonId("p"), kind=kind, age_group=age_group)
    return Involvement(id=InvolvementId("v"), incident_id=INCIDENT, role=role, person=person)


def statement(answer: GateAnswer, own_id: str = "s1", corrects: str = "") -> Statement:
    """Return an answer at the gate."""
    return Statement(
        id=StatementId(own_id),
        incident_id=INCIDENT,
        answer=answer,
        concern=Concern.CHILD_IMAGE if answer is GateAnswer.YES else None,
        listed=(),
        at=NOW,
        by=DSL,
        corrects=StatementId(corrects) if corrects else None,
    )
