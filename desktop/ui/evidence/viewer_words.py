"""Shows mail, text and bytes as plain words: nothing can be clicked, fetched or run."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.domain.shown import MailView, TextView
from desktop.ui.widgets.roles import set_role

SHORTENED = "[It goes on. Only the beginning is shown here; the whole is kept.]"
REDUCED = "[The mail is HTML. Its words are shown; pictures and links were not loaded.]"


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


def mail_words(view: MailView) -> str:
    """Write a mail out: headers, the words, what is attached, the path it took."""
    parts = ["\n".join(f"{name}: {value}" for name, value in view.headers)]
    parts += [REDUCED] if view.reduced else []
    parts += [view.body.strip() or "[There are no words in it.]"]
    parts += [SHORTENED] if view.shortened else []
    if view.attachments:
        lines = [f"  {one.name} ({one.media_type}, {_size(one.size)})" for one in view.attachments]
        parts.append("Attached, not opened:\n" + "\n".join(lines))
    if view.received:
        steps = "\n".join(f"  {number}. {hop}" for number, hop in enumerate(view.received, 1))
        parts.append(f"The path it took, the last step first:\n{steps}")
    return "\n\n".join(parts)


def text_words(view: TextView) -> str:
    """Write text out, and say so when it goes on."""
    return f"{view.text}\n\n{SHORTENED}" if view.shortened else view.text


def _size(size: int) -> str:
    return f"about {max(1, round(size / 1024)):,} KiB"
