"""Takes everything of one incident out of log.db, and leaves nothing of it in the file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.errors import DiskFailed
from desktop.domain.identifiers import IncidentId
from desktop.store.cells import as_number, as_text
from desktop.store.connection import PAGE_SIZE, Connection
from desktop.store.migrate import copy_path, remove_copy

_ID = re.compile(r"\b[0-9a-f]{32}\b")

# What hangs on an incident by its id, in an order in which nothing points at what is gone.
_TABLES = (
    "involvement", "account", "handling", "item", "capture_set", "statement", "checklist",
    "worksheet", "incident_link", "contact_entry", "chronology_entry", "bundle", "hold",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ErasedSubjects:
    """Ids of all that was erased, and of the people who occurred nowhere else."""

    ids: frozenset[str]
    people: frozenset[str]


def empty_journal(connection: Connection) -> None:
    """Move everything from the journal into the file and cut the journal to nothing.

    Raises DiskFailed.
    """
    row = connection.row("PRAGMA wal_checkpoint(TRUNCATE)")
    if row is None or row[0] != 0:
        raise DiskFailed(f"{connection.path.name}: in use")


class Erasure:
    """Works on log.db as a whole; the rules stand in the operation."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def room_needed(self) -> int:
        """Return about how many bytes the disk must have free while the file is written anew."""
        pages = self._connection.row("PRAGMA page_count")
        return 3 * as_number(pages[0]) * PAGE_SIZE if pages else 0

    def subjects(self, incident_id: IncidentId) -> ErasedSubjects:
        """Return what would go with this incident."""
        people = self._texts(
            "SELECT person_id FROM involvement v WHERE incident_id = ?1 "
            "AND NOT EXISTS (SELECT 1 FROM involvement o "
            "WHERE o.person_id = v.person_id AND o.incident_id <> ?1) "
            "AND NOT EXISTS (SELECT 1 FROM account a "
            "WHERE a.person_id = v.person_id AND a.incident_id <> ?1)",
            incident_id,
        )
        ids = {incident_id, *people}
        for table in _TABLES:
            ids |= self._texts(f"SELECT id FROM {table} WHERE incident_id = ?1", incident_id)  # noqa: S608
        return ErasedSubjects(frozenset(ids), frozenset(people))

    def erase(self, incident_id: IncidentId, subjects: ErasedSubjects) -> None:
        """Delete every row of it but its number and dates.

        Call it inside the transaction that writes its tombstone. Content that no other item
        names is then no longer named; its bytes are for Contents to remove.
        """
        self._connection.execute("PRAGMA defer_foreign_keys = ON")
        contents = self._texts(
            "SELECT content_id FROM item WHERE incident_id = ?1 AND content_id IS NOT NULL",
            incident_id,
        )
        self._empty_details(incident_id, subjects.ids)
        for subject in sorted(subjects.ids):
            for table in ("field_value", "draft"):
                self._connection.execute(
                    f"DELETE FROM {table} WHERE subject = ?",  # noqa: S608
                    (subject,),
                )
        self._connection.execute(
            "DELETE FROM step_entry WHERE checklist_id IN "
            "(SELECT id FROM checklist WHERE incident_id = ?)",
            (incident_id,),
        )
        for table in (*_TABLES, "triage_answer", "intent"):
            self._connection.execute(
                f"DELETE FROM {table} WHERE incident_id = ?",  # noqa: S608
                (incident_id,),
            )
        self._connection.execute("DELETE FROM incident_link WHERE other_id = ?", (incident_id,))
        for person in sorted(subjects.people):
            self._connection.execute("DELETE FROM person WHERE id = ?", (person,))
        for content in sorted(contents):
            self._connection.execute(
                "DELETE FROM content WHERE id = ?1 "
                "AND NOT EXISTS (SELECT 1 FROM item WHERE content_id = ?1)",
                (content,),
            )
        self._connection.execute(
            "DELETE FROM setting WHERE instr(value, ?1) OR instr(name, ?1)", (incident_id,)
        )
        self._connection.execute(
            "UPDATE incident SET title = '', careful = 0 WHERE id = ?", (incident_id,)
        )

    def mentioning(self, ids: frozenset[str]) -> list[int]:
        """Return the custody entries whose detail names one of these."""
        return [
            as_number(number)
            for number, detail in self._connection.stream(
                "SELECT number, detail FROM custody_detail ORDER BY number"
            )
            if not ids.isdisjoint(_ID.findall(as_text(detail)))
        ]

    def clear(self) -> None:
        """Write the file anew, so that no page and no journal holds what was deleted."""
        remove_copy(copy_path(self._connection.path))
        self._connection.execute("VACUUM")
        empty_journal(self._connection)

    def _empty_details(self, incident_id: IncidentId, ids: Iterable[str]) -> None:
        """Empty what custody entries say of these; the entries stay, and the chain verifies."""
        known = frozenset(ids)
        for subject in sorted(known):
            self._connection.execute(
                "INSERT INTO erased_subject (subject, incident_id) VALUES (?, ?)",
                (subject, incident_id),
            )
        mentioned = self.mentioning(known)
        self._connection.execute(
            "DELETE FROM custody_detail WHERE number IN (SELECT e.number FROM custody_entry e "
            "JOIN erased_subject s ON s.subject = e.subject WHERE s.incident_id = ?)",
            (incident_id,),
        )
        for number in mentioned:
            if self._connection.execute("DELETE FROM custody_detail WHERE number = ?", (number,)):
                self._connection.execute(
                    "INSERT INTO erased_entry (number, incident_id) VALUES (?, ?)",
                    (number, incident_id),
                )

    def _texts(self, sql: str, incident_id: IncidentId) -> set[str]:
        return {as_text(row[0]) for row in self._connection.rows(sql, (incident_id,))}
