"""The one window: side bar, emergency numbers, and either the front page or the desk."""

import gc
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QSize, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import AppError
from desktop.domain.log.locking import LockReason
from desktop.ui import curtain, messages
from desktop.ui.danger_banner import DangerBanner
from desktop.ui.dialog import EnterKey
from desktop.ui.entering.assistant import Assistant
from desktop.ui.entering.front_page import FrontPage
from desktop.ui.entering.rescue_page import RescuePage
from desktop.ui.entering.restore_page import RestorePage
from desktop.ui.entering.salvage_page import SalvagePage
from desktop.ui.entering.unlock_page import UnlockPage
from desktop.ui.entry import Entry
from desktop.ui.parting_bar import PartingBar
from desktop.ui.places import Place
from desktop.ui.restricted_way import RESTRICTED_STRIP, RESTRICTED_TITLE, RestrictedWay
from desktop.ui.session import Session
from desktop.ui.side_bar import SideBar
from desktop.ui.tab_order import go_on
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.draft_edit import DraftLineEdit, DraftTextEdit
from desktop.ui.widgets.page_stack import PageStack
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.tight_scroll import TightScroll
from desktop.ui.widgets.words import label

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

TITLE = "Safeguarding Log"
EDGE = 26


class MainWindow(QMainWindow):
    """Frame only: it composes, and passes on what pages ask for.

    app.py makes Session and Entry, then this, shows it, and calls `session.close()` after the
    event loop has ended.
    """

    def __init__(self, session: Session, entry: Entry) -> None:
        super().__init__()
        self._session = session
        self._entry = entry
        self._desk: Desk | None = None
        self._quitting = False
        self._enter_key = EnterKey()
        self._way = RestrictedWay(session, entry, self)
        self._way.front_changed.connect(self._on_front_changed)
        self._build_ui()
        self._add_shortcuts()
        session.unlocked.connect(self._on_unlocked)
        session.about_to_lock.connect(self._flush_drafts)
        session.locked.connect(self._on_locked)
        session.closed.connect(self._on_closed)
        self._show_front()

    @property
    def desk(self) -> "Desk | None":
        """The pages of the open log; None while it is locked."""
        return self._desk

    @property
    def front(self) -> FrontPage | None:
        """The page before a log is open; None while one is."""
        return self._front

    @property
    def banner(self) -> Banner | None:
        """Where messages for the whole window stand: on the page that is shown."""
        page = self._front or (self._desk.currentWidget() if self._desk else None)
        found = getattr(page, "banner", None)
        return found if isinstance(found, Banner) else None

    def _build_ui(self) -> None:
        self.setWindowTitle(TITLE)
        self.resize(QSize(1280, 800).boundedTo(self.screen().availableSize()))
        middle = QWidget(self)
        set_role(middle, "ground")
        self.side_bar = SideBar(middle)
        self.side_bar.place_requested.connect(self._show_place)
        self.side_bar.place_entered.connect(self._go)
        self.side_bar.danger_requested.connect(self._on_danger_requested)
        self.side_bar.lock_requested.connect(self._session.lock)
        self.danger_banner = DangerBanner(middle)
        self.danger_banner.quick_log_requested.connect(self._start_quick_log)
        self._stack = PageStack()
        self._front: FrontPage | None = None
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.restricted_label = label(RESTRICTED_STRIP, "restricted", middle)
        self.restricted_label.setObjectName("restrictedStripLabel")
        self.restricted_label.hide()
        strip = QHBoxLayout()
        strip.setContentsMargins(EDGE, 12, EDGE, 0)
        strip.addWidget(self.restricted_label)
        column.addLayout(strip)
        column.addWidget(self.danger_banner)
        column.addWidget(TightScroll(self._stack, middle), 1)
        column.addWidget(PartingBar(self._session, middle))
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side_bar)
        row.addLayout(column, 1)
        self.setCentralWidget(middle)

    def _add_shortcuts(self) -> None:
        for number, place in enumerate(Place, start=1):
            self._add_shortcut(f"Ctrl+{number}", partial(self._go, place.value))
        self._add_shortcut("F1", partial(self._go, Place.HELP.value))
        self._add_shortcut("Ctrl+N", self._start_quick_log)
        self._add_shortcut("Ctrl+Shift+C", self._start_capture)
        self._add_shortcut("Ctrl+F", self._search)
        self._add_shortcut("Ctrl+L", self._session.lock)
        self._add_shortcut("Ctrl+Shift+D", self._on_danger_requested)

    def _add_shortcut(self, keys: str, action: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(action)

    @Slot()
    def _show_front(self) -> None:
        folder = self._entry.folder
        if folder is not None and self._entry.log_exists(folder):
            unlock = UnlockPage(self._session, self._entry, folder, self._stack)
            unlock.new_log_requested.connect(self._on_new_log_requested)
            self._put_front(unlock)
        else:
            self._on_new_log_requested()

    def _put_front(self, page: FrontPage) -> None:
        self._drop_front()
        self._front = page
        page.danger_requested.connect(self._on_danger_requested)
        page.restore_requested.connect(self._on_restore_requested)
        page.salvage_requested.connect(self._on_salvage_requested)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.side_bar.hide()
        self.danger_banner.allow_quick_log(False)
        page.focus_first()

    def _drop_front(self) -> None:
        if self._front is not None:
            self._stack.removeWidget(self._front)
            self._front.hide()
            self._front.deleteLater()
            self._front = None

    @Slot()
    def _on_new_log_requested(self) -> None:
        assistant = Assistant(self._session, self._entry, self._stack)
        assistant.existing_log_requested.connect(self._on_existing_log_requested)
        assistant.back_requested.connect(self._show_front)
        self._put_front(assistant)

    @Slot()
    def _on_restore_requested(self) -> None:
        self._put_rescue(RestorePage(self._session, self._entry, self._stack))

    @Slot()
    def _on_salvage_requested(self) -> None:
        self._put_rescue(SalvagePage(self._session, self._entry, self._stack))

    def _put_rescue(self, page: RescuePage) -> None:
        page.back_requested.connect(self._show_front)
        page.log_requested.connect(self._on_existing_log_requested)
        self._put_front(page)

    @Slot(object)
    def _on_existing_log_requested(self, folder: object) -> None:
        self._entry.folder = folder  # type: ignore[assignment]
        self._show_front()

    @Slot()
    def _on_unlocked(self) -> None:
        desk = cast("Desk", self._entry.build_desk(self._session, self._entry, self._stack))
        self._desk = desk
        desk.danger_requested.connect(self._on_danger_requested)
        desk.counted.connect(self.side_bar.show_count)
        desk.moved.connect(self.side_bar.show_place)
        desk.organisation_shown.connect(self.danger_banner.show_organisation)
        desk.restricted_start_requested.connect(partial(self._way.start_new, self._stack))
        desk.restricted_open_requested.connect(partial(self._way.open_existing, self._stack))
        self._show_kind(restricted=self._session.is_restricted)
        self._stack.addWidget(desk)
        self._stack.setCurrentWidget(desk)
        self._drop_front()
        self.danger_banner.allow_quick_log(True)
        self.side_bar.show()
        desk.go(Place.TODAY.value)

    @Slot()
    def _flush_drafts(self) -> None:
        for edit in self.findChildren(DraftTextEdit):
            edit.flush()
        for line in self.findChildren(DraftLineEdit):
            line.flush()

    @Slot()
    def _on_locked(self) -> None:
        """Clear the screen first; whatever takes a moment comes after."""
        desk, self._desk = self._desk, None
        others = curtain.hide_other_windows(self)
        if desk is not None:
            self._stack.removeWidget(desk)
            desk.hide()
        self.side_bar.show_count(0)
        self.danger_banner.show_organisation(None)
        self._show_kind(restricted=False)
        self._show_front()
        # Drawn now: what the pages do to let go of their rows takes longer than this.
        self.repaint()
        curtain.wipe_pictures([*others, *([desk] if desk else [])])
        if desk is not None:
            desk.deleteLater()
        QTimer.singleShot(0, self, partial(curtain.drop, others))

    def _show_kind(self, *, restricted: bool) -> None:
        """Say unmistakably that this is a restricted log, on every page of it."""
        self.setWindowTitle(f"{RESTRICTED_TITLE} - {TITLE}" if restricted else TITLE)
        self.restricted_label.setVisible(restricted)
        self.side_bar.restricted_label.setVisible(restricted)

    @Slot(object)
    def _on_front_changed(self, page: FrontPage | None) -> None:
        if page is None:
            self._show_front()
        else:
            self._put_front(page)

    @Slot(object)
    def _on_closed(self, error: object) -> None:
        gc.collect()
        quitting, self._quitting = self._quitting, False
        if isinstance(error, AppError):
            messages.show(self, error)
        elif quitting:
            self.close()

    @Slot()
    def _on_danger_requested(self) -> None:
        self.danger_banner.toggle()

    @Slot(str)
    def _show_place(self, place: str) -> None:
        """Show it; whoever goes along the side bar with the arrow keys stays there."""
        if self._desk is not None:
            self._desk.go(place)

    @Slot(str)
    def _go(self, place: str) -> None:
        if self._desk is not None:
            self._desk.go(place)
            self._desk.focus_first()

    @Slot()
    def _start_quick_log(self) -> None:
        if self._desk is not None:
            self._desk.start_quick_log()

    @Slot()
    def _start_capture(self) -> None:
        if self._desk is not None:
            self._desk.start_capture_here()

    @Slot()
    def _search(self) -> None:
        if self._desk is not None:
            self._desk.search()

    def event(self, event: QEvent) -> bool:
        """Know what Enter was meant for."""
        self._enter_key.note(self, event)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the focus, as it does in every other window."""
        if not self._enter_key.presses(self, event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: N802
        """Go on as it is read."""
        return self._enter_key.stays(self) or go_on(self, following=following)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lock before the program ends; whoever closes a second time does not wait for work."""
        if not (self._session.is_open or self._session.is_closing):
            super().closeEvent(event)
            return
        event.ignore()
        self._quitting = True
        if self._session.is_open:
            self._session.lock(LockReason.QUIT)
        else:
            self._session.cut_short()
