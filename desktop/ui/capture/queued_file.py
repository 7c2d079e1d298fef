"""One file of a capture session on its way in."""

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.evidence.items import Method
from desktop.domain.identifiers import StatementId
from desktop.operations.evidence.look_inside import FileStand, InsideFile


@dataclass(slots=True)
class QueuedFile:
    """One file on its way in; `inside` is known once it was looked into under an answer.

    `stood` is how it stood when it was named: no other that is put in its place comes in.
    """

    path: Path
    method: Method
    name: str
    number: int
    stood: FileStand | None
    statement_id: StatementId | None = None
    looked: bool = False
    inside: InsideFile | None = None
    leave_out: tuple[str, ...] = ()
