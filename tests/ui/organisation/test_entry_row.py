"""A row of an entry: its words, its chips, its buttons, in large text one below another."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.organisation.entry_row import EntryRow, Row, RowAction
from desktop.ui.theme import Look, Theme
from desktop.ui.widgets.chip import Chip


@pytest.fixture
def place(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(700, 300)
    return made


def _row(pressed: list[str], count: int) -> Row:
    return Row(
        title="Title",
        text="Text",
        details=("Detail", ""),
        quotes=("Quoted",),
        chips=(("Ours", "info"),),
        actions=tuple(
            RowAction(f"act{number}Button", f"Act {number}…", lambda: pressed.append("it"))
            for number in range(count)
        ),
    )


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("count", [0, 1, 4])
def test_everything_of_a_row_is_there(
    place: QWidget, qapp: QApplication, scale: int, count: int
) -> None:
    Theme(qapp).apply(Look.LIGHT, scale)
    pressed: list[str] = []
    row = EntryRow(_row(pressed, count), place)
    words = [one.text() for one in row.findChildren(QLabel)]
    assert sorted(words) == ["Detail", "Ours", "Quoted", "Text", "Title"]
    assert len(row.findChildren(Chip)) == 1
    buttons = row.findChildren(QPushButton)
    assert [one.accessibleName() for one in buttons] == [
        f"Act {number}: Title" for number in range(count)
    ]
    for button in buttons:
        button.click()
    assert pressed == ["it"] * count
