"""Shows text and bytes as plain words: nothing can be clicked, fetched or run."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.domain.evidence.shown import TextView
from desktop.ui.widgets.roles import set_role

SHORTENED = "[It goes on. Only the beginning is shown here; the whole is kept.]"


class WordsView(QPlainTextEdit):
    """Words to read, scroll and select."""

    def __init__(self, text: str, name: str, parent: QWidget, *, is_hex: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("viewerWordsEdit")
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        if is_hex:
            set_role(self, "mono")
            self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setPlainText(text)

    def wipe(self) -> None:
        """Leave no words of the item: the log locks."""
        self.clear()


def text_words(view: TextView) -> str:
    """Write text out, and say so when it goes on."""
    return f"{view.text}\n\n{SHORTENED}" if view.shortened else view.text
