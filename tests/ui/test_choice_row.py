"""A row of answers stays within reach of Tab, whatever of it is switched off."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.choice_row import ChoiceRow


def test_the_answer_that_is_chosen_is_reached_after_another_is_switched_off(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    before = QLineEdit(window)
    row = ChoiceRow("who", "Who?", (("one", "One"), ("other", "Other")), window)
    after = QLineEdit(window)
    column = QVBoxLayout(window)
    for each in (before, row, after):
        column.addWidget(each)
    window.show()
    assert QTest.qWaitForWindowActive(window)
    row.button("one").setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is row.button("one"))
    row.button("one").setEnabled(False)
    row.set_value("other")
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is row.button("other")
    QTest.keyClick(row.button("other"), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after
