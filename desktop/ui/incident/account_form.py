"""The form for an account, handle, number or address as it was seen."""

from functools import partial

from PySide6.QtWidgets import QComboBox, QWidget

from desktop.domain.identifiers import IncidentId, PersonId
from desktop.domain.incidents import PLATFORMS
from desktop.domain.people import Account, Involvement
from desktop.operations.incident.keep_people import add_account, edit_account
from desktop.operations.read_people import ACCOUNT_FIELDS
from desktop.ui.form_dialog import FormDialog
from desktop.ui.session import Session

NOBODY = ""


class AccountForm(FormDialog):
    """Copied exactly as it was seen; whose it is may stay unknown."""

    def __init__(
        self,
        session: Session,
        incident_id: IncidentId,
        involvements: tuple[Involvement, ...],
        parent: QWidget,
        account: Account | None = None,
    ) -> None:
        self._account = account
        super().__init__(
            session,
            incident_id,
            f"account.{account.id}" if account else "account",
            "More about this account" if account else "Add an account or handle",
            parent,
            hint="Write it exactly as it was seen. Do not look it up or get in touch with it.",
        )
        self._build_fields(involvements)
        if account:
            self._fill(account)

    def _build_fields(self, involvements: tuple[Involvement, ...]) -> None:
        form = self.form
        platforms = [("", "Not known"), *((name, name) for name in PLATFORMS)]
        form.add_list("platform", "Platform", platforms)
        form.add_line("handle", "Handle, number or e-mail address")
        form.add_line("display_name", "Name shown")
        form.add_line("address", "Address of the profile or post (typed or pasted, not opened)")
        people = {line.person.id: line.person.name or "Name not known" for line in involvements}
        form.add_list("person", "Whose it is", [(NOBODY, "Not known"), *people.items()])
        if not self._account:
            form.add_when("seen_at", "When it was seen")
        form.add_text("note", "Anything else that was visible")

    def _fill(self, account: Account) -> None:
        box = self.form.field("platform")
        if isinstance(box, QComboBox) and box.findData(account.platform) < 0:
            box.addItem(account.platform, account.platform)
        for name in ACCOUNT_FIELDS:
            self.form.set_text(name, str(getattr(account, name)))
        self.form.set_text("person", account.person_id or NOBODY)
        self.settle()

    def _keep(self) -> None:
        values = {name: self.form.text(name) for name in ACCOUNT_FIELDS}
        owner = self.form.text("person")
        person_id = PersonId(owner) if owner != NOBODY else None
        incident_id = self._incident_id
        if self._account:
            self._run(
                partial(
                    edit_account,
                    incident_id=incident_id,
                    account_id=self._account.id,
                    values=values,
                    person_id=person_id,
                )
            )
        else:
            self._run(
                partial(
                    add_account,
                    incident_id=incident_id,
                    values=values,
                    person_id=person_id,
                    seen_at=self.form.when("seen_at"),
                )
            )
