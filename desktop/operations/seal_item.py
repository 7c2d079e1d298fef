"""Seals an item that should never have come in: it is opened no more, and leaves with nothing."""

from dataclasses import dataclass

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.custody import Action
from desktop.domain.errors import HeldBack, NotFound, ReasonNeeded
from desktop.domain.evidence import EvidenceItem, Fingerprint
from desktop.domain.identifiers import ItemId
from desktop.operations.back_up import HeldBackup, backups_holding
from desktop.operations.make_statement import make_careful
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
    workspace: Workspace, item_id: ItemId, reason: str, arrived: str = "", seen_by: str = ""
) -> Sealed:
    """Seal every item with the content of this one, in all incidents; nothing undoes it.

    `arrived` says how it came in, `seen_by` who saw it and when. Raises ReasonNeeded, or HeldBack
    for an item whose content is not here. Runs on the bytes thread: it asks what backups hold.
    """
    if not reason.strip():
        raise ReasonNeeded("why it is sealed")
    marks = workspace.on_log(lambda: _seal(workspace, item_id, _Why(reason, arrived, seen_by)))
    return Sealed(marks, backups_holding(workspace, workspace.now()), changed(*_TOPICS))


@dataclass(frozen=True, slots=True)
class _Why:
    reason: str
    arrived: str
    seen_by: str

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
    if item.content_id is None or item.fingerprint is None:
        raise HeldBack(str(item.mark))
    numbers = {row.id: row.number for row in log.incidents.all()}
    with log.transaction():
        source = f"Sealed as {item.mark} in {numbers[item.incident_id]}"
        sealed = _seal_all_of(workspace, item.fingerprint, source)
        for each in sealed:
            _record(workspace, each, why)
    return tuple(f"{each.mark} in {numbers[each.incident_id]}" for each in sealed)


def _seal_all_of(
    workspace: Workspace, first: Fingerprint, source: str
) -> tuple[EvidenceItem, ...]:
    """Seal this content wherever it is, and what shows the same picture."""
    waiting, done, sealed = [first], set[Fingerprint](), list[EvidenceItem]()
    while waiting:
        fingerprint = waiting.pop()
        if fingerprint in done:
            continue
        done.add(fingerprint)
        if workspace.log.sealed.find(fingerprint.sha256) is None:
            workspace.log.sealed.insert(
                SealedContentRow(
                    fingerprint=fingerprint,
                    at=workspace.now(),
                    by=workspace.keyholder.name,
                    reason=source,
                )
            )
        for each in workspace.log.evidence.seal(fingerprint):
            sealed.append(each)
            waiting.extend(_of_one_picture(workspace, each))
    return tuple(sealed)


def _of_one_picture(workspace: Workspace, item: EvidenceItem) -> list[Fingerprint]:
    """Return what shows the same: the original of a picture copy, and the picture copies of both.

    Copies in words stay: what was said can be kept.
    """
    if item.derived_from and not _is_picture(item):
        return []
    original_id = item.derived_from or item.id
    original = workspace.log.evidence.item(original_id)
    copies = [one for one in workspace.log.evidence.derivatives(original_id) if _is_picture(one)]
    family = [*copies, *([original] if original else [])]
    return [one.fingerprint for one in family if one.fingerprint]


def _is_picture(item: EvidenceItem) -> bool:
    return item.media_type.startswith("image/")


def _record(workspace: Workspace, item: EvidenceItem, why: _Why) -> None:
    at, mark = workspace.now(), str(item.mark)
    text = (
        f"{mark} sealed: it is not shown, not exported, and goes into no new backup. {why.text()}"
    )
    write_line(workspace, item.incident_id, EntryKind.EVIDENCE, at, text, mark=mark)
    workspace.note(
        Action.ITEM_SEALED, item.id, at, mark=mark, reason=why.reason.strip(),
        arrived=why.arrived.strip(), seen_by=why.seen_by.strip(),
    )  # fmt: skip
    make_careful(workspace, item.incident_id)
