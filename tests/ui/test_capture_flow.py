"""A capture session: the gate, then the content, which is safe before anything is asked."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence import EvidenceItem, ItemKind, ItemState, Method
from desktop.domain.gate import Concern, GateAnswer
from desktop.domain.identifiers import IncidentId
from desktop.operations.answer_gate import keep_out
from desktop.operations.make_statement import correct_statement
from desktop.operations.record_incident import start_incident
from desktop.operations.view_evidence import list_items
from desktop.ui import file_choice
from desktop.ui.capture_dialog import CaptureDialog
from desktop.ui.capture_flow import CaptureFlow
from desktop.ui.gate_dialog import GateDialog
from desktop.ui.origin_form import OriginForm
from desktop.ui.region_picker import RegionPicker
from desktop.ui.session import Session
from desktop.ui.stop_notice import StopNotice
from tests.conftest import Perform
from tests.evidence_pieces import a_file, a_mail, a_pdf, a_png
from tests.ui.handles import click, find


class Desk:
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
        return next((one for one in self.window.findChildren(kind) if one.isVisible()), None)

    def answer_no(self) -> None:
        click(self.see(GateDialog), "gateNoButton")

    def hold_back(self, words: str = "Described") -> None:
        gate = self.see(GateDialog)
        click(gate, "gateNotSureButton")
        find(gate, QPlainTextEdit, "heldBackWordsEdit").setPlainText(words)
        click(gate, "gateHoldBackButton")
        click(self.see(StopNotice), "stopReadButton")

    def later(self) -> None:
        click(self.see(OriginForm), "cancelButton")

    def finish(self) -> None:
        click(self.see(CaptureDialog), "captureFinishButton")

    def items(self, incident: IncidentId) -> tuple[EvidenceItem, ...]:
        return self.perform(partial(list_items, incident_id=incident))


@pytest.fixture
def desk(qtbot: QtBot, session: Session, perform: Perform) -> Desk:
    return Desk(qtbot, session, perform)


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


def test_whole_screen_is_kept_before_anything_is_asked(
    desk: Desk, incident: IncidentId, qtbot: QtBot
) -> None:
    other = QLabel()
    other.setStyleSheet("background: #cc1010")
    other.setGeometry(0, 0, 800, 800)
    qtbot.addWidget(other)
    other.show()
    desk.flow.start(incident)
    desk.answer_no()
    dialog = desk.see(CaptureDialog)
    click(dialog, "captureScreen1Button")
    assert not desk.window.isVisible()
    form = desk.see(OriginForm)
    assert desk.window.isVisible()
    (item,) = desk.items(incident)
    assert (item.kind, item.method) == (ItemKind.SCREEN, Method.SCREEN_CAPTURE)
    assert item.media_type == "image/png"
    assert item.state is ItemState.KEPT
    assert form.isVisible()
    desk.later()
    assert "PXS/1 is kept, unchanged" in _words(desk.see(CaptureDialog))
    desk.finish()
    assert desk.ended == [incident]
    assert not desk.flow.is_running


def test_part_of_the_screen_by_keyboard(desk: Desk, incident: IncidentId) -> None:
    desk.flow.start(incident)
    desk.answer_no()
    click(desk.see(CaptureDialog), "capturePartButton")
    picker = _picker(desk)
    QTest.keyClick(picker, Qt.Key.Key_Right)
    QTest.keyClick(picker, Qt.Key.Key_Return)
    desk.later()
    (item,) = desk.items(incident)
    assert item.kind is ItemKind.SCREEN_REGION
    desk.finish()


def test_part_of_the_screen_by_mouse_then_another(desk: Desk, incident: IncidentId) -> None:
    desk.flow.start(incident)
    desk.answer_no()
    for number in (1, 2):
        click(desk.see(CaptureDialog), "capturePartButton")
        picker = _picker(desk)
        QTest.mousePress(picker, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
        QTest.mouseMove(picker, QPoint(60, 60))
        QTest.mouseRelease(picker, Qt.MouseButton.LeftButton, pos=QPoint(60 + number, 60))
        desk.later()
    assert [str(item.mark) for item in desk.items(incident)] == ["PXS/1", "PXS/2"]
    desk.finish()


def test_leaving_the_picker_comes_back(desk: Desk, incident: IncidentId) -> None:
    desk.flow.start(incident)
    desk.answer_no()
    click(desk.see(CaptureDialog), "capturePartButton")
    QTest.keyClick(_picker(desk), Qt.Key.Key_Escape)
    desk.see(CaptureDialog)
    assert desk.window.isVisible()
    assert desk.items(incident) == ()
    desk.finish()


def test_from_today_a_new_incident_is_started(desk: Desk) -> None:
    copy_picture()
    desk.flow.start(None)
    desk.answer_no()
    click(desk.see(CaptureDialog), "capturePasteButton")
    desk.later()
    desk.finish()
    (incident,) = desk.ended
    assert len(desk.items(IncidentId(str(incident)))) == 1


def test_clipboard_is_not_read_before_the_answer(desk: Desk, incident: IncidentId) -> None:
    copy_picture("red")
    desk.flow.paste(incident)
    desk.see(GateDialog)
    assert desk.items(incident) == ()
    copy_picture("blue")
    desk.answer_no()
    desk.later()
    (item,) = desk.items(incident)
    assert (item.kind, item.method) == (ItemKind.PICTURE, Method.PASTE)
    desk.finish()
    desk.flow.start(incident)
    desk.answer_no()
    dialog = desk.see(CaptureDialog)
    click(dialog, "capturePasteButton")
    desk.later()
    # The same blue pixels came in twice: what was read was there after the answer.
    assert "The same content as PXS/1" in _words(desk.see(CaptureDialog))
    desk.finish()


def test_pasted_png_is_kept_byte_for_byte(desk: Desk, incident: IncidentId) -> None:
    offered = QMimeData()
    offered.setData("image/png", a_png())
    QGuiApplication.clipboard().setMimeData(offered)
    desk.flow.paste(incident)
    desk.answer_no()
    desk.later()
    (item,) = desk.items(incident)
    assert item.fingerprint
    assert item.fingerprint.size == len(a_png())
    desk.finish()


def test_nothing_on_the_clipboard_is_said(desk: Desk, incident: IncidentId) -> None:
    QGuiApplication.clipboard().setText("words")
    desk.flow.paste(incident)
    assert not desk.flow.is_running
    desk.flow.start(incident)
    desk.answer_no()
    dialog = desk.see(CaptureDialog)
    click(dialog, "capturePasteButton")
    assert "no picture on the clipboard" in _banner(dialog)
    desk.finish()


def test_a_picture_gone_from_the_clipboard_is_said(desk: Desk, incident: IncidentId) -> None:
    copy_picture()
    desk.flow.paste(incident)
    desk.see(GateDialog)
    QGuiApplication.clipboard().setText("words")
    desk.answer_no()
    assert "no picture on the clipboard" in _banner(desk.see(CaptureDialog))
    desk.finish()


def test_files_are_listed_before_they_are_read(
    desk: Desk, incident: IncidentId, tmp_path: Path
) -> None:
    paths = [a_file(tmp_path, "message.eml", a_mail()), a_file(tmp_path, "notice.pdf", a_pdf())]
    desk.flow.take_files(incident, paths, Method.DROP)
    words = _words(desk.see(GateDialog)).replace("\u200b", "")
    assert "message.eml" in words
    assert "notice.pdf" in words
    assert desk.items(incident) == ()
    desk.answer_no()
    dialog = desk.see(CaptureDialog)
    desk.wait(lambda: len(desk.items(incident)) == 2)
    desk.settle()
    assert "wait on Today" in _banner(dialog)
    kinds = [item.kind for item in desk.items(incident)]
    assert kinds == [ItemKind.MAIL, ItemKind.PDF]
    assert desk.seen(OriginForm) is None
    desk.finish()


def test_one_file_held_back_leaves_the_rest_to_be_asked_singly(
    desk: Desk, incident: IncidentId, tmp_path: Path
) -> None:
    names = ("message.eml", "photo.jpg", "notice.pdf")
    paths = [a_file(tmp_path, name, f"words of {name}".encode()) for name in names]
    paths[1].unlink()
    desk.flow.take_files(incident, paths, Method.DROP)
    gate = desk.see(GateDialog)
    find(gate, QCheckBox, "holdBack1Box").setChecked(True)
    click(gate, "gateNoButton")
    find(gate, QPlainTextEdit, "heldBackWordsEdit").setPlainText("Described")
    click(gate, "gateHoldBackButton")
    click(desk.see(StopNotice), "stopReadButton")
    for _ in range(2):
        desk.answer_no()
        desk.settle()
    desk.wait(lambda: len(desk.items(incident)) == 3)
    states = [(item.original_name, item.state) for item in desk.items(incident)]
    assert states == [
        ("", ItemState.HELD_BACK),
        ("message.eml", ItemState.KEPT),
        ("notice.pdf", ItemState.KEPT),
    ]
    desk.settle()
    desk.finish()


def test_not_sure_holds_back_and_ends(desk: Desk, incident: IncidentId) -> None:
    copy_picture()
    desk.flow.paste(incident)
    desk.hold_back("She says it is of her")
    assert desk.ended == [incident]
    (item,) = desk.items(incident)
    assert item.state is ItemState.HELD_BACK


def test_careful_incident_asks_for_each_thing(desk: Desk, careful: IncidentId) -> None:
    copy_picture()
    desk.flow.start(careful)
    desk.answer_no()
    click(desk.see(CaptureDialog), "capturePasteButton")
    desk.later()
    click(desk.see(CaptureDialog), "capturePasteButton")
    gate = desk.see(GateDialog)
    assert "A picture from the clipboard" in _words(gate)
    click(gate, "gateCancelButton")
    click(desk.see(CaptureDialog), "captureScreen1Button")
    desk.answer_no()
    desk.later()
    kinds = [item.kind for item in desk.items(careful)]
    assert kinds == [ItemKind.DESCRIPTION, ItemKind.PICTURE, ItemKind.SCREEN]
    click(desk.see(CaptureDialog), "captureScreen1Button")
    desk.hold_back()
    desk.finish()


def test_cancelling_the_gate_ends_without_a_trace(desk: Desk, incident: IncidentId) -> None:
    desk.flow.start(incident)
    click(desk.see(GateDialog), "gateCancelButton")
    assert desk.ended == [incident]
    assert desk.perform(lambda workspace: workspace.log.evidence.statements(incident)) == []


def test_file_that_cannot_be_read_is_said_and_the_next_goes_on(
    desk: Desk, incident: IncidentId, tmp_path: Path
) -> None:
    paths = [tmp_path / "gone.eml", a_file(tmp_path, "message.eml", a_mail())]
    desk.flow.take_files(incident, paths, Method.DROP)
    desk.answer_no()
    desk.wait(lambda: len(desk.items(incident)) == 1)
    desk.settle()
    words = _words(desk.see(CaptureDialog))
    assert "gone.eml cannot be opened" in words
    assert "PXS/1 is kept, unchanged: message.eml" in words
    desk.finish()


def test_an_answer_that_no_longer_holds_is_asked_again(
    desk: Desk, incident: IncidentId, perform: Perform
) -> None:
    copy_picture()
    desk.flow.start(incident)
    desk.answer_no()
    dialog = desk.see(CaptureDialog)
    (statement,) = perform(lambda workspace: workspace.log.evidence.statements(incident))
    perform(
        partial(
            correct_statement,
            incident_id=incident,
            statement_id=statement.id,
            answer=GateAnswer.NOT_SURE,
            reason="told just now",
        )
    )
    click(dialog, "capturePasteButton")
    desk.wait(lambda: "question comes before" in _words(dialog))
    assert all(item.state is not ItemState.KEPT for item in desk.items(incident))
    click(desk.see(CaptureDialog), "capturePasteButton")
    desk.answer_no()
    desk.later()
    desk.finish()


def test_a_single_missing_file_is_said_in_words(
    desk: Desk, incident: IncidentId, tmp_path: Path
) -> None:
    desk.flow.take_files(incident, [tmp_path / "gone.eml"], Method.DROP)
    desk.answer_no()
    dialog = desk.see(CaptureDialog)
    desk.wait(lambda: "gone.eml cannot be opened" in _words(dialog))
    desk.finish()


def test_a_file_can_be_chosen(
    desk: Desk, incident: IncidentId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_file(tmp_path, "message.eml", a_mail())

    def choose(_owner: QWidget, _title: str, on_chosen: Callable[[Sequence[Path]], None]) -> None:
        on_chosen([path])

    monkeypatch.setattr(file_choice, "ask_files", choose)
    desk.flow.start(incident)
    desk.answer_no()
    click(desk.see(CaptureDialog), "captureFileButton")
    desk.later()
    (item,) = desk.items(incident)
    assert (item.original_name, item.method) == ("message.eml", Method.PICKER)
    desk.finish()


def test_a_dropped_picture_is_dropped_again_after_the_answer(
    desk: Desk, incident: IncidentId
) -> None:
    desk.flow.expect_drop(incident)
    desk.answer_no()
    dialog = desk.see(CaptureDialog)
    assert isinstance(dialog, CaptureDialog)
    assert "once more" in _banner(dialog)
    offered = QMimeData()
    offered.setData("image/png", a_png())
    dialog.picture_dropped.emit(offered)
    desk.later()
    (item,) = desk.items(incident)
    assert item.method is Method.DROP
    desk.finish()


def test_a_picture_dropped_in_a_careful_incident_waits_for_its_answer(
    desk: Desk, careful: IncidentId
) -> None:
    copy_picture()
    desk.flow.start(careful)
    desk.answer_no()
    click(desk.see(CaptureDialog), "capturePasteButton")
    desk.later()
    dialog = desk.see(CaptureDialog)
    assert isinstance(dialog, CaptureDialog)
    offered = QMimeData()
    offered.setData("image/png", a_png())
    dialog.picture_dropped.emit(offered)
    desk.answer_no()
    assert "once more" in _banner(desk.see(CaptureDialog))
    desk.finish()


def test_only_one_session_at_a_time(desk: Desk, incident: IncidentId) -> None:
    desk.flow.start(incident)
    desk.see(GateDialog)
    desk.flow.start(incident)
    desk.flow.take_files(incident, [Path("a")], Method.DROP)
    desk.flow.expect_drop(incident)
    assert len(desk.window.findChildren(GateDialog)) == 1
    click(desk.see(GateDialog), "gateCancelButton")


def test_stopping_a_large_file_keeps_nothing(
    desk: Desk, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "video.bin", bytes(48 * 1024 * 1024))
    desk.flow.take_files(incident, [path], Method.DROP)
    click(desk.see(GateDialog), "gateNoButton")
    desk.wait(lambda: desk.seen(CaptureDialog) is not None)
    dialog = desk.seen(CaptureDialog)
    assert dialog
    dialog.reject()
    assert dialog.isVisible()
    desk.flow._on_stop_requested()
    desk.settle()
    if desk.items(incident):
        desk.later()
    else:
        assert "Nothing half done was kept" in _words(dialog)
    desk.finish()


@pytest.mark.parametrize("moment", ["gate", "dialog", "picker"])
def test_locking_ends_it(
    desk: Desk, incident: IncidentId, session: Session, qtbot: QtBot, moment: str
) -> None:
    desk.flow.start(incident)
    if moment != "gate":
        desk.answer_no()
        desk.see(CaptureDialog)
    if moment == "picker":
        click(desk.see(CaptureDialog), "capturePartButton")
        _picker(desk)
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert not desk.flow.is_running
    assert desk.window.isVisible()
    assert desk.seen(CaptureDialog) is None
    assert desk.seen(GateDialog) is None


def test_locking_while_the_screen_is_awaited_takes_nothing(
    desk: Desk, incident: IncidentId, session: Session, qtbot: QtBot
) -> None:
    desk.flow.start(incident)
    desk.answer_no()
    click(desk.see(CaptureDialog), "captureScreen1Button")
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert desk.window.isVisible()
    assert desk.flow._taker._waiting is False


def _picker(desk: Desk) -> RegionPicker:
    def found() -> list[RegionPicker]:
        return [
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, RegionPicker) and one.isVisible()
        ]

    desk.wait(lambda: bool(found()))
    return found()[0]


def _words(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def _banner(dialog: QDialog) -> str:
    banner = getattr(dialog, "banner")  # noqa: B009
    return str(banner.text)
