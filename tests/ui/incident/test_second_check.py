"""A colleague checks a step with their own passphrase, which is never kept in the form."""

import pytest
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.domain.errors import WrongPassphrase
from desktop.operations.steps.check_second import say_second
from desktop.operations.workspace import Workspace
from desktop.ui.form_fields import FieldsForm
from desktop.ui.incident.second_check import SecondCheckFields
from tests.ui.keyholding import ADAS, KeyRoom, locked_room, room

__all__ = ["locked_room", "room"]


def fields(room: KeyRoom) -> tuple[FieldsForm, SecondCheckFields, QWidget]:
    window = QWidget()
    room.qtbot.addWidget(window)
    form = FieldsForm(room.clock, "step", window)
    second = SecondCheckFields(room.session, form)
    window.resize(500, 500)
    with room.qtbot.waitExposed(window):
        window.show()
    room.settle()
    return form, second, window


def test_a_colleague_is_offered_and_proves_it(room: KeyRoom) -> None:
    room.add_ada()
    form, second, _window = fields(room)
    form.set_text("second_by", "colleague")
    second.refresh()
    assert second.secret.isVisible()
    box = form.field("second_keyholder")
    assert isinstance(box, QComboBox)
    assert box.count() == 1
    assert second.missing() == "Ask your colleague to type their passphrase."
    second.secret.edit.setText(ADAS)
    assert second.missing() == ""
    assert ADAS not in form.texts().values()
    given = second.take()
    assert second.secret.text() == ""

    def prove(workspace: Workspace) -> dict[str, str]:
        return say_second(workspace, given)

    kept = room.perform(prove)
    assert "Ada" in kept["second_person"]
    assert kept["second_how"] == "with their own passphrase"


def test_a_wrong_passphrase_is_no_check(room: KeyRoom) -> None:
    room.add_ada()
    form, second, _window = fields(room)
    form.set_text("second_by", "colleague")
    second.secret.edit.setText("not hers at all")
    given = second.take()

    def refused(workspace: Workspace) -> bool:
        with pytest.raises(WrongPassphrase):
            say_second(workspace, given)
        return True

    assert room.perform(refused)


def test_without_a_colleague_that_answer_is_closed(room: KeyRoom) -> None:
    form, second, window = fields(room)
    buttons = list(window.findChildren(QWidget, "stepSecondByColleagueButton"))
    assert [one.isEnabled() for one in buttons] == [False]
    assert not second.secret.isVisible()
    assert not form.field("second_witness").isVisible()


def test_the_passphrase_is_wiped_when_the_log_locks(room: KeyRoom) -> None:
    room.add_ada()
    _form, second, _window = fields(room)
    second.secret.edit.setText(ADAS)
    room.lock()
    assert second.secret.text() == ""
