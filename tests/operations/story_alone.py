"""Works one story, small, in a process of its own, and prints what is confirmed.

Which one: the whole story; with a seed the way of chance that belongs to it; or with the name of
a frozen log, that log opened for the first time by this version.
"""

import json
import os
import sys
import traceback
from pathlib import Path

from desktop.domain.errors import AppError
from desktop.operations.entering.open_log import (
    lock_log,
    unlock_with_passphrase,
    unlock_with_recovery_key,
)
from desktop.operations.incident.record_incident import save_draft
from desktop.operations.workspace import Workspace
from desktop.store.folder import sync_folder
from tests.logs_on_disk import PASSPHRASE, RECOVERY_KEY
from tests.operations.story_evidence import lay_down
from tests.operations.story_writer import Material, Story, an_environment, made_up
from tests.operations.wander import Wander

FROZEN = Path(__file__).parents[1] / "frozen_logs"
PICTURE, VIDEO, STEPS = 200_000, 1_300_000, 25
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


def _begin(place: Path, which: str) -> Story:
    video = place.with_name("video.bin")
    lay_down(video, made_up("video", VIDEO))
    material = Material("quixotic", made_up("picture", PICTURE), video)
    if which:
        return Wander(an_environment(), place, material, _tell, seed=int(which), steps=STEPS)
    return Story(an_environment(), place, material, _tell)


def copy_synced(source: Path, target: Path) -> None:
    """Copy a folder so that it outlasts a power cut."""
    target.mkdir(mode=0o700)
    for one in sorted(source.iterdir()):
        if one.is_dir():
            copy_synced(one, target / one.name)
        elif one.name != "told.json":
            with (target / one.name).open("wb") as file:
                file.write(one.read_bytes())
                file.flush()
                os.fsync(file.fileno())
    sync_folder(target)


def _migrate(place: Path, frozen: Path) -> Workspace:
    """Open a log of an earlier version, write to it, lock it, and open it once more.

    A test that lets calls of the program fail lays the copy down beforehand.
    """
    folder, environment = place / "log", an_environment()
    if not folder.exists():
        copy_synced(frozen, folder)
        sync_folder(place)
    _tell("copied")
    workspace = unlock_with_passphrase(environment, folder, PASSPHRASE)
    incident_id = workspace.log.incidents.all()[0].id
    save_draft(workspace, incident_id, "wishes", "Opened by a newer version")
    _tell("draft", incident_id, "wishes", "Opened by a newer version")
    lock_log(workspace)
    return unlock_with_recovery_key(environment, folder, RECOVERY_KEY)


def main(place: Path, which: str) -> None:
    """Work below this folder."""
    try:
        frozen = FROZEN / which
        if which and frozen.is_dir():
            workspace = _migrate(place, frozen)
        else:
            workspace = _begin(place, which).work()
        lock_log(workspace)
    except AppError as error:
        # The keyholder gets a sentence; what was confirmed before must be there.
        _say(f"{type(error).__name__}\n", EXPECTED)
    except BaseException:
        _say(traceback.format_exc(), 1)
        raise
    _tell("locked")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
