"""A damaged log is saved into a new one: nothing readable is lost, and what is lost is named."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.custody import Action, first_break
from desktop.domain.errors import (
    Cancelled,
    LogDamaged,
    LogExists,
    LogMissing,
    LogTooNew,
    WrongPassphrase,
    WrongRecoveryKey,
)
from desktop.domain.evidence import ItemState, Method
from desktop.domain.recovery import SECRET_BYTES
from desktop.domain.roles import KeyholderRole
from desktop.operations.check_log import check_log
from desktop.operations.keep_keyholders import add_keyholder
from desktop.operations.keep_organisation import show_organisation
from desktop.operations.open_log import (
    Environment,
    create_log,
    lock_log,
    unlock_with_passphrase,
    unlock_with_recovery_key,
)
from desktop.operations.practice_case import fill_case, finish_case
from desktop.operations.salvage_log import Salvaged, salvage_log, suggested_target
from desktop.operations.show_today import show_today
from desktop.operations.workspace import Workspace
from desktop.store.cells import as_text
from desktop.store.connection import open_connection
from desktop.store.damaged_file import DamagedFile, PageUnreadable
from desktop.store.folder import LogFolder
from desktop.store.key_file import store_key_file
from tests.clocks import FrozenClock
from tests.logs_on_disk import PASSPHRASE, RECOVERY_KEY, bytes_of, new_log
from tests.workspaces import own_procedures

PAGE, LARGE_PAGE = 4096, 65536
CASES = 4
# Rows of these may go although they can be read, when what they belong to cannot; it is said.
MAY_GO = {"custody_detail", "step_entry", "evidence_file"}
# Rows of these may come out mended, or are written anew while saving.
MAY_CHANGE = {"item", "statement", "chronology_entry", "account", "setting", "custody_gap"}


@pytest.fixture(scope="module")
def environment() -> Environment:
    return Environment(clock=FrozenClock(), procedures=own_procedures(), machine="a computer")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, environment: Environment) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "Log"
    workspace = create_log(environment, new_log(folder))
    for _ in range(CASES):
        finish_case(workspace, fill_case(workspace))
    for row in workspace.log.incidents.all():
        workspace.contents.write(_pieces(row.title), workspace.new_id())  # type: ignore[arg-type]
    lock_log(workspace)
    lock_log(unlock_with_passphrase(environment, folder, PASSPHRASE))
    return folder


def _pieces(seed: str) -> Iterator[bytes]:
    yield seed.encode() * 100


@pytest.fixture
def damaged(whole: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "Log"
    shutil.copytree(whole, folder)
    return folder


def _save(environment: Environment, damaged: Path) -> Salvaged:
    return salvage_log(
        environment, damaged, damaged.with_name("New"), passphrase=PASSPHRASE,
        progress=_unheard, cancelled=_never,
    )  # fmt: skip


def _unheard(_share: float) -> None: ...


def _never() -> bool:
    return False


def _open(environment: Environment, saved: Salvaged) -> Workspace:
    return unlock_with_passphrase(environment, saved.folder, PASSPHRASE)


def _spoil(file: Path, pages: list[int], seed: int, size: int = PAGE) -> None:
    content = bytearray(file.read_bytes())
    for page in pages:
        content[(page - 1) * size : page * size] = random.Random(seed).randbytes(size)
    file.write_bytes(content)


def _count(file: Path, size: int = PAGE) -> int:
    return file.stat().st_size // size


def _key(environment: Environment, folder: Path) -> bytes:
    workspace = unlock_with_passphrase(environment, folder, PASSPHRASE)
    key = workspace.keys.derive("log.db")
    lock_log(workspace)
    return key


@pytest.fixture(scope="module")
def key(environment: Environment, whole: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    copy = tmp_path_factory.mktemp("key") / "Log"
    shutil.copytree(whole, copy)
    return _key(environment, copy)


def _readable(folder: Path, key: bytes) -> dict[str, dict[int, list[object]]]:
    """Return the rows whose own pages can be read, found with roots from the intact log."""
    file = DamagedFile(folder / "log.db", key, PAGE)
    found: dict[str, dict[int, list[object]]] = {}
    for leaf in file.tree(1).leaves:
        for cell in file.cells(leaf):
            kind, name, _, root, _ = file.record(cell)
            if kind == "table":
                found[str(name)] = {
                    one.rowid: [one.rowid if value is None else value for value in row]
                    for page in file.tree(int(str(root))).leaves
                    for one in file.cells(page)
                    if (row := _record(file, one)) is not None
                }
    file.close()
    return found


def _record(file: DamagedFile, cell: object) -> list[object] | None:
    try:
        return list(file.record(cell))  # type: ignore[arg-type]
    except PageUnreadable:
        return None


def _pages_of(folder: Path, key: bytes) -> dict[str, dict[int, set[int]]]:
    """Return on which pages each row lies, in the intact log."""
    file = DamagedFile(folder / "log.db", key, PAGE)
    found: dict[str, dict[int, set[int]]] = {}
    for leaf in file.tree(1).leaves:
        for cell in file.cells(leaf):
            kind, name, _, root, _ = file.record(cell)
            if kind != "table":
                continue
            rows = found.setdefault(str(name), {})
            for page in file.tree(int(str(root))).leaves:
                for one in file.cells(page):
                    rows[one.rowid] = {page} | _overflow(file, one.overflow)
    file.close()
    return found


def _overflow(file: DamagedFile, number: int) -> set[int]:
    pages = set()
    while number:
        pages.add(number)
        number = int.from_bytes(file.page(number)[:4], "big")
    return pages


def _in_new(folder: Path, key: bytes) -> dict[str, set[tuple[object, ...]]]:
    with open_connection(folder / "log.db", key) as connection:
        names = connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
        return {
            name: set(connection.rows(f"SELECT * FROM {name}"))
            for name in (as_text(row[0]) for row in names)
        }


def _assert_nothing_readable_is_lost(
    whole: Path, saved: Salvaged, spoilt: set[int], key: bytes
) -> None:
    rows, pages, new = _readable(whole, key), _pages_of(whole, key), _in_new(saved.folder, key)
    for name, places in pages.items():
        for rowid, used in places.items():
            if used & spoilt or name in MAY_CHANGE:
                continue
            wanted = tuple(rows[name][rowid])
            there = any(_same(wanted, row) for row in new[name])
            assert there or (name in MAY_GO and saved.lost), (name, wanted)
        if name in {"item", "statement", "chronology_entry", "account"}:
            ids = {row[0] for row in new[name]}
            kept = {rows[name][rowid][0] for rowid, used in places.items() if not used & spoilt}
            assert kept <= ids
        intact = [rowid for rowid, used in places.items() if not used & spoilt]
        if len(intact) < len(places) and name not in {"draft", "intent"}:
            assert saved.lost


def _same(wanted: tuple[object, ...], row: tuple[object, ...]) -> bool:
    return all(
        value == other or (other is None and isinstance(value, int))
        for value, other in zip(wanted, row, strict=False)
    )


@pytest.mark.parametrize("seed", range(12))
def test_whatever_pages_are_overwritten_nothing_readable_is_lost(
    environment: Environment, whole: Path, damaged: Path, key: bytes, seed: int
) -> None:
    chance = random.Random(seed)
    file = damaged / "log.db"
    spoilt = chance.sample(range(2, _count(file) + 1), chance.choice([1, 2, 5, 15, 50]))
    _spoil(file, spoilt, seed)
    before = bytes_of(damaged)
    saved = _save(environment, damaged)
    assert bytes_of(damaged) == before
    _assert_nothing_readable_is_lost(whole, saved, set(spoilt), key)
    workspace = _open(environment, saved)
    try:
        assert first_break(workspace.log.custody.walk(), workspace.log.custody.gaps()) is None
        assert workspace.log._connection.rows("PRAGMA foreign_key_check") == []
        assert {row.id for row in workspace.log.evidence.contents()}
        show_today(workspace)
    finally:
        lock_log(workspace)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 160))
def test_many_more_seeds(
    environment: Environment, whole: Path, damaged: Path, key: bytes, seed: int
) -> None:
    test_whatever_pages_are_overwritten_nothing_readable_is_lost(
        environment, whole, damaged, key, seed
    )


def test_nothing_damaged_is_nothing_lost(
    environment: Environment, whole: Path, damaged: Path, key: bytes
) -> None:
    saved = _save(environment, damaged)
    assert saved.lost == ()
    assert saved.sentence == "Everything in the damaged log could be read and is in the new log."
    _assert_nothing_readable_is_lost(whole, saved, set(), key)
    workspace = _open(environment, saved)
    entries = list(workspace.log.custody.walk())
    salvaged = [
        (entry, detail) for entry, detail in entries if entry.action is Action.LOG_SALVAGED
    ]
    assert len(salvaged) == 1
    detail = salvaged[0][1]
    assert detail
    assert '"lost":[]' in detail.detail
    assert len(workspace.log.evidence.items()) == CASES * 5
    result = check_log(workspace, _unheard, _never)
    assert result.altered == ()
    lock_log(workspace)


def test_what_the_wal_holds_is_saved_too(
    environment: Environment, damaged: Path, tmp_path: Path
) -> None:
    workspace = unlock_with_passphrase(environment, damaged, PASSPHRASE)
    incident_id = fill_case(workspace)
    copy = tmp_path / "cut off"
    shutil.copytree(damaged, copy)
    lock_log(workspace)
    saved = _save(environment, copy)
    assert saved.lost == ()
    workspace = _open(environment, saved)
    assert workspace.log.incidents.get(incident_id) is not None
    lock_log(workspace)


def test_lost_custody_entries_become_gaps(
    environment: Environment, damaged: Path, whole: Path, key: bytes
) -> None:
    pages = _pages_of(whole, key)["custody_entry"]
    leaves = sorted({page for used in pages.values() for page in used})
    _spoil(damaged / "log.db", [leaves[1], leaves[-1]], 1)
    saved = _save(environment, damaged)
    assert any(line.startswith("The custody record lacks entries") for line in saved.lost)
    workspace = _open(environment, saved)
    gaps = workspace.log.custody.gaps()
    assert len(gaps) == 2
    assert gaps[-1][1] == max(pages)
    numbers = [entry.number for entry, _ in workspace.log.custody.walk()]
    assert max(pages) + 1 in numbers
    assert first_break(workspace.log.custody.walk()) == gaps[0][0]
    assert first_break(workspace.log.custody.walk(), gaps) is None
    lock_log(workspace)
    again = salvage_log(
        environment, saved.folder, damaged.with_name("Again"), passphrase=PASSPHRASE,
        progress=_unheard, cancelled=_never,
    )  # fmt: skip
    assert again.lost == ()


def test_a_lost_incident_gets_its_number_back(
    environment: Environment, damaged: Path, whole: Path, key: bytes
) -> None:
    pages = {page for used in _pages_of(whole, key)["incident"].values() for page in used}
    _spoil(damaged / "log.db", sorted(pages), 1)
    saved = _save(environment, damaged)
    assert any(
        "Made again from what else is known, of the incidents" in line for line in saved.lost
    )
    workspace = _open(environment, saved)
    rows = workspace.log.incidents.all()
    assert sorted(row.number for row in rows) == [f"2026-{n:04d}" for n in range(1, CASES + 1)]
    assert {row.title for row in rows} == {"Abusive e-mails and comments on a site"}
    assert all(row.careful for row in rows)
    lock_log(workspace)


@pytest.mark.parametrize(
    "table", ["person", "checklist", "procedure_version", "evidence_file", "content"]
)
def test_what_a_whole_table_held_is_made_again(
    environment: Environment, damaged: Path, whole: Path, key: bytes, table: str
) -> None:
    pages = {page for used in _pages_of(whole, key)[table].values() for page in used}
    _spoil(damaged / "log.db", sorted(pages), 1)
    saved = _save(environment, damaged)
    workspace = _open(environment, saved)
    assert len([i for i in workspace.log.evidence.items() if i.content_id]) == CASES * 4
    assert workspace.log.people.people()
    show_today(workspace)
    lock_log(workspace)


def test_exhibits_without_a_record_get_an_incident_of_their_own(
    environment: Environment, damaged: Path, whole: Path, key: bytes
) -> None:
    pages = {page for used in _pages_of(whole, key)["item"].values() for page in used}
    _spoil(damaged / "log.db", sorted(pages), 1)
    saved = _save(environment, damaged)
    workspace = _open(environment, saved)
    rows = [row for row in workspace.log.incidents.all() if row.title.startswith("Salvaged on")]
    assert [row.title for row in rows] == ["Salvaged on 20 Nov 2026"]
    items = workspace.log.evidence.items(rows[0].id)
    assert {item.media_type for item in items} >= {"image/png", "message/rfc822"}
    assert {item.method for item in items} == {Method.SALVAGED}
    assert check_log(workspace, _unheard, _never).altered == ()
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
    saved = _save(environment, damaged)
    assert saved.lost[0].startswith("The file with all records (log.db) could not be read at all.")
    workspace = _open(environment, saved)
    assert [row.title for row in workspace.log.incidents.all()] == ["Salvaged on 20 Nov 2026"]
    assert len(workspace.log.evidence.items()) >= 4
    assert workspace.keyholder.name == "Safeguarding lead"
    assert show_organisation(workspace).name == ""
    assert first_break(workspace.log.custody.walk()) is None
    lock_log(workspace)


def test_without_the_beginning_of_the_file_the_rest_is_saved_but_not_proved(
    environment: Environment, whole: Path, damaged: Path, key: bytes
) -> None:
    _spoil(damaged / "log.db", [1], 1)
    saved = _save(environment, damaged)
    assert "it cannot be proved that it is unchanged" in saved.lost[0]
    _assert_nothing_readable_is_lost(whole, saved, {1}, key)


def test_a_damaged_evidence_file_costs_what_lay_there(
    environment: Environment, damaged: Path
) -> None:
    file = damaged / "evidence" / "0001.db"
    _spoil(file, [_count(file, LARGE_PAGE)], 1, LARGE_PAGE)
    saved = _save(environment, damaged)
    assert any(line.startswith("Parts of the evidence file 0001.db") for line in saved.lost)
    workspace = _open(environment, saved)
    items = workspace.log.evidence.items()
    lost = [item for item in items if item.state is ItemState.DESCRIBED and item.media_type]
    assert lost
    named = [line for line in saved.lost if line.startswith("The content of PXS/")]
    assert len(named) == len([item for item in lost if item.original_name or item.media_type])
    result = check_log(workspace, _unheard, _never)
    assert result.holds
    lock_log(workspace)


def test_an_evidence_file_that_is_gone_is_named(environment: Environment, damaged: Path) -> None:
    (damaged / "evidence" / "0001.db").unlink()
    saved = _save(environment, damaged)
    assert "The evidence file 0001.db could not be read at all." in saved.lost
    workspace = _open(environment, saved)
    assert len(workspace.log.evidence.items()) == CASES * 5
    assert workspace.log.evidence.contents() == []
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
    _spoil(file, names, 1, LARGE_PAGE)
    saved = _save(environment, damaged)
    workspace = _open(environment, saved)
    assert len(workspace.log.evidence.contents()) == expected
    lock_log(workspace)


def test_a_cut_log_file_gives_what_is_left(environment: Environment, damaged: Path) -> None:
    file = damaged / "log.db"
    content = file.read_bytes()
    file.write_bytes(content[: len(content) * 2 // 3 + 5])
    saved = _save(environment, damaged)
    assert saved.lost
    workspace = _open(environment, saved)
    assert workspace.log.incidents.count() >= CASES
    lock_log(workspace)


def test_the_recovery_key_opens_it_too(environment: Environment, damaged: Path) -> None:
    (damaged / "keys.json").write_bytes(b"spoilt")
    before = bytes_of(damaged)
    saved = salvage_log(
        environment, damaged, damaged.with_name("New"), recovery_key=RECOVERY_KEY,
        progress=_unheard, cancelled=_never,
    )  # fmt: skip
    assert bytes_of(damaged) == before
    workspace = unlock_with_recovery_key(environment, saved.folder, RECOVERY_KEY)
    assert workspace.keyholder.name == "Pat Smith"
    lock_log(workspace)


def test_refusals_leave_nothing(environment: Environment, damaged: Path) -> None:
    target = damaged.with_name("New")

    def save(folder: Path, into: Path, **way: str) -> None:
        salvage_log(environment, folder, into, progress=_unheard, cancelled=_never, **way)

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
            environment, damaged, target, passphrase=PASSPHRASE, progress=_unheard,
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
            progress=_unheard, cancelled=lambda: next(answers),
        )  # fmt: skip
    assert not damaged.with_name("New").exists()


def test_a_newer_log_is_refused(environment: Environment, damaged: Path, key: bytes) -> None:
    with open_connection(damaged / "log.db", key) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LogTooNew):
        _save(environment, damaged)


def test_an_older_log_is_brought_to_the_newest_schema(
    environment: Environment, tmp_path: Path
) -> None:
    old = Path(__file__).parents[1] / "frozen_logs" / "schema_1"
    copy = tmp_path / "Old"
    shutil.copytree(old, copy)
    saved = _save(environment, copy)
    assert saved.lost == ()
    workspace = _open(environment, saved)
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
    pages = {page for used in _pages_of(damaged, key)["keyholder"].values() for page in used}
    _spoil(damaged / "log.db", sorted(pages), 1)
    saved = salvage_log(
        environment, damaged, damaged.with_name("New"), progress=_unheard, cancelled=_never,
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
    _spoil(damaged / "log.db", [_count(damaged / "log.db") // 2], 1)
    saved = _save(environment, damaged)
    workspace = _open(environment, saved)
    assert workspace.log.incidents.count() >= CASES
    lock_log(workspace)
