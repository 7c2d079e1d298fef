"""The command line: `python -m desktop`, and the command `safeguarding-log`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.app import decode, open_window, practise_in, self_test, verify
from desktop.system.hardening import harden


def main() -> None:
    """Run the command line, and end with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line; returns the exit code."""
    harden()
    choices = _parser().parse_args(arguments)
    if choices.decoder:
        return decode()
    if choices.command == "practice":
        return practise_in(choices.folder)
    if choices.command == "verify":
        return verify(choices.bundle, choices.passphrase)
    if choices.self_test:
        return self_test()
    return open_window(choices.data_dir, demo=choices.demo)


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


if __name__ == "__main__":
    main()
