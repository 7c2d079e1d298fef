"""What is noted of a file as it comes in stands in the order in which it was seen."""

from pathlib import Path

from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_png, an_incident
from tests.operations.evidence.copies import take


def test_what_is_noted_of_a_file_stays_in_its_order(workspace: Workspace, tmp_path: Path) -> None:
    incident = an_incident(workspace)
    take(workspace, incident, tmp_path, "c.png", a_png())
    (item,) = list_items(workspace, incident)
    names = [name for name, _value in item.noted]
    assert names[0] == "File last written"
    assert any(name.endswith("as the file says") for name in names)
