"""What is sealed is neither shown nor backed up any more, and is recognised if it comes again."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from desktop.domain.errors import (
    HeldBack,
    ItemSealed,
    NotFound,
    ReasonNeeded,
    SealedRecognised,
    StatementNeeded,
)
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import ItemState, Method
from desktop.domain.identifiers import IncidentId, ItemId
from desktop.domain.log.custody import Action
from desktop.domain.steps.triage import procedures_for_gate
from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import add_backup_place
from desktop.operations.checking.check_log import check_log
from desktop.operations.erasing.plan_erasure import plan_erasure
from desktop.operations.evidence.keep_content import ItemAdded
from desktop.operations.evidence.make_statement import hold_back
from desktop.operations.evidence.seal_item import seal_item
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.evidence.view_evidence import (
    check_item,
    list_items,
    make_thumbnail,
    open_item,
)
from desktop.operations.workspace import Workspace
from desktop.store.backup_folder import BackupFolder
from tests.clocks import FrozenClock
from tests.evidence_pieces import (
    a_capture,
    a_file,
    a_mail,
    a_no,
    a_no_for,
    a_png,
    an_incident,
    ignore,
    never,
)


def take(workspace: Workspace, incident: IncidentId, path: Path) -> ItemAdded:
    statement = a_no_for(workspace, incident, path)
    return add_file(workspace, incident, statement, path, Method.DROP, ignore, never)


def states(workspace: Workspace, incident: IncidentId) -> dict[str, ItemState]:
    return {str(item.mark): item.state for item in list_items(workspace, incident)}


def test_every_item_with_the_content_is_sealed_in_every_incident(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "photo.png", a_png())
    first = take(workspace, incident, path)
    other = an_incident(workspace, "Another")
    take(workspace, other, path)
    kept = take(workspace, other, a_file(tmp_path, "else.png", a_png("red")))
    sealed = seal_item(workspace, first.item_id, "Pat saw it", "By e-mail", "Pat, once")
    assert sealed.marks == ("PXS/1 in 2026-0001", "PXS/1 in 2026-0002")
    assert states(workspace, incident) == {"PXS/1": ItemState.SEALED}
    assert states(workspace, other) == {"PXS/1": ItemState.SEALED, "PXS/2": ItemState.KEPT}
    row = workspace.log.incidents.get(other)
    assert row
    assert row.careful
    line = workspace.log.chronology.of(incident)[-1].text
    assert "How it came in: By e-mail. Who saw it: Pat, once" in line
    actions = [entry.action for entry, _ in workspace.log.custody.about([first.item_id])]
    assert actions[-1] is Action.ITEM_SEALED
    open_item(workspace, kept.item_id, ignore, never)


def test_nothing_opens_or_checks_what_is_sealed(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    item_id = take(workspace, incident, a_file(tmp_path, "photo.png", a_png())).item_id
    seal_item(workspace, item_id, "Pat saw it")
    with pytest.raises(ItemSealed):
        open_item(workspace, item_id, ignore, never)
    with pytest.raises(ItemSealed):
        check_item(workspace, item_id, ignore, never)
    assert make_thumbnail(workspace, item_id, 64, ignore, never).picture is None
    with pytest.raises(ItemSealed):
        seal_item(workspace, item_id, "Again")


def test_mail_is_sealed_with_what_came_inside_it_but_not_its_neighbours(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    mail = take(workspace, incident, a_file(tmp_path, "a.eml", a_mail()))
    other = take(workspace, incident, a_file(tmp_path, "b.eml", a_mail("Other words")))
    assert (mail.mark, mail.inside, other.inside) == ("PXS/1", ("PXS/2",), ("PXS/4",))
    child = list_items(workspace, incident)[1]
    sealed = seal_item(workspace, child.id, "Pat saw it")
    # Both mails carry the same attachment: both hold what is sealed.
    assert {mark.split()[0] for mark in sealed.marks} == {"PXS/1", "PXS/2", "PXS/3", "PXS/4"}


def test_sealing_a_mail_leaves_what_came_beside_it(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    two = a_mail_with({"one.png": a_png("red"), "two.png": a_png("blue")})
    take(workspace, incident, a_file(tmp_path, "a.eml", two))
    _mail, one, _two = list_items(workspace, incident)
    seal_item(workspace, one.id, "Pat saw it")
    assert states(workspace, incident) == {
        "PXS/1": ItemState.SEALED,
        "PXS/2": ItemState.SEALED,
        "PXS/3": ItemState.KEPT,
    }


def a_mail_with(attached: dict[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.net", "b@example.org", "Words"
    message.set_content("Words")
    for name, content in attached.items():
        message.add_attachment(content, maintype="image", subtype="png", filename=name)
    return message.as_bytes()


@pytest.mark.parametrize("known_size", [True, False])
def test_sealed_content_is_recognised_when_it_comes_again(
    workspace: Workspace,
    incident: IncidentId,
    tmp_path: Path,
    known_size: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = a_file(tmp_path, "photo.png", a_png())
    seal_item(workspace, take(workspace, incident, path).item_id, "Pat saw it")
    if not known_size:
        # As if the file had been written into while it came in: its size fits nothing at first.
        monkeypatch.setattr(workspace.log.sealed, "has_size", lambda _size: False)
    other = an_incident(workspace, "Another")
    before = workspace.contents.held_in(1)
    with pytest.raises(SealedRecognised) as caught:
        take(workspace, other, path)
    assert (caught.value.file_name, caught.value.mark) == ("photo.png", "PXS/1")
    (item,) = list_items(workspace, other)
    assert item.state is ItemState.HELD_BACK
    assert "photo.png: not kept" in item.origin.description
    assert "PXS/1 in 2026-0001" in item.origin.description
    assert workspace.contents.held_in(1) == before
    assert workspace.log.intents.all() == []
    entries = [entry.action for entry, _ in workspace.log.custody.about([other])]
    assert Action.SEALED_RECOGNISED in entries


def test_sealed_attachment_keeps_the_whole_mail_out(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "photo.png", a_png())
    seal_item(workspace, take(workspace, incident, path).item_id, "Pat saw it")
    mail = a_file(tmp_path, "a.eml", a_mail_with({"first.png": a_png("red"), "x.png": a_png()}))
    before = workspace.contents.held_in(1)
    other = an_incident(workspace, "Another")
    with pytest.raises(SealedRecognised) as caught:
        take(workspace, other, mail)
    assert caught.value.file_name == "x.png"
    assert [item.state for item in list_items(workspace, other)] == [ItemState.HELD_BACK]
    assert workspace.contents.held_in(1) == before


def test_the_answer_to_a_recognised_file_is_used_up(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "photo.png", a_png())
    seal_item(workspace, take(workspace, incident, path).item_id, "Pat saw it")
    statement = a_no(workspace, incident)
    add_file(
        workspace, incident, statement, a_file(tmp_path, "b.png", a_png("red")), Method.DROP,
        ignore, never,
    )  # fmt: skip
    with pytest.raises(StatementNeeded):
        add_file(workspace, incident, statement, path, Method.DROP, ignore, never)


def test_sealed_content_goes_into_no_new_backup(
    workspace: Workspace, incident: IncidentId, tmp_path: Path, clock: FrozenClock
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    add_backup_place(workspace, place)
    item_id = take(workspace, incident, a_file(tmp_path, "photo.png", a_png())).item_id
    back_up(workspace, ignore, never)
    sealed = seal_item(workspace, item_id, "Pat saw it")
    assert [(held.path, held.count) for held in sealed.backups] == [(str(place), 1)]
    (item,) = list_items(workspace, incident)
    clock.advance(hours=25)
    back_up(workspace, ignore, never)
    folder = BackupFolder.of(place, workspace.keys.log_id)
    newest, oldest = folder.snapshots()
    assert item.content_id in {one.id for one in oldest.read_note().contents}
    assert newest.read_note().contents == ()
    assert newest.read_note().left_out == ()


def test_a_check_of_the_log_does_not_read_it_and_does_not_miss_it(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    item_id = take(workspace, incident, a_file(tmp_path, "photo.png", a_png())).item_id
    seal_item(workspace, item_id, "Pat saw it")
    check = check_log(workspace, ignore, never)
    assert check.holds
    assert check.altered == ()


def test_erasing_it_takes_an_instruction_of_the_police(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    item_id = take(workspace, incident, a_file(tmp_path, "photo.png", a_png())).item_id
    seal_item(workspace, item_id, "Pat saw it")
    assert plan_erasure(workspace, incident).held_back == ("PXS/1",)


def test_sealing_needs_a_reason_and_something_to_seal(
    workspace: Workspace, incident: IncidentId
) -> None:
    hold_back(workspace, incident, a_no(workspace, incident), "photo.jpg", "Described")
    (item,) = list_items(workspace, incident)
    with pytest.raises(HeldBack):
        seal_item(workspace, item.id, "Pat saw it")
    with pytest.raises(ReasonNeeded):
        seal_item(workspace, item.id, " ")
    with pytest.raises(NotFound):
        seal_item(workspace, ItemId("nobody"), "Pat saw it")


@pytest.mark.parametrize("concern", [None, *Concern])
def test_the_steps_for_what_it_may_be_start(
    workspace: Workspace, incident: IncidentId, concern: Concern | None
) -> None:
    item = a_capture(workspace, incident)
    seal_item(workspace, item.id, "Pat saw it", concern=concern)
    running = {one.procedure_id for one in workspace.log.checklists.of(incident)}
    wanted = procedures_for_gate(GateAnswer.NOT_SURE, concern, workspace.procedures)
    assert wanted
    assert running >= set(wanted)
