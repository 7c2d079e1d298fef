"""Keeps contents that no readable row names, as the items of one new incident."""

from collections.abc import Iterable, Mapping

from desktop.domain.custody import Action
from desktop.domain.evidence import EvidenceItem, Fingerprint, ItemState, Method, Origin
from desktop.domain.identifiers import ContentId, IncidentId, ItemId
from desktop.intake.sniff import HEAD_BYTES, UNKNOWN, kind_of, sniff
from desktop.operations.record_incident import start_incident
from desktop.operations.workspace import Workspace
from desktop.store.evidence_table import ContentRow

NOTE = (
    "Saved from a damaged log; what was recorded of it could not be read. Its content is "
    "unchanged since it was entered."
)


def keep_unnamed(
    workspace: Workspace, title: str, contents: Mapping[ContentId, tuple[int, Fingerprint]]
) -> IncidentId:
    """Start an incident with one item for each content; call it inside a transaction."""
    incident_id = start_incident(workspace, title=title).incident_id
    known = {row.id for row in workspace.log.evidence.contents()}
    for content_id, (number, fingerprint) in contents.items():
        if content_id not in known:
            row = ContentRow(id=content_id, file_number=number, fingerprint=fingerprint)
            workspace.log.evidence.insert_content(row)
        _keep(workspace, incident_id, content_id, number, fingerprint)
    return incident_id


def _keep(
    workspace: Workspace,
    incident_id: IncidentId,
    content_id: ContentId,
    number: int,
    fingerprint: Fingerprint,
) -> None:
    at = workspace.now()
    is_sealed = workspace.log.sealed.find(fingerprint.sha256) is not None
    media_type = (
        UNKNOWN if is_sealed else sniff(_head(workspace.contents.read(content_id, number)))
    )
    mark = workspace.log.evidence.next_mark(incident_id, workspace.keyholder.initials)
    item_id = ItemId(workspace.new_id())
    workspace.log.evidence.insert_item(
        EvidenceItem(
            id=item_id,
            incident_id=incident_id,
            mark=mark,
            kind=kind_of(media_type),
            state=ItemState.SEALED if is_sealed else ItemState.KEPT,
            method=Method.SALVAGED,
            content_id=content_id,
            fingerprint=fingerprint,
            media_type=media_type,
            original_name="",
            captured_at=at,
            captured_by=workspace.keyholder.name,
            captured_with=workspace.machine,
            statement_id=None,
            origin=Origin(),
        )
    )
    workspace.log.fields.enter(item_id, {"note": NOTE}, at, workspace.keyholder.id)
    workspace.note(
        Action.ITEM_ADDED, item_id, at, mark=str(mark), sha256=fingerprint.sha256,
        size=fingerprint.size, method=Method.SALVAGED.value,
    )  # fmt: skip


def _head(pieces: Iterable[bytes]) -> bytes:
    for piece in pieces:
        return piece[:HEAD_BYTES]
    return b""
