"""What is known of a thing, in whose hands it has been, and what can be done with it."""

from dataclasses import asdict
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.calendar.times import say
from desktop.domain.changes import Changes, Topic
from desktop.domain.evidence.items import EvidenceItem, ItemKind, ItemState
from desktop.domain.evidence.things import THING_LABELS, Handling, Thing, say_handling
from desktop.operations.evidence.describe_thing import show_thing
from desktop.operations.evidence.keep_handling import list_handling
from desktop.operations.leaving.make_receipt import make_receipt
from desktop.ui.capture.handling_form import HandlingForm
from desktop.ui.capture.thing_form import ThingForm
from desktop.ui.dialog import Dialog
from desktop.ui.paper import offer_paper
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import body, card_heading, heading, row_line, secondary

LETTERS_WIDE = 70
NOBODY = "No entry yet. Enter who gave it to whom, also where it came to you."
KEPT = "The entry is kept. A receipt for it can be printed or saved."


class ThingCard(Dialog):
    """A window for one thing, or one item in words; it closes when the log locks."""

    def __init__(self, session: Session, item: EvidenceItem, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._item = item
        self.setObjectName("thingCard")
        self.setWindowTitle(f"{item.mark}: in whose hands")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_ui()
        session.changed.connect(self._on_changed)
        session.locked.connect(self.reject)

    def _build_ui(self) -> None:
        self.banner = Banner(self)
        scroll = Scroll(self)
        self._inside = scroll.inner
        scroll.inner.column.setContentsMargins(2, 2, 12, 2)
        self._facts = QVBoxLayout()
        self._hands = QVBoxLayout()
        for column in (self._facts, self._hands):
            column.setSpacing(6)
        scroll.inner.column.addLayout(self._facts)
        scroll.inner.column.addSpacing(8)
        scroll.inner.column.addWidget(card_heading("In whose hands it has been", self._inside))
        scroll.inner.column.addLayout(self._hands)
        scroll.inner.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(heading(f"{self._item.mark}  {self._item.label}", self))
        outer.addWidget(self.banner)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._build_buttons())

    def _build_buttons(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(row, spacing=8)
        self.pass_button = plain_button("thingPassButton", "It &changes hands…", row)
        set_role(self.pass_button, "primary")
        self.pass_button.clicked.connect(self._on_pass_clicked)
        self.receipt_button = plain_button("thingReceiptButton", "&Receipt…", row)
        self.receipt_button.clicked.connect(self._on_receipt_clicked)
        self.receipt_button.setEnabled(False)
        self.change_button = plain_button("thingChangeButton", "&What is known of it…", row)
        self.change_button.clicked.connect(self._on_change_clicked)
        self.change_button.setVisible(self._item.kind is ItemKind.THING)
        close = plain_button("thingCloseButton", "Clos&e", row)
        close.clicked.connect(self.accept)
        for button in (self.pass_button, self.receipt_button, self.change_button, close):
            flow.addWidget(button)
        return row

    def come_up(self) -> None:
        """Open in front of the window and read what is known."""
        room = QGuiApplication.primaryScreen().availableSize()
        wide = self.fontMetrics().averageCharWidth() * LETTERS_WIDE
        high = self.fontMetrics().lineSpacing() * 34
        self.resize(min(wide, round(room.width() * 0.9)), min(high, round(room.height() * 0.9)))
        self.open()
        self.pass_button.setFocus()
        self._reload()

    def _reload(self) -> None:
        item_id = self._item.id
        self._session.run(self, partial(show_thing, item_id=item_id), self._on_thing)
        self._session.run(self, partial(list_handling, item_id=item_id), self._on_hands)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touch(self._item.incident_id, Topic.EVIDENCE):
            self._reload()

    def _on_thing(self, thing: Thing) -> None:
        _empty(self._facts)
        known = asdict(thing)
        for name, words in THING_LABELS.items():
            if known[name]:
                self._facts.addWidget(body(f"{words}: {known[name]}", self._inside))

    def _on_hands(self, hands: tuple[Handling, ...]) -> None:
        _empty(self._hands)
        for entry in hands:
            if self._hands.count():
                self._hands.addWidget(row_line(self._inside))
            self._hands.addWidget(secondary(_when(entry), self._inside))
            self._hands.addWidget(body(say_handling(entry.details), self._inside))
        if not hands:
            self._hands.addWidget(body(NOBODY, self._inside))
        self.receipt_button.setEnabled(bool(hands))

    @Slot()
    def _on_pass_clicked(self) -> None:
        form = HandlingForm(self._session, self._item, self)
        form.entered.connect(self._on_entered)
        form.show_form()

    @Slot()
    def _on_entered(self) -> None:
        action = ("Receipt…", self._on_receipt_clicked)
        self.banner.show_message(KEPT, "done", action=action)

    @Slot()
    def _on_receipt_clicked(self) -> None:
        make = partial(make_receipt, item_id=self._item.id)
        self._session.run(self, make, self._on_receipt)

    def _on_receipt(self, pdf: bytes) -> None:
        offer_paper(self, self._session, f"Receipt for {self._item.mark.file_stem}", pdf)

    @Slot()
    def _on_change_clicked(self) -> None:
        ThingForm(self._session, self._item.incident_id, self, self._item).show_form()


def has_hands(item: EvidenceItem) -> bool:
    """Say whether it is no file but a thing, or something that is described."""
    return item.state is ItemState.DESCRIBED


def start_handling(session: Session, item: EvidenceItem, window: QWidget) -> None:
    """Open the window of a thing."""
    ThingCard(session, item, window).come_up()


def _when(entry: Handling) -> str:
    at, entered = entry.details.at, entry.entered_at
    late = f", entered {say(entered)}" if entered.utc.date() != at.utc.date() else ""
    return f"{say(at)}{late}, written down by {entry.by}"


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
