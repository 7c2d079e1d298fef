"""The one command for whoever works on the program: sets up, runs, tests, draws, measures.

It needs Python 3.11 or newer and nothing else; the rest it installs into .venv itself.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import checks
import environment
import locking
import screen
import system_libraries

BUILD = environment.ROOT / "build"


def main(words: list[str]) -> int:
    """Do what the words of the command line ask for; returns the exit code."""
    if sys.version_info < environment.OLDEST_PYTHON:
        print("This needs Python 3.11 or newer.", file=sys.stderr)
        return 2
    asked = _read_command(words)
    os.chdir(environment.ROOT)
    try:
        return _obey(asked)
    except system_libraries.SystemIncomplete as problem:
        print(f"Cannot go on: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _read_command(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("setup", help="make the environment in .venv")
    run = commands.add_parser("run", help="start the program")
    run.add_argument("--demo", action="store_true", help="with a filled practice log")
    test = commands.add_parser("test", help="format, lint, types, layers, tests, coverage")
    test.add_argument("--all", action="store_true", help="the long tests too")
    test.add_argument("paths", nargs="*", help="only the tests in these files or folders")
    commands.add_parser("fix", help="format, and mend what the linter can mend")
    pictures = commands.add_parser("pictures", help="draw every page into build/pictures")
    pictures.add_argument("names", nargs="*", help="only the scenes with these words in them")
    bench = commands.add_parser("bench", help="measure; prints a table, writes build/bench.json")
    bench.add_argument("names", nargs="*", help="only these: start, store, export, ui")
    commands.add_parser("lock", help="pin the newest versions that pyproject.toml allows")
    return parser.parse_args(words)


def _obey(asked: argparse.Namespace) -> int:
    if asked.command == "lock":
        return locking.write_locks()
    if asked.command in ("test", "bench"):
        system_libraries.ensure_for_testing(with_environment=not environment.is_ready())
    environment.ensure()
    if asked.command == "run":
        return _run_program(demo=asked.demo)
    if asked.command == "pictures":
        system_libraries.ensure_for_running()
    return _ON_THE_PROJECT[asked.command](asked)


def _draw(asked: argparse.Namespace) -> int:
    return _call("packaging/pictures.py", *asked.names)


def _measure(asked: argparse.Namespace) -> int:
    with screen.virtual() as variables:
        return _call("tests/benchmarks/run.py", *asked.names, platform="xcb", **variables)


_ON_THE_PROJECT: dict[str, Callable[[argparse.Namespace], int]] = {
    "setup": lambda _asked: 0,
    "test": lambda asked: checks.check(asked.paths, long_ones_too=asked.all),
    "fix": lambda _asked: checks.fix(),
    "pictures": _draw,
    "bench": _measure,
}


def _run_program(*, demo: bool) -> int:
    if not screen.is_promised():
        return _practise()
    system_libraries.ensure_for_running()
    if not screen.is_there():
        return _practise()
    return _call("-m", "desktop", *(["--demo"] if demo else []))


def _practise() -> int:
    """Do the whole main job without a window, and say where its results lie."""
    print(
        "There is no screen here, so the whole main job now runs without one, on the made-up "
        "practice case.",
        flush=True,
    )
    try:
        system_libraries.ensure_for_running()
    except system_libraries.SystemIncomplete as problem:
        print(f"For the window later: {problem}", flush=True)
    BUILD.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="practice-", dir=BUILD))
    return _call("-m", "desktop", "practice", str(folder / "case"), platform="offscreen")


def _call(*words: str, platform: str = "", **variables: str) -> int:
    if platform:
        variables["QT_QPA_PLATFORM"] = platform
    return subprocess.run(
        [str(environment.python()), *words], env=os.environ | variables, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
