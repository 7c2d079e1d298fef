"""A text copy holds what was chosen, and nothing else of the original."""

import json
from pathlib import Path

import pytest

from desktop.domain.errors import HeldBack, NotAllowed, ReasonNeeded
from desktop.domain.evidence.items import ItemKind
from desktop.domain.evidence.text_choice import range_text
from desktop.domain.identifiers import IncidentId, ItemId
from desktop.domain.log.custody import Action
from desktop.domain.people import Role
from desktop.operations.evidence.make_derivative import DerivativeMade, Purpose
from desktop.operations.evidence.make_statement import hold_back
from desktop.operations.evidence.redact_text import Words, make_text_copy, open_words
from desktop.operations.evidence.view_evidence import find_item
from desktop.operations.incident.keep_people import add_person
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_mail, a_no, a_png, an_incident, ignore, never
from tests.operations.evidence.copies import WHY, content_of, take

BODY = "You will see, Riley.\nRiley Example lives near.\nLast line."


@pytest.fixture
def incident(workspace: Workspace) -> IncidentId:
    incident = an_incident(workspace)
    add_person(workspace, incident, Role.TARGET, {"name": "Riley Example"})
    return incident


@pytest.fixture
def mail(workspace: Workspace, incident: IncidentId, tmp_path: Path) -> ItemId:
    return take(workspace, incident, tmp_path, "a.eml", a_mail(BODY))


def words_of(workspace: Workspace, item_id: ItemId) -> Words:
    return open_words(workspace, ignore, never, item_id=item_id)


def copy(
    workspace: Workspace,
    item_id: ItemId,
    kept: set[int],
    covered: tuple[str, ...] = (),
    purpose: Purpose = WHY,
) -> DerivativeMade:
    return make_text_copy(
        workspace, ignore, never, item_id=item_id, kept=frozenset(kept), covered=covered,
        purpose=purpose,
    )  # fmt: skip


def test_only_what_was_chosen_is_in_the_copy(workspace: Workspace, mail: ItemId) -> None:
    words = words_of(workspace, mail)
    wanted = {
        place
        for place, piece in enumerate(words.pieces)
        if piece.label == "Date" or "You will see" in piece.text
    }
    made = copy(workspace, mail, wanted, ("Riley",))
    item = find_item(workspace, made.item_id)
    text = content_of(workspace, item).decode()
    assert made.mark == "PXS/1A"
    assert (item.kind, item.media_type) == (ItemKind.REDACTED, "text/plain")
    assert text.startswith("Redacted copy of PXS/1 (e-mail).")
    assert "Date: Thu, 19 Nov 2026 21:14:00 +0000" in text
    assert "You will see, █████." in text
    for hidden in ("Riley", "Example", "nightowl", "photo.png", "relay", "Last line", "<1@"):
        assert hidden not in text
    noted = dict(item.noted)
    assert noted["what was done"].endswith("; 1 word or name covered")
    assert "Riley" not in noted["what was done"]
    detail = workspace.log.custody.about([made.item_id])[0][1]
    assert detail
    assert "Riley" not in detail.detail
    assert json.loads(detail.detail)["plan"] == range_text(wanted)


def test_the_look_is_recorded_and_names_are_known(workspace: Workspace, mail: ItemId) -> None:
    words = words_of(workspace, mail)
    assert workspace.log.custody.about([mail])[-1][0].action is Action.ITEM_VIEWED
    assert [name for _id, name in words.people] == ["Riley Example, target"]
    assert words.named("told Riley Example") == ("Riley Example (“Riley Example”)",)
    assert words.named("nobody") == ()


def test_nothing_chosen_makes_no_copy(workspace: Workspace, mail: ItemId) -> None:
    for kept in (set(), {9999}):
        with pytest.raises(NotAllowed):
            copy(workspace, mail, kept)
    with pytest.raises(ReasonNeeded):
        copy(workspace, mail, {0}, purpose=Purpose(reason=""))
    assert workspace.log.evidence.derivatives(mail) == []


def test_what_has_no_words_or_is_held_back_is_said(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    picture = take(workspace, incident, tmp_path, "a.png", a_png())
    with pytest.raises(NotAllowed):
        words_of(workspace, picture)
    hold_back(workspace, incident, a_no(workspace, incident), "photo.jpg", "Described")
    held = workspace.log.evidence.items(incident)[-1].id
    with pytest.raises(HeldBack):
        words_of(workspace, held)


def test_of_a_chat_single_messages_stay(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    chat = (
        "[14/11/2026, 21:03:05] Night Owl: you will see\n"
        "[14/11/2026, 21:04:05] Riley Example: leave me\nalone\n"
        "[15/11/2026, 08:00:00] Night Owl: ha\n"
    )
    item_id = take(workspace, incident, tmp_path, "_chat.txt", chat.encode())
    assert len(words_of(workspace, item_id).pieces) == 3
    made = copy(workspace, item_id, {0})
    text = content_of(workspace, find_item(workspace, made.item_id)).decode()
    assert "14 Nov 2026, 21:03:05, Night Owl: you will see\n[2 pieces left out]" in text
    assert "Riley" not in text


def test_of_a_saved_page_the_words_are_chosen(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    page = b"<html><body><p>One</p><p>Two</p><script>evil()</script></body></html>"
    item_id = take(workspace, incident, tmp_path, "a.html", page)
    words = [piece.text for piece in words_of(workspace, item_id).pieces]
    assert {"One", "Two"} <= set(words)
    assert not any("evil" in word for word in words)
