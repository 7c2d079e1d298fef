"""Where a log may lie, and what a full, read-only or shared disk does to one."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.errors import (
    DiskFull,
    FolderNotWritable,
    FolderUnsuitable,
    LogExists,
)
from desktop.domain.log.custody import first_break
from desktop.operations.entering.choose_folder import (
    check_folder,
    clear_half_made,
    log_exists,
    suggested_folder,
)
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log, unlock_with_passphrase
from desktop.operations.workspace import Workspace
from desktop.store.folder import begin_folder
from desktop.system.file_lock import FileLock
from tests.logs_on_disk import (
    PASSPHRASE,
    bytes_of,
    closing,
    environment,
    folder,
    make_log,
    new_log,
)
from tests.small_disk import make_read_only, small_disk

__all__ = ["environment", "folder", "small_disk"]

CREATE_AND_STOP = """
import sys
from pathlib import Path
from desktop.operations.entering import create_log
from desktop.operations.entering import enter_log
from tests.clocks import FrozenClock
from tests.operations.entering.test_open_log import new_log

def stop(*_):
    print("built", flush=True)
    sys.stdin.read()

create_log.finish_folder = stop
environment = enter_log.Environment(clock=FrozenClock(), procedures={}, machine="x")
create_log.create_log(environment, new_log(Path(sys.argv[1])))
"""


def test_folder_with_something_in_it_takes_no_log(environment: Environment, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "letter.txt").write_text("mine")
    with pytest.raises(LogExists):
        create_log(environment, new_log(folder))
    assert bytes_of(folder.parent) == {"Log/letter.txt": b"mine"}


def test_second_log_never_replaces_the_first(environment: Environment, folder: Path) -> None:
    make_log(environment, folder)
    before = bytes_of(folder)
    with pytest.raises(LogExists):
        create_log(environment, new_log(folder))
    assert bytes_of(folder) == before


def test_empty_folder_takes_a_log(environment: Environment, folder: Path) -> None:
    folder.mkdir(parents=True)
    make_log(environment, folder)
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
    make_log(environment, folder)
    before = bytes_of(folder)
    make_read_only(small_disk)
    with pytest.raises(FolderNotWritable):
        unlock_with_passphrase(environment, folder, PASSPHRASE)
    with pytest.raises(FolderNotWritable):
        create_log(environment, new_log(small_disk / "Second"))
    assert bytes_of(folder) == before
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
        create_log(environment, new_log(small_disk / "Log"))
    assert [file.name for file in small_disk.iterdir()] == ["filler"]
    (small_disk / "filler").unlink()
    make_log(environment, small_disk / "Log")


def test_full_disk_is_said_and_the_log_opens_once_there_is_room(
    environment: Environment, small_disk: Path
) -> None:
    folder = small_disk / "Log"
    make_log(environment, folder)
    _fill(small_disk, 0)
    with pytest.raises(DiskFull):
        unlock_with_passphrase(environment, folder, PASSPHRASE)
    (small_disk / "filler").unlink()
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert first_break(workspace.log.custody.walk()) is None


def test_log_is_closed_even_when_that_cannot_be_recorded(
    environment: Environment, small_disk: Path
) -> None:
    folder = small_disk / "Log"
    workspace = create_log(environment, new_log(folder))
    _fill(small_disk, 0)
    with pytest.raises(DiskFull):
        _note_until_full(workspace)
    with pytest.raises(DiskFull):
        lock_log(workspace)
    (small_disk / "filler").unlink()
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
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
    make_log(environment, folder)
    assert not dead.path.exists()
    assert busy.path.exists()
    lock.release()
    busy.lock_file.unlink()
    busy.lock_file.mkdir()
    clear_half_made(folder)
    assert busy.path.exists()


def test_creation_that_was_killed_is_not_in_the_way(
    environment: Environment, folder: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CREATE_AND_STOP, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    ) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == b"built"
        process.kill()
    assert not log_exists(folder)
    assert len(list(folder.parent.iterdir())) == 1
    make_log(environment, folder)
    assert [file.name for file in folder.parent.iterdir()] == ["Log"]
