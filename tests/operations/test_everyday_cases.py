"""What a DSL meets most weeks, through the operations: calm cases stay calm."""

from datetime import datetime

from desktop.domain.checklist_records import StepState
from desktop.domain.contacts import Recipient
from desktop.domain.evidence import ItemKind, ItemState, Method
from desktop.domain.gate import Concern, GateAnswer
from desktop.domain.incidents import Category
from desktop.domain.people import AgeGroup, PersonKind, Role
from desktop.domain.procedures import Severity
from desktop.operations.attach_procedure import attach_procedure
from desktop.operations.make_statement import make_statement
from desktop.operations.read_situation import read_items
from desktop.operations.take_evidence import add_picture
from desktop.operations.workspace import Workspace
from desktop.resources import resource_path
from tests.clocks import FrozenClock
from tests.operations.case import Case


def test_a_row_in_a_class_group_chat(workspace: Workspace, clock: FrozenClock) -> None:
    """One answer at the gate for the whole session, and no stop notice anywhere."""
    case = Case(workspace, clock, "A row in a group chat of a class")
    case.known(datetime(2026, 11, 20, 8), categories=(Category.CB_MSG,))
    case.involve(Role.TARGET, PersonKind.LEARNER, AgeGroup.UNDER_18, "Learner A")
    case.involve(Role.PERSON_REPORTED, PersonKind.LEARNER, AgeGroup.UNDER_18, "Learner B")
    case.answer(T8="private")
    once = make_statement(workspace, case.incident_id, GateAnswer.NO, ["a capture session"])
    for name in ("comments.png", "profile.png"):
        add_picture(
            workspace,
            case.incident_id,
            once.statement.id,
            resource_path("practice", name).read_bytes(),
            ItemKind.SCREEN_REGION,
            Method.SCREEN_CAPTURE,
            workspace.now(),
            lambda _share: None,
            lambda: False,
        )
    assert len(read_items(workspace, case.incident_id)) == 2
    assert not any(one.procedure.notice for one in case.view.checklists)
    assert {"P00", "P01"} <= case.running
    assert case.running.isdisjoint({"P03", "P03B", "P04", "P06", "P07", "P15", "S9"})
    stops = [
        view.step.id
        for one in case.view.checklists
        for view in one.steps
        if view.step.severity is Severity.STOP
    ]
    assert stops == ["P00-4"]
    assert case.step("P01-6").state is StepState.OPEN
    assert not case.step("S2-3").prefilled_reason


def test_a_false_account_in_a_learners_name(workspace: Workspace, clock: FrozenClock) -> None:
    case = Case(workspace, clock, "Somebody made an account in a learner's name")
    case.known(datetime(2026, 11, 20, 8), categories=(Category.IMPERS,))
    case.involve(Role.TARGET, PersonKind.LEARNER, AgeGroup.UNDER_18)
    case.answer(T8="person")
    assert "P12" in case.running
    ceop = [
        view
        for one in case.view.checklists
        if one.procedure.id == "P12"
        for view in one.steps
        if "CEOP" in view.step.recipients
    ]
    assert all(view.prefilled_reason for view in ceop)
    case.capture("profile.png")
    report = next(
        view
        for one in case.view.checklists
        if one.procedure.id == "P12"
        for view in one.steps
        if "PLATFORM" in view.step.recipients
    )
    assert "P12-1" not in {one.id for one in report.waiting_for}


def test_a_forwarded_screenshot_of_unknown_content(
    workspace: Workspace, clock: FrozenClock
) -> None:
    """Not sure: held back unread; what is harmless still comes in, each with an answer."""
    case = Case(workspace, clock, "A tutor forwarded a screenshot; nobody knows what it shows")
    case.known(datetime(2026, 11, 20, 8))
    held = case.hold_back("IMG_0001.jpg", Concern.CHILD_IMAGE, GateAnswer.NOT_SURE)
    assert held.careful
    assert "P03" in case.running
    assert case.step("P03-13").state is StepState.OPEN
    case.capture()
    states = sorted(item.state.value for item in read_items(workspace, case.incident_id))
    assert states == [ItemState.HELD_BACK.value, ItemState.KEPT.value]
    case.do("P03-1", already_here="yes", device="no", demand="no")
    assert "S9" in case.running


def test_an_anonymous_alert(workspace: Workspace, clock: FrozenClock) -> None:
    """Nobody is there to reassure: said, not skipped; the rest goes on."""
    case = Case(workspace, clock, "An anonymous alert from the monitoring")
    case.known(datetime(2026, 11, 20, 8))
    case.not_possible("P00-1", "Nobody is known who could be listened to")
    assert case.step("P00-1").state is StepState.NOT_POSSIBLE
    case.answer(T10="yes")
    assert "P13" in case.running
    assert case.next_id


def test_a_parent_who_wants_the_screenshots(workspace: Workspace, clock: FrozenClock) -> None:
    case = Case(workspace, clock, "A parent asks for the pictures of the chat")
    case.known(datetime(2026, 11, 20, 8))
    case.answer(T8="private")
    case.capture()
    attach_procedure(workspace, case.incident_id, "S6", "A parent asked for copies")
    case.do("S6-1")
    texts = " ".join(
        view.step.text
        for one in case.view.checklists
        if one.procedure.id == "S6"
        for view in one.steps
    )
    assert "redacted" in texts
    assert case.clocks("D12")
    assert Recipient.PARENT in case.step("S2-2").step.recipients
