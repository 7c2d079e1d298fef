"""Gathers what the page about the organisation shows: its copy, the policies, what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.policy.laws import Laws
from desktop.domain.policy.own_copy import OwnContact, OwnCopy, OwnDeadline, OwnStep
from desktop.domain.policy.own_values import OwnTopic
from desktop.domain.policy.policies import Policy, Service
from desktop.domain.policy.sources import Source, Sources, overdue_sources
from desktop.domain.policy.switches import Switches
from desktop.domain.steps.procedures import Procedure
from desktop.domain.steps.standing import StandingWork
from desktop.operations.organisation.keep_organisation import show_organisation
from desktop.operations.organisation.keep_standing import show_standing
from desktop.operations.steps.in_force import look_at_procedures, own_copy, titles
from desktop.operations.workspace import Workspace

DRAFTS = "organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """Somebody to reach: as the policy names them, as the organisation filled it in, or both."""

    service: Service | None
    contact: OwnContact

    @property
    def address(self) -> str:
        """The number or address that counts: our own before the public one."""
        return self.contact.address or (self.service.address if self.service else "")

    def needs_look(self, today: date) -> bool:
        """Say whether a number of our own was not looked at for a year."""
        return bool(self.contact.address) and self.contact.is_old(today)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView:
    """Everything that the page shows; `reasons` are those for which switches were turned on.

    `shipped` are the procedures as they come with the program, `procedures` as they run here;
    `misfits` is what was added and fits no longer; `overdue` are sources past their review date.
    """

    organisation: str
    own: OwnCopy
    policy: Policy
    policies: tuple[Policy, ...]
    titles: Mapping[str, str]
    contacts: tuple[ContactLine, ...]
    shipped: Mapping[str, Procedure]
    procedures: Mapping[str, Procedure]
    misfits: tuple[OwnStep | OwnDeadline, ...]
    switches: Switches
    reasons: Mapping[str, str]
    today: date
    sources: Sources
    laws: Laws
    overdue: tuple[Source, ...]
    standing: tuple[StandingWork, ...]


def show_own_copy(workspace: Workspace) -> OwnView:
    """Return what is entered so far, and what it stands beside."""
    own, here = own_copy(workspace), look_at_procedures(workspace)
    rows = workspace.log.organisation.current(OwnTopic.SWITCH)
    return OwnView(
        organisation=show_organisation(workspace).name,
        own=own,
        policy=workspace.data.policy(own.policy_id),
        policies=workspace.data.policies,
        titles=titles(workspace),
        contacts=list_contacts(workspace),
        shipped=workspace.procedures,
        procedures=here.procedures,
        misfits=here.misfits,
        switches=workspace.data.switches,
        reasons={row.name: row.value for row in rows},
        today=workspace.now().local.date(),
        sources=workspace.data.sources,
        laws=workspace.data.laws,
        overdue=list_overdue(workspace),
        standing=show_standing(workspace),
    )


def list_contacts(workspace: Workspace) -> tuple[ContactLine, ...]:
    """Return whom the policy names, filled in as far as that goes, then the further ones."""
    own = own_copy(workspace)
    named = [_line(one, own.contacts) for one in workspace.data.policy(own.policy_id).services]
    taken = {line.contact.id for line in named if line.contact.id}
    further = [
        ContactLine(service=None, contact=one) for one in own.contacts if one.id not in taken
    ]
    return (*named, *further)


def _line(service: Service, contacts: Iterable[OwnContact]) -> ContactLine:
    here = (service.recipient, service.label)
    empty = OwnContact(id="", recipient=service.recipient, label=service.label)
    found = next((one for one in contacts if (one.recipient, one.label) == here), empty)
    return ContactLine(service=service, contact=found)


def list_centres(workspace: Workspace) -> tuple[str, ...]:
    """Return the names of the organisation's centres."""
    return tuple(one.name for one in own_copy(workspace).centres)


def list_overdue(workspace: Workspace) -> tuple[Source, ...]:
    """Return the sources past their review date that nobody here looked at within a year.

    Until a policy is chosen the strictest is followed, and with it every policy there is.
    """
    own, today = own_copy(workspace), workspace.now().local.date()
    followed = workspace.data.policy(own.policy_id).sources
    return tuple(
        one
        for one in overdue_sources(workspace.data.sources, today, followed)
        if not own.has_looked(one.reference, today)
    )


def read_drafts(workspace: Workspace) -> Mapping[str, str]:
    """Return what was typed about the organisation and is not entered yet."""
    return workspace.log.drafts.of(DRAFTS)
