"""Everything that must hold before a change is handed on: format to coverage, with times."""

import os
import subprocess
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

import environment
import memory_disk
import screen

BUILD = environment.ROOT / "build"
CODE = ("desktop", "tests", "packaging")
END_TO_END = "tests/end_to_end"
WINDOWS = "tests/ui"
SCENES = "tests/ui/test_accessibility.py"
OPERATIONS = "tests/operations"
OFFSCREEN = f"offscreen:configfile={environment.ROOT / 'tests' / 'screen.json'}"
# Without the long tests the order and the chances are the same in every run, so that the same
# code gets the same verdict; with them they are new ones, to find what nobody thought of.
SEED = 20_261_120
GATES = {
    "domain": 100,
    "store": 95,
    "operations": 95,
    "intake": 95,
    "pictures": 95,
    "export": 95,
    "ui": 80,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one step ended."""

    name: str
    ok: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Lane:
    """Tests that run together: where they lie, and the Qt platform they need.

    `adds_cover` is false where they walk through what others look at closely: measuring what
    they reach would cost half their time again and tell nothing.
    """

    name: str
    platform: str
    paths: tuple[str, ...]
    adds_cover: bool = True

    @property
    def results(self) -> Path:
        """Where the runner writes what passed."""
        return BUILD / f"tests-{self.name}.xml"

    @property
    def printed(self) -> Path:
        """Where the runner prints while another one is at work too."""
        return BUILD / f"tests-{self.name}.txt"


def check(paths: Sequence[str], *, long_ones_too: bool) -> int:
    """Run all checks, or only the tests at the paths; prints what failed; returns 0 or 1."""
    BUILD.mkdir(exist_ok=True)
    outcomes = [] if paths else _check_code()
    lanes = _lanes(paths)
    with screen.virtual() as variables:
        run = partial(_run_tests, variables, long_ones_too=long_ones_too, measured=not paths)
        outcomes += _run_lanes(lanes, run)
    if not paths:
        outcomes += _check_coverage()
    _print_summary(outcomes, lanes)
    return 0 if all(outcome.ok for outcome in outcomes) else 1


def fix() -> int:
    """Format everything and let the linter mend what it can."""
    ruff = [str(environment.python()), "-m", "ruff"]
    subprocess.run([*ruff, "check", "--fix", "--quiet", *CODE], check=False)
    return subprocess.run([*ruff, "format", *CODE], check=False).returncode


def _check_code() -> list[Outcome]:
    layers = "from importlinter.cli import lint_imports_command as run; run()"
    return [
        _step("format", "-m", "ruff", "format", "--check", *CODE),
        _step("lint", "-m", "ruff", "check", *CODE),
        _step("types", "-m", "mypy"),
        _step("layers", "-c", layers),
    ]


def _lanes(paths: Sequence[str]) -> list[Lane]:
    """Sort the tests, the longest first: the real window needs a screen, the others do not."""
    if not paths:
        elsewhere = (f"--ignore={each}" for each in (WINDOWS, OPERATIONS, END_TO_END))
        return [
            Lane("operations", OFFSCREEN, (OPERATIONS,)),
            Lane("windows", OFFSCREEN, (WINDOWS, f"--ignore={SCENES}")),
            Lane("end-to-end", "xcb", (END_TO_END,), adds_cover=False),
            Lane("scenes", OFFSCREEN, (SCENES,), adds_cover=False),
            Lane("parts", OFFSCREEN, ("tests", *elsewhere)),
        ]
    on_screen = tuple(path for path in paths if "end_to_end" in path)
    others = tuple(path for path in paths if "end_to_end" not in path)
    lanes = [Lane("parts", OFFSCREEN, others), Lane("end-to-end", "xcb", on_screen)]
    return [lane for lane in lanes if lane.paths]


def _run_lanes(lanes: Sequence[Lane], run: Callable[..., Outcome]) -> list[Outcome]:
    """Run two lanes beside each other, the next when one has ended: about half the time."""
    if len(lanes) == 1:
        return [run(lanes[0], beside=False)]
    with ThreadPoolExecutor(2) as tracks:
        return list(tracks.map(partial(run, beside=True), lanes))


def _run_tests(
    variables: dict[str, str],
    lane: Lane,
    *,
    long_ones_too: bool,
    measured: bool,
    beside: bool,
) -> Outcome:
    profile = "long" if long_ones_too else "short"
    chosen = [] if long_ones_too else ["-m", "not slow", f"--randomly-seed={SEED}"]
    coverage = ["--cov", "--cov-report="] if measured and lane.adds_cover else []
    lane.results.unlink(missing_ok=True)
    words = [
        *("-m", "pytest", *lane.paths, *chosen, *coverage, f"--junitxml={lane.results}"),
        *("-q", "--durations=5", f"--hypothesis-profile={profile}"),
    ]
    variables = variables | {
        "QT_QPA_PLATFORM": lane.platform,
        "COVERAGE_FILE": str(BUILD / f".coverage.{lane.name}"),
    }
    name = f"tests: {lane.name}"
    if not beside:
        return _step(name, *words, **variables)
    temporary = BUILD / "tmp"
    before = memory_disk.words_before(temporary)
    words += [f"--basetemp={temporary / lane.name}"] if before else []
    print(f"\n--- {name}: begun", flush=True)
    started = time.monotonic()
    with lane.printed.open("wb") as printed:
        ended = _run(words, variables, printed, before)
    outcome = Outcome(name, ended == 0, time.monotonic() - started)
    print(f"\n--- {name}\n{lane.printed.read_text(errors='replace')}", flush=True)
    return outcome


def _check_coverage() -> list[Outcome]:
    together = {"COVERAGE_FILE": str(BUILD / ".coverage")}
    combined = _step("coverage", "-m", "coverage", "combine", "--quiet", str(BUILD), **together)
    gates = [
        _step(
            f"coverage: {layer} {least} %",
            *("-m", "coverage", "report", "--show-missing", "--skip-covered"),
            *(f"--include=desktop/{layer}/*", f"--fail-under={least}"),
            **together,
        )
        for layer, least in GATES.items()
    ]
    return [combined, *gates]


def _step(name: str, *words: str, **variables: str) -> Outcome:
    print(f"\n--- {name}", flush=True)
    started = time.monotonic()
    ended = _run(words, variables, None)
    return Outcome(name, ended == 0, time.monotonic() - started)


def _run(
    words: Sequence[str],
    variables: dict[str, str],
    printed: BinaryIO | None,
    before: Sequence[str] = (),
) -> int:
    settings = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
    ended = subprocess.run(
        [*before, str(environment.python()), *words],
        env=settings | variables,
        stdout=printed,
        stderr=subprocess.STDOUT if printed else None,
        check=False,
    )
    return ended.returncode


def _print_summary(outcomes: Sequence[Outcome], lanes: Sequence[Lane]) -> None:
    print("\n--- summary")
    for outcome in outcomes:
        verdict = "ok" if outcome.ok else "FAILED"
        print(f"{outcome.name:28} {outcome.seconds:7.1f} s  {verdict}")
    passed, failed, skipped = (sum(column) for column in zip(*map(_count, lanes), strict=True))
    others = sum(not outcome.ok for outcome in outcomes)
    if others:
        print(f"{others} of {len(outcomes)} steps failed")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")


def _count(lane: Lane) -> tuple[int, int, int]:
    """Read how many tests passed, failed and were skipped."""
    if not lane.results.exists():
        return 0, 1, 0
    suites = ET.parse(lane.results).getroot().iter("testsuite")  # noqa: S314 (our own file)
    total = failed = skipped = 0
    for suite in suites:
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return total - failed - skipped, failed, skipped
