"""What was put off with the real procedures is named again before an incident is closed."""

from collections.abc import Mapping
from functools import partial

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.procedures import Procedure
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.steps.attach_procedure import attach_procedure, end_procedure
from desktop.operations.steps.follow_checklist import record_step, show_checklists
from desktop.ui.incident.close_dialog import CloseDialog
from desktop.ui.session import Session
from tests.ui.incident_steps import new_incident, perform, settle, words
from tests.workspaces import own_procedures


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return own_procedures()


@pytest.mark.parametrize(("decision", "named"), [("wait", True), ("do not tell", False)])
def test_parents_who_wait_are_named_before_closing(
    window: QWidget, session: Session, qtbot: QtBot, decision: str, named: bool
) -> None:
    incident_id = new_incident(session, qtbot)
    answers = {"T8": "site"}
    perform(session, qtbot, partial(answer_triage, incident_id=incident_id, answers=answers))
    view = perform(session, qtbot, partial(show_checklists, incident_id=incident_id))
    parents = next(one for one in view.checklists if one.procedure.id == "S2").checklist.id
    decided = partial(
        record_step,
        checklist_id=parents,
        step_id="S2-1",
        state=StepState.DONE,
        values={"decision": decision, "reasons": "She tells them herself tonight."},
        out_of_order="She was here before the rest.",
        done_at=session.clock.now(),
    )
    perform(session, qtbot, decided)
    form = CloseDialog(session, incident_id, window)
    form.show_form()
    settle(session, qtbot)
    assert ("Tell the parents. Decided to wait" in words(form).replace("\n", " ")) is named
    form.close()


def test_what_has_ended_is_not_called_open_before_closing(
    window: QWidget, session: Session, qtbot: QtBot
) -> None:
    incident_id = new_incident(session, qtbot)
    attach = partial(
        attach_procedure, incident_id=incident_id, procedure_id="P02", reason="It is on a site"
    )
    perform(session, qtbot, attach)
    view = perform(session, qtbot, partial(show_checklists, incident_id=incident_id))
    one = next(one for one in view.checklists if one.procedure.id == "P02")
    title = one.steps[0].step.title
    counts: list[int] = []
    for ended in (False, True):
        if ended:
            reason = "It was another site altogether"
            end = partial(end_procedure, checklist_id=one.checklist.id, reason=reason)
            perform(session, qtbot, end)
        form = CloseDialog(session, incident_id, window)
        form.show_form()
        settle(session, qtbot)
        counts.append(int(words(form).split("Still open, ", 1)[1].split(" ", 1)[0]))
        counted = perform(session, qtbot, partial(show_checklists, incident_id=incident_id))
        assert bool([v for v in counted.owed if v.step.title == title]) is not ended
        form.close()
    assert counts[1] < counts[0]
