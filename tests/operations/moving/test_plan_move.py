"""What a move would take along and what stays behind is counted before, and nothing is changed."""

from pathlib import Path

from desktop.domain.leaving.bundle import Audience, BundleForm
from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import add_backup_place
from desktop.operations.browse_incidents import show_incident
from desktop.operations.incident.keep_links import link_incident
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.leaving.export_bundle import BundleRequest, export_bundle
from desktop.operations.moving.plan_move import plan_move
from desktop.operations.workspace import Workspace
from desktop.ui.incident.move_words import say_staying
from tests.evidence_pieces import ignore, never
from tests.operations.erasing.erasures import word
from tests.operations.moving.moves import a_restricted_log, an_open_case, move


def test_it_counts_what_goes_and_names_what_stays(workspace: Workspace, tmp_path: Path) -> None:
    incident_id = an_open_case(workspace, tmp_path)
    (tmp_path / "backups").mkdir()
    (tmp_path / "out").mkdir()
    add_backup_place(workspace, tmp_path / "backups")
    back_up(workspace, ignore, never)
    asked = BundleRequest(
        audience=Audience.POLICE, form=BundleForm.FOLDER, folder=tmp_path / "out",
        recipient="Sgt Roe",
    )  # fmt: skip
    export_bundle(workspace, incident_id, asked, ignore, never)
    other = start_incident(workspace, "Another").incident_id
    link_incident(workspace, incident_id, other, "The same people")
    before = workspace.log.custody.head()
    plan = plan_move(workspace, ignore, never, incident_id=incident_id)
    assert workspace.log.custody.head() == before
    assert plan.in_the_way is None
    assert plan.people == (word("Robin"),)
    assert plan.people_staying == ("Kim Stays",)
    assert (plan.contacts, plan.shared, plan.sealed) == (1, 1, 3)
    assert plan.exhibits > 10
    assert plan.entries > 10
    assert plan.checklists
    assert plan.linked == (show_incident(workspace, other).incident.number,)
    assert f"In {plan.linked[0]}: the line that says they were linked" in say_staying(plan)
    (bundle,) = plan.bundles
    assert bundle.startswith("Version 1, 20 Nov 2026")
    assert "Sgt Roe" in bundle
    (backup,) = plan.backups
    assert (backup.place, backup.count) == (str(tmp_path / "backups"), 1)


def test_what_a_backup_holds_stays_there_after_the_move(
    workspace: Workspace, tmp_path: Path
) -> None:
    incident_id = an_open_case(workspace, tmp_path)
    (tmp_path / "backups").mkdir()
    add_backup_place(workspace, tmp_path / "backups")
    back_up(workspace, ignore, never)
    files = {path for path in (tmp_path / "backups").rglob("*") if path.is_file()}
    a_restricted_log(tmp_path / "stick")
    move(workspace, incident_id, tmp_path / "stick")
    assert {path for path in (tmp_path / "backups").rglob("*") if path.is_file()} == files
