"""Files that are chosen or dropped: the gate first, then each is kept or its refusal is said."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QCheckBox, QDialog, QPlainTextEdit, QWidget

from desktop.domain.evidence.gate import GateAnswer
from desktop.domain.evidence.items import ItemKind, ItemState, Method
from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.make_statement import correct_statement
from desktop.ui import file_choice
from desktop.ui.capture.capture_dialog import CaptureDialog
from desktop.ui.capture.file_words import NO_FILE, TOO_MANY
from desktop.ui.capture.gate_dialog import GateDialog
from desktop.ui.capture.origin_form import OriginForm
from desktop.ui.capture.stop_notice import StopNotice
from desktop.ui.capture.take_progress import TakeProgress
from tests.conftest import Perform
from tests.evidence_pieces import a_file, a_pdf, a_png
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


MAIL = b"\r\n".join(
    (
        b"From: Night Owl <nightowl@example.net>",
        b"To: learner@example.org",
        b"Date: Thu, 19 Nov 2026 21:14:00 +0000",
        b"Message-ID: <1@example.net>",
        b"Subject: you will see",
        b"",
        b"You will see.",
    )
)


def listed(progress: QDialog) -> list[str]:
    assert isinstance(progress, TakeProgress)
    return [line.text for line in progress.lines.lines()]


def test_files_are_listed_before_they_are_read(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path
) -> None:
    paths = [a_file(tmp_path, "message.eml", MAIL), a_file(tmp_path, "notice.pdf", a_pdf())]
    begun: list[object] = []
    desk.flow.batch_begun.connect(begun.append)
    desk.flow.take_files(incident, paths, Method.DROP)
    words = words_of(desk.see(GateDialog)).replace("\u200b", "")
    assert "message.eml" in words
    assert "notice.pdf" in words
    assert desk.items(incident) == ()
    desk.answer_no()
    progress = desk.see(TakeProgress)
    desk.wait(lambda: len(desk.items(incident)) == 2)
    desk.settle()
    assert "wait on Today" in words_of(progress)
    kinds = [item.kind for item in desk.items(incident)]
    assert kinds == [ItemKind.MAIL, ItemKind.PDF]
    assert desk.seen(OriginForm) is None
    assert (begun, desk.ended) == ([incident], [None])
    click(progress, "takeCloseButton")


def test_one_file_held_back_leaves_the_rest_to_be_asked_singly(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path
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
    click(desk.see(TakeProgress), "takeCloseButton")
    assert desk.ended == [None]


def test_file_that_cannot_be_read_is_said_and_the_next_goes_on(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path
) -> None:
    paths = [tmp_path / "gone.eml", a_file(tmp_path, "message.eml", MAIL)]
    desk.flow.take_files(incident, paths, Method.DROP)
    desk.answer_no()
    desk.wait(lambda: len(desk.items(incident)) == 1)
    desk.settle()
    progress = desk.see(TakeProgress)
    assert "1 kept, 1 not kept" in words_of(progress)
    gone, kept = listed(progress)
    assert "gone.eml cannot be opened" in gone
    assert "message.eml: PXS/1, kept, unchanged" in kept
    click(progress, "takeCloseButton")


def test_file_that_is_another_than_the_one_named_stays_out(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "a.png", a_png())
    desk.flow.take_files(incident, [path], Method.DROP)
    desk.see(GateDialog)
    a_file(tmp_path, "other.png", a_png("red")).rename(path)
    desk.answer_no()
    dialog = desk.see(CaptureDialog)
    desk.wait(lambda: "changed while it was being added" in words_of(dialog))
    assert desk.items(incident) == ()


def test_an_answer_that_no_longer_holds_is_asked_again(
    desk: CaptureDesk, incident: IncidentId, perform: Perform
) -> None:
    copy_picture()
    desk.flow.start(incident)
    desk.answer_no()
    dialog = desk.ways()
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
    desk.wait(lambda: "question comes before" in words_of(dialog))
    assert all(item.state is not ItemState.KEPT for item in desk.items(incident))
    click(desk.see(CaptureDialog), "capturePasteButton")
    desk.answer_no()
    desk.later()
    desk.finish()


def test_a_single_missing_file_is_said_in_words(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path
) -> None:
    desk.flow.take_files(incident, [tmp_path / "gone.eml"], Method.DROP)
    desk.answer_no()
    dialog = desk.see(CaptureDialog)
    desk.wait(lambda: "gone.eml cannot be opened" in words_of(dialog))
    desk.finish()


def test_a_file_can_be_chosen(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_file(tmp_path, "message.eml", MAIL)

    def choose(_owner: QWidget, _title: str, on_chosen: Callable[[Sequence[Path]], None]) -> None:
        on_chosen([path])

    monkeypatch.setattr(file_choice, "ask_files", choose)
    desk.flow.start(incident)
    desk.answer_no()
    click(desk.ways(), "captureFileButton")
    desk.later()
    (item,) = desk.items(incident)
    assert (item.original_name, item.method) == ("message.eml", Method.PICKER)
    desk.finish()


def test_a_dropped_picture_is_dropped_again_after_the_answer(
    desk: CaptureDesk, incident: IncidentId
) -> None:
    desk.flow.expect_drop(incident)
    desk.answer_no()
    dialog = desk.see(CaptureDialog)
    assert isinstance(dialog, CaptureDialog)
    assert "once more" in banner_of(dialog)
    offered = QMimeData()
    offered.setData("image/png", a_png())
    dialog.picture_dropped.emit(offered)
    desk.later()
    (item,) = desk.items(incident)
    assert item.method is Method.DROP
    desk.finish()


def test_a_picture_dropped_in_a_careful_incident_waits_for_its_answer(
    desk: CaptureDesk, careful: IncidentId
) -> None:
    copy_picture()
    desk.flow.start(careful)
    desk.answer_no()
    click(desk.ways(), "capturePasteButton")
    desk.later()
    dialog = desk.see(CaptureDialog)
    assert isinstance(dialog, CaptureDialog)
    offered = QMimeData()
    offered.setData("image/png", a_png())
    dialog.picture_dropped.emit(offered)
    desk.answer_no()
    assert "once more" in banner_of(desk.see(CaptureDialog))
    desk.finish()


def test_stopping_a_large_file_keeps_nothing(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path
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
        assert "Nothing half done was kept" in words_of(dialog)
    desk.finish()


def test_a_folder_is_listed_by_the_names_in_it(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path
) -> None:
    inner = tmp_path / "phone" / "DCIM"
    inner.mkdir(parents=True)
    for name in ("one.txt", "two.txt"):
        a_file(inner, name, name.encode())
    (tmp_path / "phone" / "link").symlink_to(inner / "one.txt")
    desk.flow.take_files(incident, [tmp_path / "phone"], Method.DROP)
    gate = desk.see(GateDialog)
    assert "DCIM/one.txt" in words_of(gate).replace("\u200b", "")
    click(gate, "gateNoButton")
    progress = desk.see(TakeProgress)
    desk.wait(lambda: "Every file was kept" in words_of(progress))
    assert "1 left out that is no plain file" in banner_of(progress)
    assert [(item.original_name, item.method) for item in desk.items(incident)] == [
        ("one.txt", Method.FOLDER),
        ("two.txt", Method.FOLDER),
    ]
    click(progress, "takeCloseButton")


def test_several_folders_can_be_dropped_beside_files(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path
) -> None:
    for name in ("phone", "tablet"):
        (tmp_path / name).mkdir()
        a_file(tmp_path / name, "one.txt", name.encode())
    letter = a_file(tmp_path, "letter.txt", b"words")
    dropped = [tmp_path / "phone", letter, tmp_path / "tablet"]
    desk.flow.take_files(incident, dropped, Method.DROP)
    gate = desk.see(GateDialog)
    words = words_of(gate).replace("\u200b", "")
    assert "phone/one.txt" in words
    assert "tablet/one.txt" in words
    click(gate, "gateNoButton")
    progress = desk.see(TakeProgress)
    desk.wait(lambda: "Every file was kept" in words_of(progress))
    assert [(item.original_name, item.method) for item in desk.items(incident)] == [
        ("one.txt", Method.FOLDER),
        ("letter.txt", Method.DROP),
        ("one.txt", Method.FOLDER),
    ]
    click(progress, "takeCloseButton")


def test_a_folder_can_be_chosen(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "phone"
    folder.mkdir()
    a_file(folder, "message.eml", MAIL)

    def choose(_owner: QWidget, _title: str, on_chosen: Callable[[Path], None]) -> None:
        on_chosen(folder)

    monkeypatch.setattr(file_choice, "ask_folder_unread", choose)
    desk.flow.start(incident)
    desk.answer_no()
    click(desk.ways(), "captureFolderButton")
    desk.later()
    (item,) = desk.items(incident)
    assert (item.original_name, item.method) == ("message.eml", Method.FOLDER)
    desk.finish()


def test_an_empty_folder_is_said(desk: CaptureDesk, incident: IncidentId, tmp_path: Path) -> None:
    told: list[str] = []
    desk.flow._files.told.connect(told.append)
    (tmp_path / "empty").mkdir()
    desk.flow.take_files(incident, [tmp_path / "empty"], Method.DROP)
    desk.wait(lambda: bool(told))
    assert told == [NO_FILE]
    assert desk.ended == [incident]


def test_more_than_two_hundred_are_refused_before_anything_is_asked(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path
) -> None:
    told: list[str] = []
    desk.flow._files.told.connect(told.append)
    desk.flow.take_files(incident, [tmp_path / f"{one}.txt" for one in range(201)], Method.DROP)
    assert told == [TOO_MANY.format(most=200, count=201)]
    assert desk.ended == [incident]
    assert desk.seen(GateDialog) is None


def test_a_batch_can_be_stopped_and_keeps_what_was_kept(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path
) -> None:
    paths = [a_file(tmp_path, f"{one}.bin", bytes([one]) * (8 << 20)) for one in range(6)]
    desk.flow.take_files(incident, paths, Method.DROP)
    click(desk.see(GateDialog), "gateNoButton")
    desk.wait(lambda: desk.seen(TakeProgress) is not None)
    progress = desk.seen(TakeProgress)
    assert progress
    click(progress, "takeStopButton")
    desk.wait(lambda: "What came of it" in words_of(progress))
    desk.settle()
    kept = len(desk.items(incident))
    assert kept < 6
    assert f"{6 - kept} stopped" in words_of(progress)
    click(progress, "takeCloseButton")
    assert desk.ended == [None]


def test_a_second_batch_brings_the_first_into_view(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path
) -> None:
    paths = [a_file(tmp_path, f"{one}.bin", bytes([one]) * (4 << 20)) for one in range(3)]
    desk.flow.take_files(incident, paths, Method.DROP)
    click(desk.see(GateDialog), "gateNoButton")
    desk.wait(lambda: desk.seen(TakeProgress) is not None)
    progress = desk.seen(TakeProgress)
    assert progress
    desk.flow.take_files(incident, paths, Method.DROP)
    assert desk.seen(GateDialog) is None
    desk.wait(lambda: "Every file was kept" in words_of(progress))
    click(progress, "takeCloseButton")


def test_a_lock_closes_the_list_and_tells_what_was_not_begun(
    desk: CaptureDesk, incident: IncidentId, tmp_path: Path
) -> None:
    paths = [a_file(tmp_path, f"{one}.bin", bytes([one]) * (4 << 20)) for one in range(3)]
    desk.flow.take_files(incident, paths, Method.DROP)
    click(desk.see(GateDialog), "gateNoButton")
    desk.wait(lambda: desk.seen(TakeProgress) is not None)
    desk.session.lock()
    assert desk.seen(TakeProgress) is None
    desk.settle()
