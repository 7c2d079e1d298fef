"""A move is refused, stopped or cut off: the incident is whole here, and can be moved again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.custody import Action, first_break
from desktop.domain.errors import (
    Cancelled,
    ItemsAltered,
    LogDamaged,
    LogInUse,
    LogMissing,
    NotAllowed,
    NotFound,
    NotPermitted,
    ReasonNeeded,
    RecordMoved,
    SecondPersonNeeded,
    WrongPassphrase,
)
from desktop.domain.evidence import ItemKind, ItemState, Method
from desktop.domain.identifiers import IncidentId, KeyholderId
from desktop.domain.links import Link, LinkState
from desktop.domain.people import Role
from desktop.domain.retention import HoldKind
from desktop.domain.roles import KeyholderRole
from desktop.operations.browse_incidents import show_incident
from desktop.operations.check_log import check_log
from desktop.operations.erase_record import SecondPerson, erase_record, show_certificate
from desktop.operations.keep_chronology import add_note, show_chronology
from desktop.operations.keep_keyholders import add_keyholder, show_keys
from desktop.operations.keep_people import add_person, involve_person, show_people
from desktop.operations.keep_retention import enter_class, list_erased, release_hold, set_hold
from desktop.operations.move_incident import ASK_POLICE, RestrictedPlace, move_incident
from desktop.operations.plan_move import plan_move
from desktop.operations.read_leaving import read_leaving
from desktop.operations.receive_incident import prove_received
from desktop.operations.record_incident import close_incident, save_draft, start_incident
from desktop.operations.seal_item import seal_item
from desktop.operations.take_evidence import add_picture
from desktop.operations.view_evidence import list_items
from desktop.operations.workspace import Keyholder, Workspace
from desktop.store.connection import open_connection
from desktop.store.contents import StoredContent
from desktop.store.evidence_table import ContentRow
from tests.evidence_pieces import CHANGED, a_no, a_png, ignore, never, spoil
from tests.logs_on_disk import closing
from tests.operations.moves import (
    ALONE,
    REASON,
    THERE,
    a_restricted_log,
    actions_about,
    move,
    open_restricted,
    to,
)

DEPUTY = "four lamps beside a stove"


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


def test_what_is_missing_is_asked_for(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    with pytest.raises(ReasonNeeded):
        attempt(workspace, incident_id, to(there), reason=" ")
    with pytest.raises(SecondPersonNeeded):
        attempt(workspace, incident_id, to(there), second=SecondPerson())
    with pytest.raises(ReasonNeeded):
        attempt(workspace, incident_id, to(there), second=SecondPerson(witness="Sam Roe"))
    with pytest.raises(NotFound):
        attempt(workspace, IncidentId("0" * 32), to(there))
    still_here(workspace, incident_id)


def test_only_a_restricted_log_that_opens_takes_it(
    workspace: Workspace, incident_id: IncidentId, there: Path, tmp_path: Path
) -> None:
    with pytest.raises(WrongPassphrase):
        attempt(workspace, incident_id, RestrictedPlace(folder=there, passphrase="other words"))
    with pytest.raises(LogMissing):
        attempt(workspace, incident_id, to(tmp_path / "nowhere"))
    with pytest.raises(LogInUse):
        attempt(workspace, incident_id, to(tmp_path / "log"))
    a_restricted_log(tmp_path / "usual", restricted=False)
    with pytest.raises(NotAllowed):
        attempt(workspace, incident_id, to(tmp_path / "usual"))
    with closing(open_restricted(there)), pytest.raises(LogInUse):
        attempt(workspace, incident_id, to(there))
    still_here(workspace, incident_id)
    move(workspace, incident_id, there)
    with pytest.raises(RecordMoved):
        attempt(workspace, incident_id, to(there))
    with pytest.raises(NotFound):
        show_certificate(workspace, incident_id)
    assert list_erased(workspace) == ()


def test_nothing_moves_out_of_a_restricted_log(
    workspace: Workspace, there: Path, tmp_path: Path
) -> None:
    with closing(open_restricted(there)) as restricted:
        one = start_incident(restricted, title="Another").incident_id
        with pytest.raises(NotAllowed):
            attempt(restricted, one, to(tmp_path / "log"))
        assert isinstance(
            plan_move(restricted, ignore, never, incident_id=one).in_the_way, NotAllowed
        )


def test_a_reader_may_not_move_it(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    me = workspace.keyholder
    reader = Keyholder(me.id, me.name, me.title, me.initials, KeyholderRole.READER)
    with pytest.raises(NotPermitted):
        attempt(replace(workspace, keyholder=reader), incident_id, to(there))
    still_here(workspace, incident_id)


def test_a_reader_of_the_restricted_log_may_not_either(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    reader = let_in(there, KeyholderRole.READER)
    place = RestrictedPlace(folder=there, passphrase=DEPUTY, keyholder_id=reader)
    with pytest.raises(NotPermitted):
        attempt(workspace, incident_id, place)
    still_here(workspace, incident_id)


def test_the_second_person_is_another_keyholder_of_the_restricted_log(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    deputy = let_in(there, KeyholderRole.DEPUTY)
    second = SecondPerson(keyholder_id=deputy, passphrase="other words")
    with pytest.raises(WrongPassphrase):
        attempt(workspace, incident_id, to(there), second=second)
    second = SecondPerson(keyholder_id=workspace.keyholder.id, passphrase=THERE)
    with pytest.raises(SecondPersonNeeded):
        attempt(workspace, incident_id, to(there), second=second)
    still_here(workspace, incident_id)
    second = SecondPerson(keyholder_id=deputy, passphrase=DEPUTY)
    attempt(workspace, incident_id, to(there), second=second)
    with closing(open_restricted(there)) as other:
        assert '"second":"Ada Deputy, Deputy"' in receipt(other)
        # Who wrote in the usual log has no key here, and is not shown as if they had one.
        assert {line.name for line in show_keys(other).keyholders} == {"Lee Other", "Ada Deputy"}
        assert show_incident(other, incident_id).incident.logged_by == "Pat Smith"


def test_who_and_why_are_kept_there(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    second = SecondPerson(witness="Sam Roe, governor", witness_reason="no other keyholder")
    attempt(workspace, incident_id, to(there), second=second)
    with closing(open_restricted(there)) as other:
        assert "Sam Roe, governor, because no other keyholder" in receipt(other)
        assert REASON in receipt(other)


def test_it_can_be_stopped_while_it_is_copied(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    with pytest.raises(Cancelled):
        attempt(workspace, incident_id, to(there), cancelled=lambda: True)
    still_here(workspace, incident_id)
    assert workspace.log.intents.all() == []
    with closing(open_restricted(there)) as other:
        assert other.log.incidents.all() == []
        assert other.contents.remove_orphans(frozenset()) == 0
    move(workspace, incident_id, there)


def test_what_is_not_what_was_entered_does_not_move(
    workspace: Workspace, incident_id: IncidentId, there: Path, tmp_path: Path
) -> None:
    workspace.contents.forget_pages()
    spoil(tmp_path / "log", CHANGED)
    with pytest.raises(ItemsAltered) as caught:
        attempt(workspace, incident_id, to(there))
    assert caught.value.marks == ("PXS/1",)
    still_here(workspace, incident_id)


def cut_off_once_it_is_there(share: float) -> None:
    if share > 0.5:
        raise CutOffError


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


def test_what_is_entered_meanwhile_goes_along(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    entered: list[str] = []

    def enter_once(share: float) -> None:
        if share > 0.5 and not entered:
            entered.append("Entered meanwhile")
            add_note(workspace, incident_id, workspace.now(), entered[0])

    attempt(workspace, incident_id, to(there), progress=enter_once)
    with closing(open_restricted(there)) as other:
        texts = [line.text for line in show_chronology(other, incident_id)]
        assert texts.count("Entered meanwhile") == 1


def test_what_does_not_arrive_whole_is_not_taken_out_here(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    add_picture(
        workspace, incident_id, a_no(workspace, incident_id), b"another " * 400_000,
        ItemKind.SCREEN, Method.SCREEN_CAPTURE, workspace.now(), ignore, never,
    )  # fmt: skip

    def spoil_there(share: float) -> None:
        if share > 0.5:
            for file in (there / "evidence").iterdir():
                if not file.name.endswith("-shm"):
                    file.write_bytes(bytes(file.stat().st_size))

    with pytest.raises(ItemsAltered) as caught:
        attempt(workspace, incident_id, to(there), progress=spoil_there)
    assert caught.value.marks[0] in {"PXS/1", "PXS/2"}
    still_here(workspace, incident_id)


def test_what_is_not_there_is_not_proved(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    leaving = read_leaving(workspace, incident_id)
    with closing(open_restricted(there)) as other, pytest.raises(LogDamaged):
        prove_received(other, leaving, {row.id: a_content(row) for row in leaving.contents})


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
        numbers = {show_incident(target, each).incident.number for each in (incident_id, other_id)}
        assert len(numbers) == 2


def a_content(row: ContentRow) -> StoredContent:
    return StoredContent(row.id, row.file_number, row.fingerprint)


def receipt(workspace: Workspace) -> str:
    return next(
        detail.detail
        for entry, detail in workspace.log.custody.walk()
        if entry.action is Action.INCIDENT_RECEIVED and detail
    )


def let_in(folder: Path, role: KeyholderRole) -> KeyholderId:
    """Let somebody else open the restricted log."""
    with closing(open_restricted(folder)) as other:
        add_keyholder(
            other, name="Ada Deputy", title="Deputy", initials="AXD", role=role,
            shown_as="Deputy", passphrase=DEPUTY,
        )  # fmt: skip
        return next(row.id for row in other.log.keyholders.all() if row.name == "Ada Deputy")
