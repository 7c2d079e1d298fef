"""Words to switch on and off."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.tag_row import TagRow

CHOICES = (("CB-MSG", "Abuse by e-mail & text"), ("THREAT", "Threat"), ("!", "Other"))


def test_several_can_be_on_in_the_order_of_the_choices(qtbot: QtBot) -> None:
    row = TagRow(CHOICES, name="Category")
    qtbot.addWidget(row)
    seen: list[tuple[str, ...]] = []
    row.chosen.connect(seen.append)
    row.button("THREAT").click()
    QTest.keyClick(row.button("CB-MSG"), Qt.Key.Key_Space)
    assert seen == [("THREAT",), ("CB-MSG", "THREAT")]
    assert row.button("THREAT").text() == "✓ Threat"
    row.button("THREAT").click()
    assert row.value() == ("CB-MSG",)
    assert row.button("THREAT").text() == "Threat"


def test_an_exclusive_row_has_one_on_at_most(qtbot: QtBot) -> None:
    row = TagRow(CHOICES, exclusive=True)
    qtbot.addWidget(row)
    row.button("CB-MSG").click()
    row.button("THREAT").click()
    assert row.value() == ("THREAT",)
    row.button("THREAT").click()
    assert row.value() == ()


def test_a_value_is_set_without_a_signal(qtbot: QtBot) -> None:
    row = TagRow(CHOICES)
    qtbot.addWidget(row)
    with qtbot.assertNotEmitted(row.chosen):
        row.set_value(["THREAT", "unknown"])
    assert row.value() == ("THREAT",)


def test_every_choice_has_a_name_of_its_own(qtbot: QtBot) -> None:
    row = TagRow(CHOICES, name="Category")
    qtbot.addWidget(row)
    names = {row.button(key).objectName() for key, _words in CHOICES}
    assert names == {"cbMsgTagButton", "threatTagButton", "noneTagButton"}
    assert row.button("THREAT").accessibleName() == "Category: Threat"
    assert row.button("CB-MSG").text() == "Abuse by e-mail && text"
