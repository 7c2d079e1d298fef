"""Nothing typed is lost: given away within 600 ms, when the field is left, and before a lock."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.draft_edit import DraftLineEdit, DraftTextEdit

Edit = DraftTextEdit | DraftLineEdit


class Form(QWidget):
    """A field, another to go to, and what the field gave away."""

    def __init__(self, edit: Edit) -> None:
        super().__init__()
        self.edit = edit
        self.other = QLineEdit(self)
        layout = QVBoxLayout(self)
        layout.addWidget(edit)
        layout.addWidget(self.other)
        self.drafts: list[str] = []
        self.entered: list[str] = []
        edit.draft.connect(self.drafts.append)
        edit.entered.connect(self.entered.append)


@pytest.fixture(params=[DraftTextEdit, DraftLineEdit])
def form(request: pytest.FixtureRequest, qtbot: QtBot) -> Form:
    made = Form(request.param("Account"))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.edit.setFocus()
    return made


def test_a_draft_is_given_away_within_600_ms_while_typing_goes_on(
    form: Form, qtbot: QtBot
) -> None:
    timer = form.edit._timer
    assert timer.interval() <= 600
    with qtbot.waitSignal(form.edit.draft):
        QTest.keyClicks(form.edit, "a")
        begun = timer.timerId()
        assert timer.isActive()
        QTest.keyClicks(form.edit, "bc")
        assert timer.timerId() == begun, "typing on puts it off"
    assert form.drafts == ["abc"]
    assert form.entered == []


def test_leaving_the_field_enters_it_once(form: Form, qtbot: QtBot) -> None:
    QTest.keyClicks(form.edit, "abc")
    form.other.setFocus()
    qtbot.waitUntil(lambda: form.entered == ["abc"])
    form.edit.setFocus()
    form.other.setFocus()
    assert form.drafts == ["abc"]
    assert form.entered == ["abc"]


def test_flush_gives_away_at_once_and_only_what_is_new(form: Form, qtbot: QtBot) -> None:
    QTest.keyClicks(form.edit, "abc")
    form.edit.flush()
    form.edit.flush()
    assert form.drafts == ["abc"]


def test_a_kept_text_is_shown_without_signals(form: Form, qtbot: QtBot) -> None:
    form.edit.set_text("kept")
    form.edit.set_text("kept")
    form.edit.flush()
    assert form.edit.text() == "kept"
    assert form.drafts == []


def test_what_is_being_typed_is_not_overwritten(form: Form, qtbot: QtBot) -> None:
    QTest.keyClicks(form.edit, "mine")
    form.edit.set_text("theirs")
    assert form.edit.text() == "mine"
    form.edit.flush()
    form.edit.set_text("theirs")
    assert form.edit.text() == "mine"
    assert form.edit.is_typing()


def test_tab_leaves_the_field(form: Form, qtbot: QtBot) -> None:
    QTest.keyClick(form.edit, Qt.Key.Key_Tab)
    assert form.other.hasFocus()


def test_many_lines_grow_the_field_before_it_scrolls(qtbot: QtBot) -> None:
    edit = DraftTextEdit("Account", lines=2, hint="Their own words")
    qtbot.addWidget(edit)
    edit.show()
    small = edit.height()
    edit.set_text("\n".join("line" for _ in range(6)))
    assert edit.height() > small
    taller = edit.height()
    edit.set_text("\n".join("line" for _ in range(60)))
    assert edit.height() < taller * 2.5
