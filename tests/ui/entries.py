"""What app.py would hand to the window, for tests: real logs with raw keys, nothing remembered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.domain.errors import (
    FolderNotWritable,
    KeychainUnavailable,
    LogMissing,
    WrongPassphrase,
    WrongRecoveryKey,
)
from desktop.domain.log.recovery import SECRET_BYTES, recovery_key_text
from desktop.operations.entering.enter_log import Environment
from desktop.operations.leaving.make_papers import make_recovery_sheet
from desktop.operations.rescuing.restore_log import find_backups, restore_log
from desktop.operations.rescuing.salvage_log import salvage_log, suggested_target
from desktop.operations.workspace import Workspace
from desktop.ui.entry import Answers, BuildDesk, Entry, Preferences
from desktop.ui.idle_lock import IdleLock
from desktop.ui.paper import offer_paper
from desktop.ui.rescue import Rescue
from desktop.ui.session import Session
from desktop.ui.theme import Theme
from tests.clocks import FrozenClock
from tests.workspaces import make_workspace, open_workspace, own_procedures

PASSPHRASE = "quiet harbour seven lanterns"
RECOVERY_KEY = recovery_key_text(bytes(range(SECRET_BYTES)))


@dataclass(frozen=True)
class Rated:
    """How hard a passphrase is to guess, by its length alone."""

    score: int
    advice: str


@dataclass
class Remembered:
    """What the window asked to be kept."""

    folders: list[Path] = field(default_factory=list)
    preferences: list[Preferences] = field(default_factory=list)
    answers: list[Answers] = field(default_factory=list)


def rate(passphrase: str, words: Sequence[str]) -> Rated:
    """Rate by length; words that anybody would guess count nothing."""
    for word in words:
        passphrase = passphrase.replace(word, "")
    return Rated(min(len(passphrase) // 5, 4), "Add a word.")


class TestDoor:
    """Makes and opens real logs whose passphrase is PASSPHRASE."""

    __test__ = False

    def __init__(self, session: Session, clock: FrozenClock, remembered: Remembered) -> None:
        self._on_log = session._background.on_log
        self._clock = clock
        self._remembered = remembered

    def create(self, answers: Answers) -> Workspace:
        """Make the log that the assistant asked for."""
        self._remembered.answers.append(answers)
        return make_workspace(
            answers.folder,
            self._clock,
            own_procedures(),
            self._on_log,
            restricted=answers.restricted,
        )

    def unlock(self, folder: Path, passphrase: str, _keyholder_id: str = "") -> Workspace:
        """Open with the one passphrase."""
        if passphrase != PASSPHRASE:
            raise WrongPassphrase
        return self._open(folder)

    def unlock_with_recovery_key(
        self, folder: Path, typed: str, _keyholder_id: str = ""
    ) -> Workspace:
        """Open with the one key."""
        if typed != RECOVERY_KEY:
            raise WrongRecoveryKey(mistyped=True)
        return self._open(folder)

    def unlock_remembered(self, folder: Path, _keyholder_id: str) -> Workspace:
        """Refuse: these logs have no key slots, so that no computer is remembered."""
        raise KeychainUnavailable("empty")

    def _open(self, folder: Path) -> Workspace:
        if not (folder / "log.db").exists():
            raise LogMissing(folder)
        return open_workspace(folder, self._clock, own_procedures(), self._on_log)


def check_folder(folder: Path) -> None:
    """Refuse one folder, as the real check would."""
    if folder.name == "forbidden":
        raise FolderNotWritable(folder)


def draw_sheet(organisation: str, folder: Path, recovery_key: str) -> bytes:
    """Draw the recovery sheet of a log that is being made."""
    at = FrozenClock().now()
    return make_recovery_sheet(organisation, folder, recovery_key, "", at)


def a_rescue(clock: FrozenClock) -> Rescue:
    """Return the functions that bring a log back, over real backups and real damaged logs."""
    environment = Environment(clock=clock, procedures=own_procedures(), machine="a test computer")

    return Rescue(
        find_backups=find_backups,
        restore=partial(restore_log, environment),
        salvage=partial(salvage_log, environment),
        place_beside=suggested_target,
    )


def an_entry(
    session: Session,
    clock: FrozenClock,
    remembered: Remembered,
    *,
    folder: Path | None,
    suggested: Path,
    build_desk: BuildDesk,
) -> Entry:
    """Return an entry over real logs."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    door = TestDoor(session, clock, remembered)
    return Entry(
        folder=folder,
        theme=Theme(application),
        idle_lock=IdleLock(session),
        suggested_folder=lambda: suggested,
        log_exists=lambda place: (place / "log.db").exists(),
        check_folder=check_folder,
        remember_folder=remembered.folders.append,
        new_recovery_key=lambda: RECOVERY_KEY,
        rate_passphrase=rate,
        create=door.create,
        ways_in=lambda _folder: (),
        unlock=door.unlock,
        unlock_with_recovery_key=door.unlock_with_recovery_key,
        unlock_remembered=door.unlock_remembered,
        recovery_sheet=draw_sheet,
        offer_paper=offer_paper,
        rescue=partial(a_rescue, clock),
        build_desk=build_desk,
        preferences=Preferences(),
        keep_preferences=remembered.preferences.append,
    )
