"""The steps from what is seen in the browser to what is kept with URL, time and handle.

A step is one click, one key (or keys pressed together) or one drag; letters of a text are typing.
"""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.identifiers import IncidentId
from desktop.ui.capture.capture_keys import CaptureKeys
from desktop.ui.capture.colleague_question import ColleagueDialog
from desktop.ui.capture.gate_dialog import GateDialog
from desktop.ui.capture.origin_form import OriginForm
from desktop.ui.session import Session
from tests.ui.capture_desk import CaptureDesk, desk, incident
from tests.ui.handles import click, find

__all__ = ["desk", "incident"]

URL = "https://board.example/thread/4182#c7"
FIRST, NEXT = 8, 3


class PressedKeys:
    """The keys of the system, pressed by the test."""

    keys = "Ctrl+Alt+K"
    pressed: Callable[[], None]

    def start(self, pressed: Callable[[], None]) -> bool:
        self.pressed = pressed
        return True

    def stop(self) -> None:
        self.pressed = lambda: None


class Counted:
    """A keyholder whose every step is counted; those outside this program are counted by name."""

    def __init__(self, desk: CaptureDesk, keys: PressedKeys) -> None:
        self.desk = desk
        self.keys = keys
        self.steps: list[str] = []

    def elsewhere(self, *steps: str) -> None:
        """Do something in the browser or on the task bar."""
        self.steps.extend(steps)

    def copy_address(self) -> None:
        """Copy the address of the page, as every browser does it."""
        self.elsewhere("Ctrl+L", "Ctrl+C")
        QGuiApplication.clipboard().setText(URL)

    def keys_anywhere(self) -> None:
        self.steps.append(self.keys.keys)
        self.keys.pressed()
        QApplication.processEvents()

    def click(self, parent: QWidget, name: str) -> None:
        self.steps.append(name)
        click(parent, name)

    def key(self, widget: QWidget, key: Qt.Key) -> None:
        self.steps.append(key.name)
        QTest.keyClick(widget, key)

    def answer(self, kind: type[QDialog], name: str) -> None:
        self.click(self.desk.see(kind), name)

    def drag(self) -> None:
        picker = self.desk.picker()
        self.steps.append("drag")
        QTest.mousePress(picker, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
        QTest.mouseMove(picker, QPoint(200, 100))
        QTest.mouseRelease(picker, Qt.MouseButton.LeftButton, pos=QPoint(260, 160))

    def fill_in(self) -> None:
        """Type handle and time where the caret is, and keep them."""
        form = self.desk.see(OriginForm)
        QTest.keyClicks(focus_of(form), "@nightowl_77")
        self.key(focus_of(form), Qt.Key.Key_Tab)
        QTest.keyClicks(focus_of(form), "2h ago")
        self.key(focus_of(form), Qt.Key.Key_Return)
        self.desk.wait(lambda: self.desk.seen(OriginForm) is None)
        self.desk.settle()

    def kept(self, incident: IncidentId) -> tuple[EvidenceItem, ...]:
        self.desk.bar()
        self.desk.settle()
        return self.desk.items(incident)


def focus_of(form: QWidget) -> QWidget:
    focused = form.focusWidget()
    assert focused is not None
    return focused


@pytest.fixture
def keys() -> PressedKeys:
    return PressedKeys()


@pytest.fixture
def counted(desk: CaptureDesk, keys: PressedKeys) -> Counted:
    return Counted(desk, keys)


@pytest.fixture
def by_keys(
    desk: CaptureDesk, session: Session, keys: PressedKeys, shown: list[IncidentId | None]
) -> CaptureKeys:
    def start() -> None:
        desk.flow.start(shown[-1])

    return CaptureKeys(session, keys, desk.flow, start, desk.window, desk.window)


@pytest.fixture
def shown() -> list[IncidentId | None]:
    return [None]


def is_complete(item: EvidenceItem) -> bool:
    origin = item.origin
    told = (origin.source_url, origin.handle, origin.time_as_shown)
    return told == (URL, "@nightowl_77", "2h ago")


def test_first_capture_for_the_incident_that_is_shown(
    counted: Counted, incident: IncidentId
) -> None:
    counted.copy_address()
    counted.elsewhere("the log on the task bar", "Capture")
    counted.desk.flow.start(incident)
    counted.answer(GateDialog, "gateNoButton")
    counted.drag()
    counted.fill_in()
    (item,) = counted.kept(incident)
    assert is_complete(item)
    assert len(counted.steps) <= FIRST, counted.steps
    counted.desk.finish_bar()


@pytest.mark.usefixtures("by_keys")
def test_first_capture_of_a_new_incident_by_the_keys(counted: Counted) -> None:
    counted.copy_address()
    counted.keys_anywhere()
    counted.answer(ColleagueDialog, "colleagueNoButton")
    counted.answer(GateDialog, "gateNoButton")
    counted.drag()
    counted.fill_in()
    counted.desk.finish_bar()
    (incident,) = counted.desk.ended
    (item,) = counted.desk.items(IncidentId(str(incident)))
    assert is_complete(item)
    assert len(counted.steps) <= FIRST, counted.steps


def begin(counted: Counted, incident: IncidentId) -> None:
    """Have one capture of a set, described."""
    QGuiApplication.clipboard().setText(URL)
    counted.desk.flow.start(incident)
    counted.answer(GateDialog, "gateNoButton")
    counted.drag()
    counted.fill_in()
    assert len(counted.kept(incident)) == 1
    counted.steps.clear()


def together(items: tuple[EvidenceItem, ...]) -> bool:
    return len({item.set_id for item in items}) == 1 and all(map(is_complete, items))


def test_the_next_of_the_same_by_the_bar(counted: Counted, incident: IncidentId) -> None:
    begin(counted, incident)
    counted.elsewhere("scroll")
    counted.click(counted.desk.bar(), "barPartButton")
    counted.drag()
    counted.desk.wait(lambda: len(counted.desk.items(incident)) == 2)
    assert together(counted.kept(incident))
    assert len(counted.steps) <= NEXT, counted.steps
    counted.desk.finish_bar()


def test_the_same_part_once_more(counted: Counted, incident: IncidentId) -> None:
    begin(counted, incident)
    counted.elsewhere("scroll")
    counted.click(counted.desk.bar(), "barSamePartButton")
    counted.desk.wait(lambda: len(counted.desk.items(incident)) == 2)
    assert together(counted.kept(incident))
    assert len(counted.steps) <= NEXT - 1, counted.steps
    counted.desk.finish_bar()


@pytest.mark.usefixtures("by_keys")
def test_the_next_of_the_same_by_the_keys(counted: Counted, incident: IncidentId) -> None:
    begin(counted, incident)
    counted.elsewhere("scroll")
    counted.keys_anywhere()
    counted.key(counted.desk.picker(), Qt.Key.Key_Return)
    counted.desk.wait(lambda: len(counted.desk.items(incident)) == 2)
    assert together(counted.kept(incident))
    assert len(counted.steps) <= NEXT, counted.steps
    counted.desk.finish_bar()


def test_something_else_begins_anew(counted: Counted, incident: IncidentId) -> None:
    begin(counted, incident)
    find(counted.desk.bar(), QCheckBox, "captureTogetherBox").click()
    counted.click(counted.desk.bar(), "barSamePartButton")
    counted.desk.see(OriginForm)
    counted.desk.later()
    first, second = counted.kept(incident)
    assert first.set_id != second.set_id
    assert second.origin.source_url == ""
    counted.desk.finish_bar()


@pytest.mark.usefixtures("by_keys")
def test_the_keys_are_not_heard_behind_a_question(
    counted: Counted, incident: IncidentId, shown: list[IncidentId | None]
) -> None:
    shown.append(incident)
    counted.keys_anywhere()
    gate = counted.desk.see(GateDialog)
    counted.keys_anywhere()
    assert counted.desk.window.findChildren(GateDialog) == [gate]
    click(gate, "gateCancelButton")
    other = QDialog(counted.desk.window)
    QPushButton("Later", other)
    other.open()
    counted.keys_anywhere()
    assert counted.desk.seen(GateDialog) is None
    other.close()


@pytest.mark.usefixtures("by_keys")
def test_the_keys_are_given_back_at_a_lock(
    counted: Counted, session: Session, qtbot: QtBot, keys: PressedKeys
) -> None:
    before = keys.pressed
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert keys.pressed is not before
    before()
    QApplication.processEvents()
    assert counted.desk.seen(ColleagueDialog) is None
