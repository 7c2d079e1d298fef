"""The frame of every window about keys: words typed in it outlast a lock, secrets never do."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import AppError
from desktop.operations.workspace import Workspace
from desktop.ui import messages
from desktop.ui.dialog import Dialog
from desktop.ui.kept_words import AGAIN, NO_INCIDENT, Field, KeptWords
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import heading, secondary

T = TypeVar("T")
LETTERS_WIDE = 66
_SHARE_OF_SCREEN = 0.9
_EDGES = 64


class KeyDialog(Dialog):
    """Put fields into `column`; `_keep` does it. It closes when the log locks.

    Only the fields named to `keep_words` are there again the next time.
    """

    least_lines = 0

    def __init__(
        self,
        session: Session,
        name: str,
        title: str,
        parent: QWidget,
        *,
        keep: str,
        hint: str = "",
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._keep_words = keep
        self._kept_words: KeptWords | None = None
        self.setObjectName(f"{name.split('.', maxsplit=1)[0]}Dialog")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_frame(title, hint)
        session.about_to_lock.connect(self._on_about_to_lock)

    def _build_frame(self, title: str, hint: str) -> None:
        self.banner = Banner(self)
        self.title_label = heading(title, self)
        self.hint_label = secondary(hint, self)
        self.hint_label.setVisible(bool(hint))
        self._scroll = Scroll(self)
        self.column = QVBoxLayout()
        self.column.setSpacing(6)
        inner = self._scroll.inner.column
        inner.setContentsMargins(2, 2, 12, 2)
        inner.addLayout(self.column)
        inner.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        for widget in (self.title_label, self.hint_label, self.banner):
            outer.addWidget(widget)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self._build_buttons())

    def _build_buttons(self) -> QWidget:
        row = QWidget(self)
        self._buttons = FlowLayout(row, spacing=8)
        self.keep_button = self.add_button("keepButton", self._keep_words, self._on_keep_clicked)
        self.keep_button.setDefault(True)
        set_role(self.keep_button, "primary")
        self.cancel_button = self.add_button("cancelButton", "Cancel", self._on_cancel_clicked)
        return row

    def add_button(self, name: str, words: str, on_clicked: Callable[[], None]) -> QPushButton:
        """Add a button to the line at the bottom."""
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words.replace("…", "").replace("&", ""))
        button.setAutoDefault(False)
        button.clicked.connect(on_clicked)
        self._buttons.addWidget(button)
        return button

    def set_keep_words(self, words: str) -> None:
        """Change what the button that does it says."""
        self._keep_words = words
        self.keep_button.setText(words)
        self.keep_button.setAccessibleName(words.replace("…", ""))

    def show_form(self) -> None:
        """Open in front of the window, as high as its words need."""
        screen = QGuiApplication.primaryScreen().availableSize()
        wide = min(
            self.fontMetrics().averageCharWidth() * LETTERS_WIDE,
            round(screen.width() * _SHARE_OF_SCREEN),
        )
        frame = self.sizeHint().height() - self._scroll.sizeHint().height()
        inner = self.column.totalHeightForWidth(wide - _EDGES)
        fields = max(inner, self.column.sizeHint().height(), self.least_lines * self._line_height)
        high = frame + fields + self._line_height
        self.resize(wide, min(high, round(screen.height() * _SHARE_OF_SCREEN)))
        self.open()
        self.focus_first()

    @property
    def _line_height(self) -> int:
        return self.fontMetrics().lineSpacing()

    def focus_first(self) -> None:
        """Put the cursor where typing starts."""

    def _keep(self) -> None:
        """Do it; each window does that in its own way."""
        raise NotImplementedError

    def _run(
        self, operation: Callable[[Workspace], T], on_done: Callable[[T], None] | None = None
    ) -> None:
        """Do it on the log thread, then close; what goes wrong is said and everything stays."""
        self.banner.clear()
        self._show_busy(busy=True)
        self._session.run(self, operation, on_done or self._on_done, self._on_error)

    def _show_busy(self, *, busy: bool) -> None:
        self.keep_button.setDisabled(busy)
        self.cancel_button.setDisabled(busy)
        self.keep_button.setText("One moment…" if busy else self._keep_words)

    def keep_words(self, name: str, fields: Mapping[str, Field]) -> None:
        """Keep what is typed into these fields, and bring back what was typed here before."""
        self._kept_words = KeptWords(self._session, NO_INCIDENT, name, fields, self)
        self._kept_words.restored.connect(partial(self.banner.show_message, AGAIN))
        self._kept_words.restore()

    def _forget_words(self) -> None:
        if self._kept_words is not None:
            self._kept_words.forget()

    def _say(self, text: str) -> None:
        self.banner.show_message(text, "warn")

    def _tell(self, text: str) -> None:
        """Say on the page below what was done; this window is about to close."""
        parent = self.parentWidget()
        if parent is not None:
            messages.tell(parent, text)

    def _on_done(self, _answer: object) -> None:
        self.accept()

    def _on_error(self, error: AppError) -> None:
        self._show_busy(busy=False)
        messages.show(self, error)

    @Slot()
    def _on_keep_clicked(self) -> None:
        if self.keep_button.isEnabled():
            self._keep()

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self._forget_words()
        super().reject()

    @Slot()
    def _on_about_to_lock(self) -> None:
        super().reject()

    def accept(self) -> None:
        """Close: it is done, and so are the words."""
        self._forget_words()
        super().accept()

    def reject(self) -> None:
        """Close on Escape, but not while it is being done; words are kept."""
        if self.keep_button.isEnabled():
            if self._kept_words is not None:
                self._kept_words.keep()
            super().reject()
