"""A time typed as people say it."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.calendar.times import Certainty, Moment, say
from desktop.ui.widgets.when_edit import WhenEdit
from tests.clocks import FrozenClock


@pytest.fixture
def when(qtbot: QtBot, clock: FrozenClock) -> WhenEdit:
    edit = WhenEdit(clock, "When it happened")
    qtbot.addWidget(edit)
    edit.show()
    return edit


def _understood(when: WhenEdit) -> str:
    label = when.findChild(QLabel, "understoodLabel")
    assert isinstance(label, QLabel)
    return "" if label.isHidden() else label.text()


def _now(when: WhenEdit) -> QPushButton:
    button = when.findChild(QPushButton, "whenNowButton")
    assert isinstance(button, QPushButton)
    return button


def test_it_shows_what_it_understood_and_tells_on_leaving(when: WhenEdit, qtbot: QtBot) -> None:
    told: list[Moment | None] = []
    when.entered.connect(told.append)
    QTest.keyClicks(when.edit, "yesterday 16:00")
    assert _understood(when) == "19 Nov 2026, 16:00"
    assert told == []
    when.edit.editingFinished.emit()
    when.edit.editingFinished.emit()
    assert [say(moment) for moment in told if moment] == ["19 Nov 2026, 16:00"]
    assert when.value() == told[0]


def test_a_date_alone_is_about(when: WhenEdit, qtbot: QtBot) -> None:
    QTest.keyClicks(when.edit, "18 Nov")
    value = when.value()
    assert value
    assert value.certainty is Certainty.ABOUT
    assert _understood(when).startswith("about 18 Nov 2026")


def test_a_day_is_asked_for_and_answered_without_a_time(when: WhenEdit) -> None:
    when.ask_for_day("28 Dec 2026")
    assert _now(when).isHidden()
    QTest.keyClicks(when.edit, "29/12/2026")
    assert _understood(when) == "Tuesday 29 Dec 2026"
    when.edit.selectAll()
    QTest.keyClicks(when.edit, "soon")
    assert _understood(when) == "This is no date yet: for example 28 Dec 2026."


def test_a_time_to_come_is_the_next_one_and_never_now(when: WhenEdit) -> None:
    when.ask_for_later()
    assert _now(when).isHidden()
    QTest.keyClicks(when.edit, "Mon 9:30")
    assert _understood(when) == "23 Nov 2026, 09:30"
    when.edit.selectAll()
    QTest.keyClicks(when.edit, "soon")
    assert _understood(when) == "This is no time yet: for example 16:00, tomorrow 9:00, 20 Nov."


def test_a_day_to_come_is_the_next_one(when: WhenEdit) -> None:
    when.ask_for_day("28 Dec 2026", ahead=True)
    QTest.keyClicks(when.edit, "28 Dec")
    assert _understood(when) == "Monday 28 Dec 2026"


def test_what_cannot_be_read_is_said_and_not_told(when: WhenEdit, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(when.entered):
        QTest.keyClicks(when.edit, "whenever")
        when.edit.editingFinished.emit()
    assert when.has_problem()
    assert "no time yet" in _understood(when)
    assert when.edit.property("state") == "problem"
    when.edit.clear()
    when.edit.textEdited.emit("")
    assert not when.has_problem()
    assert _understood(when) == ""


def test_now_is_a_button(when: WhenEdit, qtbot: QtBot, clock: FrozenClock) -> None:
    with qtbot.waitSignal(when.entered) as told:
        _now(when).click()
    assert told.args == [clock.now()]
    assert when.value() == clock.now()


def test_emptying_tells_none(when: WhenEdit, qtbot: QtBot, clock: FrozenClock) -> None:
    when.set_value(clock.now())
    with qtbot.waitSignal(when.entered) as told:
        when.edit.clear()
        when.edit.textEdited.emit("")
        when.edit.editingFinished.emit()
    assert told.args == [None]


def test_a_kept_value_does_not_overwrite_typing(
    when: WhenEdit, qtbot: QtBot, clock: FrozenClock
) -> None:
    when.set_value(clock.now())
    assert when.edit.text() == "20 Nov 2026, 09:30"
    qtbot.waitExposed(when)
    when.edit.setFocus()
    when.edit.clear()
    QTest.keyClicks(when.edit, "8:15")
    when.set_value(None)
    assert when.edit.text() == "8:15"


def test_now_can_be_left_out(qtbot: QtBot, clock: FrozenClock) -> None:
    edit = WhenEdit(clock, "Due", now=False)
    qtbot.addWidget(edit)
    edit.show()
    assert _now(edit).isHidden()
