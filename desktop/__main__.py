"""The command line: `python -m desktop`, and the command `safeguarding-log`.

Imports stand inside the functions, as in app.py: a command reads what it needs.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

HOLDS, FALLS_SHORT, NOT_USABLE = 0, 1, 2


def main() -> None:
    """Run the command line, and end with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line; returns the exit code."""
    from desktop.system.hardening import harden

    harden()
    choices = _parser().parse_args(arguments)
    if choices.decoder:
        return decode()
    if choices.command == "practice":
        return practise_in(choices.folder)
    if choices.command == "verify":
        return verify(choices.bundle, choices.passphrase)
    from desktop.app import open_window, self_test

    return self_test() if choices.self_test else open_window(choices.data_dir, demo=choices.demo)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="safeguarding-log", description="An offline log of online-safety incidents."
    )
    parser.add_argument("--data-dir", type=Path, help="the folder of the log to open")
    parser.add_argument("--demo", action="store_true", help="open a filled log for practice")
    parser.add_argument("--self-test", action="store_true", help="walk the whole job, exit 0 or 1")
    parser.add_argument("--decoder", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command")
    practice = commands.add_parser("practice", help="do the whole job on an invented case")
    practice.add_argument("folder", type=Path, help="where log, bundle and report go")
    check = commands.add_parser("verify", help="check a bundle, zipped or as a folder")
    check.add_argument("bundle", type=Path)
    check.add_argument("--passphrase", default="", help="of a sealed bundle")
    return parser


def decode() -> int:
    """Be the process that reads foreign bytes; ends when its input does."""
    from desktop.operations.reading.decoder import serve

    serve()
    return HOLDS


def practise_in(folder: Path) -> int:
    """Do the whole job without a screen; prints where log, bundle and report lie."""
    from desktop.app import surroundings
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


def _say(line: str, write: Callable[[str], object] = sys.stdout.write) -> None:
    write(f"{line}\n")


if __name__ == "__main__":
    main()
