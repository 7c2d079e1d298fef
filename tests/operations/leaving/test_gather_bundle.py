"""What a bundle gathers of copies, captures and hands, beside the originals themselves."""

import csv
from pathlib import Path

import pytest

from desktop.domain.evidence.items import Method
from desktop.domain.identifiers import IncidentId
from desktop.domain.leaving.bundle import Audience, BundleForm
from desktop.operations.evidence.confirm_derivative import confirm_derivative
from desktop.operations.evidence.make_derivative import make_transcript
from desktop.operations.evidence.seal_item import seal_item
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.incident.record_incident import enter_fields
from desktop.operations.keys.second_person import SecondPerson
from desktop.operations.leaving.export_bundle import BundleRequest, export_bundle
from desktop.operations.leaving.verify_bundle import verify_bundle
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_file, a_mail, a_no, a_png, an_incident, ignore, never
from tests.export.papers import text_of
from tests.operations.evidence.copies import WHY, cover


@pytest.fixture
def incident(workspace: Workspace, tmp_path: Path) -> IncidentId:
    """Log an incident with two originals."""
    incident_id = an_incident(workspace)
    statement = a_no(workspace, incident_id, "a.png", "b.eml")
    for name, content in (("a.png", a_png()), ("b.eml", a_mail(attached=False))):
        path = a_file(tmp_path, name, content)
        add_file(workspace, incident_id, statement, path, Method.PICKER, ignore, never)
    return incident_id


@pytest.fixture
def request_(tmp_path: Path) -> BundleRequest:
    """Return a request for a bundle as a folder."""
    place = tmp_path / "out"
    place.mkdir()
    return BundleRequest(audience=Audience.POLICE, form=BundleForm.FOLDER, folder=place)


def test_laws_possibly_engaged_are_called_by_their_titles(
    workspace: Workspace, incident: IncidentId, request_: BundleRequest
) -> None:
    enter_fields(workspace, incident, {"laws": ("fraud",)})
    path = export_bundle(workspace, incident, request_, ignore, never).path
    summary = " ".join(text_of((path / "data/01_Summary.pdf").read_bytes()).split())
    assert "Laws possibly engaged Fraud Act 2006" in summary


def test_the_police_are_told_of_a_hate_motive_that_only_the_first_questions_name(
    workspace: Workspace, incident: IncidentId, request_: BundleRequest
) -> None:
    answer_triage(workspace, incident, {"T13": "yes"}, notes={"T13": "religion"})
    path = export_bundle(workspace, incident, request_, ignore, never).path
    summary = " ".join(text_of((path / "data/01_Summary.pdf").read_bytes()).split())
    assert "Hatred or discrimination is recorded as possible: religion." in summary


def test_copies_are_told_of_and_stay_out(
    workspace: Workspace, incident: IncidentId, request_: BundleRequest
) -> None:
    picture, mail = list_items(workspace, incident)
    made = cover(workspace, picture.id)
    confirm_derivative(
        workspace, made.item_id, second=SecondPerson(witness="Sam, tutor", witness_reason="alone")
    )
    words = make_transcript(
        workspace, ignore, never, item_id=mail.id, text="You will see", purpose=WHY
    )
    path = export_bundle(workspace, incident, request_, ignore, never).path
    assert verify_bundle(path, "").problems == ()
    exhibits = {one.name for one in (path / "data/exhibits").iterdir()}
    assert exhibits == {"PXS-1_original.png", "PXS-2_original.eml"}
    text = (path / "data/05_Continuity.csv").read_text("utf-8-sig")
    done = {row["What"] for row in csv.DictReader(text.splitlines()) if row["Exhibit"] == "PXS/1A"}
    assert done == {
        (
            "Redacted copy made of PXS/1: 1 area covered with a solid box. Why: it goes to a "
            "parent or carer"
        ),
        "Compared with its original, confirmed by Sam, tutor, as a named witness, because alone",
    }
    extract = (path / "data/11_Custody_extract.csv").read_text("utf-8-sig")
    assert {f"copy {made.mark}", f"copy {words.mark}"} <= {
        row["About"] for row in csv.DictReader(extract.splitlines())
    }
    listed = text_of((path / "data/04_Exhibit_list.pdf").read_bytes())
    assert made.sha256 in listed
    assert words.sha256 in listed


def test_what_is_sealed_stays_out_and_is_not_said_to_be_in(
    workspace: Workspace, incident: IncidentId, request_: BundleRequest
) -> None:
    picture = list_items(workspace, incident)[0]
    cover(workspace, picture.id)
    seal_item(workspace, picture.id, "It should not be here")
    path = export_bundle(workspace, incident, request_, ignore, never).path
    assert [one.name for one in (path / "data/exhibits").iterdir()] == ["PXS-2_original.eml"]
    text = (path / "data/05_Continuity.csv").read_text("utf-8-sig")
    done = [row["What"] for row in csv.DictReader(text.splitlines()) if row["Exhibit"] == "PXS/1"]
    assert done[-1] == "Left out of this bundle: it is sealed"
    assert "Put into this bundle" not in done


def test_what_was_emptied_is_said_in_short(
    workspace: Workspace, incident: IncidentId, request_: BundleRequest
) -> None:
    made = cover(workspace, list_items(workspace, incident)[0].id)
    workspace.log.connection.execute(
        "DELETE FROM custody_detail WHERE number IN "
        "(SELECT number FROM custody_entry WHERE subject = ?)",
        (made.item_id,),
    )
    path = export_bundle(workspace, incident, request_, ignore, never).path
    text = (path / "data/05_Continuity.csv").read_text("utf-8-sig")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["Exhibit"] == "PXS/1A"]
    assert [row["What"] for row in rows] == ["Copy made"]
