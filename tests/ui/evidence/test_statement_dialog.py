"""An answer given by mistake is corrected with reason and information; a yes never is."""

from functools import partial

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import EvidenceItem
from desktop.operations.evidence.answer_gate import keep_out
from desktop.operations.evidence.show_statements import show_statements
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.incident.record_incident import start_incident
from desktop.ui.evidence.statement_dialog import (
    CONFIRMED,
    StatementDialog,
    can_be_corrected,
    start_correction,
)
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.evidence_pieces import a_capture
from tests.ui.capture_desk import words_of
from tests.ui.handles import click, find


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(1000, 700)
    qtbot.addWidget(window)
    window.show()
    return window


def held(perform: Perform, answer: GateAnswer) -> EvidenceItem:
    incident = perform(partial(start_incident, title="Comments on a site")).incident_id
    perform(
        partial(
            keep_out,
            incident_id=incident,
            answer=answer,
            held=["photo.jpg"],
            concern=Concern.CHILD_IMAGE,
            description="Described",
        )
    )
    (item,) = perform(partial(list_items, incident_id=incident))
    return item


def show(qtbot: QtBot, session: Session, item: EvidenceItem, window: QWidget) -> StatementDialog:
    start_correction(session, item, window)
    qtbot.waitUntil(lambda: session._background.pending == 0)
    return find(window, StatementDialog, "statementDialog")


def test_it_takes_an_answer_a_reason_and_what_it_rests_on(
    qtbot: QtBot, session: Session, window: QWidget, perform: Perform
) -> None:
    item = held(perform, GateAnswer.NOT_SURE)
    dialog = show(qtbot, session, item, window)
    assert "Not sure. About: photo.jpg" in words_of(dialog)
    for name, words, value in (
        ("answer", "Choose what", GateAnswer.NO.value),
        ("reason", "Write why", "It was the timetable"),
        ("information", "who said so", "The tutor who sent it, today"),
    ):
        click(dialog, "keepButton")
        assert words in dialog.banner.text
        dialog.form.set_text(name, value)
    click(dialog, "keepButton")
    qtbot.waitUntil(lambda: session._background.pending == 0)
    first, second = perform(partial(show_statements, item_id=item.id)).statements
    assert first.answer is GateAnswer.NOT_SURE
    assert (second.answer, second.corrects) == (GateAnswer.NO, first.id)
    assert (second.reason, second.information) == (
        "It was the timetable",
        "The tutor who sent it, today",
    )
    again = show(qtbot, session, item, window)
    assert "correcting the answer before. It was the timetable." in words_of(again)
    assert "On the information: The tutor who sent it, today." in words_of(again)


def test_a_yes_is_shown_and_cannot_be_changed(
    qtbot: QtBot, session: Session, window: QWidget, perform: Perform
) -> None:
    dialog = show(qtbot, session, held(perform, GateAnswer.YES), window)
    assert CONFIRMED in words_of(dialog)
    assert not dialog.keep_button.isEnabled()
    assert not dialog.form.field("reason").isEnabled()
    dialog._keep()
    dialog.reject()


def test_it_is_offered_for_what_an_answer_held_back(perform: Perform) -> None:
    assert can_be_corrected(held(perform, GateAnswer.NOT_SURE))
    assert not can_be_corrected(perform(a_capture))
