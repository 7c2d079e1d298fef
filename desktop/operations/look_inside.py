"""Names what lies inside files that an answer let in, before any of it is read as content."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import Cancelled, FileChanged, FileEmpty, FileUnreadable
from desktop.domain.identifiers import IncidentId, StatementId
from desktop.domain.inside import Inside, InsideName, Listed
from desktop.intake.files import FileSource
from desktop.intake.sniff import HEAD_BYTES, sniff
from desktop.operations.check_gate import check_gate
from desktop.operations.decoding import TASKS
from desktop.operations.workspace import Workspace

MAIL_TYPES = frozenset({"message/rfc822", "application/vnd.ms-outlook"})
UNNAMED = "contents that cannot be named"
UNNAMED_REST = "more that cannot be named"


@dataclass(frozen=True, slots=True)
class InsideFile:
    """A file that holds something: its name, and what it holds, each with a name of its own.

    Only an e-mail can come in without what is held back; any other file then stays out whole.
    """

    path: Path
    name: str
    inside: tuple[str, ...]
    is_mail: bool = False


def look_inside(
    workspace: Workspace,
    incident_id: IncidentId,
    statement_id: StatementId,
    paths: Sequence[Path],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> tuple[InsideFile, ...]:
    """Return the files that hold something, with its names; raises StatementNeeded.

    A file that cannot be read is left out here: taking it in says what is wrong with it.
    """
    workspace.on_log(lambda: check_gate(workspace, incident_id, statement_id))
    found = []
    for number, path in enumerate(paths):
        if cancelled():
            raise Cancelled
        source = FileSource(path)
        with suppress(FileUnreadable, FileEmpty, FileChanged):
            kind, names = name_inside(workspace, source)
            if names:
                found.append(InsideFile(path, source.name, names, kind in MAIL_TYPES))
        progress((number + 1) / len(paths))
    return tuple(found)


def say_inside(file_name: str, name: str) -> str:
    """Write what lies in a file as a line of a statement."""
    return f"{file_name}: {name}"


def label_each(names: Iterable[InsideName]) -> tuple[str, ...]:
    """Return the names so that no two are the same: the second of two gets a (2)."""
    seen: Counter[str] = Counter()
    labels = []
    for one in names:
        seen[one.name] += 1
        labels.append(one.name if seen[one.name] == 1 else f"{one.name} ({seen[one.name]})")
    return tuple(labels)


def name_inside(workspace: Workspace, source: FileSource) -> tuple[str, tuple[str, ...]]:
    """Return the media type of a file and what it holds: () if nothing apart from itself."""
    content = b"".join(source.chunks())
    kind = sniff(content[:HEAD_BYTES], source.name)
    if "inside" not in TASKS:
        return kind, ()
    inside: Inside = workspace.decode("inside", content, kind=kind)
    labels = label_each(inside.names)
    if inside.listed is Listed.NOT:
        return kind, (*labels, UNNAMED)
    return kind, labels if inside.listed is Listed.WHOLE else (*labels, UNNAMED_REST)
