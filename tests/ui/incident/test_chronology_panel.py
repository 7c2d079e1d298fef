from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.operations.browse_incidents import show_incident
from desktop.operations.incident.keep_chronology import add_note, show_chronology
from desktop.operations.workspace import Workspace
from desktop.ui.incident.chronology_panel import ChronologyPanel, CorrectionForm, LineRow, NoteForm
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.ui.incident_steps import dialog, perform, press, settle, shown_panel, words


@pytest.fixture
def panel(qtbot: QtBot, session: Session, incident_id: IncidentId) -> ChronologyPanel:
    return shown_panel(ChronologyPanel(session), session, qtbot, incident_id)


def test_an_entry_is_added(panel: ChronologyPanel, session: Session, qtbot: QtBot) -> None:
    press(panel, "addNoteButton")
    form = dialog(panel, NoteForm)
    settle(session, qtbot)
    press(form, "keepButton")
    assert "Write what happened first" in form.banner.text
    form.form.set_text("text", "Her mother rang back")
    form.form.set_text("at", "yesterday 16:00")
    press(form, "keepButton")
    settle(session, qtbot)
    assert "Her mother rang back" in words(panel)
    assert "19 Nov 2026, 16:00" in words(panel)


def test_a_correction_keeps_both_lines_in_sight(
    panel: ChronologyPanel,
    session: Session,
    qtbot: QtBot,
    incident_id: IncidentId,
    clock: FrozenClock,
) -> None:
    note = partial(add_note, incident_id=incident_id, at=clock.now(), text="Her mother rang")
    perform(session, qtbot, note)
    settle(session, qtbot)
    press(panel, "correctNoteButton")
    form = dialog(panel, CorrectionForm)
    settle(session, qtbot)
    assert form.form.text("text") == "Her mother rang"
    press(form, "keepButton")
    assert "why it is corrected" in form.banner.text
    form.form.set_text("text", "Her aunt rang")
    form.form.set_text("reason", "Misheard")
    press(form, "keepButton")
    settle(session, qtbot)
    said = words(panel)
    assert "Her aunt rang" in said
    assert "Corrects the entry “Her mother rang”. Reason: Misheard" in said
    assert "Corrected by a later entry on 20 Nov 2026, 09:30." in said
    struck = [row for row in panel.findChildren(LineRow) if row.line.corrected_by]
    assert [row.line.text for row in struck] == ["Her mother rang"]
    assert len([one for one in panel.findChildren(LineRow) if not one.isHidden()]) == len(
        perform(session, qtbot, partial(show_chronology, incident_id=incident_id))
    )


def _add_notes(workspace: Workspace, incident_id: IncidentId, count: int) -> None:
    for number in range(count):
        add_note(workspace, incident_id, workspace.now(), f"Note {number}")


def test_of_very_many_lines_only_those_near_the_window_are_made(
    panel: ChronologyPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    perform(session, qtbot, partial(_add_notes, incident_id=incident_id, count=300))
    panel.reload()
    settle(session, qtbot)
    assert len(panel.findChildren(LineRow)) < 60
    panel.rows_scroll.setFocus()
    for _ in range(2):
        QTest.keyClick(panel.rows_scroll, Qt.Key.Key_PageDown)
    assert panel.rows_scroll.verticalScrollBar().value() > 0
    bar = panel.rows_scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: "Note 299" in words(panel))
    assert len([one for one in panel.findChildren(LineRow) if not one.isHidden()]) < 60


def test_of_very_many_lines_the_one_that_was_added_is_brought_into_view(
    panel: ChronologyPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    perform(session, qtbot, partial(_add_notes, incident_id=incident_id, count=300))
    panel.reload()
    settle(session, qtbot)
    press(panel, "addNoteButton")
    form = dialog(panel, NoteForm)
    settle(session, qtbot)
    form.form.set_text("text", "Her mother rang back")
    press(form, "keepButton")
    settle(session, qtbot)
    (row,) = [one for one in panel.findChildren(LineRow) if one.line.text.startswith("Her mother")]
    assert not row.visibleRegion().isEmpty()
    press(panel, "addNoteButton")
    left = dialog(panel, NoteForm)
    settle(session, qtbot)
    left.reject()
    settle(session, qtbot)
    assert not panel._adding


def test_a_new_line_leaves_the_others_where_they_are(
    panel: ChronologyPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    perform(session, qtbot, partial(_add_notes, incident_id=incident_id, count=2))
    panel.reload()
    settle(session, qtbot)
    before = [row for row in panel.findChildren(LineRow) if not row.isHidden()]
    perform(session, qtbot, partial(_add_notes, incident_id=incident_id, count=1))
    panel.reload()
    settle(session, qtbot)
    after = [row for row in panel.findChildren(LineRow) if not row.isHidden()]
    assert len(after) == len(before) + 1
    assert set(before) <= set(after)


def test_what_was_typed_in_a_form_is_there_again(
    panel: ChronologyPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    press(panel, "addNoteButton")
    form = dialog(panel, NoteForm)
    settle(session, qtbot)
    form.form.set_text("text", "Half a sentence")
    form.reject()
    settle(session, qtbot)
    operation = partial(show_incident, incident_id=incident_id)
    assert "Half a sentence" in perform(session, qtbot, operation).drafts["form.note"]
    press(panel, "addNoteButton")
    again = [one for one in panel.findChildren(NoteForm) if one.isVisible()][-1]
    settle(session, qtbot)
    assert again.form.text("text") == "Half a sentence"
    assert "is here again" in again.banner.text
    press(again, "cancelButton")
    settle(session, qtbot)
    assert "form.note" not in perform(session, qtbot, operation).drafts


def test_a_form_keeps_its_words_when_the_log_locks(
    panel: ChronologyPanel, session: Session, qtbot: QtBot
) -> None:
    press(panel, "addNoteButton")
    form = dialog(panel, NoteForm)
    settle(session, qtbot)
    form.form.set_text("text", "Half a sentence")
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert not any(one.isVisible() for one in panel.findChildren(NoteForm))


def test_it_is_read_only_when_it_is_seen(
    session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    panel = ChronologyPanel(session)
    qtbot.addWidget(panel)
    panel.show_incident(incident_id)
    settle(session, qtbot)
    assert not panel.findChildren(LineRow)
    with qtbot.waitExposed(panel):
        panel.show()
    settle(session, qtbot)
    assert panel.findChildren(LineRow)
