"""Running checklists, what was recorded of their steps, and the answers at triage."""

import json

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import ChecklistId, ContactId, IncidentId
from desktop.domain.steps.checklist_records import Checklist, StepEntry, StepState, TriageAnswer
from desktop.store.cells import (
    SqlValue,
    as_moment,
    as_optional_moment,
    as_optional_text,
    as_text,
    moment_cell,
)
from desktop.store.connection import Connection

_CHECKLIST = (
    "id, incident_id, procedure_id, version, attached_at, attached_reason, ended_reason, policy, "
    "attached_with, ended_with"
)
_STEP = (
    "step_id, state, at, keyholder, done_at, reason, late_reason, out_of_order, filled_in, "
    "contact_id, again_reason, ruled_by"
)


class ChecklistTable:
    """Checklists pinned to the procedure text they started with."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def label_for(self, procedure_id: str, version: str, text: str) -> str:
        """Return the label under which this text is kept, or would be.

        That is its version, and a number more where other words were kept as that version.
        """
        kept = self._connection.rows(
            "SELECT version, text FROM procedure_version WHERE id = ?", (procedure_id,)
        )
        texts = {as_text(row[0]): as_text(row[1]) for row in kept}
        label, count = version, 1
        while texts.get(label, text) != text:
            count += 1
            label = f"{version} ({count})"
        return label

    def keep_version(self, procedure_id: str, version: str, text: str) -> str:
        """Keep the text of a procedure that a checklist runs on; return the label it has."""
        label = self.label_for(procedure_id, version, text)
        self._connection.execute(
            "INSERT INTO procedure_version (id, version, text) VALUES (?, ?, ?) "
            "ON CONFLICT (id, version) DO NOTHING",
            (procedure_id, label, text),
        )
        return label

    def pin(self, checklist_id: ChecklistId, version: str) -> None:
        """Let a checklist go on in another version, which is kept."""
        self._connection.execute(
            "UPDATE checklist SET version = ? WHERE id = ?", (version, checklist_id)
        )

    def version_text(self, procedure_id: str, version: str) -> str:
        """Return the text of a procedure as it was when checklists started on it."""
        row = self._connection.row(
            "SELECT text FROM procedure_version WHERE id = ? AND version = ?",
            (procedure_id, version),
        )
        return as_text(row[0]) if row else ""

    def attach(self, checklist: Checklist) -> None:
        """Start a checklist."""
        self._connection.execute(
            f"INSERT INTO checklist ({_CHECKLIST}) "  # noqa: S608
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                checklist.id,
                checklist.incident_id,
                checklist.procedure_id,
                checklist.version,
                checklist.attached_at.to_text(),
                checklist.attached_reason,
                checklist.ended_reason,
                checklist.policy,
                _facts_cell(checklist.attached_with),
                _facts_cell(checklist.ended_with),
            ),
        )

    def end(self, checklist_id: ChecklistId, reason: str, facts: tuple[str, ...] = ()) -> None:
        """Say that a checklist no longer applies, and why; its entries stay.

        `facts` are those that would still attach its procedure.
        """
        self._connection.execute(
            "UPDATE checklist SET ended_reason = ?, ended_with = ? WHERE id = ?",
            (reason, _facts_cell(facts), checklist_id),
        )

    def of(self, incident_id: IncidentId) -> list[Checklist]:
        """Return the checklists of an incident with their entries."""
        rows = self._connection.rows(
            f"SELECT {_CHECKLIST} FROM checklist WHERE incident_id = ? "  # noqa: S608
            "ORDER BY attached_at, rowid",
            (incident_id,),
        )
        return [self._read(row) for row in rows]

    def get(self, checklist_id: ChecklistId) -> Checklist | None:
        """Return one checklist with its entries, or None."""
        row = self._connection.row(
            f"SELECT {_CHECKLIST} FROM checklist WHERE id = ?",  # noqa: S608
            (checklist_id,),
        )
        return self._read(row) if row else None

    def _read(self, row: tuple[SqlValue, ...]) -> Checklist:
        return Checklist(
            id=ChecklistId(as_text(row[0])),
            incident_id=IncidentId(as_text(row[1])),
            procedure_id=as_text(row[2]),
            version=as_text(row[3]),
            attached_at=as_moment(row[4]),
            attached_reason=as_text(row[5]),
            ended_reason=as_text(row[6]),
            entries=tuple(self._entries(as_text(row[0]))),
            policy=as_text(row[7]),
            attached_with=_as_facts(row[8]),
            ended_with=_as_facts(row[9]),
        )

    def _entries(self, checklist_id: str) -> list[StepEntry]:
        rows = self._connection.rows(
            f"SELECT {_STEP} FROM step_entry WHERE checklist_id = ? ORDER BY id",  # noqa: S608
            (checklist_id,),
        )
        return [_read_entry(row) for row in rows]

    def record(self, checklist_id: ChecklistId, entry: StepEntry) -> None:
        """Add what was recorded of a step."""
        self._connection.execute(
            f"INSERT INTO step_entry (checklist_id, {_STEP}) "  # noqa: S608
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                checklist_id,
                entry.step_id,
                entry.state.value,
                entry.at.to_text(),
                entry.by,
                moment_cell(entry.done_at),
                entry.reason,
                entry.late_reason,
                entry.out_of_order,
                json.dumps(entry.values, ensure_ascii=False),
                entry.contact_id,
                entry.again_reason,
                _facts_cell(entry.ruled_by),
            ),
        )

    def answer(self, incident_id: IncidentId, answer: TriageAnswer) -> None:
        """Add an answer to a triage question; earlier ones stay."""
        self._connection.execute(
            "INSERT INTO triage_answer (incident_id, question, answer, note, at, keyholder) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (
                incident_id,
                answer.question,
                answer.answer,
                answer.note,
                answer.at.to_text(),
                answer.by,
            ),
        )

    def answers(self, incident_id: IncidentId) -> list[TriageAnswer]:
        """Return every answer given, oldest first."""
        rows = self._connection.rows(
            "SELECT question, answer, at, keyholder, note FROM triage_answer "
            "WHERE incident_id = ? ORDER BY id",
            (incident_id,),
        )
        return [
            TriageAnswer(
                question=as_text(row[0]),
                answer=as_text(row[1]),
                at=as_moment(row[2]),
                by=as_text(row[3]),
                note=as_text(row[4]),
            )
            for row in rows
        ]

    def latest_time(self, incident_id: IncidentId) -> Moment | None:
        """Return when a step of the incident was last recorded, or None."""
        row = self._connection.row(
            "SELECT max(s.at) FROM step_entry s JOIN checklist c ON c.id = s.checklist_id "
            "WHERE c.incident_id = ?",
            (incident_id,),
        )
        return as_optional_moment(row[0]) if row else None


def _facts_cell(facts: tuple[str, ...] | None) -> str | None:
    return None if facts is None else json.dumps(facts, ensure_ascii=False)


def _as_facts(cell: SqlValue) -> tuple[str, ...] | None:
    text = as_optional_text(cell)
    return None if text is None else tuple(str(fact) for fact in json.loads(text))


def _read_entry(row: tuple[SqlValue, ...]) -> StepEntry:
    contact_id = as_optional_text(row[9])
    filled_in = json.loads(as_text(row[8]))
    return StepEntry(
        step_id=as_text(row[0]),
        state=StepState(as_text(row[1])),
        at=as_moment(row[2]),
        by=as_text(row[3]),
        done_at=as_optional_moment(row[4]),
        reason=as_text(row[5]),
        late_reason=as_text(row[6]),
        out_of_order=as_text(row[7]),
        values=tuple((str(name), str(text)) for name, text in filled_in),
        contact_id=ContactId(contact_id) if contact_id else None,
        again_reason=as_text(row[10]),
        ruled_by=_as_facts(row[11]),
    )
