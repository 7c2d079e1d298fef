"""Which procedure leads and how far it is, in a line that leads back to the step to do now."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.row_button import RowButton
from desktop.ui.widgets.words import label, secondary

BACK = "Back to the step ▸"


class ProgressLine(RowButton):
    """Offers the way back only while the step to do now is out of view."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(False)
        self.setObjectName("progressButton")
        self._is_compact = False
        self._title = self._state = ""
        self.label = secondary("", self)
        self._back_label = label(BACK, "link", self, wrap=False)
        self.row.setContentsMargins(0, 2, 6, 2)
        self.row.addWidget(self.label, 1)
        self.row.addWidget(self._back_label)
        self._back_label.hide()
        self.let_clicks_through()

    def set_compact(self, compact: bool) -> None:
        """Take no more room than the words need, or a whole line in which they wrap."""
        self._is_compact = compact
        self.label.setWordWrap(not compact)
        self._show_label()
        kinds = QSizePolicy.Policy
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(kinds.Preferred if compact else kinds.Ignored)
        self.setSizePolicy(policy)

    def show_words(self, title: str, state: str, step: str = "") -> None:
        """Say what leads and how far it is, and name the step to do now."""
        self._title, self._state = title, state
        self._show_label()
        words = " · ".join(filter(None, (title, state)))
        self.setEnabled(bool(step))
        self.setAccessibleName(f"{words}. Go to the step to do now: {step}" if step else words)

    def _show_label(self) -> None:
        title = "" if self._is_compact else self._title
        self.label.setText(" · ".join(filter(None, (title, self._state))))

    def offer_back(self, offered: bool) -> None:
        """Show that there is a way back, or that nobody needs it."""
        self._back_label.setVisible(offered and self.isEnabled())
