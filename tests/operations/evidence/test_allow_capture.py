"""That others may see the window is on record."""

from desktop.domain.changes import Topic
from desktop.domain.log.custody import Action
from desktop.operations.evidence.allow_capture import allow_capture
from desktop.operations.workspace import Workspace


def test_it_is_on_record_for_how_long(workspace: Workspace) -> None:
    changes = allow_capture(workspace, 15)
    assert changes.touch(None, Topic.CUSTODY)
    entry, detail = list(workspace.log.custody.walk())[-1]
    assert entry.action is Action.SCREEN_CAPTURE_ALLOWED
    assert detail
    assert detail.detail == '{"minutes":15}'
