"""A restore gives back everything a backup holds, names what it does not, and replaces nothing."""

import errno
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop.domain.errors import (
    BackupDamaged,
    BackupMissing,
    Cancelled,
    DiskFailed,
    DiskFull,
    FolderNotWritable,
    FolderUnsuitable,
    LogExists,
    LogInUse,
    WrongPassphrase,
    WrongRecoveryKey,
)
from desktop.domain.log.custody import Action, first_break
from desktop.domain.steps.procedures import Procedure
from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import add_backup_place
from desktop.operations.checking.check_log import check_log
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import (
    lock_log,
    unlock_with_passphrase,
    unlock_with_recovery_key,
)
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.practice_case import fill_case
from desktop.operations.rescuing.restore_log import Restored, find_backups, restore_log
from desktop.store.backup_folder import find_folders
from tests.clocks import FrozenClock
from tests.evidence_pieces import ignore, never
from tests.logs_on_disk import (
    PASSPHRASE,
    RECOVERY_KEY,
    actions_in,
    bytes_of,
    closing,
    folder,
    new_log,
)
from tests.small_disk import small_disk

__all__ = ["folder", "small_disk"]


@pytest.fixture
def environment(clock: FrozenClock, procedures: Mapping[str, Procedure]) -> Environment:
    return Environment(clock=clock, procedures=procedures, machine="a test computer")


@pytest.fixture
def place(tmp_path: Path, environment: Environment, folder: Path) -> Path:
    """Return where the backup of a filled log lies; the log is locked again."""
    place = tmp_path / "stick"
    place.mkdir()
    with closing(create_log(environment, new_log(folder))) as workspace:
        fill_case(workspace)
        add_backup_place(workspace, place)
        back_up(workspace, ignore, never)
    return place


def restored(environment: Environment, place: Path, target: Path, **how: str) -> Restored:
    backup = find_backups(place)[0].path
    how = how or {"recovery_key": RECOVERY_KEY}
    return restore_log(environment, backup, target, progress=ignore, cancelled=never, **how)


@pytest.mark.parametrize("how", [{"recovery_key": RECOVERY_KEY}, {"passphrase": PASSPHRASE}])
def test_the_log_comes_back_whole(
    environment: Environment, place: Path, folder: Path, how: dict[str, str], tmp_path: Path
) -> None:
    shutil.rmtree(folder)
    before = bytes_of(place)
    answer = restored(environment, place, folder, **how)
    assert bytes_of(place) == before
    assert answer.folder == folder
    assert answer.kept is None
    assert answer.sentence == (
        "The log is back as it was on 20 Nov 2026, 09:30. New incidents are numbered from "
        "2026-0102, so that no number is given twice."
    )
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        check = check_log(workspace, ignore, never)
        assert check.holds
        assert check.items == 4
        assert Action.LOG_RESTORED in actions_in(workspace)
        assert first_break(workspace.log.custody.walk()) is None
        assert start_incident(workspace, title="Next").number == "2026-0102"
        assert start_incident(workspace, title="Next").number == "2026-0103"
        environment.clock.advance(days=100)  # type: ignore[attr-defined]
        assert start_incident(workspace, title="Next year").number == "2027-0001"
        assert back_up(workspace, ignore, never).results[0].outcome == "made"
    with closing(unlock_with_recovery_key(environment, folder, RECOVERY_KEY)):
        pass
    assert sorted(path.name for path in folder.parent.iterdir()) == [folder.name]


def test_a_log_that_is_there_is_kept_beside(
    environment: Environment, place: Path, folder: Path
) -> None:
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        later = start_incident(workspace, title="After the backup").number
    first = restored(environment, place, folder)
    second = restored(environment, place, folder)
    assert first.kept == folder.with_name("Log kept 2026-11-20 0930")
    assert second.kept == folder.with_name("Log kept 2026-11-20 0930 (2)")
    assert "The log that was there is kept as Log kept 2026-11-20 0930." in first.sentence
    with closing(unlock_with_passphrase(environment, first.kept, PASSPHRASE)) as workspace:
        assert later in {row.number for row in workspace.log.incidents.all()}
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert later not in {row.number for row in workspace.log.incidents.all()}
        assert start_incident(workspace, title="Another").number != later


def test_what_the_backup_does_not_hold_is_named(
    environment: Environment, place: Path, folder: Path
) -> None:
    (backups,) = find_folders(place)
    missing, damaged = sorted(backups.piece_sizes())[:2]
    (backups.contents_folder / missing).unlink()
    content = bytearray((backups.contents_folder / damaged).read_bytes())
    content[len(content) // 2] ^= 1
    (backups.contents_folder / damaged).write_bytes(content)
    answer = restored(environment, place, folder)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        check = check_log(workspace, ignore, never)
        numbers = {row.id: row.number for row in workspace.log.incidents.all()}
        named = {
            f"{item.mark} of {numbers[item.incident_id]}"
            for item in workspace.log.evidence.items()
            if item.content_id in {missing, damaged}
        }
    assert len(named) == 2
    assert not check.holds
    assert len(check.altered) == 2
    for name in named:
        assert name in answer.sentence


@pytest.mark.parametrize(
    ("how", "refusal"),
    [
        ({"passphrase": "not the passphrase at all"}, WrongPassphrase),
        ({"recovery_key": "what is this"}, WrongRecoveryKey),
    ],
)
def test_wrong_keys_change_nothing(
    environment: Environment,
    place: Path,
    folder: Path,
    how: dict[str, str],
    refusal: type[Exception],
) -> None:
    before, beside = bytes_of(folder), bytes_of(place)
    with pytest.raises(refusal):
        restored(environment, place, folder, **how)
    assert bytes_of(folder) == before
    assert bytes_of(place) == beside
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_restore_can_be_stopped(environment: Environment, place: Path, folder: Path) -> None:
    before = bytes_of(folder)
    with pytest.raises(Cancelled):
        restore_log(
            environment,
            find_backups(place)[0].path,
            folder,
            recovery_key=RECOVERY_KEY,
            progress=ignore,
            cancelled=lambda: True,
        )
    assert bytes_of(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_an_open_log_is_not_touched(environment: Environment, place: Path, folder: Path) -> None:
    workspace = unlock_with_passphrase(environment, folder, PASSPHRASE)
    with pytest.raises(LogInUse):
        restored(environment, place, folder)
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    lock_log(workspace)


def test_unsuitable_targets(environment: Environment, place: Path, tmp_path: Path) -> None:
    other = tmp_path / "Documents"
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    with pytest.raises(LogExists):
        restored(environment, place, other)
    with pytest.raises(FolderUnsuitable):
        restored(environment, place, tmp_path / "Dropbox" / "Log")


def test_a_damaged_log_file_is_refused(
    environment: Environment, place: Path, tmp_path: Path
) -> None:
    found = find_backups(place)[0].path
    content = bytearray((found / "log.db").read_bytes())
    content[-1] ^= 1
    (found / "log.db").write_bytes(content)
    with pytest.raises(BackupDamaged):
        restored(environment, place, tmp_path / "new" / "Log")
    (found / "log.db").unlink()
    with pytest.raises(BackupDamaged):
        restored(environment, place, tmp_path / "new" / "Log")
    (found / "backup.json").write_text("[]")
    with pytest.raises(BackupDamaged):
        find_backups(place)
    assert list((tmp_path / "new").iterdir()) == []


def test_what_is_no_backup_is_refused(environment: Environment, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "2026-11-20T0930Z", tmp_path / "2026-99-20T0930Z"):
        with pytest.raises(BackupMissing):
            restore_log(environment, path, tmp_path / "new", progress=ignore, cancelled=never)


def test_backups_are_found_from_anywhere_near(
    environment: Environment, place: Path, folder: Path, clock: FrozenClock
) -> None:
    clock.advance(days=1)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        back_up(workspace, ignore, never)
    found = find_backups(place)
    assert [one.made_at for one in found] == ["21 Nov 2026, 09:30", "20 Nov 2026, 09:30"]
    assert len({one.log_id for one in found}) == 1
    (backups,) = find_folders(place)
    for near in (backups.path, backups.snapshots_folder, found[0].path):
        assert find_backups(near) == found
    assert find_backups(place / "nowhere") == ()


def test_a_stick_pulled_in_between_gives_no_half_log(
    environment: Environment, place: Path, folder: Path, tmp_path: Path
) -> None:
    before = bytes_of(folder)

    def pull(_share: float) -> None:
        if place.exists():
            place.rename(tmp_path / "pulled")

    with pytest.raises(DiskFailed):
        restore_log(
            environment,
            find_backups(place)[0].path,
            folder,
            recovery_key=RECOVERY_KEY,
            progress=pull,
            cancelled=never,
        )
    assert bytes_of(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_full_disk_gives_no_half_log(
    environment: Environment, place: Path, small_disk: Path
) -> None:
    (small_disk / "filler").write_bytes(bytes(64 * 1024 * 1024 - 4096 * 30))
    with pytest.raises(DiskFull):
        restored(environment, place, small_disk / "Log")
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_a_log_that_cannot_be_put_in_place_leaves_the_old_one(
    environment: Environment, place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = bytes_of(folder), Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name.startswith("."):
            raise OSError(errno.EACCES, "in use")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(FolderNotWritable):
        restored(environment, place, folder)
    assert bytes_of(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
