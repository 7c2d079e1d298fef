"""Every window that makes a new recovery key says how long the old paper is still needed."""

import pytest
from PySide6.QtWidgets import QLabel

from desktop.ui.keeping.recovery_dialogs import NewRecoveryKeyDialog
from tests.ui.keyholding import KeyRoom, click, locked_room, room, type_groups_back

__all__ = ["locked_room", "room"]


@pytest.mark.parametrize(
    "button", ["renewRecoveryKeyButton", "rekeyButton", "removeKeyholderButton"]
)
def test_the_old_paper_is_kept_while_backups_from_before_are_there(
    room: KeyRoom, button: str
) -> None:
    room.add_ada()
    click(room.show_page(), button)
    dialog = room.dialog(NewRecoveryKeyDialog)
    room.settle()
    explained = " ".join(
        label.text() for label in dialog.findChildren(QLabel) if label.isVisible()
    )
    assert "up to 13 months" in explained
    dialog.reason_edit.setPlainText("Left the school")
    click(dialog, "keepButton")
    click(dialog, "keepButton")
    type_groups_back(dialog, dialog.recovery_key)
    click(dialog, "keepButton")
    room.qtbot.waitUntil(lambda: bool(room.said()) or bool(dialog.banner.text))
    assert "Back up now. Keep the old paper, marked as old" in room.said(), dialog.banner.text
    room.settle()
