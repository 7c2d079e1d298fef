"""Finds in a damaged log what was sealed, by whatever tells of it, so that it stays sealed."""

import json
from collections.abc import Iterator, Mapping

from desktop.domain.evidence.items import Fingerprint, ItemState
from desktop.domain.identifiers import ContentId
from desktop.domain.log.custody import Action
from desktop.store.cells import SqlValue
from desktop.store.salvage import FoundRows

_REASON = "sealed before the log was damaged"
_KEPT_AS = {Action.ITEM_ADDED.value, Action.DERIVATIVE_MADE.value, Action.ITEM_SEALED.value}


def keep_sealed(found: FoundRows, whole: Mapping[ContentId, tuple[int, Fingerprint]]) -> int:
    """Name again the fingerprints that are lost of sealed items, and seal every item with them.

    Their items tell, and the custody record does: when it came in, and that it was sealed.
    `whole` are the contents that could be read. Returns how many were named again.
    """
    if "sealed_content" not in found.tables:
        return 0
    table = found.tables["sealed_content"]
    known = {str(sha256) for (sha256,) in table.values("sha256")}
    contents = {str(name): fingerprint for name, (_number, fingerprint) in whole.items()}
    contents |= {
        str(name): Fingerprint(str(sha256), int(str(size)))
        for name, sha256, size in found.tables["content"].values("id", "sha256", "size")
    }
    fresh = {one: told for one, told in _told(found, contents) if one.sha256 not in known}
    for one, (at, who) in fresh.items():
        row: list[SqlValue] = [one.sha256, one.size, at, who, _REASON]
        table.rows[max(table.rows, default=0) + 1] = row
    known |= {one.sha256 for one in fresh}
    _seal_all(found, {name for name, one in contents.items() if one.sha256 in known})
    return len(fresh)


def knows_sealed(found: FoundRows) -> bool:
    """Say whether all that was sealed is known: else what nothing names may be some of it."""
    table = found.tables.get("sealed_content")
    return table is None or table.whole


def sealed_contents(found: FoundRows) -> set[SqlValue]:
    """Return the contents of sealed items: no backup holds them, so they may rightly be away."""
    if "sealed_content" not in found.tables:
        return set()
    items = found.tables["item"].values("content_id", "state")
    return {content for content, state in items if state == ItemState.SEALED.value}


def _told(
    found: FoundRows, contents: Mapping[str, Fingerprint]
) -> Iterator[tuple[Fingerprint, tuple[str, str]]]:
    """Yield the fingerprint of each sealed item, and when it was sealed by whom."""
    sealed = dict(_sealings(found))
    prints = dict(_prints(found))
    for item_id, state, content_id, at in found.tables["item"].values(
        "id", "state", "content_id", "captured_at"
    ):
        if state == ItemState.SEALED.value or item_id in sealed:
            fingerprint = contents.get(str(content_id)) or prints.get(str(item_id))
            if fingerprint:
                yield fingerprint, sealed.get(str(item_id), (str(at), ""))
    for item_id, told in sealed.items():
        if item_id in prints:
            yield prints[item_id], told


def _sealings(found: FoundRows) -> Iterator[tuple[str, tuple[str, str]]]:
    names = {str(key): str(name) for key, name in found.tables["keyholder"].values("id", "name")}
    for action, item_id, at, who in found.tables["custody_entry"].values(
        "action", "subject", "at", "keyholder"
    ):
        if action == Action.ITEM_SEALED.value:
            yield str(item_id), (str(at), names.get(str(who), ""))


def _prints(found: FoundRows) -> Iterator[tuple[str, Fingerprint]]:
    """Yield each item whose fingerprint stands in the custody record."""
    rows = found.tables["custody_detail"].values("number", "detail")
    details = {number: str(detail) for number, detail in rows}
    for number, action, item_id in found.tables["custody_entry"].values(
        "number", "action", "subject"
    ):
        if action in _KEPT_AS and number in details:
            told = json.loads(details[number])
            if told.get("sha256"):
                yield str(item_id), Fingerprint(str(told["sha256"]), int(told["size"]))


def _seal_all(found: FoundRows, contents: set[str]) -> None:
    """Seal every item with such content: an old copy of its row may say that it is kept."""
    item = found.tables["item"]
    content, state = item.shape.place("content_id"), item.shape.place("state")
    for row in item.rows.values():
        if row[content] in contents:
            row[state] = ItemState.SEALED.value
