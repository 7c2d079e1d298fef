"""Bytes are listed a page at a time, from memory or from the log."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.errors import NotFound
from desktop.operations.evidence import view_evidence
from desktop.ui.evidence.viewer_hex import HexView, NotShownView
from tests.evidence_pieces import a_png
from tests.ui.handles import click, find
from tests.ui.looks import Look, of, words

CONTENT = bytes(range(256)) * 40


def first_line(view: HexView) -> str:
    return view.words_edit.toPlainText().splitlines()[0]


@of("a.bin", CONTENT)
def test_pages_are_turned(look: Look) -> None:
    viewer = look.open()
    view = viewer.view
    assert isinstance(view, HexView)
    assert "bytes 1 to 4,096 of 10,240" in words(view)
    assert first_line(view).startswith("0000000000  00 01 02 03")
    click(viewer, "hexNextButton")
    assert first_line(view).startswith("0000001000  00 01")
    QTest.keyClick(view, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert view.page == 2
    assert "bytes 8,193 to 10,240 of 10,240" in words(view)
    QTest.keyClick(view, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert view.page == 2
    click(viewer, "hexEarlierButton")
    view.page_spin.setValue(1)
    assert view.page == 0
    view.wipe()
    assert view.words_edit.toPlainText() == ""
    viewer.accept()


@of("a.bin", CONTENT)
def test_what_is_too_large_for_memory_is_read_piece_by_piece(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view_evidence, "SHOWN_BYTES", 100)
    viewer = look.open()
    assert isinstance(viewer.view, NotShownView)
    assert "it is too large" in words(viewer)
    click(viewer, "viewerBytesButton")
    look.settle()
    view = find(viewer, HexView, "viewerHexView")
    assert first_line(view).startswith("0000000000  00 01")
    click(viewer, "hexNextButton")
    click(viewer, "hexNextButton")
    look.settle()
    assert first_line(view).startswith("0000002000  00 01")
    assert len(view.words_edit.toPlainText().splitlines()) == 128
    viewer.accept()


@of("a.png", a_png()[:50])
def test_a_broken_picture_can_be_looked_at_byte_by_byte(look: Look) -> None:
    viewer = look.open()
    assert "kept byte for byte, but" in words(viewer)
    click(viewer, "viewerBytesButton")
    view = find(viewer, HexView, "viewerHexView")
    assert ".PNG" in first_line(view)
    assert "bytes 1 to 50 of 50" in words(view)
    view._on_error(NotFound("content"))
    assert viewer.banner.text
    viewer.accept()
