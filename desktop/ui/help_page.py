"""Help: what to do first, evidence, the words, locking, keeping the log, how it is built."""

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QTextDocument, QTextTable
from PySide6.QtWidgets import QComboBox, QTextBrowser, QWidget

from desktop.domain.steps.procedures import POLICY_SOURCES
from desktop.operations.steps.show_policy_lines import PolicyTable, show_policy_lines
from desktop.resources import resource_path
from desktop.ui.policy_table import table_html
from desktop.ui.session import Session
from desktop.ui.theme import colour, px
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.tag_row import TagRow

POLICY_LINES = "policy-lines"
TOPICS = (
    ("first-steps", "What to do first"),
    ("procedures", "Steps, clocks and worksheets"),
    ("evidence", "Evidence"),
    ("words", "The words"),
    ("keys", "Shortcuts and times"),
    ("locking", "Locking"),
    ("keeping", "Keyholders and backups"),
    ("retention", "How long records are kept"),
    (POLICY_LINES, "Where each policy line is kept"),
    ("format", "If this program is gone: how the files are built"),
    ("format-backup", "How backups are built"),
)

WIDTH = 820
LETTERS = 24


class HelpPage(Page):
    """Short texts from resources/help, one at a time."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Help", parent, scrolls=False)
        self._session = session
        self._policy_lines: PolicyTable | None = None
        self._build_ui()
        self._show_topic(TOPICS[0][0])

    def _build_ui(self) -> None:
        self.topic_row = TagRow(TOPICS, self, exclusive=True, name="Topic")
        self.topic_row.chosen.connect(self._on_topic_chosen)
        self.body.addWidget(self.topic_row)
        self.policy_box = self._build_policies()
        self.body.addWidget(self.policy_box)
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
        self.policy_box.setVisible(topic == POLICY_LINES)
        document = self.browser.document()
        document.setDefaultStyleSheet(f"a {{ color: {colour('accent').name()}; }}")
        document.setIndentWidth(px(24))
        if topic == POLICY_LINES:
            self._show_policy_lines()
            return
        text = resource_path("help", f"{topic}.md").read_text(encoding="utf-8")
        self.browser.setMarkdown(text)
        self._space_out(document)
        self._draw_tables(document)

    def _build_policies(self) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName("helpPolicyBox")
        box.setAccessibleName("Policy")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(LETTERS)
        sources = self._session.data.sources
        for reference in POLICY_SOURCES:
            source = sources.source(reference)
            box.addItem(source.kind if source else reference, reference)
        box.activated.connect(self._on_policy_chosen)
        return box

    def _show_policy_lines(self) -> None:
        table = self._policy_lines
        if table is None:
            self.browser.setPlainText("Reading the policies…")
            self._session.run(self, show_policy_lines, self._on_policy_lines)
            return
        chosen = str(self.policy_box.currentData())
        self.browser.setHtml(table_html(dict(table.policies)[chosen], table.of(chosen)))
        self._draw_tables(self.browser.document())

    def _on_policy_lines(self, table: PolicyTable) -> None:
        self._policy_lines = table
        self.policy_box.setCurrentIndex(self.policy_box.findData(table.followed[0]))
        if self._topic == POLICY_LINES:
            self._show_policy_lines()

    @Slot()
    def _on_policy_chosen(self) -> None:
        self._show_policy_lines()

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
                layout.setBorderCollapse(True)
                layout.setBorderBrush(colour("edge"))
                layout.setCellPadding(px(6))
                layout.setTopMargin(px(4))
                layout.setBottomMargin(px(12))
                frame.setFormat(layout)

    @Slot(tuple)
    def _on_topic_chosen(self, chosen: tuple[str, ...]) -> None:
        self._show_topic(chosen[0] if chosen else TOPICS[0][0])
