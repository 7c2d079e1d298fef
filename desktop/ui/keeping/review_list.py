"""The review list: every record that is kept, by where its review stands."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.domain.log.retention import ReviewState
from desktop.operations.incident.keep_retention import ReviewLine
from desktop.ui.keeping.retention_words import STATE_TONES, STATE_WORDS, say_line
from desktop.ui.row_button import RowButton
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.tag_row import TagRow
from desktop.ui.widgets.words import row_line, secondary, strong

SHOWN = 100
_FILTERS: tuple[tuple[str, str, frozenset[ReviewState]], ...] = (
    ("due", "Due", frozenset({ReviewState.DUE})),
    ("coming", "Coming", frozenset({ReviewState.COMING})),
    ("unclassed", "To be classed", frozenset({ReviewState.UNCLASSED, ReviewState.ASKS})),
    ("held", "Held", frozenset({ReviewState.HELD})),
    ("all", "All", frozenset(ReviewState)),
)


NO_SUCH = "There is no such record."
NONE_YET = (
    "No record is here yet. A record comes here when its incident is closed: then it gets its "
    "class and its review date."
)


class ReviewList(Card):
    """Choose which records to see, then one of them."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            "Records and their reviews",
            parent,
            hint="On its review date somebody decides: keep it longer, or erase it. Nothing is "
            "ever deleted by itself.",
        )
        self._lines: tuple[ReviewLine, ...] = ()
        self._chosen_id = ""
        choices = [(key, words) for key, words, _ in _FILTERS]
        self.filters = TagRow(choices, self, exclusive=True, name="Show records")
        self.filters.setObjectName("reviewFilters")
        self.filters.set_value(("all",))
        self.filters.chosen.connect(self._on_filter_chosen)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._note: QLabel = secondary("", self)
        self._note.setObjectName("reviewNoteLabel")
        self.body.addWidget(self.filters)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._note)

    def show_lines(self, lines: tuple[ReviewLine, ...]) -> None:
        """Show other records; the chosen one stays chosen while it is there."""
        self._lines = lines
        self._show()

    def _show(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        lines = [line for line in self._lines if line.state in self._wanted()]
        for line in lines[:SHOWN]:
            self._rows.addWidget(row_line(self))
            self._rows.addWidget(self._build_row(line))
        more = f"{len(lines) - SHOWN:,} more are not shown." if len(lines) > SHOWN else ""
        self._note.setText(more if lines else NO_SUCH if self._lines else NONE_YET)
        self._note.setVisible(bool(self._note.text()))

    def _wanted(self) -> frozenset[ReviewState]:
        picked = self.filters.value()
        found = [states for key, _, states in _FILTERS if key in picked]
        return found[0] if found else frozenset(ReviewState)

    def _build_row(self, line: ReviewLine) -> RowButton:
        row = RowButton(self)
        row.setObjectName("reviewRowButton")
        words = f"{line.number}, {line.title}: {STATE_WORDS[line.state]}, {say_line(line)}"
        row.setAccessibleName(words)
        row.setChecked(line.incident_id == self._chosen_id)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(strong(f"{line.number} · {line.title}", row))
        column.addWidget(secondary(say_line(line), row))
        row.row.addLayout(column, 1)
        row.row.addWidget(Chip(STATE_WORDS[line.state], STATE_TONES[line.state], row))
        row.let_clicks_through()
        row.clicked.connect(self._chooser(line.incident_id))
        return row

    def _chooser(self, incident_id: str) -> Callable[[], None]:
        def choose() -> None:
            self._chosen_id = incident_id
            for row in self.findChildren(RowButton):
                row.setChecked(row is self.sender())
            self.chosen.emit(incident_id)

        return choose

    def _on_filter_chosen(self, picked: tuple[str, ...]) -> None:
        if not picked:
            self.filters.set_value(("all",))
        self._show()
