"""Takes orders, one a line: a process of its own restores a log, and is killed at a rename."""

import os
import sys
import traceback
from pathlib import Path

from desktop.operations.rescuing.restore_log import find_backups, restore_log
from tests.logs_on_disk import RECOVERY_KEY
from tests.operations.story_killer import KillAtRename
from tests.operations.story_writer import an_environment, ignore, never


def main(place: Path) -> None:
    """Take orders until there are no more: 'before' or 'after', which rename, and where to."""
    environment, backup = an_environment(), find_backups(place)[0].path
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        order, number, target = line.rstrip("\n").split(" ", 2)
        child = os.fork()
        if not child:
            try:
                sys.addaudithook(KillAtRename(int(number), after=order == "after"))
                restore_log(
                    environment, backup, Path(target), recovery_key=RECOVERY_KEY,
                    progress=ignore, cancelled=never,
                )  # fmt: skip
                os._exit(0)
            finally:
                traceback.print_exc()
                os._exit(1)
        _, status = os.waitpid(child, 0)
        print(os.WIFSIGNALED(status), status, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
