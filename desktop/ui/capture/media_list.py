"""What to capture where something came by e-mail, phone or a platform; shut until asked for."""

from PySide6.QtWidgets import QWidget

from desktop.domain.steps.procedures import Medium
from desktop.ui.fold import Fold
from desktop.ui.widgets.words import body, secondary, strong


class MediaList(Fold):
    """For each medium what identifies it, what to capture, the traps."""

    def __init__(self, media: tuple[Medium, ...], parent: QWidget) -> None:
        super().__init__("mediaButton", "What to capture, by medium", parent)
        for medium in media:
            self.column.addSpacing(6)
            self.column.addWidget(strong(medium.name, self.list))
            self.column.addWidget(body(f"Identified by: {medium.identifier}", self.list))
            self.column.addWidget(body(f"Capture: {medium.capture}", self.list))
            self.column.addWidget(secondary(f"Take care: {medium.traps}", self.list))
