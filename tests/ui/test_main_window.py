"""The one window with the real desk: first start, unlock, keys, lock, danger."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import DiskFailed
from desktop.operations.browse_incidents import list_incidents
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.organisation.keep_organisation import change_childrens_services
from desktop.ui.desk import Desk
from desktop.ui.entering.assistant import Assistant
from desktop.ui.entering.unlock_page import UnlockPage
from desktop.ui.incident.export_dialog import ExportDialog
from desktop.ui.incident.incident_page import IncidentPage
from desktop.ui.incident.quick_log import QuickLogPage
from desktop.ui.incident_list import IncidentList
from desktop.ui.main_window import MainWindow
from desktop.ui.organisation.organisation_page import OrganisationPage
from desktop.ui.places import Place
from desktop.ui.session import Session
from desktop.ui.today_page import TodayPage
from tests.clocks import FrozenClock
from tests.conftest import Perform
from tests.ui.entries import Remembered
from tests.ui.main_windows import (
    desk,
    desk_entry,
    press,
    remembered,
    start_quick_log,
    unlock,
    window,
)
from tests.workspaces import close_workspace, make_workspace, own_procedures

__all__ = ["desk", "remembered", "window"]


def _button(window: QWidget, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_the_first_start_asks(
    locked_session: Session,
    clock: FrozenClock,
    remembered: Remembered,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    entry = desk_entry(locked_session, clock, remembered, None, tmp_path)
    window = MainWindow(locked_session, entry)
    qtbot.addWidget(window)
    window.show()
    assert isinstance(window.front, Assistant)
    assert window.side_bar.isHidden()
    close_workspace(make_workspace(tmp_path / "old", clock, own_procedures()))
    window.front.existing_log_requested.emit(tmp_path / "old")
    assert isinstance(window.front, UnlockPage)
    window.front.new_log_requested.emit()
    assert isinstance(window.front, Assistant)
    qtbot.waitUntil(lambda: locked_session._background.pending == 0)


def test_unlocking_leads_to_today(window: MainWindow, desk: Desk) -> None:
    assert isinstance(desk.currentWidget(), TodayPage)
    assert window.front is None
    assert window.side_bar.isVisible()


def test_every_place_has_a_key(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    for number, place in enumerate(Place, start=1):
        press(window, Qt.Key(Qt.Key.Key_0 + number))
        assert desk.currentWidget() is desk._pages[place]
        assert window.side_bar._entries[place].isChecked()
        qtbot.waitUntil(lambda: window._session._background.pending == 0)
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert desk.currentWidget() is desk._pages[Place.HELP]


def test_quick_log_is_one_key_away_and_typing_starts_at_once(
    window: MainWindow, desk: Desk, qtbot: QtBot, perform_here: Perform
) -> None:
    start_quick_log(window)
    page = desk.currentWidget()
    assert isinstance(page, QuickLogPage)
    field = window.focusWidget()
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    QTest.keyClicks(field, "A tutor rings.")
    qtbot.waitUntil(lambda: len(perform_here(list_incidents)) == 1)


@pytest.fixture
def perform_here(window: MainWindow, desk: Desk, qtbot: QtBot) -> Perform:
    """Run an operation through the window's session."""

    def run(operation: object) -> object:
        answers: list[object] = []
        window._session.run(window, operation, answers.append)  # type: ignore[arg-type]
        qtbot.waitUntil(lambda: bool(answers))
        return answers[0]

    return run  # type: ignore[return-value]


def test_search_goes_to_the_list(window: MainWindow, desk: Desk) -> None:
    press(window, Qt.Key.Key_F)
    page = desk.currentWidget()
    assert isinstance(page, IncidentList)
    assert page.search_edit.hasFocus()


def test_an_incident_is_opened_from_the_list(
    window: MainWindow, desk: Desk, qtbot: QtBot, perform_here: Perform
) -> None:
    started = perform_here(partial(start_incident, title="Comments on a site"))
    desk.open_incident(started.incident_id)
    page = desk.currentWidget()
    assert isinstance(page, IncidentPage)
    assert page.incident_id == started.incident_id
    assert window.side_bar._entries[Place.INCIDENTS].isChecked()
    desk.go(Place.TODAY)
    desk.open_incident(started.incident_id)
    assert desk.currentWidget() is page
    qtbot.waitUntil(lambda: window._session._background.pending == 0)


def test_export_opens_its_dialog(
    window: MainWindow, desk: Desk, qtbot: QtBot, perform_here: Perform
) -> None:
    started = perform_here(partial(start_incident, title="Comments on a site"))
    desk.export(started.incident_id)
    dialog = desk.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    qtbot.waitUntil(lambda: window._session._background.pending == 0)
    dialog.reject()


def test_a_step_leads_to_the_register_of_accounts(
    window: MainWindow, desk: Desk, qtbot: QtBot, perform_here: Perform
) -> None:
    started = perform_here(partial(start_incident, title="A page in our name"))
    desk.open_incident(started.incident_id)
    page = desk.currentWidget()
    assert isinstance(page, IncidentPage)
    page.checklist_panel.act_requested.emit("accounts", None)
    qtbot.waitUntil(lambda: window._session._background.pending == 0)
    shown = desk.currentWidget()
    assert isinstance(shown, OrganisationPage)
    assert shown.tabs.current() is shown.sections["accounts"]


def test_the_count_of_today_stands_in_the_side_bar(
    window: MainWindow, desk: Desk, qtbot: QtBot, perform_here: Perform
) -> None:
    perform_here(partial(start_incident, text="A tutor rings."))
    qtbot.waitUntil(lambda: window.side_bar._entries[Place.TODAY].end_label.text() != "")


def test_lock_hides_everything_and_keeps_what_was_typed(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    start_quick_log(window)
    field = window.focusWidget()
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    QTest.keyClicks(field, "typed at the last moment")
    with qtbot.waitSignal(window._session.closed):
        press(window, Qt.Key.Key_L)
    assert isinstance(window.front, UnlockPage)
    assert window.desk is None
    assert window.side_bar.isHidden()
    unlock(window, qtbot)
    titles: list[str] = []
    window._session.run(
        window, list_incidents, lambda lines: titles.extend(line.title for line in lines)
    )
    qtbot.waitUntil(lambda: titles == ["typed at the last moment"])


def test_danger_is_in_reach_before_and_after_unlocking(window: MainWindow, qtbot: QtBot) -> None:
    _button(window.front or window, "dangerButton").click()
    assert window.danger_banner.isVisible()
    assert _button(window, "dangerQuickLogButton").isHidden()
    press(window, Qt.Key.Key_D, shift=True)
    assert window.danger_banner.isHidden()
    desk = unlock(window, qtbot)
    for place in Place:
        desk.go(place)
        _button(window, "sideDangerButton").click()
        assert window.danger_banner.isVisible()
        _button(window, "dangerCloseButton").click()
        qtbot.waitUntil(lambda: window._session._background.pending == 0)
    press(window, Qt.Key.Key_D, shift=True)
    _button(window, "dangerQuickLogButton").click()
    assert isinstance(desk.currentWidget(), QuickLogPage)


def test_the_organisations_own_number_is_shown_in_danger(
    window: MainWindow, desk: Desk, qtbot: QtBot, perform_here: Perform
) -> None:
    perform_here(partial(change_childrens_services, number="020 7946 0000"))

    def shown() -> str:
        found = window.danger_banner.findChildren(QLabel, "childrens_servicesNumber")
        return found[-1].text()

    qtbot.waitUntil(lambda: shown() == "020 7946 0000")


def test_while_locked_the_keys_of_the_desk_do_nothing(window: MainWindow) -> None:
    for key in (Qt.Key.Key_1, Qt.Key.Key_N, Qt.Key.Key_F, Qt.Key.Key_L):
        press(window, key)
    press(window, Qt.Key.Key_C, shift=True)
    assert isinstance(window.front, UnlockPage)


def test_a_log_that_closed_badly_is_said_on_the_unlock_page(window: MainWindow) -> None:
    window._session.closed.emit(DiskFailed("gone"))
    assert window.front
    assert "disk" in window.front.banner.text


def test_enter_presses_the_button_that_has_the_focus(window: MainWindow, desk: Desk) -> None:
    desk.go("Today")
    page = desk.currentWidget()
    assert page is not None
    button = QPushButton("A button", page)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    button.show()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        button.setFocus()
        QTest.keyClick(button, key)
    assert len(pressed) == 2
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_A)
    assert len(pressed) == 2


def test_enter_presses_a_button_before_the_log_is_open_too(window: MainWindow) -> None:
    page = window.front
    assert page is not None
    button = _button(page, "otherFolderButton")
    pressed: list[bool] = []
    button.clicked.disconnect()
    button.clicked.connect(lambda: pressed.append(True))
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert pressed == [True]


@pytest.mark.parametrize("by_key", [True, False])
def test_a_new_log_can_be_given_up_for_the_one_that_is_there(
    window: MainWindow, *, by_key: bool
) -> None:
    page = window.front
    assert page is not None
    _button(page, "newLogButton").click()
    assistant = window.front
    assert isinstance(assistant, Assistant)
    back = _button(assistant, "backButton")
    assert back.isVisible()
    if by_key:
        assistant.focus_first()
        QTest.keyClick(assistant.focusWidget(), Qt.Key.Key_Escape)
    else:
        back.click()
    assert isinstance(window.front, UnlockPage)


def test_arrow_keys_come_past_the_places_and_enter_goes_into_one(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    entries = window.side_bar._entries
    entries[Place.TODAY].setFocus()
    for _place in list(Place)[1:]:
        focus = window.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: window._session._background.pending == 0)
    assert window.focusWidget() is entries[list(Place)[-1]]
    QTest.keyClick(entries[Place.HELP], Qt.Key.Key_Up)
    assert window.focusWidget() is entries[Place.ORGANISATION]
    QTest.keyClick(entries[Place.ORGANISATION], Qt.Key.Key_Return)
    page = desk.currentWidget()
    assert isinstance(page, OrganisationPage)
    assert window.focusWidget() is page.tabs.button(page.sections["policy"])
