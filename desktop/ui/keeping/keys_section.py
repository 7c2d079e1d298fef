"""Keyholders and keys: who opens this log, and with what."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import Moment, say_date
from desktop.domain.changes import Changes, Topic
from desktop.domain.log.heads import in_groups
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.keys.keep_keyholders import KeyholderLine, KeysView, show_keys
from desktop.operations.organisation.keep_organisation import Organisation, show_organisation
from desktop.ui.entry import Entry
from desktop.ui.keeping.keyholder_form import (
    ROLES_HONESTLY,
    AddKeyholderDialog,
    ChangeKeyholderDialog,
)
from desktop.ui.keeping.keyholder_rows import KeyholderRow, OnLine
from desktop.ui.keeping.log_section import LogSection
from desktop.ui.keeping.passphrase_dialogs import ChangePassphraseDialog, SetPassphraseDialog
from desktop.ui.keeping.recovery_dialogs import (
    NewRecoveryKeyDialog,
    RekeyDialog,
    RemoveKeyholderDialog,
    TryRecoveryKeyDialog,
)
from desktop.ui.keeping.remember_card import RememberCard
from desktop.ui.session import Session
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.words import body, label, secondary


class KeysSection(LogSection):
    """The keyholders, the recovery key, this computer, and the keys themselves."""

    def __init__(self, session: Session, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        self._organisation = ""
        self._lines: tuple[KeyholderLine, ...] = ()
        self.body.addWidget(self._build_keyholders_card())
        self.body.addWidget(self._build_recovery_card())
        self.remember_card = RememberCard(session, self)
        self.body.addWidget(self.remember_card)
        self.remember_card.setVisible(not session.is_restricted)
        self.body.addWidget(self._build_keys_card())
        session.changed.connect(self._on_changed)
        self.reload()

    @property
    def _leads(self) -> bool:
        keyholder = self._session.keyholder
        return keyholder is not None and keyholder.role is KeyholderRole.LEAD

    def _build_keyholders_card(self) -> Card:
        card = Card("Who opens this log", self)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(4)
        card.body.addLayout(self.rows)
        self.add_button = self._button(card, "addKeyholder", "Add a keyholder…", self._on_add)
        self.add_button.setVisible(self._leads)
        _put_buttons(card, self.add_button)
        card.body.addWidget(secondary(ROLES_HONESTLY, card))
        return card

    def _build_recovery_card(self) -> Card:
        card = Card("Recovery key", self)
        self.drill_chip = Chip("", "plain", card)
        self.drill_chip.hide()
        card.buttons.addWidget(self.drill_chip)
        self.recovery_label = body("", card)
        self.recovery_label.setObjectName("recoveryKeyLabel")
        card.body.addWidget(self.recovery_label)
        card.body.addWidget(
            secondary(
                "It opens the log when every passphrase is forgotten. It is on your paper only: "
                "the program cannot show it again. Try it once a year.",
                card,
            )
        )
        self.try_button = self._button(
            card, "tryRecoveryKey", "Try the recovery key from your paper…", self._on_try
        )
        self.renew_button = self._button(
            card, "renewRecoveryKey", "Make a new recovery key…", self._on_renew
        )
        self.renew_button.setVisible(self._leads)
        _put_buttons(card, self.try_button, self.renew_button)
        return card

    def _build_keys_card(self) -> Card:
        card = Card("Keys of the log", self)
        self.fingerprint_label = label("", "mono", card)
        self.fingerprint_label.setObjectName("fingerprintLabel")
        self.rekeyed_label = secondary("", card)
        card.body.addWidget(secondary("Fingerprint, as it stands on paper:", card))
        card.body.addWidget(self.fingerprint_label)
        card.body.addWidget(self.rekeyed_label)
        card.body.addWidget(
            secondary(
                "New keys are made when a keyholder is removed. Make them also when somebody may "
                "have copied the log folder and seen a passphrase.",
                card,
            )
        )
        self.rekey_button = self._button(
            card, "rekey", "Make new keys for the log…", self._on_rekey
        )
        self.rekey_button.setVisible(self._leads)
        _put_buttons(card, self.rekey_button)
        return card

    def _button(self, card: Card, name: str, words: str, on_clicked: object) -> QPushButton:
        button = QPushButton(words, card)
        button.setObjectName(f"{name}Button")
        button.setAccessibleName(words.replace("…", ""))
        button.clicked.connect(on_clicked)
        return button

    def reload(self) -> None:
        """Read again who holds keys."""
        self._session.run(self, show_keys, self._show)
        self._session.run(self, show_organisation, self._on_organisation)
        self.remember_card.reload()

    def _on_organisation(self, organisation: Organisation) -> None:
        self._organisation = organisation.name

    def _show(self, view: KeysView) -> None:
        if view.keyholders != self._lines:
            self._show_keyholders(view.keyholders)
        made = f"Made {_day(view.recovery_key_made_at)}." if view.recovery_key_made_at else ""
        tried = (
            f"Last tried {_day(view.recovery_key_tried_at)}."
            if view.recovery_key_tried_at
            else "Not tried since."
        )
        self.recovery_label.setText(f"{made} {tried}".strip())
        self.drill_chip.show_state(
            "Drill due" if view.drill_due else "Tried", "due" if view.drill_due else "done"
        )
        self.drill_chip.setVisible(view.drill_due or view.recovery_key_tried_at is not None)
        self.fingerprint_label.setText(in_groups(view.fingerprint))
        self.rekeyed_label.setText(
            f"New keys were made {_day(view.rekeyed_at)}."
            if view.rekeyed_at
            else "The keys are those the log was made with."
        )

    def _show_keyholders(self, lines: tuple[KeyholderLine, ...]) -> None:
        self._lines = lines
        focus: QWidget | None = self.window().focusWidget()
        rows = self.findChildren(KeyholderRow)
        if focus is not None and any(row.isAncestorOf(focus) for row in rows):
            (self.add_button if self._leads else self.try_button).setFocus()
        while (item := self.rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self.rows.addWidget(KeyholderRow(line, self._actions(line), self))

    def _actions(self, line: KeyholderLine) -> list[tuple[str, str, OnLine]]:
        if line.removed_at is not None:
            return []
        actions: list[tuple[str, str, OnLine]] = []
        if line.is_you:
            actions.append(("changePassphrase", "Change your passphrase…", self._on_passphrase))
        if line.is_you or self._leads:
            actions.append(("changeKeyholder", "Change the details…", self._on_change))
        if self._leads and not line.is_you:
            actions.append(("setPassphrase", "Forgotten passphrase…", self._on_set))
        if self._leads and not line.is_you:
            actions.append(("removeKeyholder", "Remove…", self._on_remove))
        return actions

    @Slot()
    def _on_add(self) -> None:
        rate = self._entry.rate_passphrase
        AddKeyholderDialog(self._session, rate, self._organisation, self).show_form()

    def _on_change(self, line: KeyholderLine) -> None:
        ChangeKeyholderDialog(self._session, line, self, may_set_role=self._leads).show_form()

    def _on_passphrase(self, line: KeyholderLine) -> None:
        rate, words = self._entry.rate_passphrase, (line.name, self._organisation)
        ChangePassphraseDialog(self._session, rate, words, self).show_form()

    def _on_set(self, line: KeyholderLine) -> None:
        rate, words = self._entry.rate_passphrase, (line.name, self._organisation)
        SetPassphraseDialog(self._session, rate, line.id, line.name, words, self).show_form()

    def _on_remove(self, line: KeyholderLine) -> None:
        RemoveKeyholderDialog(self._session, self._entry, line.id, line.name, self).show_form()

    @Slot()
    def _on_try(self) -> None:
        TryRecoveryKeyDialog(self._session, self).show_form()

    @Slot()
    def _on_renew(self) -> None:
        NewRecoveryKeyDialog(self._session, self._entry, self).show_form()

    @Slot()
    def _on_rekey(self) -> None:
        RekeyDialog(self._session, self._entry, self).show_form()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touch(None, Topic.KEYS):
            self.reload()


def _day(moment: Moment) -> str:
    return say_date(moment.local.date())


def _put_buttons(card: Card, *buttons: QPushButton) -> None:
    row = FlowLayout(spacing=8)
    for button in buttons:
        row.addWidget(button)
    card.body.addLayout(row)
