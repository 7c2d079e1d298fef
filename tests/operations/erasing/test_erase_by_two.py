"""An erasure in a log with real keys: both passphrases are checked, the next start finishes it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.calendar.quarters import quarter_of
from desktop.domain.errors import (
    AppError,
    DiskFull,
    NotFound,
    SecondPersonNeeded,
    WrongPassphrase,
)
from desktop.domain.identifiers import IncidentId, KeyholderId
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import add_backup_place
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log, unlock_with_passphrase
from desktop.operations.erasing.erase_record import Erased, erase_with_passphrase, show_certificate
from desktop.operations.keys.keep_keyholders import add_keyholder
from desktop.operations.keys.second_person import SecondPerson, list_seconds
from desktop.operations.leaving.gather_figures import gather_facts
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.evidence_pieces import ignore, never
from tests.logs_on_disk import PASSPHRASE, environment, folder, new_log
from tests.operations.erasing.erasures import CANARY, PICTURE, Case, a_case, erase
from tests.raw_pages import raw_pages
from tests.small_disk import small_disk
from tests.workspaces import close_workspace, make_workspace, own_procedures

__all__ = ["environment", "folder", "small_disk"]

ADAS, READERS = "nine oranges under a ladder", "four lamps beside a harbour"


@pytest.fixture
def two(clock: FrozenClock, folder: Path) -> Iterator[Workspace]:
    """Open a log of a lead, a deputy and a reader."""
    made = create_log(
        Environment(clock=clock, procedures=own_procedures(), machine="a test computer"),
        new_log(folder),
    )
    for name, initials, role, passphrase in (
        ("Ada Lee", "AXL", KeyholderRole.DEPUTY, ADAS),
        ("Rae Moss", "RXM", KeyholderRole.READER, READERS),
    ):
        add_keyholder(
            made, name=name, title="Deputy", initials=initials, role=role, shown_as=name,
            passphrase=passphrase,
        )  # fmt: skip
    yield made
    lock_log(made)


def ada(workspace: Workspace) -> KeyholderId:
    return list_seconds(workspace)[0][0]


def erase_by(
    workspace: Workspace, incident_id: IncidentId, own: str, second: SecondPerson
) -> Erased:
    return erase_with_passphrase(
        workspace,
        ignore,
        never,
        incident_id=incident_id,
        passphrase=own,
        reason="Its review was due",
        second=second,
    )


def files(workspace: Workspace) -> bytes:
    place = workspace.keys.folder
    log = raw_pages(place.log_file, workspace.keys.derive("log.db"))
    evidence = raw_pages(
        place.evidence_file(1), workspace.keys.evidence_keys[1], page_size=64 * 1024
    )
    return b"".join(log) + b"".join(evidence)


def test_both_passphrases_erase_and_both_names_stand_on_the_certificate(
    two: Workspace, tmp_path: Path
) -> None:
    case = a_case(two)
    (tmp_path / "backups").mkdir()
    add_backup_place(two, tmp_path / "backups")
    back_up(two, ignore, never)
    assert [words for _, words in list_seconds(two)] == ["Ada Lee, Deputy"]
    second = SecondPerson(keyholder_id=ada(two), passphrase=ADAS)
    erased = erase_by(two, case.incident_id, PASSPHRASE, second)
    assert erased.is_cleared
    assert erased.certificate.second == "Ada Lee, Deputy"
    assert not erased.certificate.second_is_witness
    assert [one.count for one in erased.backups] == [1]
    assert show_certificate(two, case.incident_id) == erased.certificate
    with pytest.raises(NotFound):
        show_certificate(two, case.other_id)
    left = files(two)
    assert CANARY.encode() not in left
    assert PICTURE[:16] not in left


def test_a_wrong_passphrase_of_either_or_a_reader_erases_nothing(two: Workspace) -> None:
    case = a_case(two)
    readers = next(row.id for row in two.log.keyholders.current() if row.name == "Rae Moss")
    witness = SecondPerson(witness="Sam Roe", witness_reason="alone")
    attempts: tuple[tuple[str, SecondPerson, type[AppError]], ...] = (
        ("wrong words", witness, WrongPassphrase),
        (PASSPHRASE, SecondPerson(keyholder_id=ada(two), passphrase="wrong"), WrongPassphrase),
        (PASSPHRASE, SecondPerson(keyholder_id=readers, passphrase=READERS), SecondPersonNeeded),
    )
    for own, second, error in attempts:
        with pytest.raises(error):
            erase_by(two, case.incident_id, own, second)
    assert two.log.tombstones.get(case.incident_id) is None


def test_an_erasure_that_was_cut_off_is_finished_when_the_log_is_next_opened(
    clock: FrozenClock, folder: Path
) -> None:
    environment = Environment(clock=clock, procedures=own_procedures(), machine="a computer")
    made = create_log(environment, new_log(folder))
    case = a_case(made)
    in_the_way = folder / "evidence" / "0001.db.new"
    in_the_way.mkdir()
    witness = SecondPerson(witness="Sam Roe", witness_reason="alone")
    assert not erase_by(made, case.incident_id, PASSPHRASE, witness).is_cleared
    lock_log(made)
    in_the_way.rmdir()
    again = unlock_with_passphrase(environment, folder, PASSPHRASE)
    try:
        assert not again.log.tombstones.not_cleared()
        left = files(again)
        assert CANARY.encode() not in left
        assert PICTURE[:16] not in left
    finally:
        lock_log(again)


def test_a_quarter_still_counts_an_erased_record_by_its_days(
    workspace: Workspace, clock: FrozenClock
) -> None:
    case: Case = a_case(workspace)
    quarter = quarter_of(clock.now().local.date())
    before = gather_facts(workspace, quarter, ignore, never)
    erase(workspace, case.incident_id)
    after = gather_facts(workspace, quarter, ignore, never)
    assert len(after) == len(before)
    assert {(one.logged_on, one.closed_on) for one in after} == {
        (one.logged_on, one.closed_on) for one in before
    }


def test_a_full_disk_is_noticed_before_anything_is_erased(
    small_disk: Path, clock: FrozenClock
) -> None:
    made = make_workspace(small_disk / "log", clock, own_procedures())
    try:
        case = a_case(made)
        ballast = small_disk / "ballast"
        free = shutil.disk_usage(small_disk).free
        ballast.write_bytes(bytes(free - 2_000_000))
        with pytest.raises(DiskFull):
            erase(made, case.incident_id)
        assert made.log.tombstones.get(case.incident_id) is None
        ballast.unlink()
        assert erase(made, case.incident_id).is_cleared
    finally:
        close_workspace(made)
