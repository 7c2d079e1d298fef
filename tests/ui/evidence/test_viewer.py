"""Items are looked at from memory: pictures, pages, mail, text, bytes."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.shown import Picture
from desktop.domain.log.custody import Action
from desktop.ui.evidence.viewer_hex import HexView
from desktop.ui.evidence.viewer_mail import MailContentView
from desktop.ui.evidence.viewer_pages import PagesView
from desktop.ui.evidence.viewer_picture import LARGEST, SMALLEST, PictureView, as_image
from desktop.ui.evidence.viewer_words import WordsView
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.evidence_pieces import CHANGED, a_pdf, a_png, spoil
from tests.ui.handles import click
from tests.ui.looks import Look, of, words


@of("a.png", a_png(size=(2000, 1000)))
def test_picture_fits_and_is_enlarged(look: Look, perform: Perform) -> None:
    viewer = look.open()
    view = viewer.view
    assert isinstance(view, PictureView)
    assert view.zoom < 1
    assert view.canvas.width() <= view.width()
    click(viewer, "viewerActualButton")
    assert view.canvas.size() == QSize(2000, 1000)
    QTest.keyClick(view, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == 1.25
    click(viewer, "viewerSmallerButton")
    assert view.zoom == 1
    for _ in range(30):
        click(viewer, "viewerLargerButton")
    assert view.zoom == LARGEST
    viewer.grab()
    for _ in range(50):
        click(viewer, "viewerSmallerButton")
    assert view.zoom == SMALLEST
    viewer.resize(500, 400)
    assert view.zoom == SMALLEST
    click(viewer, "viewerFitButton")
    viewer.resize(700, 500)
    assert view.zoom > SMALLEST
    assert "Unchanged since it was entered, checked 20 Nov 2026, 09:30" in words(viewer)
    assert look.item.fingerprint
    assert look.item.fingerprint.sha256 in words(viewer)
    entries = perform(lambda workspace: workspace.log.custody.about([look.item.id]))
    assert [entry.action for entry, _ in entries] == [Action.ITEM_ADDED, Action.ITEM_VIEWED]
    click(viewer, "viewerCloseButton")
    assert not viewer.isVisible()


@of("a.pdf", a_pdf(pages=3))
def test_pages_are_turned(look: Look) -> None:
    viewer = look.open()
    view = viewer.view
    assert isinstance(view, PagesView)
    assert "Page 1 of 3" in words(view)
    look.settle()
    assert view.canvas.image.size() == QSize(600, 800)
    click(viewer, "viewerNextButton")
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    look.settle()
    assert view.page == 2
    click(viewer, "viewerActualButton")
    click(viewer, "viewerEarlierButton")
    look.settle()
    assert view.page == 1
    assert view.zoom == 1
    view.page_spin.setValue(3)
    view.page_spin.setValue(1)
    look.settle()
    assert view.page == 0
    assert "Page 1 of 3" in words(view)
    viewer.accept()


@of("a.eml", b"From: a@example.net\nTo: b@example.org\nReply-To: other@example.com\n\nhi")
def test_mail_is_shown_in_parts(look: Look) -> None:
    viewer = look.open()
    view = viewer.view
    assert isinstance(view, MailContentView)
    assert view.words_view.isReadOnly()
    assert "Reply-To: other@example.com" in view.words_view.toPlainText()
    viewer.accept()


@of("a.txt", b"words\nand more")
def test_text_is_words(look: Look) -> None:
    viewer = look.open()
    assert isinstance(viewer.view, WordsView)
    assert viewer.view.toPlainText() == "words\nand more"
    viewer.accept()


@of("a.bin", bytes(range(256)) * 40)
def test_bytes_are_listed(look: Look) -> None:
    viewer = look.open()
    assert isinstance(viewer.view, HexView)
    assert viewer.view.words_edit.toPlainText().startswith("0000000000  00 01 02")
    viewer.accept()


@of("a.png", a_png()[:50])
def test_what_cannot_be_shown_is_said(look: Look) -> None:
    viewer = look.open()
    assert "kept byte for byte, but it cannot be read" in words(viewer)
    viewer.accept()


@of("a.png", a_png())
def test_altered_content_is_not_shown(look: Look, tmp_path: Path) -> None:
    spoil(tmp_path / "log", CHANGED)
    viewer = look.open()
    assert viewer.view is None
    assert "The content of PXS/1 is not what was entered" in viewer.banner.text
    viewer.accept()


@of("a.png", a_png())
def test_it_closes_when_the_log_locks(look: Look, session: Session, qtbot: QtBot) -> None:
    viewer = look.open()
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert not viewer.isVisible()


@of("a.pdf", a_pdf())
def test_a_page_that_cannot_be_drawn_is_said(look: Look, session: Session, qtbot: QtBot) -> None:
    view = PagesView(session, b"%PDF- broken", 2, "PXS/1", look.window)
    view.show()
    look.settle()
    assert view.canvas.image.isNull()


def test_as_image_owns_its_memory() -> None:
    image = as_image(Picture(2, 1, bytes((255, 0, 0, 255, 0, 0, 255, 255))))
    assert image.pixelColor(0, 0).red() == 255
    assert image.pixelColor(1, 0).blue() == 255
