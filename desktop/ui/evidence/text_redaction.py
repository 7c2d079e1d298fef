"""The window in which it is chosen what of a mail, chat or text stays in a copy."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget

from desktop.domain.evidence.items import EvidenceItem, ItemKind, ItemState
from desktop.domain.evidence.text_choice import copy_text, range_text, read_ranges, read_words
from desktop.operations.evidence.make_derivative import DerivativeMade, Purpose
from desktop.operations.evidence.redact_text import Words, make_text_copy, open_words, title_of
from desktop.ui.evidence.copy_dialog import CopyDialog
from desktop.ui.evidence.piece_list import PieceList
from desktop.ui.kept_words import AGAIN
from desktop.ui.session import Session
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.words import field_label, secondary

HINT = (
    "Tick what stays. Whatever is not ticked is left out, and the copy says only how much that "
    "was. The original stays as it is."
)
LOOK = "This is the copy as it will be kept. Read it to the end. Does it name anybody it must not?"
NOTHING = "Tick first what stays in the copy."
STILL_NAMED = "Still named in the copy: {}."
_WORDS = frozenset({ItemKind.MAIL, ItemKind.CHAT, ItemKind.SAVED_PAGE})


class TextRedaction(CopyDialog):
    """Pieces to tick, words to cover, then the copy as it will be."""

    def __init__(self, session: Session, item: EvidenceItem, parent: QWidget) -> None:
        self._read_words: Words | None = None
        super().__init__(session, item, parent, name="text", hint=HINT, look_hint=LOOK)
        self._build_ui()

    def _build_ui(self) -> None:
        self.list = PieceList(self)
        row = QWidget(self)
        flow = FlowLayout(row, spacing=8)
        for name, words, slot in (
            ("textStayButton", "Let the selected stay", self._on_stay_clicked),
            ("textLeaveButton", "Leave the selected out", self._on_leave_clicked),
        ):
            button = QPushButton(words, row)
            button.setObjectName(name)
            button.setAccessibleName(words)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            flow.addWidget(button)
        self._count_label = secondary("", row)
        self._count_label.setWordWrap(False)
        flow.addWidget(self._count_label)
        self._covered_edit = QLineEdit(self)
        self._covered_edit.setObjectName("textCoveredEdit")
        self._covered_edit.setPlaceholderText("names or words, with commas between them")
        label = field_label("Words to cover in what stays", self._covered_edit, self)
        self._kept_edit = QPlainTextEdit(self)  # what a draft keeps; never shown
        self._kept_edit.setObjectName("textKeptEdit")
        self._kept_edit.hide()
        self.preview = QPlainTextEdit(self)
        self.preview.setObjectName("textPreviewEdit")
        self.preview.setAccessibleName(f"The copy of {self._item.mark}")
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.work.addWidget(self.list, 1)
        for widget in (row, label, self._covered_edit):
            self.work.addWidget(widget)
        self.look.addWidget(self.preview)
        self.list.pieces.ticked.connect(self._on_ticked)

    def wipe(self) -> None:
        """Let go of the words: the log locks."""
        self._read_words = None
        self.preview.clear()

    def _read_item(self) -> None:
        operation = partial(open_words, item_id=self._item.id)
        self._session.run_long(self, operation, self._on_words, self.fail)

    def _on_words(self, words: Words) -> None:
        self.set_busy(busy=False)
        self._read_words = words
        self.list.pieces.show_pieces(words.pieces)
        self.ask_who(words.people, {"kept": self._kept_edit, "covered": self._covered_edit})
        self._say_count()
        self._focus_work()

    def _focus_work(self) -> None:
        self.list.setFocus()
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.pieces.index(0))

    def _take_words(self) -> None:
        told = self._kept_edit.toPlainText()
        if self._read_words is not None and told:
            self.list.pieces.show_pieces(self._read_words.pieces, read_ranges(told))
        self._say_count()
        self.banner.show_message(AGAIN)

    @Slot()
    def _on_ticked(self) -> None:
        self._kept_edit.setPlainText(range_text(self.list.pieces.kept))
        self._say_count()

    def _say_count(self) -> None:
        pieces = self.list.pieces
        self._count_label.setText(f"{len(pieces.kept):,} of {pieces.rowCount():,} stay")

    @Slot()
    def _on_stay_clicked(self) -> None:
        self.list.tick_selected(stays=True)

    @Slot()
    def _on_leave_clicked(self) -> None:
        self.list.tick_selected(stays=False)

    def _see(self) -> None:
        kept = self.list.pieces.kept
        if self._read_words is None or not kept:
            self.say(NOTHING)
            return
        covered = read_words(self._covered_edit.text())
        text = copy_text(title_of(self._item), self._read_words.pieces, kept, covered)
        self.preview.setPlainText(text)
        self.show_step(1)
        named = self._read_words.named(text)
        if named:
            self.say(STILL_NAMED.format("; ".join(named)))

    def _keep_copy(self, purpose: Purpose) -> None:
        operation = partial(
            make_text_copy,
            item_id=self._item.id,
            kept=frozenset(self.list.pieces.kept),
            covered=read_words(self._covered_edit.text()),
            purpose=purpose,
        )
        self._session.run_long(self, operation, self._on_kept, self.fail)

    def _on_kept(self, made: DerivativeMade) -> None:
        self.finish(made.mark)


def has_words(item: EvidenceItem) -> bool:
    """Say whether it is made of words that can be chosen from."""
    return item.state is ItemState.KEPT and (
        item.kind in _WORDS or item.media_type in {"text/plain", "text/csv", "message/rfc822"}
    )


def start_text_redaction(session: Session, item: EvidenceItem, parent: QWidget) -> None:
    """Open the window for an item."""
    TextRedaction(session, item, parent).come_up()
