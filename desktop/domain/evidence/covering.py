"""Which evidence is covered until somebody asks to see it."""

from enum import StrEnum

from desktop.domain.evidence.items import EvidenceItem


class Sensitivity(StrEnum):
    """What an item is marked as, for whoever is about to look at it."""

    ORDINARY = "ordinary"
    OTHER_CHILDREN = "shows or names other children"
    SENSITIVE = "sensitive"
    DISTRESSING = "distressing"


_OPEN = frozenset({"", Sensitivity.ORDINARY.value})


def is_covered(item: EvidenceItem, *, cover_all: bool = False) -> bool:
    """Say whether an item is covered until clicked; a word that is not known covers it too."""
    return cover_all or item.origin.sensitivity.strip().lower() not in _OPEN
