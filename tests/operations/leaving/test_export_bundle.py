import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.changes import Topic
from desktop.domain.chronology import EntryKind
from desktop.domain.errors import (
    BundleEmpty,
    Cancelled,
    CustodyBroken,
    DestinationNotWritable,
    DiskFailed,
    ItemsAltered,
    NotFound,
)
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import Method
from desktop.domain.identifiers import IncidentId, StatementId
from desktop.domain.leaving.bundle import Audience, BundleForm
from desktop.domain.log.custody import Action, first_break
from desktop.operations.checking.check_log import check_log
from desktop.operations.evidence.enter_origin import enter_origin
from desktop.operations.evidence.make_statement import correct_statement, hold_back, make_statement
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.evidence.view_evidence import check_item, list_items, open_item
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.incident.record_incident import enter_fields, save_draft, start_incident
from desktop.operations.leaving.export_bundle import (
    GROUP,
    GROUPS,
    LETTERS,
    BundleRequest,
    export_bundle,
    new_passphrase,
)
from desktop.operations.leaving.verify_bundle import verify_bundle
from desktop.operations.workspace import OnLog, Workspace
from desktop.store.connection import open_connection
from tests.clocks import FrozenClock
from tests.evidence_pieces import a_file, a_mail, a_no, a_png, an_incident, ignore, never, spoil
from tests.export.papers import text_of
from tests.workspaces import log_file_key

MAIL = a_mail(attached=False)
ALTERED = "UPDATE chunk SET bytes = zeroblob(length(bytes))"


@pytest.fixture
def incident(workspace: Workspace, tmp_path: Path) -> IncidentId:
    """Log an incident with two originals, and one item held back."""
    incident_id = an_incident(workspace)
    enter_fields(workspace, incident_id, {"summary": "Neutral words"})
    statement = a_no(workspace, incident_id, "a.png", "b.eml")
    for name, content in (("Robin Sample.png", a_png()), ("b.eml", MAIL)):
        path = a_file(tmp_path, name, content)
        add_file(workspace, incident_id, statement, path, Method.PICKER, ignore, never)
    _picture, mail = list_items(workspace, incident_id)
    enter_origin(workspace, mail.id, {"description": "Mail", "handle": "@owl"})
    unsure = make_statement(
        workspace, incident_id, GateAnswer.NOT_SURE, ["c.jpg"], Concern.CHILD_IMAGE
    ).statement
    hold_back(workspace, incident_id, unsure.id, "c.jpg", "Nobody opened it")
    return incident_id


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where bundles go."""
    place = tmp_path / "out"
    place.mkdir()
    return place


def a_request(folder: Path, form: BundleForm = BundleForm.FOLDER) -> BundleRequest:
    return BundleRequest(
        audience=Audience.POLICE,
        form=form,
        folder=folder,
        recipient=" PC Invented ",
        crime_reference="EX/1/26",
    )


def actions(workspace: Workspace, subject: str) -> list[Action]:
    return [entry.action for entry, _detail in workspace.log.custody.about([subject])]


def details(workspace: Workspace, subject: str, action: Action) -> list[dict[str, object]]:
    return [
        json.loads(detail.detail)
        for entry, detail in workspace.log.custody.about([subject])
        if entry.action is action and detail
    ]


@pytest.mark.parametrize("form", BundleForm)
def test_a_bundle_leaves_whole_and_checks_out(
    form: BundleForm, workspace: Workspace, incident: IncidentId, folder: Path
) -> None:
    shares: list[float] = []
    exported = export_bundle(workspace, incident, a_request(folder, form), shares.append, never)
    check = verify_bundle(exported.path, exported.passphrase or "")
    assert check.problems == ()
    assert check.fingerprint == exported.fingerprint
    assert exported.marks == ("PXS/1", "PXS/2")
    assert exported.version == 1
    assert (exported.passphrase is not None) is (form is BundleForm.AES)
    assert exported.receipt.exists()
    assert exported.changes.touch(incident, Topic.EVIDENCE)
    assert shares[-1] == 1.0


def test_originals_are_byte_identical_and_no_name_of_a_person_stands_in_a_file_name(
    workspace: Workspace, incident: IncidentId, folder: Path
) -> None:
    exported = export_bundle(workspace, incident, a_request(folder), ignore, never)
    exhibits = exported.path / "data" / "exhibits"
    assert (exhibits / "PXS-1_original.png").read_bytes() == a_png()
    assert (exhibits / "PXS-2_original.eml").read_bytes() == MAIL
    for path in folder.rglob("*"):
        assert re.fullmatch(r"[A-Za-z0-9._-]+", path.name)
        assert "Robin" not in path.name


def test_foreign_tools_find_the_bag_and_its_papers_sound(
    workspace: Workspace, incident: IncidentId, folder: Path
) -> None:
    path = export_bundle(workspace, incident, a_request(folder), ignore, never).path
    commands = [
        [sys.executable, "-m", "bagit", "--validate", str(path)],
        ["sha256sum", "--check", "--strict", "manifest-sha256.txt"],
        *(["qpdf", "--check", str(paper)] for paper in path.rglob("*.pdf")),
    ]
    for command in commands:
        ended = subprocess.run(command, cwd=path, check=False, capture_output=True)
        assert ended.returncode == 0, ended.stderr
    listed = text_of((path / "data/04_Exhibit_list.pdf").read_bytes())
    for item in list_items(workspace, incident):
        assert str(item.mark) in listed
        assert item.fingerprint is None or item.fingerprint.sha256 in listed


def test_every_export_is_logged_for_the_bundle_and_for_every_item(
    workspace: Workspace, incident: IncidentId, folder: Path
) -> None:
    exported = export_bundle(workspace, incident, a_request(folder), ignore, never)
    kept_and_held = list_items(workspace, incident)
    for item in kept_and_held[:2]:
        (told,) = details(workspace, item.id, Action.ITEM_EXPORTED)
        assert told["recipient"] == "PC Invented"
        assert told["sha256"] == item.fingerprint.sha256 if item.fingerprint else False
    assert Action.ITEM_EXPORTED not in actions(workspace, kept_and_held[2].id)
    (told,) = details(workspace, incident, Action.BUNDLE_EXPORTED)
    assert told["fingerprint"] == exported.fingerprint
    assert told["in_words"] == ["PXS/3"]
    (row,) = workspace.log.bundles.of(incident)
    assert (row.version, row.marks, row.recipient) == (1, ("PXS/1", "PXS/2"), "PC Invented")
    line = show_chronology(workspace, incident)[-1]
    assert line.kind is EntryKind.EXPORT
    assert exported.fingerprint in line.text
    assert workspace.log.intents.all() == []
    assert first_break(workspace.log.custody.walk()) is None


def test_versions_count_up_and_the_later_bundle_names_the_earlier(
    workspace: Workspace, incident: IncidentId, folder: Path
) -> None:
    export_bundle(workspace, incident, a_request(folder), ignore, never)
    second = export_bundle(workspace, incident, a_request(folder), ignore, never)
    assert second.version == 2
    assert second.path.name.endswith("_v2")
    assert "version 1," in text_of((second.path / "START_HERE.pdf").read_bytes())
    continuity = text_of((second.path / "data/05_Continuity.pdf").read_bytes())
    assert "Put into bundle version 1 for" in continuity
    assert "Put into this bundle" in continuity


def test_continuity_tells_of_views_and_checks(
    workspace: Workspace, incident: IncidentId, folder: Path, tmp_path: Path
) -> None:
    first, second, held = list_items(workspace, incident)
    open_item(workspace, first.id, ignore, never)
    check_item(workspace, first.id, ignore, never)
    with workspace.log.transaction():
        workspace.note(Action.ITEM_CHECKED, second.id, workspace.now(), unchanged=False)
        workspace.note(Action.DETAILS_ENTERED, second.id, workspace.now())
        workspace.note(Action.ITEM_DESCRIBED, held.id, workspace.now())
    path = export_bundle(workspace, incident, a_request(folder), ignore, never).path
    continuity = text_of((path / "data/05_Continuity.pdf").read_bytes())
    for words in (
        "Taken in: file chosen from a folder",
        "Details entered: description, handle",
        "Looked at; unchanged",
        "Checked; unchanged",
        "Checked: NOT what was entered",
        "Held back: not opened, not copied",
        "Described in words",
        "Described in this bundle",
    ):
        assert words in continuity


def test_the_custody_extract_belongs_to_this_incident_alone(
    workspace: Workspace, incident: IncidentId, folder: Path
) -> None:
    other = an_incident(workspace, "Another")
    path = export_bundle(workspace, incident, a_request(folder), ignore, never).path
    text = (path / "data/11_Custody_extract.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert other not in text
    assert {row["About"] for row in rows[:-1]} == {
        "incident 2026-0001",
        "exhibit PXS/1",
        "exhibit PXS/2",
        "exhibit PXS/3",
    }
    assert rows[-2]["Action"] == "export intended"
    assert rows[-1]["Own hash"] == rows[-2]["Own hash"]


def test_a_draft_that_stands_when_a_bundle_is_made_goes_in(
    workspace: Workspace, incident: IncidentId, folder: Path
) -> None:
    save_draft(workspace, incident, "wishes", "Nobody in class should know")
    path = export_bundle(workspace, incident, a_request(folder), ignore, never).path
    assert "Nobody in class should know" in text_of((path / "data/01_Summary.pdf").read_bytes())


def test_an_altered_item_stops_the_bundle_and_goes_on_record(
    workspace: Workspace, incident: IncidentId, folder: Path, tmp_path: Path
) -> None:
    spoil(tmp_path / "log", f"{ALTERED} WHERE id = (SELECT min(id) FROM chunk)")
    with pytest.raises(ItemsAltered) as raised:
        export_bundle(workspace, incident, a_request(folder), ignore, never)
    assert raised.value.marks == ("PXS/1",)
    assert list(folder.iterdir()) == []
    first, second, _held = list_items(workspace, incident)
    (told,) = details(workspace, first.id, Action.ITEM_CHECKED)
    assert told["unchanged"] is False
    assert Action.ITEM_CHECKED not in actions(workspace, second.id)
    assert workspace.log.bundles.of(incident) == []
    assert workspace.log.intents.all() == []


def test_a_broken_chain_stops_the_bundle(
    workspace: Workspace, incident: IncidentId, folder: Path, tmp_path: Path
) -> None:
    connection = open_connection(tmp_path / "log" / "log.db", log_file_key())
    connection.execute("DROP TRIGGER custody_entry_stays")
    connection.execute("UPDATE custody_entry SET at = 'another time' WHERE number = 3")
    connection.close()
    with pytest.raises(CustodyBroken) as raised:
        export_bundle(workspace, incident, a_request(folder), ignore, never)
    assert raised.value.number == 3
    assert list(folder.iterdir()) == []


def test_a_chain_longer_than_one_turn_is_checked_whole(
    workspace: Workspace,
    incident: IncidentId,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("desktop.operations.checking.walk_custody.ENTRIES_AT_ONCE", 3)
    export_bundle(workspace, incident, a_request(folder), ignore, never)
    other = folder / "other"
    other.mkdir()
    test_a_broken_chain_stops_the_bundle(workspace, incident, other, tmp_path)


@pytest.mark.parametrize("form", BundleForm)
def test_stopped_halfway_nothing_stays_and_nothing_is_recorded_as_left(
    form: BundleForm, workspace: Workspace, incident: IncidentId, folder: Path
) -> None:
    asked = iter([False, False])
    with pytest.raises(Cancelled):
        export_bundle(
            workspace, incident, a_request(folder, form), ignore, lambda: next(asked, True)
        )
    assert list(folder.iterdir()) == []
    assert Action.BUNDLE_EXPORTED not in actions(workspace, incident)
    assert Action.EXPORT_INTENDED in actions(workspace, incident)
    assert workspace.log.intents.all() == []
    assert check_log(workspace, ignore, never).holds


def test_a_folder_that_is_gone_is_said_and_the_next_export_works(
    workspace: Workspace, incident: IncidentId, folder: Path
) -> None:
    with pytest.raises(DestinationNotWritable):
        export_bundle(workspace, incident, a_request(folder / "gone"), ignore, never)
    assert export_bundle(workspace, incident, a_request(folder), ignore, never).version == 1


def test_a_bundle_that_cannot_be_recorded_does_not_stay(
    workspace: Workspace, incident: IncidentId, folder: Path
) -> None:
    calls: list[Callable[[], object]] = []

    def fail_at_the_end(function: Callable[[], object]) -> object:
        calls.append(function)
        if list(folder.glob("*_receipt.pdf.part")):
            raise DiskFailed("no more room")
        return function()

    on_log: OnLog = fail_at_the_end  # type: ignore[assignment]
    failing = replace(workspace, on_log=on_log)
    with pytest.raises(DiskFailed):
        export_bundle(failing, incident, a_request(folder, BundleForm.ZIP), ignore, never)
    assert list(folder.iterdir()) == []
    assert len(calls) >= 3


def test_a_bundle_that_cannot_be_named_is_taken_back_on_record(
    workspace: Workspace, incident: IncidentId, folder: Path
) -> None:
    def move_the_folder(function: Callable[[], object]) -> object:
        answer = function()
        if workspace.log.bundles.of(incident) and folder.exists():
            folder.rename(folder.with_name("elsewhere"))
        return answer

    on_log: OnLog = move_the_folder  # type: ignore[assignment]
    moving = replace(workspace, on_log=on_log)
    with pytest.raises(DestinationNotWritable):
        export_bundle(moving, incident, a_request(folder, BundleForm.ZIP), ignore, never)
    said = [line.text for line in workspace.log.chronology.of(incident)][-1]
    assert said == "Bundle version 1 could not be put in its place: nothing left"
    assert first_break(workspace.log.custody.walk()) is None
    folder.mkdir()
    assert export_bundle(workspace, incident, a_request(folder), ignore, never).version == 2


def test_an_incident_with_nothing_in_it_makes_no_bundle(
    workspace: Workspace, folder: Path
) -> None:
    empty = start_incident(workspace).incident_id
    with pytest.raises(BundleEmpty):
        export_bundle(workspace, empty, a_request(folder), ignore, never)
    assert Action.EXPORT_INTENDED not in actions(workspace, empty)
    with pytest.raises(NotFound):
        export_bundle(workspace, IncidentId("none"), a_request(folder), ignore, never)
    assert list(folder.iterdir()) == []


def test_words_alone_make_a_bundle(workspace: Workspace, folder: Path) -> None:
    incident_id = start_incident(workspace, "She told me on the bus").incident_id
    request = replace(a_request(folder), recipient="", crime_reference="")
    exported = export_bundle(workspace, incident_id, request, ignore, never)
    assert verify_bundle(exported.path).holds
    assert exported.marks == ()
    assert "no originals" in show_chronology(workspace, incident_id)[-1].text


def test_an_item_without_its_content_row_is_not_passed_over(
    workspace: Workspace, incident: IncidentId, folder: Path, tmp_path: Path
) -> None:
    connection = open_connection(tmp_path / "log" / "log.db", log_file_key())
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM content")
    connection.close()
    with pytest.raises(NotFound):
        export_bundle(workspace, incident, a_request(folder), ignore, never)


def test_a_corrected_answer_stands_beside_the_first(
    workspace: Workspace, incident: IncidentId, folder: Path, clock: FrozenClock
) -> None:
    unsure = workspace.log.evidence.statements(incident)[-1]
    clock.advance(hours=1)
    correct_statement(
        workspace, incident, StatementId(unsure.id), GateAnswer.NO, "It shows a timetable"
    )
    path = export_bundle(workspace, incident, a_request(folder), ignore, never).path
    text = text_of((path / "data/09_Held_back_and_described.pdf").read_bytes())
    assert "It shows a timetable" in text
    assert "not sure" in text


def test_passphrases_are_long_never_the_same_and_never_kept(
    workspace: Workspace, incident: IncidentId, folder: Path, tmp_path: Path
) -> None:
    assert len(set(LETTERS)) ** (GROUPS * GROUP) > 2**80
    assert len({new_passphrase() for _ in range(50)}) == 50
    exported = export_bundle(workspace, incident, a_request(folder, BundleForm.AES), ignore, never)
    secret = exported.passphrase
    assert secret
    assert re.fullmatch(rf"([{LETTERS}]{{4}}-){{4}}[{LETTERS}]{{4}}", secret)
    assert secret not in repr(exported)
    told = [detail.detail for _entry, detail in workspace.log.custody.walk() if detail is not None]
    assert not any(secret in text for text in told)
    assert secret not in text_of(exported.receipt.read_bytes())
