"""Has stories worked in a program of their own, and killed (SIGKILL) as ordered."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Told:
    """What a story confirmed before it ended."""

    place: Path
    things: list[list[object]]
    killed: bool
    seconds: float


class Killer:
    """Has stories worked and killed by a program that has everything imported already."""

    def __init__(self, base: Path) -> None:
        self._base = base
        self._ordered = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.operations.story_killer", str(base)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )

    def order(self, how: str, number: float = 0, seed: int | None = None) -> Path:
        """Ask for a story; the next one can be ordered before this one is looked at."""
        self._ordered += 1
        place = self._base / str(self._ordered)
        assert self._process.stdin
        self._process.stdin.write(json.dumps([str(place), how, number, seed]) + "\n")
        self._process.stdin.flush()
        return place

    def hear(self, place: Path) -> Told:
        """Return what the story told."""
        assert self._process.stdout
        things: list[list[object]] = []
        for line in self._process.stdout:
            kind, *parts = json.loads(line)
            if kind == "ended":
                return Told(place, things, *parts)
            things.append([kind, *parts])
        raise AssertionError("the program that kills has ended")

    def run(self, orders: Iterable[tuple[str, float] | tuple[str, float, int]]) -> Iterator[Told]:
        """Have stories worked, one ahead of the one that is looked at."""
        ahead: list[Path] = []
        for order in orders:
            ahead.append(self.order(*order))
            if len(ahead) > 1:
                yield self.hear(ahead.pop(0))
        yield from map(self.hear, ahead)

    def end(self) -> None:
        """Let the program end."""
        self._process.communicate()
        assert self._process.returncode == 0
