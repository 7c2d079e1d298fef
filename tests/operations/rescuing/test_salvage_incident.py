"""Contents without a record become the items of one incident, whatever they hold."""

from desktop.domain.evidence.items import Fingerprint, ItemKind, ItemState, Method
from desktop.domain.identifiers import ContentId
from desktop.operations.rescuing.salvage_incident import NOTE, keep_unnamed
from desktop.operations.workspace import Workspace
from desktop.resources import resource_path
from desktop.store.evidence_table import ContentRow
from desktop.store.sealed_content_table import SealedContentRow


def test_they_are_kept_with_their_kind_and_hash(workspace: Workspace) -> None:
    png = resource_path("practice", "comments.png").read_bytes()
    found: dict[ContentId, tuple[int, Fingerprint]] = {}
    for name, pieces in (("picture", [png]), ("nothing", [])):
        stored = workspace.contents.write(pieces, ContentId(name))
        found[ContentId(name)] = (stored.file_number, stored.fingerprint)
    with workspace.log.transaction():
        number, fingerprint = found[ContentId("picture")]
        row = ContentRow(id=ContentId("picture"), file_number=number, fingerprint=fingerprint)
        workspace.log.evidence.insert_content(row)
        incident_id = keep_unnamed(workspace, "Salvaged", found)
    items = workspace.log.evidence.items(incident_id)
    assert [str(item.mark) for item in items] == ["PXS/1", "PXS/2"]
    assert [item.kind for item in items] == [ItemKind.PICTURE, ItemKind.FILE]
    assert [item.fingerprint for item in items] == [one for _, one in found.values()]
    assert {item.state for item in items} == {ItemState.KEPT}
    assert {item.method for item in items} == {Method.SALVAGED}
    for item in items:
        assert workspace.log.fields.current(item.id)["note"] == NOTE
    assert {row.id for row in workspace.log.evidence.contents()} == set(found)


def test_what_was_sealed_stays_sealed_though_its_record_is_lost(workspace: Workspace) -> None:
    stored = workspace.contents.write([b"x" * 50], ContentId("one"))
    row = SealedContentRow(
        fingerprint=stored.fingerprint, at=workspace.now(), by="Pat Smith", reason="Seen"
    )
    with workspace.log.transaction():
        workspace.log.sealed.insert(row)
        found = {ContentId("one"): (stored.file_number, stored.fingerprint)}
        incident_id = keep_unnamed(workspace, "Salvaged", found)
    (item,) = workspace.log.evidence.items(incident_id)
    assert (item.state, item.kind) == (ItemState.SEALED, ItemKind.FILE)
