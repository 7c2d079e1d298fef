"""What is known of an item, said beside it: a line that is always there, and more on request."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import say
from desktop.domain.evidence.derivatives import Confirmation
from desktop.domain.evidence.items import EvidenceItem
from desktop.ui.theme import px
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import label, secondary

MORE_HIGH = 150
LARGE_TEXT = 150
NOT_CONFIRMED = "No second person has confirmed this copy yet."


class ItemFacts(QWidget):
    """A line of facts; a button unfolds fingerprint and what was noted as it came in.

    Where text is large the line is unfolded too: the item itself needs the room.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line_label = secondary("", self)
        self._line_label.setObjectName("viewerFactsLabel")
        self._confirmed_label = secondary("", self)
        self._confirmed_label.setObjectName("viewerConfirmedLabel")
        self._confirmed_label.hide()
        self.more_button = QPushButton("More abo&ut it", self)
        self.more_button.setObjectName("viewerMoreButton")
        self.more_button.setAccessibleName("More about it")
        self.more_button.setCheckable(True)
        self.more_button.setAutoDefault(False)
        set_role(self.more_button, "quiet")
        self.more_button.toggled.connect(self._on_more_toggled)
        self._more_label = label("", "mono", self)
        self._more_label.setObjectName("viewerNotedLabel")
        self._more_label.setAccessibleName("What was noted of this item")
        self._more_label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._scroll = Scroll(self)
        self._scroll.inner.column.addWidget(self._more_label)
        self._scroll.inner.column.addStretch(1)
        self._scroll.setMaximumHeight(px(MORE_HIGH))
        self._scroll.hide()
        row = QWidget(self)
        FlowLayout(row).addWidget(self.more_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for each in (self._line_label, self._confirmed_label, row, self._scroll):
            column.addWidget(each)

    def show_item(
        self, item: EvidenceItem, among: Sequence[EvidenceItem], *, in_full: bool = True
    ) -> None:
        """Say what is known of this item; those `among` it are named by their marks.

        Not in full, nothing is said that the file says of itself, its name included: it may tell
        what is covered.
        """
        if not in_full:
            item = replace(item, original_name="", noted=())
        facts, noted = facts_of(item, among), noted_of(item)
        self._confirmed_label.hide()
        roomy = px(100) < LARGE_TEXT
        self._line_label.setText("  ·  ".join(facts))
        self._line_label.setVisible(roomy)
        lines = [*([] if roomy else facts), *(f"{name}: {value}" for name, value in noted)]
        self._more_label.setText("\n".join(lines))
        self.more_button.setVisible(bool(lines))
        self._scroll.setVisible(self.more_button.isChecked() and bool(lines))

    def show_confirmation(self, found: Confirmation | None) -> None:
        """Say of a copy whether a second person confirmed it."""
        words = f"{found.text[:1].upper()}{found.text[1:]}." if found else NOT_CONFIRMED
        self._confirmed_label.setText(words)
        self._confirmed_label.show()

    @Slot(bool)
    def _on_more_toggled(self, wanted: bool) -> None:
        self._scroll.setVisible(wanted)


def facts_of(item: EvidenceItem, among: Sequence[EvidenceItem]) -> list[str]:
    """Return what an item is, in a few short pieces."""
    marks = {one.id: str(one.mark) for one in among}
    parts = [item.kind.value[:1].upper() + item.kind.value[1:], item.original_name]
    if item.derived_from:
        parts.append(f"made from {marks.get(item.derived_from, 'another item')}")
    if item.inside_id:
        parts.append(f"came inside {marks.get(item.inside_id, 'another item')}")
    parts.append(f"taken in {say(item.captured_at)} by {item.captured_by}, {item.method.value}")
    if item.fingerprint:
        parts.append(f"{item.fingerprint.size:,} bytes")
    return [part for part in parts if part]


def noted_of(item: EvidenceItem) -> list[tuple[str, str]]:
    """Return the fingerprint and what was noted as the item came in, by name."""
    found = [("Fingerprint (SHA-256)", item.fingerprint.sha256)] if item.fingerprint else []
    return [*found, *item.noted]
