"""An incident is moved again after a cut, after another, or with what came in meanwhile."""

from pathlib import Path

import pytest

from desktop.domain.errors import (
    NotAllowed,
    ReasonNeeded,
    WrongPassphrase,
)
from desktop.domain.evidence.items import ItemState
from desktop.domain.identifiers import IncidentId
from desktop.domain.incidents import IncidentStatus
from desktop.domain.links import Link, LinkState
from desktop.domain.log.custody import Action, first_break
from desktop.domain.log.retention import HoldKind
from desktop.domain.people import Role
from desktop.operations.browse_incidents import show_incident
from desktop.operations.checking.check_log import check_log
from desktop.operations.entering.open_log import lock_log
from desktop.operations.erasing.erase_record import erase_record
from desktop.operations.evidence.seal_item import seal_item
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.incident.keep_chronology import add_note, show_chronology
from desktop.operations.incident.keep_links import link_incident, show_links
from desktop.operations.incident.keep_people import involve_person
from desktop.operations.incident.keep_retention import enter_class, release_hold, set_hold
from desktop.operations.incident.record_incident import close_incident, save_draft, start_incident
from desktop.operations.intents import begin_intent
from desktop.operations.keys.second_person import SecondPerson
from desktop.operations.moving.move_incident import ASK_POLICE, RestrictedPlace
from desktop.operations.moving.plan_move import plan_move
from desktop.operations.moving.read_leaving import read_leaving
from desktop.operations.read_people import show_people
from desktop.operations.workspace import Workspace
from desktop.store.connection import open_connection
from desktop.store.tombstone_table import TombstoneRow
from tests.evidence_pieces import CHANGED, ignore, never
from tests.logs_on_disk import closing
from tests.operations.moving.moves import (
    actions_about,
    move,
    open_restricted,
    to,
)
from tests.operations.moving.small_moves import (
    CutOffError,
    attempt,
    cut_off_once_it_is_there,
    incident_id,
    still_here,
    there,
)

__all__ = ["incident_id", "there"]


def test_cut_off_between_both_it_is_moved_again_with_what_was_added(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    set_hold(workspace, incident_id, HoldKind.POLICE, "They look into it")
    with pytest.raises(CutOffError):
        attempt(workspace, incident_id, to(there), progress=cut_off_once_it_is_there)
    still_here(workspace, incident_id)
    (intent,) = workspace.log.intents.all()
    assert intent.what.endswith("it is still whole in this log. Move it again")
    add_note(workspace, incident_id, workspace.now(), "Said afterwards")
    save_draft(workspace, incident_id, "summary", "Half typed")
    (hold,) = workspace.log.holds.of(incident_id)
    release_hold(workspace, hold.id, "They are done")
    with closing(open_restricted(there)) as other:
        first = show_incident(other, incident_id).incident.number
        add_note(other, incident_id, other.now(), "Said over there")
    leaving = read_leaving(workspace, incident_id)
    close_incident(workspace, incident_id, outcome="Done", control_measure="Talk")
    move(workspace, incident_id, there)
    with closing(open_restricted(there)) as other:
        view = show_incident(other, incident_id)
        assert view.incident.number == first
        assert view.incident.closed_at is not None
        assert view.drafts["summary"] == "Half typed"
        texts = [line.text for line in show_chronology(other, incident_id)]
        for said in ("Said on the phone", "Said afterwards", "Said over there"):
            assert texts.count(said) == 1
        assert other.log.moving.missing(leaving.rows) == ()
        assert len(other.log.evidence.contents()) == 1
        assert [row.released_at for row in other.log.holds.of(incident_id)] == [workspace.now()]
        received = list(other.log.custody.walk())
        told = [e.commitment for e, _ in received if e.action is Action.ENTRY_RECEIVED]
        assert len(told) == len(set(told))
        assert actions_about(other, Action.ITEM_RECEIVED) == 1
        assert first_break(received) is None
    assert actions_about(workspace, Action.INCIDENT_MOVED) == 1


def test_what_was_altered_there_after_a_cut_is_brought_again(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    with pytest.raises(CutOffError):
        attempt(workspace, incident_id, to(there), progress=cut_off_once_it_is_there)
    with closing(open_restricted(there)) as other:
        path, key = there / "evidence" / "0001.db", other.keys.evidence_keys[1]
        other.contents.close()
        with open_connection(path, key, page_size=64 * 1024) as connection:
            connection.execute(CHANGED)
    with closing(open_restricted(there)) as other:
        assert not check_log(other, ignore, never).holds
    seal_item(workspace, list_items(workspace, incident_id)[0].id, "It may show her")
    with pytest.raises(ReasonNeeded) as caught:
        attempt(workspace, incident_id, to(there))
    assert caught.value.about == ASK_POLICE
    move(workspace, incident_id, there)
    with closing(open_restricted(there)) as other:
        assert check_log(other, ignore, never).holds
        (item,) = list_items(other, incident_id)
        assert item.state is ItemState.SEALED
        assert len(other.log.evidence.contents()) == 1


def test_what_was_erased_there_does_not_come_back(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    with pytest.raises(CutOffError):
        attempt(workspace, incident_id, to(there), progress=cut_off_once_it_is_there)
    with closing(open_restricted(there)) as other:
        close_incident(other, incident_id, outcome="Done", control_measure="Talk")
        enter_class(other, incident_id, "learner")
        erase_record(
            other, incident_id, reason="A trial", progress=ignore, cancelled=never,
            second=SecondPerson(witness="Sam Roe", witness_reason="alone"),
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        attempt(workspace, incident_id, to(there))
    still_here(workspace, incident_id)


def test_two_that_belong_together_move_one_after_the_other(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    other_id = start_incident(workspace, title="Before").incident_id
    (robin,) = show_people(workspace, incident_id).involvements
    involve_person(workspace, other_id, robin.person.id, Role.WITNESS)
    with workspace.log.transaction():
        workspace.log.links.insert(
            Link(
                id=workspace.new_id(), incident_id=other_id, other_id=incident_id,
                state=LinkState.LINKED, reason="The same account", at=workspace.now(), by="Pat",
            )
        )  # fmt: skip
    plan = plan_move(workspace, ignore, never, incident_id=incident_id)
    assert plan.people_staying == ("Robin",)
    assert len(plan.linked) == 1
    move(workspace, incident_id, there)
    assert workspace.log.links.of(other_id) == []
    assert show_people(workspace, other_id).involvements[0].person.name == "Robin"
    move(workspace, other_id, there)
    with closing(open_restricted(there)) as target:
        names = [
            [one.person.name for one in show_people(target, each).involvements]
            for each in (incident_id, other_id)
        ]
        assert names == [["Robin"], ["Robin"]]
        texts = [line.text for line in show_chronology(target, incident_id)]
        assert any("it was linked with" in text for text in texts)
        assert any("are those of that log. Why:" in text for text in texts)
        first, second = (
            show_incident(target, each).incident.number for each in (incident_id, other_id)
        )
        assert first != second
        # Both are here now: they are linked again, under the numbers that they have here.
        (link,) = show_links(target, incident_id).linked
        assert (link.number, link.reason) == (second, "The same account")
        said = [line.text for line in show_chronology(target, other_id)]
        assert f"Linked with incident {first}, which was {plan.number} in the usual log. " in (
            " ".join(text.removesuffix("Why: The same account") for text in said)
        )


def test_what_was_erased_there_is_not_linked_again(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    other_id = start_incident(workspace, title="Before").incident_id
    link_incident(workspace, incident_id, other_id, "The same account")
    move(workspace, incident_id, there)
    with closing(open_restricted(there)) as target, target.log.transaction():
        target.log.incidents.set_status(incident_id, IncidentStatus.CLOSED, target.now())
        target.log.tombstones.insert(
            TombstoneRow(
                incident_id=incident_id, at=target.now(), retention_class="", reason="",
                keyholder=target.keyholder.id, second_keyholder="", witness="",
                certificate="",
            )
        )  # fmt: skip
    move(workspace, other_id, there)
    with closing(open_restricted(there)) as target:
        assert target.log.links.of(other_id) == []


def test_what_happened_at_the_other_log_is_still_told(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    with pytest.raises(WrongPassphrase):
        attempt(workspace, incident_id, RestrictedPlace(folder=there, passphrase="other words"))
    other = open_restricted(there)
    begin_intent(other, "item", IncidentId(""), "A video")
    lock_log(other, was_shown=False)
    with pytest.raises(WrongPassphrase):
        attempt(workspace, incident_id, RestrictedPlace(folder=there, passphrase="other words"))
    moved = move(workspace, incident_id, there)
    assert moved.wrong_attempts == 1
    with closing(open_restricted(there)) as other:
        assert [intent.what for intent in other.log.intents.all()] == ["A video"]
