"""Recognises what was sealed when it comes in again, in any incident: nothing of it is kept."""

from typing import Never

from desktop.domain.errors import SealedRecognised
from desktop.domain.identifiers import IncidentId, StatementId
from desktop.domain.log.custody import Action
from desktop.operations.evidence.make_statement import hold_back
from desktop.operations.workspace import Workspace


def may_be_sealed(workspace: Workspace, size: int) -> bool:
    """Say whether something of this size was sealed: only then is it hashed before it is kept."""
    return workspace.log.sealed.has_size(size)


def is_sealed(workspace: Workspace, sha256: str) -> bool:
    """Say whether content with this hash was sealed."""
    return workspace.log.sealed.find(sha256) is not None


def refuse_sealed(
    workspace: Workspace,
    incident_id: IncidentId,
    statement_id: StatementId,
    name: str,
    sha256: str,
) -> Never:
    """Put on record that it came in again, as an item in words; raises SealedRecognised."""
    mark = workspace.on_log(
        lambda: _record(workspace, incident_id, statement_id, name, sha256),
    )
    raise SealedRecognised(file_name=name, mark=mark)


def _record(
    workspace: Workspace,
    incident_id: IncidentId,
    statement_id: StatementId,
    name: str,
    sha256: str,
) -> str:
    log = workspace.log
    known = log.sealed.find(sha256)
    what = f"{name}: " if name else ""
    before = f" ({known.reason})" if known else ""
    words = f"{what}not kept, because it has the same content as something sealed{before}"
    mark = str(log.evidence.next_mark(incident_id, workspace.keyholder.initials))
    with log.transaction():
        hold_back(workspace, incident_id, statement_id, name, words)
        workspace.note(
            Action.SEALED_RECOGNISED, incident_id, workspace.now(), mark=mark, sha256=sha256
        )
    return mark
