"""Rows of an incident go into another log as they are, each as often as it stood there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.identifiers import IncidentId
from desktop.domain.people import Role
from desktop.operations.incident.keep_people import add_person
from desktop.operations.incident.record_incident import enter_fields, save_draft, start_incident
from desktop.operations.steps.attach_procedure import attach_procedure
from desktop.operations.workspace import Workspace
from desktop.store.incident_rows import IncidentRows
from tests.clocks import FrozenClock
from tests.workspaces import close_workspace, make_workspace, own_procedures


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path / "other", FrozenClock(), own_procedures())
    yield made
    close_workspace(made)


@pytest.fixture
def incident_id(workspace: Workspace) -> IncidentId:
    return start_incident(workspace, title="First").incident_id


def put(other: Workspace, rows: IncidentRows, incident_id: IncidentId) -> None:
    with other.log.transaction():
        if other.log.incidents.get(incident_id) is None:
            other.log.incidents.insert(incident_id, other.now(), "pat", "")
        labels = {
            (str(row["procedure_id"]), str(row["version"])): other.log.checklists.keep_version(
                str(row["procedure_id"]), str(row["version"]), "text"
            )
            for row in rows.tables["checklist"]
        }
        other.log.moving.put(rows, {}, labels)


def test_what_was_entered_back_and_forth_keeps_its_order(
    workspace: Workspace, other: Workspace, incident_id: IncidentId
) -> None:
    for title in ("Second", "First", "Second", "First"):
        enter_fields(workspace, incident_id, {"title": title})
    rows = workspace.log.moving.read(incident_id)
    for _again in range(2):
        put(other, rows, incident_id)
        assert [
            one.value for one in other.log.fields.history(incident_id) if one.name == "title"
        ] == [
            one.value for one in workspace.log.fields.history(incident_id) if one.name == "title"
        ]
    assert other.log.moving.missing(rows) == ()


def test_what_is_not_there_is_found(
    workspace: Workspace, other: Workspace, incident_id: IncidentId
) -> None:
    add_person(workspace, incident_id, Role.TARGET, {"name": "Robin"})
    save_draft(workspace, incident_id, "summary", "Half typed")
    rows = workspace.log.moving.read(incident_id)
    bare = replace(rows, tables=dict.fromkeys(rows.tables, ()))
    put(other, bare, incident_id)
    missing = other.log.moving.missing(rows)
    assert set(missing) >= {"person", "involvement", "field_value", "draft", "chronology_entry"}
    assert other.log.moving.missing(bare) == ()


def test_every_table_that_hangs_on_an_incident_moves(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    connection = workspace.log.connection
    names = {str(row[0]) for row in connection.rows("SELECT name FROM pragma_table_list()")}
    hanging = {
        name
        for name in names
        if "incident_id" in {str(row[1]) for row in connection.rows(f"PRAGMA table_info({name})")}
    }
    left = {"tombstone", "erased_subject", "erased_entry", "intent"}
    assert hanging - left <= set(workspace.log.moving.read(incident_id).tables)
    assert len(hanging) > 12


def test_drafts_of_its_own_window_can_be_left_out(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    save_draft(workspace, incident_id, "summary", "Half typed")
    save_draft(workspace, incident_id, "form.move", "Why")
    rows = workspace.log.moving.read(incident_id, without_drafts="form.move")
    assert [row["name"] for row in rows.tables["draft"]] == ["summary"]


def test_many_subjects_are_read_in_parts(workspace: Workspace, incident_id: IncidentId) -> None:
    for number in range(230):
        add_person(workspace, incident_id, Role.WITNESS, {"name": f"Witness {number}"})
    rows = workspace.log.moving.read(incident_id)
    names = [row["value"] for row in rows.tables["field_value"] if row["name"] == "name"]
    assert names == [f"Witness {number}" for number in range(230)]


def test_a_checklist_that_ended_or_took_newer_words_since_is_brought_up_to_date(
    workspace: Workspace, other: Workspace, incident_id: IncidentId
) -> None:
    attach_procedure(workspace, incident_id, "P02", "It belongs here")
    put(other, workspace.log.moving.read(incident_id), incident_id)
    (mine,) = (
        one for one in workspace.log.checklists.of(incident_id) if one.procedure_id == "P02"
    )
    with workspace.log.transaction():
        label = workspace.log.checklists.keep_version("P02", "later", "newer words")
        workspace.log.checklists.pin(mine.id, label)
        workspace.log.checklists.end(mine.id, "It does not apply")
    rows = workspace.log.moving.read(incident_id)
    put(other, rows, incident_id)
    (theirs,) = (one for one in other.log.checklists.of(incident_id) if one.id == mine.id)
    assert (theirs.version, theirs.ended_reason) == ("later", "It does not apply")
    assert other.log.moving.missing(rows) == ()
