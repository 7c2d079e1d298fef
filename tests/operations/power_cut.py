"""Lays out on a real disk what a power cut may leave of what was recorded.

The disk of this model keeps what was synced and owes nothing more. Of the writes to a file since
its last sync any may be there, missing, or torn at a sector. Of the names that changed since the
last sync of their folder the first few are there and the rest are not: what was deleted or renamed
can come back under its old name, with what its file last held.
"""

import random
from collections.abc import Sequence
from pathlib import Path

from tests.operations.recorded_disk import Event, Name, Recording, Sync, Told, Write, apply

SECTOR = 512


def told_before(events: Sequence[Event], cut: int) -> list[str]:
    """Return the lines that were out before the power went."""
    return [event.line for event in events[:cut] if isinstance(event, Told)]


def lay_out(recording: Recording, cut: int, target: Path, chance: random.Random) -> None:
    """Write below `target` what is left when the power goes before event number `cut`."""
    events = recording.events[:cut]
    synced = _last_syncs(events)
    names = _names_left(events, synced, chance)
    kept = chance.choice((0.0, 0.5, 0.9, 1.0))
    for path, file in sorted(names.items()):
        place = target / path.removeprefix(recording.base).lstrip("/")
        if file in recording.folders:
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(_content_left(events, file, synced.get(file, -1), kept, chance))


def _last_syncs(events: Sequence[Event]) -> dict[int, int]:
    return {event.file: place for place, event in enumerate(events) if isinstance(event, Sync)}


def _names_left(
    events: Sequence[Event], synced: dict[int, int], chance: random.Random
) -> dict[str, int]:
    changes = [(at, event) for at, event in enumerate(events) if isinstance(event, Name)]
    lasting = 0
    for count, (at, event) in enumerate(changes, start=1):
        if all(synced.get(folder, -1) > at for folder in event.folders):
            lasting = count
    names: dict[str, int] = {}
    for _, event in changes[: chance.randint(lasting, len(changes))]:
        inside = (
            [path for path in names if path.startswith(f"{event.gone}/")] if event.gone else []
        )
        if event.gone:
            names.pop(event.gone)
        if event.come:
            names[event.come] = event.file
        for path in inside:
            file = names.pop(path)
            if event.come:
                names[event.come + path[len(event.gone) :]] = file
    return names


def _content_left(
    events: Sequence[Event], file: int, synced: int, kept: float, chance: random.Random
) -> bytes:
    content = bytearray()
    for at, event in enumerate(events):
        if not isinstance(event, Write) or event.file != file:
            continue
        if at < synced or chance.random() < kept:
            apply(content, event)
        elif event.data is not None and chance.random() < (1 - kept) / 2:
            apply(content, _torn(event, chance))
    return bytes(content)


def _torn(write: Write, chance: random.Random) -> Write:
    data = write.data or b""
    whole = chance.randrange(len(data) // SECTOR + 1) * SECTOR
    return Write(write.file, write.at, data[:whole])


def cuts_around(events: Sequence[Event], moments: int, chance: random.Random) -> list[int]:
    """Choose where to cut: half of them anywhere, half of them beside a sync or a name."""
    edges = [at for at, event in enumerate(events) if isinstance(event, Sync | Name)]
    anywhere = [chance.randrange(len(events) + 1) for _ in range(moments - moments // 2)]
    beside = [chance.choice(edges) + chance.randint(0, 1) for _ in range(moments // 2)]
    return anywhere + beside
