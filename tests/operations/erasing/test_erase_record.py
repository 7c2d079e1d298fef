"""A record is erased by two people: what stays, what goes, and nothing of it in any page."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import (
    AppError,
    Cancelled,
    InstructionNeeded,
    NotAllowed,
    NotFound,
    NotPermitted,
    OnHold,
    ReasonNeeded,
    RecordErased,
    SecondPersonNeeded,
)
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.log.certificates import read_certificate
from desktop.domain.log.custody import Action, first_break
from desktop.domain.log.retention import HoldKind, PoliceInstruction
from desktop.domain.log.roles import KeyholderRole
from desktop.domain.people import Role
from desktop.operations.browse_incidents import list_incidents, show_incident
from desktop.operations.erasing.erase_record import (
    erase_record,
)
from desktop.operations.erasing.finish_erasures import finish_erasures
from desktop.operations.erasing.plan_erasure import enter_instruction, plan_erasure
from desktop.operations.evidence.make_statement import hold_back, make_statement
from desktop.operations.incident.keep_chronology import add_note
from desktop.operations.incident.keep_links import end_link, link_incident
from desktop.operations.incident.keep_people import edit_person, involve_person
from desktop.operations.incident.keep_retention import (
    enter_class,
    list_erased,
    list_reviews,
    release_hold,
    set_hold,
    show_retention,
)
from desktop.operations.incident.record_incident import (
    close_incident,
    reopen_incident,
    save_draft,
    start_incident,
)
from desktop.operations.read_people import list_people
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.evidence_pieces import ignore, never
from tests.operations.erasing.erasures import (
    CANARY,
    OTHER,
    PICTURE,
    SHARED,
    WITNESS,
    Case,
    case,
    erase,
    pages,
    word,
)
from tests.workspaces import (
    close_workspace,
    open_workspace,
    own_procedures,
)

__all__ = ["case"]


def test_nothing_of_it_is_in_any_page_or_journal(
    workspace: Workspace, case: Case, tmp_path: Path
) -> None:
    before = pages(tmp_path / "log")
    assert CANARY.encode() in before
    assert PICTURE[:3000] in before
    shares: list[float] = []
    erased = erase_record(
        workspace,
        case.incident_id,
        reason="Its review was due",
        second=WITNESS,
        progress=shares.append,
        cancelled=never,
    )
    assert erased.is_cleared
    assert shares == sorted(shares)
    assert shares[-1] == 1
    left = pages(tmp_path / "log")
    assert CANARY.encode() not in left
    assert PICTURE[:16] not in left
    assert SHARED[:16] in left
    assert OTHER[:16] in left
    assert b"Another incident" in left
    assert b"Kim Stays" in left
    close_workspace(workspace)
    assert sorted(one.name for one in (tmp_path / "log" / "evidence").iterdir()) == ["0001.db"]


def test_what_stays_is_number_days_hashes_and_names_of_those_who_erased(
    workspace: Workspace, case: Case, clock: FrozenClock
) -> None:
    logged = next(one for one in list_incidents(workspace) if one.id == case.incident_id)
    clock.advance(days=1)
    erased = erase(workspace, case.incident_id)
    facts = erased.certificate
    tombstone = workspace.log.tombstones.get(case.incident_id)
    assert tombstone is not None
    assert tombstone.cleared_at is not None
    assert read_certificate(tombstone.certificate) == facts
    assert facts.number == logged.number
    assert [one.mark for one in facts.contents] == ["PXS/1"]
    assert facts.kept == 1
    assert facts.authorised_by == "Pat Smith, Designated safeguarding lead"
    assert facts.second == "Sam Roe, head, because there is no other keyholder"
    assert facts.second_is_witness
    assert facts.retention_class == "Safeguarding of a learner"
    entries = list(workspace.log.custody.walk())
    assert first_break(entries) is None
    named, detail = next(one for one in entries if one[0].number == facts.head.number)
    assert named.action is Action.RECORD_ERASED
    assert named.own == facts.head.own
    assert detail is not None
    assert facts.contents[0].sha256 in detail.detail
    line = next(one for one in list_incidents(workspace) if one.id == case.incident_id)
    assert line.erased_at == workspace.now()
    assert (line.number, line.title, line.logged_at) == (logged.number, "", logged.logged_at)
    assert [one.number for one in list_erased(workspace)] == [logged.number]
    assert case.incident_id not in {one.incident_id for one in list_reviews(workspace)}


def test_entries_of_custody_stay_and_only_its_details_are_empty(
    workspace: Workspace, case: Case
) -> None:
    before = [entry for entry, _ in workspace.log.custody.walk()]
    erase(workspace, case.incident_id)
    after = list(workspace.log.custody.walk())
    assert [entry for entry, _ in after][: len(before)] == before
    subjects = workspace.log.tombstones.subjects()
    single = workspace.log.tombstones.entries()
    assert case.incident_id in subjects
    assert case.alone in subjects
    assert case.shared not in subjects
    assert single
    for entry, detail in after[: len(before)]:
        gone = entry.subject in subjects or entry.number in single
        assert (detail is None) is gone
    about_shared = [pair for pair in after if pair[0].subject == case.shared]
    assert [detail is None for _, detail in about_shared] == [False, False, True]


def test_people_who_occur_elsewhere_stay_and_the_others_go(
    workspace: Workspace, case: Case
) -> None:
    erase(workspace, case.incident_id)
    lines = list_people(workspace)
    assert [line.person.name for line in lines] == ["Kim Stays"]
    assert [role for _, _, role in lines[0].incidents] == [Role.TARGET]


def test_nothing_of_it_opens_again_or_comes_back(workspace: Workspace, case: Case) -> None:
    erase(workspace, case.incident_id)
    one = case.incident_id
    with pytest.raises(RecordErased):
        show_incident(workspace, one)
    with pytest.raises(RecordErased):
        reopen_incident(workspace, one, "again")
    with pytest.raises(RecordErased):
        add_note(workspace, one, workspace.now(), "note")
    with pytest.raises(RecordErased):
        erase(workspace, one)
    with pytest.raises(RecordErased):
        involve_person(workspace, one, case.shared, Role.REPORTER)
    save_draft(workspace, one, "support", "typed while it went")
    save_draft(workspace, case.alone, "form.person", "typed while it went")
    assert workspace.log.drafts.subjects() == []
    with pytest.raises(NotFound):
        edit_person(workspace, case.other_id, case.alone, {"name": "Robin again"})


def test_the_plan_says_what_goes_and_what_stays(workspace: Workspace, case: Case) -> None:
    plan = plan_erasure(workspace, case.incident_id)
    assert (plan.exhibits, plan.contents, plan.shared, plan.contacts) == (2, 1, 1, 1)
    assert plan.people == (word("Robin"),)
    assert plan.people_staying == ("Kim Stays",)
    assert plan.entries
    assert plan.linked == ()
    assert plan.in_the_way is None
    assert plan.is_early


def test_the_plan_names_the_records_that_keep_a_line_about_a_link(
    workspace: Workspace, case: Case
) -> None:
    link_incident(workspace, case.other_id, case.incident_id, "The same people")
    end_link(workspace, case.incident_id, case.other_id, "They are others")
    other = show_incident(workspace, case.other_id).incident.number
    assert plan_erasure(workspace, case.incident_id).linked == (other,)


def refused(workspace: Workspace, case: Case, kind: type[AppError], **changed: str) -> AppError:
    before = workspace.log.custody.head()
    second = replace(WITNESS, **changed)  # type: ignore[arg-type]
    with pytest.raises(kind) as caught:
        erase(workspace, case.incident_id, second)
    assert workspace.log.custody.head() == before
    assert show_incident(workspace, case.incident_id).title == word("title")
    return caught.value


def test_a_hold_forbids_it_until_it_is_released(workspace: Workspace, case: Case) -> None:
    set_hold(workspace, case.incident_id, HoldKind.POLICE, "they asked us to")
    error = refused(workspace, case, OnHold)
    assert isinstance(error, OnHold)
    assert error.reasons == ("Police investigation: they asked us to",)
    hold = show_retention(workspace, case.incident_id).line.holds[0]
    release_hold(workspace, hold.id, "they are done")
    assert erase(workspace, case.incident_id).is_cleared


def test_an_open_one_is_closed_first_and_classed(workspace: Workspace, case: Case) -> None:
    reopen_incident(workspace, case.incident_id, "something new")
    refused(workspace, case, NotAllowed)
    other = case.other_id
    close_incident(workspace, other, outcome="None", control_measure="None")
    with pytest.raises(NotAllowed) as caught:
        erase(workspace, other)
    assert "no class" in caught.value.about


def test_held_back_items_need_an_instruction_of_the_police(
    workspace: Workspace, tmp_path: Path
) -> None:
    one = start_incident(workspace, word("first words.")).incident_id
    made = make_statement(workspace, one, GateAnswer.YES, [word("listed")], Concern.CHILD_IMAGE)
    hold_back(workspace, one, made.statement.id, word("held"))
    close_incident(workspace, one, outcome=word("o"), control_measure=word("c"))
    enter_class(workspace, one, "child-abuse")
    with pytest.raises(InstructionNeeded) as caught:
        erase(workspace, one)
    assert caught.value.marks == ("PXS/1",)
    said = PoliceInstruction(
        force="Example Police",
        officer="DC Lee",
        reference=" ",
        given_on=workspace.now().local.date(),
    )
    with pytest.raises(ReasonNeeded):
        enter_instruction(workspace, one, said)
    enter_instruction(workspace, one, replace(said, reference="AB/12"))
    assert plan_erasure(workspace, one).in_the_way is None
    erased = erase(workspace, one)
    assert "Example Police, DC Lee, reference AB/12" in erased.certificate.reason
    assert CANARY.encode() not in pages(tmp_path / "log")


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        (SecondPersonNeeded, {"witness": " "}),
        (ReasonNeeded, {"witness_reason": ""}),
        (SecondPersonNeeded, {"keyholder_id": "pat", "passphrase": "x"}),
        (SecondPersonNeeded, {"keyholder_id": "nobody", "passphrase": "x"}),
    ],
)
def test_one_person_alone_does_not_erase(
    workspace: Workspace, case: Case, kind: type[AppError], changed: dict[str, str]
) -> None:
    refused(workspace, case, kind, **changed)


def test_it_takes_a_reason_a_lead_and_can_be_stopped_before_it_begins(
    workspace: Workspace, case: Case
) -> None:
    def attempt(one: Workspace, reason: str, *, stop: bool) -> None:
        erase_record(
            one,
            case.incident_id,
            reason=reason,
            second=WITNESS,
            progress=ignore,
            cancelled=lambda: stop,
        )

    with pytest.raises(ReasonNeeded):
        attempt(workspace, " ", stop=False)
    deputy = replace(workspace.keyholder, role=KeyholderRole.DEPUTY)
    with pytest.raises(NotPermitted):
        attempt(replace(workspace, keyholder=deputy), "due", stop=False)
    with pytest.raises(Cancelled):
        attempt(workspace, "due", stop=True)
    assert show_incident(workspace, case.incident_id).title == word("title")


def test_what_a_crash_left_is_cleared_at_the_next_start(
    workspace: Workspace, case: Case, clock: FrozenClock, tmp_path: Path
) -> None:
    folder = tmp_path / "log"
    broken = folder / "evidence" / "0001.db.new"
    broken.mkdir()
    erased = erase(workspace, case.incident_id)
    assert not erased.is_cleared
    assert workspace.log.tombstones.not_cleared()
    broken.rmdir()
    close_workspace(workspace)
    again = open_workspace(folder, clock, own_procedures())
    try:
        assert finish_erasures(again)
        assert finish_erasures(again)
        assert not again.log.tombstones.not_cleared()
        left = pages(folder)
        assert CANARY.encode() not in left
        assert PICTURE[:16] not in left
    finally:
        close_workspace(again)
