"""Bare pages give each chunk that left the WAL; damage gives an error or other bytes."""

import os
import random
from pathlib import Path

import pytest

from desktop.domain.identifiers import ContentId
from desktop.operations.workspace import Workspace
from desktop.store.bare_chunks import BareChunks
from desktop.store.contents import CHUNK
from desktop.store.damaged_file import PageUnreadable
from desktop.store.evidence_files import PAGE_SIZE
from tests.workspaces import EVIDENCE_KEY

SIZES = (0, 1, 60_000, 65_400, 65_500, CHUNK - 1, CHUNK, 3 * CHUNK + 5, 200_000)
FLIPS = 150


@pytest.fixture
def contents(workspace: Workspace) -> dict[ContentId, bytes]:
    """Write contents of many sizes, with a gap where one was removed, out of the WAL."""
    written = {ContentId(f"c{number}"): os.urandom(size) for number, size in enumerate(SIZES)}
    for content_id, content in written.items():
        workspace.contents.write([content], content_id)
    del written[ContentId("c3")]
    workspace.contents.remove_orphans(frozenset(written))
    written[ContentId("last")] = os.urandom(2 * CHUNK)
    workspace.contents.write([written[ContentId("last")]], ContentId("last"))
    workspace.contents.forget_pages()
    return written


def read(workspace: Workspace, content_id: ContentId, path: Path | None = None) -> bytes:
    first, count = workspace.contents.place_of(content_id, 1)
    with BareChunks(path or workspace.keys.folder.evidence_file(1), EVIDENCE_KEY) as bare:
        return b"".join([bytes(chunk) for chunk in bare.read(first, count)])


def test_each_content_comes_out(workspace: Workspace, contents: dict[ContentId, bytes]) -> None:
    for content_id, content in contents.items():
        assert read(workspace, content_id) == content


def test_what_is_not_there_is_said(
    workspace: Workspace, contents: dict[ContentId, bytes], tmp_path: Path
) -> None:
    assert contents
    for path in (tmp_path / "away", tmp_path):
        with pytest.raises(PageUnreadable):
            read(workspace, ContentId("c0"), path)
    with (
        BareChunks(workspace.keys.folder.evidence_file(1), EVIDENCE_KEY) as bare,
        pytest.raises(PageUnreadable),
    ):
        list(bare.read(7, 1))


def test_what_is_still_in_the_wal_is_not_found(workspace: Workspace) -> None:
    workspace.contents.write([b"new"], ContentId("new"))
    with pytest.raises(PageUnreadable):
        read(workspace, ContentId("new"))


def test_damage_is_an_error_or_other_bytes(
    workspace: Workspace, contents: dict[ContentId, bytes], tmp_path: Path
) -> None:
    whole, chance = workspace.keys.folder.evidence_file(1).read_bytes(), random.Random(3)
    pages = len(whole) // PAGE_SIZE
    wanted = ContentId("last")
    place = workspace.contents.place_of(wanted, 1)
    for turn in range(FLIPS):
        damaged = bytearray(whole)
        page = turn % pages
        for _ in range(4):
            damaged[page * PAGE_SIZE + chance.randrange(PAGE_SIZE)] ^= chance.randrange(1, 256)
        path = tmp_path / "damaged"
        path.write_bytes(damaged[: len(whole) - (turn % 3) * PAGE_SIZE])
        with BareChunks(path, EVIDENCE_KEY) as bare:
            try:
                found = b"".join([bytes(chunk) for chunk in bare.read(*place)])
            except PageUnreadable:
                continue
        assert len(found) <= len(contents[wanted])
