"""Takes evidence in: the gate first, then the bytes, then the row that names them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.custody import Action
from desktop.domain.errors import AppError, Cancelled, NotFound
from desktop.domain.evidence import (
    ORIGIN_FIELDS,
    EvidenceItem,
    ItemKind,
    ItemState,
    Method,
    Origin,
)
from desktop.domain.identifiers import ContentId, IncidentId, ItemId, SetId, StatementId
from desktop.domain.times import Moment
from desktop.intake.files import CHUNK_BYTES, FileSource
from desktop.intake.sniff import HEAD_BYTES, kind_of, sniff
from desktop.operations.check_gate import check_gate
from desktop.operations.keep_set import join_set
from desktop.operations.look_inside import InsideFile, look_inside
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line
from desktop.store.contents import StoredContent
from desktop.store.evidence_table import ContentRow
from desktop.store.export_table import IntentRow

__all__ = ["InsideFile", "ItemAdded", "add_file", "add_picture", "enter_origin", "look_inside"]

Progress = Callable[[float], None]
Cancel = Callable[[], bool]

INTENT = "item"
_TOPICS = (Topic.EVIDENCE, Topic.CHRONOLOGY, Topic.CHECKLIST, Topic.INCIDENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAdded:
    """A new item and its exhibit mark; `same_as` are earlier marks with the same content.

    `inside` are the marks of what came inside it, `not_taken` the names of what did not come out.
    """

    item_id: ItemId
    mark: str
    changes: Changes
    same_as: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrival:
    """What is coming in, before its bytes are read."""

    incident_id: IncidentId
    statement_id: StatementId
    name: str
    size: int
    kind: ItemKind | None
    method: Method
    captured_at: Moment
    facts: Mapping[str, str]
    set_id: SetId | None = None
    noted: tuple[tuple[str, str], ...] = ()


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
    noted: tuple[tuple[str, str], ...] = (),
) -> ItemAdded:
    """Take in a picture that was captured or pasted; raises StatementNeeded.

    `set_id` ties captures of one thing together; `noted` says of what screen it was taken.
    """
    arrival = _Arrival(
        incident_id=incident_id,
        statement_id=statement_id,
        name="",
        size=len(png),
        kind=kind,
        method=method,
        captured_at=captured_at,
        facts={"noted": "; ".join(f"{name}: {words}" for name, words in noted)} if noted else {},
        set_id=set_id,
        noted=noted,
    )
    pieces = (png[start : start + CHUNK_BYTES] for start in range(0, len(png), CHUNK_BYTES))
    workspace.on_log(lambda: check_gate(workspace, incident_id, statement_id))
    return _take_in(workspace, arrival, pieces, progress, cancelled)


def add_file(
    workspace: Workspace,
    incident_id: IncidentId,
    statement_id: StatementId,
    path: Path,
    method: Method,
    progress: Progress,
    cancelled: Cancel,
    leave_out: tuple[str, ...] = (),
) -> ItemAdded:
    """Take in a file byte for byte; raises StatementNeeded before anything is read of it.

    `leave_out` names what is held back inside an e-mail: it comes in as headers and text alone.
    """
    del leave_out
    workspace.on_log(lambda: check_gate(workspace, incident_id, statement_id))
    source = FileSource(path)
    facts = source.facts()
    arrival = _Arrival(
        incident_id=incident_id,
        statement_id=statement_id,
        name=facts.name,
        size=facts.size,
        kind=None,
        method=method,
        captured_at=workspace.now(),
        facts={"file_modified": facts.modified.isoformat()},
    )
    return _take_in(workspace, arrival, source.chunks(), progress, cancelled)


def enter_origin(workspace: Workspace, item_id: ItemId, values: Mapping[str, str]) -> Changes:
    """Enter what is known of where an item comes from; earlier values stay in the history."""
    unknown = set(values) - set(ORIGIN_FIELDS)
    if unknown:
        raise ValueError(f"not fields of an origin: {sorted(unknown)}")
    item = workspace.log.evidence.item(item_id)
    if item is None:
        raise NotFound("item")
    with workspace.log.transaction():
        now = workspace.log.fields.current(item_id)
        tidy = {name: text.strip() for name, text in values.items()}
        fresh = {name: text for name, text in tidy.items() if now.get(name, "") != text}
        workspace.log.drafts.clear(item_id, values)
        if fresh:
            at = workspace.now()
            workspace.log.fields.enter(item_id, fresh, at, workspace.keyholder.id)
            workspace.note(Action.DETAILS_ENTERED, item_id, at, fields=sorted(fresh))
    return changed(Topic.EVIDENCE, Topic.CHECKLIST, Topic.DRAFT, incident_id=item.incident_id)


def _take_in(
    workspace: Workspace,
    arrival: _Arrival,
    pieces: Iterator[bytes],
    progress: Progress,
    cancelled: Cancel,
) -> ItemAdded:
    intent_id = workspace.new_id()
    workspace.on_log(lambda: _begin(workspace, arrival, intent_id))
    watched = _Watched(pieces, arrival.size, progress, cancelled)
    try:
        content_id = ContentId(workspace.new_id())
        stored = workspace.contents.write(watched, content_id)
        twin = _intact_twin(workspace, stored)
        return workspace.on_log(
            lambda: _name_it(workspace, arrival, stored, twin, watched.head, intent_id)
        )
    except AppError:
        with suppress(AppError):
            workspace.on_log(lambda: _give_up(workspace, intent_id))
        raise


class _Watched:
    """Passes chunks on, keeps the first bytes, tells how far it is, stops when asked to."""

    def __init__(
        self, pieces: Iterator[bytes], size: int, progress: Progress, cancelled: Cancel
    ) -> None:
        self.head = b""
        self._pieces = pieces
        self._size = size
        self._progress = progress
        self._cancelled = cancelled

    def __iter__(self) -> Iterator[bytes]:
        done = 0
        for piece in self._pieces:
            if self._cancelled():
                raise Cancelled
            if len(self.head) < HEAD_BYTES:
                self.head += piece[: HEAD_BYTES - len(self.head)]
            yield piece
            done += len(piece)
            self._progress(min(done / self._size, 1.0))


def _begin(workspace: Workspace, arrival: _Arrival, intent_id: str) -> None:
    at = workspace.now()
    what = arrival.name or (arrival.kind.value if arrival.kind else "")
    with workspace.log.transaction():
        workspace.log.intents.begin(
            IntentRow(id=intent_id, kind=INTENT, incident_id=arrival.incident_id, what=what, at=at)
        )
        workspace.note(Action.ITEM_INTENDED, arrival.incident_id, at, what=what)


def _give_up(workspace: Workspace, intent_id: str) -> None:
    with workspace.log.transaction():
        workspace.log.intents.end(intent_id)


def _intact_twin(workspace: Workspace, stored: StoredContent) -> ContentRow | None:
    """Return content that is in the log already and still the same as what just came in."""
    twin = workspace.on_log(lambda: workspace.log.evidence.content_like(stored.fingerprint))
    if twin is None:
        return None
    try:
        intact = workspace.contents.check(twin.id, twin.file_number) == twin.fingerprint
    except AppError:
        intact = False
    return twin if intact else None


def _name_it(
    workspace: Workspace,
    arrival: _Arrival,
    stored: StoredContent,
    twin: ContentRow | None,
    head: bytes,
    intent_id: str,
) -> ItemAdded:
    """Name the content in one transaction: from here on it is evidence."""
    media_type = sniff(head, arrival.name)
    with workspace.log.transaction():
        check_gate(workspace, arrival.incident_id, arrival.statement_id)
        if twin is None:
            workspace.log.evidence.insert_content(
                ContentRow(
                    id=stored.content_id,
                    file_number=stored.file_number,
                    fingerprint=stored.fingerprint,
                )
            )
        same_as = _marks_of(workspace, twin)
        item = _item(workspace, arrival, stored, twin, media_type)
        if arrival.set_id is not None:
            join_set(workspace, arrival.set_id, arrival.incident_id, arrival.captured_at)
        workspace.log.evidence.insert_item(item)
        write_line(
            workspace,
            arrival.incident_id,
            EntryKind.EVIDENCE,
            arrival.captured_at,
            _say(item),
            mark=str(item.mark),
        )
        workspace.note(
            Action.ITEM_ADDED,
            item.id,
            workspace.now(),
            mark=str(item.mark),
            sha256=stored.fingerprint.sha256,
            size=stored.fingerprint.size,
            media_type=media_type,
            method=item.method.value,
            statement=arrival.statement_id,
            same_as=list(same_as),
            **arrival.facts,
        )
        workspace.log.intents.end(intent_id)
    return ItemAdded(
        item_id=item.id,
        mark=str(item.mark),
        changes=changed(*_TOPICS, incident_id=arrival.incident_id),
        same_as=same_as,
    )


def _item(
    workspace: Workspace,
    arrival: _Arrival,
    stored: StoredContent,
    twin: ContentRow | None,
    media_type: str,
) -> EvidenceItem:
    keyholder = workspace.keyholder
    return EvidenceItem(
        id=ItemId(workspace.new_id()),
        incident_id=arrival.incident_id,
        mark=workspace.log.evidence.next_mark(arrival.incident_id, keyholder.initials),
        kind=arrival.kind or kind_of(media_type),
        state=ItemState.KEPT,
        method=arrival.method,
        content_id=twin.id if twin else stored.content_id,
        fingerprint=stored.fingerprint,
        media_type=media_type,
        original_name=arrival.name,
        captured_at=arrival.captured_at,
        captured_by=keyholder.name,
        captured_with=workspace.machine,
        statement_id=arrival.statement_id,
        origin=Origin(),
        set_id=arrival.set_id,
        noted=arrival.noted,
    )


def _marks_of(workspace: Workspace, twin: ContentRow | None) -> tuple[str, ...]:
    if twin is None:
        return ()
    numbers = {row.id: row.number for row in workspace.log.incidents.all()}
    return tuple(
        f"{item.mark} in {numbers[item.incident_id]}"
        for item in workspace.log.evidence.items()
        if item.content_id == twin.id
    )


def _say(item: EvidenceItem) -> str:
    what = f"{item.kind.value}, {item.method.value}"
    named = f"{what}: {item.original_name}" if item.original_name else what
    return named[0].upper() + named[1:]
