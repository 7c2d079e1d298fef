"""The whole story at the desk, from no log to bundle and report, by mouse and by keyboard."""

import secrets
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from desktop.app import Program
from desktop.operations.leaving.verify_bundle import verify_bundle
from desktop.resources import resource_path
from desktop.ui import file_choice
from desktop.ui.capture.region_picker import RegionPicker
from desktop.ui.incident.step_card import StepCard
from tests.end_to_end.hands import Hands
from tests.end_to_end.inside import content_of
from tests.end_to_end.outside import check_bundle, find_everywhere

pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(300)]

PASSPHRASE = "violet harbour under seven"
NEW_PASSPHRASE = "amber lantern beyond nine"
SECRET_WORDS = f"quixotic {secrets.token_hex(8)}"
TYPED = f"A learner of 16 gets abusive e-mails. {SECRET_WORDS} was written about her."
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("by_mouse", [True, False], ids=["mouse", "keyboard"])
def test_the_whole_story(
    neighbour: Path,
    program: Program,
    log_folder: Path,
    tmp_path: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    by_mouse: bool,
) -> None:
    assert neighbour.exists()
    began = time.time()
    hands = Hands(by_mouse=by_mouse)
    story = Story(program, hands, tmp_path, monkeypatch)
    recovery_key = story.make_a_log(log_folder)
    story.log_the_call()
    story.capture_before_any_form()
    story.answer_triage()
    story.fill_in_the_record()
    png = story.kept_region()
    story.bring_in_files(png)
    story.hold_one_back()
    story.ring_the_police()
    story.keep_the_chronology()
    story.close_the_incident()
    bundle = story.export_the_bundle(tmp_path / "out")
    report = story.issue_the_report(tmp_path / "report.pdf")
    story.lock_and_unlock(recovery_key)
    check_bundle(bundle, png, story.mail, held_back="PXS/5")
    assert verify_bundle(bundle).problems == ()
    assert report.read_bytes().startswith(b"%PDF")
    program.session.close()
    bundle.unlink()
    (tmp_path / "thing.eml").unlink()
    needles = [SECRET_WORDS.encode(), png[16:80], png[-80:-20]]
    assert find_everywhere(needles, [log_folder, home, Path("/dev/shm")], began) == []
    assert find_everywhere(needles, [Path("/tmp"), Path("/var/tmp")], began, deep=1) == []


class Story:
    """What the DSL does, in order."""

    def __init__(
        self, program: Program, hands: Hands, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.program = program
        self.hands = hands
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.mail = _mail()
        program.window.raise_()
        program.window.activateWindow()
        hands.wait("our window to be active", program.window.isActiveWindow)

    def make_a_log(self, log_folder: Path) -> str:
        hands = self.hands
        hands.write("folderEdit", str(log_folder))
        hands.press("nextButton")
        hands.write("nameEdit", "Pat Smith")
        hands.write("titleEdit", "Designated safeguarding lead")
        initials = hands.find("initialsEdit")
        assert isinstance(initials, QLineEdit)
        assert initials.text() == "PXS"
        hands.press("nextButton")
        hands.write("organisationEdit", "Exampleshire Training")
        hands.press("nextButton")
        hands.write("newPassphraseEdit", PASSPHRASE)
        hands.write("passphraseAgainEdit", PASSPHRASE)
        hands.press("nextButton")
        hands.reads("Put the recovery key on paper")
        groups = self._read_key()
        hands.press("nextButton")
        hands.reads("Type two groups back")
        for index, group in enumerate(groups, start=1):
            if hands.sees(f"group{index}Edit"):
                hands.write(f"group{index}Edit", group.lower())
        hands.press("nextButton")
        hands.find("todayQuickLogButton")
        return "-".join(groups)

    def _read_key(self) -> list[str]:
        labels = self.program.window.findChildren(QLabel)
        named = [one for one in labels if one.accessibleName().startswith("Group ")]
        return [one.text() for one in named if one.isVisible()]

    def log_the_call(self) -> None:
        hands = self.hands
        if hands.by_mouse:
            hands.press("todayQuickLogButton")
        else:
            hands.key(Qt.Key.Key_N, CONTROL)
        self._about_somebody_else()
        hands.type(TYPED)
        hands.wait("the number", self._kept_as_number)

    def _about_somebody_else(self) -> None:
        """Answer the first question: one key, the focus is there."""
        if self.hands.by_mouse:
            self.hands.press("colleagueNoButton")
        else:
            self.hands.find("colleagueNoButton")
            self.hands.key(Qt.Key.Key_N)

    def _kept_as_number(self) -> bool:
        label = self.hands.find("quickLogKeptLabel")
        return isinstance(label, QLabel) and "-0001" in label.text()

    def capture_before_any_form(self) -> None:
        hands = self.hands
        QGuiApplication.clipboard().setText("https://chatter.example/board/4182#c7")
        hands.press("quickLogCaptureButton")
        hands.press("gateNoButton")
        self._take_region()
        hands.write("originDescriptionEdit", "Comment by @nightowl_77")
        hands.write("originTimeAsShownEdit", "2h ago")
        hands.write("originHandleEdit", "@nightowl_77")
        hands.press("keepButton")
        hands.press("barScreen1Button")
        hands.find("barSamePartButton")
        hands.press("barMoreButton")
        self._copy_a_picture()
        hands.press("capturePasteButton")
        hands.press("cancelButton")
        hands.press("captureFinishButton")
        hands.press("quickLogOpenButton")

    def _take_region(self) -> None:
        picker = self.hands.wait("the region picker", _picker)
        if self.hands.by_mouse:
            QTest.mousePress(picker, Qt.MouseButton.LeftButton, pos=QPoint(100, 80))
            QTest.mouseMove(picker, QPoint(600, 400))
            QTest.mouseRelease(picker, Qt.MouseButton.LeftButton, pos=QPoint(999, 639))
            return
        self._move_to(picker, 100, 80, 900, 560)
        QTest.keyClick(picker, Qt.Key.Key_Return)

    def _move_to(self, picker: RegionPicker, left: int, top: int, wide: int, high: int) -> None:
        ways: list[tuple[Qt.Key, Qt.KeyboardModifier, Callable[[], int]]] = [
            (Qt.Key.Key_Left, CONTROL, lambda: picker.chosen.left() - left),
            (Qt.Key.Key_Right, CONTROL, lambda: left - picker.chosen.left()),
            (Qt.Key.Key_Up, CONTROL, lambda: picker.chosen.top() - top),
            (Qt.Key.Key_Down, CONTROL, lambda: top - picker.chosen.top()),
            (Qt.Key.Key_Right, CONTROL | SHIFT, lambda: wide - picker.chosen.width()),
            (Qt.Key.Key_Left, CONTROL | SHIFT, lambda: picker.chosen.width() - wide),
            (Qt.Key.Key_Down, CONTROL | SHIFT, lambda: high - picker.chosen.height()),
            (Qt.Key.Key_Up, CONTROL | SHIFT, lambda: picker.chosen.height() - high),
        ]
        for key, held, far in ways:
            while far() > 0:
                QTest.keyClick(picker, key, held)

    def _copy_a_picture(self) -> None:
        image = QImage(str(resource_path("practice", "profile.png")))
        QGuiApplication.clipboard().setImage(image)

    def answer_triage(self) -> None:
        hands = self.hands
        hands.press("startTriageButton")
        for number in (1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 13):
            hands.press(f"triageT{number}NoButton")
        hands.press("triageT8PrivateButton")
        hands.press("triageT8SiteButton")
        hands.press("keepButton")
        hands.reads("These procedures lead you from here")
        hands.press("keepButton")

    def fill_in_the_record(self) -> None:
        hands = self.hands
        hands.press("recordTab")
        hands.write("recordAccountGivenByEdit", "Robin, as told to her tutor")
        hands.write("recordBecameAwareAtEdit", "yesterday 16:00")
        hands.write("recordFirstRecordedAtEdit", "yesterday 16:30")
        hands.write("recordFirstRecordedByEdit", "Tutor")
        hands.press("recordCategoriesMoreButton")
        hands.press("recordCategoriesCBMSGButton")
        hands.press("conductTagButton")
        hands.write("recordPlaceEdit", "On the bus")
        hands.write("recordWishesEdit", "She does not want her class to know")
        hands.press("peopleTab")
        hands.press("addPersonButton")
        hands.write("personNameEdit", "Robin Sample")
        hands.press("keepButton")
        hands.press("addAccountButton")
        hands.write("accountHandleEdit", "@nightowl_77")
        hands.press("keepButton")

    def kept_region(self) -> bytes:
        """Read the captured region back and compare its pixels with the other window."""
        png = self._content_of("PXS/1")
        image = QImage.fromData(png)
        assert (image.width(), image.height()) == (900, 560)
        border, paper = QColor("#c2185b"), QColor("#fff7d6")
        for x, y in ((2, 2), (897, 2), (2, 557), (897, 557), (450, 5)):
            assert image.pixelColor(x, y) == border
        assert image.pixelColor(880, 300) == paper
        return png

    def _content_of(self, mark: str) -> bytes:
        return content_of(self.program.session, self.hands, mark)

    def bring_in_files(self, _png: bytes) -> None:
        hands = self.hands
        mail = self.folder / "thing.eml"
        mail.write_bytes(self.mail)
        hands.press("evidenceTab")
        _drop(self.program.window, [mail])
        hands.press("gateNoButton")
        hands.write("originDescriptionEdit", "Abusive e-mail")
        hands.press("keepButton")
        hands.press("captureFinishButton")

    def hold_one_back(self) -> None:
        hands = self.hands
        picture = self.folder / "holiday.jpg"
        picture.write_bytes(b"never to be read")
        _drop(self.program.window, [picture])
        hands.press("gateNotSureButton")
        hands.write("heldBackWordsEdit", "A picture that was sent to Robin, not looked at")
        hands.press("gateHoldBackButton")
        hands.press("stopReadButton")
        picture.unlink()

    def ring_the_police(self) -> None:
        hands = self.hands
        panel = hands.find("checklistPanel")
        if not hands.sees("stepP03-4Button"):
            hands.press("sectionP03Button", panel)
        hands.press("stepP03-4Button", panel)
        hands.press("contactButton", self._card("stepP03-4Button"))
        hands.write("contactPersonEdit", "PC Invented")
        hands.write("contactReferenceEdit", "EX/4471/26")
        hands.write("contactAdviceEdit", "Keep everything")
        self._fill_blanks("contactBlank")
        hands.press("keepButton")
        hands.wait("the tick", lambda: _is_ticked(panel, "stepP03-4Button"))

    def _card(self, header: str) -> QWidget:
        card = self.hands.find(header).parentWidget()
        assert isinstance(card, StepCard)
        return card

    def _fill_blanks(self, prefix: str) -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog
        for edit in dialog.findChildren(QWidget):
            if edit.objectName().startswith(prefix) and edit.objectName().endswith("Edit"):
                self.hands.write(edit.objectName(), "as said")

    def keep_the_chronology(self) -> None:
        hands = self.hands
        hands.press("chronologyTab")
        hands.press("addNoteButton")
        hands.write("noteTextEdit", "Her mother collected her")
        hands.press("keepButton")
        hands.reads("Her mother collected her")
        hands.press("correctNoteButton")
        hands.write("correctionTextEdit", "Her aunt collected her")
        hands.write("correctionReasonEdit", "The tutor put it right")
        hands.press("keepButton")
        hands.reads("Her aunt collected her")
        hands.reads("Her mother collected her")

    def close_the_incident(self) -> None:
        hands = self.hands
        hands.press("recordTab")
        hands.press("closeIncidentButton")
        hands.write("closeIncidentOutcomeEdit", "The police look into it")
        hands.write("closeIncidentControlMeasureEdit", "Each group hears how to report")
        hands.press("keepButton")
        hands.reads("closed")

    def export_the_bundle(self, folder: Path) -> Path:
        folder.mkdir()
        hands = self.hands
        hands.press("exportButton")
        self._choose_folder(folder)
        hands.write("exportOfficerEdit", "PC Invented")
        hands.press("exportZipButton")
        hands.press("exportChooseFolderButton")
        hands.press("exportWriteButton")
        hands.reads("Fingerprint")
        hands.press("exportCloseButton")
        (bundle,) = folder.glob("*.zip")
        return bundle

    def _choose_folder(self, folder: Path) -> None:
        """Stand in for the system's own dialog, which is not ours to test."""
        self.monkeypatch.setattr(file_choice, "ask_folder", lambda _p, _t, _s, then: then(folder))

    def issue_the_report(self, path: Path) -> Path:
        hands = self.hands
        self.monkeypatch.setattr(file_choice, "ask_save_path", lambda *args: args[-1](path))
        hands.key(Qt.Key.Key_4, CONTROL)
        hands.press("issueReportButton")
        hands.wait("the report", path.exists)
        return path

    def lock_and_unlock(self, recovery_key: str) -> None:
        hands = self.hands
        hands.key(Qt.Key.Key_L, CONTROL)
        hands.write("passphraseEdit", "wrong words entirely")
        hands.press("unlockButton")
        hands.reads("does not open")
        hands.write("passphraseEdit", PASSPHRASE)
        hands.press("unlockButton")
        hands.find("todayQuickLogButton")
        hands.key(Qt.Key.Key_L, CONTROL)
        hands.press("otherWayButton")
        hands.write("recoveryKeyEdit", recovery_key)
        hands.press("unlockButton")
        self._set_a_new_passphrase()
        hands.press("todayCheckButton")
        hands.press("checkLogButton")
        hands.reads("are unchanged since they were entered")

    def _set_a_new_passphrase(self) -> None:
        """It is offered after the recovery key opened the log; only what was forgotten goes."""
        hands = self.hands
        hands.write("newPassphraseEdit", NEW_PASSPHRASE)
        hands.write("passphraseAgainEdit", NEW_PASSPHRASE)
        hands.press("keepButton")
        hands.find("todayQuickLogButton")


def _picker() -> RegionPicker | None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, RegionPicker) and widget.isVisible():
            return widget
    return None


def _is_ticked(panel: QWidget, name: str) -> bool:
    button = panel.findChild(QWidget, name)
    return button is not None and "done" in button.accessibleName().lower()


def _drop(window: QWidget, paths: list[Path]) -> None:
    offered = QMimeData()
    offered.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = QPointF(window.rect().center())
    left = Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place.toPoint(), Qt.DropAction.CopyAction, offered, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(place, Qt.DropAction.CopyAction, offered, left, none)
    QApplication.sendEvent(window, drop)


def _mail() -> bytes:
    mail = EmailMessage()
    mail["From"] = "Night Owl <owl77@mail.example>"
    mail["To"] = "robin.sample@learner.example"
    mail["Subject"] = "you will see"
    mail["Message-ID"] = "<1@mail.example>"
    mail.set_content(f"Nobody wants you here. {SECRET_WORDS}.")
    return mail.as_bytes()
