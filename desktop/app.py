"""The one place that wires everything together: the window and the commands without one.

Imports stand inside the functions: what the unlock page does not need is read later.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from desktop.operations.entering.enter_log import Environment
    from desktop.operations.workspace import OnLog, Workspace
    from desktop.ui.background import Background
    from desktop.ui.desk import Desk
    from desktop.ui.entry import Answers, Entry
    from desktop.ui.idle_lock import IdleLock
    from desktop.ui.main_window import MainWindow
    from desktop.ui.rescue import Rescue
    from desktop.ui.session import Session
    from desktop.ui.theme import Theme

HOLDS, FALLS_SHORT, NOT_USABLE = 0, 1, 2
SWITCH_SECONDS = 0.0005
# The unlock page stands there by then, and nobody has typed a passphrase yet.
READ_AHEAD_MILLISECONDS = 500


def decode() -> int:
    """Be the process that reads foreign bytes; ends when its input does."""
    from desktop.operations.reading.decoder import serve

    serve()
    return HOLDS


def practise_in(folder: Path) -> int:
    """Do the whole job without a screen; prints where log, bundle and report lie."""
    from desktop.domain.errors import AppError
    from desktop.operations.entering.open_log import lock_log
    from desktop.operations.practice import create_practice_log, practise

    try:
        folder.mkdir(parents=True, exist_ok=True)
        workspace = create_practice_log(surroundings(), folder / "log")
        try:
            made = practise(workspace, folder)
        finally:
            lock_log(workspace)
    except (AppError, OSError) as error:
        _say(f"The practice could not be finished: {error!r}", sys.stderr.write)
        return FALLS_SHORT
    for name, path in (("log", folder / "log"), ("bundle", made.bundle), ("report", made.report)):
        _say(f"{name}: {path}")
    return HOLDS


def verify(bundle: Path, passphrase: str) -> int:
    """Check a bundle; prints its fingerprint, or every problem."""
    from desktop.domain.errors import BundleUnusable
    from desktop.operations.leaving.verify_bundle import verify_bundle

    try:
        found = verify_bundle(bundle, passphrase)
    except BundleUnusable as error:
        _say(f"not usable: {error.reason}")
        return NOT_USABLE
    for problem in found.problems:
        _say(f"problem: {problem}")
    _say(f"fingerprint: {found.fingerprint}")
    _say("falls short" if found.problems else "holds: everything is as it was exported")
    return FALLS_SHORT if found.problems else HOLDS


def open_window(data_dir: Path | None, *, demo: bool) -> int:
    """Open the window and stay until it is closed."""
    application = _application()
    if demo:
        return _open_demo(application)
    program = build_program(application, data_dir)
    read = partial(program.session.run_outside, program.window, _later("read_ahead", "read_ahead"))
    program.session.later(program.window, READ_AHEAD_MILLISECONDS, read)
    return _stay(application, program)


def _open_demo(application: "QApplication") -> int:
    import tempfile

    from desktop.operations.practice import create_demo_log

    with tempfile.TemporaryDirectory(prefix="safeguarding-log-") as place:
        folder = Path(place) / "log"
        program = build_program(application, folder, keep=False)
        environment = surroundings(program.background.on_log)
        program.session.open(program.window, partial(create_demo_log, environment, folder))
        return _stay(application, program)


def self_test() -> int:
    """Start the real program in a folder of its own and walk the whole job."""
    import tempfile

    from desktop.operations.practice import create_practice_log
    from desktop.ui.self_test import SelfTest

    application = _application()
    with tempfile.TemporaryDirectory(prefix="safeguarding-log-") as place:
        folder = Path(place) / "log"
        program = build_program(application, folder, keep=False)
        on_log = program.background.on_log
        walk = SelfTest(
            program.window,
            program.session,
            Path(place),
            partial(create_practice_log, surroundings(on_log), folder),
            partial(_unlock, on_log, folder),
        )
        walk.ended.connect(application.exit)
        walk.start()
        code = _stay(application, program)
    for line in walk.lines:
        _say(line)
    return code


def _stay(application: "QApplication", program: "Program") -> int:
    from desktop.ui.collector import Collector

    collector = Collector(application)
    program.window.show()
    code = application.exec()
    program.session.close()
    collector.stop()
    return code


def surroundings(on_log: "OnLog | None" = None) -> "Environment":
    """Return what opening a log needs: clock, procedures, this computer, a reader apart."""
    from desktop.operations.entering.enter_log import Environment
    from desktop.operations.reading.decoder import Decoder
    from desktop.operations.steps.load_procedures import read_procedures
    from desktop.operations.workspace import directly
    from desktop.system.clock import SystemClock
    from desktop.system.machine import describe_machine

    decoder, loaded = Decoder(), read_procedures()
    return Environment(
        clock=SystemClock(),
        procedures=loaded.procedures,
        problems=loaded.problems,
        machine=describe_machine(),
        on_log=on_log or directly,
        decode=decoder,
        stop_decoding=decoder.stop,
    )


@dataclass(frozen=True, slots=True)
class Program:
    """What runs: the window, the session behind it, and the threads behind that."""

    window: "MainWindow"
    session: "Session"
    background: "Background"


def build_program(
    application: "QApplication", folder: Path | None, *, keep: bool = True
) -> Program:
    """Wire window, session and log; `keep` False leaves this computer's choices alone."""
    from desktop.system.clock import SystemClock
    from desktop.system.frames import window_frames
    from desktop.system.presence import watch_presence
    from desktop.system.screen_guard import screen_guard
    from desktop.system.shortcut import capture_shortcut
    from desktop.ui.background import Background
    from desktop.ui.idle_lock import IdleLock
    from desktop.ui.main_window import MainWindow
    from desktop.ui.session import Session
    from desktop.ui.theme import Theme
    from desktop.ui.window_guard import WindowGuard

    sys.setswitchinterval(SWITCH_SECONDS)
    if keep:
        _write_notes()
    theme = Theme(application)
    background = Background(application)
    lock_log = _later("entering.open_log", "lock_log")
    session = Session(background, SystemClock(), lock_log, application)
    idle_lock = IdleLock(session, ask=watch_presence().ask)
    entry = _entry(theme, idle_lock, folder, background.on_log, keep=keep)
    entry.window_guard = WindowGuard(session, screen_guard())
    entry.list_frames = window_frames()
    entry.shortcut = capture_shortcut()
    _lock_at_log_off(application, session)
    return Program(MainWindow(session, entry), session, background)


def _lock_at_log_off(application: "QApplication", session: "Session") -> None:
    """Lock when the user logs off or the computer is switched off, before windows must close."""
    from desktop.domain.log.locking import LockReason

    asked = getattr(application, "commitDataRequest", None)  # not every build of Qt has it
    if asked is not None:
        asked.connect(lambda _manager: session.lock(LockReason.USER_SWITCH))


def _entry(
    theme: "Theme", idle_lock: "IdleLock", folder: Path | None, on_log: "OnLog", *, keep: bool
) -> "Entry":
    from desktop.system import preferences as kept
    from desktop.ui.entry import Entry, Preferences
    from desktop.ui.theme import Look

    path = kept.preferences_file()
    found = kept.read_preferences(path) if keep else {}
    preferences = Preferences(
        look=Look(found.get("look", Look.SYSTEM.value)),
        scale=int(found.get("scale", "100")),
        lock_minutes=int(found.get("lock_minutes", "10")),
    )

    def store(changed: dict[str, str]) -> None:
        if keep:
            kept.keep_preferences(path, changed)

    remembered = Path(found["folder"]) if found.get("folder") else None
    entry = Entry(
        folder=folder or remembered,
        theme=theme,
        idle_lock=idle_lock,
        suggested_folder=_later("entering.choose_folder", "suggested_folder"),
        log_exists=_later("entering.choose_folder", "log_exists"),
        check_folder=_later("entering.choose_folder", "check_folder"),
        remember_folder=lambda chosen: store({"folder": str(chosen)}),
        new_recovery_key=_later("entering.create_log", "new_recovery_key"),
        rate_passphrase=_later("keys.rate_passphrase", "passphrase_strength"),
        create=partial(_create, on_log),
        ways_in=_later("entering.open_log", "ways_in"),
        unlock=partial(_unlock, on_log),
        unlock_with_recovery_key=partial(_unlock_with_recovery_key, on_log),
        unlock_remembered=partial(_unlock_remembered, on_log),
        recovery_sheet=_recovery_sheet,
        offer_paper=_later("paper", "offer_paper", of="desktop.ui"),
        rescue=partial(_rescue, on_log),
        build_desk=_build_desk,
        preferences=preferences,
        keep_preferences=lambda chosen: store(
            {
                "look": chosen.look.value,
                "scale": str(chosen.scale),
                "lock_minutes": str(chosen.lock_minutes),
            }
        ),
    )
    entry.theme.apply(preferences.look, preferences.scale)
    entry.idle_lock.set_minutes(preferences.lock_minutes)
    return entry


def _application() -> "QApplication":
    from PySide6.QtWidgets import QApplication

    from desktop.ui.crash_window import install_crash_hook
    from desktop.ui.theme import load_fonts

    application = QApplication(["safeguarding-log"])
    application.setApplicationName("Safeguarding Log")
    application.setDesktopFileName("safeguarding-log")
    load_fonts()
    install_crash_hook()
    return application


def _build_desk(session: "Session", entry: "Entry", parent: "QWidget") -> "Desk":
    from desktop.ui.clock_watch import ClockWatch
    from desktop.ui.desk import Desk
    from desktop.ui.keeping.backup_keeper import BackupKeeper
    from desktop.ui.keeping.idle_check import IdleCheck

    if session.findChild(BackupKeeper) is None:
        BackupKeeper(session)
    desk = Desk(session, entry, parent)
    IdleCheck(session, desk)
    ClockWatch(session, desk)
    return desk


def _rescue(on_log: "OnLog") -> "Rescue":
    from desktop.operations.rescuing.restore_log import find_backups, restore_log
    from desktop.operations.rescuing.salvage_log import salvage_log, suggested_target
    from desktop.ui.rescue import Rescue

    return Rescue(
        find_backups=find_backups,
        restore=partial(restore_log, surroundings(on_log)),
        salvage=partial(salvage_log, surroundings(on_log)),
        place_beside=suggested_target,
    )


def _later(module: str, name: str, of: str = "desktop.operations") -> Callable[..., Any]:
    """Return one of our functions that is imported when it is called."""
    return lambda *given: getattr(import_module(f"{of}.{module}"), name)(*given)  # noqa: PLW0108


def _create(on_log: "OnLog", answers: "Answers") -> "Workspace":
    from desktop.operations.entering.create_log import NewLog, create_log

    new = NewLog(
        folder=answers.folder,
        organisation=answers.organisation,
        name=answers.name,
        title=answers.title,
        initials=answers.initials,
        passphrase=answers.passphrase,
        recovery_key=answers.recovery_key,
        restricted=answers.restricted,
    )
    return create_log(surroundings(on_log), new)


def _unlock(on_log: "OnLog", folder: Path, passphrase: str, keyholder_id: str = "") -> "Workspace":
    from desktop.operations.entering.open_log import unlock_with_passphrase

    return unlock_with_passphrase(surroundings(on_log), folder, passphrase, keyholder_id)


def _unlock_with_recovery_key(
    on_log: "OnLog", folder: Path, key: str, keyholder_id: str = ""
) -> "Workspace":
    from desktop.operations.entering.open_log import unlock_with_recovery_key

    return unlock_with_recovery_key(surroundings(on_log), folder, key, keyholder_id)


def _unlock_remembered(on_log: "OnLog", folder: Path, keyholder_id: str) -> "Workspace":
    from desktop.operations.entering.remember_computer import unlock_remembered

    return unlock_remembered(surroundings(on_log), folder, keyholder_id)


def _recovery_sheet(organisation: str, folder: Path, recovery_key: str) -> bytes:
    from desktop.operations.leaving.make_papers import make_recovery_sheet
    from desktop.system.clock import SystemClock

    return make_recovery_sheet(organisation, folder, recovery_key, "", SystemClock().now())


def _write_notes() -> None:
    from desktop.system.folders import program_log_folder
    from desktop.system.log_file import start_log_file

    start_log_file(program_log_folder())


def _say(line: str, write: Callable[[str], object] = sys.stdout.write) -> None:
    write(f"{line}\n")
