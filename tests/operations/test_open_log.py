import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.custody import Action, first_break
from desktop.domain.errors import (
    DiskFull,
    FolderNotWritable,
    FolderUnsuitable,
    LogDamaged,
    LogExists,
    LogInUse,
    LogMissing,
    LogTooNew,
    WrongPassphrase,
    WrongRecoveryKey,
)
from desktop.domain.evidence import Fingerprint
from desktop.domain.identifiers import ContentId
from desktop.domain.recovery import SECRET_BYTES, recovery_key_text
from desktop.operations.choose_folder import clear_half_made
from desktop.operations.open_log import (
    CLOCK_BEHIND,
    LOG_PURPOSE,
    Environment,
    NewLog,
    check_folder,
    create_log,
    lock_log,
    log_exists,
    new_recovery_key,
    suggested_folder,
    unlock_with_passphrase,
    unlock_with_recovery_key,
)
from desktop.operations.workspace import Workspace
from desktop.store.connection import open_connection
from desktop.store.evidence_table import ContentRow
from desktop.store.export_table import IntentRow
from desktop.store.folder import LogFolder, begin_folder
from desktop.store.keys import open_with_recovery_key
from desktop.system.file_lock import FileLock
from tests.clocks import FrozenClock
from tests.small_disk import make_read_only, small_disk

__all__ = ["small_disk"]

PASSPHRASE = "seven chairs and a kettle"
SECRET = bytes(range(SECRET_BYTES))
RECOVERY_KEY = recovery_key_text(SECRET)


@pytest.fixture
def environment(clock: FrozenClock) -> Environment:
    return Environment(clock=clock, procedures={}, machine="a test computer")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "here" / "Log"


def _new(folder: Path) -> NewLog:
    return NewLog(
        folder=folder,
        organisation=" Example Training ",
        name="Pat Smith",
        title="Safeguarding lead",
        initials="PXS",
        passphrase=PASSPHRASE,
        recovery_key=RECOVERY_KEY,
    )


@contextmanager
def _closing(workspace: Workspace) -> Iterator[Workspace]:
    try:
        yield workspace
    finally:
        lock_log(workspace)


def _make(environment: Environment, folder: Path) -> None:
    lock_log(create_log(environment, _new(folder)))


def _actions(workspace: Workspace) -> list[Action]:
    return [entry.action for entry, _ in workspace.log.custody.walk()]


def _bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_new_log_knows_keyholder_organisation_and_policy(
    environment: Environment, folder: Path
) -> None:
    assert not log_exists(folder)
    with _closing(create_log(environment, _new(folder))) as workspace:
        assert log_exists(folder)
        assert workspace.keyholder.name == "Pat Smith"
        assert workspace.keyholder.initials == "PXS"
        assert workspace.log.settings.get("organisation") == "Example Training"
        assert workspace.log.settings.get("policy") == "S003"
        assert [row.id for row in workspace.log.keyholders.all()] == [workspace.keyholder.id]
        assert _actions(workspace) == [Action.LOG_CREATED, Action.LOG_OPENED]
    assert [file.name for file in folder.parent.iterdir()] == ["Log"]


def test_files_show_no_name(environment: Environment, folder: Path) -> None:
    _make(environment, folder)
    for content in _bytes_of(folder).values():
        for word in (b"Pat", b"Smith", b"PXS", b"Example", PASSPHRASE.encode()):
            assert word not in content


def test_log_opens_again_with_everything_in_it(environment: Environment, folder: Path) -> None:
    with _closing(create_log(environment, _new(folder))) as workspace:
        me = workspace.keyholder
        stored = workspace.contents.write([b"original"], ContentId("one"))
        workspace.log.evidence.insert_content(
            ContentRow(id=ContentId("one"), file_number=1, fingerprint=stored.fingerprint)
        )
    with _closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert workspace.keyholder == me
        assert workspace.contents.check(ContentId("one"), 1) == stored.fingerprint
        assert first_break(workspace.log.custody.walk()) is None
        assert _actions(workspace)[1:] == [
            Action.LOG_OPENED,
            Action.LOG_LOCKED,
            Action.LOG_OPENED,
        ]


def test_recovery_key_opens_as_the_first_keyholder(environment: Environment, folder: Path) -> None:
    _make(environment, folder)
    typed = RECOVERY_KEY.lower().replace("-", " ")
    with _closing(unlock_with_recovery_key(environment, folder, typed)) as workspace:
        assert workspace.keyholder.name == "Pat Smith"
        detail = [detail.detail for _, detail in workspace.log.custody.walk() if detail][-1]
        assert "recovery key" in detail


def test_wrong_secrets_open_nothing_and_leave_the_log_free(
    environment: Environment, folder: Path
) -> None:
    _make(environment, folder)
    before = _bytes_of(folder)
    with pytest.raises(WrongPassphrase):
        unlock_with_passphrase(environment, folder, "seven chairs")
    with pytest.raises(WrongRecoveryKey) as mistyped:
        unlock_with_recovery_key(environment, folder, RECOVERY_KEY[:-1] + "X")
    assert mistyped.value.mistyped
    with pytest.raises(WrongRecoveryKey) as foreign:
        unlock_with_recovery_key(environment, folder, new_recovery_key())
    assert not foreign.value.mistyped
    assert _bytes_of(folder) == before
    lock_log(unlock_with_passphrase(environment, folder, PASSPHRASE))


def test_mistyped_recovery_key_makes_no_log(environment: Environment, folder: Path) -> None:
    with pytest.raises(WrongRecoveryKey):
        create_log(environment, replace(_new(folder), recovery_key="not one"))
    assert not folder.parent.exists()


def test_missing_log_is_said(environment: Environment, folder: Path) -> None:
    for unlock in (unlock_with_passphrase, unlock_with_recovery_key):
        with pytest.raises(LogMissing):
            unlock(environment, folder, RECOVERY_KEY)
    assert not folder.exists()


def test_log_is_not_opened_twice(environment: Environment, folder: Path) -> None:
    with _closing(create_log(environment, _new(folder))) as workspace:
        with pytest.raises(LogInUse) as caught:
            unlock_with_passphrase(environment, folder, PASSPHRASE)
        assert caught.value.since == "20 Nov 2026, 09:30"
        assert workspace.log.settings.get("policy") == "S003"
    lock_log(unlock_with_passphrase(environment, folder, PASSPHRASE))


def test_lock_of_another_program_without_a_readable_note_counts(
    environment: Environment, folder: Path
) -> None:
    _make(environment, folder)
    lock = FileLock(LogFolder(folder).lock_file)
    assert lock.take("scribble")
    with pytest.raises(LogInUse) as caught:
        unlock_with_passphrase(environment, folder, PASSPHRASE)
    assert caught.value.since == ""
    lock.release()


def test_newer_log_is_refused_and_untouched(environment: Environment, folder: Path) -> None:
    _make(environment, folder)
    keys = open_with_recovery_key(LogFolder(folder), SECRET)
    with open_connection(folder / "log.db", keys.derive(LOG_PURPOSE)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = _bytes_of(folder)
    with pytest.raises(LogTooNew) as caught:
        unlock_with_passphrase(environment, folder, PASSPHRASE)
    assert caught.value.found == 99
    assert _bytes_of(folder) == before


@pytest.mark.parametrize("harm", ["gone", "empty", "cut", "noise", "bare", "nobody"])
def test_damaged_log_is_said_and_nothing_is_made_anew(
    environment: Environment, folder: Path, harm: str
) -> None:
    _make(environment, folder)
    file = folder / "log.db"
    if harm == "gone":
        file.unlink()
    elif harm == "empty":
        file.write_bytes(b"")
    elif harm == "cut":
        file.write_bytes(file.read_bytes()[:6000])
    elif harm == "noise":
        file.write_bytes(b"noise" * 10_000)
    else:
        keys = open_with_recovery_key(LogFolder(folder), SECRET)
        with open_connection(file, keys.derive(LOG_PURPOSE)) as connection:
            bare = "PRAGMA user_version = 0"
            connection.execute(bare if harm == "bare" else "DELETE FROM keyholder")
    before = _bytes_of(folder)
    with pytest.raises(LogDamaged) as caught:
        unlock_with_passphrase(environment, folder, PASSPHRASE)
    assert caught.value.file_name == "log.db"
    assert _bytes_of(folder) == before


def test_damaged_key_file_is_mended_while_unlocking(
    environment: Environment, folder: Path
) -> None:
    _make(environment, folder)
    for name in ("keys.json", "keys-copy.json"):
        good = (folder / name).read_bytes()
        (folder / name).write_bytes(good[:100])
        lock_log(unlock_with_passphrase(environment, folder, PASSPHRASE))
        assert (folder / name).read_bytes() == good


def test_further_evidence_file_opens_again(environment: Environment, folder: Path) -> None:
    with _closing(create_log(environment, _new(folder))) as workspace:
        workspace.contents._full_at = 1
        first = workspace.contents.write([b"original"], ContentId("one"))
        stored = workspace.contents.write([b"original"], ContentId("two"))
        workspace.log.evidence.insert_content(
            ContentRow(id=ContentId("two"), file_number=3, fingerprint=stored.fingerprint)
        )
    assert (first.file_number, stored.file_number) == (2, 3)
    with _closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert workspace.contents.check(ContentId("two"), 3) == stored.fingerprint


@pytest.mark.parametrize("lost", ["keys.json", "log.db"])
def test_evidence_key_known_to_one_place_only_is_kept_in_both(
    environment: Environment, folder: Path, lost: str
) -> None:
    _make(environment, folder)
    keys = open_with_recovery_key(LogFolder(folder), SECRET)
    key = b"\x07" * 32
    if lost == "log.db":
        keys.with_evidence_key(2, key)
    else:
        with open_connection(folder / "log.db", keys.derive(LOG_PURPOSE)) as connection:
            connection.execute("INSERT INTO evidence_file (number, key) VALUES (2, ?)", (key,))
    with _closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert workspace.log.evidence_files.keys()[2] == key
        assert workspace.contents.write([b"x"], ContentId("x")).file_number == 2
    assert open_with_recovery_key(LogFolder(folder), SECRET).evidence_keys[2] == key


def test_evidence_key_that_was_made_before_is_used_again(
    environment: Environment, folder: Path
) -> None:
    with _closing(create_log(environment, _new(folder))) as workspace:
        ask = workspace.contents._new_key
        assert ask(2) == ask(2) == workspace.log.evidence_files.keys()[2]


def test_job_that_was_cut_off_is_in_sight_until_the_log_is_locked(
    environment: Environment, folder: Path, clock: FrozenClock
) -> None:
    workspace = create_log(environment, _new(folder))
    workspace.log.intents.begin(
        IntentRow(id="i", kind="add", incident_id=None, what="a.pdf", at=clock.now())
    )
    workspace.contents.write([b"orphan"], ContentId("orphan"))
    _crash(workspace)
    with _closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert [intent.what for intent in workspace.log.intents.all()] == ["a.pdf"]
        detail = [detail.detail for _, detail in workspace.log.custody.walk() if detail][-1]
        assert '"cleared":1' in detail
        assert '"cut_off":["add"]' in detail
        assert workspace.contents.remove_orphans(frozenset()) == 0
    with _closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert workspace.log.intents.all() == []


def _crash(workspace: Workspace) -> None:
    """End as a killed program does: nothing is recorded, the system frees what was held."""
    workspace.contents.close()
    workspace.log.close()
    workspace.release()


def test_damaged_evidence_file_does_not_lock_the_keyholder_out(
    environment: Environment, folder: Path
) -> None:
    _make(environment, folder)
    (folder / "evidence" / "0001.db").write_bytes(b"noise" * 100_000)
    with _closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        with pytest.raises(LogDamaged):
            workspace.contents.check(ContentId("one"), 1)
        assert workspace.log.settings.get("policy") == "S003"


def test_clock_that_went_back_is_recorded_and_told(
    environment: Environment, folder: Path, clock: FrozenClock
) -> None:
    _make(environment, folder)
    latest = clock.now().to_text()
    clock.advance(seconds=-59)
    with _closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert Action.CLOCK_WENT_BACK not in _actions(workspace)
    clock.advance(hours=-3)
    with _closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert _actions(workspace)[-2:] == [Action.CLOCK_WENT_BACK, Action.LOG_OPENED]
        assert workspace.log.settings.get(CLOCK_BEHIND) > latest[:10]
    clock.advance(days=1)
    with _closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert workspace.log.settings.get(CLOCK_BEHIND) == ""
        assert first_break(workspace.log.custody.walk()) is None


def test_folder_with_something_in_it_takes_no_log(environment: Environment, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "letter.txt").write_text("mine")
    with pytest.raises(LogExists):
        create_log(environment, _new(folder))
    assert _bytes_of(folder.parent) == {"Log/letter.txt": b"mine"}


def test_second_log_never_replaces_the_first(environment: Environment, folder: Path) -> None:
    _make(environment, folder)
    before = _bytes_of(folder)
    with pytest.raises(LogExists):
        create_log(environment, _new(folder))
    assert _bytes_of(folder) == before


def test_empty_folder_takes_a_log(environment: Environment, folder: Path) -> None:
    folder.mkdir(parents=True)
    _make(environment, folder)
    assert log_exists(folder)


def test_synced_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderUnsuitable) as caught:
        check_folder(tmp_path / "OneDrive - Example" / "Log")
    assert caught.value.reason == "synced"


def test_network_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 0 0:1 / {tmp_path} rw - cifs //server/share rw\n")
    monkeypatch.setattr("desktop.system.folders._MOUNTS", mounts)
    with pytest.raises(FolderUnsuitable) as caught:
        check_folder(tmp_path / "Log")
    assert caught.value.reason == "network"


def test_suggested_folder_suits() -> None:
    check_folder(suggested_folder())
    assert not suggested_folder().exists()


def test_read_only_disk_is_said(environment: Environment, small_disk: Path) -> None:
    folder = small_disk / "Log"
    _make(environment, folder)
    before = _bytes_of(folder)
    make_read_only(small_disk)
    with pytest.raises(FolderNotWritable):
        unlock_with_passphrase(environment, folder, PASSPHRASE)
    with pytest.raises(FolderNotWritable):
        create_log(environment, _new(small_disk / "Second"))
    assert _bytes_of(folder) == before
    assert [file.name for file in small_disk.iterdir()] == ["Log"]


def _fill(disk: Path, left: int) -> None:
    with (disk / "filler").open("wb") as file:
        try:
            while file.write(bytes(65536)):
                file.flush()
        except OSError:
            pass
    size = (disk / "filler").stat().st_size
    with (disk / "filler").open("rb+") as file:
        file.truncate(size - left)


@pytest.mark.parametrize("left", [0, 40_000, 200_000])
def test_full_disk_makes_no_log_and_leaves_nothing(
    environment: Environment, small_disk: Path, left: int
) -> None:
    _fill(small_disk, left)
    with pytest.raises(DiskFull):
        create_log(environment, _new(small_disk / "Log"))
    assert [file.name for file in small_disk.iterdir()] == ["filler"]
    (small_disk / "filler").unlink()
    _make(environment, small_disk / "Log")


def test_full_disk_is_said_and_the_log_opens_once_there_is_room(
    environment: Environment, small_disk: Path
) -> None:
    folder = small_disk / "Log"
    _make(environment, folder)
    _fill(small_disk, 0)
    with pytest.raises(DiskFull):
        unlock_with_passphrase(environment, folder, PASSPHRASE)
    (small_disk / "filler").unlink()
    with _closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert first_break(workspace.log.custody.walk()) is None


def test_log_is_closed_even_when_that_cannot_be_recorded(
    environment: Environment, small_disk: Path
) -> None:
    folder = small_disk / "Log"
    workspace = create_log(environment, _new(folder))
    _fill(small_disk, 0)
    with pytest.raises(DiskFull):
        _note_until_full(workspace)
    with pytest.raises(DiskFull):
        lock_log(workspace)
    (small_disk / "filler").unlink()
    with _closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert first_break(workspace.log.custody.walk()) is None


def _note_until_full(workspace: Workspace) -> None:
    while True:
        workspace.log.settings.set("filler", "x" * 1_000_000)


def test_half_made_folders_are_cleared_unless_somebody_is_at_work(
    environment: Environment, folder: Path
) -> None:
    dead, busy = begin_folder(folder), begin_folder(folder)
    (dead.path / "log.db").write_text("half")
    lock = FileLock(busy.lock_file)
    assert lock.take("")
    _make(environment, folder)
    assert not dead.path.exists()
    assert busy.path.exists()
    lock.release()
    busy.lock_file.unlink()
    busy.lock_file.mkdir()
    clear_half_made(folder)
    assert busy.path.exists()


CREATE_AND_STOP = """
import sys
from pathlib import Path
from desktop.operations import open_log
from tests.clocks import FrozenClock
from tests.operations.test_open_log import _new

def stop(*_):
    print("built", flush=True)
    sys.stdin.read()

open_log.finish_folder = stop
environment = open_log.Environment(clock=FrozenClock(), procedures={}, machine="x")
open_log.create_log(environment, _new(Path(sys.argv[1])))
"""


def test_creation_that_was_killed_is_not_in_the_way(
    environment: Environment, folder: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CREATE_AND_STOP, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == b"built"
        process.kill()
    assert not log_exists(folder)
    assert len(list(folder.parent.iterdir())) == 1
    _make(environment, folder)
    assert [file.name for file in folder.parent.iterdir()] == ["Log"]


def test_fingerprint_in_a_log_is_checked_against_the_bytes(
    environment: Environment, folder: Path
) -> None:
    with _closing(create_log(environment, _new(folder))) as workspace:
        workspace.contents.write([b"original"], ContentId("one"))
        assert workspace.contents.check(ContentId("one"), 1) != Fingerprint("0" * 64, 8)
