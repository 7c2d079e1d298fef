"""What is kept of the organisation."""

from desktop.domain.changes import Topic
from desktop.domain.log.custody import Action
from desktop.operations.organisation.keep_organisation import (
    change_childrens_services,
    show_organisation,
)
from desktop.operations.workspace import Workspace


def test_the_number_is_kept_and_noted(workspace: Workspace) -> None:
    assert show_organisation(workspace).childrens_services == ""
    changes = change_childrens_services(workspace, " 020 7946 0000 ")
    assert changes.touch(None, Topic.ORGANISATION)
    kept = show_organisation(workspace)
    assert kept.name == "Example Training"
    assert kept.childrens_services == "020 7946 0000"
    *_, (entry, _detail) = workspace.log.custody.walk()
    assert entry.action is Action.ORGANISATION_CHANGED
