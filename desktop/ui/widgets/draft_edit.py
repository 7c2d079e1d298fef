"""Text fields that give away what is typed within 600 ms, so that nothing typed can be lost."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

DRAFT_AFTER_MS = 500
PADDING = 18


class DraftTextEdit(QPlainTextEdit):
    """Several lines of text: `draft` soon after typing, `entered` when the field is left.

    It starts with room for `lines` lines and grows by eight more before it scrolls.
    """

    draft = Signal(str)
    entered = Signal(str)

    def __init__(
        self, name: str = "", parent: QWidget | None = None, *, lines: int = 3, hint: str = ""
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self._kept = self._entered = ""
        self._timer = _draft_timer(self)
        self._timer.timeout.connect(self._on_time)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.textChanged.connect(self._on_text_changed)

    def text(self) -> str:
        """Return what stands in the field."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text that is kept already; what is being typed is never overwritten."""
        if self.is_typing() or text == self.text():
            return
        self._kept = self._entered = text
        self.setPlainText(text)

    def is_typing(self) -> bool:
        """Say whether something stands here that was not given away yet."""
        return self.text() != self._kept or (self.hasFocus() and self._kept != self._entered)

    def flush(self) -> None:
        """Give away at once what was typed: the log is about to lock."""
        self._timer.stop()
        self._on_time()

    @Slot()
    def _on_text_changed(self) -> None:
        self._fit()
        if self.text() != self._kept and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _on_time(self) -> None:
        if self.text() != self._kept:
            self._kept = self.text()
            self.draft.emit(self._kept)

    def _fit(self) -> None:
        lines = min(max(round(self.document().size().height()), self._lines), self._lines + 8)
        frame = 2 * round(self.document().documentMargin()) + PADDING
        self.setFixedHeight(QFontMetrics(self.font()).lineSpacing() * lines + frame)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height of its lines in the present text size."""
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break anew in another width."""
        super().resizeEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give away what was typed, as entered."""
        super().focusOutEvent(event)
        self.flush()
        if self.text() != self._entered:
            self._entered = self.text()
            self.entered.emit(self._entered)


class DraftLineEdit(QLineEdit):
    """One line of text: `draft` soon after typing, `entered` when the field is left."""

    draft = Signal(str)
    entered = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None, *, hint: str = "") -> None:
        super().__init__(parent)
        self._kept = self._entered = ""
        self._timer = _draft_timer(self)
        self._timer.timeout.connect(self._on_time)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.textEdited.connect(self._on_text_edited)
        self.editingFinished.connect(self._on_editing_finished)

    def set_text(self, text: str) -> None:
        """Show a text that is kept already; what is being typed is never overwritten."""
        if self.is_typing() or text == self.text():
            return
        self._kept = self._entered = text
        self.setText(text)

    def is_typing(self) -> bool:
        """Say whether something stands here that was not given away yet."""
        return self.text() != self._kept or (self.hasFocus() and self._kept != self._entered)

    def flush(self) -> None:
        """Give away at once what was typed: the log is about to lock."""
        self._timer.stop()
        self._on_time()

    @Slot()
    def enter(self) -> None:
        """Give away as entered what stands there: nobody will leave the field any more."""
        self._on_editing_finished()

    @Slot()
    def _on_text_edited(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _on_time(self) -> None:
        if self.text() != self._kept:
            self._kept = self.text()
            self.draft.emit(self._kept)

    @Slot()
    def _on_editing_finished(self) -> None:
        self.flush()
        if self.text() != self._entered:
            self._entered = self.text()
            self.entered.emit(self._entered)


def _draft_timer(parent: QWidget) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(DRAFT_AFTER_MS)
    return timer
