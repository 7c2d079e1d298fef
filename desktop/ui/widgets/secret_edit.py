"""A field for a passphrase: hidden unless the keyholder wants to see it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.ui.widgets.roles import set_role


class SecretEdit(QWidget):
    """`edit` is the field itself; nothing of it is ever kept anywhere."""

    typed = Signal(str)
    return_pressed = Signal()

    def __init__(self, name: str, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit(self)
        self.edit.setObjectName(object_name)
        self.edit.setAccessibleName(name)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.textChanged.connect(self.typed)
        self.edit.returnPressed.connect(self.return_pressed)
        self._show_button = QPushButton("Show", self)
        self._show_button.setObjectName(f"{object_name}ShowButton")
        self._show_button.setAccessibleName(f"{name}: show what is typed")
        self._show_button.setCheckable(True)
        self._show_button.setAutoDefault(False)
        set_role(self._show_button, "quiet")
        self._show_button.toggled.connect(self._on_show_toggled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self._show_button)

    def text(self) -> str:
        """Return what is typed."""
        return self.edit.text()

    def clear(self) -> None:
        """Forget what was typed, and hide again."""
        self.edit.clear()
        self._show_button.setChecked(False)

    @Slot(bool)
    def _on_show_toggled(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        self._show_button.setText("Hide" if shown else "Show")
