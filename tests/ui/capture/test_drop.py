"""Files and pictures come in by drop and paste, the gate before them."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.operations.incident.record_incident import start_incident
from desktop.ui.capture.capture_dialog import CaptureDialog, files_in
from desktop.ui.capture.capture_flow import CaptureFlow
from desktop.ui.capture.capture_run import CaptureRun
from desktop.ui.capture.colleague_question import ColleagueDialog
from desktop.ui.capture.drop import DropTarget
from desktop.ui.capture.gate_dialog import GateDialog
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.evidence_pieces import a_file, a_mail, a_png
from tests.ui.handles import click, find

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Place:
    def __init__(self, qtbot: QtBot, session: Session, incident: IncidentId) -> None:
        self.window = QWidget()
        self.edit = QLineEdit(self.window)
        self.label = QLabel("page", self.window)
        self.label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self.window)
        column.addWidget(self.edit)
        column.addWidget(self.label)
        qtbot.addWidget(self.window)
        self.window.show()
        self.flow = CaptureFlow(session, self.window)
        self.target = DropTarget(self.flow, self.window, lambda: incident, self.window)

    def gate(self) -> GateDialog | None:
        return self.window.findChild(GateDialog)


@pytest.fixture
def place(qtbot: QtBot, session: Session, perform: Perform) -> Iterator[Place]:
    incident = perform(partial(start_incident, title="Comments")).incident_id
    place = Place(qtbot, session, incident)
    qtbot.waitExposed(place.window)
    yield place
    gate = place.gate()
    if gate and gate.isVisible():
        click(gate, "gateCancelButton")


def enter(widget: QWidget, offered: QMimeData) -> bool:
    event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, offered, LEFT, PLAIN)
    event.setAccepted(False)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def drop(widget: QWidget, offered: QMimeData) -> bool:
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, offered, LEFT, PLAIN, QEvent.Type.Drop
    )
    event.setAccepted(False)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def files(*paths: Path) -> QMimeData:
    offered = QMimeData()
    offered.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return offered


def a_picture() -> QMimeData:
    offered = QMimeData()
    offered.setData("image/png", a_png())
    return offered


def words() -> QMimeData:
    offered = QMimeData()
    offered.setText("words")
    return offered


def shown(gate: QWidget) -> str:
    return "\n".join(label.text() for label in gate.findChildren(QLabel)).replace("\u200b", "")


def test_files_are_welcome_and_asked_about(place: Place, tmp_path: Path) -> None:
    path = a_file(tmp_path, "message.eml", a_mail())
    assert enter(place.window, files(path))
    assert drop(place.window, files(path))
    gate = place.gate()
    assert gate
    assert "message.eml" in shown(gate)


def test_pictures_are_asked_about_unread(place: Place) -> None:
    assert enter(place.window, a_picture())
    assert drop(place.window, a_picture())
    gate = place.gate()
    assert gate
    assert "A picture that was dropped" in shown(gate)


def test_words_and_addresses_are_not_taken(place: Place) -> None:
    link = QMimeData()
    link.setUrls([QUrl("https://chatter.example/1")])
    for offered in (words(), link):
        assert not enter(place.window, offered)
        assert not drop(place.window, offered)
    assert place.gate() is None


def test_nothing_is_taken_while_a_session_runs(place: Place, tmp_path: Path) -> None:
    place.flow.start(None)
    click(find(place.window, ColleagueDialog, "colleagueDialog"), "colleagueNoButton")
    assert not enter(place.window, files(tmp_path / "a"))
    assert not drop(place.window, files(tmp_path / "a"))
    assert len(place.window.findChildren(GateDialog)) == 1


def copy_picture() -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)


def test_paste_outside_a_field_is_asked_about(place: Place) -> None:
    copy_picture()
    place.label.setFocus()
    QTest.keyClick(place.label, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    gate = place.gate()
    assert gate
    assert "A picture from the clipboard" in shown(gate)


def test_paste_into_a_field_stays_there(place: Place) -> None:
    QGuiApplication.clipboard().setText("words")
    place.edit.setFocus()
    QTest.keyClick(place.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert place.edit.text() == "words"
    assert place.gate() is None


def test_the_capture_window_takes_drops_too(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    dialog = CaptureDialog(CaptureRun(number="2026-0001"), parent)
    dialog.come_up()
    got: list[object] = []
    dialog.files_dropped.connect(got.append)
    dialog.picture_dropped.connect(lambda offered: got.append(offered.formats()))
    path = tmp_path / "a.eml"
    assert enter(dialog, files(path))
    assert drop(dialog, files(path))
    assert enter(dialog, a_picture())
    assert drop(dialog, a_picture())
    assert not enter(dialog, words())
    assert got == [[path], ["image/png"]]
    dialog.reject()


def test_files_in_keeps_to_this_computer(tmp_path: Path) -> None:
    offered = QMimeData()
    offered.setUrls([QUrl("https://x.example/a"), QUrl.fromLocalFile(str(tmp_path / "a"))])
    assert files_in(offered) == [tmp_path / "a"]
    assert files_in(QMimeData()) == []
