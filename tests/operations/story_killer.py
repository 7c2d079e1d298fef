"""Takes orders, one a line: a process of its own works the story, and is killed as ordered."""

import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path

from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log
from tests.operations.story_writer import Material, Story, an_environment, made_up
from tests.operations.wander import Wander

PICTURE, VIDEO = 2_500_000, 18_000_000
WAY = 40


class KillAtRename:
    """Kills this process just before a file gets its name, or just after."""

    def __init__(self, number: int, *, after: bool) -> None:
        self._left = number
        self._after = after

    def __call__(self, event: str, _arguments: object) -> None:
        """Look at what is about to happen; what was announced before has happened."""
        if event == "os.kill":
            return
        if self._after and not self._left:
            os.kill(os.getpid(), signal.SIGKILL)
        if event == "os.rename":
            self._left -= 1
            if not self._left and not self._after:
                os.kill(os.getpid(), signal.SIGKILL)


def _tell(*words: object) -> None:
    os.write(sys.stdout.fileno(), f"{json.dumps(words)}\n".encode())


def _count_renames(event: str, _arguments: object) -> None:
    if event == "os.rename":
        _tell("rename")


def _work(environment: Environment, place: Path, material: Material, seed: int | None) -> None:
    if seed is None:
        story: Story = Story(environment, place, material, _tell)
    else:
        story = Wander(environment, place, material, _tell, seed=seed, steps=WAY)
    lock_log(story.work())
    _tell("locked")


def _work_and_die(
    environment: Environment,
    place: Path,
    material: Material,
    order: str,
    number: float,
    seed: int | None,
) -> None:
    """Fork a process for the story, and say whether it was killed and how long it took."""
    began = time.monotonic()
    child = os.fork()
    if not child:
        try:
            if order in {"before", "after"}:
                sys.addaudithook(KillAtRename(int(number), after=order == "after"))
            elif order == "count":
                sys.addaudithook(_count_renames)
            _work(environment, place, material, seed)
            if order == "seconds":
                signal.pause()
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    if order == "seconds":
        time.sleep(number)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    _tell("ended", os.WIFSIGNALED(status), time.monotonic() - began)


def _material(video: Path, picture: int, size: int) -> Material:
    video.write_bytes(made_up("video", size))
    return Material("quixotic", made_up("picture", picture), video)


def main(base: Path) -> None:
    """Take orders until there are no more: a folder, how to kill, when, and which way to go.

    Without a seed it is the story, with one the way of chance that belongs to it.
    """
    long = _material(base / "video.bin", PICTURE, VIDEO)
    short = _material(base / "short.bin", PICTURE // 8, VIDEO // 8)
    environment = an_environment()
    for line in sys.stdin:
        place, order, number, seed = json.loads(line)
        folder, material = Path(place), long if seed is None else short
        (folder / "out").mkdir(parents=True)
        if order == "warm":
            began = time.monotonic()
            _work(environment, folder, material, seed)
            _tell("ended", False, time.monotonic() - began)
        else:
            _work_and_die(environment, folder, material, order, number, seed)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
