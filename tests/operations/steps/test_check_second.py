"""A step that two people check: a colleague, a named witness, or why there is nobody."""

import json

import pytest

from desktop.domain.errors import (
    NotAllowed,
    ReasonNeeded,
    SecondPersonNeeded,
    WrongPassphrase,
)
from desktop.domain.identifiers import ChecklistId, IncidentId, KeyholderId
from desktop.domain.log.custody import Action
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.recording import ALONE, SECOND_HOW, SECOND_PERSON
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.keys.second_person import list_seconds
from desktop.operations.steps.attach_procedure import attach_procedure
from desktop.operations.steps.check_second import SecondCheck, is_named
from desktop.operations.steps.follow_checklist import record_step
from desktop.operations.workspace import Workspace
from tests.operations.evidence.test_confirm_derivative import ADAS, environment, folder, two
from tests.operations.steps.own_procedures import head, step, with_procedures

__all__ = ["environment", "folder", "two"]

TEXT = head("P91") + step("P91-1", "second = true\n") + step("P91-2")
AGAIN = "The witness was named in error."


def begin(workspace: Workspace) -> tuple[Workspace, IncidentId, ChecklistId]:
    own = with_procedures(workspace, TEXT)
    incident_id = start_incident(own, "Somebody rang").incident_id
    attach_procedure(own, incident_id, "P91", "We want its steps")
    (checklist,) = [c for c in own.log.checklists.of(incident_id) if c.procedure_id == "P91"]
    return own, incident_id, checklist.id


def said(workspace: Workspace, checklist_id: ChecklistId) -> dict[str, str]:
    checklist = workspace.log.checklists.get(checklist_id)
    assert checklist
    return dict(checklist.entries[-1].values)


@pytest.mark.parametrize(
    ("second", "error"),
    [
        (None, SecondPersonNeeded),
        (SecondCheck(), SecondPersonNeeded),
        (SecondCheck(alone_reason="me"), ReasonNeeded),
        (SecondCheck(witness="pat SMITH"), NotAllowed),
        (SecondCheck(witness="Pat  Smith, safeguarding lead"), NotAllowed),
        (SecondCheck(witness="Pat Smith (safeguarding lead)"), NotAllowed),
        (SecondCheck(witness="Pat Smith \u2013 lead"), NotAllowed),
        (SecondCheck(witness="Pat Smith DSL"), NotAllowed),
        (SecondCheck(witness="Dr pat smith, lead"), NotAllowed),
        (SecondCheck(keyholder_id=KeyholderId("nobody"), passphrase="x"), SecondPersonNeeded),
    ],
)
def test_it_is_not_done_by_one_without_a_word(
    workspace: Workspace, second: SecondCheck | None, error: type[Exception]
) -> None:
    own, _, checklist = begin(workspace)
    with pytest.raises(error):
        record_step(own, checklist, "P91-1", StepState.DONE, second=second)
    found = own.log.checklists.get(checklist)
    assert found
    assert found.entries == ()


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("Pat Smith", "the lead, Pat Smith", False),
        ("Pat Smith", "Sam Example, tutor to Pat Smith", False),
        ("Pat Smith", "Pat Smithson", False),
        ("Pat", "Pat Example", False),
        ("Pat", "pat (lead)", True),
        ("", "Pat Example", False),
    ],
)
def test_somebody_is_named_by_their_whole_name_before_the_role(
    name: str, text: str, named: bool
) -> None:
    assert is_named(name, text) is named


def test_a_witness_or_a_reason_is_kept_and_told(workspace: Workspace) -> None:
    own, incident_id, checklist = begin(workspace)
    witness = SecondCheck(witness="  Sam  Example, tutor ")
    record_step(own, checklist, "P91-1", StepState.DONE, second=witness)
    assert said(own, checklist) == {
        SECOND_PERSON: "Sam Example, tutor", SECOND_HOW: "as a named witness"
    }  # fmt: skip
    alone = SecondCheck(alone_reason="Nobody else works here in August.")
    record_step(own, checklist, "P91-1", StepState.DONE, second=alone, again_reason=AGAIN)
    assert said(own, checklist) == {ALONE: "Nobody else works here in August."}
    line = show_chronology(own, incident_id)[-1].text
    assert "Checked by nobody else, because: Nobody else works here in August." in line


def test_a_colleague_checks_with_their_own_passphrase(two: Workspace) -> None:
    own, _, checklist = begin(two)
    ada = list_seconds(own)[0][0]
    wrong = SecondCheck(keyholder_id=ada, passphrase="not hers at all")
    with pytest.raises(WrongPassphrase):
        record_step(own, checklist, "P91-1", StepState.DONE, second=wrong)
    right = SecondCheck(keyholder_id=ada, passphrase=ADAS)
    record_step(own, checklist, "P91-1", StepState.DONE, second=right)
    assert said(own, checklist) == {
        SECOND_PERSON: "Ada Lee, Deputy", SECOND_HOW: "with their own passphrase"
    }  # fmt: skip


def test_leaving_it_out_or_a_step_for_one_takes_nobody_else(workspace: Workspace) -> None:
    own, _, checklist = begin(workspace)
    record_step(
        own, checklist, "P91-1", StepState.NOT_POSSIBLE, reason="The page has gone already."
    )
    record_step(own, checklist, "P91-2", StepState.DONE)
    assert said(own, checklist) == {}


def test_the_custody_record_names_who_checked_it(workspace: Workspace) -> None:
    own, incident_id, checklist = begin(workspace)
    second = SecondCheck(witness="Pat Smithson, head of centre")
    record_step(own, checklist, "P91-1", StepState.DONE, second=second)
    details = [
        json.loads(detail.detail)
        for entry, detail in own.log.custody.about([incident_id])
        if entry.action is Action.STEP_RECORDED and detail
    ]
    assert details[-1][SECOND_PERSON] == "Pat Smithson, head of centre"
