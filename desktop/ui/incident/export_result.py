"""Shown once a bundle is made: where it lies, its fingerprint, and the passphrase, once only."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.operations.leaving.export_bundle import Exported
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, breakable, label, secondary

HOW_TO_TELL = (
    "Read it out by telephone to the named officer, on a number you know to be theirs. Never put "
    "it into the same message as the bundle."
)
ONLY_ONCE = (
    "It is shown only now and kept nowhere. If it is lost, make the bundle again. The clipboard "
    "is emptied when the log locks."
)
WHAT_NEXT = (
    "Hand over the bundle and its receipt, and read out the fingerprint or have the receipt "
    "signed. Then record in the incident when and how you handed it over."
)


class ExportResult(QWidget):
    """Emits `closed` when it has been read."""

    closed = Signal()

    def __init__(self, exported: Exported, parent: QWidget) -> None:
        super().__init__(parent)
        self._passphrase = exported.passphrase or ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        if self._passphrase:
            column.addWidget(self._build_passphrase())
        column.addWidget(self._build_places(exported))
        column.addWidget(secondary(WHAT_NEXT, self))
        self.close_button = QPushButton("Close", self)
        self.close_button.setObjectName("exportCloseButton")
        self.close_button.setAccessibleName("Close this window")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.closed)
        row = QWidget(self)
        FlowLayout(row).addWidget(self.close_button)
        column.addWidget(row)

    def focus_first(self) -> None:
        """Put the caret where nothing is lost by pressing a key twice."""
        first = self.copy_button if self._passphrase else self.close_button
        first.setFocus()

    def _build_passphrase(self) -> Card:
        card = Card("Passphrase of the sealed ZIP", self, hint=ONLY_ONCE)
        words = label(self._passphrase, "key", card)
        words.setObjectName("exportPassphraseLabel")
        words.setAccessibleName("Passphrase: " + " ".join(self._passphrase.replace("-", " ")))
        self.copy_button = QPushButton("C&opy the passphrase", card)
        self.copy_button.setObjectName("exportCopyButton")
        self.copy_button.setAccessibleName("Copy the passphrase")
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self._on_copy_clicked)
        self._copied_label = label("", "good", card)
        card.body.addWidget(words)
        row = QWidget(card)
        flow = FlowLayout(row)
        flow.addWidget(self.copy_button)
        flow.addWidget(self._copied_label)
        card.body.addWidget(row)
        card.body.addWidget(body(HOW_TO_TELL, card))
        return card

    def _build_places(self, exported: Exported) -> Card:
        card = Card(f"Version {exported.version} is ready", self)
        fingerprint = label(_in_groups(exported.fingerprint), "mono", card)
        fingerprint.setObjectName("exportFingerprintLabel")
        set_role(fingerprint, "mono")
        for words, text in (("Bundle", exported.path), ("Receipt", exported.receipt)):
            card.body.addWidget(secondary(f"{words} {breakable(text.name)}", card))
        card.body.addWidget(body(f"In the folder {breakable(str(exported.path.parent))}", card))
        card.body.addWidget(body("Fingerprint, printed in full on the receipt", card))
        card.body.addWidget(fingerprint)
        return card

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._passphrase)
        self._copied_label.setText("Copied")


def _in_groups(sha256: str) -> str:
    """Break a fingerprint into groups, so that it wraps and can be read out."""
    return " ".join(sha256[place : place + 8] for place in range(0, len(sha256), 8))
