"""Keeps contents that no readable row names, as the items of one new incident."""

from collections.abc import Iterable, Mapping

from desktop.domain.evidence.covering import Sensitivity
from desktop.domain.evidence.items import EvidenceItem, Fingerprint, ItemState, Method, Origin
from desktop.domain.identifiers import ContentId, IncidentId, ItemId
from desktop.domain.log.custody import Action
from desktop.intake.sniff import HEAD_BYTES, UNKNOWN, kind_of, sniff
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.workspace import Workspace
from desktop.store.evidence_table import ContentRow

NOTE = (
    "Saved from a damaged log; what was recorded of it could not be read. Its content is "
    "unchanged since it was entered."
)

UNSURE = (
    "What had been sealed could not be read: this may be some of it. If you think so, do not open "
    "it; seal it."
)


def keep_unnamed(
    workspace: Workspace,
    title: str,
    contents: Mapping[ContentId, tuple[int, Fingerprint]],
    *,
    unsure: bool = False,
) -> IncidentId:
    """Start an incident with one item for each content; call it inside a transaction.

    `unsure`: it could not be read what was sealed, so all of them are covered.
    """
    known_of = {"note": NOTE}
    if unsure:
        known_of = {
            "note": f"{NOTE} {UNSURE}",
            "sensitivity": Sensitivity.SENSITIVE.value,
        }
    incident_id = start_incident(workspace, title=title).incident_id
    known = {row.id for row in workspace.log.evidence.contents()}
    for content_id, (number, fingerprint) in contents.items():
        if content_id not in known:
            row = ContentRow(id=content_id, file_number=number, fingerprint=fingerprint)
            workspace.log.evidence.insert_content(row)
        item_id = _keep(workspace, incident_id, content_id, number, fingerprint)
        workspace.log.fields.enter(item_id, known_of, workspace.now(), workspace.keyholder.id)
    return incident_id


def _keep(
    workspace: Workspace,
    incident_id: IncidentId,
    content_id: ContentId,
    number: int,
    fingerprint: Fingerprint,
) -> ItemId:
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
    workspace.note(
        Action.ITEM_ADDED, item_id, at, mark=str(mark), sha256=fingerprint.sha256,
        size=fingerprint.size, method=Method.SALVAGED.value,
    )  # fmt: skip
    return item_id


def _head(pieces: Iterable[bytes]) -> bytes:
    for piece in pieces:
        return piece[:HEAD_BYTES]
    return b""
