"""A row of answers of which one can be chosen, by mouse, arrow keys or first letter."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role


class ChoiceRow(QWidget):
    """Answers side by side; none is chosen until somebody chooses."""

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        question: str,
        choices: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}Row")
        self.setAccessibleName(question)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._words = dict(choices)
        layout = FlowLayout(self)
        for value, words in choices:
            button = QPushButton(self)
            button.setObjectName(f"{name}{camel(value)}Button")
            button.setAccessibleName(f"{question} {words}")
            button.setCheckable(True)
            set_role(button, "tag")
            self._group.addButton(button)
            self._buttons[value] = button
            layout.addWidget(button)
        self._group.buttonClicked.connect(self._on_clicked)
        self._show()

    def value(self) -> str:
        """Return the chosen value, '' while none is."""
        for value, button in self._buttons.items():
            if button.isChecked():
                return value
        return ""

    def set_value(self, value: str) -> None:
        """Choose an answer without telling anybody; '' chooses none."""
        self._group.setExclusive(False)
        for own, button in self._buttons.items():
            button.setChecked(own == value)
        self._group.setExclusive(True)
        if value in self._buttons:
            # Qt leaves Tab to the one that had the focus last, even where it is switched off now.
            self._buttons[value].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show()

    def button(self, value: str) -> QPushButton:
        """Return the button of one answer."""
        return self._buttons[value]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the answer that begins with the letter typed, and go on to the next question."""
        letter = event.text().strip().casefold()
        for value, button in self._buttons.items():
            if letter and value.casefold().startswith(letter):
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)
                button.click()
                self._buttons[next(reversed(self._buttons))].setFocus()
                self.focusNextChild()
                return
        super().keyPressEvent(event)

    @Slot()
    def _on_clicked(self) -> None:
        self._show()
        self.chosen.emit(self.value())

    def _show(self) -> None:
        for value, button in self._buttons.items():
            words = self._words[value].replace("&", "&&")
            button.setText(f"✓ {words}" if button.isChecked() else words)


def camel(text: str) -> str:
    """Join words for an object name: 'not sure' gives NotSure."""
    spaced = "".join(letter if letter.isalnum() else " " for letter in text)
    return "".join(word[0].upper() + word[1:] for word in spaced.split())
