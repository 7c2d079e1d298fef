"""Log and keys: the check in words, the number to call, lock and look."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Cancelled
from desktop.domain.log.log_checks import chain_broken
from desktop.operations.checking.check_log import LogCheck, check_log
from desktop.operations.workspace import Workspace
from desktop.ui.keeping.check_section import CheckSection
from desktop.ui.keeping.computer_section import ComputerSection
from desktop.ui.keeping.log_page import LogPage
from desktop.ui.session import Session
from desktop.ui.theme import Look, Theme
from tests.clocks import FrozenClock
from tests.conftest import Perform
from tests.ui.entries import Remembered, an_entry


def _no_desk(*_: object) -> None:
    raise AssertionError


@pytest.fixture
def remembered() -> Remembered:
    return Remembered()


@pytest.fixture
def page(
    session: Session, clock: FrozenClock, remembered: Remembered, qtbot: QtBot, tmp_path: Path
) -> Iterator[LogPage]:
    entry = an_entry(
        session, clock, remembered, folder=tmp_path / "log", suggested=tmp_path,
        build_desk=_no_desk,  # type: ignore[arg-type]
    )  # fmt: skip
    made = LogPage(session, entry)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: "Pat Smith" in _words(made))
    yield made
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Theme(application).apply(Look.LIGHT, 100)


def _words(page: LogPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel))


def _check(page: LogPage) -> CheckSection:
    found = page.sections["check"]
    assert isinstance(found, CheckSection)
    return found


def _computer(page: LogPage) -> ComputerSection:
    found = page.sections["computer"]
    assert isinstance(found, ComputerSection)
    return found


def _button(page: QWidget, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_it_says_where_the_log_is_and_who_holds_it(page: LogPage, tmp_path: Path) -> None:
    words = _words(page).replace("\u200b", "")
    for wanted in ("Pat Smith", "PXS/1", str(tmp_path / "log")):
        assert wanted in words


def test_the_check_answers_in_words(page: LogPage, qtbot: QtBot) -> None:
    _button(page, "checkLogButton").click()
    assert not _button(page, "checkLogButton").isEnabled()
    qtbot.waitUntil(lambda: "unchanged since" in _check(page)._result_label.text())
    assert _check(page)._result_label.property("role") == "good"
    assert "20 Nov 2026" in _check(page)._result_label.text()
    assert _button(page, "checkLogButton").isEnabled()
    assert _button(page, "stopCheckButton").isHidden()


def test_a_check_that_finds_something_is_loud(page: LogPage, perform: Perform) -> None:
    def check(workspace: Workspace) -> LogCheck:
        return check_log(workspace, lambda _share: None, lambda: False)

    _check(page)._on_progress(0.5)
    _check(page)._on_checked(
        replace(perform(check), findings=(chain_broken(3),), sentence="Entry 3 does not fit.")
    )
    assert _check(page)._result_label.property("role") == "problem"


def test_a_check_can_be_stopped(page: LogPage, qtbot: QtBot) -> None:
    _check(page)._on_stop_clicked()
    _button(page, "checkLogButton").click()
    _check(page)._on_stop_clicked()
    qtbot.waitUntil(lambda: _button(page, "checkLogButton").isEnabled())
    _check(page)._on_check_failed(Cancelled())
    assert page.banner.text.startswith("Stopped.")


def test_the_caret_goes_to_the_tab_that_is_shown(page: LogPage) -> None:
    page.show_section("check")
    page.focus_first()
    assert page.focusWidget() is page.tabs.button(page.sections["check"])


def test_the_minutes_until_the_lock_are_kept(page: LogPage, remembered: Remembered) -> None:
    _computer(page).minutes_box.setCurrentIndex(_computer(page).minutes_box.findData(5))
    assert remembered.preferences[-1].lock_minutes == 5
    assert _computer(page)._entry.idle_lock.minutes == 5


def test_look_and_size_change_at_once(page: LogPage, remembered: Remembered) -> None:
    _computer(page).look_box.setCurrentIndex(_computer(page).look_box.findData(Look.DARK.value))
    _computer(page).scale_box.setCurrentIndex(_computer(page).scale_box.findData(150))
    assert remembered.preferences[-1].look is Look.DARK
    assert remembered.preferences[-1].scale == 150
    assert _computer(page)._entry.theme.scale == 150
