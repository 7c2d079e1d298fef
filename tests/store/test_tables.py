"""Every table keeps what it is given, on a real encrypted file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3

from desktop.domain.calendar.times import Moment
from desktop.domain.chronology import ChronologyLine, EntryKind
from desktop.domain.contacts import Channel, ContactDetails, ContactEntry, Direction, Recipient
from desktop.domain.evidence.gate import Concern, GateAnswer, Statement
from desktop.domain.evidence.items import (
    EvidenceItem,
    ExhibitMark,
    Fingerprint,
    ItemKind,
    ItemState,
    Method,
    Origin,
)
from desktop.domain.identifiers import (
    AccountId,
    ChecklistId,
    ContactId,
    ContentId,
    EntryId,
    IncidentId,
    InvolvementId,
    ItemId,
    KeyholderId,
    PersonId,
    ReportId,
    StatementId,
)
from desktop.domain.incidents import IncidentStatus
from desktop.domain.log.custody import Action, Head, commit, first_break, next_entry
from desktop.domain.people import Role
from desktop.domain.steps.checklist_records import Checklist, StepEntry, StepState, TriageAnswer
from desktop.store.cells import as_bytes, as_moment, as_number, as_text
from desktop.store.connection import Connection, open_connection
from desktop.store.evidence_table import ContentRow
from desktop.store.export_table import BundleRow, IntentRow, ReportRow
from desktop.store.keyholder_table import KeyholderRow
from desktop.store.log import Log
from desktop.store.migrate import migrate
from desktop.store.people_table import AccountRow, InvolvementRow

NOON = Moment(datetime(2026, 11, 20, 12, tzinfo=UTC), 0, "Europe/London")
LATER = replace(NOON, utc=NOON.utc + timedelta(hours=1))
INCIDENT, PAT = IncidentId("inc"), KeyholderId("pat")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    connection = open_connection(tmp_path / "log.db", bytes(range(32)))
    migrate(connection, "log.db")
    yield connection
    connection.close()


@pytest.fixture
def log(connection: Connection) -> Log:
    log = Log(connection)
    log.incidents.insert(INCIDENT, NOON, PAT, "Comments on a site")
    return log


def test_settings_are_replaced_and_default_to_nothing(log: Log) -> None:
    assert log.settings.get("organisation") == ""
    log.settings.set("organisation", "North Training")
    log.settings.set("organisation", "South Training")
    assert log.settings.get("organisation") == "South Training"
    assert log.settings.all()["organisation"] == "South Training"


def test_keyholders(log: Log) -> None:
    row = KeyholderRow(id=PAT, name="Pat", title="DSL", initials="PXE", added_at=NOON)
    log.keyholders.insert(row)
    assert log.keyholders.all() == [row]


def test_incident_numbers_go_on_within_a_year_and_start_anew_in_the_next(log: Log) -> None:
    assert log.incidents.insert(IncidentId("b"), LATER, PAT, "b") == "2026-0002"
    next_year = Moment(datetime(2027, 1, 1, tzinfo=UTC))
    assert log.incidents.insert(IncidentId("c"), next_year, PAT, "c") == "2027-0001"
    assert log.incidents.count() == 3
    assert [row.number for row in log.incidents.all()] == ["2027-0001", "2026-0002", "2026-0001"]


def test_incidents_change_state(log: Log) -> None:
    log.incidents.set_title(INCIDENT, "Title")
    log.incidents.set_careful(INCIDENT)
    log.incidents.set_status(INCIDENT, IncidentStatus.CLOSED, LATER)
    row = log.incidents.get(INCIDENT)
    assert row
    assert (row.title, row.careful, row.status, row.closed_at) == (
        "Title", True, IncidentStatus.CLOSED, LATER,
    )  # fmt: skip
    assert log.incidents.unfinished() == []
    assert log.incidents.get(IncidentId("nobody")) is None


def test_the_latest_value_of_a_field_counts_and_earlier_ones_stay(log: Log) -> None:
    log.fields.enter(INCIDENT, {"place": "bus", "wishes": ""}, NOON, PAT)
    log.fields.enter(INCIDENT, {"place": "home"}, LATER, PAT)
    assert log.fields.current(INCIDENT) == {"place": "home", "wishes": ""}
    assert log.fields.current_of("place") == {INCIDENT: "home"}
    assert log.fields.current("x") == {}
    history = [(entry.name, entry.value, entry.at) for entry in log.fields.history(INCIDENT)]
    assert ("place", "bus", NOON) in history
    assert history[-1] == ("place", "home", LATER)


def test_drafts_grow_and_go(log: Log) -> None:
    log.drafts.save(INCIDENT, "place", "b", NOON)
    log.drafts.save(INCIDENT, "place", "bu", LATER)
    assert log.drafts.of(INCIDENT) == {"place": "bu"}
    assert log.drafts.subjects() == [INCIDENT]
    log.drafts.clear(INCIDENT, ["place", "wishes"])
    assert log.drafts.of(INCIDENT) == {}


def test_the_custody_chain_is_only_ever_added_to(log: Log, connection: Connection) -> None:
    head: Head | None = None
    for number in range(3):
        salt, detail = bytes([number]) * 16, f"{{{number}}}"
        entry = next_entry(
            head, at=NOON.to_text(), keyholder=PAT, action=Action.ITEM_VIEWED,
            subject=f"s{number % 2}", commitment=commit(salt, detail),
        )  # fmt: skip
        log.custody.append(entry, salt, detail)
        head = log.custody.head()
    assert head
    assert head.number == 3
    assert first_break(log.custody.walk()) is None
    assert log.custody.latest_time() == NOON.to_text()
    assert [entry.number for entry, _ in log.custody.about(["s1", "s0"])] == [1, 2, 3]
    for sql in ("UPDATE custody_entry SET at = 'x'", "DELETE FROM custody_entry"):
        with pytest.raises(sqlcipher3.IntegrityError, match="never"):
            connection.execute(sql)


def test_an_emptied_detail_row_still_reads(log: Log, connection: Connection) -> None:
    entry = next_entry(
        None, at=NOON.to_text(), keyholder=PAT, action=Action.LOG_CREATED, subject="log",
        commitment=commit(b"s" * 16, "{}"),
    )  # fmt: skip
    log.custody.append(entry, b"s" * 16, "{}")
    connection.execute("DELETE FROM custody_detail")
    assert list(log.custody.walk()) == [(entry, None)]


def test_an_empty_chain_has_no_head(log: Log) -> None:
    assert log.custody.head() is None
    assert log.custody.latest_time() == ""


def test_people_have_a_role_in_each_incident(log: Log) -> None:
    robin = PersonId("robin")
    log.people.insert_person(robin, NOON)
    row = InvolvementRow(
        id=InvolvementId("v"), incident_id=INCIDENT, person_id=robin, role=Role.TARGET
    )
    log.people.involve(row, NOON)
    log.people.involve(replace(row, id=InvolvementId("again")), LATER)
    assert log.people.people() == [robin]
    assert log.people.involvements(INCIDENT) == [row]
    assert log.people.involvements() == [row]
    assert log.people.involvements(IncidentId("other")) == []


def test_accounts_may_be_of_nobody_known(log: Log) -> None:
    row = AccountRow(id=AccountId("a"), incident_id=INCIDENT, person_id=None)
    log.people.insert_account(row, NOON)
    assert log.people.accounts(INCIDENT) == [row]
    log.people.insert_person(PersonId("p"), NOON)
    log.people.set_account_person(row.id, PersonId("p"))
    assert log.people.accounts(INCIDENT) == [replace(row, person_id=PersonId("p"))]


STATEMENT = Statement(
    id=StatementId("st"), incident_id=INCIDENT, answer=GateAnswer.NO, concern=None,
    listed=("a capture", "note.pdf"), at=NOON, by="Pat",
)  # fmt: skip
ITEM = EvidenceItem(
    id=ItemId("i"), incident_id=INCIDENT, mark=ExhibitMark("PXE", 1), kind=ItemKind.PDF,
    state=ItemState.KEPT, method=Method.DROP, content_id=ContentId("c"),
    fingerprint=Fingerprint("a" * 64, 9), media_type="application/pdf", original_name="note.pdf",
    captured_at=NOON, captured_by="Pat", captured_with="PC", statement_id=STATEMENT.id,
    origin=Origin(),
)  # fmt: skip


def test_items_name_their_content_and_statement(log: Log, connection: Connection) -> None:
    connection.execute("INSERT INTO evidence_file (number, key) VALUES (1, ?)", (bytes(32),))
    assert ITEM.fingerprint
    content = ContentRow(id=ContentId("c"), file_number=1, fingerprint=ITEM.fingerprint)
    log.evidence.insert_content(content)
    log.evidence.insert_statement(STATEMENT)
    assert log.evidence.next_mark(INCIDENT, "PXE") == ExhibitMark("PXE", 1)
    log.evidence.insert_item(ITEM)
    held = replace(
        ITEM, id=ItemId("h"), mark=ExhibitMark("PXE", 2), kind=ItemKind.DESCRIPTION,
        state=ItemState.HELD_BACK, content_id=None, fingerprint=None, captured_at=LATER,
        statement_id=None,
    )  # fmt: skip
    log.evidence.insert_item(held)
    assert log.evidence.items(INCIDENT) == [ITEM, held]
    assert log.evidence.items() == [ITEM, held]
    assert log.evidence.item(ITEM.id) == ITEM
    assert log.evidence.item(ItemId("none")) is None
    assert log.evidence.next_mark(INCIDENT, "PXE") == ExhibitMark("PXE", 3)
    assert log.evidence.next_mark(INCIDENT, "ABC") == ExhibitMark("ABC", 1)
    assert log.evidence.contents() == [content]
    assert log.evidence.content(content.id) == content
    assert log.evidence.content(ContentId("none")) is None
    assert log.evidence.content_like(ITEM.fingerprint) == content
    assert log.evidence.content_like(Fingerprint("b" * 64, 9)) is None
    assert log.evidence.let_in_by(STATEMENT.id) == 1


def test_an_item_is_kept_exactly_when_it_has_content(log: Log) -> None:
    with pytest.raises(sqlcipher3.IntegrityError):
        log.evidence.insert_item(replace(ITEM, content_id=None, statement_id=None))


def test_statements_and_their_corrections_stay(log: Log) -> None:
    unsure = replace(STATEMENT, answer=GateAnswer.NOT_SURE, concern=Concern.CHILD_IMAGE)
    log.evidence.insert_statement(unsure)
    fixed = replace(STATEMENT, id=StatementId("s2"), at=LATER, corrects=unsure.id, reason="seen")
    log.evidence.insert_statement(fixed)
    assert log.evidence.statements(INCIDENT) == [unsure, fixed]
    assert log.evidence.statement(fixed.id) == fixed
    assert log.evidence.statement(StatementId("none")) is None


def test_checklists_are_pinned_to_the_text_they_started_with(log: Log) -> None:
    assert log.checklists.keep_version("P00", "1", "first") == "1"
    assert log.checklists.keep_version("P00", "1", "later") == "1 (2)"
    assert log.checklists.keep_version("P00", "1", "first") == "1"
    assert log.checklists.keep_version("P00", "1", "later") == "1 (2)"
    assert log.checklists.keep_version("P00", "1", "latest") == "1 (3)"
    checklist = Checklist(
        id=ChecklistId("k"), incident_id=INCIDENT, procedure_id="P00", version="1",
        attached_at=NOON, attached_reason="every incident", ended_reason="", entries=(),
        attached_with=("T8=site", "gate-child"),
    )  # fmt: skip
    log.checklists.attach(checklist)
    assert log.checklists.latest_time(INCIDENT) is None
    entry = StepEntry(
        step_id="P00-1", state=StepState.DONE, at=LATER, by="Pat", done_at=NOON, reason="r",
        late_reason="l", out_of_order="o", values=(("advice", "“keep it”"),),
        contact_id=ContactId("x"),
    )  # fmt: skip
    plain = StepEntry(step_id="P00-2", state=StepState.NOT_APPLICABLE, at=LATER, by="Pat")
    log.checklists.record(checklist.id, entry)
    log.checklists.record(checklist.id, plain)
    log.checklists.end(checklist.id, "Not needed", ("always",))
    log.checklists.pin(checklist.id, "1 (2)")
    whole = replace(
        checklist,
        ended_reason="Not needed",
        entries=(entry, plain),
        version="1 (2)",
        ended_with=("always",),
    )
    assert log.checklists.of(INCIDENT) == [whole]
    assert log.checklists.get(checklist.id) == whole
    assert log.checklists.get(ChecklistId("none")) is None
    assert log.checklists.version_text("P00", "1") == "first"
    assert log.checklists.version_text("P00", "1 (2)") == "later"
    assert log.checklists.version_text("P00", "2") == ""
    assert log.checklists.latest_time(INCIDENT) == LATER


def test_triage_answers_add_up(log: Log) -> None:
    first = TriageAnswer(question="T4", answer="unsure", at=NOON, by="Pat", note="n")
    second = replace(first, answer="no", at=LATER, note="")
    log.checklists.answer(INCIDENT, first)
    log.checklists.answer(INCIDENT, second)
    assert log.checklists.answers(INCIDENT) == [first, second]


def test_contacts_keep_every_detail(log: Log) -> None:
    details = ContactDetails(
        recipient=Recipient.POLICE, at=NOON, direction=Direction.IN, channel=Channel.CALL_101,
        answered=False, organisation="o", person="p", person_role="r", address_used="a", basis="b",
        said="s", sent="t", protected_how="h", reference="EX/1", advice="“keep”",
        next_action="ring", next_due=LATER,
    )  # fmt: skip
    entry = ContactEntry(
        id=ContactId("c"), incident_id=INCIDENT, attempt=1, made_by="Pat", entered_at=LATER,
        step_id="P01-8", details=details,
    )  # fmt: skip
    plain = replace(
        entry, id=ContactId("d"), details=ContactDetails(recipient=Recipient.CSC, at=LATER)
    )
    log.contacts.insert(entry)
    log.contacts.insert(plain)
    assert log.contacts.of(INCIDENT) == [entry, plain]
    assert log.contacts.of() == [entry, plain]
    assert log.contacts.attempts(INCIDENT, Recipient.POLICE) == 1


def test_chronology_entries_never_change(log: Log, connection: Connection) -> None:
    line = ChronologyLine(
        id=EntryId("e"), kind=EntryKind.NOTE, at=NOON, entered_at=LATER, by="Pat", text="x",
        mark="PXE/1",
    )  # fmt: skip
    fix = replace(line, id=EntryId("f"), corrects=line.id, reason="typing")
    log.chronology.insert(INCIDENT, line)
    log.chronology.insert(INCIDENT, fix)
    assert log.chronology.of(INCIDENT) == [line, fix]
    assert log.chronology.get(fix.id) == fix
    assert log.chronology.get(EntryId("none")) is None
    with pytest.raises(sqlcipher3.IntegrityError, match="never"):
        connection.execute("UPDATE chronology_entry SET text = 'y'")


def test_bundles_have_versions(log: Log) -> None:
    assert log.bundles.next_version(INCIDENT, "police") == 1
    row = BundleRow(
        id="b", incident_id=INCIDENT, audience="police", version=1, form="zip", at=NOON, by="Pat",
        fingerprint="f", recipient="PC Invented", marks=("PXE/1", "PXE/2"),
    )  # fmt: skip
    log.bundles.insert(row)
    assert log.bundles.of(INCIDENT) == [row]
    assert log.bundles.next_version(INCIDENT, "police") == 2


def test_reports_and_intents(log: Log) -> None:
    report = ReportRow(
        id=ReportId("r"), first_day="2026-10-01", last_day="2026-12-31", issued_at=NOON, by="Pat",
        figures="{}", sha256="a" * 64,
    )  # fmt: skip
    log.reports.insert(report)
    assert log.reports.all() == [report]
    intent = IntentRow(id="n", kind="item", incident_id=INCIDENT, what="note.pdf", at=NOON)
    plain = replace(intent, id="m", incident_id=None, at=LATER)
    log.intents.begin(intent)
    log.intents.begin(plain)
    assert log.intents.all() == [intent, plain]
    log.intents.end("n")
    assert log.intents.all() == [plain]


def test_a_failed_transaction_leaves_nothing(log: Log) -> None:
    def fail() -> None:
        with log.transaction():
            log.settings.set("organisation", "x")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert log.settings.get("organisation") == ""


def test_cells_of_the_wrong_kind_are_bugs() -> None:
    for read in (as_text, as_number, as_bytes, as_moment):
        with pytest.raises(TypeError, match="expected"):
            read(None)


def test_closing_ends_its_use(log: Log) -> None:
    log.close()
    with pytest.raises(sqlcipher3.ProgrammingError):
        log.incidents.count()
