"""Checks the whole log: chain, heads that left, references, files, the hash of every content."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, TypeVar

from desktop.domain.calendar.times import say
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import AppError, Cancelled, LogDamaged, LogLocked
from desktop.domain.evidence.items import EvidenceItem, Fingerprint
from desktop.domain.identifiers import ContentId
from desktop.domain.log.custody import Action, Head
from desktop.domain.log.log_checks import (
    Finding,
    LastCheck,
    chain_broken,
    content_altered,
    content_belongs_to_nothing,
    content_unreadable,
    details_gone,
    file_unreadable,
    head_gone,
    last_check_text,
    read_last_check,
    references_broken,
    say_result,
)
from desktop.operations.backups.compare_backups import compare_backups
from desktop.operations.checking.compare_worksheets import compare_worksheets
from desktop.operations.checking.walk_custody import walk_custody
from desktop.operations.workspace import Workspace
from desktop.store.content_hashing import WantedContent, hash_all
from desktop.store.evidence_table import ContentRow

T = TypeVar("T")
LAST_CHECK = "last_check"


class _Look(Protocol):
    """Looks something up on the log thread; the second is the answer where log.db is damaged."""

    def __call__(self, look: Callable[[], T], otherwise: T) -> T:
        """Return what was found."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LogCheck:
    """What a check found. `altered` are (incident number, exhibit mark) of changed content."""

    entries: int
    items: int
    head: Head | None
    broken_at: int | None
    altered: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    sentence: str
    changes: Changes

    @property
    def holds(self) -> bool:
        """Whether everything is as it was entered."""
        return not self.findings


@dataclass(slots=True)
class Contents:
    """What is to be hashed, and what came of it."""

    rows: dict[ContentId, ContentRow]
    items: list[EvidenceItem]
    numbers: dict[str, str]
    altered: set[ContentId] = field(default_factory=set)
    unreadable: set[ContentId] = field(default_factory=set)

    def take(self, content_id: ContentId, found: Fingerprint | None) -> None:
        """Compare what was found with what was entered."""
        if found is None:
            self.unreadable.add(content_id)
        elif found != self.rows[content_id].fingerprint:
            self.altered.add(content_id)

    def named(self, wrong: set[ContentId]) -> tuple[tuple[str, str], ...]:
        """Return incident number and exhibit mark of each item with such content."""
        return tuple(
            (self.numbers[item.incident_id], str(item.mark))
            for item in self.items
            if item.content_id in wrong
        )

    def findings(self) -> list[Finding]:
        """Say what is wrong with which exhibit."""
        pairs = ((content_altered, self.altered), (content_unreadable, self.unreadable))
        return [make(_names(self.named(wrong))) for make, wrong in pairs if self.named(wrong)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What was found beside the contents; `strays` are what the next unlock clears away."""

    head: Head | None
    broken_at: int | None
    findings: list[Finding]
    strays: int = 0


def check_log(
    workspace: Workspace,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> LogCheck:
    """Check everything and record the result; runs on the bytes thread."""
    frame = check_frame(workspace)
    contents = read_contents(workspace)
    total = sum(row.fingerprint.size for row in contents.rows.values())

    def heard(size: int) -> None:
        progress(min(size / total, 1) if total else 1)

    def hashed(wanted: WantedContent, found: Fingerprint | None) -> None:
        contents.take(wanted.id, found)

    wanted = [WantedContent(row.id, row.file_number) for row in in_file_order(contents)]
    if cancelled() or not hash_all(workspace.contents, wanted, hashed, heard, cancelled):
        raise Cancelled
    progress(1)
    return conclude(workspace, frame, contents)


def last_check(workspace: Workspace) -> LastCheck | None:
    """Return the result of the last check, or None if there was none yet."""
    return read_last_check(workspace.log.settings.get(LAST_CHECK))


def check_frame(workspace: Workspace) -> Frame:
    """Check everything but the contents; each step on the log thread is short."""
    steps = check_frame_in_steps(workspace)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            frame: Frame = end.value
            return frame


def check_frame_in_steps(workspace: Workspace) -> Generator[None, None, Frame]:
    """Check the same step by step; the generator returns what was found."""
    findings: list[Finding] = []
    on_log = partial(_unless_damaged, workspace, findings)
    consistency = workspace.log.consistency
    for look in (consistency.damaged_pages, consistency.broken_structures):
        if on_log(look, 0):
            _note_damage(findings, workspace.keys.folder.log_file.name)
        yield
    broken_at = yield from _find_break(workspace, findings)
    if broken_at is not None:
        findings.append(chain_broken(broken_at))
    findings += on_log(partial(_look_at_custody, workspace), _none_found())
    yield
    astray = on_log(consistency.broken_references, 0) + on_log(consistency.details_of_nobody, 0)
    if astray:
        findings.append(references_broken(astray))
    yield
    unused: frozenset[ContentId] = frozenset()
    nowhere = on_log(consistency.contents_without_item, unused)
    if nowhere:
        findings.append(content_belongs_to_nothing(len(nowhere)))
    strays = _count_strays(workspace, findings, on_log)
    yield
    findings += _compare_backups(workspace)
    head = on_log(workspace.log.custody.head, None)
    return Frame(head=head, broken_at=broken_at, findings=findings, strays=strays)


def read_contents(workspace: Workspace) -> Contents:
    """Return what is to be hashed; nothing where log.db is too damaged to say."""
    try:
        return workspace.on_log(partial(_read_contents, workspace))
    except LogDamaged:
        return Contents({}, [], {})


def in_file_order(contents: Contents) -> list[ContentRow]:
    """Return the contents file by file: their order on the disk is about that of their coming."""
    return sorted(contents.rows.values(), key=lambda row: row.file_number)


def conclude(
    workspace: Workspace, frame: Frame, contents: Contents, *, in_parts: bool = False
) -> LogCheck:
    """Say what was found, and put it on record."""
    findings = (*frame.findings, *contents.findings())
    kept = sum(1 for item in contents.items if item.content_id)
    entries = frame.head.number if frame.head else 0
    check = LogCheck(
        entries=entries,
        items=kept,
        head=frame.head,
        broken_at=frame.broken_at,
        altered=contents.named(contents.altered | contents.unreadable),
        findings=findings,
        sentence=say_result(entries, kept, findings, frame.strays),
        changes=changed(Topic.LOG, Topic.CUSTODY, Topic.EVIDENCE),
    )
    try:
        workspace.on_log(partial(_record, workspace, check, contents, in_parts=in_parts))
    except AppError as error:
        # What was found is said all the same: a damaged log may not take the record of it.
        if check.holds or isinstance(error, LogLocked):
            raise
    return check


def _record(workspace: Workspace, check: LogCheck, contents: Contents, *, in_parts: bool) -> None:
    at, wrong = workspace.now(), contents.altered | contents.unreadable
    with workspace.log.transaction():
        for item in contents.items:
            if item.content_id in wrong:
                mark = str(item.mark)
                workspace.note(Action.ITEM_CHECKED, item.id, at, mark=mark, unchanged=False)
        workspace.note(
            Action.LOG_CHECKED,
            "log",
            at,
            entries=check.entries,
            items=check.items,
            in_parts=in_parts,
            broken_at=check.broken_at,
            altered=[f"{number} {mark}" for number, mark in check.altered],
            findings=[finding.happened for finding in check.findings],
        )
        result = LastCheck(at=at, sentence=check.sentence, holds=check.holds, in_parts=in_parts)
        workspace.log.settings.set(LAST_CHECK, last_check_text(result))


def _unless_damaged(
    workspace: Workspace, findings: list[Finding], look: Callable[[], T], otherwise: T
) -> T:
    try:
        return workspace.on_log(look)
    except LogDamaged as error:
        _note_damage(findings, error.file_name)
        return otherwise


def _note_damage(findings: list[Finding], file_name: str) -> None:
    finding = file_unreadable((file_name,))
    if finding not in findings:
        findings.append(finding)


def _find_break(
    workspace: Workspace, findings: list[Finding]
) -> Generator[None, None, int | None]:
    try:
        broken_at = yield from walk_custody(workspace)
    except LogDamaged as error:
        _note_damage(findings, error.file_name)
        return None
    return broken_at


def _compare_backups(workspace: Workspace) -> list[Finding]:
    try:
        return compare_backups(workspace)
    except LogDamaged:
        return []


def _none_found() -> list[Finding]:
    return []


def _look_at_custody(workspace: Workspace) -> list[Finding]:
    """Look for details that are gone, for heads that left and for texts that were sent."""
    log = workspace.log
    gone, gaps = log.consistency.emptied_without_right(), log.custody.gaps()
    return [
        *([details_gone(gone)] if gone else []),
        *(
            head_gone(given.head.number, given.what, say(given.at))
            for given in log.given_heads.all()
            if log.custody.own_of(given.head.number) != given.head.own
            and not any(first <= given.head.number <= last for first, last in gaps)
        ),
        *compare_worksheets(workspace),
    ]


def _count_strays(workspace: Workspace, findings: list[Finding], on_log: _Look) -> int:
    """Count what the evidence files hold and the log does not name: added twice, or cut off."""
    rows: list[ContentRow] = []
    named = {row.id for row in on_log(workspace.log.evidence.contents, rows)}
    strays: set[ContentId] = set()
    for number in workspace.contents.file_numbers:
        try:
            strays |= workspace.contents.held_in(number) - named
        except LogLocked:
            raise
        except AppError:
            file = workspace.keys.folder.evidence_file(number)
            findings.append(file_unreadable((f"evidence/{file.name}",)))
    return len(strays)


def _read_contents(workspace: Workspace) -> Contents:
    log = workspace.log
    return Contents(
        rows={row.id: row for row in log.evidence.unsealed_contents()},
        items=log.evidence.items(),
        numbers={row.id: row.number for row in log.incidents.all()},
    )


def _names(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{mark} of {number}" for number, mark in pairs]
