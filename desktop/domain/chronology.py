"""Everything of an incident in time order; entries are added, never changed."""

from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import EntryId


class EntryKind(StrEnum):
    """Where a line of the chronology comes from."""

    NOTE = "note"
    RECORD = "record"
    EVIDENCE = "evidence"
    STATEMENT = "statement"
    CONTACT = "contact"
    STEP = "step"
    DECISION = "decision"
    TRIAGE = "triage"
    STATUS = "status"
    EXPORT = "export"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyLine:
    """One line: `at` is when it happened, `entered_at` when it was written here.

    `corrects` names the line that this one corrects, with `reason`; `corrected_by` is filled in
    by `linked` on the earlier line. Both stay visible. `mark` is an exhibit mark or ''.
    """

    id: EntryId
    kind: EntryKind
    at: Moment
    entered_at: Moment
    by: str
    text: str
    mark: str = ""
    corrects: EntryId | None = None
    reason: str = ""
    corrected_by: EntryId | None = None


def in_order(lines: list[ChronologyLine]) -> list[ChronologyLine]:
    """Sort by when it happened, then by when it was entered, and link corrections.

    Lines of the same moment stay in the order in which they are given.
    """
    corrections = {line.corrects: line.id for line in lines if line.corrects}
    linked = [
        replace(line, corrected_by=corrections[line.id]) if line.id in corrections else line
        for line in lines
    ]
    return sorted(linked, key=lambda line: (line.at.utc, line.entered_at.utc))
