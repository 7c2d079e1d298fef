"""Help: what to do first, evidence, the words, locking, keeping the log, how it is built."""

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QTextDocument, QTextTable
from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop.resources import resource_path
from desktop.ui.theme import colour, px
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.tag_row import TagRow

TOPICS = (
    ("first-steps", "What to do first"),
    ("evidence", "Evidence"),
    ("words", "The words"),
    ("keys", "Shortcuts and times"),
    ("locking", "Locking"),
    ("keeping", "Keyholders and backups"),
    ("retention", "How long records are kept"),
    ("format", "If this program is gone: how the files are built"),
    ("format-backup", "How backups are built"),
)

WIDTH = 820


class HelpPage(Page):
    """Short texts from resources/help, one at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Help", parent, scrolls=False)
        self._build_ui()
        self._show_topic(TOPICS[0][0])

    def _build_ui(self) -> None:
        self.topic_row = TagRow(TOPICS, self, exclusive=True, name="Topic")
        self.topic_row.chosen.connect(self._on_topic_chosen)
        self.body.addWidget(self.topic_row)
        card = Card("", self)
        self.browser = QTextBrowser(card)
        self.browser.setObjectName("helpBrowser")
        self.browser.setAccessibleName("Help text")
        self.browser.setOpenLinks(False)
        set_role(self.browser, "reading")
        card.body.addWidget(self.browser)
        self._card = card
        self.body.addWidget(card, 1)

    def _show_topic(self, topic: str) -> None:
        self._topic = topic
        self._card.setMaximumWidth(px(WIDTH))
        self.topic_row.set_value([topic])
        text = resource_path("help", f"{topic}.md").read_text(encoding="utf-8")
        document = self.browser.document()
        document.setDefaultStyleSheet(f"a {{ color: {colour('accent').name()}; }}")
        document.setIndentWidth(px(24))
        self.browser.setMarkdown(text)
        self._space_out(document)
        self._draw_tables(document)

    def changeEvent(self, event: QEvent) -> None:
        """Set the words anew in another text size or look."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._show_topic(self._topic)

    def _space_out(self, document: QTextDocument) -> None:
        block = document.begin()
        while block.isValid():
            layout = block.blockFormat()
            layout.setBottomMargin(px(6))
            layout.setLineHeight(140, 1)
            cursor = self.browser.textCursor()
            cursor.setPosition(block.position())
            cursor.setBlockFormat(layout)
            block = block.next()

    def _draw_tables(self, document: QTextDocument) -> None:
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                layout = frame.format()
                layout.setBorder(1)
                layout.setBorderBrush(colour("edge"))
                layout.setCellPadding(px(6))
                layout.setTopMargin(px(4))
                layout.setBottomMargin(px(12))
                frame.setFormat(layout)

    @Slot(tuple)
    def _on_topic_chosen(self, chosen: tuple[str, ...]) -> None:
        self._show_topic(chosen[0] if chosen else TOPICS[0][0])
