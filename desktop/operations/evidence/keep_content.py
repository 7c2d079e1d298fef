"""Keeps what comes in: the bytes first, then, in one transaction, the rows that name them."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.errors import AppError, Cancelled
from desktop.domain.evidence.items import EvidenceItem, ItemKind, ItemState, Method, Origin
from desktop.domain.identifiers import ContentId, IncidentId, ItemId, SetId, StatementId
from desktop.domain.log.custody import Action
from desktop.domain.noted import Fact
from desktop.intake.sniff import HEAD_BYTES, kind_of, sniff
from desktop.operations.evidence.check_gate import check_gate
from desktop.operations.evidence.keep_set import join_set
from desktop.operations.evidence.recognise_sealed import is_sealed, may_be_sealed, refuse_sealed
from desktop.operations.intents import begin_intent, clear_away, take_back
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line
from desktop.store.contents import StoredContent
from desktop.store.evidence_table import ContentRow

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
class Arrival:
    """What is coming in, before its bytes are read; `kind` None: as its content says.

    `pieces` reads the bytes from the start, each time it is called.
    """

    name: str
    size: int
    pieces: Callable[[], Iterator[bytes]]
    method: Method
    kind: ItemKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One thing that is let in by one statement: itself first, then what came inside it.

    `inside` makes the things inside when their turn comes; `not_taken` grows meanwhile by the
    names of what does not come out. `note` says, once the bytes are kept, what is noted of it.
    """

    incident_id: IncidentId
    statement_id: StatementId
    itself: Arrival
    captured_at: Moment
    set_id: SetId | None = None
    inside: Callable[[], Iterable[Arrival]] = tuple
    not_taken: list[str] = field(default_factory=list)
    note: Callable[[], tuple[Fact, ...]] = tuple
    told: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Stored:
    """Bytes that lie in the log, unnamed as yet; `twin` is where the same lay already."""

    arrival: Arrival
    content: StoredContent
    twin: ContentRow | None
    media_type: str
    kind: ItemKind


def keep(workspace: Workspace, intake: Intake, progress: Progress, cancelled: Cancel) -> ItemAdded:
    """Keep it all, or nothing: what stops it leaves no row behind and no bytes."""
    what = intake.itself.name or (intake.itself.kind.value if intake.itself.kind else "")
    intent_id = begin_intent(workspace, INTENT, intake.incident_id, what)
    stored: list[_Stored] = []
    try:
        for arrival in intake.inside():
            part = _store(workspace, intake, arrival, _no_progress, cancelled)
            stored.append(_twin_of(part, stored))
        stored.append(_store(workspace, intake, intake.itself, progress, cancelled))
        noted = intake.note()
        # The thing itself comes last, so that its progress is that of the whole.
        itself, inside = stored[-1], stored[:-1]
        added = workspace.on_log(
            lambda: _name_all(workspace, intake, itself, inside, noted, intent_id)
        )
    except AppError:
        take_back(workspace, intent_id, (part.content for part in stored))
        raise
    clear_away(workspace, (part.content for part in stored if part.twin))
    return added


def _no_progress(_share: float) -> None:
    """Say nothing of the small things inside."""


def _store(
    workspace: Workspace, intake: Intake, arrival: Arrival, progress: Progress, cancelled: Cancel
) -> _Stored:
    """Write it and hash it in one pass; what was sealed is refused, if possible before that."""
    where = (intake.incident_id, intake.statement_id, arrival.name)
    if workspace.on_log(lambda: may_be_sealed(workspace, arrival.size)):
        found = _hash(_Watched(arrival.pieces(), arrival.size, _no_progress, cancelled))
        if workspace.on_log(lambda: is_sealed(workspace, found)):
            refuse_sealed(workspace, *where, found)
    watched = _Watched(arrival.pieces(), arrival.size, progress, cancelled)
    content = workspace.contents.write(watched, ContentId(workspace.new_id()))
    if workspace.on_log(lambda: is_sealed(workspace, content.fingerprint.sha256)):
        clear_away(workspace, [content])
        refuse_sealed(workspace, *where, content.fingerprint.sha256)
    media_type = sniff(watched.head, arrival.name)
    kind = arrival.kind or kind_of(media_type, watched.head, arrival.name)
    return _Stored(arrival, content, _intact_twin(workspace, content), media_type, kind)


def _twin_of(part: _Stored, earlier: Sequence[_Stored]) -> _Stored:
    """Return it as one more of the same where the same came in with it already."""
    for one in earlier:
        if part.twin is None and one.content.fingerprint == part.content.fingerprint:
            same = one.content
            row = ContentRow(
                id=same.content_id, file_number=same.file_number, fingerprint=same.fingerprint
            )
            return replace(part, twin=one.twin or row)
    return part


def _hash(pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


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


def _name_all(
    workspace: Workspace,
    intake: Intake,
    itself: _Stored,
    inside: Sequence[_Stored],
    noted: tuple[Fact, ...],
    intent_id: str,
) -> ItemAdded:
    """Name it all in one transaction: from here on it is evidence."""
    with workspace.log.transaction():
        check_gate(workspace, intake.incident_id, intake.statement_id)
        if intake.set_id is not None:
            join_set(workspace, intake.set_id, intake.incident_id, intake.captured_at)
        item, same_as = _name(workspace, intake, itself, None, noted)
        within = [_name(workspace, intake, part, item.id, ()) for part in inside]
        workspace.log.intents.end(intent_id)
    return ItemAdded(
        item_id=item.id,
        mark=str(item.mark),
        changes=changed(*_TOPICS, incident_id=intake.incident_id),
        same_as=same_as,
        inside=tuple(str(child.mark) for child, _same_as in within),
        not_taken=tuple(intake.not_taken),
    )


def _name(
    workspace: Workspace,
    intake: Intake,
    stored: _Stored,
    inside_id: ItemId | None,
    noted: tuple[Fact, ...],
) -> tuple[EvidenceItem, tuple[str, ...]]:
    log, content = workspace.log, stored.content
    if stored.twin is None:
        row = ContentRow(
            id=content.content_id, file_number=content.file_number, fingerprint=content.fingerprint
        )
        log.evidence.insert_content(row)
    same_as = _marks_of(workspace, stored.twin)
    item = _item(workspace, intake, stored, inside_id, noted)
    log.evidence.insert_item(item)
    mark = str(item.mark)
    at = intake.captured_at
    write_line(workspace, intake.incident_id, EntryKind.EVIDENCE, at, _say(item), mark=mark)
    told = {"inside": inside_id} if inside_id else _told(intake, noted)
    workspace.note(
        Action.ITEM_ADDED,
        item.id,
        workspace.now(),
        mark=mark,
        sha256=content.fingerprint.sha256,
        size=content.fingerprint.size,
        media_type=item.media_type,
        method=item.method.value,
        statement=intake.statement_id,
        same_as=list(same_as),
        **told,
    )
    return item, same_as


def _told(intake: Intake, noted: tuple[Fact, ...]) -> dict[str, str | list[str]]:
    """Return what the custody entry says beyond what it says of everything."""
    told: dict[str, str | list[str]] = dict(intake.told)
    if noted:
        told["noted"] = "; ".join(f"{name}: {words}" for name, words in noted)
    if intake.not_taken:
        told["not_taken"] = list(intake.not_taken)
    return told


def _item(
    workspace: Workspace,
    intake: Intake,
    stored: _Stored,
    inside_id: ItemId | None,
    noted: tuple[Fact, ...],
) -> EvidenceItem:
    keyholder, arrival = workspace.keyholder, stored.arrival
    return EvidenceItem(
        id=ItemId(workspace.new_id()),
        incident_id=intake.incident_id,
        mark=workspace.log.evidence.next_mark(intake.incident_id, keyholder.initials),
        kind=stored.kind,
        state=ItemState.KEPT,
        method=arrival.method,
        content_id=stored.twin.id if stored.twin else stored.content.content_id,
        fingerprint=stored.content.fingerprint,
        media_type=stored.media_type,
        original_name=arrival.name,
        captured_at=intake.captured_at,
        captured_by=keyholder.name,
        captured_with=workspace.machine,
        statement_id=intake.statement_id,
        origin=Origin(),
        set_id=intake.set_id,
        inside_id=inside_id,
        noted=noted,
    )


def _marks_of(workspace: Workspace, twin: ContentRow | None) -> tuple[str, ...]:
    if twin is None:
        return ()
    numbers = {row.id: row.number for row in workspace.log.incidents.all()}
    return tuple(
        f"{item.mark} in {numbers[item.incident_id]}"
        for item in workspace.log.evidence.items_with(twin.id)
    )


def _say(item: EvidenceItem) -> str:
    what = f"{item.kind.value}, {item.method.value}"
    named = f"{what}: {item.original_name}" if item.original_name else what
    return named[0].upper() + named[1:]
