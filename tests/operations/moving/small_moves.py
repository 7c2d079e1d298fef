"""A small incident to move, attempts at it, and what ends one on its way."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.identifiers import IncidentId
from desktop.domain.log.custody import Action
from desktop.domain.people import Role
from desktop.operations.browse_incidents import show_incident
from desktop.operations.evidence.take_evidence import add_picture
from desktop.operations.incident.keep_chronology import add_note
from desktop.operations.incident.keep_people import add_person
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.keys.second_person import SecondPerson
from desktop.operations.moving.move_incident import RestrictedPlace, move_incident
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_no, a_png, ignore, never
from tests.operations.moving.moves import (
    ALONE,
    REASON,
    a_restricted_log,
    actions_about,
)


class CutOffError(Exception):
    """What ends a move where a kill would."""


@pytest.fixture
def incident_id(workspace: Workspace) -> IncidentId:
    one = start_incident(workspace, title="Messages at night").incident_id
    add_person(workspace, one, Role.TARGET, {"name": "Robin"})
    add_picture(
        workspace, one, a_no(workspace, one), a_png(), ItemKind.SCREEN, Method.SCREEN_CAPTURE,
        workspace.now(), ignore, never,
    )  # fmt: skip
    add_note(workspace, one, workspace.now(), "Said on the phone")
    return one


@pytest.fixture
def there(tmp_path: Path) -> Path:
    a_restricted_log(tmp_path / "stick")
    return tmp_path / "stick"


def attempt(
    workspace: Workspace,
    incident_id: IncidentId,
    place: RestrictedPlace,
    *,
    reason: str = REASON,
    second: SecondPerson = ALONE,
    progress: Callable[[float], None] = ignore,
    cancelled: Callable[[], bool] = never,
) -> None:
    move_incident(
        workspace, progress, cancelled, incident_id=incident_id, to=place, reason=reason,
        second=second,
    )  # fmt: skip


def still_here(workspace: Workspace, incident_id: IncidentId) -> None:
    assert show_incident(workspace, incident_id).title == "Messages at night"
    assert actions_about(workspace, Action.INCIDENT_MOVED) == 0


def cut_off_once_it_is_there(share: float) -> None:
    if share > 0.5:
        raise CutOffError
