"""Worksheets: the text that an agency's form asks for, in its order, ready to be copied there."""

from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.contacts import Recipient
from desktop.domain.identifiers import ContactId, IncidentId


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One question of the form; `filled_from` names what of the record answers it, '' nothing."""

    name: str
    label: str
    hint: str = ""
    filled_from: str = ""
    long: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions that stand together on the form."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheet:
    """What one agency's form asks for.

    `purpose` says what it is for in a few words, `caution` is said above it in paragraphs;
    `references` say where its order comes from, `unsure` names a switch: not confirmed while off.
    """

    id: str
    title: str
    purpose: str
    version: str
    checked: str
    recipient: Recipient
    references: tuple[str, ...]
    caution: str
    note: str
    sections: tuple[Section, ...]
    unsure: str = ""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every question, in the order of the form."""
        return tuple(entry for section in self.sections for entry in section.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedSheet:
    """A worksheet as it was handed in; `texts` are (question, answer) pairs in its order."""

    id: str
    incident_id: IncidentId
    worksheet_id: str
    version: str
    texts: tuple[tuple[str, str], ...]
    at: Moment
    by: str
    contact_id: ContactId | None
