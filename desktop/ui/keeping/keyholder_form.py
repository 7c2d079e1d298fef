"""A keyholder: added with a passphrase of their own, or changed; roles are said as they are."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.evidence.items import initials_of, tidy_initials
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.keys.keep_keyholders import KeyholderLine, add_keyholder, change_keyholder
from desktop.ui.entry import RatePassphrase
from desktop.ui.form_fields import FieldsForm
from desktop.ui.keeping.key_dialog import KeyDialog
from desktop.ui.keeping.passphrase_fields import PassphraseFields
from desktop.ui.session import Session
from desktop.ui.widgets.words import secondary

ROLE_WORDS = {
    KeyholderRole.LEAD: "Lead",
    KeyholderRole.DEPUTY: "Deputy",
    KeyholderRole.READER: "Reader",
}
ROLE_MEANS = {
    KeyholderRole.LEAD: "does everything, and manages keyholders, keys and erasure",
    KeyholderRole.DEPUTY: "logs, captures and exports, but does not manage keys or erase",
    KeyholderRole.READER: "reads, and takes part in drills and backups, but enters nothing",
}
ROLES_HONESTLY = (
    "A role guards against mistakes in this program, and everything that is done is on record. It "
    "cannot stop somebody who uses other tools: every keyholder's passphrase opens the whole log. "
    "Choose keyholders as if there were no roles."
)
_SHOWN_AS = (
    "Anybody who starts the program sees this, so it need not be a name. If it stays empty, the "
    "job title is shown."
)
_KEPT = ("name", "title", "initials", "shown_as")
_ROLE_CHOICES = tuple((role.value, words) for role, words in ROLE_WORDS.items())


class AddKeyholderDialog(KeyDialog):
    """Who they are, what they may do, and a passphrase that they type themselves."""

    def __init__(
        self, session: Session, rate: RatePassphrase, organisation: str, parent: QWidget
    ) -> None:
        super().__init__(
            session,
            "addKeyholder",
            "Add a keyholder",
            parent,
            keep="Add the keyholder",
            hint="Everybody has a passphrase of their own. They can open the log from now on, "
            "all of it, on this computer and from every backup made from now on.",
        )
        self._organisation = organisation
        self._suggested = ""
        self.form = FieldsForm(session.clock, "keyholder", self)
        self.form.add_line("name", "Name")
        self.form.add_line("title", "Job title", "for example Deputy safeguarding lead")
        self.form.add_line("initials", "Initials for exhibit marks")
        self.form.add_choice("role", "Role", _ROLE_CHOICES, hint=_roles_text())
        self.form.add_line("shown_as", "Name on the unlock page")
        self.form.add_widget(secondary(_SHOWN_AS, self.form))
        self.fields = PassphraseFields(session, rate, self)
        self.column.addWidget(self.form)
        self.column.addSpacing(12)
        self.column.addWidget(
            secondary("Let them choose and type the passphrase: hand over the keyboard.", self)
        )
        self.column.addWidget(self.fields)
        self._line("name").textChanged.connect(self._on_name_changed)
        self.form.set_text("role", KeyholderRole.DEPUTY.value)
        self.keep_words("addKeyholder", {name: self._line(name) for name in _KEPT})

    def focus_first(self) -> None:
        """Start with the name."""
        self.form.focus_first()

    def _line(self, name: str) -> QLineEdit:
        field = self.form.field(name)
        if not isinstance(field, QLineEdit):
            raise TypeError(name)
        return field

    @Slot(str)
    def _on_name_changed(self, name: str) -> None:
        self.fields.words = (name, self._organisation)
        if self.form.text("initials") == self._suggested:
            self._suggested = initials_of(name)
            self.form.set_text("initials", self._suggested)

    def _missing(self) -> tuple[str, str]:
        if not self.form.text("name"):
            return "name", "Write their name."
        if not tidy_initials(self.form.text("initials")):
            return "initials", "Write two to four letters for the exhibit marks."
        return "", self.fields.problem()

    def _keep(self) -> None:
        field, problem = self._missing()
        if problem:
            self._say(problem)
            if field:
                self.form.focus(field)
            else:
                self.fields.focus_first()
            return
        self._run(
            partial(
                add_keyholder,
                name=self.form.text("name"),
                title=self.form.text("title"),
                initials=tidy_initials(self.form.text("initials")),
                role=KeyholderRole(self.form.text("role")),
                shown_as=self.form.text("shown_as"),
                passphrase=self.fields.text(),
            )
        )

    def _on_done(self, _answer: object) -> None:
        self._tell(f"{self.form.text('name')} can open the log now.")
        self.accept()


class ChangeKeyholderDialog(KeyDialog):
    """Name, title, role and what the unlock page shows; initials stay, for exhibit marks do."""

    def __init__(
        self, session: Session, line: KeyholderLine, parent: QWidget, *, may_set_role: bool
    ) -> None:
        super().__init__(
            session,
            "changeKeyholder",
            f"Change the details of {line.name}",
            parent,
            keep="Keep the changes",
            hint=f"Exhibits keep their marks: {line.initials}/1 and so on.",
        )
        self._line = line
        self.form = FieldsForm(session.clock, "keyholder", self)
        self.form.add_line("name", "Name")
        self.form.add_line("title", "Job title")
        self.form.add_choice("role", "Role", _ROLE_CHOICES, hint=_roles_text())
        self.form.add_line("shown_as", "Name on the unlock page")
        self.form.add_widget(secondary(_SHOWN_AS, self.form))
        self.form.set_shown("role", may_set_role)
        self.form.set_texts(
            {
                "name": line.name,
                "title": line.title,
                "role": line.role.value,
                "shown_as": line.shown_as,
            }
        )
        self.column.addWidget(self.form)

    def focus_first(self) -> None:
        """Start with the name."""
        self.form.focus_first()

    def _keep(self) -> None:
        if not self.form.text("name"):
            self._say("Write their name.")
            self.form.focus("name")
            return
        self._run(
            partial(
                change_keyholder,
                keyholder_id=self._line.id,
                name=self.form.text("name"),
                title=self.form.text("title"),
                role=KeyholderRole(self.form.text("role")),
                shown_as=self.form.text("shown_as"),
            )
        )


def _roles_text() -> str:
    return "\n".join(f"{ROLE_WORDS[role]}: {means}." for role, means in ROLE_MEANS.items())
