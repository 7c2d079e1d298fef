"""A copy is confirmed by a second keyholder's passphrase, or by a named witness with a reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import (
    HeldBack,
    NotAllowed,
    ReasonNeeded,
    SecondPersonNeeded,
    WrongPassphrase,
)
from desktop.domain.identifiers import IncidentId, ItemId, KeyholderId
from desktop.domain.log.custody import Action
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log
from desktop.operations.evidence.confirm_derivative import confirm_derivative, find_confirmation
from desktop.operations.evidence.make_statement import hold_back
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.keys.keep_keyholders import add_keyholder
from desktop.operations.keys.second_person import SecondPerson, list_seconds
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.evidence_pieces import a_no, a_png, an_incident
from tests.logs_on_disk import environment, folder, new_log
from tests.operations.evidence.copies import cover, take
from tests.workspaces import own_procedures

__all__ = ["environment", "folder"]

ADAS = "nine oranges under a ladder"
WITNESS = SecondPerson(witness=" Sam Example, tutor ", witness_reason="no other keyholder today")


@pytest.fixture
def picture(workspace: Workspace, incident: IncidentId, tmp_path: Path) -> ItemId:
    return take(workspace, incident, tmp_path, "a.png", a_png())


def test_a_named_witness_confirms(
    workspace: Workspace, picture: ItemId, incident: IncidentId
) -> None:
    made = cover(workspace, picture)
    assert find_confirmation(workspace, made.item_id) is None
    confirm_derivative(workspace, made.item_id, second=WITNESS)
    found = find_confirmation(workspace, made.item_id)
    assert found
    assert found.by == "Sam Example, tutor"
    assert found.how == "as a named witness, because no other keyholder today"
    assert found.at == workspace.now()
    entry, detail = workspace.log.custody.about([made.item_id])[-1]
    assert entry.action is Action.DERIVATIVE_CONFIRMED
    assert detail
    assert made.sha256 in detail.detail
    line = show_chronology(workspace, incident)[-1]
    assert "Redacted copy PXS/1A confirmed by Sam Example, tutor" in line.text


@pytest.mark.parametrize(
    ("second", "error"),
    [
        (SecondPerson(), SecondPersonNeeded),
        (SecondPerson(witness="Sam Example"), ReasonNeeded),
        (SecondPerson(keyholder_id=KeyholderId("nobody"), passphrase="x"), SecondPersonNeeded),
        (SecondPerson(keyholder_id=KeyholderId("pat"), passphrase="x"), SecondPersonNeeded),
    ],
)
def test_nobody_confirms_alone(
    workspace: Workspace, picture: ItemId, second: SecondPerson, error: type[Exception]
) -> None:
    made = cover(workspace, picture)
    with pytest.raises(error):
        confirm_derivative(workspace, made.item_id, second=second)
    assert find_confirmation(workspace, made.item_id) is None


def test_an_original_is_not_confirmed(workspace: Workspace, picture: ItemId) -> None:
    with pytest.raises(NotAllowed):
        confirm_derivative(workspace, picture, second=WITNESS)


@pytest.fixture
def two(clock: FrozenClock, folder: Path) -> Iterator[Workspace]:
    """Open a log of a lead and a deputy."""
    made = create_log(
        Environment(clock=clock, procedures=own_procedures(), machine="a test computer"),
        new_log(folder),
    )
    add_keyholder(
        made, name="Ada Lee", title="Deputy", initials="AXL", role=KeyholderRole.DEPUTY,
        shown_as="Ada Lee", passphrase=ADAS,
    )  # fmt: skip
    yield made
    lock_log(made)


def test_a_second_keyholder_confirms_with_their_own_passphrase(
    two: Workspace, tmp_path: Path
) -> None:
    incident = an_incident(two)
    made = cover(two, take(two, incident, tmp_path, "a.png", a_png()))
    ada = list_seconds(two)[0][0]
    wrong = SecondPerson(keyholder_id=ada, passphrase="not hers at all")
    with pytest.raises(WrongPassphrase):
        confirm_derivative(two, made.item_id, second=wrong)
    assert find_confirmation(two, made.item_id) is None
    second = SecondPerson(keyholder_id=ada, passphrase=ADAS)
    confirm_derivative(two, made.item_id, second=second)
    found = find_confirmation(two, made.item_id)
    assert found
    assert (found.by, found.how) == ("Ada Lee, Deputy", "with their own passphrase")


def test_what_is_held_back_is_not_confirmed(workspace: Workspace, incident: IncidentId) -> None:
    hold_back(workspace, incident, a_no(workspace, incident), "photo.jpg", "Described")
    held = workspace.log.evidence.items(incident)[-1].id
    with pytest.raises(HeldBack):
        confirm_derivative(workspace, held, second=WITNESS)
