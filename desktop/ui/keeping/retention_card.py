"""One record of the review list: its class with its source, its review, its holds, what to do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import say_date
from desktop.domain.log.custody import Action
from desktop.domain.log.roles import KeyholderRole, may, may_write
from desktop.operations.incident.keep_retention import HoldLine, RetentionView
from desktop.ui.keeping.retention_words import say_class, say_hold, say_past_hold, say_review
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, secondary, strong

LEAD_ONLY = "A keyholder who is lead releases holds and erases records."


class RetentionCard(Card):
    """Its buttons only ask."""

    class_requested = Signal()
    hold_requested = Signal()
    release_requested = Signal(object)
    longer_requested = Signal()
    erase_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.view: RetentionView | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.body.addLayout(self._lines)
        row = QWidget(self)
        flow = FlowLayout(row, spacing=8)
        for name, words, signal in (
            ("chooseClassButton", "Choose the class…", self.class_requested),
            ("setHoldButton", "Hold it…", self.hold_requested),
            ("keepLongerButton", "Keep it longer…", self.longer_requested),
            ("eraseRecordButton", "Erase the record…", self.erase_requested),
        ):
            button = QPushButton(words, row)
            button.setObjectName(name)
            button.setAccessibleName(words.rstrip("…"))
            button.clicked.connect(signal)
            flow.addWidget(button)
        self.body.addWidget(row)
        self._buttons = row
        self._lead_label = secondary(LEAD_ONLY, self)
        self._lead_label.setObjectName("leadOnlyLabel")
        self.body.addWidget(self._lead_label)
        self._role = KeyholderRole.LEAD
        self.offer_to(self._role)
        self.hide()

    def offer_to(self, role: KeyholderRole) -> None:
        """Offer what this keyholder may do, and say who does the rest."""
        self._role = role
        leads = may(role, Action.RECORD_ERASED)
        for button in self._buttons.findChildren(QPushButton):
            button.setVisible(leads or button.objectName() != "eraseRecordButton")
        self._buttons.setVisible(may_write(role))
        self._lead_label.setVisible(not leads)

    def show_record(self, view: RetentionView | None) -> None:
        """Show another record, or none."""
        self.view = view
        self.setVisible(view is not None)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if view is None:
            return
        self.set_title(f"{view.line.number} · {view.line.title}")
        self._show_class(view)
        for hold in view.line.holds:
            self._lines.addWidget(self._hold_row(hold))
        for hold in view.past_holds:
            self._lines.addWidget(secondary(say_past_hold(hold), self))

    def _show_class(self, view: RetentionView) -> None:
        found = view.retention_class
        if found is None:
            self._lines.addWidget(body("It has no class yet, so it has no review date.", self))
            return
        self._lines.addWidget(strong(f"{found.title}. {say_review(view.line.review)}", self))
        self._lines.addWidget(secondary(say_class(found), self))
        if view.class_reason:
            self._lines.addWidget(secondary(f"Why this class: {view.class_reason}", self))
        if view.until:
            words = f"Kept longer, to {say_date(view.until)}: {view.until_reason}"
            self._lines.addWidget(secondary(words, self))

    def _hold_row(self, hold: HoldLine) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(body(f"Held. {say_hold(hold)}", row), 1)
        button = QPushButton("Release…", row)
        button.setObjectName("releaseHoldButton")
        button.setAccessibleName(f"Release the hold: {hold.words}")
        set_role(button, "quiet")
        button.clicked.connect(lambda: self.release_requested.emit(hold))
        button.setVisible(may(self._role, Action.HOLD_RELEASED))
        line.addWidget(button)
        return row
