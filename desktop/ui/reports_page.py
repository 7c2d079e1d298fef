"""Reports: the figures of a quarter on screen, and how they are issued."""

from PySide6.QtWidgets import QWidget

from desktop.ui.session import Session
from desktop.ui.widgets.page import Page


class ReportsPage(Page):
    """The quarterly report."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Reports", parent)
        self._session = session
