"""Of a damaged log the contents are saved too, with or without their records."""

import random
import shutil
from pathlib import Path

import pytest

from desktop.domain.errors import (
    Cancelled,
    LogDamaged,
    LogExists,
    LogMissing,
    LogTooNew,
    WrongPassphrase,
    WrongRecoveryKey,
)
from desktop.domain.evidence.items import ItemState, Method
from desktop.domain.log.custody import first_break
from desktop.domain.log.recovery import SECRET_BYTES
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.checking.check_log import check_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import (
    lock_log,
    unlock_with_passphrase,
    unlock_with_recovery_key,
)
from desktop.operations.keys.keep_keyholders import add_keyholder
from desktop.operations.organisation.keep_organisation import show_organisation
from desktop.operations.rescuing.salvage_log import salvage_log, suggested_target
from desktop.store.connection import open_connection
from desktop.store.damaged_file import DamagedFile
from desktop.store.folder import LogFolder
from desktop.store.key_file import store_key_file
from tests.evidence_pieces import never
from tests.logs_on_disk import PASSPHRASE, RECOVERY_KEY, bytes_of
from tests.operations.rescuing.damaged_logs import (
    CASES,
    LARGE_PAGE,
    MORE,
    assert_nothing_readable_is_lost,
    count_pages,
    open_saved,
    pages_of,
    save,
    spoil,
    unheard,
)


def test_exhibits_without_a_record_get_an_incident_of_their_own(
    environment: Environment, damaged: Path, whole: Path, key: bytes
) -> None:
    pages = {page for used in pages_of(whole, key)["item"].values() for page in used}
    spoil(damaged / "log.db", sorted(pages), 1)
    saved = save(environment, damaged)
    workspace = open_saved(environment, saved)
    rows = [row for row in workspace.log.incidents.all() if row.title.startswith("Salvaged on")]
    assert [row.title for row in rows] == ["Salvaged on 20 Nov 2026"]
    items = workspace.log.evidence.items(rows[0].id)
    assert {item.media_type for item in items} >= {"image/png", "message/rfc822"}
    assert {item.method for item in items} == {Method.SALVAGED}
    assert check_log(workspace, unheard, never).altered == ()
    lock_log(workspace)


@pytest.mark.parametrize("how", ["gone", "empty", "noise"])
def test_without_any_record_the_contents_are_saved(
    environment: Environment, damaged: Path, how: str
) -> None:
    file = damaged / "log.db"
    size = file.stat().st_size
    file.unlink()
    if how != "gone":
        file.write_bytes(b"" if how == "empty" else random.Random(1).randbytes(size))
    saved = save(environment, damaged)
    assert saved.lost[0].startswith("The file with all records (log.db) could not be read at all.")
    workspace = open_saved(environment, saved)
    assert [row.title for row in workspace.log.incidents.all()] == ["Salvaged on 20 Nov 2026"]
    assert len(workspace.log.evidence.items()) >= 4
    assert workspace.keyholder.name == "Safeguarding lead"
    assert show_organisation(workspace).name == ""
    assert first_break(workspace.log.custody.walk()) is None
    lock_log(workspace)


def test_without_the_beginning_of_the_file_the_rest_is_saved_but_not_proved(
    environment: Environment, whole: Path, damaged: Path, key: bytes
) -> None:
    spoil(damaged / "log.db", [1], 1)
    saved = save(environment, damaged)
    assert "it cannot be proved that it is unchanged" in saved.lost[0]
    assert_nothing_readable_is_lost(whole, saved, {1}, key)


def test_a_damaged_evidence_file_costs_what_lay_there(
    environment: Environment, damaged: Path
) -> None:
    file = damaged / "evidence" / "0001.db"
    spoil(file, [count_pages(file, LARGE_PAGE)], 1, LARGE_PAGE)
    saved = save(environment, damaged)
    assert any(line.startswith("Parts of the evidence file 0001.db") for line in saved.lost)
    workspace = open_saved(environment, saved)
    items = workspace.log.evidence.items()
    lost = [item for item in items if item.state is ItemState.DESCRIBED and item.media_type]
    assert lost
    named = [line for line in saved.lost if line.startswith("The content of PXS/")]
    assert len(named) == len([item for item in lost if item.original_name or item.media_type])
    result = check_log(workspace, unheard, never)
    assert result.holds
    lock_log(workspace)


def test_an_evidence_file_that_is_gone_is_named(environment: Environment, damaged: Path) -> None:
    (damaged / "evidence" / "0001.db").unlink()
    saved = save(environment, damaged)
    assert "The evidence file 0001.db could not be read at all." in saved.lost
    workspace = open_saved(environment, saved)
    items = workspace.log.evidence.items()
    assert len(items) == CASES * 5 + MORE
    sealed = {item.content_id for item in items if item.state is ItemState.SEALED}
    # Of what was sealed the row stays, so that it is recognised; its bytes are gone like the rest.
    assert {row.id for row in workspace.log.evidence.contents()} == sealed
    lock_log(workspace)


def test_contents_whose_name_is_lost_are_known_by_their_hash(
    environment: Environment, damaged: Path
) -> None:
    workspace = unlock_with_passphrase(environment, damaged, PASSPHRASE)
    evidence_key = workspace.keys.evidence_keys[1]
    expected = len(workspace.log.evidence.contents())
    lock_log(workspace)
    file = damaged / "evidence" / "0001.db"
    pages = DamagedFile(file, evidence_key, LARGE_PAGE)
    names = [n for n in pages.leaves if n != 1 and all(c.size < 200 for c in pages.cells(n))]
    pages.close()
    spoil(file, names, 1, LARGE_PAGE)
    saved = save(environment, damaged)
    workspace = open_saved(environment, saved)
    assert len(workspace.log.evidence.contents()) == expected
    lock_log(workspace)


def test_a_cut_log_file_gives_what_is_left(environment: Environment, damaged: Path) -> None:
    file = damaged / "log.db"
    content = file.read_bytes()
    file.write_bytes(content[: len(content) * 2 // 3 + 5])
    saved = save(environment, damaged)
    assert saved.lost
    workspace = open_saved(environment, saved)
    assert workspace.log.incidents.count() >= CASES
    lock_log(workspace)


def test_the_recovery_key_opens_it_too(environment: Environment, damaged: Path) -> None:
    (damaged / "keys.json").write_bytes(b"spoilt")
    before = bytes_of(damaged)
    saved = salvage_log(
        environment, damaged, damaged.with_name("New"), recovery_key=RECOVERY_KEY,
        progress=unheard, cancelled=never,
    )  # fmt: skip
    assert bytes_of(damaged) == before
    workspace = unlock_with_recovery_key(environment, saved.folder, RECOVERY_KEY)
    assert workspace.keyholder.name == "Pat Smith"
    lock_log(workspace)


def test_refusals_leave_nothing(environment: Environment, damaged: Path) -> None:
    target = damaged.with_name("New")

    def save(folder: Path, into: Path, **way: str) -> None:
        salvage_log(environment, folder, into, progress=unheard, cancelled=never, **way)

    with pytest.raises(WrongPassphrase):
        save(damaged, target, passphrase="no")
    with pytest.raises(WrongRecoveryKey):
        save(damaged, target, recovery_key="no")
    with pytest.raises(LogMissing):
        save(damaged.with_name("Nowhere"), target, passphrase=PASSPHRASE)
    with pytest.raises(LogExists):
        save(damaged, damaged, passphrase=PASSPHRASE)
    with pytest.raises(Cancelled):
        salvage_log(
            environment, damaged, target, passphrase=PASSPHRASE, progress=unheard,
            cancelled=lambda: True,
        )  # fmt: skip
    for name in ("keys.json", "keys-copy.json"):
        (damaged / name).unlink()
    with pytest.raises(LogDamaged):
        save(damaged, target, passphrase=PASSPHRASE)
    assert [path.name for path in damaged.parent.iterdir() if path.name != "tmp"] == ["Log"]


def test_it_can_be_stopped_in_the_middle(environment: Environment, damaged: Path) -> None:
    answers = iter([False, False, True])
    with pytest.raises(Cancelled):
        salvage_log(
            environment, damaged, damaged.with_name("New"), passphrase=PASSPHRASE,
            progress=unheard, cancelled=lambda: next(answers),
        )  # fmt: skip
    assert not damaged.with_name("New").exists()


def test_a_newer_log_is_refused(environment: Environment, damaged: Path, key: bytes) -> None:
    with open_connection(damaged / "log.db", key) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LogTooNew):
        save(environment, damaged)


def test_an_older_log_is_brought_to_the_newest_schema(
    environment: Environment, tmp_path: Path
) -> None:
    old = Path(__file__).parents[2] / "frozen_logs" / "schema_1"
    copy = tmp_path / "Old"
    shutil.copytree(old, copy)
    saved = save(environment, copy)
    assert saved.lost == ()
    workspace = open_saved(environment, saved)
    assert workspace.log.incidents.count() > 0
    lock_log(workspace)


def test_the_place_beside_it_is_suggested(damaged: Path) -> None:
    assert suggested_target(damaged) == damaged.with_name("Log saved")
    damaged.with_name("Log saved").mkdir()
    (damaged.with_name("Log saved") / "x").write_text("")
    assert suggested_target(damaged) == damaged.with_name("Log saved 2")


def test_keyholders_whose_rows_are_lost_can_still_open_it(
    environment: Environment, damaged: Path
) -> None:
    workspace = unlock_with_passphrase(environment, damaged, PASSPHRASE)
    for name, role in (("Sam Jones", KeyholderRole.DEPUTY), ("Kim Lee", KeyholderRole.READER)):
        add_keyholder(
            workspace, name=name, title="", initials="SXJ", role=role, shown_as=name,
            passphrase=f"{name} and four more words",
        )  # fmt: skip
    key = workspace.keys.derive("log.db")
    lock_log(workspace)
    pages = {page for used in pages_of(damaged, key)["keyholder"].values() for page in used}
    spoil(damaged / "log.db", sorted(pages), 1)
    saved = salvage_log(
        environment, damaged, damaged.with_name("New"), progress=unheard, cancelled=never,
        passphrase="Kim Lee and four more words",
    )  # fmt: skip
    assert any("of the keyholders: 3." in line for line in saved.lost)
    for passphrase in (PASSPHRASE, "Sam Jones and four more words", "Kim Lee and four more words"):
        lock_log(unlock_with_passphrase(environment, saved.folder, passphrase))


def test_a_re_key_that_was_cut_off_is_no_obstacle(
    environment: Environment, damaged: Path, tmp_path: Path
) -> None:
    workspace = unlock_with_passphrase(environment, damaged, PASSPHRASE)
    opened = workspace.keys.opened
    lock_log(workspace)
    fresh = opened.renewed([opened.keyholder or ""], bytes(range(SECRET_BYTES)), 2)
    store_key_file(LogFolder(damaged), fresh.file, opened.file)
    spoil(damaged / "log.db", [count_pages(damaged / "log.db") // 2], 1)
    saved = save(environment, damaged)
    workspace = open_saved(environment, saved)
    assert workspace.log.incidents.count() >= CASES
    lock_log(workspace)
