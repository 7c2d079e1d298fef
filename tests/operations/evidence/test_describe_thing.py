"""Things and descriptions become items without a byte; each passing of hands is added for good."""

import sqlite3
from dataclasses import replace

import pytest
import sqlcipher3

from desktop.domain.errors import DiskFailed, LogDamaged, NotFound, ReasonNeeded
from desktop.domain.evidence.items import ItemKind, ItemState
from desktop.domain.evidence.things import HandlingDetails, Thing
from desktop.domain.identifiers import IncidentId, ItemId
from desktop.domain.leaving.bundle import Audience
from desktop.domain.log.custody import Action
from desktop.export.documents import build_documents
from desktop.operations.evidence.describe_thing import (
    describe_only,
    describe_thing,
    enter_thing,
    show_thing,
)
from desktop.operations.evidence.keep_handling import add_handling, list_handling
from desktop.operations.evidence.seal_item import seal_item
from desktop.operations.evidence.view_evidence import find_item
from desktop.operations.leaving.gather_bundle import gather_bundle
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.evidence_pieces import a_capture
from tests.export.papers import text_of

PHONE = Thing(
    make=" Example ", model="One", colour="Black", numbers="IMEI ends 4471", owner="Robin Sample",
    state="Switched off", seal="A 100", place="Safe, office 2", holder="Pat Smith",
)  # fmt: skip


def test_thing_is_an_item_with_a_mark_and_no_content(
    workspace: Workspace, incident: IncidentId
) -> None:
    added = describe_thing(workspace, incident, PHONE, {"original_kept": "Safe, office 2"})
    item = find_item(workspace, added.item_id)
    assert (item.kind, item.state, added.mark) == (ItemKind.THING, ItemState.DESCRIBED, "PXS/1")
    assert item.content_id is None
    assert item.origin.description == "Black Example One, of Robin Sample"
    assert item.origin.original_kept == "Safe, office 2"
    assert show_thing(workspace, added.item_id) == replace(PHONE, make="Example")
    assert workspace.log.chronology.of(incident)[-1].text.startswith("Physical thing: Black")
    ((entry, _),) = workspace.log.custody.about([added.item_id])
    assert entry.action is Action.ITEM_DESCRIBED


def test_own_description_counts_and_later_values_stay_beside_earlier_ones(
    workspace: Workspace, incident: IncidentId
) -> None:
    added = describe_thing(workspace, incident, PHONE, {"description": "Her phone"})
    assert find_item(workspace, added.item_id).origin.description == "Her phone"
    enter_thing(
        workspace, added.item_id, replace(show_thing(workspace, added.item_id), seal="B 7")
    )
    enter_thing(workspace, added.item_id, show_thing(workspace, added.item_id))
    assert show_thing(workspace, added.item_id).seal == "B 7"
    seals = [
        one.value
        for one in workspace.log.fields.history(added.item_id)
        if one.name == "thing_seal"
    ]
    assert seals == ["A 100", "B 7"]
    actions = [entry.action for entry, _ in workspace.log.custody.about([added.item_id])]
    assert actions == [Action.ITEM_DESCRIBED, Action.DETAILS_ENTERED]


def test_description_only_needs_words(workspace: Workspace, incident: IncidentId) -> None:
    with pytest.raises(ReasonNeeded):
        describe_only(workspace, incident, {"description": " ", "platform": "Chatter"})
    with pytest.raises(ReasonNeeded):
        describe_thing(workspace, incident, Thing())
    with pytest.raises(ValueError, match="colour"):
        describe_only(workspace, incident, {"colour": "red"})
    added = describe_only(workspace, incident, {"description": "A story that is gone"})
    item = find_item(workspace, added.item_id)
    assert (item.kind, item.state) == (ItemKind.DESCRIPTION, ItemState.DESCRIBED)
    with pytest.raises(NotFound):
        enter_thing(workspace, added.item_id, PHONE)
    with pytest.raises(NotFound):
        enter_thing(workspace, ItemId("nobody"), PHONE)


def test_hands_are_added_in_their_order_and_never_changed(
    workspace: Workspace, incident: IncidentId, clock: FrozenClock
) -> None:
    item_id = describe_thing(workspace, incident, PHONE).item_id
    now = workspace.now()
    second = HandlingDetails(
        at=now, given_by="Pat Smith", given_to="PC  1234", purpose="Examination",
        place="Front desk", seal="A 100", reference="EX/4471/26",
    )  # fmt: skip
    add_handling(workspace, item_id, second)
    first = HandlingDetails(
        at=clock.advance(hours=-1), given_by="Robin Sample", given_to="Pat Smith"
    )
    clock.advance(hours=1)
    changes = add_handling(workspace, item_id, first)
    assert changes.incident_id == incident
    entries = list_handling(workspace, item_id)
    assert [entry.details.given_to for entry in entries] == ["Pat Smith", "PC 1234"]
    assert [entry.by for entry in entries] == ["Pat Smith", "Pat Smith"]
    assert any("seal: A 100" in line.text for line in workspace.log.chronology.of(incident))
    with pytest.raises((DiskFailed, LogDamaged, sqlite3.Error, sqlcipher3.dbapi2.Error)):
        workspace.log.connection.execute("UPDATE handling SET given_to = 'Somebody'")


def test_hands_need_both_names_and_an_item(workspace: Workspace, incident: IncidentId) -> None:
    item_id = describe_thing(workspace, incident, PHONE).item_id
    half = HandlingDetails(at=workspace.now(), given_by="Pat Smith", given_to=" ")
    with pytest.raises(ReasonNeeded):
        add_handling(workspace, item_id, half)
    with pytest.raises(NotFound):
        add_handling(workspace, ItemId("nobody"), replace(half, given_to="PC 1234"))
    assert list_handling(workspace, item_id) == ()


def test_bundle_lists_things_their_hands_and_what_is_sealed(
    workspace: Workspace, incident: IncidentId
) -> None:
    item_id = describe_thing(workspace, incident, PHONE, {"note": "The screen is cracked"}).item_id
    idle = describe_thing(workspace, incident, Thing(make="Other")).item_id
    hand = HandlingDetails(
        at=workspace.now(), given_by="Robin Sample", given_to="Pat Smith", seal="A 100"
    )
    add_handling(workspace, item_id, hand)
    capture = a_capture(workspace, incident)
    seal_item(workspace, capture.id, "Pat saw it")
    content = gather_bundle(
        workspace, incident, Audience.POLICE, version=1, made_at=workspace.now(), recipient="",
        crime_reference="",
    )  # fmt: skip
    assert [item.id for item in content.physical] == [item_id, idle]
    assert content.kept == ()
    papers = {one.path: one.content for one in build_documents(content) if one.path[-3:] == "pdf"}
    things = " ".join(text_of(papers["10_Physical_items.pdf"]).split())
    for words in ("PXS/1", "IMEI ends 4471", "Robin Sample", "The screen is cracked", "A 100",
                  "No hand-over was entered"):  # fmt: skip
        assert words in things
    held = " ".join(text_of(papers["09_Held_back_and_described.pdf"]).split())
    assert "sealed" in held
    assert "Example" not in held
    continuity = " ".join(text_of(papers["05_Continuity.pdf"]).split())
    assert "From Robin Sample, to Pat Smith; seal: A 100" in continuity
    assert "Sealed: not shown" in continuity
