"""Moves an incident of the usual log into a restricted one: whole in one of them, or in both."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import (
    AppError,
    Cancelled,
    ItemsAltered,
    LogInUse,
    NotAllowed,
    NotPermitted,
    ReasonNeeded,
    SecondPersonNeeded,
)
from desktop.domain.evidence.items import ItemState
from desktop.domain.identifiers import ContentId, IncidentId
from desktop.domain.incidents import IncidentStatus
from desktop.domain.log.custody import Action
from desktop.domain.log.roles import may
from desktop.operations.entering.enter_log import WRONG_ATTEMPTS, Environment
from desktop.operations.entering.open_log import lock_log, unlock_with_passphrase
from desktop.operations.erasing.finish_erasures import finish_erasures
from desktop.operations.find_incident import find_incident
from desktop.operations.intents import clear_away
from desktop.operations.keys.second_person import SecondPerson, name_second
from desktop.operations.moving.carry_own_copy import read_carried, take_over
from desktop.operations.moving.read_leaving import read_leaving
from desktop.operations.moving.receive_incident import (
    Leave,
    Leaving,
    prove_received,
    receive_incident,
)
from desktop.operations.steps.check_second import need_outsider
from desktop.operations.workspace import Workspace
from desktop.store.contents import StoredContent
from desktop.store.evidence_table import ContentRow
from desktop.store.export_table import IntentRow
from desktop.store.tombstone_table import Departure, TombstoneRow

Progress = Callable[[float], None]
Cancel = Callable[[], bool]

INTENT = "move"
FROM_RESTRICTED = "this is the restricted log already"
NOT_RESTRICTED = "the log in that folder is no restricted log"
ASK_POLICE = "what the police said about moving the sealed files"
ERASED_THERE = "its record was erased in the restricted log"
_COPIED, _PROVED = 0.5, 0.75
_TOPICS = (
    Topic.RETENTION, Topic.INCIDENT, Topic.PEOPLE, Topic.ACCOUNTS, Topic.EVIDENCE,
    Topic.CHECKLIST, Topic.CONTACT, Topic.CHRONOLOGY, Topic.DRAFT, Topic.REPORT, Topic.CUSTODY,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictedPlace:
    """Where the restricted log lies and what opens it; nothing of this is kept anywhere."""

    folder: Path
    passphrase: str = field(repr=False)
    keyholder_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An incident that is gone from this log. `number_there` is its number in the other one.

    `is_cleared`: nothing of it is left in the files of this log; else that is done at the next
    start. `wrong_attempts` were made at the other log since it was open before.
    """

    number: str
    number_there: str
    is_cleared: bool
    changes: Changes
    wrong_attempts: int = 0


def move_incident(
    workspace: Workspace,
    progress: Progress,
    cancelled: Cancel,
    *,
    incident_id: IncidentId,
    to: RestrictedPlace,
    reason: str,
    second: SecondPerson,
    police: str = "",
) -> Moved:
    """Copy all of it into the restricted log, prove it there, then take it out of this one.

    `second` is another keyholder of the restricted log, a witness, or nobody with the reason why.
    `police` is what they said about moving what is sealed: without it that stays where it is.
    Raises NotAllowed, NotPermitted, ReasonNeeded, SecondPersonNeeded, WrongPassphrase,
    ItemsAltered, LogInUse, DiskFull, Cancelled and what opening a log raises: then all of it is
    still here.
    """
    workspace.on_log(partial(check_movable, workspace, incident_id))
    if not reason.strip():
        raise ReasonNeeded("moving it")
    if not police.strip() and workspace.on_log(partial(has_sealed, workspace, incident_id)):
        raise ReasonNeeded(ASK_POLICE)
    target = _open_beside(workspace, to)
    try:
        named = _authorise(target, incident_id, second, workspace.keyholder.name)
        take_over(target, workspace.on_log(partial(read_carried, workspace)))
        leave = Leave(reason.strip(), named, police.strip())
        job = _Move(workspace, target, incident_id, leave, progress, cancelled)
        number, number_there = job.run()
        attempts = target.log.settings.get(WRONG_ATTEMPTS).partition(" ")[0]
    finally:
        lock_log(target, was_shown=False)
    is_cleared = finish_erasures(workspace, partial(_clearing, progress), workspace.on_log)
    return Moved(
        number=number,
        number_there=number_there,
        is_cleared=is_cleared,
        wrong_attempts=int(attempts or 0),
        changes=changed(*_TOPICS),
    )


def check_movable(workspace: Workspace, incident_id: IncidentId) -> None:
    """Raise what stands in the way: NotAllowed, NotPermitted, NotFound or RecordErased."""
    find_incident(workspace, incident_id)
    if workspace.restricted:
        raise NotAllowed(FROM_RESTRICTED)
    if not may(workspace.keyholder.role, Action.INCIDENT_MOVED):
        raise NotPermitted(Action.INCIDENT_MOVED.value)


def has_sealed(workspace: Workspace, incident_id: IncidentId) -> bool:
    """Say whether it holds something sealed, which is not to be copied without the police."""
    items = workspace.log.evidence.items(incident_id)
    return any(item.state is ItemState.SEALED for item in items)


def _open_beside(workspace: Workspace, to: RestrictedPlace) -> Workspace:
    """Open the restricted log on this thread, which is the only one to use it."""
    if to.folder.resolve() == workspace.keys.folder.path.resolve():
        raise LogInUse("")
    environment = Environment(
        clock=workspace.clock, procedures=workspace.procedures, machine=workspace.machine
    )
    target = unlock_with_passphrase(environment, to.folder, to.passphrase, to.keyholder_id)
    if target.restricted:
        return target
    lock_log(target, was_shown=False)
    raise NotAllowed(NOT_RESTRICTED)


def _authorise(
    target: Workspace, incident_id: IncidentId, second: SecondPerson, mover: str
) -> str:
    """Check that the restricted log can take it; returns who moves it with the keyholder."""
    if not may(target.keyholder.role, Action.INCIDENT_RECEIVED):
        raise NotPermitted(Action.INCIDENT_RECEIVED.value)
    if target.log.tombstones.get(incident_id) is not None:
        raise NotAllowed(ERASED_THERE)
    witness, why = second.witness.strip(), second.witness_reason.strip()
    if second.keyholder_id is not None:
        return name_second(target, second)
    if not why:
        raise (
            ReasonNeeded("a witness instead of a second keyholder")
            if witness
            else (SecondPersonNeeded)
        )
    if witness:
        need_outsider(target, witness, mover)
    return f"{witness or 'nobody'}, because {why}"


class _Move:
    """One move, from the first byte that is copied to the tombstone."""

    def __init__(
        self,
        workspace: Workspace,
        target: Workspace,
        incident_id: IncidentId,
        leave: Leave,
        progress: Progress,
        cancelled: Cancel,
    ) -> None:
        self._workspace = workspace
        self._target = target
        self._incident_id = incident_id
        self._leave = leave
        self._progress = progress
        self._cancelled = cancelled
        self._stored: dict[str, StoredContent] = {}
        self._fresh: list[StoredContent] = []
        self._intent_id = workspace.new_id()
        self._is_there = False

    def run(self) -> tuple[str, str]:
        """Do all of it; returns its number in both logs."""
        self._workspace.on_log(self._intend)
        try:
            leaving = self._workspace.on_log(self._read)
            while True:
                number = self._bring(leaving)
                left = self._workspace.on_log(partial(self._take_out, leaving))
                if left is None:
                    return leaving.row.number, number
                # What was still entered here meanwhile goes along too.
                leaving = left
        except AppError:
            self._give_up()
            raise

    def _bring(self, leaving: Leaving) -> str:
        """Bring all of it there and prove it; returns its number there."""
        self._copy(leaving)
        number = receive_incident(self._target, leaving, self._stored, self._leave)
        self._fresh.clear()
        self._is_there = True
        self._prove(leaving)
        return number

    def _intend(self) -> None:
        workspace, at = self._workspace, self._workspace.now()
        number = find_incident(workspace, self._incident_id).number
        what = f"Moving {number}: it is still whole in this log. Move it again"
        with workspace.log.transaction():
            workspace.log.intents.begin(
                IntentRow(
                    id=self._intent_id,
                    kind=INTENT,
                    incident_id=self._incident_id,
                    what=what,
                    at=at,
                )
            )
            workspace.note(Action.MOVE_INTENDED, self._incident_id, at)

    def _read(self) -> Leaving:
        return read_leaving(self._workspace, self._incident_id)

    def _copy(self, leaving: Leaving) -> None:
        total = sum(row.fingerprint.size for row in leaving.contents) or 1
        done = 0
        for row in leaving.contents:
            if row.id not in self._stored:
                self._stored[row.id] = self._copy_one(row, done / total, total)
            done += row.fingerprint.size

    def _copy_one(self, row: ContentRow, before: float, total: int) -> StoredContent:
        """Copy one content, or find what a move that was cut off brought there."""
        there = self._target.log.evidence.content_like(row.fingerprint)
        if there is not None and self._is_whole(there.id, there.file_number, row):
            return StoredContent(there.id, there.file_number, row.fingerprint)

        def watch(size: int) -> None:
            self._progress((before + size / total) * _COPIED)

        pieces = _until(self._workspace.contents.read(row.id, row.file_number), self._cancelled)
        stored = self._target.contents.write(pieces, ContentId(self._target.new_id()), watch)
        self._fresh.append(stored)
        if stored.fingerprint != row.fingerprint:
            raise ItemsAltered(self._marks(row.id))
        return stored

    def _is_whole(self, content_id: ContentId, number: int, row: ContentRow) -> bool:
        try:
            return self._target.contents.check(content_id, number) == row.fingerprint
        except AppError:
            return False

    def _marks(self, content_id: ContentId) -> tuple[str, ...]:
        items = self._workspace.on_log(
            partial(self._workspace.log.evidence.items, self._incident_id)
        )
        return tuple(str(item.mark) for item in items if item.content_id == content_id)

    def _prove(self, leaving: Leaving) -> None:
        """Read all of it again where it is now, every byte of its items too."""
        prove_received(self._target, leaving, self._stored)
        self._target.contents.forget_pages()
        for done, row in enumerate(leaving.contents, 1):
            stored = self._stored[row.id]
            if not self._is_whole(stored.content_id, stored.file_number, row):
                raise ItemsAltered(self._marks(row.id))
            share = done / len(leaving.contents)
            self._progress(_COPIED + share * (_PROVED - _COPIED))

    def _take_out(self, leaving: Leaving) -> Leaving | None:
        """Take it out of this log in one transaction; returns what it is now if it changed."""
        workspace, log, at = self._workspace, self._workspace.log, self._workspace.now()
        with log.transaction():
            now = read_leaving(workspace, self._incident_id)
            if not now.is_as(leaving):
                return now
            row, incident_id = leaving.row, self._incident_id
            log.erasure.erase(incident_id, log.erasure.subjects(incident_id))
            log.incidents.set_status(incident_id, IncidentStatus.CLOSED, row.closed_at or at)
            workspace.note(Action.INCIDENT_MOVED, incident_id, at, number=row.number)
            log.tombstones.insert(
                TombstoneRow(
                    incident_id=incident_id,
                    at=at,
                    retention_class="",
                    reason="",
                    keyholder=workspace.keyholder.id,
                    second_keyholder="",
                    witness="",
                    certificate="",
                    kind=Departure.MOVED,
                )
            )
        return None

    def _give_up(self) -> None:
        """Leave nothing there that is not named yet; what is whole in both stays to be told."""
        clear_away(self._target, self._fresh)
        if not self._is_there:
            self._workspace.on_log(partial(_end, self._workspace, self._intent_id))


def _clearing(progress: Progress, share: float) -> None:
    progress(_PROVED + share * (1 - _PROVED))


def _end(workspace: Workspace, intent_id: str) -> None:
    with workspace.log.transaction():
        workspace.log.intents.end(intent_id)


def _until(pieces: Iterator[bytes], cancelled: Cancel) -> Iterator[bytes]:
    for piece in pieces:
        if cancelled():
            raise Cancelled
        yield piece
