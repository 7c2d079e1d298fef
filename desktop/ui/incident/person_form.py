"""The form for somebody and the role they have in this incident."""

from functools import partial

from PySide6.QtWidgets import QComboBox, QWidget

from desktop.domain.identifiers import IncidentId, PersonId
from desktop.domain.people import AgeGroup, Involvement, PersonKind, Role
from desktop.operations.incident.keep_people import add_person, edit_person, involve_person
from desktop.operations.read_people import PERSON_FIELDS, PersonLine, list_people
from desktop.ui.form_dialog import FormDialog
from desktop.ui.session import Session

ROLE_WORDS: dict[Role, str] = {
    Role.TARGET: "Target: the one it was aimed at",
    Role.PERSON_REPORTED: "Person reported",
    Role.WITNESS: "Witness",
    Role.REPORTER: "Reporter: told us",
    Role.PARENT: "Parent or carer",
    Role.EMPLOYER: "Employer",
    Role.FINDER: "Finder: came across it",
    Role.BYSTANDER: "Bystander",
    Role.PROFESSIONAL: "Professional",
    Role.OTHER: "Other",
}
NEW_PERSON = ""


class PersonForm(FormDialog):
    """Somebody new, somebody known already in a further role, or more about somebody here."""

    def __init__(
        self,
        session: Session,
        incident_id: IncidentId,
        parent: QWidget,
        involvement: Involvement | None = None,
    ) -> None:
        self._involvement = involvement
        name = f"person.{involvement.person.id}" if involvement else "person"
        super().__init__(
            session,
            incident_id,
            name,
            "More about this person" if involvement else "Add a person",
            parent,
            hint="Only what is needed. Nothing here has to be filled in.",
        )
        self._build_fields()
        if involvement:
            self._fill(involvement)
        else:
            self._session.run(self, list_people, self._on_people)

    def _build_fields(self) -> None:
        form = self.form
        if not self._involvement:
            form.add_list("known", "Who", [(NEW_PERSON, "Somebody new")])
            form.set_shown("known", shown=False)
            form.edited.connect(self._on_known_changed)
        form.add_line("name", "Name, or what they are known by")
        if not self._involvement:
            form.add_list(
                "role", "Role in this incident", [(role.value, ROLE_WORDS[role]) for role in Role]
            )
        form.add_choice("kind", "Who they are to us", _choices(PersonKind))
        form.add_choice("age_group", "Age", _choices(AgeGroup))
        form.add_line("date_of_birth", "Date of birth, if a step needs it")
        form.add_line("contact", "How to reach them")
        form.add_text("needs", "Needs: communication, vulnerability, social worker")
        form.add_text("note", "Anything else that matters here")

    def _fill(self, involvement: Involvement) -> None:
        person = involvement.person
        for name in PERSON_FIELDS:
            self.form.set_text(name, str(getattr(person, name)))
        self.settle()

    def _on_people(self, lines: tuple[PersonLine, ...]) -> None:
        box = self.form.field("known")
        if not lines or not isinstance(box, QComboBox):
            return
        for line in lines:
            numbers = ", ".join(sorted({number for _id, number, _role in line.incidents}))
            box.addItem(f"{line.person.name or 'Name not known'} ({numbers})", line.person.id)
        self.form.set_shown("known", shown=True)

    def _on_known_changed(self) -> None:
        fresh = self.form.text("known") == NEW_PERSON
        for name in PERSON_FIELDS:
            self.form.set_shown(name, shown=fresh)

    def _keep(self) -> None:
        values = {name: self.form.text(name) for name in PERSON_FIELDS}
        incident_id = self._incident_id
        if self._involvement:
            person_id = self._involvement.person.id
            self._run(
                partial(edit_person, incident_id=incident_id, person_id=person_id, values=values)
            )
            return
        role = Role(self.form.text("role"))
        known = self.form.text("known")
        if known != NEW_PERSON:
            person_id = PersonId(known)
            self._run(
                partial(involve_person, incident_id=incident_id, person_id=person_id, role=role)
            )
        else:
            self._run(partial(add_person, incident_id=incident_id, role=role, values=values))


def _choices(kinds: type[PersonKind] | type[AgeGroup]) -> list[tuple[str, str]]:
    return [(kind.value, kind.value.capitalize()) for kind in kinds]
