"""The worked cases of the procedures, through the operations, as somebody would do them."""

from datetime import UTC, datetime

import pytest

from desktop.domain.contacts import Recipient
from desktop.domain.errors import AppError, StatementNeeded, StepNotReady
from desktop.domain.evidence.gate import Concern
from desktop.domain.evidence.items import ItemKind, ItemState, Method
from desktop.domain.incidents import Category
from desktop.domain.leaving.bundle import Audience
from desktop.domain.people import AgeGroup, PersonKind, Role
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.procedures import Act, Basis, Severity
from desktop.operations.evidence.take_evidence import add_picture
from desktop.operations.steps.attach_procedure import attach_procedure
from desktop.operations.steps.read_situation import read_items
from desktop.operations.workspace import Workspace
from desktop.resources import resource_path
from tests.clocks import FrozenClock
from tests.operations.case import Case


def test_1_abusive_texts_entered_late(workspace: Workspace, clock: FrozenClock) -> None:
    """Learner of 16, unknown number, noticed Monday 16:00, entered Wednesday 09:00."""
    clock.set(datetime(2026, 11, 18, 9, tzinfo=UTC))
    case = Case(workspace, clock, "Abusive texts from an unknown number")
    case.known(datetime(2026, 11, 16, 16), categories=(Category.CB_MSG,))
    case.involve(Role.TARGET, PersonKind.LEARNER, AgeGroup.UNDER_18)
    case.answer(T8="private")
    assert "P01" in case.running

    first = case.clocks("D1")[0]
    assert first.late_by is not None
    assert first.late_by.total_seconds() == 17 * 3600
    assert first.basis is Basis.DOCUMENTED
    assert first.reason_needed
    case.known(datetime(2026, 11, 16, 16), late_reason="The tutor was away on Tuesday")
    assert not case.clocks("D1")[0].reason_needed
    assert "7726" in case.step("P01-5").step.text
    assert case.step("P01-10").prefilled_reason
    case.leave_out("P01-10")
    assert case.step("P01-10").state is StepState.NOT_APPLICABLE
    assert case.step("S2-1").state is StepState.OPEN
    assert not case.step("S2-2").prefilled_reason
    assert case.step("S3-1").step.not_applicable == "never"

    earlier = clock.at_local(datetime(2026, 11, 17, 8))
    case.known(datetime(2026, 11, 16, 16), first_recorded_at=earlier)
    assert all(noted.late_by is None for noted in case.clocks("D1"))


def test_2_a_threat_on_a_forum_that_names_a_tutor(
    workspace: Workspace, clock: FrozenClock
) -> None:
    case = Case(workspace, clock, "A threat against a tutor on a forum")
    case.known(datetime(2026, 11, 20, 8))
    case.involve(Role.TARGET, PersonKind.STAFF, AgeGroup.ADULT)
    case.answer(T7="yes", T8="site")
    assert {"P02", "P05"} <= case.running
    for step_id in ("P02-4", "S4-2"):
        assert case.step(step_id).waiting_for
        with pytest.raises(StepNotReady):
            case.tell(Recipient.PLATFORM, step_id)
    case.capture()
    assert case.step("P02-1").state is StepState.DONE
    assert "decide" in case.step("P05-5").step.authorities[0].quote
    quotes = [one.note for one in case.step("P02-2").step.authorities]
    assert any("181" in note and "ossible" in note for note in quotes)


def test_3_a_nude_is_passed_round(workspace: Workspace, clock: FrozenClock) -> None:
    """A tutor says that a learner of 17 told her so."""
    case = Case(workspace, clock, "A nude of a learner is said to be passed round")
    case.known(datetime(2026, 11, 20, 9))
    case.answer(T2="yes")
    assert "P03" in case.running
    held = case.hold_back("photo.jpg", Concern.CHILD_IMAGE)
    assert held.careful
    assert not held.lets_in
    with pytest.raises(StatementNeeded):
        add_picture(
            workspace,
            case.incident_id,
            held.statement_id,
            resource_path("practice", "comments.png").read_bytes(),
            ItemKind.SCREEN_REGION,
            Method.DROP,
            workspace.now(),
            lambda _share: None,
            lambda: False,
        )
    assert [item.state for item in read_items(workspace, case.incident_id)] == [
        ItemState.HELD_BACK
    ]
    triggers = case.step("P03-1").step.blanks
    asked = " ".join(blank.label for blank in triggers)
    for trigger in ("adult", "payment", "capacity", "violent", "under 13", "self-harm", "staff"):
        assert trigger in asked
    assert "Report Remove" in case.step("P03-8").step.text
    assert all(clock.due_at is None for clock in case.clocks("D3"))


def test_4_an_apprentice_is_threatened_with_a_video(
    workspace: Workspace, clock: FrozenClock
) -> None:
    """Aged 19: the adult decides, the platform has 48 hours, a demand brings P11."""
    case = Case(workspace, clock, "Somebody threatens to share an intimate video")
    case.known(datetime(2026, 11, 20, 9))
    case.involve(Role.TARGET, PersonKind.LEARNER, AgeGroup.ADULT)
    case.answer(T3="yes", T8="private")
    assert "P03B" in case.running
    assert case.hold_back("video.mp4", Concern.ADULT_IMAGE).careful
    case.known(datetime(2026, 11, 20, 9), categories=(Category.SEXT_EXT,))
    assert "P11" in case.running
    report = next(
        view
        for one in case.view.checklists
        for view in one.steps
        if one.procedure.id == "P03B" and "PLATFORM" in view.step.recipients
    )
    assert report.step.not_applicable == "reason"
    quotes = [quote.quote for quote in case.step("P03B-4").step.authorities]
    assert any("to decide whether they wish to report" in quote for quote in quotes)
    capture_first(case)
    case.capture()
    case.do("P03B-1")
    case.do("P03B-3")
    case.do("S4-1")
    case.do("S3-1", decision="not now", reasons="They have decided against it for now")
    case.not_possible("P11-3", "An adult, who has decided against it for now")
    case.tell(Recipient.PLATFORM, "S4-2")
    (limit,) = case.clocks("D9")
    assert limit.due_at is not None
    assert (limit.due_at.utc - clock.now().utc).total_seconds() == 48 * 3600


def capture_first(case: Case) -> None:
    """Nothing is asked of the platform before something is kept."""
    with pytest.raises(AppError):
        case.tell(Recipient.PLATFORM, "S4-2")


def test_5_an_assessor_messages_a_learner_at_night(
    workspace: Workspace, clock: FrozenClock
) -> None:
    """Heard on Friday 17:30 before a bank holiday Monday: the LADO by the end of Tuesday."""
    clock.set(datetime(2027, 4, 30, 16, 45, tzinfo=UTC))
    case = Case(workspace, clock, "An assessor messages a learner at night")
    case.known(datetime(2027, 4, 30, 16, 30))
    case.involve(Role.PERSON_REPORTED, PersonKind.STAFF, AgeGroup.ADULT)
    case.answer(T9="yes")
    assert "P10" in case.running
    assert case.clocks("D2") or case.clocks("D2b")
    case.answer(T9="yes", T5="yes")
    assert "P04" in case.running
    (lado,) = case.clocks("D5")
    assert lado.due_at is not None
    assert lado.due_at.local.date().isoformat() == "2027-05-04"
    order = [one.deadline_id for one in case.view.clocks if one.due_at and not one.met_at]
    assert "D5" in order
    assert case.step("P04-6").step.severity in {Severity.STOP, Severity.MUST}


def test_6_a_fake_page_with_our_logo(workspace: Workspace, clock: FrozenClock) -> None:
    case = Case(workspace, clock, "A page with our logo mocks us")
    case.known(datetime(2026, 11, 20, 9), categories=(Category.ACC_FAKE,))
    case.answer(T8="fake")
    assert "P09" in case.running
    assert {"SLT", "DSL"} <= set(case.step("P09-3").step.recipients)
    case.capture()
    case.do("P09-2", result="malicious, or not known")
    case.tell(Recipient.DSL, "P09-3")
    case.do("P09-5")
    assert case.step("P09-7").prefilled_reason
    case.tell(Recipient.PLATFORM, "P09-4", way="reported to the platform")
    posh = case.step("P09-8")
    assert not posh.is_ready
    clock.advance(hours=49)
    assert case.step("P09-8").is_ready


def test_7_racist_comments_on_our_page(workspace: Workspace, clock: FrozenClock) -> None:
    """By a parent: capture, hide, tell three; the author is told why; no employer."""
    case = Case(workspace, clock, "Racist comments on our page")
    case.known(datetime(2026, 11, 20, 9), categories=(Category.ACC_OWN, Category.HATE))
    case.involve(Role.PERSON_REPORTED, PersonKind.PARENT, AgeGroup.ADULT)
    case.answer(T8="own", T13="yes")
    assert "P08" in case.running
    assert {"P08-1"} <= {one.id for one in case.step("P08-2").waiting_for}
    case.capture()
    assert case.step("P08-1").state is StepState.DONE
    assert {"DSL", "OSC", "HEAD"} <= set(case.step("P08-3").step.recipients)
    assert case.step("P08-2").step.second
    told = next(blank for blank in case.step("P08-4").step.blanks if blank.name == "author")
    assert told.label == "Was the author told why?"
    assert not case.step("P08-8").prefilled_reason
    case.answer(T8="own", T13="yes", T11="under-18+with-parent")
    assert case.step("P08-8").prefilled_reason == "No employer is involved."


def test_8_an_indecent_image_on_a_shared_computer(
    workspace: Workspace, clock: FrozenClock
) -> None:
    case = Case(workspace, clock, "Staff found an image on a shared computer")
    case.known(datetime(2026, 11, 20, 9))
    case.answer(T2="yes")
    case.do("P03-1", staff="yes", device="yes", already_here="no", demand="no")
    case.do("P00-4", danger="no")
    assert case.next_id == "P03-4"
    assert case.step("P03-4").step.severity is Severity.STOP
    assert not case.step("P03-4").prefilled_reason
    assert "S9" not in case.running
    case.tell(Recipient.POLICE, "P03-4")
    assert case.step("P03-3").state is StepState.OPEN
    assert not case.step("P03-3").prefilled_reason
    assert case.step("P03-13").prefilled_reason
    assert "question 5" in case.step("P03-5").step.text
    assert "P04" not in case.running
    case.answer(T2="yes", T5="unsure")
    assert "P04" in case.running
    assert case.clocks("D5")


def test_9_extremist_slogans_and_a_manual(workspace: Workspace, clock: FrozenClock) -> None:
    case = Case(workspace, clock, "A learner posts slogans and shares a manual")
    case.known(datetime(2026, 11, 20, 9), categories=(Category.PREVENT,))
    case.involve(Role.PERSON_REPORTED, PersonKind.LEARNER, AgeGroup.UNDER_18)
    case.answer(T6="yes", T8="site")
    assert "P07" in case.running
    assert case.hold_back("manual.pdf", Concern.TERRORIST).careful
    case.capture()
    assert case.step("P07-4").step.worksheet == "prevent"
    assert "S9" not in case.running


def test_10_a_parent_asks_for_the_screenshots(workspace: Workspace, clock: FrozenClock) -> None:
    case = Case(workspace, clock, "A parent asks for the screenshots")
    case.known(datetime(2026, 11, 20, 9))
    case.answer(T8="site")
    attach_procedure(workspace, case.incident_id, "S6", "A parent asked for copies")
    assert {"S2", "S6"} <= case.running
    case.do("S6-1")
    (month,) = case.clocks("D12")
    assert month.due_at is not None
    assert month.due_at.local.date().isoformat() == "2026-12-20"
    copies = case.step("S6-7").step
    assert Act.EXPORT not in copies.acts, "the bundle holds the originals"
    assert copies.second
    assert list(Audience) == [Audience.POLICE]
