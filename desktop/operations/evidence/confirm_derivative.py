"""Lets a second person confirm a copy: another keyholder by passphrase, or a named witness."""

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.errors import NotAllowed
from desktop.domain.evidence.derivatives import Confirmation
from desktop.domain.evidence.items import DERIVATIVES, EvidenceItem
from desktop.domain.identifiers import ItemId
from desktop.domain.log.custody import Action
from desktop.operations.evidence.make_derivative import need_kept
from desktop.operations.keys.second_person import SecondPerson, name_second, name_witness
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line

BY, HOW = "confirmed_by", "confirmed_how"
_PASSPHRASE = "with their own passphrase"  # noqa: S105 (words, no secret)


def confirm_derivative(workspace: Workspace, item_id: ItemId, *, second: SecondPerson) -> Changes:
    """Record that a second person compared a copy with its original and found it right.

    Raises NotAllowed, HeldBack, SecondPersonNeeded, ReasonNeeded or WrongPassphrase.
    """
    item = need_kept(workspace, item_id)
    if item.kind not in DERIVATIVES:
        raise NotAllowed("only a copy is confirmed, not an original")
    by, how = _who(workspace, second)
    with workspace.log.transaction():
        _record(workspace, item, by, how)
    return changed(Topic.EVIDENCE, Topic.CHRONOLOGY, Topic.CUSTODY, incident_id=item.incident_id)


def find_confirmation(workspace: Workspace, item_id: ItemId) -> Confirmation | None:
    """Return who confirmed a copy last; None where nobody did."""
    told = [one for one in workspace.log.fields.history(item_id) if one.name in (BY, HOW)]
    if not told:
        return None
    latest = {one.name: one.value for one in told}
    return Confirmation(latest[BY], latest[HOW], told[-1].at)


def _who(workspace: Workspace, second: SecondPerson) -> tuple[str, str]:
    if second.keyholder_id is not None:
        return name_second(workspace, second), _PASSPHRASE
    witness, reason = name_witness(second)
    return witness, f"as a named witness, because {reason}"


def _record(workspace: Workspace, item: EvidenceItem, by: str, how: str) -> None:
    at, mark = workspace.now(), str(item.mark)
    workspace.log.fields.enter(item.id, {BY: by, HOW: how}, at, workspace.keyholder.id)
    write_line(
        workspace,
        item.incident_id,
        EntryKind.EVIDENCE,
        at,
        f"{item.kind.value.capitalize()} {mark} confirmed by {by}, {how}",
        mark=mark,
    )
    workspace.note(
        Action.DERIVATIVE_CONFIRMED,
        item.id,
        at,
        mark=mark,
        by=by,
        how=how,
        sha256=item.fingerprint.sha256 if item.fingerprint else "",
    )
