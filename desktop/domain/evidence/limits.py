"""What an item can and cannot show, by how it came: said in every bundle, in plain sentences."""

from enum import StrEnum

from desktop.domain.evidence.items import EvidenceItem, ItemKind, ItemState, Method

_PICTURES = frozenset(
    {
        ItemKind.SCREEN,
        ItemKind.SCREENS,
        ItemKind.SCREEN_REGION,
        ItemKind.WINDOW,
        ItemKind.PICTURE,
    }
)


class Standing(StrEnum):
    """How near to its source an item is, from the nearest to the farthest."""

    CAPTURED = "captured from the screen with this program"
    RECEIVED_AS_FILE = "a file kept as it was received"
    SECOND_HAND_SEEN = "passed on by somebody; seen at its source by the keyholder"
    SECOND_HAND = "passed on by somebody; not seen at its source by the keyholder"
    IN_WORDS = "described in words only"


def standing_of(item: EvidenceItem) -> Standing:
    """Say how near to its source an item is, by what was entered about it."""
    if item.state is not ItemState.KEPT:
        return Standing.IN_WORDS
    if item.origin.first_hand == "no" or item.origin.passed_on_by:
        seen = item.origin.seen_live == "yes"
        return Standing.SECOND_HAND_SEEN if seen else Standing.SECOND_HAND
    if item.method is Method.SCREEN_CAPTURE:
        return Standing.CAPTURED
    return Standing.RECEIVED_AS_FILE


def limits_of(item: EvidenceItem) -> tuple[str, ...]:
    """Say what must not be concluded from an item, most important first; none for words alone."""
    standing = standing_of(item)
    if standing is Standing.IN_WORDS:
        return ()
    said = []
    if standing in {Standing.SECOND_HAND, Standing.SECOND_HAND_SEEN}:
        said.append(_passed_on(item))
    if item.kind in _PICTURES:
        said.append(
            "A picture of a screen can be altered or made up before it is taken, and does not "
            "show who used the account. The account and the device are the source."
        )
    elif item.kind is ItemKind.MAIL:
        said.append(
            "What a mail says of its sender, and of all but the last steps of its path, comes "
            "from the sending side and can be false."
        )
    elif item.kind is ItemKind.CHAT:
        said.append(
            "An exported chat is plain text that can be edited, and names contacts as they stand "
            "in the telephone that exported it."
        )
    if not item.origin.time_as_shown and item.kind in _PICTURES:
        said.append("No time as shown was noted for it.")
    elif item.origin.time_certainty in {"about", "not sure"}:
        said.append("The time noted for it is not certain.")
    return tuple(said)


def _passed_on(item: EvidenceItem) -> str:
    origin = item.origin
    words = "It was passed on" + (f" by {origin.passed_on_by}" if origin.passed_on_by else "")
    words += f" ({origin.passed_on_how})" if origin.passed_on_how else ""
    words += f"; taken by {origin.taken_by}" if origin.taken_by else "; who took it is not known"
    seen = {
        "yes": "The keyholder has also seen it at its source.",
        "gone": "When the keyholder looked at its source, it was gone.",
    }.get(origin.seen_live, "The keyholder has not seen it at its source.")
    return f"{words}. {seen} Nothing is known of what happened to it before it came in."
