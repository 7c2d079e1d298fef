"""The fields of the unlock page: who, with what; a computer that is remembered needs neither."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.secret_edit import SecretEdit
from desktop.ui.widgets.words import field_label, secondary

if TYPE_CHECKING:
    from desktop.operations.entering.open_log import WayIn

LIST_LETTERS = 18


class UnlockFields(QWidget):
    """Asks who it is only where there is more than one keyholder."""

    return_pressed = Signal()
    remembered_clicked = Signal()
    shown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._by_key = False
        self._ways: Sequence[WayIn] = ()
        self.who_box = QComboBox(self)
        self.who_box.setObjectName("whoBox")
        self.who_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.who_box.setMinimumContentsLength(LIST_LETTERS)
        self.who_box.currentIndexChanged.connect(self._show)
        self._who_label = field_label("&Who are you?", self.who_box, self)
        self.remembered_button = QPushButton("Open", self)
        self.remembered_button.setObjectName("openRememberedButton")
        self.remembered_button.clicked.connect(self.remembered_clicked)
        set_role(self.remembered_button, "primary")
        self._remembered_label = secondary("This computer is remembered. Or type:", self)
        self.passphrase_edit = SecretEdit("Passphrase", "passphraseEdit", self)
        self._passphrase_label = field_label("&Passphrase", self.passphrase_edit.edit, self)
        self.key_edit = QLineEdit(self)
        self.key_edit.setObjectName("recoveryKeyEdit")
        self._key_label = field_label(
            "&Recovery key, as written on your paper", self.key_edit, self
        )
        for pressed in (self.passphrase_edit.return_pressed, self.key_edit.returnPressed):
            self._pass_on(pressed)
        self._build_column()
        self._show()

    def _pass_on(self, pressed: SignalInstance) -> None:
        pressed.connect(self.return_pressed)

    def _build_column(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._who_label)
        column.addWidget(self.who_box)
        row = FlowLayout(spacing=8)
        row.addWidget(self.remembered_button)
        column.addLayout(row)
        for widget in (
            self._remembered_label,
            self._passphrase_label,
            self.passphrase_edit,
            self._key_label,
            self.key_edit,
        ):
            column.addWidget(widget)

    @property
    def by_key(self) -> bool:
        """Whether the recovery key is asked for instead of the passphrase."""
        return self._by_key

    @property
    def keyholder_id(self) -> str:
        """Who was chosen; '' where nobody had to choose."""
        way = self._way()
        return way.keyholder_id if way is not None else ""

    def _way(self) -> "WayIn | None":
        index = self.who_box.currentIndex()
        return self._ways[index] if 0 <= index < len(self._ways) else None

    @property
    def chosen_of_several(self) -> str:
        """Who was chosen, in the words of the page; '' where nobody had to choose."""
        way = self._way()
        return way.shown_as if way is not None and len(self._ways) > 1 else ""

    @property
    def opens_with_click(self) -> bool:
        """Whether this computer is remembered for who is chosen."""
        return not self.remembered_button.isHidden()

    def typed(self) -> str:
        """Return what was typed, passphrase or key."""
        return self.key_edit.text() if self._by_key else self.passphrase_edit.text()

    def set_ways(self, ways: "Sequence[WayIn]") -> None:
        """Offer these keyholders; one who is remembered here stands first in line."""
        self._ways = tuple(ways)
        self.who_box.blockSignals(True)
        self.who_box.clear()
        for way in self._ways:
            self.who_box.addItem(way.shown_as)
        remembered = [index for index, way in enumerate(self._ways) if way.remembered]
        self.who_box.setCurrentIndex(remembered[0] if remembered else 0)
        self.who_box.blockSignals(False)
        self._show()

    def ask_for_key(self, *, by_key: bool) -> None:
        """Ask for the recovery key, or for the passphrase."""
        self._by_key = by_key
        self._show()

    def focus_first(self) -> None:
        """Put the cursor where typing starts, or on the one button that is needed."""
        if not self.remembered_button.isHidden():
            self.remembered_button.setFocus()
        else:
            (self.key_edit if self._by_key else self.passphrase_edit.edit).setFocus()

    def select_typed(self) -> None:
        """Mark what was typed, so that it can be typed again."""
        self.passphrase_edit.edit.selectAll()
        self.key_edit.selectAll()

    def clear(self) -> None:
        """Forget what was typed."""
        self.passphrase_edit.clear()
        self.key_edit.clear()

    @Slot()
    def _show(self) -> None:
        several, way = len(self._ways) > 1, self._way()
        remembered = way is not None and way.remembered and not self._by_key
        shown_as = way.shown_as if way is not None else ""
        words = f"Open as {shown_as}" if shown_as else "Open"
        self.remembered_button.setText(words.replace("&", "&&"))
        self.remembered_button.setAccessibleName(f"{words}: this computer is remembered")
        for widget, shown in (
            (self._who_label, several),
            (self.who_box, several),
            (self.remembered_button, remembered),
            (self._remembered_label, remembered),
            (self._passphrase_label, not self._by_key),
            (self.passphrase_edit, not self._by_key),
            (self._key_label, self._by_key),
            (self.key_edit, self._by_key),
        ):
            widget.setVisible(shown)
        self.shown.emit()
