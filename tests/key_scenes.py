"""The windows about keyholders and keys, the unlock page of a log that has several, the help."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from desktop.domain.errors import TryAgainLater
from desktop.domain.identifiers import KeyholderId
from desktop.operations.entering.open_log import WayIn
from desktop.operations.keys.keep_keyholders import KeyholderLine, show_keys
from desktop.ui.entering.unlock_page import UnlockPage
from desktop.ui.help_page import HelpPage
from desktop.ui.keeping.key_dialog import KeyDialog
from desktop.ui.keeping.keyholder_form import AddKeyholderDialog, ChangeKeyholderDialog
from desktop.ui.keeping.log_page import LogPage
from desktop.ui.keeping.passphrase_dialogs import ChangePassphraseDialog, SetPassphraseDialog
from desktop.ui.keeping.recovery_dialogs import (
    NewRecoveryKeyDialog,
    RekeyDialog,
    RemoveKeyholderDialog,
    TryRecoveryKeyDialog,
)
from tests.stage import Stage

Make = Callable[[Stage, KeyholderLine, QWidget], KeyDialog]
WAYS = (
    WayIn(KeyholderId("ada"), "Deputy", remembered=True),
    WayIn(KeyholderId("pat"), "Safeguarding lead", remembered=False),
)
WAIT = 65


def _keys(stage: Stage) -> LogPage:
    stage.open_log()
    stage.desk.go("Log and keys")
    stage.settle()
    page = stage.desk.currentWidget()
    assert isinstance(page, LogPage)
    page.show_section("keys")
    return page


def _dialog(make: Make, stage: Stage) -> QWidget:
    page = _keys(stage)
    line = stage.perform(show_keys).keyholders[0]
    dialog = make(stage, line, page)
    dialog.show_form()
    stage.settle()
    return dialog


def _next(make: Make, times: int, stage: Stage) -> QWidget:
    dialog = _dialog(make, stage)
    for _ in range(times):
        stage.find(QPushButton, "keepButton", dialog).click()
    stage.settle()
    return dialog


def _add(stage: Stage, _line: KeyholderLine, page: QWidget) -> KeyDialog:
    return AddKeyholderDialog(stage.session, stage.entry.rate_passphrase, "Example Training", page)


def _change(stage: Stage, line: KeyholderLine, page: QWidget) -> KeyDialog:
    return ChangeKeyholderDialog(stage.session, line, page, may_set_role=True)


def _change_passphrase(stage: Stage, _line: KeyholderLine, page: QWidget) -> KeyDialog:
    return ChangePassphraseDialog(stage.session, stage.entry.rate_passphrase, (), page)


def _set_passphrase(stage: Stage, line: KeyholderLine, page: QWidget) -> KeyDialog:
    rate = stage.entry.rate_passphrase
    return SetPassphraseDialog(stage.session, rate, line.id, line.name, (), page)


def _renew(stage: Stage, _line: KeyholderLine, page: QWidget) -> KeyDialog:
    return NewRecoveryKeyDialog(stage.session, stage.entry, page)


def _rekey(stage: Stage, _line: KeyholderLine, page: QWidget) -> KeyDialog:
    return RekeyDialog(stage.session, stage.entry, page)


def _remove(stage: Stage, line: KeyholderLine, page: QWidget) -> KeyDialog:
    return RemoveKeyholderDialog(stage.session, stage.entry, line.id, "Ada Reed", page)


def _try(stage: Stage, _line: KeyholderLine, page: QWidget) -> KeyDialog:
    return TryRecoveryKeyDialog(stage.session, page)


def _several(stage: Stage) -> QWidget:
    stage.lock_log()
    front = stage.window.front
    if not isinstance(front, UnlockPage):
        stage.window._on_existing_log_requested(stage.folder / "log")
        front = stage.window.front
    assert isinstance(front, UnlockPage)
    stage.settle()
    front.fields.set_ways(WAYS)
    assert stage.find(QComboBox, "whoBox").isVisible()
    front._on_failed(TryAgainLater(WAIT))
    stage.find(QPushButton, "forgottenButton").click()
    return stage.window


def _help(topic: str, stage: Stage) -> QWidget:
    stage.open_log()
    stage.desk.go("Help")
    page = stage.desk.currentWidget()
    assert isinstance(page, HelpPage)
    page.topic_row.button(topic).click()
    stage.settle()
    return stage.window


KEY_SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("unlock-several", _several),
    ("keyholder-add", partial(_dialog, _add)),
    ("keyholder-change", partial(_dialog, _change)),
    ("keyholder-remove", partial(_dialog, _remove)),
    ("passphrase-change", partial(_dialog, _change_passphrase)),
    ("passphrase-set", partial(_dialog, _set_passphrase)),
    ("recovery-key-new", partial(_next, _renew, 1)),
    ("recovery-key-typed-back", partial(_next, _renew, 2)),
    ("recovery-key-drill", partial(_dialog, _try)),
    ("keys-new", partial(_dialog, _rekey)),
    ("help-keyholders", partial(_help, "keeping")),
    ("help-how-long", partial(_help, "retention")),
    ("help-files", partial(_help, "format-backup")),
)
