"""A step says what ticked it and where that is, and that its worksheet was sent."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.calendar.times import Moment, say
from desktop.domain.identifiers import ChecklistId
from desktop.domain.steps.checklist_records import StepEntry, StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedures import Procedure
from desktop.operations.incident.record_incident import enter_fields
from desktop.ui.incident.step_context import StepContext
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.ui.incident_steps import (
    ACCOUNT,
    checklist_panel,
    offered,
    opened,
    perform,
    press,
    words,
)
from tests.ui.small_procedures import small_procedures
from tests.ui.worksheet_desk import WorksheetDesk, sent_form, start_case, worksheet_procedures

OTHER = "Is there a threat, hate or harassment?"


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return worksheet_procedures()


@pytest.fixture
def desk(session: Session, qtbot: QtBot) -> WorksheetDesk:
    window = QWidget()
    qtbot.addWidget(window)
    return WorksheetDesk(session, qtbot, start_case(session, qtbot), window)


def view_of(
    step_id: str,
    ticked_by: str = "",
    state: StepState = StepState.DONE,
    entry: StepEntry | None = None,
    prefilled_reason: str = "",
    done_at: Moment | None = None,
) -> StepView:
    procedure = small_procedures()[step_id.partition("-")[0]]
    step = next(one for one in procedure.steps if one.id == step_id)
    return StepView(
        checklist_id=ChecklistId("c"),
        procedure_id=procedure.id,
        step=replace(step, ticked_by=ticked_by),
        state=state,
        entry=entry,
        prefilled_reason=prefilled_reason,
        done_at=done_at,
    )


def context(*views: StepView) -> StepContext:
    return StepContext(steps={one.step.id: one for one in views}, titles={"P03": "An image"})


def test_a_step_that_another_one_ticked_names_what_was_decided_there(clock: FrozenClock) -> None:
    entry = StepEntry(
        step_id="P02-2",
        state=StepState.DONE,
        at=clock.now(),
        by="Pat Smith",
        values=(("decision", "no"), ("reasons", "She asked us to wait")),
    )
    other = view_of("P02-2", entry=entry)
    aside = context(other).aside(view_of("P02-4", "past:P02-2"))
    assert aside.note == f"Through “{OTHER}”: no"
    assert "Your reasons: She asked us to wait" in aside.told
    assert "by Pat Smith" in aside.told
    assert aside.way
    assert (aside.way.what, aside.way.data) == ("step", "P02-2")


def test_a_step_that_was_passed_over_says_why(clock: FrozenClock) -> None:
    other = view_of("P02-2", state=StepState.OPEN, prefilled_reason="Not now.")
    assert (
        context(other).aside(view_of("P02-4", "past:P02-2")).note == f"Through “{OTHER}”: Not now"
    )
    entry = StepEntry(step_id="P02-2", state=StepState.NOT_POSSIBLE, at=clock.now(), by="Pat")
    other = view_of("P02-2", state=StepState.NOT_POSSIBLE, entry=entry)
    aside = context(other).aside(view_of("P02-4", "past:P02-2"))
    assert aside.note == f"Through “{OTHER}”: not possible"
    other = view_of("P02-2")
    assert context(other).aside(view_of("P02-4", "done:P02-2")).note == f"Through “{OTHER}”"


@pytest.mark.parametrize(
    ("fact", "words", "what", "data"),
    [
        ("told:POLICE", "a contact: Police", "contacts", None),
        ("submitted:ceop", "a worksheet that was sent", "contacts", None),
        ("item-kept", "what is kept under Evidence", "evidence", None),
        ("first-account", "the record", "record", "first_account"),
        ("finished:P03", "“An image”: all of its steps are settled", "step", "P03-1"),
        ("running:P03", "“An image”: it runs here", "step", "P03-1"),
    ],
)
def test_what_ticked_a_step_is_named_with_the_way_there(
    clock: FrozenClock, fact: str, words: str, what: str, data: str | None
) -> None:
    view = view_of("P02-4", fact, done_at=clock.now())
    aside = context(view_of("P03-1")).aside(view)
    assert aside.note == f"Through {words}"
    assert aside.told == f"Ticked by the program, through {words}, {say(clock.now())}."
    assert aside.way
    assert (aside.way.what, aside.way.data) == (what, data)


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("closed", "the closing of the incident"),
        ("done:S1-2", "what was entered elsewhere"),
        ("running:P07", "“P07”: it runs here"),
    ],
)
def test_where_there_is_nothing_to_go_to_no_way_is_offered(fact: str, words: str) -> None:
    aside = context().aside(view_of("P02-4", fact))
    assert aside.note == f"Through {words}"
    assert aside.way is None


def test_what_somebody_recorded_needs_no_explanation(clock: FrozenClock) -> None:
    entry = StepEntry(step_id="P02-4", state=StepState.DONE, at=clock.now(), by="Pat Smith")
    assert not context().aside(view_of("P02-4", "told:POLICE", entry=entry)).note


def test_a_ticked_step_leads_to_what_ticked_it(
    desk: WorksheetDesk, session: Session, qtbot: QtBot
) -> None:
    values = {"first_account": ACCOUNT}
    enter = partial(enter_fields, incident_id=desk.incident_id, values=values)
    perform(session, qtbot, enter)
    panel = checklist_panel(session, qtbot, desk.incident_id)
    card = panel.card("P00-1")
    assert card
    assert card.view.state is StepState.DONE
    assert "Through the record" in words(card.header)
    panel.open_step("P00-1")
    with qtbot.waitSignal(panel.act_requested) as asked:
        press(card, "wayButton")
    assert asked.args == ["record", "first_account"]


def test_a_worksheet_that_was_sent_is_said_on_its_step_with_what_is_still_open(
    desk: WorksheetDesk, session: Session, qtbot: QtBot
) -> None:
    panel = checklist_panel(session, qtbot, desk.incident_id)
    card = opened(panel, "P06-6")
    assert "Sent" not in words(card.header)
    form = sent_form(desk.open(step=desk.step()))
    press(form, "keepButton")
    desk.settle()
    assert desk.step().state is StepState.OPEN
    assert f"Sent {say(session.clock.now())}, no reference" in words(card.header)
    assert "It was sent. Still open: “" in words(card)
    assert "worksheetButton" in offered(card)
    button = card.findChildren(QPushButton, "worksheetButton")[-1]
    assert button.text() == "Prepare an addition…"


def test_the_reference_that_an_agency_gave_is_said(
    desk: WorksheetDesk, session: Session, qtbot: QtBot
) -> None:
    form = sent_form(desk.open(step=desk.step()))
    form.form.set_text("reference", "C-77")
    press(form, "keepButton")
    desk.settle()
    card = opened(checklist_panel(session, qtbot, desk.incident_id), "P06-6")
    assert "reference: C-77" in words(card.header)
