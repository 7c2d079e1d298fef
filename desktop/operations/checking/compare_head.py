"""Compares a head typed from paper with the custody chain, and lists the heads that left."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.calendar.times import Moment, say
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.log.custody import Action, Head
from desktop.domain.log.heads import TypedHead, read_head
from desktop.operations.workspace import Workspace

BACKUP = "Backup "
_KEEP = "Keep that paper. Change nothing in the log folder, and ask for technical advice."


class Compared(StrEnum):
    """What came of a comparison."""

    SAME = "same"
    NOT_HERE = "not in this log"
    MISTYPED = "mistyped"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadCompared:
    """The answer, and the same in words."""

    result: Compared
    sentence: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class GivenOut:
    """A head that left the log: which, when, and on what."""

    number: int
    at: Moment
    what: str


def compare_head(workspace: Workspace, typed: str) -> HeadCompared:
    """Say whether what stands on paper is still in the log; a comparison is recorded."""
    wanted = read_head(typed)
    if wanted is None:
        return HeadCompared(
            result=Compared.MISTYPED,
            sentence="That is not quite what stands on a page. Type the number of the entry, then "
            "the four groups, and compare them letter by letter.",
            changes=changed(),
        )
    log = workspace.log
    own = log.custody.own_of(wanted.number)
    same = bool(own) and wanted.fits(Head(wanted.number, own))
    result = Compared.SAME if same else Compared.NOT_HERE
    with log.transaction():
        workspace.note(
            Action.HEAD_COMPARED,
            "log",
            workspace.now(),
            entry=wanted.number,
            beginning=wanted.beginning,
            result=result.value,
        )
    return HeadCompared(
        result=result,
        sentence=_say_same(workspace, wanted) if same else _say_gone(workspace, wanted),
        changes=changed(Topic.LOG, Topic.CUSTODY),
    )


def list_given_out(workspace: Workspace) -> tuple[GivenOut, ...]:
    """Return the heads that left, the newest first; without the backups, which are many."""
    return tuple(
        GivenOut(given.head.number, given.at, given.what)
        for given in reversed(workspace.log.given_heads.all())
        if not given.what.startswith(BACKUP)
    )


def _say_same(workspace: Workspace, wanted: TypedHead) -> str:
    when = ""
    for given in workspace.log.given_heads.all():
        if wanted.fits(given.head):
            when = f" It was given out on {say(given.at)} ({given.what})."
    return (
        f"The same: entry {wanted.number:,} is in this log as it stands on your paper.{when} "
        "Whether everything else is unchanged is what “Check the log now” says."
    )


def _say_gone(workspace: Workspace, wanted: TypedHead) -> str:
    head = workspace.log.custody.head()
    last = head.number if head else 0
    gaps = workspace.log.custody.gaps()
    if any(first <= wanted.number <= end for first, end in gaps):
        return (
            f"Entry {wanted.number:,} could not be read when this log was saved from a damaged "
            f"one, so it cannot be compared. {_KEEP}"
        )
    if wanted.number > last:
        return (
            f"Not in this log: it ends before entry {wanted.number:,}. The paper belongs to "
            f"another log, or the log was replaced by an older one. {_KEEP}"
        )
    return (
        f"Not in this log: entry {wanted.number:,} is another one here. The paper belongs to "
        f"another log, or the log was changed. {_KEEP}"
    )
