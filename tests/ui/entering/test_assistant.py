"""The first start, by keyboard: six steps, back from any, a real log at the end."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.log.recovery import groups_of
from desktop.ui import file_choice
from desktop.ui.entering.assistant import Assistant
from desktop.ui.entering.assistant_steps import ShowKeyStep, TypeKeyStep
from desktop.ui.entry import Entry
from desktop.ui.paper import PaperDialog
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.ui.entries import PASSPHRASE, RECOVERY_KEY, Remembered, an_entry
from tests.workspaces import close_workspace, make_workspace, own_procedures


def _no_desk(*_: object) -> None:
    raise AssertionError


@pytest.fixture
def remembered() -> Remembered:
    return Remembered()


@pytest.fixture
def entry(
    locked_session: Session, clock: FrozenClock, remembered: Remembered, tmp_path: Path
) -> Entry:
    return an_entry(
        locked_session, clock, remembered, folder=None, suggested=tmp_path / "Safeguarding Log",
        build_desk=_no_desk,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def assistant(locked_session: Session, entry: Entry, qtbot: QtBot) -> Assistant:
    made = Assistant(locked_session, entry)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.focus_first()
    qtbot.waitUntil(lambda: bool(made.recovery_key))
    return made


def _edit(assistant: Assistant, name: str) -> QLineEdit:
    found = assistant.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def _button(assistant: Assistant, name: str) -> QPushButton:
    found = assistant.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def _problem(assistant: Assistant) -> str:
    label = assistant.findChild(QLabel, "problemLabel")
    assert isinstance(label, QLabel)
    return "" if label.isHidden() else label.text()


def _type(assistant: Assistant, text: str) -> None:
    """Type where the cursor is, and press Return."""
    field = assistant.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def _to_passphrase(assistant: Assistant, qtbot: QtBot) -> None:
    QTest.keyClick(_edit(assistant, "folderEdit"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: assistant.step.title == "Who are you?")
    QTest.keyClicks(_edit(assistant, "nameEdit"), "Pat Smith")
    _edit(assistant, "titleEdit").setText("Designated safeguarding lead")
    QTest.keyClick(_edit(assistant, "nameEdit"), Qt.Key.Key_Return)
    assert assistant.step.title == "Which organisation is this for?"
    _edit(assistant, "organisationEdit").clear()
    _type(assistant, "Example Training")
    assert assistant.step.title == "Choose a passphrase"


def _to_key(assistant: Assistant, qtbot: QtBot) -> None:
    _to_passphrase(assistant, qtbot)
    QTest.keyClicks(_edit(assistant, "newPassphraseEdit"), PASSPHRASE)
    _edit(assistant, "passphraseAgainEdit").setText(PASSPHRASE)
    qtbot.waitUntil(lambda: assistant._session._background.pending == 0)
    QTest.keyClick(_edit(assistant, "newPassphraseEdit"), Qt.Key.Key_Return)
    assert isinstance(assistant.step, ShowKeyStep)


def _to_end(assistant: Assistant, qtbot: QtBot) -> None:
    _to_key(assistant, qtbot)
    _button(assistant, "nextButton").click()
    step = assistant.step
    assert isinstance(step, TypeKeyStep)
    for index, edit in step.edits.items():
        QTest.keyClicks(edit, groups_of(RECOVERY_KEY)[index].lower())


def test_return_comes_to_every_empty_field_before_it_goes_on(
    assistant: Assistant, qtbot: QtBot
) -> None:
    QTest.keyClick(_edit(assistant, "folderEdit"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: assistant.step.title == "Who are you?")
    _type(assistant, "Pat Smith")
    # Evidence carries initials, which are suggested, and the job title, which is not.
    assert assistant.focusWidget() is _edit(assistant, "titleEdit")
    _type(assistant, "Designated safeguarding lead")
    assert assistant.step.title == "Which organisation is this for?"
    _type(assistant, "Example Training")
    _type(assistant, PASSPHRASE)
    assert assistant.focusWidget() is _edit(assistant, "passphraseAgainEdit")


def test_a_job_title_can_stay_empty(assistant: Assistant, qtbot: QtBot) -> None:
    QTest.keyClick(_edit(assistant, "folderEdit"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: assistant.step.title == "Who are you?")
    _type(assistant, "Pat Smith")
    QTest.keyClick(_edit(assistant, "titleEdit"), Qt.Key.Key_Return)
    assert assistant.step.title == "Which organisation is this for?"


def test_the_whole_way_makes_a_log(
    assistant: Assistant,
    locked_session: Session,
    remembered: Remembered,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    _to_end(assistant, qtbot)
    assert _button(assistant, "nextButton").text() == "Make the log"
    with qtbot.waitSignal(locked_session.unlocked):
        QTest.keyClick(assistant.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: remembered.folders == [tmp_path / "Safeguarding Log"])
    answers = remembered.answers[0]
    assert (answers.name, answers.title, answers.initials) == (
        "Pat Smith", "Designated safeguarding lead", "PXS",
    )  # fmt: skip
    assert (answers.organisation, answers.passphrase) == ("Example Training", PASSPHRASE)
    assert answers.recovery_key == RECOVERY_KEY
    assert _edit(assistant, "newPassphraseEdit").text() == ""
    assert locked_session.is_open


def test_a_folder_that_will_not_do_is_said_at_once(
    assistant: Assistant, tmp_path: Path, qtbot: QtBot
) -> None:
    _type(assistant, str(tmp_path / "forbidden"))
    qtbot.waitUntil(lambda: "Nothing can be written" in assistant.banner.text)
    assert assistant.step.title == "Where should the log be kept?"
    _type(assistant, "half a path")
    assert _problem(assistant) == "Write the whole path of the folder."


def test_a_folder_can_be_chosen(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choose(monkeypatch, tmp_path / "mine")
    _button(assistant, "chooseFolderButton").click()
    assert _edit(assistant, "folderEdit").text() == str(tmp_path / "mine")


def test_initials_are_suggested_until_they_are_typed(assistant: Assistant, qtbot: QtBot) -> None:
    _to_passphrase(assistant, qtbot)
    _button(assistant, "backButton").click()
    _button(assistant, "backButton").click()
    assert _edit(assistant, "initialsEdit").text() == "PXS"
    _edit(assistant, "nameEdit").setText("Ann Mary Lee")
    assert _edit(assistant, "initialsEdit").text() == "AML"
    _edit(assistant, "initialsEdit").setText("ALX")
    _edit(assistant, "nameEdit").setText("Bo Ek")
    assert _edit(assistant, "initialsEdit").text() == "ALX"


def test_a_name_and_initials_are_needed(assistant: Assistant, qtbot: QtBot) -> None:
    _to_passphrase(assistant, qtbot)
    _button(assistant, "backButton").click()
    _button(assistant, "backButton").click()
    _edit(assistant, "initialsEdit").setText("1")
    _button(assistant, "nextButton").click()
    assert "two to four letters" in _problem(assistant)
    _edit(assistant, "nameEdit").clear()
    _button(assistant, "nextButton").click()
    assert _problem(assistant) == "Write your name."


def test_the_passphrase_is_rated_and_must_be_the_same_twice(
    assistant: Assistant, qtbot: QtBot
) -> None:
    _to_passphrase(assistant, qtbot)
    _button(assistant, "nextButton").click()
    assert _problem(assistant) == "Type a passphrase."
    rating = assistant.findChild(QLabel, "ratingLabel")
    meter = assistant.findChild(QProgressBar, "strengthMeter")
    assert isinstance(rating, QLabel)
    assert isinstance(meter, QProgressBar)
    edit = _edit(assistant, "newPassphraseEdit")
    QTest.keyClicks(edit, "Pat Smith")
    qtbot.waitUntil(lambda: rating.text().startswith("Guessed at once"))
    assert meter.property("tone") == "late"
    _button(assistant, "nextButton").click()
    assert "guessed soon" in _problem(assistant)
    edit.setText(PASSPHRASE)
    qtbot.waitUntil(lambda: rating.text().startswith("Very hard"))
    _button(assistant, "nextButton").click()
    assert _problem(assistant) == "The two are not the same."
    edit.clear()
    assert rating.text() == " "


def test_the_recovery_key_must_be_typed_back_as_shown(assistant: Assistant, qtbot: QtBot) -> None:
    _to_key(assistant, qtbot)
    shown = " ".join(label.text() for label in assistant.step.findChildren(QLabel))
    assert all(group in shown for group in groups_of(RECOVERY_KEY))
    _button(assistant, "nextButton").click()
    step = assistant.step
    assert isinstance(step, TypeKeyStep)
    next(iter(step.edits.values())).setText("WRONG")
    _button(assistant, "nextButton").click()
    assert "is not the one shown" in _problem(assistant)
    _button(assistant, "backButton").click()
    assert isinstance(assistant.step, ShowKeyStep)


def test_the_name_of_the_organisation_is_known_to_the_meter(
    assistant: Assistant, qtbot: QtBot
) -> None:
    _to_passphrase(assistant, qtbot)
    _edit(assistant, "newPassphraseEdit").setText("Example Training")
    rating = assistant.findChild(QLabel, "ratingLabel")
    assert isinstance(rating, QLabel)
    qtbot.waitUntil(lambda: rating.text().startswith("Guessed at once"))


def test_the_recovery_sheet_can_be_put_on_paper_before_the_log_is_there(
    assistant: Assistant, qtbot: QtBot, tmp_path: Path
) -> None:
    _to_key(assistant, qtbot)
    _button(assistant, "recoverySheetButton").click()
    qtbot.waitUntil(lambda: assistant.findChild(PaperDialog) is not None)
    dialog = assistant.findChild(PaperDialog)
    assert isinstance(dialog, PaperDialog)
    assert dialog.opens_the_log
    dialog.save_to(tmp_path / "sheet.pdf")
    qtbot.waitUntil(lambda: dialog.banner.text.startswith("Saved as"))
    text = PdfReader(tmp_path / "sheet.pdf").pages[0].extract_text()
    assert all(group in text for group in groups_of(RECOVERY_KEY))
    assert "Example Training" in text
    dialog.accept()
    assert isinstance(assistant.step, ShowKeyStep)


def test_the_organisation_needs_a_name(assistant: Assistant, qtbot: QtBot) -> None:
    _to_passphrase(assistant, qtbot)
    _button(assistant, "backButton").click()
    _edit(assistant, "organisationEdit").clear()
    _button(assistant, "nextButton").click()
    assert _problem(assistant) == "Write the name of the organisation."


def test_a_log_that_cannot_be_made_is_said_and_can_be_tried_again(
    assistant: Assistant, entry: Entry, qtbot: QtBot
) -> None:
    def refuse(_answers: object) -> None:
        from desktop.domain.errors import DiskFull  # noqa: PLC0415

        raise DiskFull(Path("/full"))

    entry.create = refuse  # type: ignore[assignment]
    _to_end(assistant, qtbot)
    _button(assistant, "nextButton").click()
    qtbot.waitUntil(lambda: "is full" in assistant.banner.text)
    assert _button(assistant, "nextButton").isEnabled()
    assert _button(assistant, "nextButton").text() == "Make the log"


def _choose(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def choose(
        _owner: object, _title: str, _start: object, on_chosen: Callable[[Path], None]
    ) -> None:
        on_chosen(folder)

    monkeypatch.setattr(file_choice, "ask_folder", choose)


def test_a_log_that_exists_can_be_opened_instead(
    assistant: Assistant,
    clock: FrozenClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    _choose(monkeypatch, tmp_path / "nothing")
    _button(assistant, "existingLogButton").click()
    assert "There is no log in" in assistant.banner.text
    close_workspace(make_workspace(tmp_path / "old", clock, own_procedures()))
    _choose(monkeypatch, tmp_path / "old")
    with qtbot.waitSignal(assistant.existing_log_requested) as asked:
        _button(assistant, "existingLogButton").click()
    assert asked.args == [tmp_path / "old"]


def test_keys_that_go_nowhere_do_nothing(assistant: Assistant) -> None:
    QTest.keyClick(assistant, Qt.Key.Key_F9)
    QTest.keyClick(_button(assistant, "nextButton"), Qt.Key.Key_F9)
    assert assistant.step.title == "Where should the log be kept?"
