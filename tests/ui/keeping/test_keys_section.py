"""Keyholders and keys, by mouse and by keyboard, over a real log with real key slots."""

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.log.custody import Action
from desktop.domain.log.recovery import SECRET_BYTES, groups_of, recovery_key_text
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.keys.keep_keyholders import show_keys
from desktop.operations.workspace import Workspace
from desktop.ui.keeping.keyholder_form import AddKeyholderDialog, ChangeKeyholderDialog
from desktop.ui.keeping.passphrase_dialogs import ChangePassphraseDialog, SetPassphraseDialog
from desktop.ui.keeping.recovery_dialogs import (
    NewRecoveryKeyDialog,
    RekeyDialog,
    RemoveKeyholderDialog,
    TryRecoveryKeyDialog,
)
from desktop.ui.kept_words import AGAIN
from desktop.ui.paper import PaperDialog
from tests.ui.keyholding import (
    ADAS,
    PASSPHRASE,
    RECOVERY_KEY,
    KeyRoom,
    click,
    find,
    locked_room,
    press_return,
    room,
    type_groups_back,
    write,
    write_here,
)

__all__ = ["locked_room", "room"]
NEW = "five lanterns over the marsh"


def _words(room: KeyRoom) -> str:
    assert room.page is not None
    section = room.page.sections["keys"]
    return " ".join(label.text() for label in section.findChildren(QLabel) if label.isVisible())


def _shown(room: KeyRoom, name: str) -> list[QPushButton]:
    assert room.page is not None
    return [one for one in room.page.findChildren(QPushButton, name) if one.isVisible()]


def _last(workspace: Workspace) -> str:
    return next(reversed([entry.action for entry, _ in workspace.log.custody.walk()]))


def test_it_says_who_opens_the_log_and_what_a_role_cannot_do(room: KeyRoom) -> None:
    room.add_ada()
    room.show_page()
    words = _words(room)
    for wanted in ("Pat Smith (you), Safeguarding lead", "PXS/1", "Lead", "Ada Reed, Deputy"):
        assert wanted in words
    assert "It cannot stop somebody who uses other tools" in words
    assert "Shown as “Deputy” on the unlock page" in words


def test_a_keyholder_is_added_by_keyboard_and_opens_the_log(room: KeyRoom) -> None:
    page = room.show_page()
    QTest.keyClick(find(page, QPushButton, "addKeyholderButton"), Qt.Key.Key_Space)
    dialog = room.dialog(AddKeyholderDialog)
    write_here("Ada Reed")
    write(dialog, "newPassphraseEdit", ADAS)
    write(dialog, "passphraseAgainEdit", ADAS)
    room.settle()
    press_return()
    room.settle()
    assert room.said() == "Ada Reed can open the log now."
    assert "Ada Reed" in _words(room)
    assert len(_shown(room, "removeKeyholderButton")) == 1
    assert room.opens_with(ADAS)
    assert room.session.keyholder is not None
    assert room.session.keyholder.role is KeyholderRole.DEPUTY


def test_what_is_missing_is_asked_for(room: KeyRoom) -> None:
    page = room.show_page()
    click(page, "addKeyholderButton")
    dialog = room.dialog(AddKeyholderDialog)
    click(dialog, "keepButton")
    assert dialog.banner.text == "Write their name."
    write(dialog, "keyholderNameEdit", "Ada Reed")
    find(dialog, QLineEdit, "keyholderInitialsEdit").clear()
    click(dialog, "keepButton")
    assert "two to four letters" in dialog.banner.text
    write(dialog, "keyholderInitialsEdit", "axr")
    click(dialog, "keepButton")
    assert dialog.banner.text == "Type a passphrase."
    write(dialog, "newPassphraseEdit", "Ofsted2026")
    room.settle()
    click(dialog, "keepButton")
    assert "guessed soon" in dialog.banner.text
    click(dialog, "cancelButton")
    assert room.perform(show_keys).keyholders[1:] == ()


def test_a_keyholder_is_changed(room: KeyRoom) -> None:
    room.add_ada()
    room.show_page()
    _shown(room, "changeKeyholderButton")[1].click()
    dialog = room.dialog(ChangeKeyholderDialog)
    write(dialog, "keyholderNameEdit", "")
    find(dialog, QLineEdit, "keyholderNameEdit").clear()
    click(dialog, "keepButton")
    assert dialog.banner.text == "Write their name."
    write(dialog, "keyholderNameEdit", "Ada Lee")
    click(dialog, "keyholderRoleReaderButton")
    click(dialog, "keepButton")
    room.settle()
    line = room.perform(show_keys).keyholders[1]
    assert (line.name, line.role, line.shown_as) == ("Ada Lee", KeyholderRole.READER, "Deputy")
    assert "Ada Lee" in _words(room)


def test_the_last_lead_stays_lead(room: KeyRoom) -> None:
    room.show_page()
    click(room.show_page(), "changeKeyholderButton")
    dialog = room.dialog(ChangeKeyholderDialog)
    click(dialog, "keyholderRoleReaderButton")
    click(dialog, "keepButton")
    room.settle()
    assert "Somebody must be able to manage the keys" in dialog.banner.text
    assert dialog.keep_button.isEnabled()


def test_the_own_passphrase_is_changed(room: KeyRoom) -> None:
    page = room.show_page()
    click(page, "changePassphraseButton")
    dialog = room.dialog(ChangePassphraseDialog)
    press_return()
    assert "present passphrase first" in dialog.banner.text
    write(dialog, "oldPassphraseEdit", "not this one")
    press_return()
    assert dialog.banner.text == "Type a passphrase."
    write(dialog, "newPassphraseEdit", NEW)
    write(dialog, "passphraseAgainEdit", NEW)
    room.settle()
    click(dialog, "keepButton")
    room.settle()
    assert dialog.banner.text.startswith("That passphrase does not open this log.")
    write(dialog, "oldPassphraseEdit", PASSPHRASE)
    press_return()
    room.settle()
    assert room.said() == "Your passphrase is changed. The old one opens nothing."
    assert not room.opens_with(PASSPHRASE)
    assert room.opens_with(NEW)


def test_a_lead_sets_a_new_passphrase_for_somebody_who_forgot_theirs(room: KeyRoom) -> None:
    room.add_ada()
    page = room.show_page()
    click(page, "setPassphraseButton")
    dialog = room.dialog(SetPassphraseDialog)
    click(dialog, "keepButton")
    assert dialog.banner.text == "Type a passphrase."
    write_here(NEW)
    write(dialog, "passphraseAgainEdit", NEW)
    room.settle()
    press_return()
    room.settle()
    assert room.said() == "Ada Reed's new passphrase opens the log from now on."
    assert not room.opens_with(ADAS)
    assert room.opens_with(NEW)


@pytest.mark.parametrize("role", [KeyholderRole.DEPUTY, KeyholderRole.READER])
def test_who_is_not_lead_is_offered_what_they_may(room: KeyRoom, role: KeyholderRole) -> None:
    room.add_ada(role)
    room.lock()
    room.open_with(ADAS)
    room.show_page()
    for name in ("addKeyholder", "removeKeyholder", "setPassphrase", "renewRecoveryKey", "rekey"):
        assert _shown(room, f"{name}Button") == []
    for name in ("changePassphrase", "changeKeyholder", "tryRecoveryKey", "rememberComputer"):
        assert len(_shown(room, f"{name}Button")) == 1


def test_a_keyholder_is_removed_with_new_keys_and_a_new_paper(room: KeyRoom) -> None:
    room.add_ada()
    page = room.show_page()
    before = room.perform(show_keys).fingerprint
    click(page, "removeKeyholderButton")
    dialog = room.dialog(RemoveKeyholderDialog)
    room.settle()
    click(dialog, "keepButton")
    assert dialog.banner.text == "Write why, in a sentence."
    dialog.reason_edit.setPlainText("Left the school")
    click(dialog, "keepButton")
    shown = " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
    assert all(group in shown for group in groups_of(dialog.recovery_key))
    click(dialog, "keepButton")
    write_here("WRONG")
    click(dialog, "keepButton")
    assert "is not the one shown" in dialog.banner.text
    assert room.perform(show_keys).fingerprint == before
    new_key = dialog.recovery_key
    type_groups_back(dialog, new_key)
    press_return()
    room.settle()
    assert room.said().startswith("Ada Reed can no longer open the log.")
    assert page.focusWidget() is find(page, QPushButton, "addKeyholderButton")
    assert "Removed" in _words(room)
    assert room.perform(show_keys).fingerprint != before
    assert not room.opens_with(ADAS)
    assert not room.opens_with_key(RECOVERY_KEY)
    assert room.opens_with_key(new_key)
    assert room.opens_with(PASSPHRASE)


def test_a_new_recovery_key_is_made_and_one_can_go_back_to_see_it(room: KeyRoom) -> None:
    page = room.show_page()
    click(page, "renewRecoveryKeyButton")
    dialog = room.dialog(NewRecoveryKeyDialog)
    room.settle()
    press_return()
    press_return()
    click(dialog, "backButton")
    assert "Put it on paper now" in dialog.hint_label.text()
    click(dialog, "keepButton")
    new_key = dialog.recovery_key
    type_groups_back(dialog, new_key)
    click(dialog, "keepButton")
    room.settle()
    assert room.said().startswith("The new recovery key is in use.")
    assert room.opens_with_key(new_key)
    assert not room.opens_with_key(RECOVERY_KEY)


def test_a_new_recovery_key_that_is_given_up_changes_nothing(room: KeyRoom) -> None:
    click(room.show_page(), "renewRecoveryKeyButton")
    dialog = room.dialog(NewRecoveryKeyDialog)
    room.settle()
    click(dialog, "keepButton")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert room.opens_with_key(RECOVERY_KEY)


def test_the_new_recovery_key_goes_onto_a_sheet(room: KeyRoom, tmp_path: Path) -> None:
    click(room.show_page(), "renewRecoveryKeyButton")
    dialog = room.dialog(NewRecoveryKeyDialog)
    room.settle()
    click(dialog, "keepButton")
    click(dialog, "recoverySheetButton")
    room.settle()
    paper = room.dialog(PaperDialog)
    paper.save_to(tmp_path / "sheet.pdf")
    room.settle()
    text = PdfReader(tmp_path / "sheet.pdf").pages[0].extract_text()
    assert all(group in text for group in groups_of(dialog.recovery_key))
    assert "Example Training" in text


def test_the_log_gets_new_keys_at_will(room: KeyRoom) -> None:
    click(room.show_page(), "rekeyButton")
    before = room.perform(show_keys).fingerprint
    dialog = room.dialog(RekeyDialog)
    room.settle()
    dialog.reason_edit.setPlainText("A stick was lost")
    click(dialog, "keepButton")
    click(dialog, "keepButton")
    new_key = dialog.recovery_key
    type_groups_back(dialog, new_key)
    click(dialog, "keepButton")
    room.settle()
    assert room.said().startswith("The log has new keys.")
    after = room.perform(show_keys)
    assert after.fingerprint != before
    assert after.rekeyed_at is not None
    assert room.opens_with_key(new_key)


def test_the_drill_says_whether_the_paper_fits_and_is_recorded(room: KeyRoom) -> None:
    page = room.show_page()
    click(page, "tryRecoveryKeyButton")
    dialog = room.dialog(TryRecoveryKeyDialog)
    press_return()
    assert dialog.banner.text == "Type the key from the paper."
    write_here("00000")
    press_return()
    room.settle()
    assert dialog.banner.text.startswith("That is not quite a recovery key.")
    dialog.key_edit.selectAll()
    write_here(recovery_key_text(bytes(SECRET_BYTES)))
    press_return()
    room.settle()
    assert dialog.banner.text.startswith("It does not fit.")
    assert room.perform(_last) is Action.RECOVERY_KEY_TRIED
    write_here(RECOVERY_KEY.lower().replace("-", " "))
    press_return()
    room.settle()
    assert dialog.banner.text.startswith("It fits")
    assert dialog.key_edit.text() == ""
    assert room.perform(show_keys).recovery_key_tried_at is not None
    click(dialog, "cancelButton")
    room.settle()
    assert "Last tried 20 Nov 2026" in _words(room)


def test_a_lock_takes_every_window_and_what_was_typed_in_it(room: KeyRoom, qtbot: QtBot) -> None:
    page = room.show_page()
    click(page, "changePassphraseButton")
    dialog = room.dialog(ChangePassphraseDialog)
    write_here("half a passphrase")
    with qtbot.waitSignal(dialog.destroyed):
        room.session.lock()


def test_reasons_and_names_outlast_a_lock_and_go_with_cancel(room: KeyRoom) -> None:
    click(room.show_page(), "rekeyButton")
    room.dialog(RekeyDialog).reason_edit.setPlainText("A stick was lost")
    room.lock()
    room.open_with()
    click(room.show_page(), "rekeyButton")
    room.settle()
    again = room.dialog(RekeyDialog)
    assert again.reason_edit.toPlainText() == "A stick was lost"
    assert again.banner.text == AGAIN
    click(again, "cancelButton")
    room.settle()
    click(room.show_page(), "rekeyButton")
    room.settle()
    assert room.dialog(RekeyDialog).reason_edit.toPlainText() == ""


def test_who_was_to_be_added_is_there_again_but_never_a_passphrase(room: KeyRoom) -> None:
    click(room.show_page(), "addKeyholderButton")
    dialog = room.dialog(AddKeyholderDialog)
    write_here("Ada Reed")
    write(dialog, "newPassphraseEdit", ADAS)
    room.lock()
    room.open_with()
    click(room.show_page(), "addKeyholderButton")
    room.settle()
    again = room.dialog(AddKeyholderDialog)
    assert (again.form.text("name"), again.form.text("initials")) == ("Ada Reed", "AXR")
    assert again.fields.text() == ""
