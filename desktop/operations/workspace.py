"""What every operation is handed: the open log, the clock, who is acting, the procedures."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from desktop.domain.calendar.times import Clock, Moment, is_behind
from desktop.domain.errors import NotPermitted
from desktop.domain.identifiers import ID_BYTES, KeyholderId, id_text
from desktop.domain.log.custody import SALT_BYTES, Action, commit, detail_text, next_entry
from desktop.domain.log.roles import KeyholderRole, may
from desktop.domain.program_data import ProgramData
from desktop.domain.steps.procedures import Procedure
from desktop.operations.reading.decoding import Decode, decode_here
from desktop.store.contents import Contents
from desktop.store.held_keys import HeldKeys
from desktop.store.log import Log

T = TypeVar("T")

# The setting that tells that the clock was set back: the time of the latest entry, which is ahead.
CLOCK_BEHIND = "clock_behind"


class OnLog(Protocol):
    """Runs a function on the thread that owns log.db and waits for its answer."""

    def __call__(self, function: Callable[[], T]) -> T:
        """Run it there; an error raised there is raised here."""
        ...


def directly(function: Callable[[], T]) -> T:
    """Run it on this thread: for programs and tests that have only one."""
    return function()


def _nothing() -> None:
    """Do nothing: for a workspace that holds no lock and no process."""


@dataclass(frozen=True, slots=True)
class Keyholder:
    """Who acts: the author of everything entered, and the producer of exhibits."""

    id: KeyholderId
    name: str
    title: str
    initials: str
    role: KeyholderRole = KeyholderRole.LEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """An open log with all that an operation needs; made at unlock, dropped at lock.

    `keys` holds the keys of the log and knows its folder.
    `log` belongs to the log thread, `contents` to the bytes thread; a long job on the bytes
    thread reaches the log through `on_log`. `machine` describes computer, system and program;
    `release` gives the folder free for others once the log is closed. `restricted` says that this
    is a restricted log (domain/log/restricted.py). `data` is what comes with the program beside
    the procedures: the last good text of each file. `decode` reads foreign bytes, in a process
    apart where the program runs; `stop_decoding` ends that process at once.
    """

    keys: HeldKeys
    log: Log
    contents: Contents
    clock: Clock
    keyholder: Keyholder
    procedures: Mapping[str, Procedure]
    data: ProgramData
    machine: str
    on_log: OnLog = directly
    release: Callable[[], None] = _nothing
    restricted: bool = False
    decode: Decode = decode_here
    stop_decoding: Callable[[], None] = _nothing

    def new_id(self) -> str:
        """Return a fresh random id."""
        return id_text(secrets.token_bytes(ID_BYTES))

    def now(self) -> Moment:
        """Return the present moment."""
        return self.clock.now()

    def note(
        self,
        action: Action,
        subject: str,
        at: Moment,
        /,
        **detail: str | int | bool | list[str] | None,
    ) -> None:
        """Write the custody entry of what is being done; call it inside the same transaction.

        Raises NotPermitted, which undoes the transaction, if the keyholder's role forbids it.
        """
        if not may(self.keyholder.role, action):
            raise NotPermitted(action.value)
        if action is not Action.CLOCK_WENT_BACK:
            self._notice_clock()
        salt = secrets.token_bytes(SALT_BYTES)
        text = detail_text(detail)
        entry = next_entry(
            self.log.custody.head(),
            at=at.to_text(),
            keyholder=self.keyholder.id,
            action=action,
            subject=subject,
            commitment=commit(salt, text),
        )
        self.log.custody.append(entry, salt, text)

    def _notice_clock(self) -> None:
        """Put on record that the clock is behind the last entry; nothing is held up by it."""
        latest, now = self.log.custody.latest_time(), self.now()
        if latest and is_behind(now, Moment.from_text(latest)):
            self.log.settings.set(CLOCK_BEHIND, latest)
            self.note(Action.CLOCK_WENT_BACK, "log", now, latest=latest)
