"""The procedures that come with the program, as they are shown: calm for an ordinary case."""

from collections.abc import Mapping
from functools import partial

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QScrollBar
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.procedures import Procedure
from desktop.operations.incident.record_incident import enter_fields
from desktop.operations.steps.answer_triage import answer_triage
from desktop.ui.incident.checklist_panel import ChecklistPanel
from desktop.ui.incident.checklist_section import ChecklistSection
from desktop.ui.incident.progress_line import BACK
from desktop.ui.incident.step_card import StepCard
from desktop.ui.session import Session
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.scroll import AFTER_LAYOUT_MS
from tests.ui.incident_steps import (
    checklist_panel,
    offered,
    opened,
    perform,
    press,
    read,
    settle,
    words,
)
from tests.workspaces import own_procedures

ORDINARY = {
    "T1": "no", "T2": "no", "T3": "no", "T4": "no", "T5": "no", "T6": "no", "T7": "no",
    "T8": "private+site", "T9": "no", "T10": "no", "T11": "under-18+with-parent", "T12": "no",
    "T13": "no",
}  # fmt: skip
GRAVE = ORDINARY | {"T2": "unsure", "T3": "yes", "T4": "both", "T6": "unsure", "T8": "person"}


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return own_procedures()


@pytest.fixture
def panel(qtbot: QtBot, session: Session, incident_id: IncidentId) -> ChecklistPanel:
    return checklist_panel(session, qtbot, incident_id)


def answer(
    session: Session, qtbot: QtBot, incident_id: IncidentId, answers: dict[str, str]
) -> None:
    perform(session, qtbot, partial(answer_triage, incident_id=incident_id, answers=answers))
    settle(session, qtbot)


def stops(panel: ChecklistPanel) -> list[str]:
    notices = [one for one in panel.findChildren(QFrame, "stopNotice") if one.isVisibleTo(panel)]
    chips = [one for one in panel.findChildren(Chip) if one.text() == "Stop"]
    return [words(one) for one in notices] + [
        one.text() for one in chips if one.isVisibleTo(panel)
    ]


def test_ordinary_bullying_meets_no_stop(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    answer(session, qtbot, incident_id, ORDINARY)
    assert panel.card("P01-3")
    assert panel.card("P02-3")
    assert stops(panel) == []
    for section in panel.findChildren(ChecklistSection):
        section.set_open(True)
    assert stops(panel) == []


def test_with_many_procedures_one_is_open_and_the_stops_are_named(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    answer(session, qtbot, incident_id, GRAVE)
    view = read(session, qtbot, incident_id)
    assert len(view.checklists) >= 8
    sections = panel.findChildren(ChecklistSection)
    assert len([one for one in sections if one.head_button.isChecked()]) == 1
    assert len([one for one in sections if one.hides_stop]) == 4
    assert stops(panel).count("Stop") == 5, "each in its own row, and the line above them all"
    now = [card for card in panel.findChildren(StepCard) if card.is_now]
    assert len(now) == 1


def test_a_stop_that_is_folded_away_is_named_above_the_steps_and_shown_at_a_press(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    assert not panel.stop_line.isVisible()
    answer(session, qtbot, incident_id, {"T2": "yes", "T6": "yes"})
    assert "Read first: Image of someone under 18, and 1 more" in words(panel.stop_line)
    press(panel, "stopLineButton")
    notice = next(one for one in panel.findChildren(QFrame, "stopNotice") if one.isVisible())
    qtbot.waitUntil(lambda: not notice.visibleRegion().isEmpty())
    assert "Read first: Extremism" in words(panel.stop_line)
    press(panel, "stopLineButton")
    assert not panel.stop_line.isVisible()
    press(panel, "sectionP07Button")
    assert "Read first: Extremism" in words(panel.stop_line)


def test_the_buttons_of_the_current_step_are_in_view(
    themed: None, panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    panel.resize(450, 590)  # its size in a window of 1280 by 800
    answer(session, qtbot, incident_id, GRAVE)

    def in_view() -> None:
        now = next(card for card in panel.findChildren(StepCard) if card.is_now)
        assert now.recording
        buttons = [one for one in now.recording.findChildren(QPushButton) if one.isVisible()]
        assert len(buttons) > 2
        for one in buttons:
            assert one.visibleRegion().boundingRect() == one.rect(), one.text()

    qtbot.waitUntil(in_view)


def test_a_step_that_is_opened_at_the_lower_edge_comes_up_until_its_buttons_are_in_view(
    themed: None, panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    panel.resize(450, 590)
    answer(session, qtbot, incident_id, GRAVE)
    press(panel, "stopLineButton")
    card = panel.card("P03-9")
    assert card
    bar = panel.findChildren(QScrollArea)[0].verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 600)
    area = panel.findChildren(QScrollArea)[0].viewport()
    bar.triggerAction(QScrollBar.SliderAction.SliderToMinimum)
    bar.setValue(card.mapTo(panel._scroll.inner, card.rect().bottomLeft()).y() - area.height() + 4)
    card.header.click()
    assert card.recording
    button = card.recording.findChildren(QPushButton, "worksheetButton")[0]
    qtbot.waitUntil(lambda: button.visibleRegion().boundingRect() == button.rect())


def test_the_way_back_is_offered_while_the_step_to_do_now_is_out_of_view(
    themed: None, panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    panel.resize(450, 590)
    answer(session, qtbot, incident_id, GRAVE)
    now = next(card for card in panel.findChildren(StepCard) if card.is_now)
    qtbot.waitUntil(lambda: not now.header.visibleRegion().isEmpty())
    assert BACK not in words(panel.progress_line)
    title = now.view.step.title
    assert panel.progress_line.accessibleName().endswith(f"Go to the step to do now: {title}")
    bar = panel.findChildren(QScrollArea)[0].verticalScrollBar()
    bar.triggerAction(QScrollBar.SliderAction.SliderToMaximum)
    qtbot.waitUntil(lambda: BACK in words(panel.progress_line))
    press(panel, "progressButton")
    qtbot.waitUntil(lambda: BACK not in words(panel.progress_line))
    assert now.header.hasFocus()
    assert not now.header.visibleRegion().isEmpty()


def test_whoever_scrolls_is_not_pulled_back(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    answer(session, qtbot, incident_id, GRAVE)
    bar = panel.findChildren(QScrollArea)[0].verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    panel.open_step("P00-1")
    assert panel._scroll._settling.isActive()
    bar.triggerAction(QScrollBar.SliderAction.SliderToMaximum)
    bar.rangeChanged.emit(0, bar.maximum())
    assert not panel._scroll._settling.isActive()


def test_what_applies_to_every_incident_is_not_offered_to_be_ended(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    answer(session, qtbot, incident_id, ORDINARY)
    for section in panel.findChildren(ChecklistSection):
        section.set_open(True)
    offered = {
        one.objectName()
        for one in panel.findChildren(QPushButton)
        if one.isVisibleTo(panel) and one.text().startswith("This procedure no longer")
    }
    assert "endP01Button" in offered
    assert "endP00Button" not in offered


def test_with_the_keyboard_one_goes_on_at_the_next_step(
    panel: ChecklistPanel, session: Session, qtbot: QtBot
) -> None:
    card = opened(panel, "P00-4")
    press(card, "decide1Button")
    assert card.recording
    assert card.recording.form
    card.recording.form.set_text("reasons", "She is at home with her mother.")
    card.recording.form.focus("reasons")
    press(card, "keepStepButton")
    settle(session, qtbot)
    now = next(one for one in panel.findChildren(StepCard) if one.is_now)
    assert now is not card
    qtbot.waitUntil(now.header.hasFocus)


def test_a_change_elsewhere_leaves_the_step_in_view_that_somebody_went_to(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    answer(session, qtbot, incident_id, GRAVE)
    card = opened(panel, "P06-3")
    qtbot.waitUntil(lambda: not card.header.visibleRegion().isEmpty())
    values = {"first_account": "She showed me the messages."}
    perform(session, qtbot, partial(enter_fields, incident_id=incident_id, values=values))
    settle(session, qtbot)
    later = QTimer(panel, singleShot=True, interval=2 * AFTER_LAYOUT_MS)
    with qtbot.waitSignal(later.timeout):
        later.start()
    assert not card.header.visibleRegion().isEmpty()


def test_a_step_says_who_acts_what_else_it_rests_on_and_what_is_not_confirmed(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    answer(session, qtbot, incident_id, GRAVE)
    card = opened(panel, "P03-4")
    said = words(card)
    assert "Who acts: Designated safeguarding lead.  Who is told: Police" in said
    assert "What comes of it:" in said
    sources = card.view.step.authorities
    assert "Sources: " in said
    assert f", and {len(sources) - 1} more" in said
    quotes = [one.note or one.quote for one in sources]
    assert not any(quote in said for quote in quotes)
    press(card, "sourcesButton")
    settle(session, qtbot)
    assert all(quote in words(card) for quote in quotes)
    press(card, "sourcesButton")
    assert not any(quote in words(card) for quote in quotes)
    unsure = [
        one.step.id
        for each in read(session, qtbot, incident_id).checklists
        for one in each.steps
        if any(authority.unsure for authority in one.step.authorities) and one.is_ready
    ]
    assert unsure
    said = words(opened(panel, unsure[0]))
    assert "Not yet confirmed here: “" in said
    assert "To check: " in said


def test_a_decision_of_several_answers_asks_them_all(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    answer(session, qtbot, incident_id, ORDINARY | {"T9": "yes", "T8": "private"})
    card = opened(panel, "P10-4")
    assert "No, because…" not in words(card)
    press(card, "decideButton")
    settle(session, qtbot)
    assert card.recording
    assert card.recording.form
    assert all(card.recording.form.has(one) for one in ("could_be", "kind", "reason_given"))
    assert "decide1Button" in offered(opened(panel, "P00-4"))


def test_a_step_recorded_before_its_turn_stays_in_view_with_the_keyboard(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    answer(session, qtbot, incident_id, GRAVE)
    panel.open_step("P03-1")
    settle(session, qtbot)
    card = panel.card("P03-1")
    assert card
    assert card.recording
    assert card.recording.form
    for blank in card.view.step.blanks:
        card.recording.form.set_text(blank.name, blank.choices[0] if blank.choices else "")
    done = card.findChild(QPushButton, "doneButton")
    assert isinstance(done, QPushButton)
    qtbot.waitUntil(lambda: not panel._scroll._settling.isActive())
    done.setFocus()
    panel._scroll.ensureWidgetVisible(done)
    assert card.header.visibleRegion().isEmpty()
    done.click()
    settle(session, qtbot)
    assert card.view.state.value == "done"
    assert panel.focusWidget() is card.header
    qtbot.waitUntil(lambda: not card.header.visibleRegion().isEmpty())
