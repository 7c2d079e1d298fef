"""A new passphrase: typed twice, with how hard it is to guess while it is typed."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.ui.entry import RatePassphrase, Strength
from desktop.ui.session import Session
from desktop.ui.widgets.chip import Tone
from desktop.ui.widgets.roles import set_property
from desktop.ui.widgets.secret_edit import SecretEdit
from desktop.ui.widgets.words import field_label, secondary

GOOD_ENOUGH = 2
_RATINGS: tuple[tuple[str, Tone], ...] = (
    ("Guessed at once", "late"),
    ("Guessed in hours", "late"),
    ("Fair", "due"),
    ("Hard to guess", "done"),
    ("Very hard to guess", "done"),
)


class PassphraseFields(QWidget):
    """Two fields and a meter; `words` are those that anybody would try first."""

    def __init__(self, session: Session, rate: RatePassphrase, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._rate = rate
        self._score: int | None = None
        self.words: Sequence[str] = ()
        self.edit = SecretEdit("New passphrase", "newPassphraseEdit", self)
        self.again_edit = SecretEdit("New passphrase again", "passphraseAgainEdit", self)
        self._meter = QProgressBar(self)
        self._meter.setObjectName("strengthMeter")
        self._meter.setAccessibleName("How hard it is to guess")
        self._meter.setRange(0, 4)
        self._meter.setTextVisible(False)
        self._rating_label = secondary(" ", self)
        self._rating_label.setObjectName("ratingLabel")
        self._build_column()
        self.edit.typed.connect(self._on_typed)

    def _build_column(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(field_label("New &passphrase", self.edit.edit, self))
        column.addWidget(self.edit)
        column.addWidget(self._meter)
        column.addWidget(self._rating_label)
        column.addSpacing(8)
        column.addWidget(field_label("The same a&gain", self.again_edit.edit, self))
        column.addWidget(self.again_edit)

    def text(self) -> str:
        """Return the new passphrase."""
        return self.edit.text()

    def problem(self) -> str:
        """Ask for one that is hard enough to guess, twice; '' when it is."""
        if not self.edit.text():
            return "Type a passphrase."
        if self._score is not None and self._score < GOOD_ENOUGH:
            return "That would be guessed soon. Add one or two more words."
        if self.edit.text() != self.again_edit.text():
            return "The two are not the same."
        return ""

    def focus_first(self) -> None:
        """Start with the first field."""
        self.edit.edit.setFocus()

    def clear(self) -> None:
        """Forget what was typed."""
        self.edit.clear()
        self.again_edit.clear()

    def rate_again(self) -> None:
        """Rate what is typed once more: other words are known now."""
        self._on_typed(self.edit.text())

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        if not text:
            self._show_rating(None, "", 0)
            return
        rate = partial(self._rate, text, tuple(self.words))
        self._session.run_outside(self, rate, partial(self._on_rated, text))

    def _on_rated(self, text: str, strength: Strength) -> None:
        if text == self.edit.text():
            self._show_rating(strength.score, strength.advice, max(strength.score, 1))

    def _show_rating(self, score: int | None, advice: str, length: int) -> None:
        self._score = score
        words, tone = _RATINGS[score] if score is not None else (" ", "due")
        self._meter.setValue(length)
        set_property(self._meter, "tone", tone)
        self._rating_label.setText(f"{words}. {advice}".rstrip() if score is not None else " ")
