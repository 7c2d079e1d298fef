"""A log of some size, damaged in many ways, and what must be found in what is saved of it."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.identifiers import IncidentId
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log, unlock_with_passphrase
from desktop.operations.practice_case import fill_case, finish_case
from desktop.operations.rescuing.salvage_log import Salvaged, salvage_log
from desktop.operations.workspace import Workspace
from desktop.store.cells import as_text
from desktop.store.connection import open_connection
from desktop.store.damaged_file import DamagedFile, PageUnreadable
from tests.clocks import FrozenClock
from tests.evidence_pieces import never
from tests.logs_on_disk import PASSPHRASE, new_log
from tests.operations.story_procedures import ProcedureDeeds
from tests.workspaces import own_procedures

PAGE, LARGE_PAGE = 4096, 65536
CASES = 4
# Each case has five items, one of them held back; the deeds add to the last.
MORE, MORE_IN_WORDS = 19, 4
# Rows of these may go although they can be read, when what they belong to cannot; it is said. What
# a continuity entry says stands in the chronology too.
MAY_GO = {"custody_detail", "step_entry", "evidence_file", "handling"}
# Rows of these may come out mended, or are written anew while saving.
MAY_CHANGE = {
    "item", "statement", "chronology_entry", "account", "setting", "custody_gap", "sealed_content",
    "worksheet",
}  # fmt: skip


@pytest.fixture(scope="session")
def environment() -> Environment:
    return Environment(clock=FrozenClock(), procedures=own_procedures(), machine="a computer")


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, environment: Environment) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "Log"
    workspace = create_log(environment, new_log(folder))
    for _ in range(CASES):
        finish_case(workspace, fill_case(workspace))
    rows = workspace.log.incidents.all()
    _do_more(workspace, rows[-1].id, rows[0].id, folder.parent)
    for row in rows:
        workspace.contents.write(_pieces(row.title), workspace.new_id())  # type: ignore[arg-type]
    lock_log(workspace)
    lock_log(unlock_with_passphrase(environment, folder, PASSPHRASE))
    return folder


def _do_more(
    workspace: Workspace, incident_id: IncidentId, other_id: IncidentId, sources: Path
) -> None:
    deeds = ProcedureDeeds(sources, "quixotic", lambda *_told: None)
    deeds.compare_clock(workspace)
    deeds.fill_in_own_copy(workspace)
    deeds.add_own_step(workspace)
    deeds.link(workspace, incident_id, other_id)
    for deed in (
        deeds.capture_a_set, deeds.take_a_chat, deeds.describe, deeds.copy, deeds.take_a_mail,
        deeds.correct, deeds.seal, deeds.send_worksheet, deeds.end_one, deeds.take_newer,
    ):  # fmt: skip
        deed(workspace, incident_id)


def _pieces(seed: str) -> Iterator[bytes]:
    yield seed.encode() * 100


@pytest.fixture
def damaged(whole: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "Log"
    shutil.copytree(whole, folder)
    return folder


def save(environment: Environment, damaged: Path) -> Salvaged:
    return salvage_log(
        environment, damaged, damaged.with_name("New"), passphrase=PASSPHRASE,
        progress=unheard, cancelled=never,
    )  # fmt: skip


def unheard(_share: float) -> None: ...


def open_saved(environment: Environment, saved: Salvaged) -> Workspace:
    return unlock_with_passphrase(environment, saved.folder, PASSPHRASE)


def spoil(file: Path, pages: list[int], seed: int, size: int = PAGE) -> None:
    content = bytearray(file.read_bytes())
    for page in pages:
        content[(page - 1) * size : page * size] = random.Random(seed).randbytes(size)
    file.write_bytes(content)


def count_pages(file: Path, size: int = PAGE) -> int:
    return file.stat().st_size // size


def _key(environment: Environment, folder: Path) -> bytes:
    workspace = unlock_with_passphrase(environment, folder, PASSPHRASE)
    key = workspace.keys.derive("log.db")
    lock_log(workspace)
    return key


@pytest.fixture(scope="session")
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


def pages_of(folder: Path, key: bytes) -> dict[str, dict[int, set[int]]]:
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


def assert_nothing_readable_is_lost(
    whole: Path, saved: Salvaged, spoilt: set[int], key: bytes
) -> None:
    rows, pages, new = _readable(whole, key), pages_of(whole, key), _in_new(saved.folder, key)
    for name, places in pages.items():
        for rowid, used in places.items():
            if used & spoilt or name in MAY_CHANGE:
                continue
            wanted = tuple(rows[name][rowid])
            there = any(_same(wanted, row) for row in new[name])
            assert there or (name in MAY_GO and saved.lost), (name, wanted)
        if name in {"item", "statement", "chronology_entry", "account", "worksheet"}:
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
