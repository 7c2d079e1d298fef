"""Who is involved in an incident, with their role in it, and the accounts as seen."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import say
from desktop.domain.changes import Topic
from desktop.domain.people import Account, AgeGroup, Involvement, Person, PersonKind
from desktop.operations.read_people import PeopleView, show_people
from desktop.ui.incident.account_form import AccountForm
from desktop.ui.incident.person_form import PersonForm
from desktop.ui.panel import Panel
from desktop.ui.session import Session
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import card_heading, row_line, secondary, strong

NO_NAME = "Name not known"


class PeoplePanel(Panel):
    """People first, then accounts."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent, Topic.PEOPLE, Topic.ACCOUNTS)
        self._view = PeopleView((), ())
        self.person_button = self.add_panel_button("addPersonButton", "Add a person…")
        self.person_button.clicked.connect(self._on_person_clicked)
        self.account_button = self.add_panel_button("addAccountButton", "Add an account…")
        self.account_button.clicked.connect(self._on_account_clicked)

    def reload(self) -> None:
        """Read who is involved again."""
        if self.incident_id:
            operation = partial(show_people, incident_id=self.incident_id)
            self.session.run(self, operation, self._on_read)

    def _on_read(self, view: PeopleView) -> None:
        self._view = view
        self.renew_rows()
        self.add_row(card_heading("People", self))
        for involvement in view.involvements:
            self.add_row(PersonRow(involvement, self))
        if not view.involvements:
            self.add_row(secondary("Nobody yet. A first name, or “a learner”, is enough.", self))
        self.rows.addSpacing(16)
        self.add_row(card_heading("Accounts and handles as seen", self))
        for account in view.accounts:
            self.add_row(AccountRow(account, self))
        if not view.accounts:
            self.add_row(secondary("None yet.", self))

    @Slot()
    def _on_person_clicked(self) -> None:
        if self.incident_id:
            PersonForm(self.session, self.incident_id, self).show_form()

    @Slot()
    def _on_account_clicked(self) -> None:
        if self.incident_id:
            people = self._view.involvements
            AccountForm(self.session, self.incident_id, people, self).show_form()

    def edit_person(self, involvement: Involvement) -> None:
        """Open what is known of somebody."""
        if self.incident_id:
            PersonForm(self.session, self.incident_id, self, involvement).show_form()

    def edit_account(self, account: Account) -> None:
        """Open what is known of an account."""
        if self.incident_id:
            people = self._view.involvements
            AccountForm(self.session, self.incident_id, people, self, account).show_form()


class _Row(QFrame):
    def __init__(self, parent: PeoplePanel) -> None:
        super().__init__(parent)
        self.panel = parent
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        self.head = QHBoxLayout()
        self.column = QVBoxLayout()
        self.column.setSpacing(2)
        self.words = QWidget(self)
        self.flow = FlowLayout(self.words, spacing=8)
        self.column.addWidget(self.words)
        self.column.addStretch(1)
        self.head.addLayout(self.column, 1)
        outer.addLayout(self.head)
        outer.addWidget(row_line(self))

    def add_line(self, text: str) -> None:
        """Add a quiet line, unless there is nothing to say."""
        if text:
            self.column.insertWidget(self.column.count() - 1, secondary(text, self))

    def add_edit_button(self, name: str, accessible: str) -> QPushButton:
        """Add the button that opens it."""
        button = QPushButton("Open…", self)
        button.setObjectName(name)
        button.setAccessibleName(accessible)
        set_role(button, "quiet")
        self.head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return button


class PersonRow(_Row):
    """Somebody, with the role they have here."""

    def __init__(self, involvement: Involvement, parent: PeoplePanel) -> None:
        super().__init__(parent)
        self._involvement = involvement
        person = involvement.person
        name = person.name or NO_NAME
        self.flow.addWidget(strong(name, self.words))
        self.flow.addWidget(Chip(involvement.role.value, "info", self.words))
        self.add_line(describe(person))
        self.add_line(person.contact)
        self.add_line(person.needs)
        self.add_line(person.note)
        button = self.add_edit_button("openPersonButton", f"Open {name}")
        button.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.panel.edit_person(self._involvement)


class AccountRow(_Row):
    """An account as seen."""

    def __init__(self, account: Account, parent: PeoplePanel) -> None:
        super().__init__(parent)
        self._account = account
        shown = account.handle or account.display_name or account.address or "Not named"
        self.flow.addWidget(strong(shown, self.words))
        if account.platform:
            self.flow.addWidget(Chip(account.platform, "plain", self.words))
        self.add_line(f"Shown as “{account.display_name}”" if account.display_name else "")
        self.add_line(account.address)
        owner = f"Said to belong to {account.person_name}" if account.person_id else ""
        self.add_line(owner or "Whose it is: not known")
        self.add_line(f"Seen {say(account.seen_at)}" if account.seen_at else "")
        self.add_line(account.note)
        button = self.add_edit_button("openAccountButton", f"Open the account {shown}")
        button.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.panel.edit_account(self._account)


def describe(person: Person) -> str:
    """Say who somebody is to the organisation, and their age group."""
    parts = []
    if person.kind is not PersonKind.UNKNOWN:
        parts.append(person.kind.value)
    if person.age_group is AgeGroup.UNKNOWN:
        parts.append("age not known: treated as under 18")
    else:
        parts.append(person.age_group.value)
    if person.date_of_birth:
        parts.append(f"born {person.date_of_birth}")
    return ", ".join(parts).capitalize()
