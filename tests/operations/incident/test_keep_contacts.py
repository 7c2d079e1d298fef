"""A contact counts as telling somebody only where they were told."""

from datetime import datetime

import pytest

from desktop.domain.contacts import Channel, ContactDetails, Direction, Recipient
from desktop.domain.steps.checklist_records import StepState
from desktop.operations.incident.keep_contacts import add_contact, list_contacts
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.operations.case import Case

FRIDAY = datetime(2026, 11, 20, 9)


@pytest.fixture
def case(workspace: Workspace, clock: FrozenClock) -> Case:
    """An incident of grooming, of which CEOP is told."""
    made = Case(workspace, clock, "A stranger asks a learner for pictures")
    made.known(FRIDAY)
    made.answer(T4="yes", T8="private")
    return made


def ring(case: Case, direction: Direction, recipient: Recipient, step_id: str = "") -> None:
    view = case.step(step_id) if step_id else None
    add_contact(
        case.workspace,
        case.incident_id,
        ContactDetails(
            recipient=recipient,
            at=case.workspace.now(),
            channel=Channel.PHONE,
            direction=direction,
        ),
        checklist_id=view.checklist_id if view else None,
        step_id=step_id,
    )


@pytest.mark.parametrize("step_id", ["", "P06-6"])
@pytest.mark.parametrize(
    ("direction", "state"),
    [
        (Direction.OUT, StepState.DONE),
        (Direction.IN, StepState.OPEN),
        (Direction.IN_TOLD, StepState.DONE),
    ],
)
def test_a_call_that_came_in_tells_nobody_by_itself(
    case: Case, direction: Direction, state: StepState, step_id: str
) -> None:
    ring(case, direction, Recipient.CEOP, step_id)
    assert case.step("P06-6").state is state


def test_an_answer_that_comes_in_settles_the_step_that_waits_for_it(case: Case) -> None:
    case.tell(Recipient.CSC, "P06-5")
    ring(case, Direction.IN, Recipient.CSC, "P06-8")
    assert case.step("P06-8").state is StepState.DONE


def test_only_what_they_were_told_is_asked_after(case: Case) -> None:
    ring(case, Direction.IN, Recipient.CSC)
    ring(case, Direction.IN_TOLD, Recipient.CSC)
    first, second = list_contacts(case.workspace, case.incident_id)
    assert first.details.next_due is None
    assert second.details.next_due is not None
