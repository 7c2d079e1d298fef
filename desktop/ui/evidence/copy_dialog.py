"""The frame of a window that makes a copy: first work on it, then see it, say why, and keep it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import AppError
from desktop.domain.evidence.items import EvidenceItem
from desktop.operations.evidence.make_derivative import Purpose
from desktop.ui import messages
from desktop.ui.dialog import Dialog
from desktop.ui.evidence.derivative_form import WhoFields
from desktop.ui.kept_words import Field, KeptWords
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import heading, secondary

SCREEN_SHARE = 0.9


class CopyDialog(Dialog):
    """Put the tools into `work` and the look of the copy into `look`; drafts outlast a lock."""

    def __init__(
        self,
        session: Session,
        item: EvidenceItem,
        parent: QWidget,
        *,
        name: str,
        hint: str,
        look_hint: str,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._item = item
        self._name = name
        self._hints = (hint, look_hint)
        self._words: KeptWords | None = None
        self.who: WhoFields | None = None
        self.setObjectName(f"{name}Dialog")
        self.setWindowTitle(f"A copy of {item.mark}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_frame()
        session.about_to_lock.connect(self._on_about_to_lock)

    def _build_frame(self) -> None:
        self.banner = Banner(self)
        self._hint_label = secondary("", self)
        self.work, self.look = QVBoxLayout(), QVBoxLayout()
        work, result = QWidget(self), QWidget(self)
        work.setLayout(self.work)
        self.work.setContentsMargins(0, 0, 0, 0)
        self.work.setSpacing(8)
        self._fields = Scroll(result)
        row = QHBoxLayout(result)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(self.look, 3)
        row.addWidget(self._fields, 2)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(work)
        self.pages.addWidget(result)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(8)
        outer.addWidget(heading(f"A copy of {self._item.mark}", self))
        outer.addWidget(self._hint_label)
        outer.addWidget(self.banner)
        outer.addWidget(self.pages, 1)
        outer.addWidget(self._build_buttons())

    def _build_buttons(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(row, spacing=8)
        self.next_button = QPushButton("See the copy", row)
        self.keep_button = QPushButton("Keep this copy", row)
        self.back_button = QPushButton("Back", row)
        self.cancel_button = QPushButton("Cancel", row)
        for button, name, clicked in (
            (self.next_button, "Result", self._on_next_clicked),
            (self.keep_button, "Keep", self._on_keep_clicked),
            (self.back_button, "Back", self._on_back_clicked),
            (self.cancel_button, "Cancel", self._on_cancel_clicked),
        ):
            button.setObjectName(f"{self._name}{name}Button")
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
            button.clicked.connect(clicked)
            flow.addWidget(button)
        for button in (self.next_button, self.keep_button):
            set_role(button, "primary")
        self.show_step(0)
        return row

    def come_up(self) -> None:
        """Open in front of the window and lay the item out."""
        screen = QGuiApplication.primaryScreen().availableSize()
        self.resize(screen * SCREEN_SHARE)
        self.open()
        self.set_busy(busy=True)
        self._read_item()

    # what each window does in its own way

    def _read_item(self) -> None:
        raise NotImplementedError

    def _see(self) -> None:
        raise NotImplementedError

    def _keep_copy(self, purpose: Purpose) -> None:
        raise NotImplementedError

    def _take_words(self) -> None:
        """Use what was typed here before and is there again."""

    def _focus_work(self) -> None:
        raise NotImplementedError

    # what they share

    def ask_who(self, people: Sequence[tuple[str, str]], fields: Mapping[str, Field]) -> None:
        """Make the questions about the copy; what stands in these fields is kept as a draft."""
        if self.who is not None:
            return
        self.who = WhoFields(
            self._session.clock, people, self._name, self._fields.inner, ask_why=True
        )
        column = self._fields.inner.column
        column.setContentsMargins(2, 2, 12, 2)
        column.addWidget(self.who)
        column.addStretch(1)
        self._words = KeptWords(
            self._session,
            self._item.incident_id,
            f"{self._name}.{self._item.id}",
            {**fields, **self.who.lines},
            self,
        )
        self._words.restored.connect(self._on_restored)
        self._words.restore()

    def show_step(self, step: int) -> None:
        """Show the work (0) or the copy as it will be (1)."""
        self.pages.setCurrentIndex(step)
        self._hint_label.setText(self._hints[step])
        self.next_button.setVisible(not step)
        self.keep_button.setVisible(bool(step))
        self.back_button.setVisible(bool(step))
        (self.keep_button if step else self.next_button).setDefault(True)
        if step and self.who is not None:
            self.who.form.focus_first()

    def set_busy(self, *, busy: bool) -> None:
        """Take nothing while something is under way."""
        for widget in (self.pages, self.next_button, self.keep_button, self.back_button):
            widget.setDisabled(busy)

    def say(self, text: str) -> None:
        """Say what is missing."""
        self.banner.show_message(text, "warn")

    def finish(self, marks: str) -> None:
        """Close: it is kept, and so are its words."""
        if self._words is not None:
            self._words.forget()
        parent = self.parentWidget()
        if parent is not None:
            messages.tell(parent, f"Kept as {marks}. {self._item.mark} stays as it was taken in.")
        self.accept()

    def fail(self, error: AppError) -> None:
        """Say what went wrong; everything stays."""
        self.set_busy(busy=False)
        messages.show(self, error)

    @Slot()
    def _on_restored(self) -> None:
        self._take_words()

    @Slot()
    def _on_next_clicked(self) -> None:
        self.banner.clear()
        self._see()

    @Slot()
    def _on_keep_clicked(self) -> None:
        missing = self.who.missing() if self.who else ""
        if missing or self.who is None:
            self.say(missing)
            return
        self.set_busy(busy=True)
        self._keep_copy(self.who.purpose())

    @Slot()
    def _on_back_clicked(self) -> None:
        self.show_step(0)
        self._focus_work()

    @Slot()
    def _on_about_to_lock(self) -> None:
        self.close()

    @Slot()
    def _on_cancel_clicked(self) -> None:
        if self._words is not None:
            self._words.forget()
        super().reject()

    def reject(self) -> None:
        """Close on Escape: what was done and typed is kept as a draft."""
        if self._words is not None:
            self._words.keep()
        super().reject()
