"""Works the story once, small, in a process of its own, and prints what is confirmed."""

import json
import os
import sys
import traceback
from pathlib import Path

from desktop.domain.errors import AppError
from desktop.operations.open_log import lock_log
from tests.operations.story_writer import Material, Story, an_environment, made_up

PICTURE, VIDEO = 200_000, 1_300_000
EXPECTED, UNHEARD = 3, 4


def _tell(*words: object) -> None:
    try:
        os.write(sys.stdout.fileno(), f"{json.dumps(words)}\n".encode())
    except OSError:
        # The fault hit the line itself: it was never out.
        os._exit(UNHEARD)


def _say(words: str, code: int) -> None:
    """End with these words; no write, for it may be writing that fails."""
    os.writev(sys.stderr.fileno(), [words.encode()])
    os._exit(code)


def main(place: Path) -> None:
    """Work below this folder."""
    video = place.with_name("video.bin")
    video.write_bytes(made_up("video", VIDEO))
    material = Material("quixotic", made_up("picture", PICTURE), video)
    try:
        lock_log(Story(an_environment(), place, material, _tell).work())
    except AppError as error:
        # The keyholder gets a sentence; what was confirmed before must be there.
        _say(f"{type(error).__name__}\n", EXPECTED)
    except BaseException:
        _say(traceback.format_exc(), 1)
        raise
    _tell("locked")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
