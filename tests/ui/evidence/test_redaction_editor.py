"""A picture is covered by mouse and by keyboard, looked at as it will be, and kept as PXS/1A."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.derivatives import Area, Shape
from desktop.domain.evidence.items import ItemKind
from desktop.ui.evidence.redaction_editor import (
    LOOK,
    NOTHING,
    RedactionEditor,
    can_be_drawn_on,
    start_redaction,
)
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.evidence_pieces import (
    CHANGED,
    a_pdf,
    a_png,
    spoil,
)
from tests.ui.copying import Bench
from tests.ui.handles import click, find


def open_editor(bench: Bench) -> RedactionEditor:
    start_redaction(bench.session, bench.item, bench.window)
    return bench.see(RedactionEditor)


def keep(bench: Bench, editor: RedactionEditor, why: str = "for the parents") -> None:
    click(editor, "redactionResultButton")
    bench.settle()
    find(editor, QLineEdit, "redactionReasonEdit").setText(why)
    click(editor, "redactionKeepButton")
    bench.settle()


def drag(editor: RedactionEditor, start: tuple[int, int], end: tuple[int, int]) -> None:
    zoom = editor.canvas.zoom
    first, last = (QPoint(round(x * zoom), round(y * zoom)) for x, y in (start, end))
    QTest.mousePress(editor.canvas, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(editor.canvas, (first + last) / 2)
    QTest.mouseMove(editor.canvas, last)
    QTest.mouseRelease(editor.canvas, Qt.MouseButton.LeftButton, pos=last)


@pytest.fixture
def bench(qtbot: QtBot, session: Session, perform: Perform, tmp_path: Path, themed: None) -> Bench:
    return Bench(qtbot, session, perform, tmp_path / "a.png", a_png(size=(400, 200)))


def test_one_box_by_mouse_becomes_a_redacted_copy(bench: Bench) -> None:
    editor = open_editor(bench)
    drag(editor, (100, 50), (200, 150))
    (mark,) = editor.canvas.plan.marks
    assert mark.shape is Shape.COVER
    keep(bench, editor)
    (copy,) = bench.copies()
    assert str(copy.mark) == "PXS/1A"
    assert copy.kind is ItemKind.REDACTED
    image = bench.picture(copy)
    assert image.getpixel((150, 100)) == (0, 0, 0)
    assert image.getpixel((50, 25)) == (0, 128, 128)
    assert "Kept as PXS/1A" in bench.window.banner.text
    assert bench.closed(RedactionEditor)


def test_the_whole_way_with_the_keyboard_alone(bench: Bench) -> None:
    editor = open_editor(bench)
    assert editor.canvas.hasFocus()
    QTest.keyClick(editor.canvas, Qt.Key.Key_Return)
    before = editor.canvas.plan.marks[0]
    QTest.keyClick(editor.canvas, Qt.Key.Key_Right)
    QTest.keyClick(editor.canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(editor.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    after = editor.canvas.plan.marks[0]
    assert (after.left, after.top) == (before.left + 10, before.top - 1)
    assert (after.right, after.bottom) == (before.right + 10, before.bottom + 9)
    find(editor, QPushButton, "redactionResultButton").setFocus()
    QTest.keyClick(editor.focusWidget(), Qt.Key.Key_Space)
    bench.settle()
    field = find(editor, QLineEdit, "redactionReasonEdit")
    assert field.hasFocus()
    QTest.keyClicks(field, "to work with")
    QTest.keyClick(field, Qt.Key.Key_Return)
    bench.settle()
    (copy,) = bench.copies()
    assert dict(copy.noted)["why"] == "to work with"


def test_the_copy_is_seen_as_it_will_be_before_it_is_kept(bench: Bench) -> None:
    editor = open_editor(bench)
    click(editor, "redactionResultButton")
    assert editor.banner.text == NOTHING
    drag(editor, (1, 1), (200, 190))
    click(editor, "redactionResultButton")
    bench.settle()
    assert editor._hint_label.text() == LOOK
    image = editor.preview.canvas.image
    assert image.pixelColor(100, 100).value() == 0
    assert image.pixelColor(300, 100).value() > 100
    click(editor, "redactionKeepButton")
    assert "why this copy is made" in editor.banner.text
    click(editor, "redactionBackButton")
    assert editor.canvas.isVisible()
    assert bench.copies() == []


def test_who_can_be_seen_is_kept_with_the_copy(bench: Bench) -> None:
    editor = open_editor(bench)
    drag(editor, (0, 0), (20, 20))
    assert editor.who
    (tag,) = [one for one in editor.who.findChildren(QPushButton) if "Riley" in one.text()]
    tag.click()
    find(editor, QLineEdit, "redactionOthersSeenEdit").setText("a passer-by")
    keep(bench, editor)
    (copy,) = bench.copies()
    assert len(copy.origin.people_seen) == 32
    assert copy.origin.others_seen == "a passer-by"


@pytest.mark.parametrize(
    ("tool", "kind"),
    [
        ("Frame", ItemKind.ANNOTATED),
        ("Arrow", ItemKind.ANNOTATED),
        ("Number", ItemKind.ANNOTATED),
        ("Crop", ItemKind.CROPPED),
    ],
)
def test_the_other_tools(bench: Bench, tool: str, kind: ItemKind) -> None:
    editor = open_editor(bench)
    click(editor, f"redactionTool{tool}Button")
    drag(editor, (40, 40), (140, 120))
    editor.grab()
    keep(bench, editor)
    (copy,) = bench.copies()
    assert copy.kind is kind
    assert bench.picture(copy).size == ((100, 80) if tool == "Crop" else (400, 200))


def count(editor: RedactionEditor) -> int:
    return len(editor.canvas.plan.marks)


def test_marks_are_chosen_moved_sized_removed_and_brought_back(bench: Bench) -> None:
    editor = open_editor(bench)
    canvas = editor.canvas
    drag(editor, (10, 10), (60, 60))
    drag(editor, (100, 100), (150, 150))
    assert count(editor) == 2
    drag(editor, (120, 120), (130, 125))
    assert canvas.plan.marks[1].area == (110, 105, 160, 155)
    drag(editor, (160, 155), (180, 165))
    assert canvas.plan.marks[1].area == (110, 105, 180, 165)
    QTest.keyClick(canvas, Qt.Key.Key_N)
    assert canvas.chosen == canvas.plan.marks[0]
    QTest.keyClick(canvas, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.chosen == canvas.plan.marks[1]
    canvas.grab()
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert count(editor) == 1
    click(editor, "redactionUndoButton")
    assert count(editor) == 2
    drag(editor, (30, 30), (31, 30))
    assert canvas.chosen == canvas.plan.marks[0]
    assert count(editor) == 2
    for _ in range(8):
        canvas.undo()
    assert canvas.plan.is_empty
    assert not find(editor, QPushButton, "redactionUndoButton").isEnabled()
    canvas.remove()
    canvas.choose_next()
    canvas.move_by(5, 5)
    assert canvas.plan.is_empty


def test_the_crop_moves_and_goes_with_the_keys(bench: Bench) -> None:
    editor = open_editor(bench)
    click(editor, "redactionToolCropButton")
    drag(editor, (50, 50), (150, 100))
    QTest.keyClick(editor.canvas, Qt.Key.Key_Left)
    assert editor.canvas.plan.crop == (40, 50, 140, 100)
    editor.canvas.move_by(-900, 0, resize=True)
    assert crop_of(editor) == (0, 50, 40, 100)
    click(editor, "redactionRemoveButton")
    assert crop_of(editor) is None


def crop_of(editor: RedactionEditor) -> Area | None:
    return editor.canvas.plan.crop


def test_it_is_made_larger_and_smaller(bench: Bench) -> None:
    editor = open_editor(bench)
    assert editor.canvas.zoom == 1
    click(editor, "redactionLargerButton")
    assert editor.canvas.zoom == 1.25
    drag(editor, (100, 50), (200, 150))
    assert editor.canvas.plan.marks[0].area == (100, 50, 200, 150)
    click(editor, "redactionSmallerButton")
    click(editor, "redactionSmallerButton")
    assert editor.canvas.zoom < 1
    editor.resize(editor.width() - 50, editor.height())
    click(editor, "redactionFitButton")
    assert editor.canvas.zoom == 1
    QTest.keyClick(editor.canvas, Qt.Key.Key_Q)


def test_what_was_drawn_outlasts_a_closed_window(bench: Bench) -> None:
    editor = open_editor(bench)
    drag(editor, (10, 10), (60, 60))
    editor.reject()
    bench.settle()
    again = open_editor(bench)
    assert again.canvas.plan.marks[0].area == (10, 10, 60, 60)
    assert "kept" in again.banner.text
    click(again, "redactionCancelButton")
    bench.settle()
    assert open_editor(bench).canvas.plan.is_empty


def test_a_lock_closes_it_and_keeps_what_was_drawn(bench: Bench, session: Session) -> None:
    editor = open_editor(bench)
    drag(editor, (10, 10), (60, 60))
    told = json.loads(find(editor, QPlainTextEdit, "redactionPlanEdit").toPlainText())
    assert list(told) == ["-1"]
    editor.canvas.wipe()
    assert editor.canvas.image.isNull()
    session.lock()
    bench.qtbot.waitUntil(lambda: not session.is_closing)
    assert bench.closed(RedactionEditor)


def test_pages_are_turned_and_each_gets_a_copy(
    qtbot: QtBot, session: Session, perform: Perform, tmp_path: Path
) -> None:
    bench = Bench(qtbot, session, perform, tmp_path / "a.pdf", a_pdf(pages=2))
    editor = open_editor(bench)
    drag(editor, (10, 10), (90, 90))
    click(editor, "redactionAfterButton")
    bench.settle()
    assert editor.canvas.plan.is_empty
    click(editor, "redactionToolFrameButton")
    drag(editor, (10, 10), (90, 90))
    click(editor, "redactionBeforeButton")
    bench.settle()
    assert editor.canvas.plan.marks[0].shape is Shape.COVER
    keep(bench, editor)
    assert [(str(one.mark), one.kind) for one in bench.copies()] == [
        ("PXS/1A", ItemKind.REDACTED),
        ("PXS/1B", ItemKind.ANNOTATED),
    ]


def test_a_page_may_become_a_picture_as_it_is(
    qtbot: QtBot, session: Session, perform: Perform, tmp_path: Path
) -> None:
    bench = Bench(qtbot, session, perform, tmp_path / "a.pdf", a_pdf(pages=2))
    keep(bench, open_editor(bench))
    (copy,) = bench.copies()
    assert dict(copy.noted)["what was done"] == "page 1 made into a picture"


def test_an_altered_original_is_said(bench: Bench, tmp_path: Path) -> None:
    spoil(tmp_path / "log", CHANGED)
    editor = open_editor(bench)
    assert "not what was entered" in editor.banner.text
    click(editor, "redactionCancelButton")
    assert bench.copies() == []


def test_it_is_offered_for_pictures_and_pages(bench: Bench) -> None:
    assert can_be_drawn_on(bench.item)
    assert can_be_drawn_on(replace(bench.item, media_type="application/pdf"))
    assert not can_be_drawn_on(replace(bench.item, media_type="image/svg+xml"))
    assert not can_be_drawn_on(replace(bench.item, media_type="text/plain"))


def test_a_mark_does_not_leave_the_picture_and_stays_in_view(bench: Bench) -> None:
    editor = open_editor(bench)
    drag(editor, (10, 10), (60, 60))
    for _ in range(60):
        QTest.keyClick(editor.canvas, Qt.Key.Key_Right)
    (mark,) = editor.canvas.plan.marks
    assert 300 < mark.left <= 400
    for _ in range(8):
        click(editor, "redactionLargerButton")
    QTest.keyClick(editor.canvas, Qt.Key.Key_Left)
    QTest.keyClick(editor.canvas, Qt.Key.Key_Left)
    (mark,) = editor.canvas.plan.marks
    seen = editor.canvas.visibleRegion().boundingRect()
    assert seen.left() <= mark.left * editor.canvas.zoom <= seen.right()
