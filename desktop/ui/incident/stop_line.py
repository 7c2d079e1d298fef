"""The lines that say stop where the stop itself is out of view, and lead to it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.operations.steps.follow_checklist import ChecklistsView, ChecklistView
from desktop.ui.row_button import RowButton
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.words import label

STOP = "Stop"
# What nobody may copy while a procedure runs.
_NEVER_COPIED = {
    "P03": "a sexual image of a child",
    "P03B": "an intimate image of an adult",
    "P06": "a sexual image of a child",
    "P07": "terrorist material",
}


class StopLine(RowButton):
    """It stays in view while the steps scroll: nobody misses a stop that stands further up."""

    def __init__(self, parent: QWidget, name: str = "stopLineButton") -> None:
        super().__init__(parent)
        self.setCheckable(False)
        self.setObjectName(name)
        self._label = label("", "body", self)
        self.row.setContentsMargins(0, 4, 6, 4)
        self.row.addWidget(Chip(STOP, "late", self), 0, Qt.AlignmentFlag.AlignTop)
        self.row.addWidget(self._label, 1)
        self.let_clicks_through()
        self.hide()

    def show_titles(self, titles: Sequence[str]) -> None:
        """Name the procedures whose stop is folded away; no line where there is none."""
        self.setVisible(bool(titles))
        if titles:
            first = titles[0].removeprefix(f"{STOP}: ")
            more = f", and {len(titles) - 1} more" if titles[1:] else ""
            words = f"{first[:1].upper()}{first[1:]}{more}"
            self._label.setText(f"Read first: {words}")
            self.setAccessibleName(f"{STOP}. Read first: {words}")

    def show_never_copied(self, view: ChecklistsView) -> str:
        """Say what nobody may copy while these run; return it, '' and no line where there is none.

        It is said beside the buttons that capture, above every tab.
        """
        words = say_never_copied(view)
        self.setVisible(bool(words))
        self._label.setText(words)
        self.setAccessibleName(f"{STOP}. {words}")
        return words


def say_never_copied(view: ChecklistsView) -> str:
    """Name what is described and never copied while these procedures run, '' for nothing."""
    found = dict.fromkeys(_NEVER_COPIED[one.procedure.id] for one in _running(view))
    return f"Do not copy {' or '.join(found)}: describe it in words." if found else ""


def first_stop(view: ChecklistsView) -> str:
    """Return the first step of what says so, '' where nothing does."""
    return next((step.step.id for one in _running(view) for step in one.steps), "")


def _running(view: ChecklistsView) -> list[ChecklistView]:
    return [
        one
        for one in view.checklists
        if one.procedure.id in _NEVER_COPIED and not one.checklist.ended_reason
    ]
