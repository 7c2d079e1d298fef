"""Opens one item: checks that it is unchanged, records the look, shows it from memory only."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import say
from desktop.domain.changes import Changes, Topic
from desktop.domain.errors import AppError, Cancelled
from desktop.domain.evidence.chats import ChatView
from desktop.domain.evidence.covering import is_covered
from desktop.domain.evidence.derivatives import Confirmation
from desktop.domain.evidence.items import DERIVATIVES, EvidenceItem, ItemState
from desktop.domain.evidence.shown import (
    ListingView,
    MailView,
    MediaView,
    NotShown,
    Pages,
    PageTextView,
    Picture,
    TextView,
)
from desktop.domain.identifiers import ItemId
from desktop.operations.evidence.confirm_derivative import find_confirmation
from desktop.operations.evidence.show_evidence import Views, count_views
from desktop.operations.evidence.view_evidence import ItemContent, find_item, open_item
from desktop.ui import messages
from desktop.ui.dialog import Dialog
from desktop.ui.evidence.action_menu import ActionButton
from desktop.ui.evidence.cover import Cover, say_views
from desktop.ui.evidence.item_actions import ItemAction, actions_for
from desktop.ui.evidence.opened import Opened, ViewFactory
from desktop.ui.evidence.view_room import ViewRoom
from desktop.ui.evidence.viewer_chat import make_chat_view
from desktop.ui.evidence.viewer_facts import ItemFacts
from desktop.ui.evidence.viewer_hex import HexView, NotShownView
from desktop.ui.evidence.viewer_listing import (
    make_listing_view,
    make_media_view,
    make_page_view,
)
from desktop.ui.evidence.viewer_mail import make_mail_view
from desktop.ui.evidence.viewer_pages import PagesView
from desktop.ui.evidence.viewer_picture import PictureView
from desktop.ui.evidence.viewer_words import WordsView, text_words
from desktop.ui.job import Job, followed
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.words import body, heading, secondary

SCREEN_SHARE = 0.85
NOT_HERE = {
    ItemState.HELD_BACK: "This was held back. It is described, and was not copied.",
    ItemState.DESCRIBED: "There is no file of this. It is described in words.",
    ItemState.SEALED: "This is sealed. It is not shown or exported any more.",
}


class ItemViewer(Dialog):
    """A window of its own for one item at a time of those `among` which it stands.

    It closes when the log locks. What is covered is not read before the cover is lifted.
    """

    def __init__(
        self,
        session: Session,
        item: EvidenceItem,
        parent: QWidget,
        among: Sequence[EvidenceItem] = (),
        *,
        cover_all: bool = False,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._item = item
        self._among = list(among) or [item]
        self._cover_all = cover_all
        self._job: Job | None = None
        self.view: QWidget | None = None
        self.setObjectName("itemViewer")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_ui()
        session.locked.connect(self.reject)
        session.changed.connect(self._on_changed)
        self.finished.connect(self._on_finished)

    def _build_ui(self) -> None:
        self.banner = Banner(self)
        self._heading_label = heading("", self)
        self._facts = ItemFacts(self)
        self._state_label = secondary("", self)
        self._state_label.setObjectName("viewerStateLabel")
        self._place = ViewRoom(self)
        self.actions_bar = QWidget(self)
        self._actions = FlowLayout(self.actions_bar, spacing=8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(8)
        for each in (self._heading_label, self._facts, self._state_label):
            outer.addWidget(each)
        outer.addWidget(self.banner)
        outer.addWidget(self._place, 1)
        outer.addWidget(self.actions_bar)
        self.add_action("viewerCloseButton", "Clos&e", self.accept)
        self.do_button = ActionButton("viewerDoButton", "Act&ions", self.actions_bar)
        self.do_button.setAccessibleName("What can be done with it")
        self.do_button.chosen.connect(self._on_action_chosen)
        self._actions.addWidget(self.do_button)
        self._build_steps()

    def _build_steps(self) -> None:
        self._before_button = self.add_action(
            "viewerItemBeforeButton", "Pre&vious item", self._back
        )
        self._after_button = self.add_action("viewerItemAfterButton", "Ne&xt item", self._on)
        self._position_label = secondary("", self.actions_bar)
        self._position_label.setWordWrap(False)
        self._actions.addWidget(self._position_label)
        for keys, step in (("Alt+Left", self._back), ("Alt+Right", self._on)):
            QShortcut(QKeySequence(keys), self).activated.connect(step)

    @property
    def item(self) -> EvidenceItem:
        """The item that is shown now."""
        return self._item

    def add_action(self, name: str, text: str, slot: Callable[[], object]) -> QPushButton:
        """Add a button below the item; `slot` may ask `item` which one is shown."""
        button = QPushButton(text, self.actions_bar)
        button.setObjectName(name)
        button.setAccessibleName(text.replace("&", "").replace("…", ""))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: slot())
        self._actions.addWidget(button)
        return button

    def look(self) -> None:
        """Open the window and read the item, unless it is covered."""
        screen = QGuiApplication.primaryScreen().availableSize()
        self.resize(screen * SCREEN_SHARE)
        self.open()
        self._show_item(self._item)

    def go_to(self, item_id: ItemId) -> None:
        """Turn to another item, wherever it stands."""
        known = next((one for one in self._among if one.id == item_id), None)
        if known:
            self._show_item(known)
        else:
            find = partial(find_item, item_id=item_id)
            self._session.run(self, find, self._on_found, self._on_error)

    def _on_found(self, item: EvidenceItem) -> None:
        self._among.insert(self._number() + 1, item)
        self._show_item(item)

    # one item

    def _show_item(self, item: EvidenceItem) -> None:
        self._put_away()
        self._item = item
        hidden = item.state is ItemState.SEALED or self._is_covered(item)
        self._say_what_it_is(in_full=not hidden)
        self._ask_confirmation()
        self.banner.clear()
        self._show_actions()
        if item.state is not ItemState.KEPT:
            self._state_label.hide()
            self._show_view(body(NOT_HERE[item.state], self))
        elif self._is_covered(item):
            self._show_cover()
        else:
            self._read()

    def _say_what_it_is(self, *, in_full: bool) -> None:
        item = self._item
        self.setWindowTitle(str(item.mark))
        self._heading_label.setText(f"{item.mark}  {item.label}")
        self._facts.show_item(item, self._among, in_full=in_full)

    def _ask_confirmation(self) -> None:
        """Ask whether a second person confirmed it, where it is a copy."""
        item = self._item
        if item.kind in DERIVATIVES:
            find = partial(find_confirmation, item_id=item.id)
            self._session.run(self, find, partial(self._on_confirmation, item.id), self._on_error)

    def _on_confirmation(self, item_id: str, found: Confirmation | None) -> None:
        if item_id == self._item.id:
            self._facts.show_confirmation(found)

    def _is_covered(self, item: EvidenceItem) -> bool:
        return is_covered(item, cover_all=self._cover_all)

    def _show_actions(self) -> None:
        self._offer_actions(covered=True)
        number, count = self._number(), len(self._among)
        self._before_button.setEnabled(number > 0)
        self._after_button.setEnabled(number + 1 < count)
        for each in (self._before_button, self._after_button, self._position_label):
            each.setVisible(count > 1)
        self._position_label.setText(f"{number + 1:,} of {count:,}")

    def _offer_actions(self, *, covered: bool) -> None:
        """Offer what can be done; what would show the item only once it is shown."""
        actions = actions_for(self._item, in_viewer=True)
        self.do_button.offer(tuple(action for action in actions if action.on_tile or not covered))

    @Slot(object)
    def _on_action_chosen(self, action: ItemAction) -> None:
        action.start(self._session, self._item, self)

    def _show_cover(self) -> None:
        cover = Cover(self._item, self)
        cover.lifted.connect(self._on_lifted)
        self._state_label.hide()
        self._show_view(cover)
        count = partial(count_views, item_id=self._item.id)
        self._session.run(self, count, partial(self._on_counted, self._item.id), self._on_error)

    def _on_counted(self, item_id: str, views: Views) -> None:
        if item_id != self._item.id:
            return
        if isinstance(self.view, Cover):
            self.view.show_views(views)
        elif not self._state_label.isHidden():
            said = f"{self._state_label.text()} {say_views(views)}"
            self._state_label.setText(said.strip())

    @Slot()
    def _on_lifted(self) -> None:
        self._put_away()
        self._read()

    def _read(self) -> None:
        self._state_label.setText("Reading and checking it …")
        self._state_label.show()
        work = partial(followed, open_item, {"item_id": self._item.id})
        self._job = self._session.run_long(self, work, self._on_opened, self._on_error)

    def _on_opened(self, opened: ItemContent) -> None:
        if opened.item.id != self._item.id:
            return
        self._offer_actions(covered=False)
        self._say_what_it_is(in_full=True)
        self._ask_confirmation()
        self._state_label.setText(
            f"Unchanged since it was entered, checked {say(opened.checked_at)}. "
            "This look is recorded."
        )
        inside = tuple(one for one in self._among if one.inside_id == self._item.id)
        given = Opened(session=self._session, content=opened, inside=inside, go_to=self.go_to)
        self._show_view(VIEWS[type(opened.shown)](given, self))
        count = partial(count_views, item_id=self._item.id)
        self._session.run(self, count, partial(self._on_counted, self._item.id), self._on_error)

    def _show_view(self, view: QWidget) -> None:
        self.view = view
        self._place.show_view(view)
        view.setFocus()

    def _put_away(self) -> None:
        """Let go of what was shown, and stop what is still being read."""
        if self._job:
            self._job.cancel()
            self._job = None
        view, self.view = self.view, None
        if view:
            wipe_all(view)
            self._place.take_out()
            view.deleteLater()

    # what happens to it meanwhile

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touch(self._item.incident_id, Topic.EVIDENCE):
            find = partial(find_item, item_id=self._item.id)
            self._session.run(self, find, self._on_found_again, self._on_not_found)

    def _on_found_again(self, item: EvidenceItem) -> None:
        """Show an item no longer that was sealed, or marked to be covered, while it is open."""
        before = self._item
        if item.id != before.id:
            return
        self._among = [item if one.id == item.id else one for one in self._among]
        sealed = before.state is ItemState.KEPT and item.state is not ItemState.KEPT
        if sealed or (self._is_covered(item) and not self._is_covered(before)):
            self._show_item(item)
            return
        self._item = item
        if item != before:
            hidden = item.state is ItemState.SEALED or isinstance(self.view, Cover)
            self._say_what_it_is(in_full=not hidden)
        self._ask_confirmation()

    def _on_not_found(self, _error: AppError) -> None:
        """Leave it as it is: whoever turns to it next is told."""

    # stepping

    def _number(self) -> int:
        return next((place for place, one in enumerate(self._among) if one.id == self._item.id), 0)

    @Slot()
    def _back(self) -> None:
        self._step(-1)

    @Slot()
    def _on(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        number = self._number() + by
        if 0 <= number < len(self._among):
            self._show_item(self._among[number])

    @Slot()
    def _on_finished(self) -> None:
        if self._job:
            self._job.cancel()

    def _on_error(self, error: AppError) -> None:
        if isinstance(error, Cancelled):
            return
        self._state_label.hide()
        messages.show(self, error)


def wipe_all(view: QWidget) -> None:
    """Overwrite pixels and drop words of a view and of all that it holds."""
    for widget in (view, *view.findChildren(QWidget)):
        wipe = getattr(widget, "wipe", None)
        if callable(wipe):
            wipe()


def _picture(opened: Opened, parent: QWidget) -> QWidget:
    view = PictureView(opened.name, parent)
    if isinstance(opened.shown, Picture):
        view.show_picture(opened.shown)
    return view


def _pages(opened: Opened, parent: QWidget) -> QWidget:
    count = opened.shown.count if isinstance(opened.shown, Pages) else 0
    content = opened.bytes_or_none() or b""
    return PagesView(opened.session, content, count, opened.name, parent)


def _text(opened: Opened, parent: QWidget) -> QWidget:
    shown = opened.shown if isinstance(opened.shown, TextView) else TextView("")
    if shown.is_hex:
        return HexView(opened, parent)
    return WordsView(text_words(shown), opened.name, parent)


VIEWS: Mapping[type, ViewFactory] = {
    Picture: _picture,
    Pages: _pages,
    MailView: make_mail_view,
    ChatView: make_chat_view,
    PageTextView: make_page_view,
    ListingView: make_listing_view,
    MediaView: make_media_view,
    TextView: _text,
    NotShown: NotShownView,
}
