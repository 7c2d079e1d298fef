"""A page reads anew at once while somebody works, and now and then while very much changes."""

import time
from functools import partial

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.domain.changes import Topic, changed
from desktop.domain.identifiers import IncidentId
from desktop.operations.incident.keep_chronology import add_note
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.workspace import Workspace
from desktop.ui.incident.incident_page import IncidentPage
from desktop.ui.pace import AT_ONCE, EVERY_SECONDS, Pace
from desktop.ui.session import Session
from tests.conftest import Perform


class Reader:
    """Counts how often something was read."""

    def __init__(self, session: Session, owner: QObject) -> None:
        self.times: list[float] = []
        self.asked = 0
        self.seen = 0
        self.pace = Pace(session, owner, self._read)

    def ask(self) -> None:
        self.asked += 1
        self.pace.ask()

    def _read(self) -> None:
        self.times.append(time.monotonic())
        self.seen = self.asked


@pytest.fixture
def reader(session: Session) -> Reader:
    return Reader(session, session)


def test_a_few_are_done_at_once(reader: Reader) -> None:
    for number in range(AT_ONCE):
        reader.ask()
        assert len(reader.times) == number + 1


def test_many_are_done_together_a_moment_later(
    reader: Reader, session: Session, qtbot: QtBot
) -> None:
    for _ in range(500):
        reader.ask()
    assert len(reader.times) == AT_ONCE
    assert session._background.pending == 1
    qtbot.waitUntil(lambda: session._background.pending == 0)
    assert len(reader.times) == AT_ONCE + 1
    assert reader.seen == 500
    assert reader.times[-1] - reader.times[0] >= EVERY_SECONDS * 0.9


def test_a_flood_is_followed_at_a_pace(reader: Reader, session: Session, qtbot: QtBot) -> None:
    begun = time.monotonic()
    while time.monotonic() < begun + 4 * EVERY_SECONDS:
        reader.ask()
        qtbot.wait(5)
    qtbot.waitUntil(lambda: session._background.pending == 0)
    paces = (time.monotonic() - begun) / EVERY_SECONDS  # a busy machine may make them more
    assert AT_ONCE < len(reader.times) <= AT_ONCE + paces + 2
    assert reader.seen == reader.asked


def test_nothing_is_done_for_what_is_gone(session: Session, qtbot: QtBot) -> None:
    owner = QObject()
    reader = Reader(session, owner)
    for _ in range(AT_ONCE + 1):
        reader.ask()
    delete(owner)
    qtbot.waitUntil(lambda: session._background.pending == 0)
    assert len(reader.times) == AT_ONCE


def test_pages_keep_the_pace_and_show_the_last(
    session: Session, perform: Perform, qtbot: QtBot, themed: None
) -> None:
    incident = perform(partial(start_incident, title="Comments")).incident_id
    page = IncidentPage(session)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.show_incident(incident)
    page.tabs.show_panel(page.chronology_panel)
    qtbot.waitUntil(lambda: session._background.pending == 0)
    asked = session.asked
    perform(partial(_add_notes, incident_id=incident))
    for _ in range(100):
        session.changed.emit(changed(Topic.CHRONOLOGY, Topic.INCIDENT, incident_id=incident))
    qtbot.waitUntil(lambda: session._background.pending == 0)
    assert session.asked - asked < 60
    bar = page.chronology_panel.rows_scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(
        lambda: any(
            "Note 39" in label.text() for label in page.chronology_panel.findChildren(QLabel)
        )
    )


def _add_notes(workspace: Workspace, incident_id: IncidentId) -> None:
    for number in range(40):
        add_note(workspace, incident_id, workspace.now(), f"Note {number}")
