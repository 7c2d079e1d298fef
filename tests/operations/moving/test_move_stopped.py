"""A move is refused or stopped: the incident is whole here, as it was."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import (
    Cancelled,
    DiskFull,
    FolderNotWritable,
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
from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.identifiers import IncidentId, KeyholderId
from desktop.domain.log.custody import Action
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.browse_incidents import show_incident
from desktop.operations.erasing.erase_record import show_certificate
from desktop.operations.evidence.take_evidence import add_file, add_picture
from desktop.operations.incident.keep_chronology import add_note, show_chronology
from desktop.operations.incident.keep_retention import list_erased
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.keys.keep_keyholders import add_keyholder, show_keys
from desktop.operations.keys.second_person import SecondPerson
from desktop.operations.moving.move_incident import RestrictedPlace
from desktop.operations.moving.plan_move import plan_move
from desktop.operations.moving.read_leaving import read_leaving
from desktop.operations.moving.receive_incident import prove_received
from desktop.operations.workspace import Keyholder, Workspace
from desktop.store.contents import StoredContent
from desktop.store.evidence_table import ContentRow
from tests.evidence_pieces import CHANGED, a_no, ignore, never, spoil
from tests.logs_on_disk import closing
from tests.operations.moving.moves import (
    REASON,
    THERE,
    a_restricted_log,
    move,
    open_restricted,
    to,
)
from tests.operations.moving.small_moves import (
    attempt,
    incident_id,
    still_here,
    there,
)
from tests.small_disk import make_read_only, small_disk

__all__ = ["incident_id", "small_disk", "there"]

DEPUTY = "four lamps beside a stove"


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


@pytest.mark.parametrize("witness", ["Lee Other", " lee  other, chair of governors", "Pat Smith"])
def test_nobody_is_the_witness_of_their_own_move(
    workspace: Workspace, incident_id: IncidentId, there: Path, witness: str
) -> None:
    second = SecondPerson(witness=witness, witness_reason="nobody else may know")
    with pytest.raises(NotAllowed):
        attempt(workspace, incident_id, to(there), second=second)
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


def test_a_stick_that_is_full_leaves_it_here(
    workspace: Workspace, incident_id: IncidentId, small_disk: Path, tmp_path: Path
) -> None:
    a_restricted_log(small_disk / "Log")
    video = tmp_path / "video.bin"
    with video.open("wb") as file:
        file.truncate(70 * 1024 * 1024)
    add_file(
        workspace, incident_id, a_no(workspace, incident_id), video, Method.PICKER, ignore, never
    )
    with pytest.raises(DiskFull):
        attempt(workspace, incident_id, to(small_disk / "Log"))
    still_here(workspace, incident_id)
    with closing(open_restricted(small_disk / "Log")) as other:
        assert other.log.incidents.all() == []
        assert other.contents.held_in(1) == frozenset()


def test_a_stick_that_cannot_be_written_to_leaves_it_here(
    workspace: Workspace, incident_id: IncidentId, small_disk: Path
) -> None:
    a_restricted_log(small_disk / "Log")
    make_read_only(small_disk)
    with pytest.raises(FolderNotWritable):
        attempt(workspace, incident_id, to(small_disk / "Log"))
    still_here(workspace, incident_id)
