"""Says on record what is about to be kept, and takes it back where it comes to nothing."""

from collections.abc import Iterable
from contextlib import suppress
from functools import partial

from desktop.domain.errors import AppError
from desktop.domain.identifiers import IncidentId
from desktop.domain.log.custody import Action
from desktop.operations.workspace import Workspace
from desktop.store.contents import StoredContent
from desktop.store.export_table import IntentRow


def begin_intent(workspace: Workspace, kind: str, incident_id: IncidentId, what: str) -> str:
    """Record what is about to be kept; the next start tells of it if it is never ended.

    Returns the id of the intent. Called from the bytes thread.
    """
    intent_id = workspace.new_id()
    workspace.on_log(partial(_begin, workspace, kind, incident_id, what, intent_id))
    return intent_id


def take_back(workspace: Workspace, intent_id: str, contents: Iterable[StoredContent]) -> None:
    """End an intent that came to nothing, and clear away what was stored for it."""
    with suppress(AppError):
        workspace.on_log(partial(_end, workspace, intent_id))
        # Only now is it sure that no row names it, even if it was the disk that failed.
        clear_away(workspace, contents)


def clear_away(workspace: Workspace, contents: Iterable[StoredContent]) -> None:
    """Clear away what is not named; what cannot be is cleared away at the next start."""
    for content in contents:
        with suppress(AppError):
            workspace.contents.forget(content.content_id, content.file_number)


def _begin(
    workspace: Workspace, kind: str, incident_id: IncidentId, what: str, intent_id: str
) -> None:
    at = workspace.now()
    with workspace.log.transaction():
        workspace.log.intents.begin(
            IntentRow(id=intent_id, kind=kind, incident_id=incident_id, what=what, at=at)
        )
        workspace.note(Action.ITEM_INTENDED, incident_id, at, what=what)


def _end(workspace: Workspace, intent_id: str) -> None:
    with workspace.log.transaction():
        workspace.log.intents.end(intent_id)
