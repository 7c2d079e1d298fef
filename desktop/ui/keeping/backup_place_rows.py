"""The places to which backups go, one row each: where, how it stands, a button to remove it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import say
from desktop.operations.backups.keep_backup_places import PlaceView
from desktop.ui.theme import px
from desktop.ui.widgets.chip import Chip, Tone
from desktop.ui.widgets.words import row_line, secondary, strong

LARGE = 150
NO_PLACE = (
    "No place yet. Two are better than one: a stick that lies elsewhere, and a share or a disk."
)


class BackupPlaceRows(QWidget):
    """Shows the places; remove_requested carries the PlaceView."""

    remove_requested = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._shown: QWidget | None = None

    def show_places(self, places: Sequence[PlaceView]) -> None:
        """Show these and forget what was shown."""
        if self._shown is not None:
            self._column.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = self._build(places)
        self._column.addWidget(self._shown)

    def _build(self, places: Sequence[PlaceView]) -> QWidget:
        if not places:
            return secondary(NO_PLACE, self)
        rows = QWidget(self)
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for number, place in enumerate(places):
            if number:
                grid.addWidget(row_line(rows), number * 2 - 1, 0, 1, 3)
            self._add(grid, number, place)
        return rows

    def _add(self, grid: QGridLayout, number: int, place: PlaceView) -> None:
        parent = grid.parentWidget()
        words, tone = _chip(place)
        chip = Chip(words, tone, parent)
        column = QVBoxLayout()
        column.setSpacing(0)
        stacked = px(100) >= LARGE
        if stacked:
            column.addWidget(chip)
        column.addWidget(strong(place.path, parent))
        column.addWidget(secondary(_detail(place), parent))
        button = QPushButton("Remove…", parent)
        button.setObjectName(f"removeBackupPlace{number}Button")
        button.setAccessibleName(f"Stop backing up to {place.path}")
        button.clicked.connect(lambda _on=False: self.remove_requested.emit(place))
        centre = Qt.AlignmentFlag.AlignVCenter
        if not stacked:
            grid.addWidget(chip, number * 2, 0, centre | Qt.AlignmentFlag.AlignLeft)
        grid.addLayout(column, number * 2, 1)
        grid.addWidget(button, number * 2, 2, centre | Qt.AlignmentFlag.AlignRight)


def _chip(place: PlaceView) -> tuple[str, Tone]:
    if not place.there:
        return "Not there now", "due"
    if place.last_outcome == "failed":
        return "Did not work", "late"
    if place.last_made is None:
        return "No backup yet", "due"
    return "Ready", "done"


def _detail(place: PlaceView) -> str:
    made = f"Last backup {say(place.last_made)}" if place.last_made else "No backup there yet"
    proved = f", tried and held {say(place.proved_at)}" if place.proved_at else ""
    failed = place.last_outcome == "failed"
    why = f" The last attempt did not work. {place.last_detail}".rstrip() if failed else ""
    there = "" if place.there else " It is used again as soon as it is there."
    return f"{made}{proved}.{why}{there}"
