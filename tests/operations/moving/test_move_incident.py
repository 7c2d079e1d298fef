"""An incident moves into the restricted log: whole there, nothing of it left behind here."""

import csv
import json
from pathlib import Path

import pytest

from desktop.domain.errors import RecordMoved
from desktop.domain.evidence.items import ItemState
from desktop.domain.identifiers import IncidentId
from desktop.domain.leaving.bundle import Audience, BundleForm
from desktop.domain.log.custody import Action, first_break
from desktop.domain.log.moves import as_it_was
from desktop.operations.browse_incidents import list_incidents, show_incident
from desktop.operations.checking.check_log import check_log
from desktop.operations.evidence.show_evidence import list_evidence
from desktop.operations.evidence.view_evidence import list_items, open_item
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.leaving.export_bundle import BundleRequest, export_bundle
from desktop.operations.leaving.verify_bundle import verify_bundle
from desktop.operations.moving.read_leaving import read_leaving
from desktop.operations.read_people import list_people, show_people
from desktop.operations.steps.follow_checklist import show_checklists
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import ignore, never
from tests.logs_on_disk import closing
from tests.operations.erasing.erasures import CANARY, OTHER, PICTURE, SHARED, pages, word
from tests.operations.moving.moves import (
    POLICE,
    REASON,
    a_restricted_log,
    actions_about,
    an_open_case,
    move,
    open_restricted,
)


@pytest.fixture
def incident_id(workspace: Workspace, tmp_path: Path) -> IncidentId:
    return an_open_case(workspace, tmp_path)


@pytest.fixture
def there(tmp_path: Path) -> Path:
    a_restricted_log(tmp_path / "stick")
    return tmp_path / "stick"


def test_all_of_it_is_there_and_reads_as_it_did(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    with closing(open_restricted(there)) as other:
        start_incident(other, title="An earlier one")
    before = show_incident(workspace, incident_id)
    people = show_people(workspace, incident_id)
    chronology = show_chronology(workspace, incident_id)
    evidence = [line.item for line in list_evidence(workspace, incident_id).lines]
    checklists = workspace.log.checklists.of(incident_id)
    assert checklists
    contents = {
        item.id: b"".join(workspace.contents.read(row.id, row.file_number))
        for item in evidence
        if item.content_id and (row := workspace.log.evidence.content(item.content_id))
    }
    leaving = read_leaving(workspace, incident_id)
    moved = move(workspace, incident_id, there)
    assert moved.is_cleared
    with closing(open_restricted(there)) as other:
        after = show_incident(other, incident_id)
        assert after.title == before.title == word("title")
        assert after.incident.record == before.incident.record
        assert after.incident.logged_at == before.incident.logged_at
        assert after.incident.logged_by == before.incident.logged_by
        assert after.incident.careful == before.incident.careful
        assert after.drafts == before.drafts
        assert after.incident.number == moved.number_there
        assert show_people(other, incident_id) == people
        lines = show_chronology(other, incident_id)
        assert [line for line in chronology if line not in lines] == []
        said = [line for line in lines if line not in chronology]
        moved_here = (
            f"Moved here from the usual log, where its number was {moved.number}. Incident "
            "numbers that were written before are those of that log"
        )
        assert [line.text for line in said] == [
            f"{moved_here}. Why: {REASON}",
            f"What the police said about moving what is sealed: {POLICE}",
        ]
        assert other.log.checklists.of(incident_id) == checklists
        assert len(show_checklists(other, incident_id).checklists) == len(checklists)
        assert other.log.moving.missing(leaving.rows) == ()
        items = [line.item for line in list_evidence(other, incident_id).lines]
        assert [(str(one.mark), one.state, one.fingerprint) for one in items] == [
            (str(one.mark), one.state, one.fingerprint) for one in evidence
        ]
        for item in items:
            row = other.log.evidence.content(item.content_id) if item.content_id else None
            if row is not None:
                read = b"".join(other.contents.read(row.id, row.file_number))
                assert read == contents[item.id]
        assert [one.fingerprint for one in other.log.sealed.all()] == [
            one.fingerprint for one in workspace.log.sealed.all()
        ]
        (sheet,) = other.log.worksheets.of(incident_id)
        assert sheet.contact_id == other.log.contacts.of(incident_id)[0].id
        empty = {name for name, rows in leaving.rows.tables.items() if not rows}
        assert empty <= {"bundle", "incident_link"}
        said_of_sealed = [one.reason for one in other.log.sealed.all()]
        assert all(reason.endswith(f" in {moved.number_there}") for reason in said_of_sealed)
        assert other.log.holds.of(incident_id)
        assert check_log(other, ignore, never).holds


def test_nothing_of_it_is_in_any_page_here(
    workspace: Workspace, incident_id: IncidentId, there: Path, tmp_path: Path
) -> None:
    assert CANARY.encode() in pages(tmp_path / "log")
    move(workspace, incident_id, there)
    left = pages(tmp_path / "log")
    assert CANARY.encode() not in left
    assert b"estricted" not in left
    assert str(there).encode() not in left
    assert PICTURE[:16] not in left
    assert SHARED[:16] in left
    assert OTHER[:16] in left
    assert first_break(workspace.log.custody.walk()) is None
    assert workspace.log.consistency.broken_references() == 0
    assert workspace.log.consistency.details_of_nobody() == 0
    assert workspace.log.consistency.emptied_without_right() == ()
    assert workspace.log.intents.all() == []
    assert check_log(workspace, ignore, never).holds


def test_its_number_says_that_it_moved_and_nothing_more(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    moved = move(workspace, incident_id, there)
    line = next(one for one in list_incidents(workspace) if one.id == incident_id)
    assert (line.number, line.title) == (moved.number, "")
    assert line.moved_at == workspace.now()
    assert line.erased_at is None
    assert incident_id not in {row.id for row in workspace.log.incidents.unfinished()}
    with pytest.raises(RecordMoved):
        show_incident(workspace, incident_id)
    tombstone = workspace.log.tombstones.get(incident_id)
    assert tombstone is not None
    assert tombstone.reason == tombstone.witness == tombstone.certificate == ""
    last = list(workspace.log.custody.walk())[-1]
    assert last[0].action is Action.INCIDENT_MOVED
    assert last[1] is None or json.loads(last[1].detail) == {"number": moved.number}
    assert [one.person.name for one in list_people(workspace)] == ["Kim Stays"]


def test_its_custody_entries_go_along_with_their_hashes(
    workspace: Workspace, incident_id: IncidentId, there: Path
) -> None:
    leaving = read_leaving(workspace, incident_id)
    assert len(leaving.custody) > 20
    move(workspace, incident_id, there)
    own = {entry.number: entry.own for entry, _ in workspace.log.custody.walk()}
    with closing(open_restricted(there)) as other:
        entries = list(other.log.custody.walk())
        assert first_break(entries) is None
        received = [
            as_it_was(entry, detail)
            for entry, detail in entries
            if entry.action is Action.ENTRY_RECEIVED
        ]
        assert set(leaving.custody) < set(received)
        for entry, detail in received:
            assert first_break([(entry, detail)], [(1, entry.number - 1)]) is None
        assert all(own[entry.number] == entry.own for entry, _ in received)
        assert actions_about(other, Action.INCIDENT_RECEIVED) == 1


def test_a_bundle_from_there_shows_the_whole_way_of_each_exhibit(
    workspace: Workspace, incident_id: IncidentId, there: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    asked = BundleRequest(audience=Audience.POLICE, form=BundleForm.FOLDER, folder=out)
    item = next(one for one in list_items(workspace, incident_id) if one.state is ItemState.KEPT)
    open_item(workspace, item.id, ignore, never)
    earlier = export_bundle(workspace, incident_id, asked, ignore, never)
    before = continuity(earlier.path)
    views = [line.views.all for line in list_evidence(workspace, incident_id).lines]
    move(workspace, incident_id, there)
    with closing(open_restricted(there)) as other:
        assert [row.version for row in other.log.bundles.of(incident_id)] == [1]
        assert [line.views.all for line in list_evidence(other, incident_id).lines] == views
        made = export_bundle(other, incident_id, asked, ignore, never)
    assert verify_bundle(made.path, "").problems == ()
    after = continuity(made.path)
    lines = {(row["Exhibit"], row["By"], row["What"], row["Time (UTC)"]) for row in after}
    kept = {
        (row["Exhibit"], row["By"], row["What"], row["Time (UTC)"])
        for row in before
        if "this bundle" not in row["What"]
    }
    assert kept <= lines
    received = [row for row in after if row["What"].startswith("Came into this log")]
    assert {row["By"] for row in received} == {"Lee Other"}
    assert "PXS/1" in {row["Exhibit"] for row in received}


def continuity(bundle: Path) -> list[dict[str, str]]:
    text = (bundle / "data/05_Continuity.csv").read_text("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))
