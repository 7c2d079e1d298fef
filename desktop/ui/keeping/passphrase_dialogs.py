"""One's own passphrase changed, or a new one set for somebody who forgot theirs."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.identifiers import KeyholderId
from desktop.operations.keys.keep_passphrases import change_passphrase, set_passphrase
from desktop.ui.entry import RatePassphrase
from desktop.ui.keeping.key_dialog import KeyDialog
from desktop.ui.keeping.passphrase_fields import PassphraseFields
from desktop.ui.session import Session
from desktop.ui.widgets.secret_edit import SecretEdit
from desktop.ui.widgets.words import body, field_label

_ADVICE = (
    "Three or four words that do not belong together are easy to remember and hard to guess. Any "
    "characters, any length."
)


class ChangePassphraseDialog(KeyDialog):
    """The old one once, the new one twice."""

    def __init__(
        self, session: Session, rate: RatePassphrase, words: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(
            session,
            "changePassphrase",
            "Change your passphrase",
            parent,
            keep="Change the passphrase",
            hint=_ADVICE,
        )
        self.old_edit = SecretEdit("Present passphrase", "oldPassphraseEdit", self)
        self.fields = PassphraseFields(session, rate, self)
        self.fields.words = words
        self.column.addWidget(field_label("P&resent passphrase", self.old_edit.edit, self))
        self.column.addWidget(self.old_edit)
        self.column.addSpacing(8)
        self.column.addWidget(self.fields)

    def focus_first(self) -> None:
        """Start with the present one."""
        self.old_edit.edit.setFocus()

    def _keep(self) -> None:
        if not self.old_edit.text():
            self._say("Type your present passphrase first.")
            self.focus_first()
        elif problem := self.fields.problem():
            self._say(problem)
            self.fields.focus_first()
        else:
            old, new = self.old_edit.text(), self.fields.text()
            self._run(partial(change_passphrase, old=old, new=new))

    def _on_done(self, _answer: object) -> None:
        self._tell("Your passphrase is changed. The old one opens nothing.")
        self.accept()


class SetPassphraseDialog(KeyDialog):
    """A new passphrase for a keyholder who forgot theirs, who may be oneself."""

    def __init__(
        self,
        session: Session,
        rate: RatePassphrase,
        keyholder_id: KeyholderId,
        name: str,
        words: Sequence[str],
        parent: QWidget,
    ) -> None:
        keyholder = session.keyholder
        self._is_own = keyholder is not None and keyholder.id == keyholder_id
        self._name = name
        super().__init__(
            session,
            "setPassphrase",
            "Set a new passphrase" if self._is_own else f"A new passphrase for {name}",
            parent,
            keep="Set the passphrase",
            hint=_ADVICE,
        )
        self._keyholder_id = keyholder_id
        self.fields = PassphraseFields(session, rate, self)
        self.fields.words = words
        first = (
            "You opened the log with the recovery key. Choose a passphrase now, so that the paper "
            "can go back to where it is locked away."
            if self._is_own
            else f"Let {name} type it themselves. Nobody else needs to know it; the one that was "
            "forgotten opens nothing any more."
        )
        self.column.addWidget(body(first, self))
        self.column.addSpacing(8)
        self.column.addWidget(self.fields)
        if self._is_own:
            self.cancel_button.setText("Later")
            self.cancel_button.setAccessibleName("Set a passphrase later")

    def focus_first(self) -> None:
        """Start with the new one."""
        self.fields.focus_first()

    def _keep(self) -> None:
        if problem := self.fields.problem():
            self._say(problem)
            self.fields.focus_first()
            return
        self._run(partial(set_passphrase, keyholder_id=self._keyholder_id, new=self.fields.text()))

    def _on_done(self, _answer: object) -> None:
        whose = "Your" if self._is_own else f"{self._name}'s"
        self._tell(f"{whose} new passphrase opens the log from now on.")
        self.accept()
