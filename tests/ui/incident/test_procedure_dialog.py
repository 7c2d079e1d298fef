"""A procedure joins by hand, ends with a reason, goes on in a newer version once it is taken."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import ChecklistId, IncidentId
from desktop.domain.steps.procedures import Procedure
from desktop.operations.steps.attach_procedure import attach_procedure
from desktop.operations.steps.follow_checklist import ChecklistView
from desktop.operations.workspace import Workspace
from desktop.ui.incident.checklist_panel import ChecklistPanel
from desktop.ui.incident.checklist_section import ChecklistSection
from desktop.ui.incident.procedure_dialog import EndDialog, JoinDialog, VersionDialog
from desktop.ui.session import Session
from tests.ui.incident_steps import (
    checklist_panel,
    perform,
    press,
    read,
    settle,
    words,
)
from tests.ui.small_procedures import small_procedures

WHY = "The tutor saw comments on a site as well"


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return small_procedures()


@pytest.fixture
def panel(qtbot: QtBot, session: Session, incident_id: IncidentId) -> ChecklistPanel:
    return checklist_panel(session, qtbot, incident_id)


def running(
    session: Session, qtbot: QtBot, incident_id: IncidentId, procedure_id: str
) -> list[ChecklistView]:
    view = read(session, qtbot, incident_id)
    return [
        one
        for one in view.checklists
        if one.procedure.id == procedure_id and not one.checklist.ended_reason
    ]


def test_one_is_chosen_and_joins_with_a_reason(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    with qtbot.waitSignal(panel.act_requested) as asked:
        press(panel, "joinButton")
    assert asked.args == ["join", None]
    form = JoinDialog(session, incident_id, panel)
    form.show_form()
    settle(session, qtbot)
    assert "P00" not in words(form)
    press(form, "keepButton")
    assert "Choose a procedure" in form.banner.text
    press(form, "joinP02Button")
    press(form, "keepButton")
    assert "Write why it applies" in form.banner.text
    form.form.set_text("reason", WHY)
    press(form, "keepButton")
    settle(session, qtbot)
    assert [one.checklist.attached_reason for one in running(session, qtbot, incident_id, "P02")]
    assert panel.card("P02-1")


def test_one_that_ended_says_why_and_may_join_again(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    attach = partial(attach_procedure, incident_id=incident_id, procedure_id="P02", reason=WHY)
    perform(session, qtbot, attach)
    settle(session, qtbot)
    one = running(session, qtbot, incident_id, "P02")[0]
    section = panel.findChildren(ChecklistSection)[-1]
    section.head_button.click()
    with qtbot.waitSignal(panel.act_requested) as asked:
        press(section, "endP02Button")
    assert asked.args
    assert asked.args[0] == "end"
    ending = EndDialog(session, one, panel)
    ending.show_form()
    press(ending, "keepButton")
    assert "Write why it no longer applies" in ending.banner.text
    ending.form.set_text("reason", "It was another site")
    press(ending, "keepButton")
    settle(session, qtbot)
    assert running(session, qtbot, incident_id, "P02") == []
    settle(session, qtbot)
    said = words(panel)
    assert said.index("Ended\n") > said.index("Opening")
    form = JoinDialog(session, incident_id, panel)
    form.show_form()
    settle(session, qtbot)
    assert "It ended here before: It was another site" in words(form)
    form.reject()
    perform(session, qtbot, attach)
    settle(session, qtbot)
    sections = [one for one in panel.findChildren(ChecklistSection) if not one.isHidden()]
    assert sorted(one.is_ended for one in sections) == [False, False, True]
    card = panel.card("P02-1")
    assert card
    assert not card.is_ended


def test_where_every_one_runs_nothing_is_offered(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    for procedure_id in ("P02", "P03"):
        attach = partial(
            attach_procedure, incident_id=incident_id, procedure_id=procedure_id, reason=WHY
        )
        perform(session, qtbot, attach)
    form = JoinDialog(session, incident_id, panel)
    form.show_form()
    settle(session, qtbot)
    assert "Every procedure runs here already." in words(form)
    assert not form.keep_button.isEnabled()


def test_ending_a_stop_says_what_becomes_of_its_notice(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    one = running(session, qtbot, incident_id, "P00")[0]
    form = EndDialog(session, one, panel)
    form.show_form()
    assert "2 steps are not settled" in words(form)
    assert "stop notice" not in words(form)


@pytest.mark.parametrize(
    ("notice", "called_by", "said", "unsaid"),
    [
        ("Stop.", (), "Its stop notice is no longer shown", "still calls"),
        ("Stop.", ("T2=yes",), "ends only once that is changed", "no longer shown"),
        ("", ("T8=site",), "If that was wrong, change it first", "ends only once"),
        ("", ("always",), "End “", "still calls"),
    ],
)
def test_what_an_answer_still_calls_for_is_said_before_it_ends(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId,
    notice: str, called_by: tuple[str, ...], said: str, unsaid: str,
) -> None:  # fmt: skip
    one = running(session, qtbot, incident_id, "P00")[0]
    procedure = replace(one.procedure, notice=notice)
    form = EndDialog(session, replace(one, procedure=procedure, called_by=called_by), panel)
    form.show_form()
    shown = f"{form.windowTitle()} {words(form)}"
    assert said in shown
    assert unsaid not in shown
    must_stay = "ends only once" in said
    assert form.keep_button.isVisible() is not must_stay
    assert form.form.has("reason") is not must_stay
    if must_stay:
        assert form.focusWidget() is form.cancel_button
        assert "no longer asked for" not in shown


def pin_older(workspace: Workspace, checklist_id: ChecklistId) -> None:
    """Let a checklist run on an earlier text of its procedure."""
    text = workspace.procedures["P02"].source.replace("Call the police", "Ring the police")
    table = workspace.log.checklists
    table.pin(checklist_id, table.keep_version("P02", "0", text))


def test_a_newer_version_is_offered_shown_and_taken_with_a_reason(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    attach = partial(attach_procedure, incident_id=incident_id, procedure_id="P02", reason=WHY)
    perform(session, qtbot, attach)
    one = running(session, qtbot, incident_id, "P02")[0]
    perform(session, qtbot, partial(pin_older, checklist_id=one.checklist.id))
    panel.reload()
    settle(session, qtbot)
    assert "This incident goes on as it began." in words(panel)
    card = panel.card("P02-4")
    assert card
    assert card.view.step.title == "Ring the police"
    with qtbot.waitSignal(panel.act_requested) as asked:
        press(panel, "newerVersionButton")
    assert asked.args
    assert asked.args[0] == "version"
    form = VersionDialog(session, one, panel)
    form.show_form()
    settle(session, qtbot)
    said = words(form)
    assert "P02-4, Call the police" in said
    assert "“Ring the police”" in said
    press(form, "keepButton")
    assert "Write why you take it" in form.banner.text
    form.form.set_text("reason", "The new words are clearer")
    press(form, "keepButton")
    settle(session, qtbot)
    card = panel.card("P02-4")
    assert card
    assert card.view.step.title == "Call the police"
    assert "This incident goes on as it began." not in words(panel)
    again = VersionDialog(session, one, panel)
    again.show_form()
    settle(session, qtbot)
    assert "There is no newer version any more." in words(again)
    assert not again.keep_button.isEnabled()
