"""Worksheets: filled from the record, kept as typed, frozen as sent, with contact and step."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.contacts import Channel, Recipient
from desktop.domain.errors import AnswerNeeded, NotAllowed, NotFound, NotPermitted, ReasonNeeded
from desktop.domain.identifiers import ChecklistId, IncidentId
from desktop.domain.log.custody import Action
from desktop.domain.log.roles import KeyholderRole
from desktop.domain.people import Role
from desktop.domain.policy.own_copy import OwnContact
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.procedure_text import parse_procedure
from desktop.domain.steps.procedures import Procedure
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.incident.keep_contacts import list_contacts
from desktop.operations.incident.keep_people import add_person
from desktop.operations.incident.keep_worksheets import (
    Submitted,
    draft_name,
    find_sending_step,
    fingerprint_of,
    keep_typed,
    list_submitted,
    list_worksheets,
    open_worksheet,
    submit_worksheet,
)
from desktop.operations.incident.record_incident import enter_fields, save_draft, start_incident
from desktop.operations.organisation.keep_own_copy import keep_contact, turn_switch
from desktop.operations.show_today import show_today
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.steps.attach_procedure import attach_procedure
from desktop.operations.steps.follow_checklist import show_checklists
from desktop.operations.steps.read_situation import read_situation
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.ui.small_procedures import small_procedures
from tests.workspaces import close_workspace, make_workspace

GROOMING = """
id = "P06"
title = "Grooming"
version = "1"
applies_when = "An adult makes sexual contact"
order = 600
attached_by = ["T4=yes"]
checked = "2026-11-20"

[[steps]]
id = "P06-6"
title = "Report to CEOP"
text = "Say what is known."
actor = "DSL"
recipients = ["CEOP"]
severity = "must"
order = 2106
acts = ["worksheet", "contact"]
worksheet = "ceop"
not_applicable = "reason"
authorities = [{ reference = "C3", note = "Reports of abuse" }]
deadlines = [{ id = "D3", label = "Report", length = "hours", amount = 1, \
starts = "became_aware_at", basis = "local", reference = "C3" }]
blanks = [
  { name = "seen", label = "Who saw it?" },
  { name = "remark", label = "Anything else?", required = false },
]
"""


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    grooming = parse_procedure(GROOMING, "P06.toml")
    return {**small_procedures(), "P06": grooming}


@pytest.fixture
def incident_id(workspace: Workspace) -> IncidentId:
    incident_id = start_incident(workspace, "He wrote to me at night.").incident_id
    add_person(workspace, incident_id, Role.TARGET, {"name": "Robin", "age_group": "under 18"})
    attach_procedure(workspace, incident_id, "P06", "Asked for by the test")
    return incident_id


def checklist_of(workspace: Workspace, incident_id: IncidentId) -> ChecklistId:
    for view in show_checklists(workspace, incident_id).checklists:
        if view.procedure.id == "P06":
            return view.checklist.id
    raise LookupError("P06 does not run")


def step_state(workspace: Workspace, incident_id: IncidentId) -> StepState:
    for view in show_checklists(workspace, incident_id).checklists:
        for step in view.steps:
            if step.step.id == "P06-6":
                return step.state
    raise LookupError("P06-6 is not there")


def submit(workspace: Workspace, incident_id: IncidentId, **more: object) -> Submitted:
    texts = open_worksheet(workspace, incident_id, "ceop").texts
    given = {"texts": texts, "at": workspace.now(), **more}
    return submit_worksheet(workspace, incident_id, "ceop", **given)  # type: ignore[arg-type]


def test_it_is_filled_from_the_record_and_from_what_is_still_being_typed(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    enter_fields(workspace, incident_id, {"platforms": ("Snapchat",)})
    view = open_worksheet(workspace, incident_id, "ceop")
    assert view.texts["child"] == "Robin"
    assert view.texts["what"] == "“He wrote to me at night.”"
    assert view.texts["where"] == "Snapchat"
    assert view.texts["reporter"] == "Pat Smith, Designated safeguarding lead"
    assert view.texts["organisation"] == "Example Training"
    assert view.typed == {}
    save_draft(workspace, incident_id, "first_account", "He wrote to me every night.")
    again = open_worksheet(workspace, incident_id, "ceop")
    assert again.texts["what"] == "“He wrote to me every night.”"


def test_danger_is_that_of_the_first_question(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    answer_triage(workspace, incident_id, {"T1": "yes"})
    text = open_worksheet(workspace, incident_id, "childrens-services").texts["danger"]
    assert text.startswith("Yes.")


def test_what_was_typed_stays_while_the_record_goes_on(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    keep_typed(workspace, incident_id, "ceop", {"child": "Robin, called Rob", "gone": "x"})
    enter_fields(workspace, incident_id, {"platforms": ("Snapchat",)})
    view = open_worksheet(workspace, incident_id, "ceop")
    assert view.typed == {"child": "Robin, called Rob"}
    assert view.filled["child"] == "Robin"
    assert view.texts["child"] == "Robin, called Rob"
    assert view.texts["where"] == "Snapchat"


def test_two_worksheets_keep_what_is_typed_apart(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    keep_typed(workspace, incident_id, "ceop", {"contact": "01632 960001"})
    assert open_worksheet(workspace, incident_id, "lado").typed == {}
    assert open_worksheet(workspace, incident_id, "ceop").typed == {"contact": "01632 960001"}


def test_sending_it_keeps_the_text_the_contact_the_chronology_and_the_custody_entry(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    answer = submit(workspace, incident_id, reference="C-77", person="An officer", advice="Wait")
    (sheet,) = list_submitted(workspace, incident_id)
    assert (sheet.worksheet_id, sheet.version, sheet.by) == ("ceop", "1", "Pat Smith")
    assert sheet.at == workspace.now()
    assert sheet.contact_id == answer.contact_id
    texts = dict(sheet.texts)
    assert texts["Name of the child"] == "Robin"
    assert texts["How they can reach you"] == ""
    (contact,) = list_contacts(workspace, incident_id)
    details = contact.details
    assert (details.recipient, details.channel) == (Recipient.CEOP, Channel.ONLINE_FORM)
    assert (details.reference, details.person, details.advice) == ("C-77", "An officer", "Wait")
    assert "Report to CEOP" in details.said
    lines = [line.text for line in show_chronology(workspace, incident_id)]
    assert any("CEOP" in line and "reference C-77" in line for line in lines)
    (detail,) = [
        detail
        for entry, detail in workspace.log.custody.walk()
        if entry.action == Action.WORKSHEET_SUBMITTED
    ]
    assert detail is not None
    assert fingerprint_of(sheet.texts) in detail.detail
    assert answer.changes.incident_id == incident_id


def test_the_step_it_was_sent_for_is_done_with_what_it_asks(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    checklist_id = checklist_of(workspace, incident_id)
    submit(
        workspace, incident_id, checklist_id=checklist_id, step_id="P06-6", values={"seen": "Lee"}
    )
    assert step_state(workspace, incident_id) is StepState.DONE
    checklist = workspace.log.checklists.get(checklist_id)
    assert checklist is not None
    assert dict(checklist.entries[-1].values) == {"seen": "Lee"}
    assert read_situation(workspace, incident_id).submitted == {"ceop"}


def test_what_the_step_refuses_keeps_nothing_of_the_sending(
    workspace: Workspace, incident_id: IncidentId, clock: FrozenClock
) -> None:
    enter_fields(workspace, incident_id, {"became_aware_at": workspace.now()})
    keep_typed(workspace, incident_id, "ceop", {"contact": "01632 960001"})
    clock.advance(days=1)
    head = workspace.log.custody.head()
    with pytest.raises((ReasonNeeded, AnswerNeeded)):
        submit(
            workspace,
            incident_id,
            checklist_id=checklist_of(workspace, incident_id),
            step_id="P06-6",
            values={"seen": "Lee"},
        )
    assert list_submitted(workspace, incident_id) == ()
    assert list_contacts(workspace, incident_id) == ()
    assert open_worksheet(workspace, incident_id, "ceop").typed == {"contact": "01632 960001"}
    assert workspace.log.custody.head() == head


def test_without_a_step_it_is_a_contact_like_any_other(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    submit(workspace, incident_id, channel=Channel.EMAIL, next_action="Chase")
    assert step_state(workspace, incident_id) is StepState.OPEN
    (contact,) = list_contacts(workspace, incident_id)
    assert contact.details.channel is Channel.EMAIL
    assert contact.details.next_action == "Chase"


def test_an_empty_sheet_is_not_sent(workspace: Workspace, incident_id: IncidentId) -> None:
    with pytest.raises(NotAllowed):
        submit(workspace, incident_id, texts={"reporter": "  ", "nothing": "x"})
    assert list_submitted(workspace, incident_id) == ()


def test_a_second_sending_begins_from_the_first_and_both_are_kept(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    keep_typed(workspace, incident_id, "ceop", {"contact": "01632 960001"})
    submit(workspace, incident_id)
    view = open_worksheet(workspace, incident_id, "ceop")
    assert draft_name("ceop") not in workspace.log.drafts.of(incident_id)
    assert view.texts["contact"] == "01632 960001"
    assert [sheet.by for sheet in view.submitted] == ["Pat Smith"]
    submit(workspace, incident_id, texts={"contact": "another"})
    first, second = list_submitted(workspace, incident_id)
    assert dict(first.texts)["How they can reach you"] == "01632 960001"
    assert dict(second.texts)["How they can reach you"] == "another"
    assert len(list_contacts(workspace, incident_id)) == 2


def test_a_mark_for_what_nobody_compared_goes_when_the_rule_is_turned_on(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    assert not open_worksheet(workspace, incident_id, "ceop").is_sure
    turn_switch(workspace, "agency-forms", on=True, reason="Compared on 20 Nov")
    assert open_worksheet(workspace, incident_id, "ceop").is_sure


def test_the_agency_of_our_own_list_is_named_and_no_other(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    ours = OwnContact(id="", recipient=Recipient.LADO, label="Our LADO", address="01632 960001")
    keep_contact(workspace, ours)
    (reach,) = open_worksheet(workspace, incident_id, "lado").reach
    assert (reach.label, reach.address) == ("Our LADO", "01632 960001")
    assert open_worksheet(workspace, incident_id, "ceop").reach == ()


def test_a_lado_sheet_is_out_of_place_in_the_usual_log_only(
    workspace: Workspace, incident_id: IncidentId, tmp_path: Path, clock: FrozenClock
) -> None:
    assert open_worksheet(workspace, incident_id, "lado").misplaced
    assert not open_worksheet(workspace, incident_id, "ceop").misplaced
    restricted = make_workspace(
        tmp_path / "restricted", clock, workspace.procedures, restricted=True
    )
    there = start_incident(restricted, "A concern").incident_id
    assert not open_worksheet(restricted, there, "lado").misplaced
    close_workspace(restricted)


def test_what_is_not_there_is_said(workspace: Workspace, incident_id: IncidentId) -> None:
    with pytest.raises(NotFound):
        open_worksheet(workspace, incident_id, "nobody")
    with pytest.raises(NotFound):
        open_worksheet(workspace, IncidentId("none"), "ceop")
    with pytest.raises(NotFound):
        submit_worksheet(workspace, IncidentId("none"), "ceop", {"what": "x"}, at=workspace.now())


def test_a_reader_takes_nobodys_draft_away(workspace: Workspace, incident_id: IncidentId) -> None:
    keep_typed(workspace, incident_id, "ceop", {"what": "typed by the DSL"})
    before = workspace.log.drafts.of(incident_id)
    reader = replace(workspace, keyholder=replace(workspace.keyholder, role=KeyholderRole.READER))
    for typed in ({"what": "typed by a reader"}, {}):
        with pytest.raises(NotPermitted):
            keep_typed(reader, incident_id, "ceop", typed)
    with pytest.raises(NotPermitted):
        save_draft(reader, incident_id, "place", "typed by a reader")
    assert workspace.log.drafts.of(incident_id) == before


def test_a_reader_of_the_log_sends_nothing(workspace: Workspace, incident_id: IncidentId) -> None:
    reader = replace(workspace, keyholder=replace(workspace.keyholder, role=KeyholderRole.READER))
    with pytest.raises(NotPermitted):
        submit(reader, incident_id)
    assert list_submitted(workspace, incident_id) == ()


def test_how_far_each_worksheet_got_is_listed(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    keep_typed(workspace, incident_id, "lado", {"contact": "01632 960001"})
    submit(workspace, incident_id)
    lines = {line.id: line for line in list_worksheets(workspace, incident_id)}
    assert len(lines) == 6
    assert (lines["lado"].begun, lines["lado"].sent_at) == (True, None)
    assert (lines["ceop"].begun, lines["ceop"].sent_at) == (False, workspace.now())
    assert (lines["iwf"].begun, lines["iwf"].sent_at) == (False, None)
    keep_typed(workspace, incident_id, "lado", {})
    assert not list_worksheets(workspace, incident_id)[3].begun


def test_the_step_that_sending_does_is_found_while_it_is_open(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    found = find_sending_step(workspace, incident_id, "ceop")
    assert found is not None
    assert found.step.id == "P06-6"
    assert find_sending_step(workspace, incident_id, "lado") is None
    submit(
        workspace,
        incident_id,
        checklist_id=found.checklist_id,
        step_id="P06-6",
        values={"seen": "Lee"},
    )
    assert find_sending_step(workspace, incident_id, "ceop") is None


def test_putting_back_the_record_after_sending_does_not_bring_back_what_was_sent(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    submit(workspace, incident_id, texts={"child": "Rob"})
    assert open_worksheet(workspace, incident_id, "ceop").texts["child"] == "Rob"
    keep_typed(workspace, incident_id, "ceop", {})
    assert open_worksheet(workspace, incident_id, "ceop").texts["child"] == "Robin"


def test_today_tells_of_a_worksheet_that_is_begun_and_not_sent(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    keep_typed(workspace, incident_id, "ceop", {"contact": "01632 960001"})
    unfinished = [line for line in show_today(workspace).lines if line.target == "worksheet"]
    (line,) = unfinished
    assert line.title == "A worksheet is begun and not yet sent: Report to CEOP"
    assert line.target_id == "ceop"
    submit(workspace, incident_id)
    assert all(line.target != "worksheet" for line in show_today(workspace).lines)
