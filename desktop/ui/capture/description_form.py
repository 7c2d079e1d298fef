"""The form for something that is evidence in words only: seen, heard, or gone already."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.describe_thing import describe_only
from desktop.ui.form_dialog import FormDialog
from desktop.ui.session import Session

HINT = (
    "For what cannot or must not be copied: something that has gone, was heard or seen, or is "
    "with somebody else. It gets an exhibit mark. Write what was seen and said, not what it means."
)
FIELDS = (
    ("source_url", "Address (URL) where it was", ""),
    ("platform", "Platform or site", ""),
    ("handle", "Handle, number or address of the account", "@…"),
    ("time_as_shown", "Time as shown, letter for letter", "2h ago, 12/03 14:05 …"),
    ("passed_on_by", "Who told you of it: name and role", ""),
    ("original_kept", "Where the original is, and who controls it", "still online, deleted …"),
)


class DescriptionForm(FormDialog):
    """Makes an item without content; nothing is copied, so nothing is asked at the gate."""

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(
            session, incident_id, "description", "Describe it in words", parent, hint=HINT
        )
        self.form.add_text("description", "What it is, in words")
        for name, label, hint in FIELDS:
            self.form.add_line(name, label, hint)
        self.settle()

    def _keep(self) -> None:
        if self._lacks(("description", "Write what it is. One sentence is enough.")):
            return
        self._run(partial(describe_only, incident_id=self._incident_id, origin=self.form.texts()))
