"""Erases one record for good: two people, one transaction, then nothing of it in the files."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import (
    Cancelled,
    DiskFull,
    NotFound,
    NotPermitted,
    ReasonNeeded,
    WrongPassphrase,
)
from desktop.domain.identifiers import IncidentId
from desktop.domain.log.certificates import (
    BackupLeft,
    CertificateFacts,
    ErasedContent,
    certificate_text,
    read_certificate,
)
from desktop.domain.log.custody import Action, Head
from desktop.domain.log.roles import may
from desktop.operations.backups.back_up import backups_holding
from desktop.operations.erasing.finish_erasures import finish_erasures
from desktop.operations.erasing.plan_erasure import check_erasable, last_references
from desktop.operations.find_incident import find_incident
from desktop.operations.incident.keep_retention import read_instruction, show_retention
from desktop.operations.keys.keep_passphrases import check_passphrase
from desktop.operations.keys.second_person import SecondPerson, name_second, name_witness
from desktop.operations.organisation.keep_organisation import show_organisation
from desktop.operations.workspace import Workspace
from desktop.store.tombstone_table import TombstoneRow

Progress = Callable[[float], None]
Cancel = Callable[[], bool]

# What an erasure touches: every page that may show something of the record reads again.
_TOPICS = (
    Topic.RETENTION, Topic.INCIDENT, Topic.PEOPLE, Topic.ACCOUNTS, Topic.EVIDENCE,
    Topic.CHECKLIST, Topic.CONTACT, Topic.CHRONOLOGY, Topic.DRAFT, Topic.REPORT, Topic.CUSTODY,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """A record that is erased. `is_cleared`: nothing of it is left in the files of the log.

    Where it is not yet, the rest is done at the next start.
    """

    certificate: CertificateFacts
    backups: tuple[BackupLeft, ...]
    is_cleared: bool
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Authorised:
    incident_id: IncidentId
    reason: str
    second_id: str
    second: str
    witness: str
    backups: tuple[BackupLeft, ...]


def erase_record(
    workspace: Workspace,
    incident_id: IncidentId,
    *,
    reason: str,
    second: SecondPerson,
    progress: Progress,
    cancelled: Cancel,
) -> Erased:
    """Erase a record; once its rows are gone it goes through to its end.

    Raises OnHold, InstructionNeeded, NotAllowed, SecondPersonNeeded, WrongPassphrase,
    ReasonNeeded, NotPermitted, DiskFull or Cancelled; nothing was changed then.
    """
    workspace.on_log(partial(_check, workspace, incident_id, reason))
    held = backups_holding(workspace, workspace.now())
    backups = tuple(BackupLeft(one.path, one.count, one.expires) for one in held)
    authorised = workspace.on_log(
        partial(_authorise, workspace, incident_id, reason.strip(), second, backups)
    )
    _check_room(workspace, incident_id)
    if cancelled():
        raise Cancelled
    certificate = workspace.on_log(partial(_erase, workspace, authorised))
    is_cleared = finish_erasures(workspace, progress, workspace.on_log)
    return Erased(
        certificate=certificate,
        backups=certificate.backups,
        is_cleared=is_cleared,
        changes=changed(*_TOPICS),
    )


def erase_with_passphrase(
    workspace: Workspace,
    progress: Progress,
    cancelled: Cancel,
    *,
    incident_id: IncidentId,
    passphrase: str,
    reason: str,
    second: SecondPerson,
) -> Erased:
    """Erase a record once the keyholder's own passphrase is checked: their desk may be empty.

    Raises WrongPassphrase.
    """
    own = workspace.keyholder.id
    if not workspace.on_log(partial(check_passphrase, workspace, own, passphrase)):
        raise WrongPassphrase
    return erase_record(
        workspace,
        incident_id,
        reason=reason,
        second=second,
        progress=progress,
        cancelled=cancelled,
    )


def show_certificate(workspace: Workspace, incident_id: IncidentId) -> CertificateFacts:
    """Return what the certificate of an erasure says; raises NotFound."""
    row = workspace.log.tombstones.get(incident_id)
    if row is None or not row.certificate:
        raise NotFound("certificate")
    return read_certificate(row.certificate)


def _check(workspace: Workspace, incident_id: IncidentId, reason: str) -> None:
    find_incident(workspace, incident_id)
    if not may(workspace.keyholder.role, Action.RECORD_ERASED):
        raise NotPermitted(Action.RECORD_ERASED.value)
    if not reason.strip():
        raise ReasonNeeded("the erasure")
    check_erasable(workspace, incident_id)


def _authorise(
    workspace: Workspace,
    incident_id: IncidentId,
    reason: str,
    second: SecondPerson,
    backups: tuple[BackupLeft, ...],
) -> _Authorised:
    """Check who erases with the keyholder."""
    if second.keyholder_id is None:
        named, why = name_witness(second)
        second_id, witness = "", f"{named}, because {why}"
    else:
        named, second_id = name_second(workspace, second), str(second.keyholder_id)
        witness = ""
    instruction = read_instruction(workspace, incident_id)
    if instruction is not None:
        reason = f"{reason} On the instruction of {instruction.words}."
    return _Authorised(
        incident_id=incident_id,
        reason=reason,
        second_id=second_id,
        second=witness or named,
        witness=witness,
        backups=backups,
    )


def _check_room(workspace: Workspace, incident_id: IncidentId) -> None:
    folder = workspace.keys.folder.path
    needed = workspace.on_log(partial(_room_needed, workspace, incident_id))
    if shutil.disk_usage(folder).free < needed:
        raise DiskFull(folder)


def _room_needed(workspace: Workspace, incident_id: IncidentId) -> int:
    going = last_references(workspace, incident_id)
    files = {row.file_number for row in workspace.log.evidence.contents() if row.id in going}
    rooms = [workspace.contents.room_needed(number) for number in files]
    return max([workspace.log.erasure.room_needed(), *rooms])


def _erase(workspace: Workspace, authorised: _Authorised) -> CertificateFacts:
    """Erase its rows, record it and leave the tombstone: all of it, or nothing."""
    log, incident_id = workspace.log, authorised.incident_id
    at = workspace.now()
    with log.transaction():
        check_erasable(workspace, incident_id)
        known = show_retention(workspace, incident_id)
        title = known.line.class_title
        contents, kept = _contents(workspace, incident_id)
        log.erasure.erase(incident_id, log.erasure.subjects(incident_id))
        workspace.note(
            Action.RECORD_ERASED,
            incident_id,
            at,
            number=known.line.number,
            retention_class=title,
            reason=authorised.reason,
            second=authorised.second,
            sha256=[f"{one.mark} {one.sha256}" for one in contents],
        )
        certificate = CertificateFacts(
            organisation=show_organisation(workspace).name,
            number=known.line.number,
            erased_at=at,
            retention_class=title,
            reason=authorised.reason,
            authorised_by=f"{workspace.keyholder.name}, {workspace.keyholder.title}",
            second=authorised.second,
            second_is_witness=bool(authorised.witness),
            contents=contents,
            kept=kept,
            head=log.custody.head() or Head(0, ""),
            fingerprint=workspace.keys.fingerprint,
            backups=authorised.backups,
        )
        log.tombstones.insert(_tombstone(workspace, authorised, certificate, at))
    return certificate


def _tombstone(
    workspace: Workspace, authorised: _Authorised, certificate: CertificateFacts, at: Moment
) -> TombstoneRow:
    return TombstoneRow(
        incident_id=authorised.incident_id,
        at=at,
        retention_class=certificate.retention_class,
        reason=authorised.reason,
        keyholder=workspace.keyholder.id,
        second_keyholder=authorised.second_id,
        witness=authorised.witness,
        certificate=certificate_text(certificate),
    )


def _contents(
    workspace: Workspace, incident_id: IncidentId
) -> tuple[tuple[ErasedContent, ...], int]:
    """Return mark and hash of what goes, and how many contents another record still needs."""
    last = last_references(workspace, incident_id)
    items = [one for one in workspace.log.evidence.items(incident_id) if one.fingerprint]
    gone = tuple(
        ErasedContent(str(item.mark), item.fingerprint.sha256)
        for item in items
        if item.fingerprint and item.content_id in last
    )
    return gone, len({item.content_id for item in items} - last)
