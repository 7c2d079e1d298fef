"""What Today says that belongs to no incident, or to more than a procedure: rounds, chases."""

from datetime import date, datetime
from pathlib import Path

from desktop.domain.calendar.quarters import quarter_of
from desktop.domain.contacts import ContactDetails, Recipient
from desktop.domain.people import PersonKind, Role
from desktop.operations.incident.keep_contacts import add_contact
from desktop.operations.incident.record_incident import save_draft, start_incident
from desktop.operations.leaving.issue_report import issue_report
from desktop.operations.organisation.keep_own_copy import choose_policy
from desktop.operations.organisation.keep_standing import leave_out_round
from desktop.operations.show_today import NO_FIGURES, TodayLine, show_today
from desktop.operations.steps.attach_procedure import attach_procedure, end_procedure
from desktop.operations.steps.follow_checklist import show_checklists
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.operations.case import Case

TRIGGERS = (
    "adult", "pressure", "capacity", "violent", "under_thirteen", "risk", "staff", "demand",
)  # fmt: skip
SUMMER, AUTUMN = "July to September 2026", "October to December 2026"


def _rounds(workspace: Workspace) -> list[TodayLine]:
    return [one for one in show_today(workspace).lines if one.incident_id is None]


def test_the_report_is_about_the_quarter_that_ended(workspace: Workspace, tmp_path: Path) -> None:
    (line,) = _rounds(workspace)
    assert (line.state, line.chip, line.target) == ("quarter", "By 31 Dec 2026", "report")
    assert line.title == f"Quarterly report: {SUMMER}"
    assert line.detail == f"{NO_FIGURES} Due by 31 Dec 2026"
    # One about the quarter that still runs is no answer to it.
    issue_report(workspace, quarter_of(date(2026, 11, 20)), tmp_path / "autumn.pdf")
    assert _rounds(workspace) == [line]
    issue_report(workspace, quarter_of(date(2026, 9, 1)), tmp_path / "summer.pdf")
    (line,) = _rounds(workspace)
    assert line.target == "standing"
    assert line.detail.startswith("It is issued. 0 of 7 steps recorded.")


def test_a_missed_report_is_late_until_it_is_left_out_with_a_reason(
    workspace: Workspace, clock: FrozenClock
) -> None:
    clock.advance(days=42)
    (line,) = _rounds(workspace)
    assert (line.state, line.chip, line.target) == ("late", "Late", "standing")
    assert line.title == f"Quarterly report: {SUMMER}"
    assert line.detail.endswith("Was due by 31 Dec 2026")
    clock.advance(days=80)
    assert [(one.state, one.title[-20:]) for one in _rounds(workspace)] == [
        ("late", SUMMER[-20:]), ("quarter", AUTUMN[-20:]),
    ]  # fmt: skip
    leave_out_round(workspace, "S7", SUMMER, "Nothing had been logged in these months yet")
    (line,) = _rounds(workspace)
    assert line.state == "quarter"
    assert line.detail.startswith("A draft can be looked at now.")


def test_where_the_policy_sets_no_such_limit_nothing_is_late(
    workspace: Workspace, clock: FrozenClock
) -> None:
    choose_policy(workspace, "alternative-provision")
    clock.advance(days=42)
    assert _rounds(workspace) == []
    choose_policy(workspace, "training-provider")
    assert [one.state for one in _rounds(workspace)] == ["late"]


def _states(workspace: Workspace, state: str) -> list[str]:
    return [one.title for one in show_today(workspace).lines if one.state == state]


def test_a_follow_up_stays_until_the_same_people_answered(
    workspace: Workspace, clock: FrozenClock
) -> None:
    incident_id = start_incident(workspace, title="Messages at night").incident_id

    def tell(person: str, *, answered: bool = True, again: str = "") -> None:
        details = ContactDetails(
            recipient=Recipient.PARENT,
            at=clock.now(),
            person=person,
            answered=answered,
            next_action=again,
            next_due=clock.now() if again else None,
        )
        add_contact(workspace, incident_id, details)
        clock.advance(hours=1)

    tell("Mother of A", answered=False, again="Ring the mother of A again")
    tell("Father of B")
    tell("Mother of A", answered=False)
    assert _states(workspace, "chase") == ["Ring the mother of A again"]
    (line,) = (one for one in show_today(workspace).lines if one.state == "chase")
    assert "Mother of A, asked" in line.detail
    tell("Mother of A")
    assert _states(workspace, "chase") == []


def test_a_parent_of_the_record_under_two_spellings_is_one(
    workspace: Workspace, clock: FrozenClock
) -> None:
    case = Case(workspace, clock, "Messages at night")

    def tell(person: str, *, again: str = "") -> None:
        details = ContactDetails(
            recipient=Recipient.PARENT,
            at=clock.now(),
            person=person,
            next_action=again,
            next_due=clock.now() if again else None,
        )
        add_contact(workspace, case.incident_id, details)
        clock.advance(hours=1)

    tell("Mrs Dana Green", again="Ring Dana again")
    tell("Green, Dana")
    assert _states(workspace, "chase") == ["Ring Dana again"]
    case.involve(Role.PARENT, PersonKind.PARENT, name="Dana Green")
    assert _states(workspace, "chase") == []


def test_what_was_typed_into_a_step_that_ended_leads_nowhere(workspace: Workspace) -> None:
    incident_id = start_incident(workspace, title="Messages at night").incident_id
    typed = "Something you were typing is kept, not yet entered"
    attach_procedure(workspace, incident_id, "P02", "Comments on a site")
    save_draft(workspace, incident_id, "form.step.P02-5", '{"note": "half a sentence"}')
    assert _states(workspace, "unfinished") == [typed]
    (only,) = (
        one
        for one in show_checklists(workspace, incident_id).checklists
        if one.procedure.id == "P02"
    )
    end_procedure(workspace, only.checklist.id, "It was not on a site after all")
    assert _states(workspace, "unfinished") == []
    save_draft(workspace, incident_id, "first_account", "half a sentence")
    assert _states(workspace, "unfinished") == [typed]


def test_the_police_are_named_before_anybody_enters_when_it_became_known(
    workspace: Workspace, clock: FrozenClock
) -> None:
    case = Case(workspace, clock, "A nude is being passed round")
    case.answer(T2="yes", T5="yes")
    case.do("P00-4", danger="no")
    case.do("P03-1", **dict.fromkeys(TRIGGERS, "not known"), device="no", already_here="no")
    clock.advance(hours=2)
    lines = show_today(workspace).lines
    now = {one.title: one for one in lines if one.chip == "Now"}
    assert {"Call the police now", "Refer to children's services"} <= set(now)
    assert "Call the police: now, logged 2 h ago" in now["Call the police now"].detail
    (lado,) = (one for one in lines if one.title.startswith("Tell the LADO"))
    assert lado.detail.endswith("counted from its logging (documented)")
    assert lines.index(now["Call the police now"]) < lines.index(lado)


def test_what_childrens_services_decide_is_asked_for_once(
    workspace: Workspace, clock: FrozenClock
) -> None:
    case = Case(workspace, clock, "Bruises, and a message about them")
    case.known(datetime(2026, 11, 20, 9))
    case.answer(T8="private")
    case.tell(Recipient.CSC)
    assert "P17" in case.running
    (due,) = case.clocks("D7")
    assert due.due_at is not None
    assert due.due_at.local.date() == date(2026, 11, 23)
    asked = [one for one in show_today(workspace).lines if "decision" in one.detail]
    assert [(one.state, one.target, one.target_id) for one in asked] == [("due", "step", "P17-1")]
    assert asked[0].detail.endswith("(documented)")
    assert _states(workspace, "chase") == []
    clock.advance(days=4)
    (late,) = (one for one in show_today(workspace).lines if one.target_id == "P17-1")
    assert late.state == "late"
    case.tell(Recipient.CSC)
    assert len(_states(workspace, "chase")) == 1, "what was told later has a day of its own"
    case.tell(Recipient.CSC, "P17-1", late="Nobody answered", decision="No further action")
    assert _states(workspace, "chase") == []
    assert "P17-1" not in {one.target_id for one in show_today(workspace).lines}
