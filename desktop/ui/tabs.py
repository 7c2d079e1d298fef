"""Panels behind a row of tabs; the row wraps where large text leaves no room in one line."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.page_stack import PageStack
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import row_line


class Tabs(QWidget):
    """One panel at a time; arrow keys go from tab to tab."""

    changed = Signal(object)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._panels: list[QWidget] = []
        self._buttons: dict[QWidget, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._stack = PageStack(self)
        self._bar = QWidget(self)
        self._bar.setAccessibleName(name)
        self._flow = FlowLayout(self._bar, spacing=4)
        self._bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(row_line(self))
        column.addWidget(self._stack, 1)
        self._group.buttonClicked.connect(self._on_clicked)

    def add(self, panel: QWidget, name: str, words: str) -> None:
        """Add a panel; the first one is shown."""
        button = QPushButton(words, self._bar)
        button.setObjectName(f"{name}Tab")
        button.setCheckable(True)
        set_role(button, "tab")
        self._group.addButton(button)
        self._panels.append(panel)
        self._buttons[panel] = button
        self._stack.addWidget(panel)
        self._flow.addWidget(button)
        self.set_words(panel, words)
        if len(self._panels) == 1:
            self.show_panel(panel)

    def set_words(self, panel: QWidget, words: str, shown: str = "") -> None:
        """Change what a tab says; `shown` is shorter, where there is little room."""
        self._buttons[panel].setText(shown or words)
        self._buttons[panel].setAccessibleName(f"Show: {words}")

    def words(self, panel: QWidget) -> str:
        """Return what a tab says."""
        return self._buttons[panel].text()

    def button(self, panel: QWidget) -> QPushButton:
        """Return the tab of a panel."""
        return self._buttons[panel]

    def current(self) -> QWidget | None:
        """Return the panel that is shown."""
        return self._stack.currentWidget()

    def show_panel(self, panel: QWidget) -> None:
        """Show one of the panels."""
        self._buttons[panel].setChecked(True)
        self._stack.setCurrentWidget(panel)
        self.changed.emit(panel)

    def focus_current(self) -> None:
        """Put the caret on the tab that is shown: from there arrow keys go to the others."""
        shown = self.current()
        if shown is not None:
            self.button(shown).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_offered(self, panel: QWidget, offered: bool) -> None:
        """Offer a tab or not; one that is no longer offered gives way to the next."""
        self._buttons[panel].setVisible(offered)
        if not offered and self.current() is panel:
            rest = [each for each in self._panels if not self._buttons[each].isHidden()]
            self.show_panel(rest[0])

    @Slot(QPushButton)
    def _on_clicked(self, clicked: QPushButton) -> None:
        for panel, button in self._buttons.items():
            if button is clicked:
                button.setFocus(Qt.FocusReason.MouseFocusReason)
                self.show_panel(panel)
                return
