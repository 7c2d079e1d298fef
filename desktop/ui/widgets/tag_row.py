"""A row of words to switch on and off: one choice of many, or several at once."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role


class TagRow(QWidget):
    """Choices as (key, words); `exclusive` lets at most one be on, and it can be taken back."""

    chosen = Signal(tuple)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        exclusive: bool = False,
        name: str = "",
    ) -> None:
        super().__init__(parent)
        self._exclusive = exclusive
        self._buttons: dict[str, QPushButton] = {}
        self._words = dict(choices)
        self._layout = FlowLayout(self, spacing=8)
        self.setAccessibleName(name)
        for key, words in choices:
            self._add(key, words, name)

    def value(self) -> tuple[str, ...]:
        """Return the keys that are on, in the order of the choices."""
        return tuple(key for key, button in self._buttons.items() if button.isChecked())

    def set_value(self, keys: Iterable[str]) -> None:
        """Switch these on and the rest off, without a signal."""
        wanted = frozenset(str(key) for key in keys)
        for key, button in self._buttons.items():
            button.setChecked(key in wanted)
            self._show(key)

    def button(self, key: str) -> QPushButton:
        """Return the button of one choice."""
        return self._buttons[key]

    def _add(self, key: str, words: str, name: str) -> None:
        button = QPushButton(words.replace("&", "&&"), self)
        button.setObjectName(f"{_camel(key)}TagButton")
        button.setCheckable(True)
        button.setAccessibleName(f"{name}: {words}" if name else words)
        set_role(button, "tag")
        button.clicked.connect(lambda checked=False, key=key: self._on_clicked(key))
        self._buttons[key] = button
        self._layout.addWidget(button)

    def _on_clicked(self, key: str) -> None:
        if self._exclusive and self._buttons[key].isChecked():
            for other, button in self._buttons.items():
                button.setChecked(other == key)
        for each in self._buttons:
            self._show(each)
        self.chosen.emit(self.value())

    def _show(self, key: str) -> None:
        words = self._words[key].replace("&", "&&")
        self._buttons[key].setText(f"✓ {words}" if self._buttons[key].isChecked() else words)


def _camel(key: str) -> str:
    spaced = "".join(letter if letter.isalnum() else " " for letter in key)
    first, *rest = spaced.split() or ["none"]
    return first.lower() + "".join(part.capitalize() for part in rest)
