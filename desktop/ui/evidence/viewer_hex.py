"""Shows what cannot be drawn byte by byte, a page at a time; also for the largest items."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from desktop.domain.errors import AppError
from desktop.domain.evidence.hex_lines import PAGE_BYTES, hex_lines, page_count
from desktop.domain.evidence.shown import NotShown, TextView
from desktop.operations.evidence.read_piece import read_piece
from desktop.ui import messages
from desktop.ui.evidence.opened import Opened
from desktop.ui.job import followed
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, field_label, secondary

ONLY_BYTES = (
    "This kind of file cannot be shown as a picture or as text. It is kept whole. Here are its "
    "bytes, for somebody who examines it."
)


class HexView(QWidget):
    """Pages of 4,096 bytes, read from the log as they are turned to."""

    def __init__(self, opened: Opened, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("viewerHexView")
        self._opened = opened
        found = opened.item.fingerprint
        self._size = found.size if found else 0
        self._wanted = 0
        self._build_ui()
        self._turn_to(0)

    def _build_ui(self) -> None:
        bar = QWidget(self)
        flow = FlowLayout(bar, spacing=8)
        self.page_spin = QSpinBox(bar)
        self.page_spin.setObjectName("hexPageSpin")
        self.page_spin.setRange(1, page_count(self._size))
        self.page_spin.setKeyboardTracking(False)
        self.page_spin.valueChanged.connect(self._on_page_entered)
        self._where_label = secondary("", bar)
        self._where_label.setWordWrap(False)
        self._earlier_button = plain_button("hexEarlierButton", "&Previous page", bar)
        self._next_button = plain_button("hexNextButton", "&Next page", bar)
        self._earlier_button.clicked.connect(self._on_earlier_clicked)
        self._next_button.clicked.connect(self._on_next_clicked)
        for each in (
            self._earlier_button, self._next_button,
            field_label("Pa&ge", self.page_spin, bar), self.page_spin, self._where_label,
        ):  # fmt: skip
            flow.addWidget(each)
        self.words_edit = QPlainTextEdit(self)
        self.words_edit.setObjectName("viewerHexEdit")
        self.words_edit.setAccessibleName(f"{self._opened.name}, byte by byte")
        self.words_edit.setReadOnly(True)
        self.words_edit.setTabChangesFocus(True)
        self.words_edit.setUndoRedoEnabled(False)
        self.words_edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        set_role(self.words_edit, "mono")
        self.setFocusProxy(self.words_edit)
        for keys, turn in (
            ("Ctrl+PgUp", self._on_earlier_clicked),
            ("Ctrl+PgDown", self._on_next_clicked),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        if isinstance(self._opened.shown, TextView):
            column.addWidget(body(ONLY_BYTES, self))
        column.addWidget(bar)
        column.addWidget(self.words_edit, 1)

    def wipe(self) -> None:
        """Leave no words of the item: the log locks."""
        self.words_edit.clear()

    @property
    def page(self) -> int:
        """The page that is shown, from 0."""
        return self._wanted

    @Slot()
    def _on_earlier_clicked(self) -> None:
        self._turn_to(self._wanted - 1)

    @Slot()
    def _on_next_clicked(self) -> None:
        self._turn_to(self._wanted + 1)

    @Slot(int)
    def _on_page_entered(self, page: int) -> None:
        if page - 1 != self._wanted:
            self._turn_to(page - 1)

    def _turn_to(self, page: int) -> None:
        pages = page_count(self._size)
        if not 0 <= page < pages:
            return
        self._wanted = page
        self.page_spin.setValue(page + 1)
        self._earlier_button.setEnabled(page > 0)
        self._next_button.setEnabled(page + 1 < pages)
        start, end = page * PAGE_BYTES, min((page + 1) * PAGE_BYTES, self._size)
        self._where_label.setText(f"bytes {start + 1:,} to {end:,} of {self._size:,}")
        content = self._opened.bytes_or_none()
        if content is not None:
            self._show(page, content[start:end])
            return
        plain = {"item_id": self._opened.item.id, "start": start, "length": end - start}
        self._opened.session.run_long(
            self, partial(followed, read_piece, plain), partial(self._show, page), self._on_error
        )

    def _show(self, page: int, piece: bytes) -> None:
        if page == self._wanted:
            self.words_edit.setPlainText(hex_lines(piece, page * PAGE_BYTES))

    def _on_error(self, error: AppError) -> None:
        messages.show(self, error)


class NotShownView(QWidget):
    """A sentence; the bytes themselves can still be looked at."""

    def __init__(self, opened: Opened, parent: QWidget) -> None:
        super().__init__(parent)
        self._opened = opened
        reason = opened.shown.reason if isinstance(opened.shown, NotShown) else "it is not shown"
        self.bytes_button = QPushButton("Look at it &byte by byte", self)
        self.bytes_button.setObjectName("viewerBytesButton")
        self.bytes_button.setAccessibleName("Look at it byte by byte")
        self.bytes_button.clicked.connect(self._on_bytes_clicked)
        self.setFocusProxy(self.bytes_button)
        bar = QWidget(self)
        FlowLayout(bar).addWidget(self.bytes_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        words = f"This is kept byte for byte, but {reason}. It can be exported as it is."
        self._column.addWidget(body(words, self))
        self._column.addWidget(bar)
        self._column.addStretch(1)

    @Slot()
    def _on_bytes_clicked(self) -> None:
        self.bytes_button.hide()
        self._column.takeAt(self._column.count() - 1)
        view = HexView(self._opened, self)
        self._column.addWidget(view, 1)
        view.setFocus()
