"""What an erasure takes and leaves, in words, and who erases: the fields of its dialog."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.identifiers import KeyholderId
from desktop.operations.erase_record import Erased
from desktop.operations.plan_erasure import ErasurePlan
from desktop.operations.second_person import SecondPerson
from desktop.ui.choice_row import ChoiceRow
from desktop.ui.keeping.retention_words import say_backup, say_review
from desktop.ui.widgets.draft_edit import DraftTextEdit
from desktop.ui.widgets.secret_edit import SecretEdit
from desktop.ui.widgets.words import body, card_heading, field_label, secondary

_KEYHOLDER, _WITNESS = "keyholder", "witness"


class ErasureForm(QWidget):
    """The fields whose words outlast a lock are in `edits`; passphrases are used, or gone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._going_title, self._going = self._part("What goes, for good", "goingLabel")
        self._staying_title, self._staying = self._part("What stays", "stayingLabel")
        self._early: QLabel = body("", self)
        self._early.setObjectName("earlyLabel")
        self._early.hide()
        self._column.addWidget(self._early)
        self._fields = QWidget(self)
        self._column.addWidget(self._fields)
        self._build_fields()

    def _part(self, title: str, name: str) -> tuple[QLabel, QLabel]:
        heading, words = card_heading(title, self), body("", self)
        words.setObjectName(name)
        self._column.addWidget(heading)
        self._column.addWidget(words)
        self._column.addSpacing(6)
        return heading, words

    def _build_fields(self) -> None:
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._reason = DraftTextEdit("Why it is erased", self._fields, lines=2)
        self._reason.setObjectName("eraseReasonEdit")
        self._own = SecretEdit("Your passphrase", "erasePassphraseEdit", self._fields)
        self._own_label = field_label("Your passphrase", self._own.edit, self._fields)
        self._choice = ChoiceRow(
            "secondPerson",
            "Who is the second person?",
            ((_KEYHOLDER, "Another keyholder"), (_WITNESS, "A witness")),
            self._fields,
        )
        self._choice.chosen.connect(self._on_choice)
        column.addWidget(field_label("Why it is erased", self._reason, self._fields))
        column.addWidget(secondary("It stands on the certificate: name nobody in it.", self))
        for widget in (self._reason, self._own_label, self._own):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(field_label("Who is the second person?", self._choice, self._fields))
        column.addWidget(self._choice)
        column.addWidget(self._build_keyholder())
        column.addWidget(self._build_witness())

    def _build_keyholder(self) -> QWidget:
        self._keyholder = QWidget(self._fields)
        column = QVBoxLayout(self._keyholder)
        column.setContentsMargins(0, 0, 0, 0)
        self._who = QComboBox(self._keyholder)
        self._who.setObjectName("secondKeyholderBox")
        self._who.setAccessibleName("Second keyholder")
        self._second = SecretEdit(
            "Passphrase of the second keyholder", "secondPassphraseEdit", self._keyholder
        )
        column.addWidget(field_label("Second keyholder", self._who, self._keyholder))
        column.addWidget(self._who)
        column.addWidget(
            field_label("Their passphrase, typed by them", self._second.edit, self._keyholder)
        )
        column.addWidget(self._second)
        self._keyholder.hide()
        return self._keyholder

    def _build_witness(self) -> QWidget:
        self._witness = QWidget(self._fields)
        column = QVBoxLayout(self._witness)
        column.setContentsMargins(0, 0, 0, 0)
        self._witness_name = QLineEdit(self._witness)
        self._witness_name.setObjectName("witnessEdit")
        self._witness_reason = QLineEdit(self._witness)
        self._witness_reason.setObjectName("witnessReasonEdit")
        for words, edit in (
            ("Name and title of the witness", self._witness_name),
            ("Why there is no second keyholder", self._witness_reason),
        ):
            column.addWidget(field_label(words, edit, self._witness))
            column.addWidget(edit)
        self._witness.hide()
        return self._witness

    def show_people(self, own: str, seconds: Sequence[tuple[KeyholderId, str]]) -> None:
        """Say who erases, and offer the other keyholders."""
        if own:
            self._own_label.setText(f"Passphrase of {own}")
        self._who.clear()
        for keyholder_id, words in seconds:
            self._who.addItem(words, keyholder_id)
        self._choice.button(_KEYHOLDER).setEnabled(bool(seconds))
        if not seconds:
            self._choice.set_value(_WITNESS)
            self._on_choice(_WITNESS)

    def show_plan(self, plan: ErasurePlan) -> None:
        """Say what goes and what stays."""
        self._going.setText("\n".join(f"•  {words}" for words in _going(plan)))
        self._staying.setText("\n".join(f"•  {words}" for words in _staying(plan)))
        review = plan.retention.line.review
        early = "It is not due yet: say" if review.on else "So it is not due: say"
        self._early.setText(f"{say_review(review)}. {early} in the reason why it is erased now.")
        self._early.setVisible(plan.is_early and plan.in_the_way is None)
        self._fields.setVisible(plan.in_the_way is None)

    def show_erased(self, erased: Erased) -> None:
        """Say what was done, and what older backups still hold."""
        facts = erased.certificate
        self._fields.hide()
        self._early.hide()
        self._going_title.setText("What is gone")
        self._staying_title.setText("What older backups still hold")
        self._going.setText(f"Everything of {facts.number} but its number and its dates.")
        held = "\n".join(f"•  {say_backup(one)}" for one in erased.backups)
        self._staying.setText(
            f"The whole record, sealed with the keys of the log:\n{held}"
            if held
            else "No backup that is known to the log holds it."
        )

    @property
    def passphrase(self) -> str:
        """The keyholder's own passphrase."""
        return self._own.text()

    @property
    def edits(self) -> dict[str, QLineEdit | QPlainTextEdit]:
        """The fields that hold words."""
        return {
            "reason": self._reason,
            "witness": self._witness_name,
            "witness_reason": self._witness_reason,
        }

    @property
    def reason(self) -> str:
        """Why it is erased."""
        return self._reason.toPlainText().strip()

    def second(self) -> SecondPerson:
        """Return who erases with the keyholder."""
        if self._choice.value() == _KEYHOLDER:
            return SecondPerson(
                keyholder_id=KeyholderId(str(self._who.currentData())),
                passphrase=self._second.text(),
            )
        return SecondPerson(
            witness=self._witness_name.text(), witness_reason=self._witness_reason.text()
        )

    def missing(self) -> str:
        """Say what still has to be filled in; '' if nothing."""
        by_keyholder = self._choice.value() == _KEYHOLDER
        for is_there, words in (
            (self.reason, "Write why it is erased. One sentence is enough."),
            (self.passphrase, "Type your passphrase."),
            (self._choice.value(), "Choose who the second person is."),
            (
                self._second.text() if by_keyholder else self._witness_name.text().strip(),
                "The second keyholder types their passphrase."
                if by_keyholder
                else "Write the name of the witness.",
            ),
            (
                by_keyholder or self._witness_reason.text().strip(),
                "Write why there is no second keyholder.",
            ),
        ):
            if not is_there:
                return words
        return ""

    def forget_passphrases(self) -> None:
        """Clear what nobody else may read."""
        self._own.clear()
        self._second.clear()

    @Slot(str)
    def _on_choice(self, value: str) -> None:
        self._keyholder.setVisible(value == _KEYHOLDER)
        self._witness.setVisible(value == _WITNESS)


def _going(plan: ErasurePlan) -> tuple[str, ...]:
    people = ", ".join(plan.people)
    return tuple(
        words
        for words in (
            f"Everything written, its checklists and {_count(plan.entries, 'line')} of chronology",
            _exhibits(plan),
            _count(plan.contacts, "contact") if plan.contacts else "",
            f"People who occur nowhere else: {people}" if people else "",
            "The details of all this in the custody record",
        )
        if words
    )


def _staying(plan: ErasurePlan) -> tuple[str, ...]:
    people = ", ".join(plan.people_staying)
    return tuple(
        words
        for words in (
            f"The number {plan.retention.line.number}, when it was logged and closed, its class",
            "The fingerprints of its exhibits; who erased it, when and why",
            "In the custody record: who did something to it, and when",
            "Quarterly reports as they were issued",
            f"What another record holds too: {_count(plan.shared, 'file')}" if plan.shared else "",
            f"People who occur in other records: {people}" if people else "",
            f"In {', '.join(plan.linked)}: the line that says they were linked, with its reason"
            if plan.linked
            else "",
            "What backups made before today hold, until they are replaced",
        )
        if words
    )


def _exhibits(plan: ErasurePlan) -> str:
    if not plan.exhibits:
        return ""
    words = f"The list of its {_count(plan.exhibits, 'exhibit')}"
    return f"{words}, and the content of {plan.contents}" if plan.contents else words


def _count(number: int, thing: str) -> str:
    return f"1 {thing}" if number == 1 else f"{number:,} {thing}s"
