"""A capture session: the gate, then the content, which is safe before anything is asked."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.items import ItemKind, ItemState, Method
from desktop.domain.identifiers import IncidentId
from desktop.ui.capture.capture_dialog import CaptureDialog
from desktop.ui.capture.capture_run import SESSION
from desktop.ui.capture.colleague_question import ColleagueDialog
from desktop.ui.capture.gate_dialog import GateDialog
from desktop.ui.capture.origin_form import OriginForm
from desktop.ui.capture.stop_notice import StopNotice
from desktop.ui.session import Session
from tests.evidence_pieces import a_png
from tests.ui.capture_desk import (
    CaptureDesk,
    banner_of,
    careful,
    copy_picture,
    desk,
    incident,
    words_of,
)
from tests.ui.handles import click, find

__all__ = ["careful", "desk", "incident"]


def test_whole_screen_is_kept_before_anything_is_asked(
    desk: CaptureDesk, incident: IncidentId, qtbot: QtBot
) -> None:
    desk.flow.start(incident)
    desk.answer_no()
    dialog = desk.ways()
    click(dialog, "captureScreen1Button")
    assert not desk.window.isVisible()
    form = desk.see(OriginForm)
    assert not desk.window.isVisible(), "what the form asks for stands in the browser behind it"
    (item,) = desk.items(incident)
    assert (item.kind, item.method) == (ItemKind.SCREEN, Method.SCREEN_CAPTURE)
    assert item.media_type == "image/png"
    assert item.state is ItemState.KEPT
    assert form.isVisible()
    desk.later()
    assert "PXS/1 is kept, unchanged" in words_of(desk.bar())
    desk.finish_bar()
    assert desk.window.isVisible()
    assert desk.ended == [incident]
    assert not desk.flow.is_running


def test_part_of_the_screen_by_keyboard(desk: CaptureDesk, incident: IncidentId) -> None:
    desk.flow.start(incident)
    desk.answer_no()
    picker = desk.picker()
    QTest.keyClick(picker, Qt.Key.Key_Right)
    QTest.keyClick(picker, Qt.Key.Key_Return)
    desk.later()
    (item,) = desk.items(incident)
    assert item.kind is ItemKind.SCREEN_REGION
    assert dict(item.noted)["Screen"].endswith("(the only screen)")
    desk.finish_bar()


def test_leaving_the_picker_leads_to_the_bar(desk: CaptureDesk, incident: IncidentId) -> None:
    desk.flow.start(incident)
    desk.answer_no()
    QTest.keyClick(desk.picker(), Qt.Key.Key_Escape)
    bar = desk.bar()
    assert "Nothing was taken" in words_of(bar)
    assert not desk.window.isVisible()
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert bar.isVisible()
    desk.finish_bar()
    assert desk.window.isVisible()
    assert desk.items(incident) == ()


def test_from_today_a_new_incident_is_started(desk: CaptureDesk) -> None:
    copy_picture()
    desk.flow.start(None)
    desk.somebody_else()
    desk.answer_no()
    click(desk.ways(), "capturePasteButton")
    desk.later()
    desk.finish()
    (incident,) = desk.ended
    assert len(desk.items(IncidentId(str(incident)))) == 1


def test_clipboard_is_not_read_before_the_answer(desk: CaptureDesk, incident: IncidentId) -> None:
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
    click(desk.ways(), "capturePasteButton")
    desk.later()
    # The same blue pixels came in twice: what was read was there after the answer.
    assert "The same content as PXS/1" in words_of(desk.see(CaptureDialog))
    desk.finish()


def test_pasted_png_is_kept_byte_for_byte(desk: CaptureDesk, incident: IncidentId) -> None:
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


def test_nothing_on_the_clipboard_is_said(desk: CaptureDesk, incident: IncidentId) -> None:
    QGuiApplication.clipboard().setText("words")
    desk.flow.paste(incident)
    assert not desk.flow.is_running
    desk.flow.start(incident)
    desk.answer_no()
    dialog = desk.ways()
    click(dialog, "capturePasteButton")
    assert "no picture on the clipboard" in banner_of(dialog)
    desk.finish()


def test_a_picture_gone_from_the_clipboard_is_said(
    desk: CaptureDesk, incident: IncidentId
) -> None:
    copy_picture()
    desk.flow.paste(incident)
    desk.see(GateDialog)
    QGuiApplication.clipboard().setText("words")
    desk.answer_no()
    assert "no picture on the clipboard" in banner_of(desk.see(CaptureDialog))
    desk.finish()


def test_not_sure_holds_back_and_ends(desk: CaptureDesk, incident: IncidentId) -> None:
    copy_picture()
    desk.flow.paste(incident)
    desk.hold_back("She says it is of her")
    assert desk.ended == [incident]
    (item,) = desk.items(incident)
    assert item.state is ItemState.HELD_BACK


def test_careful_incident_asks_for_each_thing(desk: CaptureDesk, careful: IncidentId) -> None:
    copy_picture()
    desk.flow.start(careful)
    desk.answer_no()
    click(desk.ways(), "capturePasteButton")
    desk.later()
    click(desk.see(CaptureDialog), "capturePasteButton")
    gate = desk.see(GateDialog)
    assert "A picture from the clipboard" in words_of(gate)
    click(gate, "gateCancelButton")
    click(desk.see(CaptureDialog), "captureScreen1Button")
    desk.answer_no()
    desk.later()
    click(desk.bar(), "barScreen1Button")
    assert "A whole screen" in words_of(desk.see(GateDialog))
    desk.answer_no()
    desk.wait(lambda: len(desk.items(careful)) == 4)
    kinds = [item.kind for item in desk.items(careful)]
    screens = [ItemKind.SCREEN, ItemKind.SCREEN]
    assert kinds == [ItemKind.DESCRIPTION, ItemKind.PICTURE, *screens]
    click(desk.bar(), "barScreen1Button")
    desk.hold_back()
    desk.finish_bar()
    assert len(desk.items(careful)) == 5


def test_leaving_the_gate_comes_back_to_the_bar(desk: CaptureDesk, careful: IncidentId) -> None:
    desk.flow.start(careful)
    desk.answer_no()
    QTest.keyClick(desk.picker(), Qt.Key.Key_Return)
    desk.later()
    click(desk.bar(), "barPartButton")
    click(desk.see(GateDialog), "gateCancelButton")
    assert len(desk.items(careful)) == 2
    desk.finish_bar()


def test_cancelling_the_gate_ends_without_a_trace(desk: CaptureDesk, incident: IncidentId) -> None:
    desk.flow.start(incident)
    click(desk.see(GateDialog), "gateCancelButton")
    assert desk.ended == [incident]
    assert desk.perform(lambda workspace: workspace.log.evidence.statements(incident)) == []


def test_only_one_session_at_a_time(desk: CaptureDesk, incident: IncidentId) -> None:
    desk.flow.start(incident)
    desk.see(GateDialog)
    desk.flow.start(incident)
    desk.flow.take_files(incident, [Path("a")], Method.DROP)
    desk.flow.expect_drop(incident)
    assert len(desk.window.findChildren(GateDialog)) == 1
    click(desk.see(GateDialog), "gateCancelButton")


@pytest.mark.parametrize("moment", ["gate", "dialog", "picker", "bar", "form"])
def test_locking_ends_it(
    desk: CaptureDesk, incident: IncidentId, session: Session, qtbot: QtBot, moment: str
) -> None:
    desk.flow.start(incident)
    if moment != "gate":
        desk.answer_no()
        desk.picker()
    if moment == "dialog":
        desk.ways()
    if moment == "bar":
        QTest.keyClick(desk.picker(), Qt.Key.Key_Escape)
        desk.bar()
    if moment == "form":
        QTest.keyClick(desk.picker(), Qt.Key.Key_Return)
        desk.see(OriginForm)
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert not desk.flow.is_running
    assert desk.window.isVisible()
    assert desk.seen(CaptureDialog) is None
    assert desk.seen(GateDialog) is None
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [desk.window]


def test_locking_while_the_screen_is_awaited_takes_nothing(
    desk: CaptureDesk, incident: IncidentId, session: Session, qtbot: QtBot
) -> None:
    desk.flow.start(incident)
    desk.answer_no()
    click(desk.ways(), "captureScreen1Button")
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert desk.window.isVisible()
    assert not desk.flow.screen.taker.is_busy


def test_a_new_incident_is_asked_about_before_the_gate(desk: CaptureDesk) -> None:
    desk.flow.start(None)
    dialog = desk.see(ColleagueDialog)
    assert desk.seen(GateDialog) is None
    named: list[bool] = []
    desk.flow.colleague_named.connect(lambda: named.append(True))
    click(dialog, "colleagueYesButton")
    desk.settle()
    assert named == [True]
    assert desk.ended == [None]
    assert not desk.flow.is_running
    assert desk.seen(GateDialog) is None


def test_leaving_the_question_leaves_everything(desk: CaptureDesk) -> None:
    desk.flow.start(None)
    QTest.keyClick(desk.see(ColleagueDialog), Qt.Key.Key_Escape)
    desk.settle()
    assert not desk.flow.is_running
    assert desk.seen(GateDialog) is None


def test_an_incident_that_is_there_is_not_asked_about(
    desk: CaptureDesk, incident: IncidentId
) -> None:
    desk.flow.start(incident)
    desk.see(GateDialog)
    assert desk.seen(ColleagueDialog) is None
    click(desk.see(GateDialog), "gateCancelButton")


@pytest.mark.parametrize("as_picture", [False, True])
def test_the_stop_says_in_the_keyholders_words_what_was_held_back(
    desk: CaptureDesk, incident: IncidentId, as_picture: bool
) -> None:
    copy_picture()
    (desk.flow.paste if as_picture else desk.flow.start)(incident)
    gate = desk.see(GateDialog)
    click(gate, "gateYesButton")
    find(gate, QPlainTextEdit, "heldBackWordsEdit").setPlainText("A photo,\nsays her friend")
    click(gate, "gateHoldBackButton")
    notice = desk.see(StopNotice)
    named = "A picture from the clipboard: " if as_picture else ""
    assert f"Held back: {named}A photo, says her friend\n" in words_of(notice)
    assert SESSION not in words_of(notice)
    click(notice, "stopReadButton")
    desk.settle()
