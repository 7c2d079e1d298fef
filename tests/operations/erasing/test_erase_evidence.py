"""A record with every kind of evidence is erased: nothing of it is in any page or journal."""

from pathlib import Path

from desktop.domain.log.custody import first_break
from desktop.operations.erasing.erase_record import erase_record
from desktop.operations.erasing.plan_erasure import enter_instruction
from desktop.operations.incident.keep_retention import enter_class
from desktop.operations.incident.record_incident import close_incident, start_incident
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import ignore, never
from tests.operations.erasing.erasures import CANARY, pages
from tests.operations.story_evidence import WITNESS, EvidenceDeeds
from tests.operations.wander import INSTRUCTION


def test_nothing_of_any_kind_of_evidence_is_in_any_page(
    workspace: Workspace, tmp_path: Path
) -> None:
    deeds = EvidenceDeeds(tmp_path, CANARY, lambda *_told: None)
    incident_id = start_incident(workspace, "Comments").incident_id
    for deed in (
        deeds.capture_a_set, deeds.take_a_mail, deeds.take_a_chat, deeds.describe, deeds.copy,
        deeds.take_the_rest_of_a_mail, deeds.correct, deeds.seal,
    ):  # fmt: skip
        deed(workspace, incident_id)
    contents = [
        b"".join(workspace.contents.read(row.id, row.file_number))
        for row in workspace.log.evidence.contents()
    ]
    sealed = workspace.log.sealed.all()
    close_incident(workspace, incident_id, outcome="Done", control_measure="None")
    enter_class(workspace, incident_id, "no-concern")
    enter_instruction(workspace, incident_id, INSTRUCTION)
    before = pages(tmp_path / "log")
    assert CANARY.encode() in before
    assert all(content[-40:] in before for content in contents)
    erased = erase_record(
        workspace, incident_id, reason="Its time is over", second=WITNESS, progress=ignore,
        cancelled=never,
    )  # fmt: skip
    assert erased.is_cleared
    left = pages(tmp_path / "log")
    assert CANARY.encode() not in left
    assert not any(content[-40:] in left for content in contents if content[-40:])
    assert workspace.log.sealed.all() == sealed
    assert first_break(workspace.log.custody.walk()) is None
    assert workspace.log.consistency.broken_references() == 0
    assert workspace.log.consistency.details_of_nobody() == 0
