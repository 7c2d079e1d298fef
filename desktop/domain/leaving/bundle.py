"""All that goes into a bundle for one audience, gathered from the records of one incident."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.calendar.times import Moment
from desktop.domain.chronology import ChronologyLine
from desktop.domain.contacts import ContactEntry
from desktop.domain.evidence.bags import plain_name
from desktop.domain.evidence.derivatives import Confirmation
from desktop.domain.evidence.gate import Statement
from desktop.domain.evidence.items import (
    EvidenceItem,
    ExhibitMark,
    ItemKind,
    ItemState,
    exported_name,
)
from desktop.domain.evidence.things import Handling, Thing
from desktop.domain.identifiers import ItemId
from desktop.domain.incidents import Incident
from desktop.domain.log.custody import CustodyDetail, CustodyEntry, Head
from desktop.domain.people import Account, Involvement


class Audience(StrEnum):
    """Whom a bundle is for; what may go into it depends on that."""

    POLICE = "police"


class BundleForm(StrEnum):
    """How a bundle leaves."""

    FOLDER = "folder"
    ZIP = "ZIP"
    AES = "AES ZIP"

    @property
    def ending(self) -> str:
        """What its file name ends in."""
        return "" if self is BundleForm.FOLDER else ".zip"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinuityLine:
    """One thing that was done to one exhibit; `number` is its entry in the custody record."""

    mark: ExhibitMark
    at: Moment
    by: str
    what: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyLine:
    """One entry of the custody record with what it is about, in words, and who made it."""

    entry: CustodyEntry
    detail: CustodyDetail | None
    about: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleContent:
    """Everything that the documents of a bundle are made of.

    `items` are the exhibits; `derivatives`, what was made of them, are listed and not in it.
    `hate` is the answer to the question on a hate motive, '' for none yet; `hate_note` says which.
    """

    audience: Audience
    version: int
    made_at: Moment
    made_with: str
    organisation: str
    contact_name: str
    contact_title: str
    recipient: str
    crime_reference: str
    incident: Incident
    title: str
    hate: str = ""
    hate_note: str = ""
    people: tuple[Involvement, ...] = ()
    accounts: tuple[Account, ...] = ()
    items: tuple[EvidenceItem, ...] = ()
    derivatives: tuple[EvidenceItem, ...] = ()
    confirmed: Mapping[ItemId, Confirmation] = field(default_factory=dict)
    things: Mapping[ItemId, Thing] = field(default_factory=dict)
    hands: tuple[Handling, ...] = ()
    statements: tuple[Statement, ...] = ()
    contacts: tuple[ContactEntry, ...] = ()
    chronology: tuple[ChronologyLine, ...] = ()
    continuity: tuple[ContinuityLine, ...] = ()
    custody: tuple[CustodyLine, ...] = ()
    head: Head | None = None
    earlier: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name the bundle, without anything of a person: POLICE_2026-0042_20261120-0930_v1."""
        stamp = self.made_at.local.strftime("%Y%m%d-%H%M")
        number = plain_name(self.incident.number)
        return f"{self.audience.value.upper()}_{number}_{stamp}_v{self.version}"

    @property
    def kept(self) -> tuple[EvidenceItem, ...]:
        """The items whose original bytes go into the bundle."""
        return tuple(item for item in self.items if item.state is ItemState.KEPT)

    @property
    def physical(self) -> tuple[EvidenceItem, ...]:
        """The things that are kept as they are, outside this bundle."""
        return tuple(item for item in self.items if item.kind is ItemKind.THING)

    @property
    def in_words(self) -> tuple[EvidenceItem, ...]:
        """The items that are held back, sealed or described: they go in as words alone."""
        return tuple(item for item in self.items if item.state is not ItemState.KEPT)


def exhibit_path(item: EvidenceItem) -> str:
    """Say where in the bundle the original of an item lies."""
    return f"exhibits/{exported_name(item)}"
