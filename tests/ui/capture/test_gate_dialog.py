"""The gate asks about reason to think, in a list of names, and can be answered by keyboard."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.gate import QUESTION, Concern, GateAnswer
from desktop.domain.evidence.items import ItemState
from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.answer_gate import GateAnswered, keep_out
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.incident.record_incident import start_incident
from desktop.ui.capture.gate_dialog import GateDialog
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.ui.handles import find


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def incident(perform: Perform) -> IncidentId:
    return perform(partial(start_incident, title="Comments on a site")).incident_id


class Asked:
    """A gate on the screen, and what came of it."""

    def __init__(self, qtbot: QtBot, session: Session, dialog: GateDialog) -> None:
        self.qtbot = qtbot
        self.dialog = dialog
        self.answers: list[GateAnswered] = []
        dialog.answered.connect(self.answers.append)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.ask()
        qtbot.waitUntil(lambda: session._background.pending == 0)

    def button(self, name: str) -> QPushButton:
        return find(self.dialog, QPushButton, name)

    def click(self, name: str) -> None:
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def answer(self) -> GateAnswered:
        self.qtbot.waitUntil(lambda: bool(self.answers))
        return self.answers[0]

    def words(self) -> str:
        return "\n".join(label.text() for label in self.dialog.findChildren(QLabel))


def ask(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId | None, *names: str
) -> Asked:
    return Asked(qtbot, session, GateDialog(session, incident, names, window, single="one thing"))


def test_it_lists_what_comes_in_and_asks_the_question(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId
) -> None:
    asked = ask(qtbot, session, window, incident, "message.eml")
    assert "message.\u200beml" in asked.words()
    assert QUESTION in asked.words()
    assert "treat it as under 18" in asked.words()
    assert not find(asked.dialog, QComboBox, "gateForBox").isVisible()
    asked.dialog.reject()
    assert asked.answers == []


def test_no_lets_it_in(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId
) -> None:
    asked = ask(qtbot, session, window, incident, "message.eml")
    asked.click("gateNoButton")
    answered = asked.answer()
    assert answered.lets_in
    assert answered.incident_id == incident
    assert not asked.dialog.isVisible()


def test_a_reflex_on_enter_answers_nothing(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId
) -> None:
    asked = ask(qtbot, session, window, incident, "message.eml")
    QTest.keyClick(asked.dialog, Qt.Key.Key_Return)
    assert asked.dialog.isVisible()
    assert asked.answers == []
    asked.button("gateNoButton").setFocus()
    QTest.keyClick(asked.button("gateNoButton"), Qt.Key.Key_Return)
    assert asked.answer().lets_in


def test_escape_leaves_without_an_answer(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId, perform: Perform
) -> None:
    asked = ask(qtbot, session, window, incident, "message.eml")
    QTest.keyClick(asked.dialog, Qt.Key.Key_Escape)
    assert not asked.dialog.isVisible()
    assert perform(lambda workspace: workspace.log.evidence.statements(incident)) == []


def test_escape_loses_no_words(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId
) -> None:
    asked = ask(qtbot, session, window, incident, "photo.jpg")
    asked.click("gateYesButton")
    edit = find(asked.dialog, QPlainTextEdit, "heldBackWordsEdit")
    edit.setPlainText("She says it is of her")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert asked.button("gateNoButton").isVisible()
    asked.click("gateNotSureButton")
    assert edit.toPlainText() == "She says it is of her"
    asked.click("gateBackButton")
    QTest.keyClick(asked.dialog, Qt.Key.Key_Escape)
    assert not asked.dialog.isVisible()


@pytest.mark.parametrize("name", ["gateYesButton", "gateNotSureButton"])
def test_yes_or_not_sure_asks_for_words_and_holds_back(
    qtbot: QtBot,
    session: Session,
    window: QWidget,
    incident: IncidentId,
    perform: Perform,
    name: str,
) -> None:
    asked = ask(qtbot, session, window, incident, "photo.jpg")
    asked.click(name)
    edit = find(asked.dialog, QPlainTextEdit, "heldBackWordsEdit")
    assert edit.isVisible()
    qtbot.waitUntil(lambda: edit.visibleRegion().boundingRect().height() == edit.height())
    edit.setPlainText("Attachment of the third mail; she says it is of her")
    asked.click("gateHoldBackButton")
    answered = asked.answer()
    assert answered.held == ("photo.jpg",)
    assert answered.careful
    (item,) = perform(partial(list_items, incident_id=incident))
    assert item.state is ItemState.HELD_BACK
    (statement,) = perform(lambda workspace: workspace.log.evidence.statements(incident))
    wanted = GateAnswer.YES if name == "gateYesButton" else GateAnswer.NOT_SURE
    assert (statement.answer, statement.concern) == (wanted, Concern.CHILD_IMAGE)


def test_words_are_needed_and_the_answer_can_be_taken_back(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId
) -> None:
    asked = ask(qtbot, session, window, incident, "photo.jpg")
    asked.click("gateYesButton")
    asked.click("gateHoldBackButton")
    qtbot.waitUntil(lambda: "reason is needed" in asked.dialog.banner.text)
    asked.click("gateBackButton")
    assert asked.button("gateNoButton").isVisible()
    asked.dialog.reject()


def test_one_of_several_is_held_back_singly(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId
) -> None:
    asked = ask(qtbot, session, window, incident, "message.eml", "photo.jpg", "notice.pdf")
    find(asked.dialog, QCheckBox, "holdBack1Box").setChecked(True)
    asked.click("gateNoButton")
    find(asked.dialog, QPlainTextEdit, "heldBackWordsEdit").setPlainText("Described")
    asked.click("gateHoldBackButton")
    assert asked.answer().held == ("photo.jpg",)


def test_something_must_be_ticked_to_hold_it_back(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId
) -> None:
    asked = ask(qtbot, session, window, incident, "a.jpg", "b.jpg")
    asked.click("gateNotSureButton")
    boxes = [find(asked.dialog, QCheckBox, f"held{number}Box") for number in (0, 1)]
    assert all(box.isChecked() for box in boxes)
    for box in boxes:
        box.setChecked(False)
    asked.click("gateHoldBackButton")
    assert "Tick at least one" in asked.dialog.banner.text
    boxes[1].setChecked(True)
    find(asked.dialog, QPlainTextEdit, "heldBackWordsEdit").setPlainText("Described")
    asked.click("gateHoldBackButton")
    assert asked.answer().held == ("b.jpg",)


def test_many_names_are_summed_up_and_all_listed(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId
) -> None:
    names = [f"picture {number}" for number in range(6)]
    asked = ask(qtbot, session, window, incident, *names)
    assert "6 things: picture 0, picture 1, picture 2 and 3 more" in asked.words()
    assert all(name in asked.words() for name in names)
    asked.dialog.reject()


def test_the_same_names_are_not_listed_anew(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId
) -> None:
    dialog = GateDialog(session, None, ("a.jpg", "b.jpg"), window)
    before = find(dialog, QCheckBox, "holdBack1Box")
    asked = Asked(qtbot, session, dialog)
    qtbot.waitUntil(lambda: find(dialog, QComboBox, "gateForBox").count() == 2)
    assert find(dialog, QCheckBox, "holdBack1Box") is before
    before.setChecked(True)
    dialog.ticks.show_things(dialog._coming())
    assert not before.isChecked()
    asked.dialog.reject()


def test_from_today_an_incident_can_be_chosen(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId
) -> None:
    asked = ask(qtbot, session, window, None, "message.eml")
    box = find(asked.dialog, QComboBox, "gateForBox")
    assert box.isVisible()
    assert [box.itemText(row) for row in range(box.count())] == [
        "A new incident",
        "2026-0001  Comments on a site",
    ]
    box.setCurrentIndex(1)
    asked.click("gateNoButton")
    assert asked.answer().incident_id == incident


def test_from_today_a_new_incident_is_started(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId
) -> None:
    asked = ask(qtbot, session, window, None, "message.eml")
    asked.click("gateNoButton")
    assert asked.answer().number == "2026-0002"


def test_careful_incident_takes_one_thing(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId, perform: Perform
) -> None:
    perform(
        partial(
            keep_out,
            incident_id=incident,
            answer=GateAnswer.YES,
            held=["photo.jpg"],
            concern=Concern.CHILD_IMAGE,
            description="Described",
        )
    )
    asked = ask(qtbot, session, window, incident, "a.eml", "b.eml")
    assert find(asked.dialog, QLabel, "gateComingLabel").text() == "one thing"
    assert asked.dialog.findChild(QCheckBox, "holdBack0Box") is None
    asked.dialog.reject()
    plain = GateDialog(session, incident, ["a.eml", "b.eml"], window)
    plain.ask()
    label = find(plain, QLabel, "gateComingLabel")
    qtbot.waitUntil(lambda: label.text() == "a.\u200beml")
    plain.reject()


def test_it_goes_away_when_the_log_locks(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId
) -> None:
    asked = ask(qtbot, session, window, incident, "message.eml")
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert not asked.dialog.isVisible()
    assert asked.answers == []
