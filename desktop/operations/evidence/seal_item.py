"""Seals an item that should never have come in: it is opened no more, and leaves with nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.errors import HeldBack, ItemSealed, NotFound, ReasonNeeded
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.identifiers import ItemId
from desktop.domain.log.custody import Action
from desktop.domain.steps.triage import procedures_for_gate
from desktop.operations.backups.back_up import HeldBackup, backups_holding
from desktop.operations.evidence.make_statement import make_careful
from desktop.operations.steps.attach_procedure import attach_if_absent, attach_what_applies
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line
from desktop.store.sealed_content_table import SealedContentRow

_TOPICS = (Topic.EVIDENCE, Topic.CHRONOLOGY, Topic.CHECKLIST, Topic.INCIDENT, Topic.CUSTODY)


@dataclass(frozen=True, slots=True)
class Sealed:
    """The items of that content, each with its incident, and the backups that hold it already."""

    marks: tuple[str, ...]
    backups: tuple[HeldBackup, ...]
    changes: Changes


def seal_item(
    workspace: Workspace,
    item_id: ItemId,
    reason: str,
    arrived: str = "",
    seen_by: str = "",
    concern: Concern | None = None,
) -> Sealed:
    """Seal every item that holds the content of this one, in all incidents; nothing undoes it.

    `arrived` says how it came in, `seen_by` who saw it and when; the steps for `concern`, what it
    may be, start in each incident. Raises ReasonNeeded, or HeldBack
    for an item whose content is not here. Runs on the bytes thread: it asks what backups hold.
    """
    if not reason.strip():
        raise ReasonNeeded("why it is sealed")
    why = _Why(reason, arrived, seen_by, concern)
    marks = workspace.on_log(lambda: _seal(workspace, item_id, why))
    return Sealed(marks, backups_holding(workspace, workspace.now()), changed(*_TOPICS))


@dataclass(frozen=True, slots=True)
class _Why:
    reason: str
    arrived: str
    seen_by: str
    concern: Concern | None

    def text(self) -> str:
        """Return all of it in one paragraph."""
        parts = [self.reason.strip()]
        if self.arrived.strip():
            parts.append(f"How it came in: {self.arrived.strip()}")
        if self.seen_by.strip():
            parts.append(f"Who saw it: {self.seen_by.strip()}")
        return ". ".join(part.rstrip(".") for part in parts)


def _seal(workspace: Workspace, item_id: ItemId, why: _Why) -> tuple[str, ...]:
    log = workspace.log
    item = log.evidence.item(item_id)
    if item is None:
        raise NotFound("item")
    if item.state is ItemState.SEALED:
        raise ItemSealed(str(item.mark))
    if item.content_id is None:
        raise HeldBack(str(item.mark))
    numbers = {row.id: row.number for row in log.incidents.all()}
    going = [one for one in with_same(item, log.evidence.items()) if one.state is ItemState.KEPT]
    with log.transaction():
        for one in going:
            _remember(workspace, one, f"sealed as {one.mark} in {numbers[one.incident_id]}")
            log.evidence.seal(one.id)
            _record(workspace, one, item, why)
    return tuple(f"{one.mark} in {numbers[one.incident_id]}" for one in going)


def with_same(item: EvidenceItem, items: Sequence[EvidenceItem]) -> list[EvidenceItem]:
    """Return every item that holds the same, itself first, then as they came in.

    That is what has the same content, what it came inside, what came inside it, the picture copies
    of these and the original of such a copy. What merely came in beside it is not among them, nor
    are copies in words: what was said can be kept.
    """
    found: set[tuple[ItemId, bool]] = set()
    waiting = [(item, True)]
    while waiting:
        one, whole = waiting.pop()
        if (one.id, whole) in found:
            continue
        found.add((one.id, whole))
        for other in items:
            if _holds_same(one, other) or (whole and other.inside_id == one.id):
                waiting.append((other, whole))
            elif other.id == one.inside_id:
                waiting.append((other, False))
    ids = {item_id for item_id, _whole in found}
    return [item, *(one for one in items if one.id in ids and one.id != item.id)]


def _holds_same(one: EvidenceItem, other: EvidenceItem) -> bool:
    """Say whether they have one content, or one is a picture copy of the other."""
    if one.content_id is not None and one.content_id == other.content_id:
        return True
    copy_of_one = other.derived_from == one.id and _is_picture(other)
    return copy_of_one or (other.id == one.derived_from and _is_picture(one))


def _is_picture(item: EvidenceItem) -> bool:
    return item.media_type.startswith("image/")


def _remember(workspace: Workspace, item: EvidenceItem, reason: str) -> None:
    """Keep the fingerprint, so that it is recognised when it comes in again."""
    sealed, fingerprint = workspace.log.sealed, item.fingerprint
    if fingerprint is None or sealed.find(fingerprint.sha256) is not None:
        return
    by, at = workspace.keyholder.name, workspace.now()
    sealed.insert(SealedContentRow(fingerprint=fingerprint, at=at, by=by, reason=reason))


def _record(workspace: Workspace, item: EvidenceItem, first: EvidenceItem, why: _Why) -> None:
    at, mark = workspace.now(), str(item.mark)
    for procedure_id in procedures_for_gate(
        GateAnswer.NOT_SURE, why.concern, workspace.procedures
    ):
        attach_if_absent(workspace, item.incident_id, procedure_id, f"{mark} was sealed")
    attach_what_applies(workspace, item.incident_id, f"{mark} was sealed")
    what = mark if item.id == first.id else f"{mark}, which holds the same as {first.mark},"
    text = f"{what} sealed: not shown, not exported, in no new backup. {why.text()}"
    write_line(workspace, item.incident_id, EntryKind.EVIDENCE, at, text, mark=mark)
    workspace.note(
        Action.ITEM_SEALED, item.id, at, mark=mark, reason=why.reason.strip(),
        arrived=why.arrived.strip(), seen_by=why.seen_by.strip(),
        sha256=item.fingerprint.sha256 if item.fingerprint else "",
        size=item.fingerprint.size if item.fingerprint else 0,
    )  # fmt: skip
    make_careful(workspace, item.incident_id)
