"""Lists the evidence of an incident with the state of each item, for the tiles."""

import json
from dataclasses import dataclass
from itertools import starmap

from desktop.domain.calendar.times import Moment
from desktop.domain.evidence.derivatives import Confirmation
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.identifiers import IncidentId, ItemId, KeyholderId
from desktop.domain.log.custody import Action
from desktop.domain.log.moves import as_it_was
from desktop.operations.evidence.keep_covering import covers_all
from desktop.operations.steps.read_situation import with_origin
from desktop.operations.workspace import Workspace

_CHECKS = (
    Action.ITEM_ADDED, Action.ITEM_RECEIVED, Action.ITEM_VIEWED, Action.ITEM_CHECKED,
    Action.ITEM_EXPORTED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Views:
    """How often an item was opened: by the keyholder who asks, and by anybody."""

    own: int = 0
    all: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """An item with when its content was last found unchanged, or that it was found altered.

    `confirmed` says who confirmed a copy last; None for an original, or where nobody did.
    """

    item: EvidenceItem
    checked_at: Moment | None
    altered: bool
    views: Views = Views()
    confirmed: Confirmation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceShown:
    """Everything of an incident, what was made from an item too; and whether all is covered."""

    lines: tuple[ItemLine, ...]
    cover_all: bool


def list_evidence(workspace: Workspace, incident_id: IncidentId) -> EvidenceShown:
    """Return every item with its state, and what the keyholder wants covered."""
    items = workspace.log.evidence.items(incident_id)
    history = _History(workspace, incident_id, [item.id for item in items])
    lines = tuple(
        ItemLine(
            item=with_origin(workspace, item),
            checked_at=history.last(item),
            altered=history.altered(item),
            views=history.views(item, workspace.keyholder.id),
            confirmed=history.confirmed.get(item.id),
        )
        for item in items
    )
    return EvidenceShown(lines=lines, cover_all=covers_all(workspace))


def count_views(workspace: Workspace, item_id: ItemId) -> Views:
    """Return how often an item was opened so far."""
    own = everybody = 0
    for entry, _detail in starmap(as_it_was, workspace.log.custody.about([item_id])):
        if entry.action is Action.ITEM_VIEWED:
            everybody += 1
            own += entry.keyholder == workspace.keyholder.id
    return Views(own, everybody)


class _History:
    """When each item was last found unchanged or altered, who opened it, who confirmed it."""

    def __init__(self, workspace: Workspace, incident_id: IncidentId, ids: list[ItemId]) -> None:
        self._last: dict[str, Moment] = {}
        self._altered: set[str] = set()
        self._opened: dict[str, list[str]] = {}
        self.confirmed: dict[str, Confirmation] = {}
        row = workspace.log.incidents.get(incident_id)
        self._number = row.number if row else ""
        self._whole: tuple[Moment, frozenset[str]] | None = None
        for entry, detail in starmap(as_it_was, workspace.log.custody.about([*ids, "log"])):
            at = Moment.from_text(entry.at)
            told = json.loads(detail.detail) if detail else {}
            if entry.action is Action.LOG_CHECKED:
                self._whole = (at, frozenset(told.get("altered", ())))
            elif entry.action in _CHECKS:
                self._last[entry.subject] = at
                change = (
                    self._altered.discard if told.get("unchanged", True) else self._altered.add
                )
                change(entry.subject)
            if entry.action is Action.ITEM_VIEWED:
                self._opened.setdefault(entry.subject, []).append(entry.keyholder)
            elif entry.action is Action.DERIVATIVE_CONFIRMED and detail:
                self.confirmed[entry.subject] = Confirmation(told["by"], told["how"], at)

    def last(self, item: EvidenceItem) -> Moment | None:
        """Return when its content was last checked."""
        own = self._last.get(item.id)
        if own is None or self._whole is None or item.state is not ItemState.KEPT:
            return own
        return max(own, self._whole[0], key=lambda moment: moment.utc)

    def altered(self, item: EvidenceItem) -> bool:
        """Say whether the newest check found it altered."""
        own = self._last.get(item.id)
        if self._whole and own and self._whole[0].utc >= own.utc:
            return f"{self._number} {item.mark}" in self._whole[1]
        return item.id in self._altered

    def views(self, item: EvidenceItem, keyholder: KeyholderId) -> Views:
        """Return how often it was opened."""
        opened = self._opened.get(item.id, [])
        return Views(opened.count(keyholder), len(opened))
