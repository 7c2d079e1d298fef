"""Checks the whole log: the custody chain, every reference, the hash of every content."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.custody import Action, Head, first_break
from desktop.domain.errors import AppError, Cancelled
from desktop.domain.evidence import EvidenceItem, Fingerprint
from desktop.operations.workspace import Workspace
from desktop.store.evidence_table import ContentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class LogCheck:
    """What a check found. `altered` are (incident number, exhibit mark) of changed content."""

    entries: int
    items: int
    head: Head | None
    broken_at: int | None
    altered: tuple[tuple[str, str], ...]
    sentence: str
    changes: Changes

    @property
    def holds(self) -> bool:
        """Whether everything is as it was entered."""
        return self.broken_at is None and not self.altered


@dataclass(frozen=True, slots=True)
class _Plan:
    head: Head | None
    broken_at: int | None
    contents: list[ContentRow]
    items: list[EvidenceItem]
    numbers: dict[str, str]


def check_log(
    workspace: Workspace,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> LogCheck:
    """Check everything and record the result; runs on the bytes thread."""
    plan = workspace.on_log(lambda: _plan(workspace))
    wrong = set()
    for done, row in enumerate(plan.contents):
        if cancelled():
            raise Cancelled
        if not _unchanged(workspace, row):
            wrong.add(row.id)
        progress((done + 1) / len(plan.contents))
    kept = [item for item in plan.items if item.content_id]
    altered = tuple(
        (plan.numbers[item.incident_id], str(item.mark))
        for item in kept
        if item.content_id in wrong
    )
    sentence = _say(plan, len(kept), altered)

    def record() -> None:
        with workspace.log.transaction():
            workspace.note(
                Action.LOG_CHECKED,
                "log",
                workspace.now(),
                entries=plan.head.number if plan.head else 0,
                items=len(kept),
                broken_at=plan.broken_at,
                altered=[f"{number} {mark}" for number, mark in altered],
            )
            workspace.log.settings.set("last_check", f"{workspace.now().to_text()}\n{sentence}")

    workspace.on_log(record)
    return LogCheck(
        entries=plan.head.number if plan.head else 0,
        items=len(kept),
        head=plan.head,
        broken_at=plan.broken_at,
        altered=altered,
        sentence=sentence,
        changes=changed(Topic.LOG, Topic.CUSTODY),
    )


def _plan(workspace: Workspace) -> _Plan:
    log = workspace.log
    return _Plan(
        head=log.custody.head(),
        broken_at=first_break(log.custody.walk()),
        contents=log.evidence.contents(),
        items=log.evidence.items(),
        numbers={row.id: row.number for row in log.incidents.all()},
    )


def _unchanged(workspace: Workspace, row: ContentRow) -> bool:
    try:
        found: Fingerprint = workspace.contents.check(row.id, row.file_number)
    except AppError:
        return False
    return found == row.fingerprint


def _say(plan: _Plan, kept: int, altered: tuple[tuple[str, str], ...]) -> str:
    entries = plan.head.number if plan.head else 0
    problems = []
    if plan.broken_at is not None:
        problems.append(
            f"The custody record does not fit together from entry {plan.broken_at} on."
        )
    if altered:
        marks = ", ".join(f"{mark} of {number}" for number, mark in altered)
        problems.append(
            f"The content of {marks} is not what was entered. Do not rely on it; "
            "keep the log as it is and look at your newest backup."
        )
    if problems:
        return " ".join(problems)
    items = "1 exhibit" if kept == 1 else f"{kept:,} exhibits"
    return f"All {entries:,} entries and {items} are unchanged since they were entered."
