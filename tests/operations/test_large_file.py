"""A file of 4 GiB comes in whole, in little memory; 200 files come in one after the other."""

import hashlib
import shutil
import tracemalloc
from pathlib import Path

import pytest

from desktop.domain.evidence.items import Method
from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.look_inside import look_inside
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.evidence.view_evidence import check_item, list_items
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_file, a_no, a_no_for, a_png, an_incident, ignore, never

MIB = 1024 * 1024
ROOM = 10 * 1024 * MIB


@pytest.fixture
def incident(workspace: Workspace) -> IncidentId:
    return an_incident(workspace)


def a_sparse_file(path: Path, size: int) -> str:
    """Write a file of this size that is mostly zeros; returns its hash."""
    with path.open("wb") as file:
        file.write(b"\x00\x00\x00\x18ftypmp42 beginning")
        file.seek(size - 3)
        file.write(b"end")
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(MIB):
            digest.update(piece)
    return digest.hexdigest()


def take_in_flat(workspace: Workspace, incident: IncidentId, path: Path, most: int) -> str:
    statement = a_no_for(workspace, incident, path)
    tracemalloc.start()
    try:
        added = add_file(workspace, incident, statement, path, Method.FOLDER, ignore, never)
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()
    check_item(workspace, added.item_id, ignore, never)
    item = list_items(workspace, incident)[-1]
    assert item.fingerprint
    assert item.fingerprint.size == path.stat().st_size
    return item.fingerprint.sha256


def test_large_file_is_never_whole_in_memory(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = tmp_path / "video.mp4"
    expected = a_sparse_file(path, 96 * MIB)
    # Its first and last pieces are handed to what reads them, and nothing else of it.
    assert take_in_flat(workspace, incident, path, 80 * MIB) == expected


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_file_of_4_gib_comes_in_whole(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    if shutil.disk_usage(tmp_path).free < ROOM:
        pytest.skip("there is no room for it here")
    path = tmp_path / "video.mp4"
    expected = a_sparse_file(path, 4096 * MIB)
    assert take_in_flat(workspace, incident, path, 80 * MIB) == expected
    path.unlink()


def test_200_files_come_in_under_one_answer(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    paths = [a_file(tmp_path, f"{n:03}.png", a_png(f"#0000{n:02x}", (8, 8))) for n in range(200)]
    statement = a_no(workspace, incident, *(path.name for path in paths))
    assert look_inside(workspace, incident, statement, paths, ignore, never) == ()
    for path in paths:
        add_file(workspace, incident, statement, path, Method.DROP, ignore, never)
    items = list_items(workspace, incident)
    assert [item.original_name for item in items] == [path.name for path in paths]
    assert str(items[-1].mark) == "PXS/200"
