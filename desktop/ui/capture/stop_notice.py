"""The notice that comes up when something was held back or sealed: what nobody may do now."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.domain.evidence.gate import STOP_NOTICE_TITLE, Concern, stop_notice
from desktop.ui.dialog import Dialog
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import body, heading, secondary, strong

LETTERS_WIDE = 64
NAMED = 8
SCREEN_SHARE = 0.92
WHAT_NEXT = (
    "Only your description was kept. The steps for this are in the checklist of the incident. "
    "Everything else can still be captured, one thing at a time."
)
SEALED_TITLE = "Stop. It is sealed now"
SEALED_NEXT = (
    "It is no longer shown or exported, in any incident, and new backups leave it out. Nothing "
    "was deleted: only a named instruction from the police allows that. The steps for this are in "
    "the checklist of the incident."
)


class StopNotice(Dialog):
    """Says stop, in words; one button, nothing to decide here. `more` is said at the end."""

    title = STOP_NOTICE_TITLE
    named = "Held back: "
    what_next = WHAT_NEXT

    def __init__(
        self,
        held: Sequence[str],
        parent: QWidget,
        more: Sequence[str] = (),
        concern: Concern | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = stop_notice(concern)
        self.setObjectName("stopNotice")
        self.setWindowTitle(self.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleDescription(self._words)
        self._build_ui(_names(held), more)

    def _build_ui(self, held: str, more: Sequence[str]) -> None:
        panel = QFrame(self)
        set_role(panel, "danger-panel")
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(20, 18, 20, 18)
        inner.setSpacing(10)
        inner.addWidget(heading(self.title, panel))
        paragraphs = self._words.split("\n\n")
        for paragraph in paragraphs:
            make = strong if paragraph is paragraphs[-1] else body
            inner.addWidget(make(paragraph, panel))
        if held:
            inner.addWidget(secondary(self.named + held, panel))
        for text in (self.what_next, *more):
            inner.addWidget(secondary(text, panel))
        self._read_button = QPushButton("I have read this", self)
        self._read_button.setObjectName("stopReadButton")
        self._read_button.setAccessibleName("I have read this")
        set_role(self._read_button, "primary")
        self._read_button.setDefault(True)
        self._read_button.clicked.connect(self.accept)
        scroll = Scroll(self)
        scroll.inner.column.addWidget(panel)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 20)
        outer.setSpacing(16)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._read_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._fit(scroll)

    def _fit(self, scroll: Scroll) -> None:
        """Be as high as the words need, but no higher than the screen: the rest scrolls."""
        room = QGuiApplication.primaryScreen().availableSize()
        wide = min(self.fontMetrics().averageCharWidth() * LETTERS_WIDE, room.width() - 48)
        self.setMinimumWidth(wide)
        high = scroll.inner.heightForWidth(wide - 48) + self.fontMetrics().height() * 6
        self.resize(wide, min(high, round(room.height() * SCREEN_SHARE)))


class SealedNotice(StopNotice):
    """The same for something that was in the log already."""

    title = SEALED_TITLE
    named = "Sealed: "
    what_next = SEALED_NEXT


def _names(held: Sequence[str]) -> str:
    """Name the first few: the notice must stay readable on any screen."""
    more = len(held) - NAMED
    named = ", ".join(held[:NAMED])
    return f"{named} and {more} more" if more > 0 else named
