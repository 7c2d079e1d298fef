"""The frame of every form about the organisation: what is typed is kept with the organisation."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.identifiers import IncidentId
from desktop.operations.organisation.show_own_copy import DRAFTS, read_drafts
from desktop.ui.form_dialog import FormDialog
from desktop.ui.session import Session


class OwnForm(FormDialog):
    """A form that belongs to no incident: its drafts lie with the organisation."""

    def __init__(
        self,
        session: Session,
        name: str,
        title: str,
        parent: QWidget,
        *,
        keep: str = "Keep",
        hint: str = "",
    ) -> None:
        super().__init__(session, IncidentId(DRAFTS), name, title, parent, keep=keep, hint=hint)

    def _read(self) -> None:
        self._session.run(self, read_drafts, partial(self.bring_back))
