"""Today says how the log itself is: what is late, what is due, what is good."""

from dataclasses import replace

import pytest

from desktop.domain.contacts import Recipient
from desktop.domain.errors import ReasonNeeded
from desktop.domain.incidents import IncidentStatus
from desktop.domain.log.custody import Action, Head
from desktop.domain.policy.own_copy import OwnContact, OwnStep
from desktop.operations.checking.check_log import check_log
from desktop.operations.incident.keep_retention import enter_class
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.keys.change_keys import RECOVERY_KEY_TRIED_AT
from desktop.operations.log_state import LogStateLine, show_log_state
from desktop.operations.organisation.keep_organisation import change_childrens_services
from desktop.operations.organisation.keep_own_copy import (
    check_contact,
    choose_policy,
    keep_contact,
    keep_step,
    look_at_source,
)
from desktop.operations.steps.in_force import own_copy
from desktop.operations.workspace import Workspace
from desktop.store.backup_table import (
    FAILED,
    MADE,
    NOT_THERE,
    BackupPlaceRow,
    BackupRunRow,
)
from tests.clocks import FrozenClock


def _lines(workspace: Workspace, section: str = "") -> list[LogStateLine]:
    return [line for line in show_log_state(workspace) if section in {"", line.section}]


def _place(workspace: Workspace, path: str = "/media/stick") -> str:
    place_id = workspace.new_id()
    workspace.log.backups.insert_place(BackupPlaceRow(place_id, path, workspace.now()))
    return place_id


def _run(workspace: Workspace, place_id: str, outcome: str, detail: str = "") -> str:
    run_id = workspace.new_id()
    workspace.log.backups.insert_run(
        BackupRunRow(
            id=run_id, place_id=place_id, at=workspace.now(), outcome=outcome, detail=detail,
            head=Head(1, "a" * 64),
        )
    )  # fmt: skip
    return run_id


def _titles(workspace: Workspace, section: str) -> list[tuple[str, str]]:
    return [(line.state, line.title) for line in _lines(workspace, section)]


def test_a_log_without_a_place_for_backups_says_so(workspace: Workspace) -> None:
    assert _titles(workspace, "backup") == [("due", "No backup")]
    start_incident(workspace, title="Something")
    assert _titles(workspace, "backup") == [("late", "No backup")]


def test_a_backup_counts_as_good_only_once_it_is_proved(
    workspace: Workspace, clock: FrozenClock
) -> None:
    place = _place(workspace)
    assert _titles(workspace, "backup") == [("late", "No backup")]
    run = _run(workspace, place, MADE)
    assert _titles(workspace, "backup") == [("due", "Backup never tried")]
    workspace.log.backups.set_proved(run, workspace.now())
    assert _titles(workspace, "backup") == [("good", "Backup proved")]
    assert "20 Nov 2026, 09:30" in _lines(workspace, "backup")[0].detail
    clock.advance(days=31)
    assert _titles(workspace, "backup") == [
        ("late", "No backup for long"), ("due", "Try a restore again"),
    ]  # fmt: skip
    _run(workspace, place, MADE)
    assert _titles(workspace, "backup") == [("due", "Try a restore again")]


def test_a_backup_that_failed_is_said_until_one_is_made(workspace: Workspace) -> None:
    place = _place(workspace)
    _run(workspace, place, MADE)
    _run(workspace, place, FAILED, "The disk is full.")
    line = _lines(workspace, "backup")[0]
    assert (line.state, line.title) == ("late", "A backup did not work")
    assert line.detail.endswith("The disk is full.")
    _run(workspace, place, MADE)
    assert _titles(workspace, "backup") == [("due", "Backup never tried")]


def test_a_place_that_is_not_there_for_long_is_said(
    workspace: Workspace, clock: FrozenClock
) -> None:
    never, stick = _place(workspace, "/media/never"), _place(workspace, "/media/stick")
    _run(workspace, stick, MADE)
    clock.advance(days=13)
    _run(workspace, never, NOT_THERE)
    _run(workspace, stick, NOT_THERE)
    titles = [title for _, title in _titles(workspace, "backup")]
    assert "A place for backups is not there" not in titles
    clock.advance(days=2)
    missing = [line for line in _lines(workspace, "backup") if line.title.startswith("A place")]
    assert len(missing) == 2
    assert "was last there 20 Nov 2026" in missing[0].detail
    workspace.log.backups.remove_place(never, workspace.now())
    missing = [line for line in _lines(workspace, "backup") if line.title.startswith("A place")]
    assert len(missing) == 1


def test_the_check_ages(workspace: Workspace, clock: FrozenClock) -> None:
    assert _titles(workspace, "check") == [("due", "Not checked yet")]
    check_log(workspace, lambda _: None, lambda: False)
    assert _titles(workspace, "check") == [("good", "Log unchanged")]
    clock.advance(days=31)
    assert _titles(workspace, "check") == [("due", "Check the log again")]
    connection = workspace.log._connection
    connection.execute("DROP TRIGGER custody_entry_stays")
    connection.execute("UPDATE custody_entry SET subject = 'other' WHERE number = 1")
    check_log(workspace, lambda _: None, lambda: False)
    assert _titles(workspace, "check") == [("late", "Look at this")]


def test_a_clock_set_back_is_said_in_words(workspace: Workspace) -> None:
    workspace.log.settings.set("clock_behind", workspace.now().to_text())
    line = _lines(workspace)[0]
    assert (line.state, line.title) == ("late", "This computer's clock was set back")
    assert "20 Nov 2026, 09:30" in line.detail


def test_the_number_that_danger_needs_is_asked_for(workspace: Workspace) -> None:
    asked = ("due", "Enter the number of your children's services")
    assert _titles(workspace, "contacts") == [asked]
    change_childrens_services(workspace, "01632 960 004")
    assert asked not in _titles(workspace, "contacts")
    change_childrens_services(workspace, "")
    assert asked in _titles(workspace, "contacts")


def test_wrong_attempts_are_told_once(workspace: Workspace) -> None:
    def note(action: Action) -> None:
        with workspace.log.transaction():
            workspace.note(action, "log", workspace.now())

    note(Action.LOG_OPENED)
    note(Action.LOG_LOCKED)
    note(Action.WRONG_ATTEMPTS)
    note(Action.LOG_OPENED)
    assert _titles(workspace, "keys") == [("due", "A wrong passphrase was typed")]
    note(Action.LOG_LOCKED)
    note(Action.LOG_OPENED)
    assert _titles(workspace, "keys") == []


def test_the_recovery_key_is_due_after_a_year(workspace: Workspace, clock: FrozenClock) -> None:
    clock.advance(days=364)
    assert _titles(workspace, "keys") == []
    clock.advance(days=1)
    assert _titles(workspace, "keys") == [("due", "Try the recovery key")]
    assert "20 Nov 2026" in _lines(workspace, "keys")[0].detail
    workspace.log.settings.set(RECOVERY_KEY_TRIED_AT, workspace.now().to_text())
    assert _titles(workspace, "keys") == []


@pytest.mark.parametrize(("count", "words"), [(1, "1 record is due"), (2, "2 records are due")])
def test_reviews_that_are_due_are_counted(
    workspace: Workspace, clock: FrozenClock, count: int, words: str
) -> None:
    for _ in range(count):
        incident = start_incident(workspace, title="Old").incident_id
        workspace.log.incidents.set_status(incident, IncidentStatus.CLOSED, workspace.now())
        enter_class(workspace, incident, "no-concern")
    assert _titles(workspace, "retention") == []
    clock.advance(days=60 * 365)
    assert [line.state for line in _lines(workspace, "retention")] == ["due"]
    assert words in _lines(workspace, "retention")[0].detail


def test_the_policy_is_asked_for_until_one_is_chosen(workspace: Workspace) -> None:
    assert _titles(workspace, "policy") == [("due", "Choose the policy you follow")]
    choose_policy(workspace, "training-provider")
    assert _titles(workspace, "policy") == []


def test_numbers_that_nobody_checked_for_a_year_are_due(
    workspace: Workspace, clock: FrozenClock
) -> None:
    change_childrens_services(workspace, "01632 960 004")
    services = own_copy(workspace).contacts[0]
    assert services.recipient is Recipient.CSC
    check_contact(workspace, services)
    assert _titles(workspace, "contacts") == []
    for number in range(5):
        label = f"Number {number}"
        keep_contact(
            workspace,
            OwnContact(id="", recipient=Recipient.OTHER, label=label, address="01632 960 000"),
        )
    (line,) = _lines(workspace, "contacts")
    assert line.detail == (
        "Nobody noted within a year that these are right: Number 0, Number 1, Number 2 and others."
    )
    for contact in own_copy(workspace).contacts:
        check_contact(workspace, contact)
    assert _titles(workspace, "contacts") == []
    clock.advance(days=366)
    assert _titles(workspace, "contacts") == [("due", "Check your contacts")]


def test_sources_past_their_review_are_due_until_somebody_looked(workspace: Workspace) -> None:
    assert _titles(workspace, "sources") == []
    choose_policy(workspace, "strictest")
    (line,) = _lines(workspace, "sources")
    assert line.title == "Look again at your sources"
    for reference in ("S002", "S003", "S004"):
        with pytest.raises(ReasonNeeded):
            look_at_source(workspace, reference, " ")
        look_at_source(workspace, reference, "Still the same")
    assert _titles(workspace, "sources") == []


def test_a_step_of_ours_that_no_longer_fits_is_said(workspace: Workspace) -> None:
    def step(procedure_id: str) -> OwnStep:
        return OwnStep(
            id="", procedure_id=procedure_id, follows="", title="Ring", text="Ring.", actor="DSL"
        )

    keep_step(workspace, step("P01"))
    assert _titles(workspace, "steps") == []
    fewer = {name: one for name, one in workspace.procedures.items() if name != "P01"}
    (line,) = _lines(replace(workspace, procedures=fewer), "steps")
    assert line.title == "Look at your own steps"
    assert line.detail.startswith("1 of your own steps or deadlines no longer fits,")
    keep_step(workspace, step("P01"))
    (line,) = _lines(replace(workspace, procedures=fewer), "steps")
    assert line.detail.startswith("2 of your own steps or deadlines no longer fit,")
