"""What can be seen reads at once what changed; what nobody sees does so once it is shown."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.when_seen import WhenSeen


class Shown(QWidget):
    """Counts how often it read."""

    def __init__(self, *, due: bool) -> None:
        super().__init__()
        self.count = 0
        self.when_seen = WhenSeen(self, self.read, due=due)

    def read(self) -> None:
        self.count += 1


@pytest.mark.parametrize("due", [True, False])
def test_the_first_look_reads_where_something_is_due(qtbot: QtBot, due: bool) -> None:
    shown = Shown(due=due)
    qtbot.addWidget(shown)
    assert shown.count == 0
    shown.show()
    assert shown.count == int(due)


def test_what_changes_in_view_is_read_at_once_and_not_again(qtbot: QtBot) -> None:
    shown = Shown(due=False)
    qtbot.addWidget(shown)
    shown.show()
    shown.when_seen.ask()
    assert shown.count == 1
    shown.hide()
    shown.show()
    assert shown.count == 1


def test_what_changes_out_of_view_is_read_once_when_it_is_shown(qtbot: QtBot) -> None:
    shown = Shown(due=False)
    qtbot.addWidget(shown)
    shown.when_seen.ask()
    shown.when_seen.ask()
    assert shown.count == 0
    shown.show()
    assert shown.count == 1


def test_what_was_read_meanwhile_is_not_read_again(qtbot: QtBot) -> None:
    shown = Shown(due=True)
    qtbot.addWidget(shown)
    shown.when_seen.note_read()
    shown.show()
    assert shown.count == 0
