"""The open log as the pages see it: runs operations, says what changed, locks."""

import weakref
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

from desktop.domain.calendar.times import Clock
from desktop.domain.changes import Changes
from desktop.domain.errors import AppError, LogLocked
from desktop.domain.errors import Cancelled as Stopped
from desktop.domain.log.locking import CUTS_WORK, LockReason
from desktop.ui import messages
from desktop.ui.background import Background, Lane
from desktop.ui.job import Cancelled, Job, Progress

if TYPE_CHECKING:
    from desktop.domain.program_data import ProgramData
    from desktop.operations.workspace import Keyholder, Workspace

__all__ = ["Cancelled", "Job", "PartingWork", "Progress", "Session", "clear_clipboard"]

T = TypeVar("T")
PartingWork = Callable[["Workspace", Progress, Cancelled], object]
CutNote = Callable[["Workspace", str], object]


class Session(QObject):
    """Everything a page needs of the log; the log itself stays on its own thread.

    At a lock: `about_to_lock` (pages give away what was typed), `locked` (pages are gone), then
    `parting` (0 to 1) and `parted` where there is parting work, and `closed` at the very end.
    """

    changed = Signal(object)
    unlocked = Signal()
    about_to_lock = Signal()
    locked = Signal()
    parting = Signal(float)
    parted = Signal()
    closed = Signal(object)
    ended = Signal()

    def __init__(
        self,
        background: Background,
        clock: Clock,
        close_log: "Callable[[Workspace], None]",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.clock = clock
        self._background = background
        self._close_log = close_log
        self._workspace: Workspace | None = None
        self._data: ProgramData | None = None
        self._held: list[Workspace] = []
        self._closing = False
        self._waiting: Callable[[], None] | None = None
        self._jobs: weakref.WeakSet[Job] = weakref.WeakSet()
        self._parting_work: PartingWork | None = None
        self._cut_note: CutNote | None = None
        self._parting: Job | None = None
        self._yielding: Job | None = None
        self._lock_reason: LockReason | None = None

    @property
    def is_open(self) -> bool:
        """Whether a log is open and takes new work."""
        return self._workspace is not None

    @property
    def is_closing(self) -> bool:
        """Whether a log that was locked is still being put away."""
        return self._closing

    @property
    def lock_reason(self) -> LockReason | None:
        """Why the log was locked the last time; None where it was not locked yet."""
        return self._lock_reason

    @property
    def is_restricted(self) -> bool:
        """Whether the log that is open is a restricted one."""
        return self._workspace is not None and self._workspace.restricted

    @property
    def asked(self) -> int:
        """How often anything was asked for: while this stands still, nobody works."""
        return self._background.asked

    @property
    def keyholder(self) -> "Keyholder | None":
        """Who opened the log; None while it is locked."""
        return self._workspace.keyholder if self._workspace else None

    @property
    def data(self) -> "ProgramData":
        """What comes with the program, as the log that was opened last goes on with it."""
        if self._data is None:
            raise LogLocked
        return self._data

    def open(
        self,
        owner: QObject,
        opener: "Callable[[], Workspace]",
        on_done: Callable[[], None] | None = None,
        on_error: Callable[[AppError], None] | None = None,
    ) -> None:
        """Create or unlock a log on the log thread; `opener` holds plain data only."""
        start = partial(self._open, owner, opener, on_done, on_error)
        if self._closing:
            self._waiting = start
            self.cancel_parting()
        else:
            start()

    def run(
        self,
        owner: QObject,
        operation: "Callable[[Workspace], T]",
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[AppError], None] | None = None,
    ) -> None:
        """Run a short operation on the log thread; what it changed is announced once."""
        if self._workspace is None:
            self._background.refuse(owner, on_error)
            return
        self._submit(Lane.LOG, owner, partial(operation, self._workspace), on_done, on_error)

    def run_long(
        self,
        owner: QObject,
        operation: "Callable[[Workspace, Progress, Cancelled], T]",
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[AppError], None] | None = None,
        on_progress: Callable[[float], None] | None = None,
        *,
        name: str = "",
    ) -> Job:
        """Run a long operation on the bytes thread; it can be followed and cancelled.

        `name` says in a few words what is lost when a lock cuts it short.
        """
        job = Job(self._background.follow(owner, on_progress), name)
        if self._workspace is None:
            self._background.refuse(owner, on_error)
            return job
        self._jobs.add(job)
        work = partial(_do_long, operation, self._workspace, job, self._cut_note)
        self._submit(Lane.BYTES, owner, work, on_done, on_error)
        return job

    def run_idle(
        self,
        owner: QObject,
        operation: "Callable[[Workspace, Progress, Cancelled], T]",
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[AppError], None] | None = None,
    ) -> bool:
        """Run a moment's work if there is no other; whatever is asked for next stops it."""
        if self._workspace is None or self._background.pending:
            return False
        self._yielding = self.run_long(owner, operation, on_done, on_error)
        return True

    def run_outside(
        self,
        owner: QObject,
        function: Callable[[], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[AppError], None] | None = None,
    ) -> None:
        """Run on the bytes thread what needs no open log, such as rating a passphrase."""
        self._submit(Lane.BYTES, owner, function, on_done, on_error)

    def run_long_outside(
        self,
        owner: QObject,
        function: Callable[[Progress, Cancelled], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[AppError], None] | None = None,
        on_progress: Callable[[float], None] | None = None,
    ) -> Job:
        """Run on the bytes thread long work that needs no open log, such as a restore."""
        job = Job(self._background.follow(owner, on_progress))
        self._jobs.add(job)
        work = partial(function, job.report, job.cancelled)
        self._submit(Lane.BYTES, owner, work, on_done, on_error)
        return job

    def ask_computer(
        self, owner: QObject, question: Callable[[], T], on_done: Callable[[T], None]
    ) -> None:
        """Ask the computer something; the answer may take a while and waits for no other work."""
        self._submit(Lane.COMPUTER, owner, question, on_done, None)

    def later(self, owner: QObject, milliseconds: int, then: Callable[[], None]) -> None:
        """Do something on the UI thread after a while, if its owner is still there."""
        self._background.later(owner, milliseconds, then)

    def set_parting_work(self, work: PartingWork | None) -> None:
        """Name what is done on the bytes thread once the pages are gone, before the log closes.

        It is left out where there is no time for it: when the screen locks, the computer goes to
        sleep or somebody else takes it.
        """
        self._parting_work = work

    def set_cut_note(self, note: CutNote | None) -> None:
        """Name what keeps the name of work that a lock cut short; an empty name starts anew."""
        self._cut_note = note

    @Slot()
    def cancel_parting(self) -> None:
        """Ask the parting work to stop, so that the log closes at once."""
        if self._parting is not None:
            self._parting.cancel()

    @Slot()
    def lock(self, reason: LockReason = LockReason.KEY) -> None:
        """Take no new work, let the accepted work end or cut it, close the log and forget it."""
        if self._workspace is None:
            if reason in CUTS_WORK:
                self.cut_short()
            return
        self._lock_reason = reason
        if self._cut_note is not None:
            self.run(self, partial(_start_anew, self._cut_note))
        self.about_to_lock.emit()
        self._stop_yielding()
        if reason in CUTS_WORK:
            self.cut_short()
            self._workspace.stop_decoding()
        workspace, self._workspace = self._workspace, None
        self._closing = True
        clear_clipboard()
        parting_work = None if reason in CUTS_WORK else self._parting_work
        if parting_work is None:
            # It closes while the pages go: they need nothing of it any more.
            self._put_away(workspace)
            self.locked.emit()
        else:
            self.locked.emit()
            self._part(workspace, parting_work)
            self._put_away(workspace)

    def close(self) -> None:
        """End everything before the program ends: accepted work, the log, both threads."""
        if self._workspace is not None:
            self.about_to_lock.emit()
            self._workspace = None
            clear_clipboard()
        self.cancel_parting()
        self.ended.emit()
        self._background.close(partial(_close_held, self._held, self._close_log))

    @Slot()
    def cut_short(self) -> None:
        """Stop all work that is under way; what has a name is told at the next unlock."""
        for job in list(self._jobs):
            job.cut()
        self.cancel_parting()

    def _part(self, workspace: "Workspace", parting_work: PartingWork) -> None:
        job = Job(self._background.follow(self, self.parting.emit))
        self._parting = job
        self.parting.emit(0.0)
        work = partial(_do_parting, parting_work, workspace, job)
        self._background.submit(Lane.BYTES, self, work, self._on_parted)

    def _on_parted(self, _answer: object) -> None:
        if self._parting is not None:
            self._parting = None
            self.parted.emit()

    def _put_away(self, workspace: "Workspace") -> None:
        """Close the log after the accepted work, without a way back over the UI thread."""
        close = partial(_close_one, self._held, self._close_log, workspace)
        work = partial(self._background.on_log, close)
        self._background.submit(Lane.BYTES, self, work, self._on_closed, self._on_closed)

    def _submit(
        self,
        lane: Lane,
        owner: QObject,
        work: Callable[[], T],
        on_done: Callable[[T], None] | None,
        on_error: Callable[[AppError], None] | None,
    ) -> None:
        self._stop_yielding()
        failed = on_error or partial(messages.show, owner)
        self._background.submit(lane, owner, work, on_done, failed, always=self._announce)

    def _stop_yielding(self) -> None:
        if self._yielding is not None:
            self._yielding.cancel()
            self._yielding = None

    def _announce(self, answer: object) -> None:
        changes = answer if isinstance(answer, Changes) else getattr(answer, "changes", None)
        if isinstance(changes, Changes) and self._workspace is not None:
            self.changed.emit(changes)

    def _open(
        self,
        owner: QObject,
        opener: "Callable[[], Workspace]",
        on_done: Callable[[], None] | None,
        on_error: Callable[[AppError], None] | None,
    ) -> None:
        self._background.submit(
            Lane.LOG,
            owner,
            partial(_open_held, self._held, opener),
            partial(_without_answer, on_done) if on_done else None,
            on_error or partial(messages.show, owner),
            always=self._on_opened,
        )

    def _on_opened(self, workspace: "Workspace") -> None:
        self._workspace, self._data = workspace, workspace.data
        self.unlocked.emit()

    def _on_closed(self, error: AppError | None) -> None:
        self._on_parted(None)
        self._closing = False
        self.closed.emit(error)
        if self._waiting:
            start, self._waiting = self._waiting, None
            start()


def clear_clipboard() -> None:
    """Leave nothing of the log on the clipboard."""
    clipboard = QGuiApplication.clipboard()
    clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


def _start_anew(note: CutNote, workspace: "Workspace") -> None:
    note(workspace, "")


def _do_long(
    operation: "Callable[[Workspace, Progress, Cancelled], T]",
    workspace: "Workspace",
    job: Job,
    note: CutNote | None,
) -> T:
    try:
        return operation(workspace, job.report, job.cancelled)
    except Stopped:
        if job.was_cut and job.name and note is not None:
            workspace.on_log(partial(note, workspace, job.name))
        raise


def _do_parting(parting_work: PartingWork, workspace: "Workspace", job: Job) -> None:
    """Whatever it meets is said at the next unlock: nobody is there any more to be told."""
    if job.cancelled():
        return
    with suppress(AppError):
        parting_work(workspace, job.report, job.cancelled)


def _without_answer(callback: Callable[[], None], _answer: object) -> None:
    callback()


def _open_held(held: "list[Workspace]", opener: "Callable[[], Workspace]") -> "Workspace":
    workspace = opener()
    held.append(workspace)
    return workspace


def _close_one(
    held: "list[Workspace]", close_log: "Callable[[Workspace], None]", workspace: "Workspace"
) -> None:
    held.remove(workspace)
    close_log(workspace)


def _close_held(held: "list[Workspace]", close_log: "Callable[[Workspace], None]") -> None:
    while held:
        close_log(held.pop())
