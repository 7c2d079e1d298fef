"""Keeps what an organisation enters of its own policy; every change stays, with who and when."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import TypeVar

from desktop.domain.calendar.bank_holidays import Nation
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.contacts import RECIPIENT_NAMES, Recipient
from desktop.domain.errors import NotFound, OwnEntryUnfit, ReasonNeeded
from desktop.domain.log.custody import Action
from desktop.domain.policy.own_copy import (
    ApprovedAccount,
    Centre,
    FreeDay,
    OwnContact,
    OwnDeadline,
    OwnLook,
    OwnRole,
    OwnStep,
)
from desktop.domain.policy.own_text import check_own, next_deadline_id, next_step_id
from desktop.domain.policy.own_values import OwnTopic, write_entry, write_weekdays
from desktop.operations.program_files import POLICIES
from desktop.operations.steps.attach_procedure import attach_what_applies, facts_before
from desktop.operations.steps.in_force import look_at_procedures, own_copy
from desktop.operations.workspace import Workspace
from desktop.store.organisation_table import OrganisationRow

_SWITCHED = "A rule to confirm was turned on or off under Organisation"
# The contact whose number is needed in haste has one id in every log, and is never there twice.
CHILDRENS_SERVICES = "childrens_services"

Entry = TypeVar("Entry", OwnContact, OwnStep, OwnDeadline, ApprovedAccount)


def choose_policy(workspace: Workspace, policy_id: str) -> Changes:
    """Follow this policy from now on; incidents that run already stay under theirs.

    Raises NotFound.
    """
    if policy_id not in POLICIES:
        raise NotFound(f"policy {policy_id}")
    return _keep(workspace, OwnTopic.POLICY, "", policy_id)


def keep_role(workspace: Workspace, role: OwnRole) -> Changes:
    """Keep what a role is called and who fills it."""
    said = role.title or role.holder or role.deputy
    return _keep(workspace, OwnTopic.ROLE, role.role, write_entry(role) if said else "")


def say_osc_is_dsl(workspace: Workspace, *, same: bool) -> Changes:
    """Keep whether the online safety coordinator and the DSL are one person."""
    return _keep(workspace, OwnTopic.OSC, "", "yes" if same else "no")


def keep_contact(workspace: Workspace, contact: OwnContact) -> Changes:
    """Keep somebody to reach; one without an id is new."""
    named = (contact.recipient, contact.label) == (Recipient.CSC, RECIPIENT_NAMES[Recipient.CSC])
    fresh = CHILDRENS_SERVICES if named else workspace.new_id()
    kept = contact if contact.id else replace(contact, id=fresh)
    return _keep(workspace, OwnTopic.CONTACT, kept.id, write_entry(kept))


def check_contact(workspace: Workspace, contact: OwnContact) -> Changes:
    """Note that a contact was found to be right today."""
    return keep_contact(workspace, replace(contact, checked=_today(workspace)))


def drop_contact(workspace: Workspace, contact_id: str) -> Changes:
    """Take a contact off the list."""
    _found(own_copy(workspace).contacts, contact_id, "contact")
    return _keep(workspace, OwnTopic.CONTACT, contact_id, "")


def keep_step(workspace: Workspace, step: OwnStep) -> Changes:
    """Keep a step of our own; one without an id is new.

    Raises NotFound or OwnEntryUnfit.
    """
    own = own_copy(workspace)
    used = workspace.log.organisation.names(OwnTopic.STEP)
    kept = step if step.id else replace(step, id=next_step_id(step.procedure_id, used))
    procedure = workspace.procedures.get(kept.procedure_id)
    if procedure is None:
        raise NotFound(f"procedure {kept.procedure_id}")
    check_own(procedure, [kept], [])
    unfit = look_at_procedures(workspace).misfits
    others = [one for one in own.steps if one.id != kept.id and one not in unfit]
    check_own(procedure, [*others, kept], [one for one in own.deadlines if one not in unfit])
    return _keep(workspace, OwnTopic.STEP, kept.id, write_entry(kept))


def drop_step(workspace: Workspace, step_id: str, reason: str) -> Changes:
    """Take a step of our own out of its procedure; where it runs already, it stays."""
    _need(reason, "step")
    own = own_copy(workspace)
    _found(own.steps, step_id, "step")
    with workspace.log.transaction():
        for deadline in own.deadlines:
            if deadline.step_id == step_id:
                _write(workspace, OwnTopic.DEADLINE, deadline.id, "", reason)
        _write(workspace, OwnTopic.STEP, step_id, "", reason)
    return _changes()


def keep_deadline(workspace: Workspace, deadline: OwnDeadline) -> Changes:
    """Keep a local deadline; one without an id is new.

    Raises NotFound or OwnEntryUnfit.
    """
    own = own_copy(workspace)
    used = workspace.log.organisation.names(OwnTopic.DEADLINE)
    fresh = next_deadline_id(deadline.step_id, used)
    kept = deadline if deadline.id else replace(deadline, id=fresh)
    procedure = workspace.procedures.get(kept.procedure_id)
    if procedure is None:
        raise NotFound(f"procedure {kept.procedure_id}")
    unfit = look_at_procedures(workspace).misfits
    others = [one for one in own.deadlines if one.id != kept.id and one not in unfit]
    check_own(procedure, [one for one in own.steps if one not in unfit], [*others, kept])
    return _keep(workspace, OwnTopic.DEADLINE, kept.id, write_entry(kept))


def drop_deadline(workspace: Workspace, deadline_id: str, reason: str) -> Changes:
    """Take a local deadline away; where it runs already, it stays."""
    _need(reason, "deadline")
    _found(own_copy(workspace).deadlines, deadline_id, "deadline")
    return _keep(workspace, OwnTopic.DEADLINE, deadline_id, "", reason)


def choose_nation(workspace: Workspace, nation: Nation) -> Changes:
    """Count the bank holidays of this nation."""
    return _keep(workspace, OwnTopic.NATION, "", nation.value)


def choose_weekdays(workspace: Workspace, days: Collection[int]) -> Changes:
    """Keep on which days of the week (Monday is 0) we work; it counts for local deadlines.

    Raises ReasonNeeded.
    """
    if not days:
        raise ReasonNeeded("working days")
    return _keep(workspace, OwnTopic.WEEKDAYS, "", write_weekdays(days))


def keep_free_day(workspace: Workspace, free_day: FreeDay) -> Changes:
    """Keep a day on which nobody works."""
    name = free_day.day.isoformat()
    return _keep(workspace, OwnTopic.FREE_DAY, name, write_entry(free_day))


def drop_free_day(workspace: Workspace, day: date) -> Changes:
    """Take a free day away again."""
    return _keep(workspace, OwnTopic.FREE_DAY, day.isoformat(), "")


def keep_centre(workspace: Workspace, centre: Centre) -> Changes:
    """Keep a centre; one without an id is new. Raises OwnEntryUnfit where it has no name."""
    if not centre.name.strip():
        raise OwnEntryUnfit(("The centre has no name. Write what it is called.",))
    kept = centre if centre.id else replace(centre, id=workspace.new_id())
    return _keep(workspace, OwnTopic.CENTRE, kept.id, write_entry(kept))


def drop_centre(workspace: Workspace, centre_id: str) -> Changes:
    """Take a centre off the list; records that name it keep its name."""
    return _keep(workspace, OwnTopic.CENTRE, centre_id, "")


def keep_account(workspace: Workspace, account: ApprovedAccount) -> Changes:
    """Keep an approved account; one without an id is new."""
    kept = account if account.id else replace(account, id=workspace.new_id())
    return _keep(workspace, OwnTopic.ACCOUNT, kept.id, write_entry(kept))


def check_account(workspace: Workspace, account_id: str) -> Changes:
    """Note that an approved account was looked at today, and is as written."""
    account = _found(own_copy(workspace).accounts, account_id, "account")
    return keep_account(workspace, replace(account, checked=_today(workspace)))


def turn_switch(workspace: Workspace, switch_id: str, *, on: bool, reason: str) -> Changes:
    """Turn on or off a rule that is not certain in law, saying on what advice.

    What it calls for joins the incidents that are open, at once: nobody has to touch them first.
    Raises NotFound.
    """
    _need(reason, "switch")
    if switch_id not in workspace.data.switches.ids:
        raise NotFound(f"rule {switch_id}")
    rows = workspace.log.incidents.unfinished()
    before = {row.id: facts_before(workspace, row.id) for row in rows}
    with workspace.log.transaction():
        value = reason.strip() if on else ""
        _write(workspace, OwnTopic.SWITCH, switch_id, value, reason)
        for row in rows:
            attach_what_applies(workspace, row.id, _SWITCHED, before=before[row.id])
    return changed(Topic.ORGANISATION, Topic.CHECKLIST, Topic.CHRONOLOGY, Topic.CUSTODY)


def look_at_source(workspace: Workspace, reference: str, found: str) -> Changes:
    """Note what somebody found who looked today whether a source still says the same."""
    _need(found, "source")
    look = OwnLook(reference=reference, day=_today(workspace), found=found.strip())
    return _keep(workspace, OwnTopic.LOOK, reference, write_entry(look))


def _keep(
    workspace: Workspace, topic: OwnTopic, name: str, value: str, reason: str = ""
) -> Changes:
    with workspace.log.transaction():
        _write(workspace, topic, name, value, reason)
    return _changes()


def _write(workspace: Workspace, topic: OwnTopic, name: str, value: str, reason: str = "") -> None:
    """Add the entry and its custody entry, inside the caller's transaction."""
    at = workspace.now()
    workspace.log.organisation.insert(
        OrganisationRow(topic.value, name, value, at, workspace.keyholder.id)
    )
    detail = {"topic": topic.value, "name": name, "value": value, "reason": reason}
    workspace.note(Action.ORGANISATION_CHANGED, "organisation", at, **detail)


def _changes() -> Changes:
    return changed(Topic.ORGANISATION, Topic.CHECKLIST, Topic.CUSTODY)


def _need(reason: str, about: str) -> None:
    if not reason.strip():
        raise ReasonNeeded(about)


def _found(entries: Collection[Entry], wanted: str, about: str) -> Entry:
    for entry in entries:
        if entry.id == wanted:
            return entry
    raise NotFound(about)


def _today(workspace: Workspace) -> date:
    return workspace.now().local.date()
