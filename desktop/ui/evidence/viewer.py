"""Opens one item: checks that it is unchanged, records the look, shows it from memory only."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import AppError
from desktop.domain.evidence import EvidenceItem
from desktop.domain.shown import MailView, NotShown, Pages, Picture, TextView
from desktop.domain.times import say
from desktop.operations.view_evidence import ItemContent, open_item
from desktop.ui import messages
from desktop.ui.capture.capture_flow import followed
from desktop.ui.evidence.item_actions import actions_for
from desktop.ui.evidence.opened import Opened, ViewFactory
from desktop.ui.evidence.viewer_pages import PagesView
from desktop.ui.evidence.viewer_picture import PictureView
from desktop.ui.evidence.viewer_words import WordsView, mail_words, text_words
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.words import body, heading, secondary

SCREEN_SHARE = 0.85


class ItemViewer(QDialog):
    """A window of its own for one item; it closes when the log locks."""

    def __init__(self, session: Session, item: EvidenceItem, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._item = item
        self.view: QWidget | None = None
        self.setObjectName("itemViewer")
        self.setWindowTitle(str(item.mark))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_ui()
        session.locked.connect(self.reject)

    def _build_ui(self) -> None:
        self.banner = Banner(self)
        self._facts_label = secondary(self._facts(), self)
        self._facts_label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._facts_label.setObjectName("viewerFactsLabel")
        self._facts_label.setAccessibleName("What is known of this item")
        self._state_label = secondary("Reading and checking it …", self)
        self._place = QVBoxLayout()
        self.actions_bar = QWidget(self)
        self._actions = FlowLayout(self.actions_bar, spacing=8)
        self.add_action("viewerCloseButton", "&Close", self.accept)
        for action in actions_for(self._item, in_viewer=True):
            start = partial(action.start, self._session, self._item, self)
            self.add_action(action.name, action.text, start)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(8)
        outer.addWidget(heading(f"{self._item.mark}  {self._item.label}", self))
        outer.addWidget(self._facts_label)
        outer.addWidget(self._state_label)
        outer.addWidget(self.banner)
        outer.addLayout(self._place, 1)
        outer.addWidget(self.actions_bar)

    @property
    def item(self) -> EvidenceItem:
        """The item that is shown now."""
        return self._item

    def add_action(self, name: str, text: str, slot: Callable[[], object]) -> QPushButton:
        """Add a button below the item; `slot` may ask `item` which one is shown."""
        button = QPushButton(text, self.actions_bar)
        button.setObjectName(name)
        button.setAccessibleName(text.replace("&", "").replace("…", ""))
        button.clicked.connect(lambda _checked=False: slot())
        self._actions.addWidget(button)
        return button

    def look(self) -> None:
        """Open the window and read the item."""
        screen = QGuiApplication.primaryScreen().availableSize()
        self.resize(screen * SCREEN_SHARE)
        self.open()
        plain = {"item_id": self._item.id}
        self._session.run_long(
            self, partial(followed, open_item, plain), self._on_opened, self._on_error
        )

    def _facts(self) -> str:
        item = self._item
        parts = [item.kind.value[:1].upper() + item.kind.value[1:], item.original_name]
        parts.append(
            f"taken in {say(item.captured_at)} by {item.captured_by}, {item.method.value}"
        )
        if item.fingerprint:
            parts.append(f"{item.fingerprint.size:,} bytes, SHA-256 {item.fingerprint.sha256}")
        return "  ·  ".join(part for part in parts if part)

    def _on_opened(self, opened: ItemContent) -> None:
        self._state_label.setText(
            f"Unchanged since it was entered, checked {say(opened.checked_at)}. "
            "This look is recorded."
        )
        given = Opened(session=self._session, content=opened)
        self.view = VIEWS[type(opened.shown)](given, self)
        self._place.addWidget(self.view, 1)
        self.view.setFocus()

    def _on_error(self, error: AppError) -> None:
        self._state_label.hide()
        messages.show(self, error)


def _picture(opened: Opened, parent: QWidget) -> QWidget:
    view = PictureView(opened.name, parent)
    if isinstance(opened.shown, Picture):
        view.show_picture(opened.shown)
    return view


def _pages(opened: Opened, parent: QWidget) -> QWidget:
    count = opened.shown.count if isinstance(opened.shown, Pages) else 0
    content = opened.bytes_or_none() or b""
    return PagesView(opened.session, content, count, opened.name, parent)


def _mail(opened: Opened, parent: QWidget) -> QWidget:
    text = mail_words(opened.shown) if isinstance(opened.shown, MailView) else ""
    return WordsView(text, opened.name, parent)


def _text(opened: Opened, parent: QWidget) -> QWidget:
    shown = opened.shown if isinstance(opened.shown, TextView) else TextView("")
    return WordsView(text_words(shown), opened.name, parent, is_hex=shown.is_hex)


def _not_shown(opened: Opened, parent: QWidget) -> QLabel:
    reason = opened.shown.reason if isinstance(opened.shown, NotShown) else ""
    return body(f"This is kept byte for byte, but {reason}. It can be exported as it is.", parent)


VIEWS: Mapping[type, ViewFactory] = {
    Picture: _picture,
    Pages: _pages,
    MailView: _mail,
    TextView: _text,
    NotShown: _not_shown,
}
