"""A list of longer answers of which several can be picked; shut, it shows only the picked ones."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.ui.choice_row import camel
from desktop.ui.row_button import RowButton, RowMark
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body


class PickList(QWidget):
    """One row for each answer; rows that are not picked are hidden until asked for."""

    chosen = Signal(tuple)

    def __init__(
        self,
        name: str,
        question: str,
        choices: Sequence[tuple[str, str]],
        parent: QWidget,
        *,
        always_open: bool = False,
    ) -> None:
        super().__init__(parent)
        self._question = question
        self._opened = always_open
        self._offered: frozenset[str] | None = None
        self._rows: dict[str, RowButton] = {}
        self._ticks: dict[str, RowMark] = {}
        self.setObjectName(f"{name}List")
        self.setAccessibleName(question)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for value, words in choices:
            column.addWidget(self._build_row(name, value, words))
        self.more_button = QPushButton(self)
        self.more_button.setObjectName(f"{name}MoreButton")
        set_role(self.more_button, "quiet")
        self.more_button.clicked.connect(self._on_more_clicked)
        self.more_button.setVisible(not always_open)
        column.addWidget(self.more_button)
        self._show()

    def _build_row(self, name: str, value: str, words: str) -> RowButton:
        row = RowButton(self)
        row.setObjectName(f"{name}{camel(value)}Button")
        mark = " " if self._question.endswith("?") else ": "
        row.setAccessibleName(f"{self._question}{mark}{words}")
        tick = RowMark(row)
        row.row.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        row.row.addWidget(body(words, row), 1)
        row.let_clicks_through()
        row.clicked.connect(self._on_clicked)
        self._rows[value] = row
        self._ticks[value] = tick
        return row

    def values(self) -> tuple[str, ...]:
        """Return every answer there is, in the order of the list."""
        return tuple(self._rows)

    def row(self, value: str) -> RowButton:
        """Return the row of an answer."""
        return self._rows[value]

    def value(self) -> tuple[str, ...]:
        """Return what is picked, in the order of the list."""
        return tuple(value for value, row in self._rows.items() if row.isChecked())

    def set_value(self, values: Iterable[str]) -> None:
        """Pick these and no others, without telling anybody."""
        wanted = {str(value) for value in values}
        for value, row in self._rows.items():
            row.setChecked(value in wanted)
        self._show()

    def offer(self, values: Iterable[str] | None) -> None:
        """Show only these, and what is picked, while it is open; None: all of them."""
        self._offered = None if values is None else frozenset(values)
        self._show()

    def _show(self) -> None:
        for value, row in self._rows.items():
            offered = self._offered is None or value in self._offered
            row.setVisible((self._opened and offered) or row.isChecked())
            self._ticks[value].show_chosen(row.isChecked())
        words = "Show only what is chosen" if self._opened else "Choose…"
        self.more_button.setText(words)
        self.more_button.setAccessibleName(f"{self._question}: {words}")

    @Slot()
    def _on_more_clicked(self) -> None:
        self._opened = not self._opened
        self._show()

    @Slot()
    def _on_clicked(self) -> None:
        self._show()
        self.chosen.emit(self.value())
