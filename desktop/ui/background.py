"""Worker threads: one for log.db, one for bytes, one to ask the computer; answers come back."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from desktop.domain.errors import AppError, LogLocked

T = TypeVar("T")


class Lane(Enum):
    """Which of the threads does a piece of work; COMPUTER may wait long and never for the log."""

    LOG = "log"
    BYTES = "bytes"
    COMPUTER = "computer"


@dataclass(slots=True)
class _Ticket:
    owner: QObject
    on_done: Callable[[Any], None] | None
    on_error: Callable[[AppError], None] | None
    always: Callable[[Any], None] | None


class Background(QObject):
    """Runs work on a thread of its lane and hands the answer back on the UI thread.

    The work must hold plain data only: a worker may never own the last reference to a QObject.
    The answer is dropped when its owner is gone. An error that nobody expects is raised on the
    UI thread, where the crash hook sees it.
    """

    _ended = Signal(int, object, object)
    _went_on = Signal(int, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_thread = 0
        self._executors = {
            Lane.LOG: ThreadPoolExecutor(1, "log", initializer=self._remember_log_thread),
            Lane.BYTES: ThreadPoolExecutor(1, "bytes"),
            Lane.COMPUTER: ThreadPoolExecutor(1, "computer"),
        }
        self._tickets: dict[int, _Ticket] = {}
        self._last_number = 0
        self._closed = False
        self._followers: dict[int, tuple[QObject, Callable[[float], None]]] = {}
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._went_on.connect(self._on_went_on, Qt.ConnectionType.QueuedConnection)

    @property
    def pending(self) -> int:
        """How many answers are still to come."""
        return len(self._tickets)

    @property
    def asked(self) -> int:
        """How often anything was asked for: while this stands still, nobody works."""
        return self._last_number

    def submit(
        self,
        lane: Lane,
        owner: QObject,
        work: Callable[[], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[AppError], None] | None = None,
        *,
        always: Callable[[T], None] | None = None,
    ) -> None:
        """Do the work on that thread; `always` gets the answer even when the owner is gone."""
        self._last_number += 1
        number = self._last_number
        self._tickets[number] = _Ticket(owner, on_done, on_error, always)
        if self._closed:
            self._ended.emit(number, None, LogLocked())
            return
        future = self._executors[lane].submit(work)
        future.add_done_callback(lambda ended: self._report(number, ended))

    def later(self, owner: QObject, milliseconds: int, then: Callable[[], None]) -> None:
        """Do something on the UI thread after a while; until then it counts as pending."""
        if self._closed:
            return
        self._last_number += 1
        self._tickets[self._last_number] = _Ticket(owner, lambda _answer: then(), None, None)
        due = partial(self._on_ended, self._last_number, None, None)
        QTimer.singleShot(milliseconds, self, due)

    def follow(
        self, owner: QObject, on_progress: Callable[[float], None] | None
    ) -> Callable[[float], None]:
        """Return what a worker calls to say how far it is; the owner hears of it up to 1."""
        if on_progress is None:
            return _unheard
        self._last_number += 1
        gone = [number for number, (who, _) in self._followers.items() if not isValid(who)]
        for number in gone:
            del self._followers[number]
        self._followers[self._last_number] = (owner, on_progress)
        return partial(self._went_on.emit, self._last_number)

    def refuse(self, owner: QObject, on_error: Callable[[AppError], None] | None) -> None:
        """Answer that the log is locked, in the same way as a piece of work would."""
        self._last_number += 1
        self._tickets[self._last_number] = _Ticket(owner, None, on_error, None)
        self._ended.emit(self._last_number, None, LogLocked())

    def on_log(self, function: Callable[[], T]) -> T:
        """Run a function on the thread that owns log.db and wait for its answer."""
        if threading.get_ident() == self._log_thread:
            return function()
        try:
            future = self._executors[Lane.LOG].submit(function)
        except RuntimeError as error:
            raise LogLocked from error
        return future.result()

    def close(self, last: Callable[[], None] | None = None) -> None:
        """Refuse new work, let what was accepted end, do `last` on the log thread, and stop."""
        if self._closed:
            return
        self._closed = True
        self._executors[Lane.COMPUTER].shutdown(wait=True, cancel_futures=True)
        self._executors[Lane.BYTES].shutdown(wait=True)
        final = self._executors[Lane.LOG].submit(last) if last else None
        self._executors[Lane.LOG].shutdown(wait=True)
        self._tickets.clear()
        self._followers.clear()
        if final:
            final.result()

    def _remember_log_thread(self) -> None:
        self._log_thread = threading.get_ident()

    def _report(self, number: int, ended: Future[T]) -> None:
        if ended.cancelled():  # at the end of the program: nobody waits for it any more
            return
        error = ended.exception()
        self._ended.emit(number, None if error else ended.result(), error)

    @Slot(int, float)
    def _on_went_on(self, number: int, share: float) -> None:
        owner, on_progress = self._followers.get(number, (self, _unheard))
        if share >= 1 or not isValid(owner):
            self._followers.pop(number, None)
        if isValid(owner):
            on_progress(share)

    @Slot(int, object, object)
    def _on_ended(self, number: int, answer: object, error: BaseException | None) -> None:
        ticket = self._tickets.pop(number, None)
        if ticket is None:
            return
        if error is not None and not isinstance(error, AppError):
            raise error
        if error is None and ticket.always:
            ticket.always(answer)
        if not isValid(ticket.owner):
            return
        if isinstance(error, AppError):
            if ticket.on_error:
                ticket.on_error(error)
        elif ticket.on_done:
            ticket.on_done(answer)


def _unheard(_share: float) -> None:
    """Take the progress of work that nobody follows."""
