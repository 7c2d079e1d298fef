"""What is copied stays for a minute, is wiped only if it is still ours, and at the lock."""

from collections.abc import Callable, Mapping

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.domain.steps.procedures import Procedure
from desktop.ui.clipboard import KEPT_SECONDS, ClipboardMinute, clipboard_minute, not_for_history
from desktop.ui.session import Session
from tests.ui.small_procedures import small_procedures


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return small_procedures()


@pytest.fixture
def minute(session: Session) -> ClipboardMinute:
    return clipboard_minute(session)


def held() -> str:
    return QGuiApplication.clipboard().text()


def test_what_was_copied_is_gone_after_a_minute_and_not_before(minute: ClipboardMinute) -> None:
    minute.copy("Robin")
    for _second in range(KEPT_SECONDS - 1):
        minute.count_down()
    assert held() == "Robin"
    assert minute.left == 1
    minute.count_down()
    assert held() == ""
    assert minute.left == 0


def test_every_second_is_told_and_the_end(minute: ClipboardMinute, qtbot: QtBot) -> None:
    told: list[int] = []
    minute.ticked.connect(told.append)
    minute.copy("Robin")
    minute.count_down()
    minute.wipe()
    assert told == [KEPT_SECONDS, KEPT_SECONDS - 1, 0]


def test_copying_again_begins_the_minute_anew(minute: ClipboardMinute) -> None:
    minute.copy("Robin")
    minute.count_down()
    minute.copy("Sam")
    assert minute.left == KEPT_SECONDS
    assert held() == "Sam"


@pytest.mark.parametrize("end", [ClipboardMinute.count_down, ClipboardMinute.wipe])
def test_what_somebody_else_copied_meanwhile_is_left_alone(
    minute: ClipboardMinute, end: Callable[[ClipboardMinute], None]
) -> None:
    minute.copy("Robin")
    QGuiApplication.clipboard().setText("something else")
    end(minute)
    assert held() == "something else"
    assert minute.left == 0


def test_what_a_clipboard_manager_took_over_and_trimmed_is_wiped_all_the_same(
    minute: ClipboardMinute,
) -> None:
    minute.copy("Name\nRobin\n")
    QGuiApplication.clipboard().setText("Name\r\nRobin")
    minute.count_down()
    assert minute.left == KEPT_SECONDS - 1
    minute.wipe()
    assert held() == ""


def test_wiping_with_nothing_copied_takes_nothing_away(minute: ClipboardMinute) -> None:
    QGuiApplication.clipboard().setText("something else")
    minute.wipe()
    assert held() == "something else"


def test_the_lock_empties_it_and_ends_the_minute(session: Session, qtbot: QtBot) -> None:
    minute = clipboard_minute(session)
    minute.copy("Robin")
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert held() == ""
    assert minute.left == 0


def test_a_session_has_one_minute_only(session: Session) -> None:
    assert clipboard_minute(session) is clipboard_minute(session)


def test_a_history_is_asked_to_leave_it_out_in_the_way_of_each_system(
    minute: ClipboardMinute,
) -> None:
    windows = dict(not_for_history("win32"))
    for name in ("ExcludeClipboardContentFromMonitorProcessing", "CanIncludeInClipboardHistory"):
        assert windows[f'application/x-qt-windows-mime;value="{name}"'] == bytes(4)
    assert dict(not_for_history("linux")) == {"x-kde-passwordManagerHint": b"secret"}
    assert dict(not_for_history("darwin")) == {}
    minute.copy("Robin")
    assert "text/plain" in QGuiApplication.clipboard().mimeData().formats()
