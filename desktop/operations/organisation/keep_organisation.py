"""Keeps what belongs to the organisation itself: its name, whom it calls about a child."""

from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.changes import Changes
from desktop.domain.contacts import RECIPIENT_NAMES, Recipient
from desktop.domain.log.restricted import named_on_paper
from desktop.domain.policy.own_copy import OwnContact, ServiceNumbers
from desktop.operations.organisation.keep_own_copy import CHILDRENS_SERVICES, keep_contact
from desktop.operations.steps.in_force import own_copy
from desktop.operations.workspace import Workspace

LABEL = RECIPIENT_NAMES[Recipient.CSC]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The organisation as the log knows it; `numbers` are those of children's services."""

    name: str
    numbers: ServiceNumbers
    today: date

    @property
    def childrens_services(self) -> str:
        """The telephone number of children's services; '' where none is entered."""
        return self.numbers.number


def show_organisation(workspace: Workspace) -> Organisation:
    """Return what is kept of the organisation."""
    return Organisation(
        name=workspace.log.settings.get("organisation"),
        numbers=own_copy(workspace).numbers_of(Recipient.CSC, LABEL),
        today=workspace.now().local.date(),
    )


def name_on_paper(workspace: Workspace) -> str:
    """Return what the organisation is called on what leaves; a restricted log says that it is."""
    name = workspace.log.settings.get("organisation")
    return named_on_paper(name, restricted=workspace.restricted)


def change_childrens_services(workspace: Workspace, number: str) -> Changes:
    """Keep the telephone number of the children's services that the organisation calls.

    It is the number of their contact: a new one has not been checked by anybody yet.
    """
    empty = OwnContact(id=CHILDRENS_SERVICES, recipient=Recipient.CSC, label=LABEL)
    ours = [one for one in own_copy(workspace).contacts if one.recipient is Recipient.CSC]
    kept = next((one for one in ours if one.label == LABEL), empty)
    checked = kept.checked if kept.address == number.strip() else None
    return keep_contact(workspace, replace(kept, address=number.strip(), checked=checked))
