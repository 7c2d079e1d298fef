"""A recovery key on the screen: all of its groups, and two of them typed back from the paper."""

import secrets

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.domain.log.recovery import groups_of, groups_to_confirm, is_same_group
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.words import field_label, label, secondary

GROUPS_TYPED_BACK = 2
_COLUMNS = 4


class RecoveryKeyShown(QWidget):
    """The eight groups with their numbers, and a way to put them on paper."""

    sheet_requested = Signal()

    def __init__(self, recovery_key: str, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._build_grid(recovery_key))
        self.sheet_button = QPushButton("Print or save the recovery &sheet…", self)
        self.sheet_button.setObjectName("recoverySheetButton")
        self.sheet_button.setAccessibleName("Print or save the recovery sheet")
        self.sheet_button.setAutoDefault(False)
        self.sheet_button.clicked.connect(self.sheet_requested)
        row = FlowLayout(spacing=8)
        row.addWidget(self.sheet_button)
        column.addLayout(row)
        column.addWidget(
            secondary("Or write the groups on paper yourself, with their numbers.", self)
        )

    def _build_grid(self, recovery_key: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for index, group in enumerate(groups_of(recovery_key)):
            cell = QVBoxLayout()
            cell.setSpacing(0)
            cell.addWidget(secondary(str(index + 1), self))
            shown = label(group, "key", self, wrap=False)
            shown.setAccessibleName(f"Group {index + 1}: {' '.join(group)}")
            cell.addWidget(shown)
            grid.addLayout(cell, index // _COLUMNS, index % _COLUMNS)
        return grid


class GroupsTypedBack(QWidget):
    """Two groups that only somebody with the paper at hand can type."""

    def __init__(self, recovery_key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._groups = groups_of(recovery_key)
        self.edits: dict[int, QLineEdit] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for index in groups_to_confirm(secrets.token_bytes(GROUPS_TYPED_BACK)):
            edit = QLineEdit(self)
            edit.setObjectName(f"group{index + 1}Edit")
            column.addWidget(field_label(f"Group &{index + 1}", edit, self))
            column.addWidget(edit)
            column.addSpacing(8)
            self.edits[index] = edit

    def problem(self) -> str:
        """Ask for both as they stand on the paper; '' when they do."""
        for index, edit in self.edits.items():
            if not is_same_group(edit.text(), self._groups[index]):
                return f"Group {index + 1} is not the one shown. Go back to see the key again."
        return ""

    def focus_first(self) -> None:
        """Start with the first group."""
        next(iter(self.edits.values())).setFocus()
