"""What app.py hands to the window: how a log is made and opened, and the preferences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.screens import ListFrames, Shortcut
from desktop.ui.idle_lock import DEFAULT_MINUTES, IdleLock
from desktop.ui.rescue import Rescue
from desktop.ui.session import Session
from desktop.ui.theme import Look, Theme
from desktop.ui.window_guard import WindowGuard

if TYPE_CHECKING:
    from desktop.operations.entering.open_log import WayIn
    from desktop.operations.workspace import Workspace


class Strength(Protocol):
    """How hard a passphrase is to guess: 0 to 4, and one sentence of advice."""

    @property
    def score(self) -> int:
        """0 (at once) to 4 (very hard)."""
        ...

    @property
    def advice(self) -> str:
        """What would make it harder to guess; may be empty."""
        ...


class RatePassphrase(Protocol):
    """Rates a passphrase; `words` are those that somebody who knows the keyholder would try."""

    def __call__(self, passphrase: str, words: Sequence[str], /) -> Strength:
        """Return how hard it is to guess."""
        ...


class Unlock(Protocol):
    """Opens a log with a passphrase or with the recovery key."""

    def __call__(self, folder: Path, typed: str, keyholder_id: str = "", /) -> "Workspace":
        """Open it as this keyholder; '' is whoever it fits, or the first lead."""
        ...


class OfferPaper(Protocol):
    """Lets a paper be printed or saved."""

    def __call__(self, owner: QWidget, session: Session, name: str, pdf: bytes, /) -> object:
        """Open the window that asks which."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What belongs to this computer rather than to the log; nothing of it is secret."""

    look: Look = Look.SYSTEM
    scale: int = 100
    lock_minutes: int = DEFAULT_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the assistant asked for a new log; `restricted` where it is a restricted one."""

    folder: Path
    organisation: str
    name: str
    title: str
    initials: str
    passphrase: str
    recovery_key: str
    restricted: bool = False


class BuildDesk(Protocol):
    """Makes the desk of an open log; imported late, so that the unlock page is there at once."""

    def __call__(self, session: Session, entry: "Entry", parent: QWidget) -> QWidget:
        """Return a desktop.ui.desk.Desk; this file must not know it, it knows this file."""
        ...


@dataclass(kw_only=True)
class Entry:
    """The functions are called on a worker thread, except those about folders and preferences.

    `folder` is where the log lies; None at the very first start. `remember_folder` keeps it for
    the next start. `ways_in` tells who may open a log, before it is open. `by_recovery_key` says
    that the log was opened so last, and that a new passphrase is to be offered. `list_frames` and
    `shortcut` are None where the system does not let a program ask for them.
    """

    folder: Path | None
    theme: Theme
    idle_lock: IdleLock
    suggested_folder: Callable[[], Path]
    log_exists: Callable[[Path], bool]
    check_folder: Callable[[Path], None]
    remember_folder: Callable[[Path], None]
    new_recovery_key: Callable[[], str]
    rate_passphrase: RatePassphrase
    create: "Callable[[Answers], Workspace]"
    ways_in: "Callable[[Path], Sequence[WayIn]]"
    unlock: Unlock
    unlock_with_recovery_key: Unlock
    unlock_remembered: "Callable[[Path, str], Workspace]"
    recovery_sheet: Callable[[str, Path, str], bytes]
    offer_paper: OfferPaper
    rescue: Callable[[], Rescue]
    build_desk: BuildDesk
    preferences: Preferences
    keep_preferences: Callable[[Preferences], None]
    by_recovery_key: bool = False
    window_guard: WindowGuard | None = None
    list_frames: ListFrames | None = None
    shortcut: Shortcut | None = None

    def prefer(self, preferences: Preferences) -> None:
        """Use other preferences from now on, and keep them."""
        self.preferences = preferences
        self.theme.apply(preferences.look, preferences.scale)
        self.idle_lock.set_minutes(preferences.lock_minutes)
        self.keep_preferences(preferences)
