"""Keeps what belongs to the organisation itself: its name, whom it calls about a child."""

from dataclasses import dataclass

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.log.custody import Action
from desktop.domain.log.restricted import named_on_paper
from desktop.operations.workspace import Workspace

# The number that the banner about danger shows; the contact of children's services shows it too.
BANNER_NUMBER = "childrens_services"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The organisation as the log knows it; everything but the name may be empty."""

    name: str
    childrens_services: str


def show_organisation(workspace: Workspace) -> Organisation:
    """Return what is kept of the organisation."""
    settings = workspace.log.settings
    return Organisation(
        name=settings.get("organisation"), childrens_services=settings.get(BANNER_NUMBER)
    )


def name_on_paper(workspace: Workspace) -> str:
    """Return what the organisation is called on what leaves; a restricted log says that it is."""
    name = workspace.log.settings.get("organisation")
    return named_on_paper(name, restricted=workspace.restricted)


def change_childrens_services(workspace: Workspace, number: str) -> Changes:
    """Keep the telephone number of the children's services that the organisation calls."""
    with workspace.log.transaction():
        workspace.log.settings.set(BANNER_NUMBER, number.strip())
        workspace.note(
            Action.ORGANISATION_CHANGED,
            "organisation",
            workspace.now(),
            childrens_services=number.strip(),
        )
    return changed(Topic.ORGANISATION, Topic.CUSTODY)
