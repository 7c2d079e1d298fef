"""Is it unchanged?: results in words, the register page, paper compared, what was given out."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.log.custody import Head
from desktop.domain.log.heads import head_text
from desktop.operations.checking.check_log import last_check
from desktop.operations.leaving.make_papers import make_register_page
from desktop.operations.practice_case import fill_case
from desktop.operations.workspace import Workspace
from desktop.ui.keeping.check_section import NOT_FITTING, SHOWN, AlarmFrame, CheckSection
from desktop.ui.paper import PaperDialog
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from tests.clocks import FrozenClock
from tests.conftest import Perform
from tests.ui.entries import Remembered, an_entry
from tests.ui.handles import click, find


class Desk(QWidget):
    """Stands in for the page around the section."""

    def __init__(self) -> None:
        super().__init__()
        self.banner = Banner(self)
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.banner)


def _no_desk(*_: object) -> None:
    raise AssertionError


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    made.resize(900, 1400)
    return made


@pytest.fixture
def section(desk: Desk, session: Session, clock: FrozenClock, tmp_path: Path) -> CheckSection:
    entry = an_entry(
        session, clock, Remembered(), folder=tmp_path / "log", suggested=tmp_path,
        build_desk=_no_desk,  # type: ignore[arg-type]
    )  # fmt: skip
    made = CheckSection(session, entry, desk)
    desk.column.addWidget(made)
    return made


def words_of(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def say_result(section: CheckSection) -> str:
    return find(section, QLabel, "checkResultLabel").text()


def test_before_the_first_check_it_says_so(
    section: CheckSection, desk: Desk, qtbot: QtBot
) -> None:
    desk.show()
    qtbot.waitUntil(lambda: "Nothing yet." in words_of(section))
    assert say_result(section) == "This log has not been checked yet."


def test_the_last_result_is_there_when_the_page_opens(
    section: CheckSection, desk: Desk, qtbot: QtBot
) -> None:
    desk.show()
    click(section, "checkLogButton")
    qtbot.waitUntil(lambda: "unchanged since" in say_result(section))
    other = CheckSection(section._session, section._entry, desk)
    other.reload()
    qtbot.waitUntil(lambda: "unchanged since" in say_result(other))
    assert "Checked 20 Nov 2026, 09:30." in say_result(other)
    assert find(other, AlarmFrame, "alarmFrame").isHidden()


def _alter(workspace: Workspace) -> None:
    workspace.log._connection.execute(f"UPDATE content SET sha256 = '{'0' * 64}'")


def test_an_alarm_says_what_happened_and_what_to_do_and_stays(
    section: CheckSection, desk: Desk, perform: Perform, qtbot: QtBot
) -> None:
    perform(fill_case)
    perform(_alter)
    desk.show()
    click(section, "checkLogButton")
    alarm = find(section, AlarmFrame, "alarmFrame")
    qtbot.waitUntil(alarm.isVisible)
    assert "is not what was entered." in words_of(alarm)
    assert "Do not rely on it." in words_of(alarm)
    assert "is not what was entered" in alarm.accessibleName()
    assert "found something" in desk.banner.text
    qtbot.waitUntil(lambda: section._session._background.pending == 0)
    assert alarm.isVisible()
    section._on_locked()
    section.reload()
    qtbot.waitUntil(lambda: section._session._background.pending == 0)
    assert "is not what was entered" in words_of(alarm)
    kept = perform(last_check)
    assert kept is not None
    assert not kept.holds


def test_a_page_for_the_register_is_offered_and_listed(
    section: CheckSection, desk: Desk, qtbot: QtBot
) -> None:
    desk.show()
    click(section, "registerPageButton")
    qtbot.waitUntil(lambda: section.findChild(PaperDialog, "paperDialog") is not None)
    find(section, PaperDialog, "paperDialog").reject()
    qtbot.waitUntil(lambda: "entry 2 · Page for the paper register" in words_of(section))


def test_a_head_from_paper_is_compared(
    section: CheckSection, desk: Desk, perform: Perform, qtbot: QtBot
) -> None:
    page = perform(make_register_page)
    desk.show()
    edit = find(section, QLineEdit, "headEdit")
    label = find(section, QLabel, "headComparedLabel")
    QTest.keyClicks(edit, head_text(page.head).lower())
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: label.text().startswith("The same: entry 2"))
    assert label.property("role") == "good"
    assert desk.banner.text == ""


def test_a_slip_is_told_from_an_alarm(section: CheckSection, desk: Desk, qtbot: QtBot) -> None:
    desk.show()
    edit = find(section, QLineEdit, "headEdit")
    label = find(section, QLabel, "headComparedLabel")
    QTest.keyClicks(edit, "12 ABCDE")
    click(section, "compareHeadButton")
    qtbot.waitUntil(lambda: label.text().startswith("That is not quite"))
    assert desk.banner.text == ""
    edit.setText(head_text(Head(99, "a" * 64)))
    click(section, "compareHeadButton")
    qtbot.waitUntil(lambda: "it ends before entry 99" in label.text())
    assert desk.banner.text == NOT_FITTING
    assert label.property("role") == "problem"


def _give_many(workspace: Workspace) -> None:
    for number in range(SHOWN + 2):
        workspace.log.given_heads.insert(Head(number, "a"), workspace.now(), "quarterly report")


def test_a_long_list_is_cut_short_and_says_so(
    section: CheckSection, desk: Desk, perform: Perform, qtbot: QtBot
) -> None:
    perform(_give_many)
    desk.show()
    qtbot.waitUntil(lambda: "And 2 earlier ones." in words_of(section))


def test_a_lock_does_not_wait_for_the_check(
    section: CheckSection, desk: Desk, session: Session, qtbot: QtBot
) -> None:
    desk.show()
    click(section, "checkLogButton")
    job = section._job
    assert job is not None
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert job.cancelled()
