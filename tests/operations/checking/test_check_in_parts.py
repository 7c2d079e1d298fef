"""The check in parts comes to the same end as the whole one, over locks and days."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import LogLocked
from desktop.domain.identifiers import ContentId
from desktop.domain.log.custody import Action
from desktop.operations.checking import check_in_parts
from desktop.operations.checking.check_in_parts import PLACE, PartCheck, PartDone
from desktop.operations.checking.check_log import check_log, last_check
from desktop.operations.practice_case import fill_case
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.evidence_pieces import ignore, never


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    fill_case(workspace)
    return workspace


def step(part: PartCheck, workspace: Workspace) -> PartDone:
    """Do the least that a part can do."""
    turns = iter([False])
    return part.go_on(workspace, ignore, lambda: next(turns, True))


def finish(part: PartCheck, workspace: Workspace) -> PartDone:
    for _ in range(500):
        done = step(part, workspace)
        if done.check or done.resting:
            return done
    raise AssertionError("it comes to no end")


def test_a_round_comes_to_an_end_and_is_recorded(filled: Workspace) -> None:
    part = PartCheck()
    assert step(part, filled) == PartDone()
    done = finish(part, filled)
    assert done.check is not None
    assert done.check.holds
    assert done.changes == done.check.changes
    kept = last_check(filled)
    assert kept is not None
    assert kept.in_parts
    assert [entry.action for entry, _ in filled.log.custody.walk()][-1] is Action.LOG_CHECKED


def test_it_rests_until_the_next_round_is_due(filled: Workspace, clock: FrozenClock) -> None:
    part = PartCheck()
    finish(part, filled)
    assert finish(part, filled).resting
    clock.advance(days=8)
    assert finish(part, filled).check
    clock.advance(days=3)
    check_log(filled, ignore, never)
    clock.advance(days=5)
    assert finish(part, filled).resting


def test_one_moment_is_enough_for_a_small_log(filled: Workspace) -> None:
    assert PartCheck().go_on(filled, ignore, never, seconds=60).check


def test_it_goes_on_after_a_lock_where_it_was(
    filled: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_in_parts, "KEEP_PLACE_EVERY", 0.0)
    part = PartCheck()
    while not filled.log.settings.get(PLACE):
        step(part, filled)
    kept = filled.log.settings.get(PLACE)
    part = PartCheck()
    read: list[ContentId] = []
    plain = filled.contents.read

    def listen(content_id: ContentId, file_number: int) -> Iterator[bytes]:
        read.append(content_id)
        return plain(content_id, file_number)

    monkeypatch.setattr(filled.contents, "read", listen)
    assert finish(part, filled).check
    assert len(read) == len(filled.log.evidence.contents()) - 1
    assert not any(name in kept for name in read)
    assert not filled.log.settings.get(PLACE)


def test_altered_content_ends_the_round_at_once(filled: Workspace) -> None:
    filled.log._connection.execute(f"UPDATE content SET sha256 = '{'0' * 64}'")
    done = finish(PartCheck(), filled)
    assert done.check is not None
    assert not done.check.holds
    assert len({name for _, name in done.check.altered}) == 1
    kept = last_check(filled)
    assert kept is not None
    assert not kept.holds


def test_content_that_cannot_be_read_is_found(filled: Workspace, tmp_path: Path) -> None:
    filled.contents.forget_pages()
    (file,) = tmp_path.glob("**/evidence/0001.db")
    file.rename(file.with_suffix(".away"))
    done = finish(PartCheck(), filled)
    assert done.check is not None
    assert "cannot be read" in done.check.sentence


def test_content_that_was_erased_meanwhile_is_no_alarm(filled: Workspace) -> None:
    part = PartCheck()
    step(part, filled)
    step(part, filled)
    execute = filled.log._connection.execute
    execute("PRAGMA foreign_keys = OFF")
    execute("DELETE FROM item WHERE content_id IS NOT NULL")
    execute("DELETE FROM content")
    execute("PRAGMA foreign_keys = ON")
    filled.contents.remove_orphans(frozenset())
    done = finish(part, filled)
    assert done.check is not None
    assert not done.check.altered


def test_a_lock_ends_a_part_and_the_next_begins_anew(filled: Workspace) -> None:
    part = PartCheck()
    step(part, filled)
    filled.contents.close()
    with pytest.raises(LogLocked):
        finish(part, filled)
    with pytest.raises(LogLocked):
        finish(part, filled)
