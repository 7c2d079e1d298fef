"""Takes an incident that comes from the usual log into a restricted one: all of it, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.domain.chronology import EntryKind
from desktop.domain.errors import LogDamaged
from desktop.domain.identifiers import IncidentId, ItemId
from desktop.domain.incidents import IncidentStatus
from desktop.domain.log.custody import Action, Head
from desktop.domain.log.moves import AUTHOR_ELSEWHERE, Pair, as_it_was, tell_received
from desktop.operations.moving.join_links import LinkThere, join_links
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line
from desktop.store.cells import as_text
from desktop.store.contents import StoredContent
from desktop.store.evidence_table import ContentRow
from desktop.store.incident_rows import IncidentRows
from desktop.store.incident_table import IncidentRow
from desktop.store.keyholder_table import KeyholderRow
from desktop.store.sealed_content_table import SealedContentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """All that one log holds of an incident, but for the bytes of its items.

    `versions` are the texts of its procedures, `links` the incidents it was linked with, which
    stay there; `log` is the id of the log it leaves and `head` where its custody record ended.
    """

    row: IncidentRow
    rows: IncidentRows
    subjects: frozenset[str]
    contents: tuple[ContentRow, ...]
    versions: Mapping[tuple[str, str], str]
    sealed: tuple[SealedContentRow, ...]
    authors: tuple[KeyholderRow, ...]
    custody: tuple[Pair, ...]
    links: tuple[LinkThere, ...]
    log: str
    head: Head

    def is_as(self, other: "Leaving") -> bool:
        """Say whether nothing was added or changed between these two readings."""
        same = (self.row, self.rows, self.contents) == (other.row, other.rows, other.contents)
        return same and self.custody == other.custody


@dataclass(frozen=True, slots=True)
class Leave:
    """Who moves it and why, in words: kept where it arrives and nowhere else.

    `police` is what they said about moving what is sealed.
    """

    reason: str
    second: str
    police: str = ""


def receive_incident(
    target: Workspace, leaving: Leaving, stored: Mapping[str, StoredContent], leave: Leave
) -> str:
    """Name all of it in one transaction; returns its number here. Its contents lie here already.

    Called again after a move that was cut off it adds what is not there yet.
    """
    log, incident_id = target.log, leaving.row.id
    with log.transaction():
        is_new = log.incidents.get(incident_id) is None
        number = _number(target, leaving.row)
        _note_receipt(target, leaving, leave, number)
        _introduce(target, leaving)
        _name_contents(target, stored)
        labels = {
            (procedure, version): log.checklists.keep_version(procedure, version, text)
            for (procedure, version), text in leaving.versions.items()
        }
        places = {name: one.content_id for name, one in stored.items()}
        log.moving.put(leaving.rows, places, labels)
        _take_custody(target, leaving)
        _note_items(target, incident_id)
        for row in leaving.sealed:
            if log.sealed.find(row.fingerprint.sha256) is None:
                reason = row.reason.replace(leaving.row.number, number)
                log.sealed.insert(replace(row, reason=reason))
        if is_new:
            _write_lines(target, leaving, leave)
            join_links(target, incident_id)
    return number


def prove_received(
    target: Workspace, leaving: Leaving, stored: Mapping[str, StoredContent]
) -> None:
    """Read all of it again where it arrived, but for the bytes; raises LogDamaged."""
    log = target.log
    missing = log.moving.missing(leaving.rows)
    there = {entry.own for entry, _ in _received(target, leaving)}
    named = {item.id: item.content_id for item in log.evidence.items(leaving.row.id)}
    wanted = {
        as_text(row["id"]): stored[as_text(row["content_id"])].content_id
        for row in leaving.rows.tables["item"]
        if row["content_id"] is not None
    }
    all_named = all(named.get(ItemId(one)) == content for one, content in wanted.items())
    if missing or not all_named or not {entry.own for entry, _ in leaving.custody} <= there:
        raise LogDamaged(target.keys.folder.log_file.name)


def _number(target: Workspace, row: IncidentRow) -> str:
    """Give it a number here, with its state; it keeps the moment at which it was logged."""
    incidents = target.log.incidents
    here = incidents.get(row.id)
    number = (
        here.number if here else incidents.insert(row.id, row.logged_at, row.logged_by, row.title)
    )
    if row.careful:
        incidents.set_careful(row.id)
    if row.status is not IncidentStatus.OPEN or here:
        incidents.set_status(row.id, row.status, row.closed_at)
    if here:
        incidents.set_title(row.id, row.title)
    return number


def _note_receipt(target: Workspace, leaving: Leaving, leave: Leave, number: str) -> None:
    target.note(
        Action.INCIDENT_RECEIVED,
        leaving.row.id,
        target.now(),
        number=number,
        number_there=leaving.row.number,
        log=leaving.log,
        head=f"{leaving.head.number} {leaving.head.own}",
        entries=len(leaving.custody),
        reason=leave.reason,
        second=leave.second,
        police=leave.police,
        links=[link.to_text() for link in leaving.links],
    )


def _introduce(target: Workspace, leaving: Leaving) -> None:
    """Name those who wrote in it: they have no key here."""
    known = {row.id for row in target.log.keyholders.all()}
    for row in leaving.authors:
        if row.id not in known:
            target.log.keyholders.insert(row)
            target.log.keyholders.remove(row.id, target.now(), AUTHOR_ELSEWHERE)


def _name_contents(target: Workspace, stored: Mapping[str, StoredContent]) -> None:
    evidence = target.log.evidence
    for one in stored.values():
        if evidence.content(one.content_id) is None:
            evidence.insert_content(
                ContentRow(
                    id=one.content_id, file_number=one.file_number, fingerprint=one.fingerprint
                )
            )


def _note_items(target: Workspace, incident_id: IncidentId) -> None:
    """Say of each item that it came in unchanged: its bytes were hashed on their way."""
    items = target.log.evidence.items(incident_id)
    known = {
        entry.subject
        for entry, _ in target.log.custody.about([item.id for item in items])
        if entry.action is Action.ITEM_RECEIVED
    }
    for item in items:
        if item.id not in known and item.fingerprint:
            sha256 = item.fingerprint.sha256
            at = target.now()
            target.note(Action.ITEM_RECEIVED, item.id, at, mark=str(item.mark), sha256=sha256)


def _take_custody(target: Workspace, leaving: Leaving) -> None:
    """Let the custody entries go along, each with its hashes as it stood there."""
    there = {entry.own for entry, _ in _received(target, leaving)}
    names: dict[str, str] = {row.id: row.name for row in leaving.authors}
    for entry, detail in leaving.custody:
        if entry.own not in there:
            subject = entry.subject if entry.subject in leaving.subjects else leaving.row.id
            by = names.get(entry.keyholder, "")
            at = target.now()
            target.note(Action.ENTRY_RECEIVED, subject, at, **tell_received(entry, detail, by))


def _received(target: Workspace, leaving: Leaving) -> list[Pair]:
    found = target.log.custody.about(sorted(leaving.subjects))
    return [
        as_it_was(entry, detail)
        for entry, detail in found
        if entry.action is Action.ENTRY_RECEIVED
    ]


def _write_lines(target: Workspace, leaving: Leaving, leave: Leave) -> None:
    at, incident_id = target.now(), IncidentId(leaving.row.id)
    words = (
        f"Moved here from the usual log, where its number was {leaving.row.number}. Incident "
        "numbers that were written before are those of that log"
    )
    police = f"What the police said about moving what is sealed: {leave.police}"
    said = (police,) if leave.police else ()
    linked = [
        f"In the usual log it was linked with {link.number}. Why: {link.reason}"
        for link in leaving.links
    ]
    for line in (f"{words}. Why: {leave.reason}", *said, *linked):
        write_line(target, incident_id, EntryKind.STATUS, at, line)
