"""Shows the path of a mail step by step, the checks made on it, and what they do not show."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.evidence.mail_meaning import (
    ALWAYS,
    handed_over,
    say_check,
    say_delay,
    say_time,
    stands_out,
)
from desktop.domain.evidence.shown import MailHop, MailView
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import body, row_line, secondary, strong

TAKEN_OVER = "Handed over here"
CLAIMED = "Said by the sender's side"
NO_CHECKS = "No server says that it checked anything."
MOST_CHECKS = 12


class MailPathView(QWidget):
    """The steps from the first to the last; each can be taken for the provider's letter."""

    step_chosen = Signal(int)

    def __init__(self, view: MailView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("mailPathView")
        scroll = Scroll(self)
        scroll.setObjectName("mailPathScroll")
        column = scroll.inner.column
        column.setSpacing(12)
        if found := stands_out(view):
            column.addWidget(_words_card("What stands out", found, scroll.inner))
        column.addWidget(self._path_card(view, scroll.inner))
        column.addWidget(_checks_card(view, scroll.inner))
        column.addWidget(_words_card("What none of this shows", ALWAYS, scroll.inner))
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.addWidget(scroll, 1)

    def _path_card(self, view: MailView, parent: QWidget) -> Card:
        card = Card("The path it took, the first step first", parent)
        if not view.hops:
            card.body.addWidget(body("There is no path in this copy.", card))
        taken = handed_over(view)
        for place in range(len(view.hops) - 1, -1, -1):
            card.body.addWidget(self._step(view, place, taken, card))
            card.body.addWidget(row_line(card))
        return card

    def _step(self, view: MailView, place: int, taken: int | None, parent: QWidget) -> QWidget:
        hop, number = view.hops[place], len(view.hops) - place
        row = QWidget(parent)
        words = QVBoxLayout(row)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(strong(f"{number}.  {say_when(hop)}", row))
        words.addWidget(body(say_hop(hop), row))
        words.addWidget(self._foot(place, number, taken, row))
        return row

    def _foot(self, place: int, number: int, taken: int | None, parent: QWidget) -> QWidget:
        foot = QWidget(parent)
        flow = FlowLayout(foot, spacing=8)
        if taken is not None and place == taken:
            flow.addWidget(Chip(TAKEN_OVER, "info", foot))
        elif taken is not None and place > taken:
            flow.addWidget(Chip(CLAIMED, "plain", foot))
        button = QPushButton("Facts of this step", foot)
        button.setObjectName(f"mailStep{number}Button")
        button.setAccessibleName(f"Facts of step {number} for the provider")
        button.setAutoDefault(False)
        set_role(button, "quiet")
        button.clicked.connect(partial(self.step_chosen.emit, place))
        flow.addWidget(button)
        return foot

    def wipe(self) -> None:
        """Leave no names or addresses: the log locks."""
        for each in self.findChildren(QLabel):
            each.clear()


def say_when(hop: MailHop) -> str:
    """Write when a server took the mail over, and how long after the step before."""
    when = say_time(hop.at) or "No time that can be read"
    delay = say_delay(hop.delay)
    if hop.delay is None:
        return when
    return f"{when}  ·  {delay if hop.delay < 0 else f'{delay} after the step before'}"


def say_hop(hop: MailHop) -> str:
    """Write who handed the mail to whom, as the server that took it wrote it down."""
    sender = hop.claimed or hop.seen_name or hop.seen_address
    if not sender:
        return f"Within {hop.by or 'a server without a name'}"
    seen = [each for each in (hop.seen_name, hop.seen_address) if each not in ("", sender)]
    beside = f" (seen as {', '.join(seen)})" if seen else ""
    return f"From {sender}{beside} to {hop.by or 'a server without a name'}"


def _checks_card(view: MailView, parent: QWidget) -> Card:
    card = Card("Checks that servers say they made", parent)
    for check in view.checks[:MOST_CHECKS]:
        card.body.addWidget(body(say_check(check), card))
    if not view.checks:
        card.body.addWidget(body(NO_CHECKS, card))
    if len(view.checks) > MOST_CHECKS:
        card.body.addWidget(secondary(f"and {len(view.checks) - MOST_CHECKS} more", card))
    return card


def _words_card(title: str, sentences: tuple[str, ...], parent: QWidget) -> Card:
    card = Card(title, parent)
    for words in sentences:
        card.body.addWidget(body(words, card))
    return card
