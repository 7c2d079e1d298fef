"""How the custody entries of an incident go along when it moves into a restricted log."""

import json

from desktop.domain.log.custody import Action, CustodyDetail, CustodyEntry

Pair = tuple[CustodyEntry, CustodyDetail | None]

# Why somebody stands among the authors of a log to which they never had a key.
AUTHOR_ELSEWHERE = "wrote in the log that an incident came from"


def tell_received(
    entry: CustodyEntry, detail: CustodyDetail | None, by: str
) -> dict[str, str | int | bool | list[str] | None]:
    """Return what the log that takes an incident in says of one entry of the log it came from.

    All of the entry is told, so that it can be compared with the chain it stood in.
    """
    return {
        "number": entry.number,
        "at": entry.at,
        "by": by,
        "keyholder": entry.keyholder,
        "action": entry.action.value,
        "subject": entry.subject,
        "commitment": entry.commitment,
        "previous": entry.previous,
        "own": entry.own,
        "salt": detail.salt.hex() if detail else None,
        "detail": detail.detail if detail else None,
    }


def as_it_was(entry: CustodyEntry, detail: CustodyDetail | None) -> Pair:
    """Return an entry as it stood in the log that it came from; any other as it is."""
    if entry.action is not Action.ENTRY_RECEIVED or detail is None:
        return entry, detail
    told = json.loads(detail.detail)
    earlier = CustodyEntry(
        number=told["number"],
        at=told["at"],
        keyholder=told["keyholder"],
        action=Action(told["action"]),
        subject=told["subject"],
        commitment=told["commitment"],
        previous=told["previous"],
        own=told["own"],
    )
    if told["salt"] is None:
        return earlier, None
    return earlier, CustodyDetail(bytes.fromhex(told["salt"]), told["detail"])
