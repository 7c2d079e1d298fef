"""A stranger opens a backup by the documented format, without our code, with the recovery key."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop.domain.identifiers import ContentId
from desktop.domain.steps.procedures import Procedure
from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import add_backup_place
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.practice_case import fill_case
from desktop.resources import resource_path
from desktop.store.evidence_table import ContentRow
from tests.clocks import FrozenClock
from tests.evidence_pieces import ignore, never
from tests.logs_on_disk import PASSPHRASE, RECOVERY_KEY, closing, new_log

SCRIPT = resource_path("help", "read_a_backup.py")
MOST_LINES = 60
_BIG = ContentId("b" * 32)


def read(backup: Path, out: Path, typed: str) -> subprocess.CompletedProcess[str]:
    snapshot = next((backup / "snapshots").iterdir())
    return subprocess.run(
        [sys.executable, "-I", "-c", _RUN, str(SCRIPT.parent), str(snapshot), str(out)],
        input=f"{typed}\n",
        capture_output=True,
        text=True,
        check=False,
    )


# Isolated: nothing of the checkout can be imported, only the two scripts beside each other.
_RUN = """
import runpy, sys
folder = sys.argv.pop(1)
sys.path.insert(0, folder)
runpy.run_path(folder + "/read_a_backup.py", run_name="__main__")
assert not any(name.partition(".")[0] == "desktop" for name in sys.modules)
"""


@pytest.fixture
def backup(
    tmp_path: Path, clock: FrozenClock, procedures: Mapping[str, Procedure]
) -> tuple[Path, set[str]]:
    """Return a copy of the folder of backups, alone, and the hashes of what it holds."""
    environment = Environment(clock=clock, procedures=procedures, machine="a test computer")
    place, log = tmp_path / "stick", tmp_path / "log"
    place.mkdir()
    with closing(create_log(environment, new_log(log))) as workspace:
        fill_case(workspace)
        big = workspace.contents.write([bytes(range(256)) * 9000], _BIG)
        with workspace.log.transaction():
            workspace.log.evidence.insert_content(
                ContentRow(id=_BIG, file_number=1, fingerprint=big.fingerprint)
            )
        add_backup_place(workspace, place)
        back_up(workspace, ignore, never)
        hashes = {row.fingerprint.sha256 for row in workspace.log.evidence.contents()}
    shutil.rmtree(log)
    (tmp_path / "out").mkdir()
    return next(place.iterdir()), hashes


@pytest.mark.parametrize("typed", [RECOVERY_KEY, PASSPHRASE])
def test_a_backup_opens_without_our_code(
    backup: tuple[Path, set[str]], tmp_path: Path, typed: str
) -> None:
    folder, hashes = backup
    done = read(folder, tmp_path / "out", typed)
    assert done.returncode == 0, done.stderr
    assert "log.db unchanged" in done.stdout
    assert "2026-0001 open: " in done.stdout
    assert "CHANGED" not in done.stdout
    assert "MISSING" not in done.stdout
    written = {
        hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / "out").iterdir()
    }
    assert written == hashes


def test_another_secret_opens_nothing(backup: tuple[Path, set[str]], tmp_path: Path) -> None:
    done = read(backup[0], tmp_path / "out", "not the passphrase at all")
    assert done.returncode != 0
    assert list((tmp_path / "out").iterdir()) == []


def test_missing_content_is_said(backup: tuple[Path, set[str]], tmp_path: Path) -> None:
    (backup[0] / "content" / _BIG).unlink()
    assert f"{_BIG} MISSING" in read(backup[0], tmp_path / "out", RECOVERY_KEY).stdout


def test_the_script_is_short() -> None:
    assert len(SCRIPT.read_text("utf-8").splitlines()) <= MOST_LINES
