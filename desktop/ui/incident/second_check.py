"""Asks who checked a step too: a colleague by passphrase, somebody else by name, or nobody."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.domain.identifiers import KeyholderId
from desktop.operations.keys.second_person import list_seconds
from desktop.operations.steps.check_second import SecondCheck
from desktop.ui.choice_row import ChoiceRow
from desktop.ui.form_fields import FieldsForm
from desktop.ui.session import Session
from desktop.ui.widgets.secret_edit import SecretEdit
from desktop.ui.widgets.words import field_label

HOW, KEYHOLDER, WITNESS, ALONE = (
    "second_by", "second_keyholder", "second_witness", "second_alone",
)  # fmt: skip
_COLLEAGUE, _OTHER, _NOBODY = "colleague", "other", "nobody"
_CHOICES = (
    (_COLLEAGUE, "A colleague who opens this log too"),
    (_OTHER, "Somebody else"),
    (_NOBODY, "Nobody: I am on my own"),
)
_MISSING = {
    "": (HOW, "Say who checked it too. “Nobody” with the reason is an answer."),
    _COLLEAGUE: ("", "Ask your colleague to type their passphrase."),
    _OTHER: (WITNESS, "Write who checked it: name and role."),
    _NOBODY: (ALONE, "Write why nobody else could check it. One sentence is enough."),
}


class SecondCheckFields(QObject):
    """Puts its fields into a form; what is typed there is kept with it, the passphrase never."""

    def __init__(self, session: Session, form: FieldsForm) -> None:
        super().__init__(form)
        self._form = form
        row = form.add_choice(
            HOW,
            "Who checked this with you?",
            _CHOICES,
            "Two people look at a step like this one. It does not have to be a manager.",
        )
        box = form.add_list(KEYHOLDER, "Which colleague", ())
        self._row: ChoiceRow = row
        self._box: QComboBox = box
        self._secret_part = QWidget(form)
        column = QVBoxLayout(self._secret_part)
        column.setContentsMargins(0, 0, 0, 0)
        self.secret = SecretEdit("Their passphrase", "secondPassphraseEdit", self._secret_part)
        words = "Their passphrase, typed by them"
        column.addWidget(field_label(words, self.secret.edit, self._secret_part))
        column.addWidget(self.secret)
        form.add_widget(self._secret_part)
        form.add_line(WITNESS, "Who checked it: name and role")
        form.add_text(ALONE, "Why nobody else could check it")
        row.chosen.connect(self.refresh)
        session.about_to_lock.connect(self._on_about_to_lock)
        self.refresh()
        session.run(form, list_seconds, self._show_seconds)

    @Slot()
    def refresh(self) -> None:
        """Show the fields of what is chosen."""
        chosen = self._row.value()
        self._form.set_shown(KEYHOLDER, chosen == _COLLEAGUE)
        self._secret_part.setVisible(chosen == _COLLEAGUE)
        self._form.set_shown(WITNESS, chosen == _OTHER)
        self._form.set_shown(ALONE, chosen == _NOBODY)

    def missing(self) -> str:
        """Say what is still to be filled in, with the caret there; '' when nothing is."""
        chosen = self._row.value()
        given = {
            _COLLEAGUE: self.secret.text(),
            _OTHER: self._form.text(WITNESS),
            _NOBODY: self._form.text(ALONE),
        }
        if given.get(chosen):
            return ""
        field, words = _MISSING[chosen]
        if field:
            self._form.focus(field)
        else:
            self.secret.edit.setFocus()
        return words

    def take(self) -> SecondCheck:
        """Return what was said, and forget the passphrase."""
        chosen = self._row.value()
        passphrase = self.secret.text()
        self.secret.clear()
        if chosen == _COLLEAGUE:
            keyholder_id = KeyholderId(str(self._box.currentData() or ""))
            return SecondCheck(keyholder_id=keyholder_id, passphrase=passphrase)
        if chosen == _OTHER:
            return SecondCheck(witness=self._form.text(WITNESS))
        return SecondCheck(alone_reason=self._form.text(ALONE))

    def _show_seconds(self, seconds: Sequence[tuple[KeyholderId, str]]) -> None:
        for keyholder_id, words in seconds:
            self._box.addItem(words, keyholder_id)
        self._row.button(_COLLEAGUE).setEnabled(bool(seconds))

    @Slot()
    def _on_about_to_lock(self) -> None:
        self.secret.clear()
