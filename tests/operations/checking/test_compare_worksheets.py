"""A worksheet that was sent is compared with what the chain says of its text."""

from pathlib import Path

import pytest

from desktop.domain.identifiers import IncidentId
from desktop.operations.checking.check_log import check_log
from desktop.operations.checking.compare_worksheets import compare_worksheets
from desktop.operations.incident.keep_worksheets import submit_worksheet
from desktop.operations.incident.record_incident import save_draft, start_incident
from desktop.operations.workspace import Workspace
from tests.logs_on_disk import closing
from tests.operations.moving.moves import a_restricted_log, move, open_restricted


@pytest.fixture
def sent(workspace: Workspace) -> Workspace:
    """A log with two worksheets in two incidents."""
    for words in ("“He wrote to me at night.”", "Something else"):
        incident_id = start_incident(workspace).incident_id
        save_draft(workspace, incident_id, "account", words)
        _submit(workspace, incident_id, words)
    return workspace


def _submit(workspace: Workspace, incident_id: IncidentId, words: str) -> None:
    submit_worksheet(workspace, incident_id, "ceop", {"what": words}, at=workspace.now())


def _change(workspace: Workspace, *statements: str) -> None:
    """Do what only somebody with the key and another program can do."""
    for statement in ("DROP TRIGGER worksheet_stays", *statements):
        workspace.log._connection.execute(statement)


def test_texts_as_they_were_sent_are_no_finding(sent: Workspace) -> None:
    assert len(sent.log.worksheets.as_kept()) == 2
    assert compare_worksheets(sent) == []


def test_an_empty_log_has_nothing_to_compare(workspace: Workspace) -> None:
    assert compare_worksheets(workspace) == []


def test_a_text_that_was_changed_since_is_said_with_its_incident(sent: Workspace) -> None:
    _change(sent, "UPDATE worksheet SET texts = replace(texts, 'night', 'noon')")
    found = check_log(sent, lambda _share: None, lambda: False)
    number = sent.log.incidents.all()[-1].number
    assert len(found.findings) == 1
    assert found.sentence.startswith("The text of the worksheet “")
    assert f"” of {number} is not what was sent. Do not rely on it." in found.sentence


def test_a_text_that_cannot_be_read_at_all_is_said_too(sent: Workspace) -> None:
    _change(sent, "UPDATE worksheet SET texts = 'no list'")
    (finding,) = compare_worksheets(sent)
    assert finding.happened.count("” of 2026-") == 2


def test_a_text_whose_incident_is_gone_is_said_all_the_same(sent: Workspace) -> None:
    first = sent.log.incidents.all()[0].id
    _change(
        sent,
        "UPDATE worksheet SET texts = '[]'",
        "PRAGMA foreign_keys = OFF",
        f"DELETE FROM incident WHERE id = '{first}'",
    )
    (finding,) = compare_worksheets(sent)
    assert "an incident that is not here" in finding.happened


def test_a_text_that_was_changed_after_a_move_is_said_there(
    workspace: Workspace, tmp_path: Path
) -> None:
    incident_id = start_incident(workspace).incident_id
    _submit(workspace, incident_id, "“He wrote to me at night.”")
    a_restricted_log(tmp_path / "stick")
    move(workspace, incident_id, tmp_path / "stick")
    with closing(open_restricted(tmp_path / "stick")) as there:
        assert compare_worksheets(there) == []
        _change(there, "UPDATE worksheet SET texts = replace(texts, 'night', 'noon')")
        (finding,) = compare_worksheets(there)
    assert "is not what was sent" in finding.happened


def test_a_sheet_that_was_taken_out_is_named(sent: Workspace) -> None:
    _change(sent, "DELETE FROM worksheet WHERE texts LIKE '%night%'")
    (finding,) = compare_worksheets(sent)
    number = sent.log.incidents.all()[-1].number
    assert f"” of {number} was sent, and its text is no longer in the log" in finding.happened
    assert "no longer in the log" in check_log(sent, lambda _share: None, lambda: False).sentence


@pytest.mark.parametrize("change", ["at = replace(at, '2026', '2025')", "keyholder = 'Jo Field'"])
def test_another_time_or_author_is_said(sent: Workspace, change: str) -> None:
    _change(sent, f"UPDATE worksheet SET {change} WHERE texts LIKE '%night%'")
    (finding,) = compare_worksheets(sent)
    assert "was sent, or by whom, is not what was recorded then" in finding.happened


def test_what_moved_away_is_not_missed(workspace: Workspace, tmp_path: Path) -> None:
    incident_id = start_incident(workspace).incident_id
    _submit(workspace, incident_id, "“He wrote to me at night.”")
    a_restricted_log(tmp_path / "stick")
    move(workspace, incident_id, tmp_path / "stick")
    assert compare_worksheets(workspace) == []
    with closing(open_restricted(tmp_path / "stick")) as there:
        _change(there, "DELETE FROM worksheet")
        (finding,) = compare_worksheets(there)
    assert "is no longer in the log" in finding.happened


@pytest.mark.parametrize("detail", ["", "no detail", "[]", "{}"])
def test_without_a_line_in_the_chain_only_the_chain_is_broken(
    sent: Workspace, detail: str
) -> None:
    _change(sent, f"UPDATE custody_detail SET detail = '{detail}' WHERE detail LIKE '%sheet%'")
    assert compare_worksheets(sent) == []
    found = check_log(sent, lambda _share: None, lambda: False)
    assert "does not fit together" in found.sentence
