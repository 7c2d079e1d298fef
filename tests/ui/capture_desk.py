"""A window with a capture flow, and the hands of a keyholder at it."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.answer_gate import keep_out
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.incident.record_incident import start_incident
from desktop.ui.capture.capture_bar import CaptureBar
from desktop.ui.capture.capture_dialog import CaptureDialog
from desktop.ui.capture.capture_flow import CaptureFlow
from desktop.ui.capture.colleague_question import ColleagueDialog
from desktop.ui.capture.gate_dialog import GateDialog
from desktop.ui.capture.origin_form import OriginForm
from desktop.ui.capture.region_picker import RegionPicker
from desktop.ui.capture.stop_notice import StopNotice
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.ui.handles import click, find

W = TypeVar("W", bound=QWidget)


class CaptureDesk:
    """A window with a capture flow, and what a keyholder does with it."""

    def __init__(self, qtbot: QtBot, session: Session, perform: Perform) -> None:
        self.qtbot = qtbot
        self.session = session
        self.perform = perform
        self.window = QWidget()
        self.window.resize(1000, 700)
        qtbot.addWidget(self.window)
        self.window.show()
        self.flow = CaptureFlow(session, self.window)
        self.ended: list[object] = []
        self.flow.finished.connect(self.ended.append)

    def wait(self, ready: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(ready)

    def settle(self) -> None:
        self.wait(lambda: self.session._background.pending == 0)

    def see(self, kind: type[QDialog]) -> QDialog:
        self.wait(lambda: self.seen(kind) is not None)
        self.settle()
        found = self.seen(kind)
        assert found
        return found

    def seen(self, kind: type[QDialog]) -> QDialog | None:
        owners: list[QWidget] = [self.window, *_shown(CaptureBar)]
        found = [one for owner in owners for one in owner.findChildren(kind) if one.isVisible()]
        return next(iter(found), None)

    def somebody_else(self) -> None:
        click(self.see(ColleagueDialog), "colleagueNoButton")

    def answer_no(self) -> None:
        click(self.see(GateDialog), "gateNoButton")

    def hold_back(self, words: str = "Described") -> None:
        gate = self.see(GateDialog)
        click(gate, "gateNotSureButton")
        find(gate, QPlainTextEdit, "heldBackWordsEdit").setPlainText(words)
        click(gate, "gateHoldBackButton")
        click(self.see(StopNotice), "stopReadButton")

    def picker(self) -> RegionPicker:
        """Wait until a part of the screen, or a window, can be chosen."""
        self.wait(lambda: bool(_shown(RegionPicker)))
        return _shown(RegionPicker)[-1]

    def bar(self) -> CaptureBar:
        """Wait until the bar takes the next wish."""
        self.wait(lambda: any(one.is_ready for one in _shown(CaptureBar)))
        self.settle()
        return _shown(CaptureBar)[0]

    def ways(self) -> CaptureDialog:
        """Leave the picker and the bar for the window with all other ways."""
        QTest.keyClick(self.picker(), Qt.Key.Key_Escape)
        click(self.bar(), "barMoreButton")
        dialog = self.see(CaptureDialog)
        assert isinstance(dialog, CaptureDialog)
        return dialog

    def later(self) -> None:
        click(self.see(OriginForm), "cancelButton")

    def finish_bar(self) -> None:
        click(self.bar(), "barFinishButton")

    def finish(self) -> None:
        click(self.see(CaptureDialog), "captureFinishButton")

    def items(self, incident: IncidentId) -> tuple[EvidenceItem, ...]:
        return self.perform(partial(list_items, incident_id=incident))


def _shown(kind: type[W]) -> list[W]:
    tops = QApplication.topLevelWidgets()
    return [one for one in tops if isinstance(one, kind) and one.isVisible()]


@pytest.fixture
def desk(qtbot: QtBot, session: Session, perform: Perform) -> CaptureDesk:
    return CaptureDesk(qtbot, session, perform)


@pytest.fixture
def incident(perform: Perform) -> IncidentId:
    return perform(partial(start_incident, title="Comments on a site")).incident_id


@pytest.fixture
def careful(perform: Perform, incident: IncidentId) -> IncidentId:
    perform(
        partial(
            keep_out,
            incident_id=incident,
            answer=GateAnswer.NOT_SURE,
            held=["photo.jpg"],
            concern=Concern.CHILD_IMAGE,
            description="Described",
        )
    )
    return incident


def copy_picture(colour: str = "red") -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    QGuiApplication.clipboard().setImage(image)


def words_of(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def banner_of(dialog: QDialog) -> str:
    banner = getattr(dialog, "banner")  # noqa: B009
    return str(banner.text)
