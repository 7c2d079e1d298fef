"""The last good texts of the program's files come along when a log is saved or brought back."""

from pathlib import Path

from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import add_backup_place
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import (
    lock_log,
    unlock_with_passphrase,
    unlock_with_recovery_key,
)
from desktop.operations.rescuing.restore_log import find_backups, restore_log
from tests.damaged_data import DATA, data_files, spoil_all
from tests.evidence_pieces import never
from tests.logs_on_disk import PASSPHRASE, RECOVERY_KEY, new_log
from tests.operations.rescuing.damaged_logs import (
    open_saved,
    pages_of,
    save,
    spoil,
    unheard,
)

__all__ = ["data_files"]


def test_a_saved_log_goes_on_with_them(
    environment: Environment, damaged: Path, data_files: Path
) -> None:
    spoil(damaged / "log.db", [2], 1)
    saved = save(environment, damaged)
    spoil_all(data_files)
    workspace = open_saved(environment, saved)
    files = workspace.data.damaged
    assert len(files) == len(DATA)
    assert [one.name for one in files if one.kept_at is None] == []
    lock_log(workspace)


def test_where_they_are_lost_the_next_unlock_keeps_them_again(
    environment: Environment, damaged: Path, data_files: Path, whole: Path, key: bytes
) -> None:
    pages = {page for used in pages_of(whole, key)["procedure_version"].values() for page in used}
    spoil(damaged / "log.db", sorted(pages), 1)
    saved = save(environment, damaged)
    assert any("texts of procedures and other files of the program" in one for one in saved.lost)
    lock_log(open_saved(environment, saved))
    spoil_all(data_files)
    workspace = unlock_with_passphrase(environment, saved.folder, PASSPHRASE)
    assert [one.name for one in workspace.data.damaged if one.kept_at is None] == []
    lock_log(workspace)


def test_a_log_that_is_brought_back_goes_on_with_them(
    environment: Environment, tmp_path: Path, data_files: Path
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    workspace = create_log(environment, new_log(tmp_path / "log"))
    good = workspace.data
    add_backup_place(workspace, place)
    back_up(workspace, unheard, never)
    lock_log(workspace)
    spoil_all(data_files)
    back = restore_log(
        environment,
        find_backups(place)[0].path,
        tmp_path / "back",
        progress=unheard,
        cancelled=never,
        recovery_key=RECOVERY_KEY,
    )
    opened = unlock_with_recovery_key(environment, back.folder, RECOVERY_KEY)
    assert opened.data.worksheets == good.worksheets
    assert opened.data.policies == good.policies
    lock_log(opened)
