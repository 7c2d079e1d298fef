"""Works the story once, small, in a process of its own, and prints what is confirmed."""

import json
import os
import sys
from pathlib import Path

from desktop.operations.open_log import lock_log
from tests.operations.story_writer import Material, Story, an_environment, made_up

PICTURE, VIDEO = 200_000, 1_300_000


def _tell(*words: object) -> None:
    os.write(sys.stdout.fileno(), f"{json.dumps(words)}\n".encode())


def main(place: Path) -> None:
    """Work below this folder."""
    video = place.with_name("video.bin")
    video.write_bytes(made_up("video", VIDEO))
    material = Material("quixotic", made_up("picture", PICTURE), video)
    lock_log(Story(an_environment(), place, material, _tell).work())
    _tell("locked")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
