"""The window that moves an incident to the restricted log: asked, moved, said."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.changes import Changes
from desktop.domain.evidence.items import ItemState
from desktop.domain.identifiers import IncidentId
from desktop.domain.leaving.bundle import Audience, BundleForm
from desktop.domain.log.roles import KeyholderRole
from desktop.domain.people import Role
from desktop.operations.browse_incidents import list_incidents, show_incident
from desktop.operations.evidence.seal_item import seal_item
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.incident.keep_people import add_person
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.keys.keep_keyholders import add_keyholder
from desktop.operations.leaving.export_bundle import BundleRequest, export_bundle
from desktop.operations.moving.move_incident import Moved
from desktop.operations.workspace import Workspace
from desktop.ui.incident.incident_page import IncidentPage
from desktop.ui.incident.move_dialog import MoveDialog
from desktop.ui.incident.move_words import NO_SECOND, say_moved
from desktop.ui.incident_list import IncidentList, state_of, title_of
from desktop.ui.kept_words import AGAIN
from desktop.ui.session import Session
from tests.evidence_pieces import a_capture, ignore, never
from tests.logs_on_disk import closing
from tests.operations.moving.moves import THERE, a_restricted_log, open_restricted
from tests.ui.incident_steps import perform, press, settle

DEPUTY = "four lamps beside a stove"


def _incident(workspace: Workspace, out: Path) -> IncidentId:
    one = start_incident(workspace, title="Messages at night").incident_id
    add_person(workspace, one, Role.TARGET, {"name": "Robin"})
    asked = BundleRequest(audience=Audience.POLICE, form=BundleForm.FOLDER, folder=out)
    export_bundle(workspace, one, asked, ignore, never)
    return one


@pytest.fixture
def incident_id(session: Session, qtbot: QtBot, tmp_path: Path) -> IncidentId:
    (tmp_path / "out").mkdir()
    return perform(session, qtbot, partial(_incident, out=tmp_path / "out"))


@pytest.fixture
def there(tmp_path: Path) -> Path:
    a_restricted_log(tmp_path / "stick")
    return tmp_path / "stick"


@pytest.fixture
def dialog(session: Session, qtbot: QtBot, window: QWidget, incident_id: IncidentId) -> MoveDialog:
    return opened(session, qtbot, window, incident_id)


def opened(session: Session, qtbot: QtBot, window: QWidget, incident_id: IncidentId) -> MoveDialog:
    made = MoveDialog(session, incident_id, window)
    made.open()
    settle(session, qtbot)
    return made


def type_into(dialog: MoveDialog, name: str, words: str) -> None:
    dialog.findChildren(QLineEdit, name)[0].setText(words)


def name_place(dialog: MoveDialog, session: Session, qtbot: QtBot, folder: Path) -> None:
    type_into(dialog, "moveFolderEdit", str(folder))
    dialog.findChildren(QLineEdit, "moveFolderEdit")[0].editingFinished.emit()
    settle(session, qtbot)
    type_into(dialog, "movePassphraseEdit", THERE)


def say_why(dialog: MoveDialog) -> None:
    dialog.findChildren(QPlainTextEdit, "moveReasonEdit")[0].setPlainText("It is about a tutor")


def words(dialog: MoveDialog, name: str) -> str:
    return dialog.findChildren(QLabel, name)[0].text()


def test_what_goes_and_what_stays_is_said_before(dialog: MoveDialog) -> None:
    going, staying = words(dialog, "moveGoingLabel"), words(dialog, "moveStayingLabel")
    assert "Robin" in going
    assert "with the word “Moved”" in staying
    assert "A bundle that left: Version 1" in staying
    assert "Whatever was printed" in staying
    dialog.reject()


def test_it_begins_where_the_focus_can_be_seen(
    session: Session, qtbot: QtBot, window: QWidget, incident_id: IncidentId
) -> None:
    for high, name in ((700, "moveFolderEdit"), (260, "moveCancelButton")):
        dialog = MoveDialog(session, incident_id, window)
        dialog.resize(700, high)
        dialog.open()
        settle(session, qtbot)
        qtbot.waitUntil(partial(is_focused, dialog, name))
        dialog.reject()
    settle(session, qtbot)


def is_focused(dialog: MoveDialog, name: str) -> bool:
    widget = dialog.focusWidget()
    return widget.objectName() == name and not widget.visibleRegion().isEmpty()


def test_it_asks_for_what_is_missing_one_thing_after_the_other(
    dialog: MoveDialog, session: Session, qtbot: QtBot, there: Path
) -> None:
    asked, where = [], []

    def press_and_read() -> None:
        press(dialog, "moveNowButton")
        asked.append(dialog.banner.text)
        field = dialog.focusWidget()
        qtbot.waitUntil(lambda: not field.visibleRegion().isEmpty())
        where.append(field.objectName())

    press_and_read()
    type_into(dialog, "moveFolderEdit", "somewhere")
    press_and_read()
    name_place(dialog, session, qtbot, there)
    type_into(dialog, "movePassphraseEdit", "")
    press_and_read()
    type_into(dialog, "movePassphraseEdit", THERE)
    press_and_read()
    say_why(dialog)
    press_and_read()
    press(dialog, "moveSecondWitnessButton")
    press_and_read()
    type_into(dialog, "moveWitnessEdit", "Sam Roe")
    press_and_read()
    press(dialog, "moveSecondKeyholderButton")
    press_and_read()
    press(dialog, "moveSecondAloneButton")
    press_and_read()
    assert asked == [
        "Write where the restricted log is.",
        "Write the whole path of the restricted log, from its beginning.",
        "Type your passphrase for the restricted log.",
        "Write why it is moved. One sentence is enough.",
        "Choose who the second person is.",
        "Write the name of the witness.",
        "Write why there is no second keyholder.",
        NO_SECOND,
        "Write why nobody else can be there.",
    ]
    assert where == [
        "moveFolderEdit", "moveFolderEdit", "movePassphraseEdit", "moveReasonEdit",
        "moveSecondKeyholderButton", "moveWitnessEdit", "moveWitnessReasonEdit", "moveSecondBox",
        "moveAloneReasonEdit",
    ]  # fmt: skip
    dialog.reject()


def test_it_moves_and_says_where_it_is_and_what_stayed(
    dialog: MoveDialog, session: Session, qtbot: QtBot, there: Path, incident_id: IncidentId
) -> None:
    name_place(dialog, session, qtbot, there)
    say_why(dialog)
    press(dialog, "moveSecondAloneButton")
    type_into(dialog, "moveAloneReasonEdit", "Nobody else may know yet")
    press(dialog, "moveNowButton")
    settle(session, qtbot)
    assert "is moved. Its number stays here." in dialog.banner.text
    assert "In the restricted log, as " in words(dialog, "moveGoingLabel")
    assert "A bundle that left" in words(dialog, "moveStayingLabel")
    (line,) = perform(session, qtbot, list_incidents)
    assert title_of(line) == "Moved on 20 Nov 2026"
    assert state_of(line) == "Moved"
    press(dialog, "moveCancelButton")
    with closing(open_restricted(there)) as other:
        assert show_incident(other, incident_id).title == "Messages at night"


def test_another_keyholder_of_the_restricted_log_moves_it_too(
    dialog: MoveDialog, session: Session, qtbot: QtBot, there: Path
) -> None:
    with closing(open_restricted(there)) as other:
        add_keyholder(
            other, name="Ada Deputy", title="Deputy", initials="AXD",
            role=KeyholderRole.DEPUTY, shown_as="Deputy", passphrase=DEPUTY,
        )  # fmt: skip
    name_place(dialog, session, qtbot, there)
    say_why(dialog)
    who = dialog.findChildren(QComboBox, "moveKeyholderBox")[0]
    who.setCurrentIndex(who.findText("Chair of governors"))
    press(dialog, "moveSecondKeyholderButton")
    second = dialog.findChildren(QComboBox, "moveSecondBox")[0]
    second.setCurrentIndex(second.findText("Deputy"))
    press(dialog, "moveNowButton")
    assert dialog.banner.text == "The second keyholder types their passphrase."
    type_into(dialog, "moveSecondPassphraseEdit", "not this one")
    press(dialog, "moveNowButton")
    settle(session, qtbot)
    assert "passphrase" in dialog.banner.text
    type_into(dialog, "movePassphraseEdit", THERE)
    type_into(dialog, "moveSecondPassphraseEdit", DEPUTY)
    press(dialog, "moveNowButton")
    settle(session, qtbot)
    assert "is moved" in dialog.banner.text
    dialog.reject()


def test_what_is_sealed_asks_for_what_the_police_said(
    session: Session, qtbot: QtBot, window: QWidget, incident_id: IncidentId, there: Path
) -> None:
    perform(session, qtbot, partial(_seal_one, incident_id=incident_id))
    dialog = opened(session, qtbot, window, incident_id)
    assert "1 sealed file, unopened" in words(dialog, "moveGoingLabel")
    name_place(dialog, session, qtbot, there)
    say_why(dialog)
    press(dialog, "moveNowButton")
    assert dialog.banner.text == "Write what the police said about the sealed files."
    type_into(dialog, "movePoliceEdit", "Sgt Roe agrees, today at 10:00")
    press(dialog, "moveSecondAloneButton")
    type_into(dialog, "moveAloneReasonEdit", "Nobody else may know yet")
    press(dialog, "moveNowButton")
    settle(session, qtbot)
    assert "is moved" in dialog.banner.text
    dialog.reject()
    with closing(open_restricted(there)) as other:
        assert [one.state for one in list_items(other, incident_id)] == [ItemState.SEALED]
        texts = [line.text for line in show_chronology(other, incident_id)]
        assert any("Sgt Roe agrees" in text for text in texts)


def _seal_one(workspace: Workspace, incident_id: IncidentId) -> None:
    seal_item(workspace, a_capture(workspace, incident_id).id, "It may show her")


def test_words_outlast_a_lock_and_escape_passphrases_do_not(
    session: Session, qtbot: QtBot, window: QWidget, incident_id: IncidentId, there: Path
) -> None:
    asked = opened(session, qtbot, window, incident_id)
    name_place(asked, session, qtbot, there)
    say_why(asked)
    session.about_to_lock.emit()
    for _again in range(2):
        asked = opened(session, qtbot, window, incident_id)
        assert asked.form.reason == "It is about a tutor"
        assert asked.form.place().passphrase == ""
        assert asked.banner.text == AGAIN
        asked.reject()
    press(opened(session, qtbot, window, incident_id), "moveCancelButton")
    asked = opened(session, qtbot, window, incident_id)
    assert asked.form.reason == ""
    asked.reject()
    settle(session, qtbot)


def test_the_page_of_the_incident_goes_and_the_window_stays_to_be_read(
    session: Session, qtbot: QtBot, window: QWidget, incident_id: IncidentId, there: Path
) -> None:
    page = IncidentPage(session, window)
    gone: list[bool] = []
    page.gone.connect(lambda: gone.append(True))
    page.gone.connect(page.deleteLater)
    page.show_incident(incident_id)
    page.show()
    settle(session, qtbot)
    dialog = opened(session, qtbot, page, incident_id)
    name_place(dialog, session, qtbot, there)
    say_why(dialog)
    press(dialog, "moveSecondAloneButton")
    type_into(dialog, "moveAloneReasonEdit", "Nobody else may know yet")
    press(dialog, "moveNowButton")
    settle(session, qtbot)
    assert gone
    assert dialog.isVisible()
    assert "Whatever was printed" in words(dialog, "moveStayingLabel")
    dialog.reject()


def test_wrong_passphrases_at_the_other_log_are_told() -> None:
    moved = Moved(
        number="2026-0002", number_there="2026-0001", is_cleared=True,
        changes=Changes(frozenset()), wrong_attempts=2,
    )  # fmt: skip
    assert "2 wrong passphrases. If that was not you" in say_moved(moved)
    assert "wrong" not in say_moved(replace(moved, wrong_attempts=0))


def test_the_list_says_of_a_moved_incident_that_it_moved_and_opens_nothing(
    dialog: MoveDialog, session: Session, qtbot: QtBot, window: QWidget, there: Path
) -> None:
    name_place(dialog, session, qtbot, there)
    say_why(dialog)
    press(dialog, "moveSecondAloneButton")
    type_into(dialog, "moveAloneReasonEdit", "Nobody else may know yet")
    press(dialog, "moveNowButton")
    settle(session, qtbot)
    dialog.reject()
    page = IncidentList(session, window)
    page.show()
    settle(session, qtbot)
    opened_one: list[object] = []
    page.open_incident_requested.connect(opened_one.append)
    page._on_opened(0)
    assert opened_one == []
    shown = [one for one in page.findChildren(QLabel) if "was moved out of this log" in one.text()]
    assert shown
