"""Lets a second person confirm a copy: another keyholder by passphrase, or a named witness."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.evidence.derivatives import Confirmation
from desktop.domain.evidence.items import DERIVATIVES, EvidenceItem, ItemState
from desktop.domain.identifiers import KeyholderId
from desktop.operations.evidence.confirm_derivative import confirm_derivative, find_confirmation
from desktop.operations.keys.second_person import SecondPerson, list_seconds
from desktop.ui.choice_row import ChoiceRow
from desktop.ui.keeping.key_dialog import KeyDialog
from desktop.ui.session import Session
from desktop.ui.widgets.secret_edit import SecretEdit
from desktop.ui.widgets.words import field_label, secondary

HINT = (
    "Whoever confirms has compared this copy with its original: what must not be seen or read is "
    "gone, and what is needed is still there."
)
_KEYHOLDER, _WITNESS = "keyholder", "witness"


class ConfirmDialog(KeyDialog):
    """Who compared the copy with its original; it is not for those who made it."""

    def __init__(self, session: Session, item: EvidenceItem, parent: QWidget) -> None:
        super().__init__(
            session, "confirmCopy", f"Confirm {item.mark}", parent, keep="Confirm it", hint=HINT
        )
        self._item = item
        self._before_label = secondary("", self)
        self._choice = ChoiceRow(
            "confirmBy",
            "Who confirms it?",
            ((_KEYHOLDER, "Another keyholder"), (_WITNESS, "A witness")),
            self,
        )
        self._choice.chosen.connect(self._on_choice)
        self.column.addWidget(self._before_label)
        self.column.addWidget(field_label("Who confirms it?", self._choice, self))
        self.column.addWidget(self._choice)
        self.column.addWidget(self._build_keyholder())
        self.column.addWidget(self._build_witness())
        self.keep_words(f"confirm.{item.id}", {"who": self._name_edit, "why": self._why_edit})
        session.run(self, list_seconds, self._show_seconds)
        session.run(self, partial(find_confirmation, item_id=item.id), self._show_before)

    def _build_keyholder(self) -> QWidget:
        self._keyholder = QWidget(self)
        column = QVBoxLayout(self._keyholder)
        column.setContentsMargins(0, 0, 0, 0)
        self._who_box = QComboBox(self._keyholder)
        self._who_box.setObjectName("confirmKeyholderBox")
        self._secret = SecretEdit("Their passphrase", "confirmPassphraseEdit", self._keyholder)
        column.addWidget(field_label("Keyholder", self._who_box, self._keyholder))
        column.addWidget(self._who_box)
        label = "Their passphrase, typed by them"
        column.addWidget(field_label(label, self._secret.edit, self._keyholder))
        column.addWidget(self._secret)
        return self._keyholder

    def _build_witness(self) -> QWidget:
        self._witness = QWidget(self)
        column = QVBoxLayout(self._witness)
        column.setContentsMargins(0, 0, 0, 0)
        self._name_edit = QLineEdit(self._witness)
        self._name_edit.setObjectName("confirmWitnessEdit")
        self._why_edit = QLineEdit(self._witness)
        self._why_edit.setObjectName("confirmReasonEdit")
        for words, edit in (
            ("Name and title of the witness", self._name_edit),
            ("Why there is no second keyholder", self._why_edit),
        ):
            column.addWidget(field_label(words, edit, self._witness))
            column.addWidget(edit)
        self._witness.hide()
        return self._witness

    def focus_first(self) -> None:
        """Put the cursor on the first question."""
        self._choice.button(_KEYHOLDER).setFocus()

    def wipe(self) -> None:
        """Forget the passphrase: the log locks."""
        self._secret.edit.clear()

    def _show_seconds(self, seconds: Sequence[tuple[KeyholderId, str]]) -> None:
        for keyholder_id, words in seconds:
            self._who_box.addItem(words, keyholder_id)
        self._choice.button(_KEYHOLDER).setEnabled(bool(seconds))
        self._choice.set_value(_KEYHOLDER if seconds else _WITNESS)
        self._show_choice()

    def _show_before(self, found: Confirmation | None) -> None:
        if found is not None:
            self._before_label.setText(f"Confirmed before by {found.by}, {found.how}.")
        self._before_label.setVisible(found is not None)

    @Slot(str)
    def _on_choice(self, _value: str) -> None:
        self._show_choice()

    def _show_choice(self) -> None:
        self._keyholder.setVisible(self._choice.value() == _KEYHOLDER)
        self._witness.setVisible(self._choice.value() == _WITNESS)

    def _keep(self) -> None:
        if self._choice.value() == _KEYHOLDER:
            second = SecondPerson(
                keyholder_id=self._who_box.currentData(), passphrase=self._secret.edit.text()
            )
            missing = "" if second.passphrase else "Ask them to type their passphrase."
        else:
            second = SecondPerson(
                witness=self._name_edit.text().strip(),
                witness_reason=self._why_edit.text().strip(),
            )
            missing = "" if second.witness else "Say who confirms it: name and title."
            if second.witness and not second.witness_reason:
                missing = "Say why there is no second keyholder."
        if missing:
            self._say(missing)
            return
        self._secret.edit.clear()
        operation = partial(confirm_derivative, item_id=self._item.id, second=second)
        self._run(operation, self._on_confirmed)

    def _on_confirmed(self, _changes: object) -> None:
        self._tell(f"{self._item.mark} is confirmed.")
        self.accept()


def is_copy(item: EvidenceItem) -> bool:
    """Say whether it is a copy that can be confirmed."""
    return item.kind in DERIVATIVES and item.state is ItemState.KEPT


def start_confirming(session: Session, item: EvidenceItem, parent: QWidget) -> None:
    """Open the window for a copy."""
    ConfirmDialog(session, item, parent).show_form()
