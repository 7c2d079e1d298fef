"""What is to be seen of the evidence: words to look for, which kinds, what is covered."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from desktop.domain.evidence.item_stacks import Kinds, holds_words, is_of
from desktop.domain.evidence.items import EvidenceItem
from desktop.ui.theme import px
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.words import secondary

FROM_ITEMS = 7
SEARCH_WIDE = 220
COVER_ALL = "Cover &everything until I click"


class EvidenceFilter(QWidget):
    """`changed` when something else is wanted; `cover_wanted` when all is to be covered, or not.

    Search and kinds are offered once there is something to look through.
    """

    changed = Signal()
    cover_wanted = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.search_edit = QLineEdit(self)
        self.search_edit.setObjectName("evidenceSearchEdit")
        self.search_edit.setAccessibleName("Find among the evidence")
        self.search_edit.setPlaceholderText("Find by mark, words, account")
        self.search_edit.setClearButtonEnabled(True)
        self.search_edit.textChanged.connect(self._on_wanted)
        self.kinds_box = QComboBox(self)
        self.kinds_box.setObjectName("evidenceKindsBox")
        self.kinds_box.setAccessibleName("Which evidence is shown")
        for kinds in Kinds:
            self.kinds_box.addItem(kinds.value)
        self.kinds_box.currentIndexChanged.connect(self._on_wanted)
        self.cover_check = QCheckBox(COVER_ALL, self)
        self.cover_check.setObjectName("evidenceCoverCheck")
        self.cover_check.setAccessibleName(COVER_ALL.replace("&", ""))
        self.cover_check.toggled.connect(self.cover_wanted)
        self._count_label = secondary("", self)
        self._count_label.setObjectName("evidenceCountLabel")
        self._count_label.setWordWrap(False)
        flow = FlowLayout(self, spacing=8)
        for each in (self.search_edit, self.kinds_box, self.cover_check, self._count_label):
            flow.addWidget(each)
        self.show_state(0, 0, cover_all=False)

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.search_edit.text().strip()) or self.kinds_box.currentIndex() > 0

    def wants(self, item: EvidenceItem) -> bool:
        """Say whether an item is to be seen."""
        words = self.search_edit.text().casefold().split()
        return is_of(item, Kinds(self.kinds_box.currentText())) and holds_words(item, words)

    def clear(self) -> None:
        """Leave nothing out, without a word about it."""
        with QSignalBlocker(self.search_edit), QSignalBlocker(self.kinds_box):
            self.search_edit.clear()
            self.kinds_box.setCurrentIndex(0)

    def show_state(self, seen: int, total: int, *, cover_all: bool) -> None:
        """Say how many there are, and show what is covered."""
        with QSignalBlocker(self.cover_check):
            self.cover_check.setChecked(cover_all)
        self.cover_check.setVisible(total > 0)
        offered = total >= FROM_ITEMS or self.narrows
        self.search_edit.setVisible(offered)
        self.search_edit.setMinimumWidth(px(SEARCH_WIDE))
        self.kinds_box.setVisible(offered)
        self._count_label.setVisible(self.narrows)
        self._count_label.setText(f"{seen:,} of {total:,}")

    @Slot()
    def _on_wanted(self) -> None:
        self.changed.emit()
