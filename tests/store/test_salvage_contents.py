"""Contents of a damaged evidence file: each comes out as it was entered, or not at all."""

import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from desktop.domain.evidence.items import Fingerprint
from desktop.domain.identifiers import ContentId
from desktop.store.damaged_file import PageUnreadable
from desktop.store.evidence_files import PAGE_SIZE
from desktop.store.folder import LogFolder
from desktop.store.salvage_contents import FoundContents, _no_further_file
from tests.clocks import FrozenClock
from tests.operations.rescuing.damaged_logs import count_pages, spoil
from tests.operations.story_writer import ignore, made_up
from tests.workspaces import EVIDENCE_KEY, close_workspace, make_workspace, open_workspace

KEYS = {1: EVIDENCE_KEY}
SIZES = {"small": 90_000, "long": 2_200_000, "none": 0, "last": 300_000}
Named = dict[ContentId, tuple[int, Fingerprint]]


@pytest.fixture
def named(tmp_path: Path, clock: FrozenClock) -> Named:
    """Write contents to the evidence file of a log; returns what its log.db says of them."""
    workspace = make_workspace(tmp_path / "log", clock, {})
    named = {}
    for name, size in SIZES.items():
        content = made_up(name, size)
        pieces = [content[at : at + 1024 * 1024] for at in range(0, size, 1024 * 1024)]
        stored = workspace.contents.write(pieces, ContentId(name))
        named[ContentId(name)] = (stored.file_number, stored.fingerprint)
    close_workspace(workspace)
    return named


def damage(tmp_path: Path, pages: list[int]) -> LogFolder:
    folder = LogFolder(tmp_path / "damaged")
    shutil.rmtree(folder.path, ignore_errors=True)
    shutil.copytree(tmp_path / "log", folder.path)
    spoil(folder.evidence_file(1), pages, 1, PAGE_SIZE)
    return folder


def found_in(folder: LogFolder, named: Named) -> set[str]:
    """Return the names of what can be read; all of that must be what was entered."""
    contents, whole = FoundContents(folder, KEYS), set()
    try:
        contents.adopt(named)
        for content_id, found in contents.all.items():
            if named:
                assert found.fingerprint == named[content_id][1]
            with suppress(PageUnreadable):
                content = b"".join(contents.read(content_id))
                assert content == made_up(content_id, SIZES[content_id])
                whole.add(str(content_id))
    finally:
        contents.close()
    return whole


def test_whatever_page_is_lost_only_what_lay_there_is(named: Named, tmp_path: Path) -> None:
    assert found_in(damage(tmp_path, []), named) == set(SIZES)
    pages = count_pages(tmp_path / "log" / "evidence" / "0001.db", PAGE_SIZE)
    assert pages > 40
    lost: dict[str, int] = dict.fromkeys(SIZES, 0)
    for page in range(1, pages + 1):
        found = found_in(damage(tmp_path, [page]), named)
        for name in set(SIZES) - found:
            lost[name] += 1
        if page > 1:
            # A page holds chunks of one content, names and beginnings of several, or nothing.
            assert "long" in found or len(found) >= len(SIZES) - 2
    assert 30 < lost["long"] <= pages - 10
    assert lost["small"] <= 4


def test_a_content_whose_name_is_lost_is_known_by_its_hash(named: Named, tmp_path: Path) -> None:
    """The table of names lies on a page of its own: without it, log.db names them."""
    pages = count_pages(tmp_path / "log" / "evidence" / "0001.db", PAGE_SIZE)
    adopted = {page: adopted_from(tmp_path, [page], named) for page in range(2, pages + 1)}
    all_but_the_empty_one = set(SIZES) - {"none"}
    (names,) = [page for page, found in adopted.items() if found == all_but_the_empty_one]
    with_another = [adopted_from(tmp_path, [names, page], named) for page in range(2, pages + 1)]
    assert all_but_the_empty_one - {"long"} in with_another
    assert all(len(found) >= 2 for found in with_another)


def adopted_from(tmp_path: Path, pages: list[int], named: Named) -> set[str]:
    contents = FoundContents(damage(tmp_path, pages), KEYS)
    before = set(contents.all)
    contents.adopt(named)
    contents.close()
    return {str(one) for one in set(contents.all) - before}


def test_of_two_with_one_name_lost_only_that_is_looked_for(named: Named, tmp_path: Path) -> None:
    contents = FoundContents(damage(tmp_path, []), KEYS)
    lost = contents.all.pop(ContentId("last"))
    contents.adopt(named)
    assert contents.all[ContentId("last")] == lost
    contents.close()


def test_chunks_that_are_not_what_the_name_says_are_not_copied(
    tmp_path: Path, clock: FrozenClock, named: Named
) -> None:
    workspace = open_workspace(tmp_path / "log", clock, {})
    with workspace.contents._files.lend(1) as evidence:
        evidence.execute("UPDATE content SET sha256 = ? WHERE id = 'small'", ("0" * 64,))
    close_workspace(workspace)
    contents = FoundContents(LogFolder(tmp_path / "log"), KEYS)
    target = LogFolder(tmp_path / "target")
    target.evidence_folder.mkdir(parents=True)
    assert contents.copy(ContentId("small"), target, ignore) is None
    assert contents.copy(ContentId("last"), target, ignore) == named[ContentId("last")][1]
    contents.close()
    assert found_in(target, {}) == {"last"}


def test_what_was_removed_does_not_come_back(
    tmp_path: Path, clock: FrozenClock, named: Named
) -> None:
    workspace = open_workspace(tmp_path / "log", clock, {})
    workspace.contents.remove_orphans(frozenset(named) - {ContentId("long")})
    close_workspace(workspace)
    assert found_in(LogFolder(tmp_path / "log"), named) == set(SIZES) - {"long"}


@pytest.mark.parametrize("gone", ["missing", "noise"])
def test_a_file_of_which_nothing_is_left_is_named(named: Named, tmp_path: Path, gone: str) -> None:
    folder = damage(tmp_path, [])
    file = folder.evidence_file(1)
    size = file.stat().st_size
    file.unlink()
    if gone == "noise":
        file.write_bytes(made_up("noise", size))
    contents = FoundContents(folder, KEYS)
    contents.adopt(named)
    assert (contents.missing, contents.damaged) == ([1], [])
    assert contents.all == {}
    contents.close()


def test_a_copy_that_is_not_whole_leaves_nothing(named: Named, tmp_path: Path) -> None:
    file = tmp_path / "log" / "evidence" / "0001.db"
    refused = 0
    for page in range(2, count_pages(file, PAGE_SIZE) + 1, 5):
        source = damage(tmp_path, [page])
        target = LogFolder(tmp_path / f"target {page}")
        target.evidence_folder.mkdir(parents=True)
        contents = FoundContents(source, KEYS)
        for content_id in list(contents.all):
            fingerprint = contents.copy(content_id, target, ignore)
            assert fingerprint in {None, named[content_id][1]}
            refused += fingerprint is None
        contents.close()
        assert found_in(target, {}) <= found_in(source, named)
    assert refused


def test_no_further_file_is_begun() -> None:
    with pytest.raises(RuntimeError):
        _no_further_file(2)
