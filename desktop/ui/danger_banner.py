"""Whom to call when somebody is in danger now: in reach on every page, before any form."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.domain.calendar.times import say_date
from desktop.resources import resource_path
from desktop.ui.theme import px
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import body, card_heading, label, secondary, strong

if TYPE_CHECKING:
    from desktop.operations.organisation.keep_organisation import Organisation

SHARE, LARGE_SHARE = 0.55, 0.66
EDGE = 26
LARGE = 150
LETTERS, WIDE = 16, 180
CHILDREN = "childrens_services"
OUT_OF_HOURS = "Out of hours"


@dataclass(frozen=True, slots=True)
class Line:
    """One service: when to call it, its number, what to say, when this was last checked.

    `out_of_hours` is a second number, for nights and weekends; `said` replaces the day on which
    the program's own number was checked.
    """

    key: str
    when: str
    number: str
    text: str
    checked: date
    out_of_hours: str = ""
    said: str = ""

    @property
    def said_checked(self) -> str:
        """How far the number can be relied on: who looked at it last, and when."""
        return self.said or f"Last checked {say_date(self.checked)}"


# What is shown where the file of the services is damaged: whom to call must never be missing.
ALWAYS = (
    Line("emergency", "Life in danger, or a crime happening now", "999", "", date(2026, 11, 20)),
    Line("police", "Nobody in danger at this moment", "101", "", date(2026, 11, 20)),
    Line(CHILDREN, "A child may be at risk", "Council", "", date(2026, 11, 20)),
)


def read_lines() -> tuple[Line, ...]:
    """Read the services from the program's resources; the most needed where that fails."""
    try:
        text = resource_path("help", "danger.toml").read_text(encoding="utf-8")
        found = tuple(
            Line(
                key=str(each["key"]),
                when=str(each["when"]),
                number=str(each["number"]),
                text=str(each["text"]),
                checked=date.fromisoformat(str(each["checked"])),
            )
            for each in tomllib.loads(text)["line"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ALWAYS
    keys = {line.key for line in found}
    return found if keys == {line.key for line in ALWAYS} else ALWAYS


def own_lines(organisation: "Organisation | None") -> tuple[Line, ...]:
    """Return the services with what the organisation entered of its children's services."""
    if organisation is None or not organisation.numbers.is_known:
        return read_lines()
    numbers = organisation.numbers
    return tuple(
        replace(
            line,
            number=numbers.number or line.number,
            out_of_hours=numbers.out_of_hours,
            said=_say_checked(organisation),
        )
        if line.key == CHILDREN
        else line
        for line in read_lines()
    )


def _say_checked(organisation: "Organisation") -> str:
    numbers = organisation.numbers
    if numbers.checked is None:
        return "Entered by your organisation. Nobody has noted yet that it is right."
    when = f"Entered by your organisation, last checked {say_date(numbers.checked)}"
    return f"{when}: more than a year ago" if numbers.is_old(organisation.today) else when


class DangerBanner(QWidget):
    """A panel at the top of the window; it calls nobody, it says whom to call."""

    quick_log_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines = read_lines()
        self._before: QWidget | None = None
        self._build_ui()
        self.hide()

    def _build_ui(self) -> None:
        self.setObjectName("dangerBanner")
        self.setAccessibleName("Someone in danger now")
        frame = QFrame(self)
        set_role(frame, "danger-panel")
        self._scroll = Scroll(self)
        self._scroll.inner.column.addWidget(frame)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(EDGE, 16, EDGE, 0)
        outer.addWidget(self._scroll)
        column = QVBoxLayout(frame)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(self._build_head())
        self._rows = QVBoxLayout()
        column.addLayout(self._rows)
        self._show_lines()

    def _show_lines(self) -> None:
        """Write the services anew; in large text all numbers come before what to say there."""
        old = self._rows.takeAt(0)
        if old is not None and (widget := old.widget()) is not None:
            # Out of the window at once: after the lock no number of ours is to be found in it.
            widget.setParent(None)
            widget.deleteLater()
        holder = QWidget(self)
        holder.setObjectName("dangerLines")
        (self._fill_large if _is_large() else self._fill)(holder)
        self._rows.addWidget(holder)

    def _fill(self, holder: QWidget) -> None:
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(self._lines):
            number, *late = _numbers(line, holder)
            words = QVBoxLayout()
            words.setSpacing(0)
            for each in late:
                words.addWidget(each)
            words.addWidget(body(f"{line.when}. {line.text}", holder))
            words.addWidget(secondary(line.said_checked, holder))
            grid.addWidget(number, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(words, row, 1)

    def _fill_large(self, holder: QWidget) -> None:
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for line in self._lines:
            for each in _numbers(line, holder):
                column.addWidget(each)
            column.addWidget(body(line.when, holder))
            if line.said:
                column.addWidget(secondary(line.said, holder))
        for line in self._lines:
            column.addWidget(body(f"{line.number}: {line.text}", holder))
            if not line.said:
                column.addWidget(secondary(line.said_checked, holder))

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(card_heading("Someone in danger now: call first, write later", self), 1)
        self._write_button = QPushButton("Quick log", self)
        self._write_button.setObjectName("dangerQuickLogButton")
        self._write_button.setAccessibleName("Write down what happened in a quick log")
        self._write_button.clicked.connect(self._on_write_clicked)
        head.addWidget(self._write_button)
        self._close_button = QPushButton("Put away", self)
        self._close_button.setObjectName("dangerCloseButton")
        self._close_button.setAccessibleName("Put the emergency numbers away")
        set_role(self._close_button, "quiet")
        self._close_button.clicked.connect(self._put_away)
        head.addWidget(self._close_button)
        return head

    def show_organisation(self, organisation: "Organisation | None") -> None:
        """Show the organisation's own numbers of children's services, if any were entered."""
        self._lines = own_lines(organisation)
        self._show_lines()
        QTimer.singleShot(0, self, self._fit)

    def allow_quick_log(self, allowed: bool) -> None:
        """Offer the quick log only while the log is open."""
        self._write_button.setVisible(allowed)

    @Slot()
    def toggle(self) -> None:
        """Show the numbers, or put them away."""
        if self.isHidden():
            self._before = self.window().focusWidget()
            self.show()
            self._close_button.setFocus()
        else:
            self._put_away()

    @Slot()
    def _put_away(self) -> None:
        """Hide it; whoever was typing goes on where they were."""
        before, self._before = self._before, None
        here: QWidget | None = self.window().focusWidget()
        was_here = here is not None and self.isAncestorOf(here)
        if was_here and before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        self.hide()

    @Slot()
    def _on_write_clicked(self) -> None:
        self.hide()
        self.quick_log_requested.emit()

    @Slot()
    def _fit(self) -> None:
        margins = self.contentsMargins()
        width = self.width() - 2 * EDGE - margins.left() - margins.right()
        wanted = self._scroll.inner.heightForWidth(width)
        share = LARGE_SHARE if _is_large() else SHARE
        self._scroll.setFixedHeight(min(wanted, round(self.window().height() * share)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the words need, up to a share of the window."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Lay it out again in another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._restyle)

    @Slot()
    def _restyle(self) -> None:
        self._show_lines()
        QTimer.singleShot(0, self, self._fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self._put_away()
        else:
            super().keyPressEvent(event)


def _is_large() -> bool:
    return px(100) >= LARGE


def _numbers(line: Line, parent: QWidget) -> list[QLabel]:
    """Return the number of a service, and the one for out of hours where there is one."""
    # A long number goes on in the next line: it never pushes its words out of the window.
    is_long = _is_large() or len(line.number) > LETTERS
    made = [label(line.number, "big", parent, wrap=is_long)]
    made[0].setObjectName(f"{line.key}Number")
    if is_long and not _is_large():
        made[0].setFixedWidth(px(WIDE))
    if line.out_of_hours:
        made.append(strong(f"{OUT_OF_HOURS}: {line.out_of_hours}", parent))
        made[1].setObjectName(f"{line.key}OutOfHours")
    for each in made:
        each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
