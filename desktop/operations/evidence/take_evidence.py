"""Takes evidence in: the gate first, then what is inside it by name, then the bytes."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from desktop.domain.calendar.clock_checks import clock_fact
from desktop.domain.calendar.times import Moment
from desktop.domain.errors import HeldBack, StatementNeeded
from desktop.domain.evidence.gate import Statement
from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.identifiers import IncidentId, SetId, StatementId
from desktop.domain.noted import Fact
from desktop.intake.files import CHUNK_BYTES, FileSource, FileStand, clean_name
from desktop.intake.provenance import note_of
from desktop.operations.checking.compare_clock import latest_check
from desktop.operations.evidence.check_gate import check_gate
from desktop.operations.evidence.keep_content import (
    Arrival,
    Cancel,
    Intake,
    ItemAdded,
    Progress,
    keep,
)
from desktop.operations.evidence.look_inside import (
    UNNAMED_REST,
    Seen,
    label_each,
    say_inside,
    see,
)
from desktop.operations.evidence.open_mail import held_by, list_attached, read_attached
from desktop.operations.evidence.read_facts import read_facts
from desktop.operations.workspace import Workspace


def add_picture(
    workspace: Workspace,
    incident_id: IncidentId,
    statement_id: StatementId,
    png: bytes,
    kind: ItemKind,
    method: Method,
    captured_at: Moment,
    progress: Progress,
    cancelled: Cancel,
    set_id: SetId | None = None,
    noted: tuple[Fact, ...] = (),
) -> ItemAdded:
    """Take in a picture that was captured or pasted; raises StatementNeeded.

    A capture notes too how the clock of the computer stood.
    """
    workspace.on_log(lambda: check_gate(workspace, incident_id, statement_id))
    if method is Method.SCREEN_CAPTURE:
        check = workspace.on_log(lambda: latest_check(workspace))
        noted = (*noted, clock_fact(check))
    intake = Intake(
        incident_id=incident_id,
        statement_id=statement_id,
        itself=Arrival(name="", size=len(png), pieces=_pieces_of(png), method=method, kind=kind),
        captured_at=captured_at,
        set_id=set_id,
        note=lambda: noted,
    )
    return keep(workspace, intake, progress, cancelled)


def add_file(
    workspace: Workspace,
    incident_id: IncidentId,
    statement_id: StatementId,
    path: Path,
    method: Method,
    progress: Progress,
    cancelled: Cancel,
    leave_out: tuple[str, ...] = (),
    asked_as: str = "",
    stood: FileStand | None = None,
) -> ItemAdded:
    """Take in a file byte for byte; raises StatementNeeded before anything is read of it.

    `leave_out` names what is held back inside an e-mail: it comes in as headers and text alone,
    with whatever else came with it. `asked_as` is the name under which the answer was given about
    it, where that is not its own: of two files with one name the folder is named too. `stood` is
    how the file stood then (`note_stands`): another one that lies there now raises FileChanged.
    Raises StatementNeeded too where the file holds something that the answer was not about, and
    HeldBack where it cannot come in without what is left out.
    """
    statement = workspace.on_log(lambda: check_gate(workspace, incident_id, statement_id))
    source = FileSource(path, stood)
    facts = source.facts()
    system_facts = note_of(path, stood.opened_ns if stood else None)
    seen = see(workspace, source)
    _check_inside(statement, asked_as or source.name, seen, leave_out)
    not_taken = list(leave_out)
    intake = Intake(
        incident_id=incident_id,
        statement_id=statement_id,
        itself=_itself(workspace, source, seen, method, leave_out),
        captured_at=workspace.now(),
        inside=lambda: _attached(workspace, seen, source.name, leave_out, not_taken),
        not_taken=not_taken,
        note=lambda: (
            *system_facts,
            *read_facts(workspace, source, seen),
        ),
        told={"file_modified": facts.modified.isoformat()},
    )
    return keep(workspace, intake, progress, cancelled)


def _check_inside(
    statement: Statement, file_name: str, seen: Seen, leave_out: tuple[str, ...]
) -> None:
    """Raise StatementNeeded unless everything inside that comes in was named before the answer."""
    if leave_out and not seen.can_be_reduced:
        raise HeldBack(file_name)
    asked = {" ".join(line.split()) for line in statement.listed}
    lines = [say_inside(file_name, name) for name in seen.names if name not in leave_out]
    if any(" ".join(line.split()) not in asked for line in lines):
        raise StatementNeeded


def _itself(
    workspace: Workspace,
    source: FileSource,
    seen: Seen,
    method: Method,
    leave_out: tuple[str, ...],
) -> Arrival:
    """Return the file as it comes in: as it lies there, or as headers and text alone."""
    if leave_out:
        words: bytes = workspace.decode("mail reduced", seen.content or b"", file_name=source.name)
        return Arrival(
            name=source.name, size=len(words), pieces=_pieces_of(words), method=Method.REDUCED
        )
    if seen.content is None:
        return Arrival(name=source.name, size=source.size, pieces=source.chunks, method=method)
    return Arrival(
        name=source.name, size=source.size, pieces=_still(source, seen.content), method=method
    )


def _still(source: FileSource, content: bytes) -> Callable[[], Iterator[bytes]]:
    """Give what was read of a file, if it is that file still at the end."""

    def pieces() -> Iterator[bytes]:
        yield from _pieces_of(content)()
        source.facts()

    return pieces


def _attached(
    workspace: Workspace,
    seen: Seen,
    file_name: str,
    leave_out: Sequence[str],
    not_taken: list[str],
) -> Iterator[Arrival]:
    """Yield what came with an e-mail; what does not come out is named in `not_taken`.

    Raises HeldBack where something that is to be left out is not found among it.
    """
    if not seen.can_be_reduced or seen.content is None:
        return
    attached = list_attached(workspace, seen.content, file_name)
    labels = label_each(each.name for each in attached)
    held = [held_by(label, one, leave_out) for label, one in zip(labels, attached, strict=True)]
    if not frozenset({UNNAMED_REST}).union(*held).issuperset(leave_out):
        raise HeldBack(file_name)
    for label, one, names in zip(labels, attached, held, strict=True):
        if names:
            continue
        content = read_attached(workspace, seen.content, one)
        if not content:
            not_taken.append(label)
            continue
        yield Arrival(
            name=clean_name(one.name),
            size=len(content),
            pieces=_pieces_of(content),
            method=Method.INSIDE,
        )


def _pieces_of(content: bytes) -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        for start in range(0, len(content), CHUNK_BYTES):
            yield content[start : start + CHUNK_BYTES]

    return pieces
