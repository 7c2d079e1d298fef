"""What the figures need of an incident is taken from its records, and nothing else."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from desktop.domain.calendar.quarters import quarter_of
from desktop.domain.calendar.times import Moment
from desktop.domain.contacts import Channel, ContactDetails, Recipient
from desktop.domain.evidence.gate import GateAnswer
from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.identifiers import IncidentId
from desktop.domain.incidents import Category
from desktop.domain.leaving.figures import IncidentFacts
from desktop.domain.people import AgeGroup, PersonKind, Role
from desktop.domain.steps.checklist_records import StepState
from desktop.operations.evidence.make_statement import make_statement
from desktop.operations.evidence.take_evidence import add_picture
from desktop.operations.incident.keep_contacts import add_contact
from desktop.operations.incident.keep_people import add_person
from desktop.operations.incident.record_incident import (
    close_incident,
    enter_fields,
    start_incident,
)
from desktop.operations.leaving.gather_figures import CHILD, ELSE, gather_facts
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.steps.follow_checklist import record_step
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.evidence_pieces import a_png

AUTUMN = quarter_of(date(2026, 11, 20))
TRIAGE = {f"T{number}": "no" for number in range(1, 14)} | {"T8": "site"}


@pytest.fixture
def incident(workspace: Workspace) -> IncidentId:
    return start_incident(workspace, "One").incident_id


def gathered(workspace: Workspace) -> IncidentFacts:
    (facts,) = gather_facts(workspace, AUTUMN, lambda _share: None, lambda: False)
    return facts


def before(workspace: Workspace, **span: int) -> Moment:
    now = workspace.now()
    return Moment(now.utc - timedelta(**span), now.offset, now.zone)


@pytest.mark.parametrize(
    ("kind", "age", "label"),
    [
        (PersonKind.LEARNER, AgeGroup.UNDER_18, CHILD),
        (PersonKind.LEARNER, AgeGroup.UNKNOWN, CHILD),
        (PersonKind.LEARNER, AgeGroup.ADULT, "Learner of 18 or over"),
        (PersonKind.STAFF, AgeGroup.ADULT, "Member of staff"),
        (PersonKind.PARENT, AgeGroup.ADULT, ELSE),
    ],
)
def test_a_target_is_a_kind_of_person(
    workspace: Workspace, incident: IncidentId, kind: PersonKind, age: AgeGroup, label: str
) -> None:
    values = {"name": "Robin", "kind": kind.value, "age_group": age.value}
    add_person(workspace, incident, Role.TARGET, values)
    add_person(workspace, incident, Role.WITNESS, {"name": "Sam"})
    facts = gathered(workspace)
    assert facts.targets == (label,)
    assert "Robin" not in repr(facts)


@pytest.mark.parametrize(
    ("aware", "recorded", "delay"),
    [
        (None, 1, None),
        (30, 6, timedelta(hours=24)),
        (5, None, timedelta(hours=5)),
        (1, 2, timedelta()),
    ],
)
def test_the_delay_runs_from_becoming_aware_to_the_first_record(
    workspace: Workspace,
    incident: IncidentId,
    aware: int | None,
    recorded: int | None,
    delay: timedelta | None,
) -> None:
    values = {"became_aware_at": aware, "first_recorded_at": recorded}
    moments = {
        name: before(workspace, hours=hours) for name, hours in values.items() if hours is not None
    }
    enter_fields(workspace, incident, moments)
    assert gathered(workspace).record_delay == delay


@pytest.mark.parametrize(
    ("named", "answer", "counted"),
    [
        ((), "yes", (Category.HATE,)),
        ((Category.THREAT,), "yes", (Category.THREAT, Category.HATE)),
        ((Category.HATE,), "yes", (Category.HATE,)),
        ((Category.THREAT,), "unsure", (Category.THREAT,)),
        ((), "no", ()),
    ],
)
def test_a_hate_motive_counts_where_only_the_first_questions_name_it(
    workspace: Workspace,
    incident: IncidentId,
    named: tuple[Category, ...],
    answer: str,
    counted: tuple[Category, ...],
) -> None:
    enter_fields(workspace, incident, {"categories": named})
    answer_triage(workspace, incident, {"T13": answer})
    assert gathered(workspace).categories == counted


def test_contacts_with_one_recipient_count_once(
    workspace: Workspace, incident: IncidentId
) -> None:
    for answered, reference, advice in ((False, "none", ""), (True, "EX/1", "Keep it")):
        add_contact(
            workspace,
            incident,
            ContactDetails(
                recipient=Recipient.POLICE,
                at=workspace.now(),
                channel=Channel.CALL_101,
                answered=answered,
                reference=reference,
                advice=advice,
            ),
        )
    add_contact(
        workspace,
        incident,
        ContactDetails(
            recipient=Recipient.LADO, at=workspace.now(), answered=False, reference="None given"
        ),
    )
    police, lado = gathered(workspace).referrals
    assert (police.reached, police.reference, police.advice) == (True, True, True)
    assert (lado.reached, lado.reference, lado.advice) == (False, False, False)


def _capture(workspace: Workspace, incident: IncidentId) -> None:
    statement = make_statement(workspace, incident, GateAnswer.NO, ("a page",)).statement
    add_picture(
        workspace,
        incident,
        statement.id,
        a_png(),
        ItemKind.SCREEN,
        Method.SCREEN_CAPTURE,
        workspace.now(),
        lambda _share: None,
        lambda: False,
    )


def _ask_for_removal(workspace: Workspace, incident: IncidentId) -> None:
    _record(workspace, incident, "P02-4", StepState.DONE)


def _say_there_is_none(workspace: Workspace, incident: IncidentId) -> None:
    _record(workspace, incident, "P02-1", StepState.NOT_POSSIBLE)


def _record(
    workspace: Workspace, incident: IncidentId, step_id: str, state: StepState, again: str = ""
) -> None:
    for checklist in workspace.log.checklists.of(incident):
        if checklist.procedure_id == step_id.partition("-")[0]:
            step = workspace.procedures[checklist.procedure_id].step(step_id)
            record_step(
                workspace,
                checklist.id,
                step_id,
                state,
                values={
                    blank.name: (*blank.choices, "said")[0]
                    for blank in step.blanks
                    if state is not StepState.OPEN
                },
                reason="it was gone",
                out_of_order="it had to be done at once",
                done_at=workspace.now(),
                again_reason=again,
            )


Act = Callable[[Workspace, IncidentId], None]


@pytest.mark.parametrize(
    ("acts", "kept_first"),
    [
        ((), None),
        ((_capture,), None),
        ((_capture, _ask_for_removal), True),
        ((_ask_for_removal, _capture), False),
        ((_ask_for_removal,), False),
        ((_say_there_is_none, _ask_for_removal), None),
        ((_ask_for_removal, _say_there_is_none), False),
    ],
)
def test_the_true_order_of_keeping_and_removing_counts(
    workspace: Workspace,
    clock: FrozenClock,
    incident: IncidentId,
    acts: tuple[Act, ...],
    kept_first: bool | None,
) -> None:
    answer_triage(workspace, incident, TRIAGE)
    for act in acts:
        clock.advance(minutes=5)
        act(workspace, incident)
    assert gathered(workspace).kept_first is kept_first


def _ask_for_removal_then_capture(
    workspace: Workspace, clock: FrozenClock, incident: IncidentId
) -> None:
    answer_triage(workspace, incident, TRIAGE)
    _ask_for_removal(workspace, incident)
    clock.advance(minutes=5)
    _capture(workspace, incident)


def test_a_removal_recorded_by_mistake_does_not_count(
    workspace: Workspace, clock: FrozenClock, incident: IncidentId
) -> None:
    _ask_for_removal_then_capture(workspace, clock, incident)
    assert gathered(workspace).kept_first is False
    _record(workspace, incident, "P02-4", StepState.OPEN)
    assert gathered(workspace).kept_first is None


def test_of_a_removal_recorded_again_the_time_that_stands_counts(
    workspace: Workspace, clock: FrozenClock, incident: IncidentId
) -> None:
    _ask_for_removal_then_capture(workspace, clock, incident)
    clock.advance(minutes=5)
    _record(workspace, incident, "P02-4", StepState.DONE, again="The time was wrong")
    assert gathered(workspace).kept_first is True


def test_clocks_that_ran_out_are_counted_until_it_is_closed(
    workspace: Workspace, clock: FrozenClock, incident: IncidentId
) -> None:
    enter_fields(workspace, incident, {"became_aware_at": workspace.now()})
    answer_triage(workspace, incident, TRIAGE)
    clock.advance(days=9)
    assert gathered(workspace).overdue > 0
    close_incident(workspace, incident, outcome="Ended", control_measure="None, because so")
    facts = gathered(workspace)
    assert facts.overdue == 0
    assert facts.closed_on == date(2026, 11, 29)


def test_an_incident_of_another_quarter_gives_only_its_days(
    workspace: Workspace, incident: IncidentId
) -> None:
    enter_fields(workspace, incident, {"centre": "North"})
    (facts,) = gather_facts(workspace, AUTUMN.before(), lambda _share: None, lambda: False)
    assert facts.centre == ""
    assert facts.logged_on == date(2026, 11, 20)
