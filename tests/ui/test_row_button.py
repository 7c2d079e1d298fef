import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.row_button import RowButton, RowMark


@pytest.mark.parametrize(
    ("only_one", "off", "on", "sign"),
    [(False, "box", "box-on", "✓"), (True, "ring", "ring-on", "●")],
)
def test_the_mark_says_by_its_sign_too_whether_the_row_is_chosen(
    qtbot: QtBot, only_one: bool, off: str, on: str, sign: str
) -> None:
    row = RowButton()
    qtbot.addWidget(row)
    mark = RowMark(row, only_one=only_one)
    assert (mark.property("role"), mark.text()) == (off, "")
    mark.show_chosen(True)
    assert (mark.property("role"), mark.text()) == (on, sign)
    mark.show_chosen(False)
    assert (mark.property("role"), mark.text()) == (off, "")
