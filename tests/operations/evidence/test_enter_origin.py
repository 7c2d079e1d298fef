"""Where an item comes from: entered once for a set, with every earlier value kept."""

import pytest

from desktop.domain.errors import NotFound
from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.identifiers import ItemId
from desktop.domain.log.custody import Action
from desktop.operations.evidence.enter_origin import enter_origin, show_origin
from desktop.operations.evidence.view_evidence import find_item
from desktop.operations.show_today import show_today
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_capture, a_set

ADDRESS = "https://x.com/nightowl_77/status/18"


def history(workspace: Workspace, item: EvidenceItem) -> list[str]:
    rows = workspace.log.connection.rows(
        "SELECT value FROM field_value WHERE subject = ? AND name = 'source_url' ORDER BY id",
        (item.set_id or item.id,),
    )
    return [str(row[0]) for row in rows]


def test_an_earlier_value_stays_in_the_history(workspace: Workspace) -> None:
    item = a_capture(workspace)
    enter_origin(workspace, item.id, {"source_url": "https://x.com/a", "handle": " @owl "})
    enter_origin(workspace, item.id, {"source_url": ADDRESS, "handle": "@owl"})
    origin = find_item(workspace, item.id).origin
    assert (origin.source_url, origin.handle) == (ADDRESS, "@owl")
    assert history(workspace, item) == ["https://x.com/a", ADDRESS]


def test_each_change_is_kept_once_and_stands_in_the_custody(workspace: Workspace) -> None:
    item = a_capture(workspace)
    values = {"source_url": " https://chatter.example/1 ", "handle": "@owl", "platform": ""}
    enter_origin(workspace, item.id, values)
    changes = enter_origin(workspace, item.id, {**values, "handle": "@nightowl"})
    assert changes.incident_id == item.incident_id
    origin = find_item(workspace, item.id).origin
    assert (origin.source_url, origin.handle) == ("https://chatter.example/1", "@nightowl")
    assert not find_item(workspace, item.id).details_missing
    kept = [(entry.name, entry.value) for entry in workspace.log.fields.history(item.id)]
    assert kept == [
        ("source_url", "https://chatter.example/1"),
        ("handle", "@owl"),
        ("handle", "@nightowl"),
    ]
    enter_origin(workspace, item.id, {"handle": "@nightowl"})
    actions = [entry.action for entry, _ in workspace.log.custody.about([item.id])]
    assert actions == [Action.ITEM_ADDED, Action.DETAILS_ENTERED, Action.DETAILS_ENTERED]


def test_nothing_new_writes_nothing(workspace: Workspace) -> None:
    item = a_capture(workspace)
    enter_origin(workspace, item.id, {"source_url": ADDRESS})
    head = workspace.log.custody.head()
    enter_origin(workspace, item.id, {"source_url": ADDRESS, "note": " "})
    assert workspace.log.custody.head() == head


def test_a_value_can_be_taken_out_again(workspace: Workspace) -> None:
    item = a_capture(workspace)
    enter_origin(workspace, item.id, {"source_url": ADDRESS})
    enter_origin(workspace, item.id, {"source_url": ""})
    assert find_item(workspace, item.id).origin.source_url == ""


def test_a_set_is_told_once_and_counts_once_on_today(workspace: Workspace) -> None:
    first, last = a_set(workspace)
    view = show_origin(workspace, last.id)
    assert view.marks == (str(first.mark), str(last.mark))
    (line,) = [one for one in show_today(workspace).lines if one.target == "item"]
    assert line.title == "2 items do not say where they come from yet"  # the set, and one more
    assert f"{first.mark} to {last.mark}" in line.detail
    enter_origin(workspace, last.id, {"source_url": ADDRESS})
    assert find_item(workspace, first.id).origin.source_url == ADDRESS
    (line,) = [one for one in show_today(workspace).lines if one.target == "item"]
    assert line.title == "1 item does not say where it comes from yet"


def test_one_item_is_told_alone(workspace: Workspace) -> None:
    item = a_capture(workspace)
    assert show_origin(workspace, item.id).marks == (str(item.mark),)


def test_a_field_that_is_none_or_an_item_that_is_gone_is_refused(workspace: Workspace) -> None:
    item = a_capture(workspace)
    for name in ("colour", "sha256"):
        with pytest.raises(ValueError, match=name):
            enter_origin(workspace, item.id, {name: "0"})
    with pytest.raises(NotFound):
        enter_origin(workspace, ItemId("0" * 32), {})
