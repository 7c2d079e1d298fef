"""A receipt says what is known of a thing, and whose hands it went through."""

import pytest

from desktop.domain.errors import NotFound
from desktop.domain.evidence.things import HandlingDetails, Thing
from desktop.operations.evidence.describe_thing import describe_thing
from desktop.operations.evidence.keep_handling import add_handling
from desktop.operations.leaving.make_receipt import make_receipt
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_capture, an_incident
from tests.export.papers import text_of


def flat(pdf: bytes) -> str:
    return " ".join(text_of(pdf).split())


def test_it_names_the_thing_and_the_latest_hands_first(workspace: Workspace) -> None:
    incident = an_incident(workspace)
    thing = Thing(make="Example", model="Phone 7", colour="black", seal="A 100200")
    item_id = describe_thing(workspace, incident, thing).item_id
    for given_to in ("Sam Jones", "PC Example"):
        details = HandlingDetails(at=workspace.now(), given_by="Pat Smith", given_to=given_to)
        add_handling(workspace, item_id, details)
    text = flat(make_receipt(workspace, item_id))
    for words in ("Receipt for PXS/1", "black Example Phone 7", "A 100200", "Colour black"):
        assert words in text, words
    before, after = text.split("In whose hands it was before")
    assert "PC Example" in before
    assert "Sam Jones" in after
    assert "SHA-256" not in text


def test_of_what_the_log_holds_it_gives_the_fingerprint(workspace: Workspace) -> None:
    item = a_capture(workspace)
    details = HandlingDetails(at=workspace.now(), given_by="Pat Smith", given_to="PC Example")
    add_handling(workspace, item.id, details)
    assert item.fingerprint
    assert item.fingerprint.sha256 in flat(make_receipt(workspace, item.id))


def test_there_is_none_before_it_passed_on(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        make_receipt(workspace, a_capture(workspace).id)
