"""Remember this computer: off, switched on with its warning, used, forgotten."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QDialog, QLabel

from desktop.domain.log.custody import Action
from desktop.operations.entering.remember_computer import is_remembered
from desktop.operations.workspace import Workspace
from desktop.ui.keeping.keys_section import KeysSection
from desktop.ui.keeping.log_page import LogPage
from desktop.ui.keeping.remember_card import RememberCard
from tests.keyrings import DesktopKeyring, desktop_keyring
from tests.ui.keyholding import PASSPHRASE, KeyRoom, click, find, locked_room, room

__all__ = ["desktop_keyring", "locked_room", "room"]
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


def _card(page: LogPage) -> RememberCard:
    section = page.sections["keys"]
    assert isinstance(section, KeysSection)
    return section.remember_card


def _state(page: LogPage) -> str:
    return find(page, QLabel, "rememberedLabel").text()


def _remember(room: KeyRoom, page: LogPage) -> None:
    click(page, "rememberComputerButton")
    box = find(page, QDialog, "questionBox")
    assert "could open the log" in box.property("informativeText")
    click(box, "questionYesButton")
    room.settle()


def _actions(workspace: Workspace) -> list[Action]:
    return [entry.action for entry, _ in workspace.log.custody.walk()]


@pytest.mark.usefixtures("desktop_keyring")
def test_it_is_off_and_says_what_it_would_mean(room: KeyRoom) -> None:
    page = room.show_page()
    assert _state(page).startswith("Off.")
    words = " ".join(label.text() for label in _card(page).findChildren(QLabel))
    assert "Anyone who can sign in to this computer as you could open the log" in words
    assert not room.perform(is_remembered)


@pytest.mark.usefixtures("desktop_keyring")
def test_it_is_switched_on_used_and_switched_off(room: KeyRoom) -> None:
    page = room.show_page()
    _remember(room, page)
    assert _state(page).startswith("On.")
    assert room.said() == "The log opens here with one click from now on."
    assert Action.COMPUTER_REMEMBERED in room.perform(_actions)
    assert room.session.keyholder is not None
    who = room.session.keyholder.id
    room.lock()
    room.open(lambda: room.entry.unlock_remembered(room.folder, who))
    page = room.show_page()
    click(page, "rememberComputerButton")
    room.settle()
    assert _state(page).startswith("Off.")
    assert Action.COMPUTER_FORGOTTEN in room.perform(_actions)
    assert room.opens_with(PASSPHRASE)


@pytest.mark.usefixtures("desktop_keyring")
def test_the_question_can_be_answered_with_no(room: KeyRoom) -> None:
    page = room.show_page()
    click(page, "rememberComputerButton")
    box = find(page, QDialog, "questionBox")
    click(box, "questionBackButton")
    room.settle()
    assert _state(page).startswith("Off.")


def test_a_keychain_that_is_gone_changes_nothing(
    desktop_keyring: DesktopKeyring, room: KeyRoom
) -> None:
    page = room.show_page()
    desktop_keyring.end()
    _remember(room, page)
    assert "no keychain that can be used" in room.said()
    assert _state(page).startswith("Off.")
    assert _card(page).button.isEnabled()
    assert not room.perform(is_remembered)


def test_it_can_be_forgotten_when_the_keychain_is_gone(
    desktop_keyring: DesktopKeyring, room: KeyRoom
) -> None:
    page = room.show_page()
    _remember(room, page)
    desktop_keyring.end()
    click(page, "rememberComputerButton")
    room.settle()
    assert _state(page).startswith("Off.")
    assert not room.perform(is_remembered)


def test_a_restricted_log_does_not_offer_it(room: KeyRoom) -> None:
    room.lock()
    room.open(lambda: replace(room.entry.unlock(room.folder, PASSPHRASE), restricted=True))
    page = room.show_page()
    assert _state(page).startswith("Not offered here")
    assert not _card(page).button.isVisible()
