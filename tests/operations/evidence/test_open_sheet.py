"""A picture or page is laid out once it was checked; the look is recorded once."""

from pathlib import Path

import pytest

from desktop.domain.errors import HeldBack, PictureUnreadable
from desktop.domain.identifiers import IncidentId, ItemId
from desktop.domain.log.custody import Action
from desktop.domain.people import Role
from desktop.operations.evidence import view_evidence
from desktop.operations.evidence.make_derivative import NO_PAGE
from desktop.operations.evidence.make_statement import hold_back
from desktop.operations.evidence.open_sheet import Sheet, open_sheet
from desktop.operations.incident.keep_people import add_person
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_no, a_pdf, a_png, ignore, never
from tests.operations.evidence.copies import take


def lay_out(workspace: Workspace, item_id: ItemId, page: int = NO_PAGE) -> Sheet:
    return open_sheet(workspace, ignore, never, item_id=item_id, page=page)


def looks(workspace: Workspace, item_id: ItemId) -> int:
    entries = workspace.log.custody.about([item_id])
    return sum(entry.action is Action.ITEM_VIEWED for entry, _detail in entries)


def test_a_picture_with_who_is_in_the_incident(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    person = add_person(workspace, incident, Role.TARGET, {"name": "Riley Example"}).person_id
    add_person(workspace, incident, Role.WITNESS, {})
    item_id = take(workspace, incident, tmp_path, "a.png", a_png())
    sheet = lay_out(workspace, item_id)
    assert (sheet.picture.width, sheet.page, sheet.pages) == (64, NO_PAGE, 0)
    assert sheet.people[0] == (person, "Riley Example, target")
    assert sheet.people[1][1] == "somebody unnamed, witness"
    assert looks(workspace, item_id) == 1


def test_turning_the_pages_is_one_look(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    item_id = take(workspace, incident, tmp_path, "a.pdf", a_pdf(pages=3))
    first = lay_out(workspace, item_id)
    assert (first.page, first.pages, first.picture.width) == (0, 3, 600)
    assert lay_out(workspace, item_id, 2).page == 2
    assert looks(workspace, item_id) == 1


def test_what_is_held_back_or_too_large_is_not_laid_out(
    workspace: Workspace, incident: IncidentId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    item_id = take(workspace, incident, tmp_path, "a.png", a_png())
    monkeypatch.setattr(view_evidence, "SHOWN_BYTES", 10)
    with pytest.raises(PictureUnreadable):
        lay_out(workspace, item_id)
    assert looks(workspace, item_id) == 0
    hold_back(workspace, incident, a_no(workspace, incident), "photo.jpg", "Described")
    with pytest.raises(HeldBack):
        lay_out(workspace, workspace.log.evidence.items(incident)[-1].id)
