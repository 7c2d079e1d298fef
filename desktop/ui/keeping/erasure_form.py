"""What an erasure takes and leaves, in words, and who erases: the fields of its dialog."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.domain.identifiers import KeyholderId
from desktop.operations.erasing.erase_record import Erased
from desktop.operations.erasing.plan_erasure import ErasurePlan
from desktop.operations.keys.second_person import SecondPerson
from desktop.ui.keeping.retention_words import say_backup, say_review
from desktop.ui.kept_words import Field
from desktop.ui.second_person import SecondNames, SecondPersonFields
from desktop.ui.widgets.draft_edit import DraftTextEdit
from desktop.ui.widgets.secret_edit import SecretEdit
from desktop.ui.widgets.words import body, field_label, secondary
from desktop.ui.working_dialog import Lack, WorkingForm

_SECOND = SecondNames(
    choice="secondPerson",
    keyholder="secondKeyholderBox",
    typed="secondPassphraseEdit",
    witness="witnessEdit",
    reason="witnessReasonEdit",
)


class ErasureForm(WorkingForm):
    """The fields whose words outlast a lock are in `edits`; passphrases are used, or gone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._going_title, self._going = self._part("What goes, for good", "goingLabel")
        self._staying_title, self._staying = self._part("What stays", "stayingLabel")
        self._early: QLabel = body("", self)
        self._early.setObjectName("earlyLabel")
        self._early.hide()
        self._column.addWidget(self._early)
        self._fields = QWidget(self)
        self._column.addWidget(self._fields)
        self._build_fields()

    def _build_fields(self) -> None:
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._reason = DraftTextEdit("Why it is erased", self._fields, lines=2)
        self._reason.setObjectName("eraseReasonEdit")
        self._own = SecretEdit("Your passphrase", "erasePassphraseEdit", self._fields)
        self._own_label = field_label("Your passphrase", self._own.edit, self._fields)
        self._second = SecondPersonFields(_SECOND, self._fields)
        column.addWidget(field_label("Why it is erased", self._reason, self._fields))
        column.addWidget(secondary("It stands on the certificate: name nobody in it.", self))
        for widget in (self._reason, self._own_label, self._own):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(self._second)

    def show_people(self, own: str, seconds: Sequence[tuple[KeyholderId, str]]) -> None:
        """Say who erases, and offer the other keyholders."""
        if own:
            self._own_label.setText(f"Passphrase of {own}")
        self._second.offer(seconds)
        if not seconds:
            self._second.leave_witness_only()

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
    def edits(self) -> dict[str, Field]:
        """The fields that hold words."""
        return {"reason": self._reason, **self._second.edits}

    @property
    def reason(self) -> str:
        """Why it is erased."""
        return self._reason.toPlainText().strip()

    def second(self) -> SecondPerson:
        """Return who erases with the keyholder."""
        return self._second.second()

    def lack(self) -> Lack | None:
        """Return what still has to be filled in, in words, and its field; None if nothing."""
        if not self.reason:
            return "Write why it is erased. One sentence is enough.", self._reason
        if not self.passphrase:
            return "Type your passphrase.", self._own.edit
        return self._second.lack()

    def forget_passphrases(self) -> None:
        """Clear what nobody else may read."""
        self._own.clear()
        self._second.forget_passphrase()


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
