"""Gives a paper to the keyholder: printed, or saved where they choose; nothing is kept of it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.domain.errors import AppError
from desktop.domain.evidence.shown import Picture
from desktop.operations.leaving.make_papers import RECOVERY_SHEET, draw_paper, save_paper
from desktop.ui import file_choice, messages
from desktop.ui.dialog import Dialog
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, heading, secondary, strong

DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72
_LETTERS_WIDE = 58
_RECOVERY = (
    "Print it, or save it to a stick that you put away: not on this computer, not on a share, not "
    "in an e-mail. A saved file stays where you put it until you delete it yourself."
)
_SAVED_RECOVERY = (
    "Take the stick out and put it away: whoever opens this file can open the log. The program "
    "does not delete it for you."
)


def offer_paper(owner: QWidget, session: Session, name: str, pdf: bytes) -> "PaperDialog":
    """Ask whether to print or to save a paper; a recovery sheet comes with a warning."""
    dialog = PaperDialog(session, name, pdf, owner)
    dialog.open()
    return dialog


class PaperDialog(Dialog):
    """Print, save, or leave it; it closes when the log locks."""

    def __init__(self, session: Session, name: str, pdf: bytes, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._name = name
        self._pdf = pdf
        self._printer: QPrinter | None = None
        self.setObjectName("paperDialog")
        self.setWindowTitle(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_ui()
        self.resize(
            self.fontMetrics().averageCharWidth() * _LETTERS_WIDE, self.sizeHint().height()
        )
        session.about_to_lock.connect(self._on_about_to_lock)

    @property
    def opens_the_log(self) -> bool:
        """Whether this paper must be kept from everybody else."""
        return RECOVERY_SHEET.casefold() in self._name.casefold()

    def _build_ui(self) -> None:
        self.banner = Banner(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(heading(self._name, self))
        outer.addWidget(secondary("It is ready. The program keeps no copy of it.", self))
        if self.opens_the_log:
            outer.addWidget(strong("Whoever holds this sheet can open the log.", self))
            outer.addWidget(body(_RECOVERY, self))
        outer.addWidget(self.banner)
        outer.addStretch(1)
        outer.addWidget(self._build_buttons())

    def _build_buttons(self) -> QWidget:
        row = QWidget(self)
        self.print_button = plain_button(
            "printPaperButton", "&Print…", self, f"Print: {self._name}"
        )
        set_role(self.print_button, "primary")
        self.print_button.setDefault(True)
        self.print_button.clicked.connect(self._on_print_clicked)
        self.save_button = plain_button(
            "savePaperButton", "&Save as PDF…", self, f"Save: {self._name}"
        )
        self.save_button.clicked.connect(self._on_save_clicked)
        self.close_button = plain_button("closePaperButton", "Close", self, "Close")
        self.close_button.clicked.connect(self.accept)
        flow = FlowLayout(row, spacing=8)
        for button in (self.print_button, self.save_button, self.close_button):
            button.setParent(row)
            flow.addWidget(button)
        return row

    @Slot()
    def _on_print_clicked(self) -> None:
        self._printer = _new_printer(self._name)
        dialog = QPrintDialog(self._printer, self)
        dialog.setObjectName("printDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self.print_on)
        # Its own `open` takes a receiver by name; this is the plain one.
        QDialog.open(dialog)

    @Slot(QPrinter)
    def print_on(self, printer: QPrinter) -> None:
        """Draw the pages on the bytes thread, then put them on this printer."""
        self._set_busy(busy=True)
        draw = partial(draw_paper, self._pdf, DOTS_PER_INCH / _POINTS_PER_INCH)
        self._session.run_outside(self, draw, partial(self._on_drawn, printer), self._on_failed)

    def _on_drawn(self, printer: QPrinter, pages: tuple[Picture, ...]) -> None:
        self._set_busy(busy=False)
        if put_on_printer(printer, pages):
            self.banner.show_message("It was sent to the printer.", "done")
        else:
            self.banner.show_message(
                "Check that it is on and connected, or save the paper instead.",
                "error",
                title="The printer did not take it.",
            )

    @Slot()
    def _on_save_clicked(self) -> None:
        name = f"{self._name}.pdf"
        file_choice.ask_save_path(self, f"Save: {self._name}", name, "PDF (*.pdf)", self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the paper to a file."""
        self._set_busy(busy=True)
        save = partial(save_paper, path, self._pdf)
        self._session.run_outside(self, save, self._on_saved, self._on_failed)

    def _on_saved(self, path: Path) -> None:
        self._set_busy(busy=False)
        if self.opens_the_log:
            self.banner.show_message(_SAVED_RECOVERY, "warn", title=f"Saved as {path}.")
        else:
            self.banner.show_message(f"Saved as {path}.", "done")

    def _on_failed(self, error: AppError) -> None:
        self._set_busy(busy=False)
        messages.show(self, error)

    def _set_busy(self, *, busy: bool) -> None:
        for button in (self.print_button, self.save_button):
            button.setDisabled(busy)

    @Slot()
    def _on_about_to_lock(self) -> None:
        self._pdf = b""
        super().reject()


def put_on_printer(printer: QPrinter, pages: tuple[Picture, ...]) -> bool:
    """Print the pages as they were drawn, as large as the paper allows; say whether it went."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    try:
        for number, page in enumerate(pages):
            if number:
                printer.newPage()
            image = QImage(
                page.rgba, page.width, page.height, page.width * 4, QImage.Format.Format_RGBA8888
            )
            painter.drawImage(_place(painter, image), image)
    finally:
        ended = painter.end()
    return ended


def _place(painter: QPainter, image: QImage) -> QRectF:
    sheet = painter.viewport()
    share = min(sheet.width() / image.width(), sheet.height() / image.height())
    wide, high = image.width() * share, image.height() * share
    return QRectF((sheet.width() - wide) / 2, (sheet.height() - high) / 2, wide, high)


def _new_printer(name: str) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    return printer
