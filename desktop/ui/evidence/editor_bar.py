"""The line of tools above a picture that is worked on: what a stroke makes, and what keys do."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.choice_row import ChoiceRow
from desktop.ui.evidence.editor_canvas import Tool
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.words import secondary

TOOLS = (
    (Tool.COVER, "Cover"),
    (Tool.FRAME, "Frame"),
    (Tool.ARROW, "Arrow"),
    (Tool.NUMBER, "Number"),
    (Tool.CROP, "Crop"),
)
HELP = (
    "Drag over the picture. You can see through a cover only here; in the copy it is solid black. "
    "Keys: Enter adds, arrow keys move, Shift and arrow keys change the size, Ctrl makes small "
    "steps, N goes to the next one, Delete removes it."
)
BUTTONS = (
    ("redactionAddButton", "Add", "Add one in the middle"),
    ("redactionRemoveButton", "Remove", "Remove the chosen one"),
    ("redactionUndoButton", "Undo", "Take back what was done last"),
    ("redactionFitButton", "Fit", "Fit to the window"),
    ("redactionLargerButton", "Larger", "Larger"),
    ("redactionSmallerButton", "Smaller", "Smaller"),
    ("redactionBeforeButton", "Previous page", "Previous page"),
    ("redactionAfterButton", "Next page", "Next page"),
)


class EditorBar(QWidget):
    """Says by `pressed` which button it was, by `tool_chosen` what a stroke makes from now on."""

    pressed = Signal(str)
    tool_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QPushButton] = {}
        self.tools = ChoiceRow(
            "redactionTool", "What to draw:", [(one.value, words) for one, words in TOOLS], self
        )
        self.tools.set_value(Tool.COVER)
        self.tools.chosen.connect(self._on_tool)
        row = QWidget(self)
        flow = FlowLayout(row, spacing=8)
        for name, words, accessible in BUTTONS:
            button = QPushButton(words, row)
            button.setObjectName(name)
            button.setAccessibleName(accessible)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, name=name: self.pressed.emit(name))
            self._buttons[name] = button
            flow.addWidget(button)
        self._page_label: QLabel = secondary("", row)
        self._page_label.setWordWrap(False)
        flow.addWidget(self._page_label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tools)
        column.addWidget(row)
        column.addWidget(secondary(HELP, self))
        self.show_page(0, 0)

    def show_page(self, page: int, pages: int) -> None:
        """Say which page it is; a picture has none."""
        self._page_label.setText(f"Page {page + 1} of {pages}")
        before, after = (
            self._buttons["redactionBeforeButton"],
            self._buttons["redactionAfterButton"],
        )
        for widget in (self._page_label, before, after):
            widget.setVisible(pages > 1)
        before.setEnabled(page > 0)
        after.setEnabled(page + 1 < pages)

    def show_state(self, *, can_undo: bool, can_remove: bool) -> None:
        """Switch off what cannot be done now."""
        self._buttons["redactionUndoButton"].setEnabled(can_undo)
        self._buttons["redactionRemoveButton"].setEnabled(can_remove)

    @Slot(str)
    def _on_tool(self, tool: str) -> None:
        self.tool_chosen.emit(tool)
