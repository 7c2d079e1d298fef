"""Checks the whole log in small parts while nobody works: a part takes a moment, a round days."""

import hashlib
import json
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from desktop.domain.changes import Changes, changed
from desktop.domain.errors import AppError, LogLocked
from desktop.domain.evidence.items import Fingerprint
from desktop.operations.checking.check_log import (
    Contents,
    LogCheck,
    check_frame_in_steps,
    conclude,
    last_check,
    read_contents,
)
from desktop.operations.workspace import Workspace
from desktop.store.evidence_table import ContentRow

ROUND_EVERY = timedelta(days=7)
PART_SECONDS = 0.08
KEEP_PLACE_EVERY = 60.0
PLACE = "check_in_parts"

_Steps = Generator[None, None, LogCheck | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDone:
    """What a part came to: `resting` if no round is due, `check` if a round is over."""

    resting: bool = False
    check: LogCheck | None = None
    changes: Changes = field(default_factory=changed)


class PartCheck:
    """A check under way. It belongs to the bytes thread; the log remembers where it was."""

    def __init__(self) -> None:
        """Begin where the part that was kept last ended."""
        self._steps: _Steps | None = None

    def go_on(
        self,
        workspace: Workspace,
        _progress: Callable[[float], None],
        cancelled: Callable[[], bool],
        *,
        seconds: float = PART_SECONDS,
    ) -> PartDone:
        """Check for a moment, less when it is stopped; call it again and again."""
        end = time.monotonic() + seconds
        steps = self._steps or _round(workspace)
        self._steps = None
        while not cancelled() and time.monotonic() < end:
            try:
                next(steps)
            except StopIteration as over:
                return _part_done(over.value)
        self._steps = steps
        return PartDone()


def is_due(workspace: Workspace) -> bool:
    """Say whether a round is under way, or the last check is so old that one should begin."""
    last = last_check(workspace)
    if last is None or workspace.log.settings.get(PLACE):
        return True
    return abs(workspace.now().utc - last.at.utc) >= ROUND_EVERY


def _part_done(check: LogCheck | None) -> PartDone:
    if check is None:
        return PartDone(resting=True)
    return PartDone(check=check, changes=check.changes)


def _round(workspace: Workspace) -> _Steps:
    """Check content by content, then the rest; ends at once when content is not as it was."""
    if not workspace.on_log(partial(is_due, workspace)):
        return None
    yield
    contents = read_contents(workspace)
    yield from _hash_contents(workspace, contents)
    frame = yield from check_frame_in_steps(workspace)
    workspace.on_log(partial(workspace.log.settings.set, PLACE, ""))
    return conclude(workspace, frame, contents, in_parts=True)


def _hash_contents(workspace: Workspace, contents: Contents) -> Generator[None, None, None]:
    workspace.contents.forget_pages()
    kept_at = time.monotonic()
    for row in _still_to_do(workspace, contents):
        found = yield from _hash(workspace, row)
        if not workspace.on_log(partial(workspace.log.evidence.content, row.id)):
            continue
        contents.take(row.id, found)
        if found != row.fingerprint:
            return
        if time.monotonic() - kept_at >= KEEP_PLACE_EVERY:
            kept_at = time.monotonic()
            workspace.on_log(partial(_keep_place, workspace, row))


def _hash(workspace: Workspace, row: ContentRow) -> Generator[None, None, Fingerprint | None]:
    digest, size = hashlib.sha256(), 0
    try:
        for chunk in workspace.contents.read(row.id, row.file_number):
            digest.update(chunk)
            size += len(chunk)
            yield
    except LogLocked:
        raise
    except AppError:
        return None
    return Fingerprint(digest.hexdigest(), size)


def _order(row: ContentRow) -> tuple[int, str]:
    return row.file_number, row.id


def _still_to_do(workspace: Workspace, contents: Contents) -> Iterator[ContentRow]:
    """Return the contents after the place that was kept: those before are checked."""
    kept = workspace.on_log(partial(workspace.log.settings.get, PLACE))
    after = tuple(json.loads(kept)) if kept else (0, "")
    return (row for row in sorted(contents.rows.values(), key=_order) if _order(row) > after)


def _keep_place(workspace: Workspace, row: ContentRow) -> None:
    workspace.log.settings.set(PLACE, json.dumps(_order(row)))
