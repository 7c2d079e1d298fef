"""Own policy and step, a worksheet, and a move to the restricted log, in the real window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.app import Program
from desktop.domain.steps.checklist_records import StepState
from desktop.operations.browse_incidents import IncidentLine, list_incidents
from desktop.ui.clipboard import KEPT_SECONDS, clipboard_minute
from desktop.ui.incident.step_card import StepCard
from tests.end_to_end.checklist_hands import ChecklistHands
from tests.end_to_end.evidence_hands import CONTROL, a_mail
from tests.end_to_end.hands import Hands
from tests.end_to_end.inside import content_of
from tests.operations.moving.moves import THERE, a_restricted_log

pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(300)]

WAYS = pytest.mark.parametrize("by_mouse", [True, False], ids=["mouse", "keyboard"])
POLICY = "Training provider: e-safety and social media policy, 2020"
OWN = "Ring the manager of the centre"
TOLD = "An assessor writes to a learner at night"


class ProceduresHands(ChecklistHands):
    """A keyholder who sets up what the organisation follows, and works by it."""

    def choose_anew(self, name: str, text: str) -> None:
        """Choose from a list box whose page is made anew at every change of it."""
        box = self._box(name)
        wanted = box.findText(text, Qt.MatchFlag.MatchStartsWith)
        assert wanted >= 0, f"{name} offers no {text!r}"
        if self.hands.by_mouse:
            box.setFocus()
        else:
            self.hands.tab_to(box)
        while (box := self._box(name)).currentIndex() != wanted:
            assert self.hands.focus() is box, "the caret went elsewhere"
            down = box.currentIndex() < wanted
            self.hands.key(Qt.Key.Key_Down if down else Qt.Key.Key_Up)
            self.settled()

    def _box(self, name: str) -> QComboBox:
        box = self.hands.find(name)
        assert isinstance(box, QComboBox)
        return box

    def follow_policy(self) -> None:
        hands = self.hands
        hands.press("todayPolicyButton")
        hands.reads("Nobody has chosen a policy yet.")
        self.choose_anew("policyBox", POLICY)
        hands.press("followPolicyButton")
        hands.press("questionYesButton")
        hands.reads("This is the policy you follow")

    def add_own_step(self) -> None:
        hands = self.hands
        hands.press("stepsTab")
        self.choose_anew("ownProcedureBox", "P01")
        hands.press("afterP013Button")
        hands.write("ownStepTitleEdit", OWN)
        hands.write("ownStepTextEdit", "The number stands on the wall")
        hands.press("keepButton")
        hands.reads(OWN)

    def log_and_open(self, words: str) -> None:
        self.log_a_call(words)
        self.hands.press("quickLogOpenButton")

    def own_step(self) -> str:
        """Return the id of the step that is ours; a folded procedure is unfolded for it."""
        self.open_step("P01-3")
        self.settled()
        cards = self.checklists.findChildren(StepCard)
        (own,) = [one for one in cards if one.view.step.local]
        return own.view.step.id

    # the restricted log

    def move_away(self, folder: Path) -> None:
        hands = self.hands
        self.begin("P04-1", "moveButton")
        hands.reads("with the word “Moved”")
        hands.write("moveFolderEdit", str(folder))
        hands.write("movePassphraseEdit", THERE)
        hands.write("moveReasonEdit", "It is about a member of staff")
        hands.press("moveSecondAloneButton")
        hands.write("moveAloneReasonEdit", "Nobody else may know of it yet")
        hands.press("moveNowButton")
        hands.reads("is moved. Its number stays here.")
        hands.reads("In the restricted log, as")
        hands.press("moveCancelButton")

    def open_restricted(self, folder: Path) -> None:
        hands = self.hands
        hands.key(Qt.Key.Key_N, CONTROL)
        hands.press("colleagueYesButton")
        hands.press("restrictedColleagueButton")
        hands.press("openRestrictedButton")
        hands.write("restrictedFolderEdit", str(folder))
        hands.press("restrictedNextButton")
        hands.write("passphraseEdit", THERE)
        hands.press("unlockButton")
        hands.find("todayQuickLogButton")
        assert self.program.window.restricted_label.isVisible()

    def incidents(self) -> tuple[IncidentLine, ...]:
        answers: list[tuple[IncidentLine, ...]] = []
        owner: QWidget = self.program.window
        self.program.session.run(owner, list_incidents, answers.append)
        return self.hands.wait("the incidents", lambda: answers)[0]


@pytest.fixture
def lead(program: Program, log_folder: Path, tmp_path: Path, *, by_mouse: bool) -> ProceduresHands:
    made = ProceduresHands(program, Hands(by_mouse=by_mouse), tmp_path)
    made.open_a_log(log_folder)
    return made


@WAYS
def test_a_policy_and_an_own_step_lead_the_next_incident(lead: ProceduresHands) -> None:
    hands = lead.hands
    lead.follow_policy()
    lead.add_own_step()
    lead.log_and_open("Abusive texts")
    lead.answer_triage(T8="Private")
    lead.go_on("Bullying by e-mail or phone")
    own = lead.own_step()
    lead.open_step(own)
    hands.reads("Our own step, added here")
    hands.reads("The number stands on the wall")
    lead.open_step("P01-8")
    hands.reads("Who acts: Safeguarding Lead")
    lead.record("P00-4", "decide1Button", reasons="She is at home")
    lead.record(own)


@WAYS
def test_a_worksheet_is_copied_and_its_sending_recorded(lead: ProceduresHands) -> None:
    hands, clipboard = lead.hands, QGuiApplication.clipboard()
    lead.log_and_open("A stranger asks a learner of 15 for pictures")
    lead.answer_triage(T4="Yes", T8="Private")
    lead.go_on("Grooming or sexual contact online")
    lead.begin("P06-6", "worksheetButton")
    hands.write("worksheetContactEdit", "The office, until five")
    hands.press("copyContactButton")
    assert clipboard.text() == "The office, until five"
    hands.reads("The clipboard is emptied in")
    hands.press("wipeClipboardButton")
    assert clipboard.text() == ""
    hands.press("copyAllButton")
    assert "A stranger asks a learner of 15 for pictures" in clipboard.text()
    _let_the_minute_pass(lead)
    assert clipboard.text() == ""
    assert not hands.sees("wipeClipboardButton")
    hands.press("worksheetSentButton")
    hands.write("worksheetSentReferenceEdit", "CEOP-4471")
    hands.press("keepButton")
    lead.is_settled("P06-6")
    hands.press("contactsTab")
    hands.reads("CEOP-4471")


def _let_the_minute_pass(lead: ProceduresHands) -> None:
    minute = clipboard_minute(lead.program.session)
    assert 0 < minute.left <= KEPT_SECONDS
    for _second in range(minute.left):
        minute.count_down()


@WAYS
def test_what_turns_out_to_be_about_staff_moves_to_the_restricted_log(
    lead: ProceduresHands, tmp_path: Path
) -> None:
    hands, there, mail = lead.hands, tmp_path / "stick", tmp_path / "thing.eml"
    a_restricted_log(there)
    mail.write_bytes(a_mail("at night", "Are you still awake?", ()))
    lead.log_and_open(TOLD)
    hands.press("evidenceTab")
    lead.drop(mail)
    hands.press("gateNoButton")
    lead.describe("A message at night")
    lead.finish()
    lead.answer_triage(T5="Yes", T8="Private")
    lead.go_on("Conduct of a member of staff")
    assert lead.offers("P04-6", "contactButton")  # the LADO does not wait for the move
    lead.move_away(there)
    (line,) = lead.incidents()
    assert line.title == ""
    lead.open_restricted(there)
    (line,) = lead.incidents()
    assert line.title == TOLD
    assert content_of(lead.program.session, hands, "PXE/1") == mail.read_bytes()
    hands.press("todayLine0Button")
    lead.is_settled("P04-1", StepState.DONE)
    lead.tell("P04-6", reference="LADO 12", blank_tell_parents="wait", blank_tell_person="not yet")
