"""Worked cases of the procedures in the real window, as somebody at the desk would do them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from desktop.app import Program
from desktop.domain.evidence.items import ItemState
from desktop.operations.practice import PASSPHRASE
from desktop.system import clock
from tests.clocks import FrozenClock
from tests.end_to_end.checklist_hands import ChecklistHands
from tests.end_to_end.evidence_hands import CONTROL, PLACE
from tests.end_to_end.hands import Hands

pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(300)]
WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)
TRIGGERS = (
    "adult", "pressure", "capacity", "violent", "under_thirteen", "risk", "staff", "demand",
)  # fmt: skip
WAYS = pytest.mark.parametrize("by_mouse", [True, False], ids=["mouse", "keyboard"])


class CaseHands(ChecklistHands):
    """A keyholder with an open log, on a day that the case names."""

    clock: FrozenClock

    def log(self, words: str) -> None:
        self.log_a_call(words)
        self.hands.press("quickLogOpenButton")

    def became_aware(self, when: str) -> None:
        self.hands.press("recordTab")
        self.hands.write("recordBecameAwareAtEdit", when)

    def choose_kind(self, code: str) -> None:
        self.hands.press("recordCategoriesMoreButton")
        self.hands.press(f"recordCategories{code}Button")

    def name_somebody(self, name: str, kind: str, age: str) -> None:
        hands = self.hands
        hands.press("peopleTab")
        hands.press("addPersonButton")
        hands.write("personNameEdit", name)
        hands.press(f"personKind{kind}Button")
        hands.press(f"personAgeGroup{age}Button")
        hands.press("keepButton")
        hands.reads(name)

    def capture_from(self, step_id: str, handle: str) -> None:
        """Capture a part of the screen with the button of a step, and say where it comes from."""
        hands = self.hands
        self.begin(step_id, "captureButton")
        hands.press("gateNoButton")
        self.frame(*PLACE)
        hands.find("originDescriptionEdit")
        hands.write("originDescriptionEdit", "What was written")
        hands.write("originHandleEdit", handle)
        hands.press("keepButton")
        self.bar_says("is kept")
        hands.press("barFinishButton")
        self.settled()

    def come_back_after(self, *, hours: float) -> None:
        """Lock, and unlock after so long: what became due by then stands on Today."""
        hands = self.hands
        hands.key(Qt.Key.Key_L, CONTROL)
        hands.find("passphraseEdit")
        hands.wait("the end of the lock", lambda: not self.program.session.is_closing)
        self.clock.advance(hours=hours)
        hands.write("passphraseEdit", PASSPHRASE)
        hands.press("unlockButton")

    def press_today(self, words: str) -> None:
        """Press the line of Today that says this."""
        button = self.hands.wait(words, lambda: self._line_of_today(words))
        self.hands.press(button.objectName())

    def _line_of_today(self, words: str) -> QAbstractButton | None:
        found = self.program.window.findChildren(QAbstractButton)
        named = [one for one in found if one.objectName().startswith("todayLine")]
        shown = [one for one in named if one.isVisible()]
        return next((one for one in shown if words in one.accessibleName()), None)


@pytest.fixture
def case(
    program: Program,
    log_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    by_mouse: bool,
) -> CaseHands:
    made = CaseHands(program, Hands(by_mouse=by_mouse), tmp_path)
    made.clock = program.session.clock = FrozenClock(WEDNESDAY)
    monkeypatch.setattr(clock, "SystemClock", lambda: made.clock)
    made.open_a_log(log_folder)
    return made


@WAYS
def test_abusive_texts_entered_late(neighbour: Path, case: CaseHands) -> None:
    """A learner of 16, an unknown number, noticed on Monday at 16:00, entered on Wednesday."""
    assert neighbour.exists()
    hands = case.hands
    case.log("Abusive texts from a number she does not know")
    case.became_aware("Mon 16:00")
    case.choose_kind("CBMSG")
    case.name_somebody("Robin Sample", "Learner", "Under18")
    case.answer_triage(T8="Private")
    case.go_on("Bullying by e-mail or phone")
    hands.press("recordTab")
    hands.reads("17 h")
    hands.write("recordLateReasonEdit", "The tutor was away on Tuesday")
    case.leads("P00-4")
    case.record("P00-4", "decide1Button", reasons="She is at home with her mother")
    case.leads("P00-1")
    case.record("P00-1", present="Her tutor, in the staff room")
    assert not case.offers("P01-5", "contactButton")
    case.capture_from("P01-3", "07700 900123")
    case.is_settled("P01-3")
    case.is_settled("P00-5")
    case.record("P00-9", "decide1Button", reasons="They go on")
    assert not case.offers("S3-1", "leaveOutButton")
    case.record("S3-1", "decide1Button", reasons="They are repeated, and she is distressed")
    case.tell(
        "S3-2",
        reference="EX/4471/26",
        blank_leave_live="not asked",
        blank_tell_parents="they may be told",
        blank_tell_provider="it may be told",
        blank_communicate="no",
        blank_interview="yes",
    )
    case.is_settled("P01-8")
    case.open_step("P01-5")
    hands.reads("7726")
    case.tell("P01-5", person="The abuse desk of the network")
    case.record("S2-1", "decide1Button", reasons="She asks for it")
    case.is_settled("P00-10")
    case.tell("S2-2", person="Her mother", reference="none given")
    case.is_settled("P01-7")
    case.confirm("P01-10")
    hands.press("contactsTab")
    hands.reads("EX/4471/26")


@WAYS
def test_a_nude_is_said_to_be_passed_round(case: CaseHands, tmp_path: Path) -> None:
    """A tutor was told so by a learner of 17: nothing comes in, and what leads is told."""
    hands, told = case.hands, tmp_path / "photo.jpg"
    told.write_bytes(b"never to be read")
    case.log("A learner of 17 says that a nude is being passed round")
    case.answer_triage(T2="Yes")
    case.go_on("Stop: image of someone under 18")
    case.leads("P00-4")
    case.record("P00-4", "decide1Button", reasons="They are both in class")
    case.leads("P03-1")
    hands.reads("Tell the police now if an adult is involved")
    hands.press("evidenceTab")
    case.drop(told)
    hands.press("gateYesButton")
    hands.press("concernChildImageButton")
    case.hold_back("A picture that she was sent, told in words")
    (item,) = case.items()
    assert item.state is ItemState.HELD_BACK
    assert item.fingerprint is None
    triggers = dict.fromkeys(TRIGGERS, "no") | {"adult": "not known"}
    case.record("P03-1", **triggers, device="no", already_here="no")
    case.leads("P03-4")
    assert not case.offers("P03-4", "confirmButton")
    case.tell("P03-4", reference="EX/4472/26", blank_instructions="Leave it all as it is")
    case.confirm("P03-13")
    case.confirm("P03-3")
    case.leads("P03-6")
    case.tell("P03-6", reference="CS 77", blank_decision="not yet")
    case.open_step("P03-8")
    hands.reads("Report Remove")
    assert not case.offers("P03-8", "contactButton")
    assert told.read_bytes() == b"never to be read"


@WAYS
def test_a_fake_page_with_our_logo(neighbour: Path, case: CaseHands) -> None:
    """It mocks us and contacts no learner: leadership and safeguarding, then the platform."""
    assert neighbour.exists()
    hands = case.hands
    case.log("A page with our logo mocks us")
    case.became_aware("today 08:30")
    case.choose_kind("ACCFAKE")
    case.answer_triage(T8="Fake")
    case.go_on("Account that uses our name or logo")
    case.record("P00-4", "decide1Button", reasons="Nobody is named on it")
    assert not case.offers("P09-4", "contactButton")
    case.capture_from("P09-1", "@our_logo_77")
    case.is_settled("P09-1")
    assert not case.runs("S4")
    case.record("P09-2", result="malicious, or not known")
    hands.wait("the request for removal to join", lambda: case.runs("S4"))
    case.open_step("P09-3")
    hands.reads("senior leadership")
    case.tell("P09-3", blank_both="yes, both")
    case.record(
        "P09-5", "decideButton", contacts="no", abuses="no", defrauds="no", done="It mocks us only"
    )
    case.confirm("P09-7")
    case.record("S4-1", "doneButton", complete="yes")
    case.tell("S4-2", reference="none given", blank_cited="Impersonation")
    case.is_settled("P09-4")
    assert not case.offers("P09-8", "contactButton")
    case.come_back_after(hours=49)
    case.press_today("Still there after 48 hours?")
    case.record("S4-3", state="still there")
    case.tell("P09-8", reference="POSH 12", blank_state="still there")
