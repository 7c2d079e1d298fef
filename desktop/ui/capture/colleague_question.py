"""Asks first of every new incident whether it is about somebody who could read it here."""

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.ui.dialog import Dialog
from desktop.ui.session import Session
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import card_heading, secondary

QUESTION = "Is this about a colleague, or somebody who can open this log?"
WHY = "Asked first, because whoever opens this log can read all of it, and count what is in it."
LETTERS_WIDE = 72


class ColleagueQuestion(QWidget):
    """Three answers; Enter or N goes on, and only a button chosen on purpose leads elsewhere."""

    somebody_else = Signal()
    colleague = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("colleagueQuestion")
        self.setAccessibleName(QUESTION)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(card_heading(QUESTION, self))
        column.addWidget(secondary(WHY, self))
        row = FlowLayout(spacing=8)
        self.no_button = self._button("colleagueNoButton", "&No, somebody else")
        set_role(self.no_button, "primary")
        self.no_button.clicked.connect(self.somebody_else)
        row.addWidget(self.no_button)
        for name, words in (("Yes", "&Yes"), ("NotSure", "Not &sure")):
            button = self._button(f"colleague{name}Button", words)
            button.clicked.connect(self.colleague)
            row.addWidget(button)
        column.addLayout(row)

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(f"{QUESTION} {words.replace('&', '')}")
        button.setAutoDefault(False)
        return button

    def focus_first(self) -> None:
        """Put the focus on the answer that is right nearly always."""
        self.no_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; N is the answer No."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QPushButton):
                focused.click()
        elif event.text().casefold() == "n":
            self.no_button.click()
        else:
            super().keyPressEvent(event)


class ColleagueDialog(Dialog):
    """The same question in front of a capture for a new incident; Escape leaves everything."""

    somebody_else = Signal()
    colleague = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("colleagueDialog")
        self.setWindowTitle("Before anything is copied")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._question = ColleagueQuestion(self)
        self._question.somebody_else.connect(self._on_somebody_else)
        self._question.colleague.connect(self._on_colleague)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.addWidget(self._question)
        self.setMinimumWidth(
            min(self.fontMetrics().averageCharWidth() * LETTERS_WIDE, parent.window().width())
        )
        session.locked.connect(self.reject)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin on the answer that is right nearly always."""
        super().showEvent(event)
        self._question.focus_first()

    @Slot()
    def _on_somebody_else(self) -> None:
        self._leave(self.somebody_else)

    @Slot()
    def _on_colleague(self) -> None:
        self._leave(self.colleague)

    def _leave(self, answer: SignalInstance) -> None:
        """Close first: what follows opens a window of its own."""
        self.accept()
        answer.emit()
