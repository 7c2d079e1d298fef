"""Compares keys.json with the copy of it in log.db, and brings both to the newest.

A change of keys writes keys.json first and its copy in log.db with the entry about it: keys.json
may be newer, after a crash; if it is older somebody put an older one back.
"""

from dataclasses import dataclass

from desktop.store.key_file import key_file_text
from desktop.store.keys import OpenKeys
from desktop.store.log import Log

# The setting that holds the copy.
KEYS_COPY = "keys_file"


@dataclass(frozen=True, slots=True)
class MatchedKeys:
    """The newest keys; `older`: those in the folder were not; `slot_gone`: nor is their slot."""

    keys: OpenKeys
    older: bool = False
    slot_gone: bool = False


def match_keys(log: Log, opened: OpenKeys) -> MatchedKeys:
    """Return the newest keys, without slots of anybody unknown; nothing is written."""
    newest = opened.newer(log.settings.get(KEYS_COPY))
    if newest:
        return MatchedKeys(newest, older=True, slot_gone=not newest.has_slot(opened.salt))
    known = {row.id for row in log.keyholders.current()} | {""}
    slots = [slot for slot in opened.file.slots if slot.keyholder in known]
    if len(slots) < len(opened.file.slots):
        opened = opened.with_slots(slots)
    return MatchedKeys(opened)


def keep_copy(log: Log, keys: OpenKeys) -> None:
    """Keep the copy of the newest keys; call it in the transaction that records the change."""
    text = key_file_text(keys.file)
    if log.settings.get(KEYS_COPY) != text:
        log.settings.set(KEYS_COPY, text)
