"""Names what lies inside files that an answer let in, before any of it is read as content."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from desktop.domain.errors import (
    AppError,
    Cancelled,
    FileChanged,
    FileEmpty,
    FileUnreadable,
    LogLocked,
)
from desktop.domain.evidence.inside import Inside, Listed
from desktop.domain.identifiers import IncidentId, StatementId
from desktop.intake.files import FileSource, FileStand, stand_of
from desktop.intake.pieces import HEAD_BYTES as HEAD_PIECE
from desktop.intake.pieces import TAIL_BYTES as TAIL_PIECE
from desktop.intake.sniff import HEAD_BYTES, UNKNOWN, sniff
from desktop.intake.zips import ZIP_END, ZIP_END_WITHIN
from desktop.operations.evidence.check_gate import check_gate
from desktop.operations.evidence.open_mail import MAIL_TYPES, list_attached, read_attached
from desktop.operations.workspace import Workspace

__all__ = [
    "UNNAMED",
    "UNNAMED_REST",
    "FileStand",
    "InsideFile",
    "Seen",
    "label_each",
    "look_inside",
    "note_stands",
    "say_inside",
    "see",
]

IN_MEMORY = 64 * 1024 * 1024
UNNAMED = "contents that cannot be named"
UNNAMED_REST = "more that cannot be named"
_NAMELESS = "something without a name"
_WHOLE_KINDS = ("image/", "audio/", "video/")
_WHOLE_TYPES = frozenset({UNKNOWN, "text/plain", "text/csv", "text/calendar", "text/vcard"})


@dataclass(frozen=True, slots=True)
class InsideFile:
    """A file that holds something: its name, and what it holds, each with a name of its own.

    Only an e-mail can come in without what is held back; any other file then stays out whole.
    """

    path: Path
    name: str
    inside: tuple[str, ...]
    is_mail: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a file before it is kept: its media type and what it holds, by name.

    `content` are its bytes where they had to be read to know that, None where they were not.
    """

    media_type: str
    names: tuple[str, ...] = ()
    content: bytes | None = field(default=None, repr=False)
    can_be_reduced: bool = False


def note_stands(paths: Iterable[Path]) -> dict[Path, FileStand | None]:
    """Look at files as they are named: the answer is about these, and about none put there later.

    None of them is opened.
    """
    return {path: stand_of(path) for path in paths}


def look_inside(
    workspace: Workspace,
    incident_id: IncidentId,
    statement_id: StatementId,
    paths: Sequence[Path],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
    stood: Mapping[Path, FileStand | None] = MappingProxyType({}),
) -> tuple[InsideFile, ...]:
    """Return the files that hold something, with its names; raises StatementNeeded.

    `stood` says how the files stood when the first question named them (`note_stands`). One that
    is another now, or cannot be read, is left out here: taking it in says what is wrong with it.
    """
    workspace.on_log(lambda: check_gate(workspace, incident_id, statement_id))
    found = []
    for number, path in enumerate(paths):
        if cancelled():
            raise Cancelled
        source = FileSource(path, stood.get(path))
        with suppress(FileUnreadable, FileEmpty, FileChanged):
            seen = see(workspace, source)
            if seen.names:
                found.append(InsideFile(path, source.name, seen.names, seen.can_be_reduced))
        progress((number + 1) / len(paths))
    return tuple(found)


def say_inside(file_name: str, name: str) -> str:
    """Write what lies in a file as a line of a statement."""
    return f"{file_name}: {name}"


def see(workspace: Workspace, source: FileSource) -> Seen:
    """Say what a file is and what it holds; nothing of what it holds is opened."""
    media_type = sniff(source.ends(HEAD_BYTES, 0)[:HEAD_BYTES], source.name)
    if media_type == UNKNOWN and _ends_as_zip(source):
        return _see_in(workspace, source, media_type)
    if media_type.startswith(_WHOLE_KINDS) or media_type in _WHOLE_TYPES:
        return Seen(media_type)
    return _see_in(workspace, source, media_type)


def _ends_as_zip(source: FileSource) -> bool:
    """Say whether what is of no known kind ends as a ZIP does, whatever was put before it."""
    return ZIP_END in source.ends(0, ZIP_END_WITHIN)


def _see_in(workspace: Workspace, source: FileSource, media_type: str) -> Seen:
    size = source.size
    if size > IN_MEMORY:
        pieces = source.ends(HEAD_PIECE, TAIL_PIECE)
        given = {"size": size, "head": HEAD_PIECE}
        return Seen(media_type, _names(workspace, pieces, media_type, source.name, **given))
    content = b"".join(source.chunks())
    names = _names(workspace, content, media_type, source.name)
    is_mail = media_type in MAIL_TYPES and UNNAMED not in names
    if is_mail:
        names += tuple(_inside_attached(workspace, content, source.name))
    return Seen(media_type, names, content, can_be_reduced=is_mail)


def label_each(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names in one line each, no two the same: the second of two gets a (2).

    What is asked about and what is then left out both bear these labels.
    """
    numbers: Counter[str] = Counter()
    labels: dict[str, None] = {}
    for untrusted_name in names:
        label = name = " ".join(untrusted_name.split()) or _NAMELESS
        while label in labels:
            numbers[name] += 1
            label = f"{name} ({numbers[name] + 1})"
        labels[label] = None
    return tuple(labels)


def _inside_attached(workspace: Workspace, mail: bytes, file_name: str) -> Iterator[str]:
    """Yield what lies in archives and papers that came with a mail; mails have named theirs."""
    attached = list_attached(workspace, mail, file_name)
    for label, one in zip(label_each(each.name for each in attached), attached, strict=True):
        if one.media_type in MAIL_TYPES:
            continue
        content = read_attached(workspace, mail, one)
        media_type = sniff(content[:HEAD_BYTES], one.name)
        if content and not media_type.startswith(_WHOLE_KINDS) and media_type not in _WHOLE_TYPES:
            for name in _names(workspace, content, media_type, one.name):
                yield f"{label} / {name}"


def _names(
    workspace: Workspace, content: bytes, media_type: str, file_name: str, **pieces: int
) -> tuple[str, ...]:
    try:
        inside: Inside = workspace.decode(
            "inside", content, kind=media_type, file_name=file_name, **pieces
        )
    except (Cancelled, LogLocked):
        raise
    except AppError:
        return (UNNAMED,)
    labels = label_each(one.name for one in inside.names)
    if inside.listed is Listed.WHOLE:
        return labels
    return (*labels, UNNAMED if inside.listed is Listed.NOT else UNNAMED_REST)
