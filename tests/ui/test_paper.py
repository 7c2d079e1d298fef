"""A paper is printed page for page, or saved; the recovery sheet comes with its warning."""

from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.log.recovery import SECRET_BYTES, recovery_key_text
from desktop.operations.leaving.make_papers import (
    RECOVERY_SHEET,
    REGISTER_PAGE,
    make_recovery_sheet,
)
from desktop.ui.paper import PaperDialog, _new_printer, offer_paper, put_on_printer
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.export.papers import check_with_qpdf, pages_of
from tests.ui.handles import click, find

KEY = recovery_key_text(bytes(range(SECRET_BYTES)))


@pytest.fixture
def sheet(clock: FrozenClock) -> bytes:
    return make_recovery_sheet("Example Training", Path("here"), KEY, "", clock.now())


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(900, 600)
    widget.show()
    return widget


@pytest.fixture
def dialog(owner: QWidget, session: Session, sheet: bytes) -> PaperDialog:
    return offer_paper(owner, session, RECOVERY_SHEET, sheet)


def pdf_printer(path: Path) -> QPrinter:
    printer = _new_printer("a test")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def words_of(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_what_is_printed_is_the_sheet_page_for_page(
    dialog: PaperDialog, qtbot: QtBot, tmp_path: Path, sheet: bytes
) -> None:
    path = tmp_path / "printed.pdf"
    dialog.print_on(pdf_printer(path))
    assert not dialog.print_button.isEnabled()
    qtbot.waitUntil(lambda: dialog.banner.text == "It was sent to the printer.")
    printed = path.read_bytes()
    check_with_qpdf(printed, tmp_path)
    pages, ours = pages_of(printed), pages_of(sheet)
    assert len(pages) == len(ours)
    assert pages[0].size == pytest.approx(ours[0].size, rel=0.01)
    (code,) = zxingcpp.read_barcodes(pages[0])
    assert code.text == KEY


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false", extend=True)
def test_a_printer_that_does_not_take_it_is_said(
    dialog: PaperDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.print_on(pdf_printer(tmp_path / "missing" / "printed.pdf"))
    qtbot.waitUntil(lambda: "did not take it" in dialog.banner.text)
    assert dialog.print_button.isEnabled()


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false", extend=True)
def test_nothing_to_print_on_is_not_taken_for_success(tmp_path: Path) -> None:
    assert not put_on_printer(pdf_printer(tmp_path / "missing" / "printed.pdf"), ())


def test_the_window_of_the_system_chooses_the_printer(
    dialog: PaperDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    click(dialog, "printPaperButton")
    chooser = find(dialog, QPrintDialog, "printDialog")
    printer = chooser.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "chosen.pdf"))
    chooser.accepted.emit(printer)
    qtbot.waitUntil(lambda: dialog.banner.text == "It was sent to the printer.")
    assert (tmp_path / "chosen.pdf").stat().st_size
    chooser.reject()


def test_the_recovery_sheet_comes_with_a_warning_before_and_after_saving(
    dialog: PaperDialog, qtbot: QtBot, tmp_path: Path, sheet: bytes
) -> None:
    assert "Whoever holds this sheet can open the log." in words_of(dialog)
    click(dialog, "savePaperButton")
    chooser = find(dialog, QDialog, "fileDialog")
    chooser.fileSelected.emit(  # type: ignore[attr-defined]
        str(tmp_path / "sheet.pdf")
    )
    qtbot.waitUntil(lambda: "Take the stick out" in dialog.banner.text)
    assert (tmp_path / "sheet.pdf").read_bytes() == sheet
    chooser.reject()


def test_another_paper_comes_without_it_and_overwrites_nothing(
    owner: QWidget, session: Session, qtbot: QtBot, tmp_path: Path, sheet: bytes
) -> None:
    dialog = offer_paper(owner, session, REGISTER_PAGE, sheet)
    assert "can open the log" not in words_of(dialog)
    path = tmp_path / "page.pdf"
    dialog.save_to(path)
    qtbot.waitUntil(lambda: dialog.banner.text == f"Saved as {path}.")
    path.write_bytes(b"hers")
    dialog.save_to(path)
    qtbot.waitUntil(lambda: "is there already" in dialog.banner.text)
    assert path.read_bytes() == b"hers"


def test_it_is_gone_from_the_screen_when_the_log_locks(
    dialog: PaperDialog, session: Session, qtbot: QtBot
) -> None:
    with qtbot.waitSignals([dialog.rejected, session.closed]):
        session.lock()


def test_it_can_be_left(dialog: PaperDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.finished):
        click(dialog, "closePaperButton")
