"""Reads all that the usual log holds of an incident, as it goes along when that moves."""

from desktop.domain.identifiers import IncidentId
from desktop.domain.links import standing_links
from desktop.domain.log.custody import Head
from desktop.operations.find_incident import find_incident
from desktop.operations.moving.join_links import LinkThere
from desktop.operations.moving.receive_incident import Leaving
from desktop.operations.workspace import Workspace
from desktop.store.cells import as_text
from desktop.store.evidence_table import ContentRow
from desktop.store.incident_rows import IncidentRows

# The name under which the window of a move keeps what is typed there: no part of the record.
MOVE_WORDS = "move"


def read_leaving(workspace: Workspace, incident_id: IncidentId) -> Leaving:
    """Return all of it but the bytes of its items; nothing is changed."""
    log = workspace.log
    rows = log.moving.read(incident_id, without_drafts=f"form.{MOVE_WORDS}")
    subjects = log.erasure.subjects(incident_id).ids
    about = [entry.number for entry, _ in log.custody.about(sorted(subjects))]
    contents = _contents(workspace, incident_id)
    hashes = {one.fingerprint.sha256 for one in contents}
    custody = tuple(log.custody.numbered([*about, *log.erasure.mentioning(subjects)]))
    return Leaving(
        row=find_incident(workspace, incident_id),
        rows=rows,
        subjects=subjects,
        contents=contents,
        versions=_versions(workspace, rows),
        sealed=tuple(row for row in log.sealed.all() if row.fingerprint.sha256 in hashes),
        authors=tuple(log.keyholders.all()),
        custody=custody,
        links=_links(workspace, incident_id),
        log=workspace.keys.opened.log_id,
        head=log.custody.head() or Head(0, ""),
    )


def _contents(workspace: Workspace, incident_id: IncidentId) -> tuple[ContentRow, ...]:
    evidence = workspace.log.evidence
    ids = {item.content_id for item in evidence.items(incident_id) if item.content_id}
    return tuple(row for row in evidence.contents() if row.id in ids)


def _versions(workspace: Workspace, rows: IncidentRows) -> dict[tuple[str, str], str]:
    pinned = {
        (as_text(row["procedure_id"]), as_text(row["version"])) for row in rows.tables["checklist"]
    }
    return {key: workspace.log.checklists.version_text(*key) for key in sorted(pinned)}


def _links(workspace: Workspace, incident_id: IncidentId) -> tuple[LinkThere, ...]:
    """Say which incidents it belonged together with: those stay where they are."""
    numbers = {row.id: row.number for row in workspace.log.incidents.all()}
    return tuple(
        LinkThere(
            other_id=link.other_than(incident_id),
            number=numbers[link.other_than(incident_id)],
            reason=link.reason,
        )
        for link in standing_links(incident_id, workspace.log.links.of(incident_id))
    )
