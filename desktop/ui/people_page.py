"""Everybody in the log, with the incidents they are in and the role they have in each."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from desktop.domain.changes import Changes, Topic
from desktop.operations.read_people import PersonLine, list_people
from desktop.ui.incident.people_panel import NO_NAME, describe
from desktop.ui.session import Session
from desktop.ui.when_seen import WhenSeen
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import field_label, secondary

LETTERS_FOR_TWO_COLUMNS = 80
CHOOSE = "Choose somebody in the list."
NOBODY = "People come here once they are entered in an incident."


class PeopleModel(QAbstractListModel):
    """One line for each person: the name, and in how many incidents."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: tuple[PersonLine, ...] = ()

    def set_lines(self, lines: tuple[PersonLine, ...]) -> None:
        """Show these people."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> PersonLine:
        """Return one person."""
        return self._lines[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Count the people."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        """Return the words of a line."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        line = self._lines[index.row()]
        return f"{line.person.name or NO_NAME}  ·  {count_words(len(line.incidents))}"


class PeoplePage(Page):
    """The list with a search box; beside it whoever is chosen."""

    open_incident_requested = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("People", parent, scrolls=False)
        self._session = session
        self._when_seen = WhenSeen(self, self.reload)
        self._chosen_id = ""
        self._build_ui()
        session.changed.connect(self._on_changed)

    def _build_ui(self) -> None:
        self.search_edit = QLineEdit(self)
        self.search_edit.setObjectName("peopleSearchEdit")
        self.search_edit.setClearButtonEnabled(True)
        self.model = PeopleModel(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.model)
        self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search_edit.textChanged.connect(self._sorted.setFilterFixedString)
        self.list_view = QListView(self)
        self.list_view.setObjectName("peopleList")
        self.list_view.setAccessibleName("People")
        self.list_view.setModel(self._sorted)
        self.list_view.setWordWrap(True)
        self.list_view.selectionModel().currentChanged.connect(self._on_chosen)
        self._card = Card("Nobody chosen", self, hint=CHOOSE)
        self._buttons = QVBoxLayout()
        self._card.body.addLayout(self._buttons)
        self._card.body.addStretch(1)
        left = QVBoxLayout()
        caption = field_label("&Search by name", self.search_edit, self)
        # In two columns a label that may wrap takes room for two lines.
        caption.setWordWrap(False)
        left.addWidget(caption)
        left.addWidget(self.search_edit)
        left.addWidget(self.list_view, 1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self._card, 1)
        self.body.addLayout(self._columns, 1)

    def reload(self) -> None:
        """Read everybody again."""
        self._when_seen.note_read()
        self._session.run(self, list_people, self._on_read)

    def _on_read(self, lines: tuple[PersonLine, ...]) -> None:
        chosen = self._chosen_id
        self.model.set_lines(lines)
        self.set_title("People", f"{len(lines)} in the log" if lines else "Nobody yet")
        for row in range(len(lines)):
            if lines[row].person.id == chosen:
                index = self._sorted.mapFromSource(self.model.index(row))
                self.list_view.setCurrentIndex(index)
                return
        self._show_person(None)

    @Slot(QModelIndex, QModelIndex)
    def _on_chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self._show_person(self.model.line(self._sorted.mapToSource(index).row()))

    def _show_person(self, line: PersonLine | None) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if line is None:
            self._chosen_id = ""
            self._card.set_title("Nobody chosen")
            self._card.set_hint(CHOOSE if self.model.rowCount() else NOBODY)
            return
        person = line.person
        self._chosen_id = person.id
        self._card.set_title(person.name or NO_NAME)
        self._card.set_hint(describe(person))
        for text in (person.contact, person.needs, person.note):
            if text:
                self._buttons.addWidget(secondary(text, self._card))
        for incident_id, number, role in line.incidents:
            button = QPushButton(f"{number}: {role.value}", self._card)
            button.setObjectName("openPersonIncidentButton")
            button.setAccessibleName(f"Open incident {number}, {role.value}")
            set_role(button, "row")
            button.clicked.connect(
                lambda _checked=False, chosen=incident_id: self.open_incident_requested.emit(
                    chosen
                )
            )
            self._buttons.addWidget(button)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touch(None, Topic.PEOPLE):
            self._when_seen.ask()

    def resizeEvent(self, event: object) -> None:
        """Put the chosen person below the list where there is no room beside it."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        letters = self.width() / max(self.fontMetrics().averageCharWidth(), 1)
        wide = letters >= LETTERS_FOR_TWO_COLUMNS
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)


def count_words(count: int) -> str:
    """Say in how many incidents somebody is."""
    return "1 incident" if count == 1 else f"{count} incidents"
