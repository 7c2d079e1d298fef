"""Asks what the bundle for the police is to be, makes it, and shows how to hand it over."""

from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.identifiers import IncidentId
from desktop.ui.session import Session


class ExportDialog(QDialog):
    """One bundle for the police."""

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._incident_id = incident_id
