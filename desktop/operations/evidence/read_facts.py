"""Asks what a file says of itself: when, with what and where it was made, as far as it says so."""

from desktop.domain.errors import AppError, Cancelled, LogLocked
from desktop.domain.noted import Fact
from desktop.intake.files import FileSource
from desktop.intake.pieces import HEAD_BYTES, TAIL_BYTES
from desktop.operations.evidence.look_inside import Seen
from desktop.operations.workspace import Workspace

_MOST_FACTS = 200


def read_facts(workspace: Workspace, source: FileSource, seen: Seen) -> tuple[Fact, ...]:
    """Return what it says, () where that cannot be read: it is kept all the same.

    The middle of a large file is not read for that.
    """
    try:
        size = source.size
        untrusted = seen.content or source.ends(HEAD_BYTES, TAIL_BYTES)
        found: tuple[Fact, ...] = workspace.decode(
            "facts", untrusted, kind=seen.media_type, file_name=source.name, size=size,
            head=len(untrusted) if len(untrusted) == size else HEAD_BYTES,
        )  # fmt: skip
    except (Cancelled, LogLocked):
        raise
    except AppError:
        return ()
    return found[:_MOST_FACTS]
