"""Takes orders, one a line: a process of its own backs up again and again, and is killed."""

import os
import secrets
import signal
import sys
import time
import traceback
from pathlib import Path

from desktop.domain.identifiers import ContentId
from desktop.operations.backups.back_up import back_up
from desktop.operations.workspace import Workspace
from desktop.store.evidence_table import ContentRow
from tests.clocks import FrozenClock
from tests.workspaces import open_workspace

TIMES = 3
SIZE = 1_500_000


def add_content(workspace: Workspace) -> None:
    """Add content without an exhibit: for a backup they are the same."""
    content_id = ContentId(workspace.new_id())
    stored = workspace.contents.write([secrets.token_bytes(SIZE)], content_id)
    row = ContentRow(id=content_id, file_number=stored.file_number, fingerprint=stored.fingerprint)
    with workspace.log.transaction():
        workspace.log.evidence.insert_content(row)


def _work(log: Path, hours: int) -> None:
    clock = FrozenClock()
    clock.advance(hours=hours)
    workspace = open_workspace(log, clock, {})
    for _ in range(TIMES):
        add_content(workspace)
        clock.advance(minutes=10)
        back_up(workspace, lambda _share: None, lambda: False)


def main(log: Path) -> None:
    """Take orders until there are no more: the hour it is, and the seconds until the end."""
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        hours, seconds = line.split()
        child = os.fork()
        if not child:
            try:
                _work(log, int(hours))
                os._exit(0)
            finally:
                traceback.print_exc()
                os._exit(1)
        if float(seconds) >= 0:
            time.sleep(float(seconds))
            os.kill(child, signal.SIGKILL)
        began = time.monotonic()
        _, status = os.waitpid(child, 0)
        print(os.WIFSIGNALED(status), status, time.monotonic() - began, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
