from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.form_fields import FieldsForm
from tests.clocks import FrozenClock


def test_hidden_fields_leave_no_gap(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    form = FieldsForm(FrozenClock(), "some", window)
    QVBoxLayout(window).addWidget(form)
    names = [f"field{number}" for number in range(9)]
    for name in names:
        form.add_line(name, name)
    with_all = form.sizeHint().height()
    for name in names[1:]:
        form.set_shown(name, False)
    window.show()
    QTest.qWaitForWindowExposed(window)
    field = form.field(names[0])
    assert form.sizeHint().height() < field.sizeHint().height() * 3 < with_all


def test_a_text_can_have_room_for_more_lines(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    form = FieldsForm(FrozenClock(), "some", window)
    QVBoxLayout(window).addWidget(form)
    few, more = form.add_text("few", "Few"), form.add_text("more", "More", lines=7)
    window.show()
    qtbot.waitUntil(lambda: more.height() > few.height() * 2)
