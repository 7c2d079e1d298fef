"""The second question: what is inside is named, held back singly, and comes in or stays out."""

import io
import zipfile
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.items import EvidenceItem, ItemKind, ItemState, Method
from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.seal_item import seal_item
from desktop.operations.evidence.view_evidence import list_items
from desktop.ui.capture.gate_dialog import GateDialog
from desktop.ui.capture.gate_inside import InsideDialog
from desktop.ui.capture.stop_notice import StopNotice
from desktop.ui.capture.take_progress import TakeProgress
from tests.evidence_pieces import a_file, a_mail, a_pdf
from tests.ui.capture_desk import CaptureDesk, careful, desk, incident, words_of
from tests.ui.handles import click, find

__all__ = ["careful", "desk", "incident"]


def a_zip(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, f"content of {name}")
    return file.getvalue()


class Hand:
    """Drops files and answers both questions."""

    def __init__(self, desk: CaptureDesk, incident: IncidentId, folder: Path) -> None:
        self.desk = desk
        self.incident = incident
        self.folder = folder

    def drop(self, **files: bytes) -> None:
        paths = [
            a_file(self.folder, name.replace("_", "."), content) for name, content in files.items()
        ]
        self.desk.flow.take_files(self.incident, paths, Method.DROP)
        self.desk.answer_no()

    def question(self) -> InsideDialog:
        dialog = self.desk.see(InsideDialog)
        assert isinstance(dialog, InsideDialog)
        return dialog

    def hold_back(self, number: int) -> None:
        dialog = self.question()
        find(dialog, QCheckBox, f"holdBack{number}Box").setChecked(True)
        click(dialog, "gateNoButton")
        find(dialog, QPlainTextEdit, "heldBackWordsEdit").setPlainText("She says it is of her")
        click(dialog, "gateHoldBackButton")
        notice = self.desk.see(StopNotice)
        click(notice, "stopReadButton")

    def items(self) -> tuple[EvidenceItem, ...]:
        return self.desk.perform(partial(list_items, incident_id=self.incident))

    def states(self) -> list[tuple[str, ItemState]]:
        self.desk.settle()
        return [(item.original_name, item.state) for item in self.items()]


@pytest.fixture
def hand(desk: CaptureDesk, incident: IncidentId, tmp_path: Path) -> Hand:
    return Hand(desk, incident, tmp_path)


def test_what_is_inside_is_named_before_any_of_it_is_kept(hand: Hand) -> None:
    hand.drop(message_eml=a_mail())
    question = hand.question()
    words = words_of(question).replace("\u200b", "")
    assert "In message.eml" in words
    assert "photo.png" in words
    assert "Only the names below were read" in words
    assert hand.items() == ()
    click(question, "gateNoButton")
    hand.desk.later()
    kept = [item for item in hand.items() if item.inside_id is None]
    assert [item.kind for item in kept] == [ItemKind.MAIL]
    hand.desk.settle()


def test_a_mail_comes_in_without_what_is_held_back(hand: Hand) -> None:
    hand.drop(message_eml=a_mail())
    hand.hold_back(0)
    gate = hand.desk.see(GateDialog)
    assert "message.eml: headers and text alone" in words_of(gate).replace("\u200b", "")
    click(gate, "gateNoButton")
    hand.desk.later()
    states = {(item.method, item.state) for item in hand.items()}
    assert (Method.REDUCED, ItemState.KEPT) in states
    assert (Method.TYPED, ItemState.HELD_BACK) in states


def test_another_file_stays_out_whole(hand: Hand) -> None:
    hand.drop(chat_zip=a_zip("notes.txt", "photo.jpg"), note_pdf=a_pdf())
    hand.hold_back(1)
    hand.desk.answer_no()
    progress = hand.desk.see(TakeProgress)
    hand.desk.wait(lambda: "1 kept, 1 held back" in words_of(progress))
    assert ("", ItemState.HELD_BACK) in hand.states()
    assert ("note.pdf", ItemState.KEPT) in hand.states()
    assert all(name != "chat.zip" for name, _state in hand.states())
    click(progress, "takeCloseButton")


def test_nothing_held_back_lets_all_of_it_in(hand: Hand) -> None:
    hand.drop(chat_zip=a_zip("notes.txt", "photo.jpg"), note_pdf=a_pdf())
    click(hand.question(), "gateNoButton")
    progress = hand.desk.see(TakeProgress)
    hand.desk.wait(lambda: "Every file was kept" in words_of(progress))
    statements = hand.desk.perform(
        lambda workspace: workspace.log.evidence.statements(hand.incident)
    )
    assert [one.listed for one in statements] == [
        ("chat.zip", "note.pdf"),
        ("chat.zip", "chat.zip: notes.txt", "chat.zip: photo.jpg"),
    ]
    click(progress, "takeCloseButton")


def test_leaving_the_second_question_keeps_nothing(hand: Hand, qtbot: QtBot) -> None:
    hand.drop(message_eml=a_mail(), note_pdf=a_pdf())
    QTest.keyClick(hand.question(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: hand.desk.ended == [None])
    assert hand.items() == ()
    progress = hand.desk.see(TakeProgress)
    assert "2 stopped" in words_of(progress)
    click(progress, "takeCloseButton")


def test_in_a_careful_incident_each_file_is_asked_about_with_what_is_inside(
    desk: CaptureDesk, careful: IncidentId, tmp_path: Path
) -> None:
    hand = Hand(desk, careful, tmp_path)
    hand.drop(note_pdf=a_pdf(), message_eml=a_mail())
    desk.answer_no()
    click(hand.question(), "gateNoButton")
    progress = desk.see(TakeProgress)
    desk.wait(lambda: "Every file was kept" in words_of(progress))
    statements = desk.perform(lambda workspace: workspace.log.evidence.statements(careful))
    assert [one.listed for one in statements][1:] == [
        ("note.pdf",),
        ("message.eml",),
        ("message.eml", "message.eml: photo.png"),
    ]
    click(progress, "takeCloseButton")


def test_several_files_in_a_session_have_an_answer_of_their_own(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path
) -> None:
    desk.flow.start(incident)
    desk.answer_no()
    ways = desk.ways()
    paths = [a_file(tmp_path, name, name.encode()) for name in ("one.txt", "two.txt")]
    ways.files_dropped.emit(paths)
    gate = desk.see(GateDialog)
    assert "two.txt" in words_of(gate).replace("\u200b", "")
    click(gate, "gateNoButton")
    progress = desk.see(TakeProgress)
    desk.wait(lambda: "Every file was kept" in words_of(progress))
    desk.wait(lambda: progress.isActiveWindow() and ways.isVisible())
    statements = desk.perform(lambda workspace: workspace.log.evidence.statements(incident))
    assert [one.listed for one in statements][1:] == [("one.txt", "two.txt")]
    assert desk.flow._run.statement_id == statements[0].id
    click(progress, "takeCloseButton")
    desk.finish()


def test_one_file_that_stays_out_whole_leaves_the_session_usable(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path
) -> None:
    desk.flow.start(incident)
    desk.answer_no()
    ways = desk.ways()
    hand = Hand(desk, incident, tmp_path)
    ways.files_dropped.emit([a_file(tmp_path, "files.zip", a_zip("photo.jpg"))])
    hand.hold_back(0)
    desk.finish()
    assert [item.state for item in hand.items()] == [ItemState.HELD_BACK]


def test_leaving_the_question_about_one_file_leaves_the_session_usable(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path
) -> None:
    desk.flow.start(incident)
    desk.answer_no()
    desk.ways().files_dropped.emit([a_file(tmp_path, "message.eml", a_mail())])
    QTest.keyClick(desk.see(InsideDialog), Qt.Key.Key_Escape)
    desk.finish()
    assert desk.items(incident) == ()


def test_what_was_sealed_is_recognised_and_stops(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "one.txt", b"the same")
    desk.flow.take_files(incident, [path], Method.DROP)
    desk.answer_no()
    desk.later()
    desk.finish()
    (item,) = desk.items(incident)
    desk.perform(partial(seal_item, item_id=item.id, reason="told so"))
    desk.flow.take_files(incident, [path], Method.DROP)
    desk.answer_no()
    notice = desk.see(StopNotice)
    assert "known from something that was sealed" in words_of(notice)
    click(notice, "stopReadButton")
    desk.settle()
    states = {one.state for one in desk.items(incident)}
    assert states == {ItemState.SEALED, ItemState.HELD_BACK}
    desk.finish()


def test_mails_of_one_name_are_held_back_each_for_itself(hand: Hand) -> None:
    for name in ("first", "second"):
        (hand.folder / name).mkdir()
        a_file(hand.folder / name, "message.eml", a_mail(name))
    paths = [hand.folder / name / "message.eml" for name in ("first", "second")]
    hand.desk.flow.take_files(hand.incident, paths, Method.DROP)
    hand.desk.answer_no()
    names = [file.name for file in hand.question().files]
    assert names == ["first/message.eml", "second/message.eml"]
    hand.hold_back(0)
    while hand.desk.seen(GateDialog):
        hand.desk.answer_no()
        hand.desk.settle()
    methods = [(item.original_name, item.method) for item in hand.items()]
    assert methods == [
        ("", Method.TYPED),
        ("message.eml", Method.REDUCED),
        ("message.eml", Method.DROP),
        ("photo.png", Method.INSIDE),
    ]
    click(hand.desk.see(TakeProgress), "takeCloseButton")
