"""The list of all incidents, quick with tens of thousands, and a box to search it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QPushButton, QTableView, QWidget

from desktop.domain.calendar.times import say, say_date
from desktop.domain.changes import Changes, Topic
from desktop.domain.errors import RecordErased, RecordMoved
from desktop.domain.incidents import IncidentStatus
from desktop.operations.browse_incidents import IncidentLine, list_incidents
from desktop.ui import messages
from desktop.ui.session import Session
from desktop.ui.theme import px
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import secondary

Index = QModelIndex | QPersistentModelIndex
RELOAD_AFTER_MS = 150
LETTERS_OF_TITLE = 20
STATUS_WORDS = {
    IncidentStatus.OPEN: "Open",
    IncidentStatus.AWAITING: "Waiting for an answer",
    IncidentStatus.CLOSED: "Closed",
}
_HEADERS = ("Number", "What it is about", "State", "Logged")
_WIDEST_TIME = "about 30 Sep 2026, 0"
_NOWHERE = QModelIndex()


class IncidentModel(QAbstractTableModel):
    """Incidents as lines, narrowed to those that hold every word that was typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[IncidentLine] = ()
        self._shown: Sequence[IncidentLine] = ()
        self._texts: list[str] = []
        self._words: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many incidents there are in all."""
        return len(self._lines)

    def set_lines(self, lines: Sequence[IncidentLine]) -> None:
        """Show other incidents."""
        self._lines = lines
        self._texts = [
            f"{line.number} {title_of(line)} {state_of(line)}".casefold() for line in lines
        ]
        self._narrow()

    def search(self, typed: str) -> None:
        """Show only lines that hold all these words."""
        self._words = tuple(typed.casefold().split())
        self._narrow()

    def line(self, row: int) -> IncidentLine:
        """Return the incident in this row."""
        return self._shown[row]

    def row_of(self, incident_id: str) -> int:
        """Return the row of an incident, -1 if it is not shown."""
        rows = (row for row, line in enumerate(self._shown) if line.id == incident_id)
        return next(rows, -1)

    def _narrow(self) -> None:
        self.beginResetModel()
        if self._words:
            self._shown = [
                line
                for line, text in zip(self._lines, self._texts, strict=True)
                if all(word in text for word in self._words)
            ]
        else:
            self._shown = self._lines
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Count the lines."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(_HEADERS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what stands in a cell."""
        if not index.isValid():
            return None
        line = self._shown[index.row()]
        cells = (line.number, title_of(line), state_of(line), say(line.logged_at))
        if role == Qt.ItemDataRole.DisplayRole:
            return cells[index.column()]
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return ", ".join(cells)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the name of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADERS[section]
        return None


def title_of(line: IncidentLine) -> str:
    """Say what an incident is about, or that its record is gone."""
    if line.erased_at:
        return f"Erased on {say_date(line.erased_at.local.date())}"
    if line.moved_at:
        return f"Moved on {say_date(line.moved_at.local.date())}"
    return line.title or "No title yet"


def state_of(line: IncidentLine) -> str:
    """Say in words where an incident stands."""
    if line.erased_at:
        return "Erased"
    if line.moved_at:
        return "Moved"
    words = STATUS_WORDS[line.status]
    return f"{words}, careful" if line.careful else words


class IncidentTable(QTableView):
    """Return or a double click opens a line; Tab leaves the table."""

    opened = Signal(int)

    def __init__(self, model: IncidentModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("incidentTable")
        self.setAccessibleName("Incidents")
        self.setModel(model)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.doubleClicked.connect(self._on_double_clicked)

    def fit(self) -> None:
        """Give columns and rows their room in the present text size."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + px(18))
        header = self.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column, widest in (
            (0, "2026-00000"),
            (2, "Waiting for answ"),
            (3, _WIDEST_TIME),
        ):
            header.resizeSection(column, metrics.horizontalAdvance(widest) + px(30))
        self._leave_room()

    def _leave_room(self) -> None:
        """Leave out when it was logged where hardly a word of the title would be seen."""
        wanted = self.fontMetrics().averageCharWidth() * LETTERS_OF_TITLE
        header = self.horizontalHeader()
        taken = sum(header.sectionSize(column) for column in (0, 2))
        logged = self.fontMetrics().horizontalAdvance(_WIDEST_TIME) + px(30)
        self.setColumnHidden(3, self.viewport().width() - taken - logged < wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look again what there is room for."""
        super().resizeEvent(event)
        self._leave_room()

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the line on Return."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class IncidentList(Page):
    """All incidents, the newest first."""

    open_incident_requested = Signal(str)
    quick_log_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Incidents", parent, scrolls=False)
        self._session = session
        self._coming = False
        self._build_ui()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(RELOAD_AFTER_MS)
        self._soon.timeout.connect(self.reload)
        session.changed.connect(self._on_changed)

    def _build_ui(self) -> None:
        quick = QPushButton("Quick log  Ctrl+N", self)
        quick.setObjectName("listQuickLogButton")
        quick.setAccessibleName("Quick log")
        quick.clicked.connect(self.quick_log_requested)
        set_role(quick, "primary")
        self.buttons.addWidget(quick)
        self.search_edit = QLineEdit(self)
        self.search_edit.setObjectName("searchEdit")
        self.search_edit.setAccessibleName("Search incidents")
        self.search_edit.setPlaceholderText("Search by number, title or state  (Ctrl+F)")
        self.search_edit.setClearButtonEnabled(True)
        self.search_edit.textChanged.connect(self._on_search_changed)
        self.search_edit.returnPressed.connect(self._on_search_return)
        self.model = IncidentModel(self)
        self.table = IncidentTable(self.model, self)
        self.table.opened.connect(self._on_opened)
        self._empty_label = secondary("", self)
        for each in (self.search_edit, self._empty_label, self.table):
            self.body.addWidget(each)
        self.body.setStretch(2, 1)

    @Slot()
    def reload(self) -> None:
        """Read the list again."""
        self._session.run(self, list_incidents, self._show)

    def focus_first(self) -> None:
        """Put the caret on the line that is marked: Return opens it."""
        self._coming = not self.model.total
        if self.model.rowCount():
            self.table.setFocus()
        else:
            self.search_edit.setFocus()

    def focus_search(self) -> None:
        """Put the cursor into the search box."""
        self.search_edit.setFocus()
        self.search_edit.selectAll()

    def _show(self, lines: tuple[IncidentLine, ...]) -> None:
        current = self.table.currentIndex()
        kept = self.model.line(current.row()).id if current.isValid() else ""
        self.model.set_lines(lines)
        self._select(max(self.model.row_of(kept), 0))
        self._show_count()
        # Whoever came before the lines were read stands in the search box, and has typed nothing.
        waits = self.window().focusWidget() is self.search_edit and not self.search_edit.text()
        if self._coming and waits and lines:
            self.table.setFocus()
        self._coming = False

    def _select(self, row: int) -> None:
        if self.model.rowCount():
            index = self.model.index(row, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _show_count(self) -> None:
        total, shown = self.model.total, self.model.rowCount()
        self.set_title("Incidents", f"{shown:,} of {total:,}" if shown != total else f"{total:,}")
        nothing = "No incident is logged yet." if not total else "No incident holds these words."
        self._empty_label.setText(nothing)
        self._empty_label.setVisible(not shown)

    @Slot(str)
    def _on_search_changed(self, typed: str) -> None:
        self.model.search(typed)
        self._select(0)
        self._show_count()

    @Slot()
    def _on_search_return(self) -> None:
        if self.model.rowCount() == 1:
            self._on_opened(0)
        else:
            self.table.setFocus()

    @Slot(int)
    def _on_opened(self, row: int) -> None:
        line = self.model.line(row)
        if line.erased_at:
            messages.show(self, RecordErased(line.number, say_date(line.erased_at.local.date())))
        elif line.moved_at:
            messages.show(self, RecordMoved(line.number, say_date(line.moved_at.local.date())))
        else:
            self.open_incident_requested.emit(line.id)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.touch(None, Topic.INCIDENT, Topic.EVIDENCE):
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Read again whenever the page comes up."""
        super().showEvent(event)
        self.table.fit()
        self.reload()
