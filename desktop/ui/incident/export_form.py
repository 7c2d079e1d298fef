"""What is asked before a bundle is made: for which officer, in which form, to which folder."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.contacts import ContactEntry, Recipient
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.leaving.bundle import Audience, BundleForm
from desktop.operations.evidence.find_leaks import LeakCheck
from desktop.operations.leaving.export_bundle import BundleRequest
from desktop.ui import file_choice
from desktop.ui.incident.export_words import BESIDE, UNSAID, leak_lines
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.words import body, breakable, field_label, secondary

FORMS = (
    (
        BundleForm.AES,
        "Sealed",
        "&Sealed ZIP, with a passphrase",
        (
            "For e-mail, a shared drive or an ordinary stick. It is encrypted with AES-256. "
            "Windows Explorer cannot open it: the officer needs 7-Zip or a similar program. You "
            "get the passphrase once, to read out by telephone."
        ),
    ),
    (
        BundleForm.ZIP,
        "Zip",
        "&ZIP, not encrypted",
        (
            "For a police portal or an encrypted stick from the police. It opens everywhere, "
            "also for anybody who finds it."
        ),
    ),
    (
        BundleForm.FOLDER,
        "Folder",
        "&Folder, not encrypted",
        "For an encrypted disk that is handed over in person, or to look through it before.",
    ),
)
ALWAYS_IN = (
    "Summary, chronology, people and accounts, exhibit list, continuity, contacts and the custody "
    "record of this incident, labels for the exhibits, with START_HERE.pdf at the top. Copies "
    "made of exhibits are listed and stay here. What is still being typed in the incident is "
    "entered first."
)


class ExportForm(QWidget):
    """Cards of questions; nothing but the folder has to be answered."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self._edits: dict[str, QLineEdit] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in (
            self._build_content_card(),
            self._build_officer_card(),
            self._build_form_card(),
            self._build_folder_card(),
        ):
            column.addWidget(card)

    def request(self) -> BundleRequest | None:
        """Return what was answered; None while no folder is chosen."""
        if self._folder is None:
            return None
        collar = self._text("collar")
        who = (self._text("officer"), f"collar number {collar}" if collar else "")
        return BundleRequest(
            audience=Audience.POLICE,
            form=FORMS[self._group.checkedId()][0],
            folder=self._folder,
            recipient=", ".join(filter(None, (*who, self._text("force")))),
            crime_reference=self._text("reference"),
        )

    @property
    def edits(self) -> Mapping[str, QLineEdit]:
        """The fields for whom it is, by name."""
        return self._edits

    def ask_for_folder(self) -> None:
        """Put the caret where the folder is chosen."""
        self.folder_button.setFocus()

    def show_items(self, items: Iterable[EvidenceItem]) -> None:
        """Say which exhibits go in as they are, and which in words alone."""
        marks: dict[ItemState, list[str]] = {state: [] for state in ItemState}
        for item in items:
            marks[item.state].append(str(item.mark))
        kept = ", ".join(marks[ItemState.KEPT])
        self._kept_label.setText(
            f"Originals, byte for byte: {kept}." if kept else "No originals are kept yet."
        )
        self._say(self._held_label, "Held back, in words only", marks[ItemState.HELD_BACK])
        self._say(self._described_label, "Described, in words only", marks[ItemState.DESCRIBED])
        self._say(self._sealed_label, "Sealed, in words only", marks[ItemState.SEALED])

    def show_leaks(self, check: LeakCheck) -> None:
        """Say who else is in what leaves, and of which exhibits nobody said who is in them."""
        self._say(self._unsaid_label, UNSAID, check.unsaid)
        lines = leak_lines(check)
        if lines:
            self.leaks_banner.show_message("\n".join(lines), "warn", title=BESIDE)

    def show_contacts(self, contacts: Iterable[ContactEntry]) -> None:
        """Offer what is known from the latest contacts with the police."""
        police = [one.details for one in contacts if one.details.recipient is Recipient.POLICE]
        for details in police:
            for name, text in (
                ("officer", details.person),
                ("force", details.organisation),
                ("reference", details.reference),
            ):
                if text and not self._edits[name].isModified():
                    self._edits[name].setText(text)

    def _build_content_card(self) -> Card:
        card = Card("What goes in", self)
        self._kept_label = body("", card)
        self._held_label = body("", card)
        self._described_label = body("", card)
        self._sealed_label = body("", card)
        self.leaks_banner = Banner(card)
        self.leaks_banner.setObjectName("exportLeaksBanner")
        self._unsaid_label = secondary("", card)
        self._unsaid_label.setObjectName("exportUnsaidLabel")
        self._unsaid_label.hide()
        for each in (
            self._kept_label,
            self._held_label,
            self._described_label,
            self._sealed_label,
            self.leaks_banner,
            self._unsaid_label,
        ):
            card.body.addWidget(each)
        card.body.addWidget(secondary(ALWAYS_IN, card))
        self.show_items(())
        return card

    def _build_officer_card(self) -> Card:
        card = Card("Who it is for", self, hint="What you do not know can stay empty.")
        for name, words in (
            ("officer", "Name of the &officer"),
            ("collar", "Collar &number"),
            ("force", "Police fo&rce"),
            ("reference", "&Crime reference"),
        ):
            edit = QLineEdit(card)
            edit.setObjectName(f"export{name.capitalize()}Edit")
            card.body.addWidget(field_label(words, edit, card))
            card.body.addWidget(edit)
            self._edits[name] = edit
        return card

    def _build_form_card(self) -> Card:
        card = Card("How it leaves", self)
        self._group = QButtonGroup(self)
        for place, (_form, name, words, when) in enumerate(FORMS):
            button = QRadioButton(words, card)
            button.setObjectName(f"export{name}Button")
            button.setAccessibleName(words.replace("&", ""))
            button.setAccessibleDescription(when)
            self._group.addButton(button, place)
            card.body.addWidget(button)
            card.body.addWidget(secondary(when, card))
        self._group.button(0).setChecked(True)
        return card

    def _build_folder_card(self) -> Card:
        card = Card("Where to", self)
        self._folder_label = body("No folder is chosen yet.", card)
        self._folder_label.setObjectName("exportFolderLabel")
        self.folder_button = QPushButton("Choose a fol&der…", card)
        self.folder_button.setObjectName("exportChooseFolderButton")
        self.folder_button.setAccessibleName("Choose the folder for the bundle")
        self.folder_button.setAutoDefault(False)
        self.folder_button.clicked.connect(self._on_choose_clicked)
        card.buttons.addWidget(self.folder_button)
        card.body.addWidget(self._folder_label)
        return card

    def _text(self, name: str) -> str:
        return self._edits[name].text().strip()

    @staticmethod
    def _say(where: QLabel, words: str, marks: Sequence[str]) -> None:
        where.setText(f"{words}: {', '.join(marks)}." if marks else "")
        where.setVisible(bool(marks))

    @Slot()
    def _on_choose_clicked(self) -> None:
        title = "Where the bundle goes"
        file_choice.ask_folder(self, title, self._folder, self._on_folder_chosen)

    def _on_folder_chosen(self, folder: Path) -> None:
        self._folder = folder
        self._folder_label.setText(breakable(str(folder)))
