"""The tabs of the page about the organisation, and the forms that open from it."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.contacts import RECIPIENT_NAMES, Recipient
from desktop.domain.policy.own_copy import (
    ApprovedAccount,
    Centre,
    FreeDay,
    OwnContact,
    OwnDeadline,
    OwnRole,
    OwnStep,
)
from desktop.domain.steps.procedures import Length
from desktop.operations.organisation.keep_own_copy import (
    keep_account,
    keep_centre,
    keep_contact,
    keep_deadline,
    keep_free_day,
    keep_role,
    keep_step,
)
from desktop.operations.steps.in_force import own_copy
from desktop.operations.workspace import Workspace
from desktop.ui.organisation.standing_section import LeaveOutForm, StandingSection
from tests.stage import Stage

STEP = OwnStep(
    id="",
    procedure_id="P00",
    follows="P00-3",
    title="Ring the head of the centre",
    text="Say that something is under way, without names.",
    actor="DSL",
    recipients=(Recipient.OTHER,),
    source="Our safeguarding policy, section 4.",
)
DEADLINE = OwnDeadline(
    id="",
    step_id="P00-901",
    label="Ring the centre",
    length=Length.HOURS,
    amount=4,
    starts="became_aware_at",
)
ACCOUNT = ApprovedAccount(
    id="",
    platform="Example photo site",
    address="example.org/our-page",
    purpose="News for learners",
    looked_after_by="Jo Field",
    marked=False,
)


def fill_own_copy(workspace: Workspace) -> None:
    """Fill in a little of everything, once."""
    if own_copy(workspace).steps:
        return
    keep_role(workspace, OwnRole(role="DSL", holder="Pat Smith", deputy="Ada Reed"))
    keep_step(workspace, STEP)
    keep_deadline(workspace, DEADLINE)
    keep_centre(workspace, Centre(id="", name="North centre", lead="Jo Field"))
    keep_free_day(workspace, FreeDay(day=date(2026, 12, 29), name="Closed", proclaimed=False))
    keep_account(workspace, ACCOUNT)
    contact = OwnContact(
        id="", recipient=Recipient.LADO, label="LADO", address="01632 960 001",
        checked=date(2025, 1, 10),
    )  # fmt: skip
    keep_contact(workspace, contact)


def _tab(name: str, stage: Stage) -> QWidget:
    stage.open_log()
    stage.perform(fill_own_copy)
    stage.desk.open_log_section(name)
    stage.settle()
    return stage.window


def _danger(stage: Stage) -> QWidget:
    """Show the emergency numbers with those that the organisation entered itself."""
    _tab("contacts", stage)
    contact = OwnContact(
        id="",
        recipient=Recipient.CSC,
        label=RECIPIENT_NAMES[Recipient.CSC],
        address="01632 960 004",
        out_of_hours="01632 960 009, ask for the duty worker",
        checked=date(2026, 10, 1),
    )
    stage.perform(partial(keep_contact, contact=contact))
    stage.desk.go("Today")
    stage.window.danger_banner.toggle()
    stage.settle()
    return stage.window


def _form(name: str, button: str, stage: Stage) -> QWidget:
    _tab(name, stage)
    stage.press(button)
    return stage.dialog()


def _leave_out(stage: Stage) -> QWidget:
    """Ask about a round as it is asked about one that is late."""
    section = _tab("standing", stage).findChildren(StandingSection)[0]
    assert section.view is not None
    form = LeaveOutForm(section, section.view.standing[0])
    form.show_form()
    stage.settle()
    return form


ORGANISATION_SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("organisation-policy", partial(_tab, "policy")),
    ("danger-own-numbers", _danger),
    ("organisation-standing", partial(_tab, "standing")),
    ("organisation-standing-step", partial(_form, "standing", "standingS74Button")),
    ("organisation-leave-out", _leave_out),
    ("organisation-roles", partial(_tab, "roles")),
    ("organisation-role", partial(_form, "roles", "roleDSLButton")),
    ("organisation-contacts", partial(_tab, "contacts")),
    ("organisation-contact", partial(_form, "contacts", "addContactButton")),
    ("organisation-steps", partial(_tab, "steps")),
    ("organisation-step", partial(_form, "steps", "afterP002Button")),
    ("organisation-deadline", partial(_form, "steps", "deadlineP002Button")),
    ("organisation-take-out", partial(_form, "steps", "takeOutP00901Button")),
    ("organisation-days", partial(_tab, "days")),
    ("organisation-free-day", partial(_form, "days", "addFreeDayButton")),
    ("organisation-centres", partial(_tab, "centres")),
    ("organisation-centre", partial(_form, "centres", "addCentreButton")),
    ("organisation-accounts", partial(_tab, "accounts")),
    ("organisation-account", partial(_form, "accounts", "addAccountButton")),
    ("organisation-rules", partial(_tab, "rules")),
    ("organisation-rule", partial(_form, "rules", "switchCsaDutyButton")),
    ("organisation-sources", partial(_tab, "sources")),
    ("organisation-look", partial(_form, "sources", "lookS003Button")),
)
