"""Looks into the log of a killed story: all that was confirmed, and nothing half."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.identifiers import ChecklistId, ContentId, IncidentId, ItemId, StatementId
from desktop.domain.incidents import IncidentStatus
from desktop.domain.log.custody import Action, first_break
from desktop.operations.browse_incidents import list_incidents, show_incident
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.incident.keep_contacts import list_contacts
from desktop.operations.keys.keep_keyholders import show_keys
from desktop.operations.read_people import list_people, show_people
from desktop.operations.rescuing.try_restore import try_restore
from desktop.operations.steps.answer_triage import show_triage
from desktop.operations.workspace import Workspace
from tests.logs_on_disk import RECOVERY_KEY
from tests.operations.story_evidence_check import EVIDENCE_CHECKS, check_items
from tests.operations.story_procedures_check import PROCEDURE_CHECKS, check_procedures
from tests.operations.story_writer import ignore, never

_ACTIONS = {
    "incident": Action.INCIDENT_STARTED,
    "person": Action.PERSON_ADDED,
    "account": Action.ACCOUNT_ADDED,
    "checklist": Action.PROCEDURE_ATTACHED,
    "step_entry": Action.STEP_RECORDED,
    "contact_entry": Action.CONTACT_ENTERED,
    "bundle": Action.BUNDLE_EXPORTED,
    "report": Action.REPORT_ISSUED,
    "handling": Action.ITEM_HANDED,
    "clock_check": Action.CLOCK_COMPARED,
    "organisation_entry": Action.ORGANISATION_CHANGED,
    "worksheet": Action.WORKSHEET_SUBMITTED,
}


def check_nothing_half(workspace: Workspace) -> None:
    """Everything in the log fits together, whatever was confirmed."""
    check_fits(workspace)
    connection = workspace.log._connection
    entries = list(workspace.log.custody.walk())
    assert first_break(entries) is None
    gone = {row[0] for row in connection.rows("SELECT subject FROM erased_subject")}
    emptied = {row[0] for row in connection.rows("SELECT number FROM erased_entry")}
    assert all(
        detail or entry.subject in gone or entry.number in emptied for entry, detail in entries
    )
    noted = Counter(entry.action for entry, detail in entries if detail)
    noted[Action.INCIDENT_STARTED] += len(workspace.log.tombstones.all())
    for table, action in _ACTIONS.items():
        count = connection.row(f"SELECT count(*) FROM {table}")
        assert count == (noted[action],), f"{table}: {count}, {noted[action]} on record"
    answers = connection.row("SELECT count(*), count(corrects) FROM statement")
    corrected = noted[Action.STATEMENT_CORRECTED]
    assert answers == (noted[Action.STATEMENT_MADE] + corrected, corrected)
    check_items(workspace, workspace.log.evidence.items(), noted)
    check_procedures(workspace, noted)
    _check_incidents(workspace)


def check_fits(workspace: Workspace) -> None:
    """The files of a log are sound, and every content is there and as it was."""
    connection = workspace.log._connection
    assert connection.row("PRAGMA integrity_check") == ("ok",)
    assert connection.rows("PRAGMA foreign_key_check") == []
    _check_contents(workspace, workspace.log.evidence.items())


def _check_contents(workspace: Workspace, items: list[EvidenceItem]) -> None:
    rows = {row.id: row for row in workspace.log.evidence.contents()}
    assert {item.content_id for item in items if item.content_id} == set(rows)
    stored: list[ContentId] = []
    for number in sorted(workspace.log.evidence_files.keys()):
        if not workspace.contents._files.path(number).exists():
            continue
        with workspace.contents._files.lend(number) as evidence:
            assert evidence.row("PRAGMA integrity_check") == ("ok",)
            assert evidence.row("SELECT count(*) FROM content WHERE sha256 IS NULL") == (0,)
            stored += [ContentId(str(row[0])) for row in evidence.rows("SELECT id FROM content")]
    # What was sealed is in no backup, so that a log that came from one has only its fingerprint.
    sealed = {item.content_id for item in items if item.state is ItemState.SEALED}
    assert set(rows) - sealed <= set(stored) <= set(rows)
    assert len(stored) == len(set(stored))
    for row in rows.values():
        if row.id not in stored:
            continue
        assert workspace.contents.check(row.id, row.file_number) == row.fingerprint


def _check_incidents(workspace: Workspace) -> None:
    lines = list_incidents(workspace)
    numbers = sorted(line.number for line in lines)
    assert numbers == [f"2026-{place:04d}" for place in range(1, len(lines) + 1)]
    for line in lines:
        if line.erased_at or line.moved_at:
            continue
        items = list_items(workspace, line.id)
        marks = [str(item.mark) for item in items]
        assert marks == [f"PXS/{place}" for place in range(1, len(marks) + 1)]
        chronology = show_chronology(workspace, line.id)
        marks += [
            str(copy.mark)
            for item in items
            for copy in workspace.log.evidence.derivatives(item.id)
        ]
        assert {entry.mark for entry in chronology if entry.mark} == set(marks)
        assert any(entry.text == f"Logged as {line.number}" for entry in chronology)
        assert workspace.log.checklists.of(line.id)[0].procedure_id == "P00"
        held = [item for item in items if item.state is ItemState.HELD_BACK]
        assert all(item.origin.description for item in held)
        assert line.careful or not (held or any(item.state is ItemState.SEALED for item in items))
        view = show_incident(workspace, line.id)
        is_closed = view.incident.status is IncidentStatus.CLOSED
        assert is_closed == bool(view.incident.record.outcome)
        assert is_closed == any(entry.text.startswith("Closed.") for entry in chronology)
    assert all(one.person.name and one.incidents for one in list_people(workspace))


def without_erased(workspace: Workspace, told: list[list[object]]) -> list[list[object]]:
    """Leave out what was told of incidents that are erased, and backups under earlier keys."""
    gone = {str(row.incident_id) for row in workspace.log.tombstones.all()}
    gone |= {str(parts[2]) for parts in told if parts[0] in {"item", "set"} and parts[1] in gone}
    rekeyed = max((at for at, parts in enumerate(told) if parts[0] == "rekeying"), default=-1)
    return [
        parts
        for at, parts in enumerate(told)
        if (parts[0] in {"erased", "moved"} or not gone & set(map(str, parts)))
        and (parts[0] != "backup" or at > rekeyed)
    ]


def recovery_keys(told: list[list[object]]) -> list[str]:
    """Return the recovery keys that may open the log, the likeliest first."""
    keys = [RECOVERY_KEY]
    for kind, *parts in told:
        if kind == "rekeying":
            keys.insert(0, str(parts[0]))
        elif kind == "rekeyed":
            keys = [str(parts[0])]
    return keys


def has_what_was_told(workspace: Workspace, kind: str, parts: list[object]) -> bool:
    """Whether a thing that was confirmed is there, with its value or hash."""
    return _CHECKS[kind](workspace, *parts)


def _has_draft(workspace: Workspace, incident_id: IncidentId, name: str, text: str) -> bool:
    """What was typed stands as a draft or is entered; more may have been typed since."""
    view = show_incident(workspace, incident_id)
    now = view.drafts.get(name) or str(getattr(view.incident.record, name))
    return now.startswith(text)


def _has_fields(workspace: Workspace, subject: str, values: dict[str, str]) -> bool:
    drafts = workspace.log.drafts.of(subject)
    history = {(one.name, one.value) for one in workspace.log.fields.history(subject)}
    return set(values.items()) <= history and not set(values) & set(drafts)


def _has_person(
    workspace: Workspace, incident_id: IncidentId, person_id: str, role: str, name: str
) -> bool:
    people = show_people(workspace, incident_id).involvements
    return any(
        (one.person.id, one.role.value, one.person.name) == (person_id, role, name)
        for one in people
    )


def _has_triage(
    workspace: Workspace, incident_id: IncidentId, answers: dict[str, str], attached: list[str]
) -> bool:
    given = show_triage(workspace, incident_id).answers
    running = {one.procedure_id for one in workspace.log.checklists.of(incident_id)}
    return {name: one.answer for name, one in given.items()} == answers and (
        set(attached) <= running
    )


def _has_statement(
    workspace: Workspace, incident_id: IncidentId, statement_id: StatementId, answer: str
) -> bool:
    statement = workspace.log.evidence.statement(statement_id)
    return statement is not None and (
        (statement.incident_id, statement.answer.value) == (incident_id, answer)
    )


def _has_item(
    workspace: Workspace, incident_id: IncidentId, item_id: ItemId, mark: str, digest: str
) -> bool:
    item = workspace.log.evidence.item(item_id)
    # That the bytes have this hash is checked for every content.
    return (
        item is not None
        and item.fingerprint is not None
        and (
            (item.incident_id, str(item.mark), item.fingerprint.sha256)
            == (incident_id, mark, digest)
        )
    )


def _has_held(workspace: Workspace, incident_id: IncidentId, words: str) -> bool:
    return any(
        item.state is ItemState.HELD_BACK and item.origin.description == words
        for item in list_items(workspace, incident_id)
    )


def _has_contact(
    workspace: Workspace, incident_id: IncidentId, contact_id: str, reference: str
) -> bool:
    return any(
        (one.id, one.details.reference) == (contact_id, reference)
        for one in list_contacts(workspace, incident_id)
    )


def _has_step(
    workspace: Workspace, _incident: IncidentId, checklist_id: ChecklistId, step: str, state: str
) -> bool:
    checklist = workspace.log.checklists.get(checklist_id)
    return checklist is not None and any(
        (one.step_id, one.state.value) == (step, state) for one in checklist.entries
    )


def _has_bundle(
    workspace: Workspace, incident_id: IncidentId, path: str, receipt: str, fingerprint: str
) -> bool:
    known = [row.fingerprint for row in workspace.log.bundles.of(incident_id)]
    return fingerprint in known and Path(path).exists() and Path(receipt).exists()


def _has_report(workspace: Workspace, path: str, figures: str) -> bool:
    return Path(path).exists() and figures in {row.sha256 for row in workspace.log.reports.all()}


def _is_closed(workspace: Workspace, incident_id: IncidentId, outcome: str) -> bool:
    incident = show_incident(workspace, incident_id).incident
    return incident.status is IncidentStatus.CLOSED and incident.record.outcome == outcome


_CHECKS: dict[str, Callable[..., bool]] = (
    EVIDENCE_CHECKS
    | PROCEDURE_CHECKS
    | {
        "log": lambda _workspace: True,
        "incident": lambda workspace, incident_id, number: (
            show_incident(workspace, incident_id).incident.number == number
        ),
        "draft": _has_draft,
        "fields": _has_fields,
        "person": _has_person,
        "account": lambda workspace, incident_id, handle: (
            handle in [one.handle for one in show_people(workspace, incident_id).accounts]
        ),
        "triage": _has_triage,
        "statement": _has_statement,
        "item": _has_item,
        "held": _has_held,
        "contact": _has_contact,
        "step": _has_step,
        "note": lambda workspace, incident_id, text: (
            text in [line.text for line in show_chronology(workspace, incident_id)]
        ),
        "closed": _is_closed,
        "bundle": _has_bundle,
        "backup": lambda workspace: try_restore(workspace, ignore, never).holds,
        # On a disk that is well these do not happen.
        "no backup": lambda _workspace, _sentence: False,
        "not cleared": lambda _workspace, _incident: False,
        "rekeying": lambda _workspace, _key: True,
        "rekeyed": lambda workspace, _key: show_keys(workspace).rekeyed_at is not None,
        "keyholder": lambda workspace, name: (
            name in [one.name for one in show_keys(workspace).keyholders]
        ),
        "hold": lambda workspace, incident_id, reason: (
            reason in [row.reason for row in workspace.log.holds.of(incident_id)]
        ),
        "erasing": lambda _workspace, _incident: True,
        "erased": lambda workspace, incident_id: (
            incident_id in [row.incident_id for row in workspace.log.tombstones.all()]
        ),
        "report": _has_report,
        "locked": lambda workspace: (
            Action.LOG_LOCKED in [entry.action for entry, _ in workspace.log.custody.walk()]
        ),
    }
)
