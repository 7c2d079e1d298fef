"""Many contents are hashed on two threads, in order, each as it lies on the disk."""

import hashlib
import os
from pathlib import Path

import pytest

from desktop.domain.errors import LogLocked
from desktop.domain.evidence.items import Fingerprint
from desktop.domain.identifiers import ContentId
from desktop.operations.workspace import Workspace
from desktop.store.content_hashing import WantedContent, hash_all
from desktop.store.contents import CHUNK
from tests.evidence_pieces import never

SIZES = (0, 1, CHUNK, 9 * CHUNK + 1, 3)


def unheard(_size: int) -> None:
    return None


@pytest.fixture
def written(workspace: Workspace) -> dict[WantedContent, Fingerprint]:
    made = {}
    for number, size in enumerate(SIZES):
        content = os.urandom(size)
        stored = workspace.contents.write([content], ContentId(f"c{number}"))
        wanted = WantedContent(stored.content_id, stored.file_number)
        made[wanted] = Fingerprint(hashlib.sha256(content).hexdigest(), size)
    return made


def test_each_gets_its_own_fingerprint(
    workspace: Workspace, written: dict[WantedContent, Fingerprint]
) -> None:
    found: list[tuple[WantedContent, Fingerprint | None]] = []
    heard: list[int] = []
    assert hash_all(
        workspace.contents, written, lambda *pair: found.append(pair), heard.append, never
    )
    assert found == list(written.items())
    assert heard == sorted(heard)
    assert heard[-1] <= sum(SIZES)


def test_what_cannot_be_read_spoils_only_itself(
    workspace: Workspace, written: dict[WantedContent, Fingerprint], tmp_path: Path
) -> None:
    missing = WantedContent(ContentId("none"), 1)
    workspace.contents.forget_pages()
    (file,) = tmp_path.glob("**/evidence/0001.db")
    data = bytearray(file.read_bytes())
    data[8 * CHUNK] ^= 1
    file.write_bytes(data)
    found: dict[str, Fingerprint | None] = {}
    wanted = [missing, *written]
    assert hash_all(
        workspace.contents,
        wanted,
        lambda one, fingerprint: found.update({one.id: fingerprint}),
        unheard,
        never,
    )
    assert [name for name, fingerprint in found.items() if fingerprint is None] == ["none", "c3"]
    assert all(found[one.id] == was for one, was in written.items() if one.id != "c3")


def test_it_stops_when_it_is_asked_to(
    workspace: Workspace, written: dict[WantedContent, Fingerprint]
) -> None:
    found: list[WantedContent] = []
    answers = iter([False, True])
    assert not hash_all(
        workspace.contents,
        list(written) * 100,
        lambda one, _fingerprint: found.append(one),
        unheard,
        lambda: next(answers, True),
    )
    assert len(found) < 100 * len(SIZES)


def test_a_lock_ends_it(workspace: Workspace, written: dict[WantedContent, Fingerprint]) -> None:
    def lock(_one: WantedContent, _fingerprint: Fingerprint | None) -> None:
        workspace.contents.close()

    with pytest.raises(LogLocked):
        hash_all(workspace.contents, [*written, *written], lock, unheard, never)


def test_a_lock_while_looking_for_a_content_ends_it(workspace: Workspace) -> None:
    workspace.contents.close()
    wanted = [WantedContent(ContentId("c"), 1)]
    with pytest.raises(LogLocked):
        hash_all(workspace.contents, wanted, lambda *_: None, unheard, never)


def test_an_error_of_ours_is_not_lost_on_the_other_thread(
    workspace: Workspace, written: dict[WantedContent, Fingerprint]
) -> None:
    def fail(_one: WantedContent, _fingerprint: Fingerprint | None) -> None:
        raise ValueError("ours")

    with pytest.raises(ValueError, match="ours"):
        hash_all(workspace.contents, written, fail, unheard, never)
