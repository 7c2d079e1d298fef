"""A program that gives a log new keys again and again until it is killed."""

import sys
from pathlib import Path

from desktop.domain.identifiers import ContentId
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import unlock_with_recovery_key
from desktop.operations.keys.keep_keyholders import rekey
from desktop.store.evidence_table import ContentRow
from tests.clocks import FrozenClock


def main(folder: Path, secret: str) -> None:
    """Say each thing once it is confirmed: a content that was kept, the number of a re-key."""
    environment = Environment(clock=FrozenClock(), procedures={}, machine="x")
    workspace = unlock_with_recovery_key(environment, folder, secret)
    for number in range(1000):
        rekey(workspace, reason=f"round {number}", recovery_key=secret)
        name = ContentId(workspace.new_id())
        stored = workspace.contents.write([name.encode()], name)
        workspace.log.evidence.insert_content(
            ContentRow(id=name, file_number=stored.file_number, fingerprint=stored.fingerprint)
        )
        sys.stdout.write(f"{number} {name}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
