"""What was sealed stays sealed through a salvage, whatever was lost of what tells of it."""

from pathlib import Path

import pytest

from desktop.domain.evidence.covering import is_covered
from desktop.domain.evidence.items import ItemKind, ItemState, Method
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log, unlock_with_passphrase
from desktop.operations.evidence.view_evidence import find_item
from desktop.operations.workspace import Workspace
from tests.logs_on_disk import PASSPHRASE
from tests.operations.rescuing.damaged_logs import (
    open_saved,
    pages_of,
    save,
    spoil,
)


def sealed_in(workspace: Workspace) -> set[str]:
    """Return the hashes of what is sealed, once it is known that nothing of it is open."""
    items = workspace.log.evidence.items()
    sealed = {
        item.fingerprint.sha256
        for item in items
        if item.state is ItemState.SEALED and item.fingerprint
    }
    kept = {item.fingerprint.sha256 for item in items if item.state is ItemState.KEPT and
            item.fingerprint}  # fmt: skip
    assert not sealed & kept
    return sealed


@pytest.mark.parametrize(
    "lost",
    [("sealed_content",), ("sealed_content", "item"), ("sealed_content", "custody_entry")],
    ids=" and ".join,
)
def test_what_was_sealed_is_known_by_what_else_tells_of_it(
    environment: Environment, damaged: Path, whole: Path, key: bytes, lost: tuple[str, ...]
) -> None:
    workspace = unlock_with_passphrase(environment, damaged, PASSPHRASE)
    known = {row.fingerprint.sha256 for row in workspace.log.sealed.all()}
    assert known == sealed_in(workspace)
    lock_log(workspace)
    tables = pages_of(whole, key)
    pages = {page for name in lost for used in tables[name].values() for page in used}
    spoil(damaged / "log.db", sorted(pages), 1)
    saved = save(environment, damaged)
    assert any("They stay sealed" in line for line in saved.lost)
    workspace = open_saved(environment, saved)
    assert {row.fingerprint.sha256 for row in workspace.log.sealed.all()} == known
    assert sealed_in(workspace) == known
    lock_log(workspace)


def test_what_may_have_been_sealed_is_covered(
    environment: Environment, damaged: Path, whole: Path, key: bytes
) -> None:
    tables = pages_of(whole, key)
    names = ("sealed_content", "item", "custody_entry")
    pages = {page for name in names for used in tables[name].values() for page in used}
    spoil(damaged / "log.db", sorted(pages), 1)
    workspace = open_saved(environment, save(environment, damaged))
    items = [find_item(workspace, item.id) for item in workspace.log.evidence.items()]
    found = [item for item in items if item.method is Method.SALVAGED]
    assert len(found) > 5
    assert all(is_covered(item) for item in found)
    assert all("may be some of it" in item.origin.note for item in found)
    lock_log(workspace)


def test_what_no_item_names_is_not_covered_where_all_that_was_sealed_is_known(
    environment: Environment, damaged: Path, whole: Path, key: bytes
) -> None:
    pages = {page for used in pages_of(whole, key)["item"].values() for page in used}
    spoil(damaged / "log.db", sorted(pages), 1)
    workspace = open_saved(environment, save(environment, damaged))
    items = [find_item(workspace, item.id) for item in workspace.log.evidence.items()]
    found = [item for item in items if item.method is Method.SALVAGED]
    assert not any(is_covered(item) for item in found)
    states = {item.state for item in found}
    assert states == {ItemState.KEPT, ItemState.SEALED}
    assert all(item.kind is ItemKind.FILE for item in found if item.state is ItemState.SEALED)
    lock_log(workspace)


def test_a_set_whose_row_is_lost_is_made_again(
    environment: Environment, damaged: Path, whole: Path, key: bytes
) -> None:
    workspace = unlock_with_passphrase(environment, damaged, PASSPHRASE)
    before = sets_of(workspace)
    lock_log(workspace)
    pages = {page for used in pages_of(whole, key)["capture_set"].values() for page in used}
    spoil(damaged / "log.db", sorted(pages), 1)
    saved = save(environment, damaged)
    assert any("sets of captures: 1" in line for line in saved.lost)
    workspace = open_saved(environment, saved)
    assert sets_of(workspace) == before
    assert workspace.log.consistency.details_of_nobody() == 0
    lock_log(workspace)


def sets_of(workspace: Workspace) -> list[tuple[str, str]]:
    items = workspace.log.evidence.items()
    found = [(str(item.mark), find_item(workspace, item.id).origin.description)
             for item in items if item.set_id]  # fmt: skip
    assert len(found) == 3
    return found
