"""Exports a bundle: checked before, hashed while it is written, logged for every item."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.errors import AppError, BundleEmpty, CustodyBroken, ItemsAltered, NotFound
from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.identifiers import IncidentId
from desktop.domain.leaving.bundle import Audience, BundleContent, BundleForm
from desktop.domain.log.custody import Action
from desktop.export.bundle_writer import Exhibit, Order, Written, write_bundle
from desktop.operations.checking.walk_custody import find_break
from desktop.operations.find_incident import find_incident
from desktop.operations.incident.record_incident import enter_drafts
from desktop.operations.leaving.gather_bundle import gather_bundle
from desktop.operations.leaving.unfinished_exports import (
    forget_export,
    is_recorded,
    record_export,
    remember_export,
)
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line
from desktop.store.evidence_table import ContentRow
from desktop.store.export_table import BundleRow, IntentRow

Progress = Callable[[float], None]
Cancel = Callable[[], bool]

INTENT = "export"
# No 0 or O, no 1, I or L, no U or V: 29 letters, 20 of them, are 97 bits.
LETTERS = "23456789ABCDEFGHJKMNPQRSTWXYZ"
GROUPS, GROUP = 5, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleRequest:
    """What is to leave, for whom, in which form, and to which folder."""

    audience: Audience
    form: BundleForm
    folder: Path
    recipient: str = ""
    crime_reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A bundle that lies ready; the passphrase is shown once and kept nowhere."""

    path: Path
    receipt: Path
    fingerprint: str
    version: int
    marks: tuple[str, ...]
    passphrase: str | None = field(default=None, repr=False)
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Plan:
    order: Order
    intent_id: str


def new_passphrase() -> str:
    """Return a passphrase that can be read out over the telephone: five groups of four."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def export_bundle(
    workspace: Workspace,
    incident_id: IncidentId,
    request: BundleRequest,
    progress: Progress,
    cancelled: Cancel,
) -> Exported:
    """Write a bundle and its receipt; runs on the bytes thread.

    Raises CustodyBroken or ItemsAltered, and then nothing leaves; DestinationExists,
    DestinationNotWritable, DiskFull or Cancelled, and then nothing is left behind.
    """
    check_custody(workspace)
    plan = workspace.on_log(partial(_begin, workspace, incident_id, request))

    def record(written: Written) -> None:
        workspace.on_log(partial(_record, workspace, incident_id, request, plan, written))

    try:
        written = write_bundle(plan.order, progress, cancelled, record)
    except AppError as error:
        with suppress(AppError):
            workspace.on_log(partial(_give_up, workspace, plan, error))
        raise
    with suppress(AppError):
        workspace.on_log(partial(forget_export, workspace))
    content = plan.order.content
    return Exported(
        path=written.path,
        receipt=written.receipt,
        fingerprint=written.fingerprint,
        version=content.version,
        marks=_marks(content),
        passphrase=plan.order.passphrase,
        changes=changed(
            Topic.EVIDENCE, Topic.CHRONOLOGY, Topic.CUSTODY, Topic.INCIDENT,
            incident_id=incident_id,
        ),
    )  # fmt: skip


def check_custody(workspace: Workspace) -> None:
    """Raise CustodyBroken unless the whole chain fits."""
    broken_at = find_break(workspace)
    if broken_at is not None:
        raise CustodyBroken(broken_at)


def _begin(workspace: Workspace, incident_id: IncidentId, request: BundleRequest) -> _Plan:
    """Say that an export is meant to happen, and gather what goes into it."""
    row = find_incident(workspace, incident_id)
    intent_id, at, log = workspace.new_id(), workspace.now(), workspace.log
    with log.transaction():
        enter_drafts(workspace, incident_id)
        version = log.bundles.next_version(incident_id, request.audience.value)
        what = f"Bundle for the {request.audience.value}, version {version}, of {row.number}"
        log.intents.begin(
            IntentRow(id=intent_id, kind=INTENT, incident_id=incident_id, what=what, at=at)
        )
        workspace.note(
            Action.EXPORT_INTENDED,
            incident_id,
            at,
            version=version,
            form=request.form.value,
            **_whom(request),
        )
        content = gather_bundle(
            workspace,
            incident_id,
            request.audience,
            version=version,
            made_at=at,
            recipient=request.recipient.strip(),
            crime_reference=request.crime_reference.strip(),
        )
        if _is_empty(content):
            raise BundleEmpty
        order = Order(
            content=content,
            exhibits=[_exhibit(workspace, item) for item in content.kept],
            form=request.form,
            folder=request.folder,
            passphrase=new_passphrase() if request.form is BundleForm.AES else None,
        )
        remember_export(workspace, order.parts)
    return _Plan(order, intent_id)


def _exhibit(workspace: Workspace, item: EvidenceItem) -> Exhibit:
    row = workspace.log.evidence.content(item.content_id) if item.content_id else None
    if row is None:
        raise NotFound("content")
    return Exhibit(item, partial(_read, workspace, row))


def _read(workspace: Workspace, row: ContentRow) -> Iterator[bytes]:
    return workspace.contents.read(row.id, row.file_number)


def _is_empty(content: BundleContent) -> bool:
    record = content.incident.record
    words = record.summary or record.first_account
    return not (words or content.items or content.contacts or content.people or content.accounts)


def _give_up(workspace: Workspace, plan: _Plan, error: AppError) -> None:
    """Say that nothing left; what was found altered goes on record."""
    altered = error.marks if isinstance(error, ItemsAltered) else ()
    with workspace.log.transaction():
        if is_recorded(workspace):
            _take_back(workspace, plan.order.content)
        workspace.log.intents.end(plan.intent_id)
        forget_export(workspace)
        for item in plan.order.content.kept:
            if str(item.mark) in altered:
                workspace.note(
                    Action.ITEM_CHECKED,
                    item.id,
                    workspace.now(),
                    mark=str(item.mark),
                    unchanged=False,
                )


def _take_back(workspace: Workspace, content: BundleContent) -> None:
    """Say that a bundle on record came to nothing: it could not be given its name."""
    text = f"Bundle version {content.version} could not be put in its place: nothing left"
    incident_id, at = content.incident.id, workspace.now()
    entry_id = write_line(workspace, incident_id, EntryKind.EXPORT, at, text)
    workspace.note(Action.CHRONOLOGY_ADDED, incident_id, at, entry=entry_id)


def _record(
    workspace: Workspace,
    incident_id: IncidentId,
    request: BundleRequest,
    plan: _Plan,
    written: Written,
) -> None:
    """Put on record what left: the bundle, each item in it, a line of the chronology."""
    content, at, log = plan.order.content, workspace.now(), workspace.log
    marks = _marks(content)
    with log.transaction():
        for item in content.kept:
            workspace.note(
                Action.ITEM_EXPORTED,
                item.id,
                at,
                mark=str(item.mark),
                version=content.version,
                sha256=item.fingerprint.sha256 if item.fingerprint else "",
                **_whom(request),
            )
        workspace.note(
            Action.BUNDLE_EXPORTED,
            incident_id,
            at,
            version=content.version,
            form=request.form.value,
            fingerprint=written.fingerprint,
            marks=list(marks),
            in_words=[str(item.mark) for item in content.in_words],
            **_whom(request),
        )
        log.bundles.insert(
            BundleRow(
                id=workspace.new_id(),
                incident_id=incident_id,
                audience=request.audience.value,
                version=content.version,
                form=request.form.value,
                at=at,
                by=workspace.keyholder.id,
                fingerprint=written.fingerprint,
                recipient=request.recipient.strip(),
                marks=marks,
            )
        )
        what = f"bundle for the {request.audience.value}, version {content.version}"
        log.given_heads.insert(content.head, content.made_at, what)
        line = _line(content, request, written.fingerprint)
        write_line(workspace, incident_id, EntryKind.EXPORT, at, line)
        log.intents.end(plan.intent_id)
        record_export(workspace)


def _line(content: BundleContent, request: BundleRequest, fingerprint: str) -> str:
    exhibits = ", ".join(_marks(content)) or "no originals"
    whom = f" ({content.recipient})" if content.recipient else ""
    return (
        f"Bundle version {content.version} for the {request.audience.value}{whom} made as "
        f"{request.form.value}, with {exhibits}; fingerprint {fingerprint}"
    )


def _whom(request: BundleRequest) -> dict[str, str]:
    return {
        "for": request.audience.value,
        "recipient": request.recipient.strip(),
        "crime_reference": request.crime_reference.strip(),
    }


def _marks(content: BundleContent) -> tuple[str, ...]:
    return tuple(str(item.mark) for item in content.kept)
