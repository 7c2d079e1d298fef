"""The ids that tie records together: random, meaningless and never shown."""

from typing import NewType

IncidentId = NewType("IncidentId", str)
PersonId = NewType("PersonId", str)
InvolvementId = NewType("InvolvementId", str)
AccountId = NewType("AccountId", str)
ItemId = NewType("ItemId", str)
ContentId = NewType("ContentId", str)
SetId = NewType("SetId", str)
StatementId = NewType("StatementId", str)
ChecklistId = NewType("ChecklistId", str)
ContactId = NewType("ContactId", str)
EntryId = NewType("EntryId", str)
KeyholderId = NewType("KeyholderId", str)
ReportId = NewType("ReportId", str)

ID_BYTES = 16


def id_text(randomness: bytes) -> str:
    """Turn 16 random bytes into the text that every kind of id consists of."""
    if len(randomness) != ID_BYTES:
        raise ValueError(f"an id takes {ID_BYTES} random bytes, not {len(randomness)}")
    return randomness.hex()
