"""Pieces of an item are read from where they lie; what is not shown is not read."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import HeldBack, ItemSealed, NotFound
from desktop.domain.evidence.items import EvidenceItem, ItemState, Method
from desktop.domain.identifiers import ContentId, ItemId
from desktop.operations.evidence.make_statement import hold_back
from desktop.operations.evidence.read_piece import content_of, read_piece
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.workspace import Workspace
from desktop.store.contents import CHUNK
from tests.evidence_pieces import a_file, a_no, an_incident, ignore, never

CONTENT = os.urandom(2 * CHUNK + 5000)


def an_item(workspace: Workspace, tmp_path: Path) -> EvidenceItem:
    incident = an_incident(workspace)
    path = a_file(tmp_path, "a.bin", CONTENT)
    statement = a_no(workspace, incident)
    added = add_file(workspace, incident, statement, path, Method.DROP, ignore, never)
    item = workspace.log.evidence.item(added.item_id)
    assert item
    return item


@pytest.mark.parametrize(
    ("start", "length"),
    [(0, 16), (CHUNK - 8, 16), (CHUNK, CHUNK), (100, 2 * CHUNK), (2 * CHUNK + 4990, 4096)],
)
def test_a_piece_is_read(workspace: Workspace, tmp_path: Path, start: int, length: int) -> None:
    item = an_item(workspace, tmp_path)
    piece = read_piece(workspace, item.id, start, length, ignore, never)
    assert piece == CONTENT[start : start + length]


def test_nothing_is_read_beyond_the_end(workspace: Workspace, tmp_path: Path) -> None:
    item = an_item(workspace, tmp_path)
    assert read_piece(workspace, item.id, len(CONTENT) + CHUNK, 16, ignore, never) == b""


def test_what_is_not_kept_is_not_read(workspace: Workspace, tmp_path: Path) -> None:
    incident = an_incident(workspace)
    hold_back(workspace, incident, a_no(workspace, incident), "photo.jpg", "Described")
    (item,) = list_items(workspace, incident)
    with pytest.raises(HeldBack):
        read_piece(workspace, item.id, 0, 16, ignore, never)
    with pytest.raises(NotFound):
        read_piece(workspace, ItemId("nobody"), 0, 16, ignore, never)


@pytest.mark.parametrize("state", [ItemState.SEALED, ItemState.KEPT])
def test_what_is_sealed_or_gone_is_not_read(
    workspace: Workspace, tmp_path: Path, state: ItemState
) -> None:
    item = an_item(workspace, tmp_path)
    if state is ItemState.SEALED:
        other = replace(item, id=ItemId("other"), mark=replace(item.mark, number=9), state=state)
        with workspace.log.transaction():
            workspace.log.evidence.insert_item(other)
        with pytest.raises(ItemSealed):
            read_piece(workspace, other.id, 0, 16, ignore, never)
    else:
        gone = replace(item, content_id=ContentId("gone"))
        with pytest.raises(NotFound):
            content_of(workspace, gone)
