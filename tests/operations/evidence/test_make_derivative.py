"""A copy gets a mark, a fingerprint and a reason of its own; the original stays as it was."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from desktop.domain.changes import Topic
from desktop.domain.errors import (
    DiskFull,
    HeldBack,
    ItemsAltered,
    ItemSealed,
    NotAllowed,
    NotFound,
    PictureUnreadable,
    ReasonNeeded,
)
from desktop.domain.evidence.derivatives import Mark, PicturePlan, Shape, read_plan
from desktop.domain.evidence.items import EvidenceItem, ItemKind, ItemState, Method
from desktop.domain.identifiers import IncidentId, ItemId
from desktop.domain.log.custody import Action
from desktop.operations.evidence import make_derivative, view_evidence
from desktop.operations.evidence.enter_origin import enter_origin
from desktop.operations.evidence.make_derivative import (
    DerivativeMade,
    Purpose,
    make_picture_copies,
    make_picture_copy,
    make_transcript,
    preview_picture_copy,
)
from desktop.operations.evidence.make_statement import hold_back
from desktop.operations.evidence.seal_item import seal_item
from desktop.operations.evidence.view_evidence import find_item, open_item
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.reading.decoder import Decoder
from desktop.operations.workspace import Workspace
from desktop.store import contents
from tests.evidence_pieces import (
    CHANGED,
    a_mail,
    a_no,
    a_pdf,
    a_png,
    ignore,
    never,
    spoil,
)
from tests.operations.evidence.copies import PLAN, WHY, content_of, cover, take


@pytest.fixture
def picture(workspace: Workspace, incident: IncidentId, tmp_path: Path) -> ItemId:
    return take(workspace, incident, tmp_path, "a.png", a_png())


def transcribe(workspace: Workspace, item_id: ItemId, text: str) -> DerivativeMade:
    return make_transcript(workspace, ignore, never, item_id=item_id, text=text, purpose=WHY)


def test_a_redacted_copy_is_kept_beside_its_original(
    workspace: Workspace, picture: ItemId, incident: IncidentId
) -> None:
    enter_origin(workspace, picture, {"description": "Comment by @owl"})
    before = find_item(workspace, picture)
    made = cover(workspace, picture)
    copy = find_item(workspace, made.item_id)
    assert made.mark == str(copy.mark) == "PXS/1A"
    assert (copy.kind, copy.state, copy.method) == (
        ItemKind.REDACTED,
        ItemState.KEPT,
        Method.DERIVED,
    )
    assert copy.derived_from == picture
    assert copy.media_type == "image/png"
    assert copy.origin.description == "Redacted copy of PXS/1"
    assert copy.captured_by == "Pat Smith"
    assert copy.statement_id == before.statement_id
    noted = dict(copy.noted)
    assert noted["what was done"] == "1 area covered with a solid box"
    assert noted["why"] == WHY.reason
    assert noted["made from"] == "PXS/1"
    assert find_item(workspace, picture) == before
    assert content_of(workspace, before) == a_png()
    assert made.changes.touch(incident, Topic.EVIDENCE)
    image = Image.open(io.BytesIO(content_of(workspace, copy)))
    assert image.getpixel((31, 39)) == (0, 0, 0)
    assert image.getpixel((32, 39)) == (0, 128, 128)


def test_what_was_done_why_and_by_whom_is_on_record(
    workspace: Workspace, picture: ItemId, incident: IncidentId
) -> None:
    made = cover(workspace, picture)
    entry, detail = workspace.log.custody.about([made.item_id])[0]
    assert entry.action is Action.DERIVATIVE_MADE
    assert entry.keyholder == "pat"
    assert detail
    told = json.loads(detail.detail)
    assert told["mark"] == "PXS/1A"
    assert told["made_from"] == "PXS/1"
    assert told["sha256"] == made.sha256
    assert told["made_from_sha256"] != made.sha256
    assert told["reason"] == WHY.reason
    assert read_plan(told["plan"]) == PLAN
    line = show_chronology(workspace, incident)[-1]
    assert line.mark == "PXS/1A"
    assert "Redacted copy made of PXS/1: 1 area covered with a solid box." in line.text
    assert workspace.log.intents.all() == []


def test_letters_go_on_and_a_copy_of_a_copy_belongs_to_the_original(
    workspace: Workspace, picture: ItemId
) -> None:
    first = cover(workspace, picture)
    framed = PicturePlan(64, 40, (Mark(Shape.FRAME, 5, 5, 20, 20),))
    second = cover(workspace, first.item_id, framed)
    assert second.mark == "PXS/1B"
    copy = find_item(workspace, second.item_id)
    assert copy.kind is ItemKind.ANNOTATED
    assert copy.derived_from == picture
    assert dict(copy.noted)["made from"] == "PXS/1A"
    assert [str(one.mark) for one in workspace.log.evidence.derivatives(picture)] == [
        "PXS/1A",
        "PXS/1B",
    ]


def test_who_can_be_seen_is_kept_with_the_copy(workspace: Workspace, picture: ItemId) -> None:
    purpose = Purpose(reason="to work with", people_seen=("p1", "p2"), others_seen=" a passer-by ")
    made = make_picture_copy(workspace, picture, PLAN, purpose, ignore, never)
    origin = find_item(workspace, made.item_id).origin
    assert origin.people_seen == "p1+p2"
    assert origin.others_seen == "a passer-by"


def test_a_preview_keeps_nothing(workspace: Workspace, picture: ItemId) -> None:
    made = preview_picture_copy(workspace, ignore, never, item_id=picture, plan=PLAN)
    assert (made.width, made.height) == (64, 40)
    assert workspace.log.evidence.derivatives(picture) == []
    assert len(workspace.log.evidence.contents()) == 1


def test_a_page_becomes_a_picture(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    item_id = take(workspace, incident, tmp_path, "a.pdf", a_pdf())
    made = make_picture_copy(workspace, item_id, PicturePlan(300, 400), WHY, ignore, never, page=1)
    copy = find_item(workspace, made.item_id)
    assert copy.kind is ItemKind.CROPPED
    assert dict(copy.noted)["what was done"] == "page 2 made into a picture"
    assert open_item(workspace, made.item_id, ignore, never).content


def test_several_pages_become_several_copies(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    item_id = take(workspace, incident, tmp_path, "a.pdf", a_pdf(pages=3))
    plan = PicturePlan(300, 400, (Mark(Shape.COVER, 0, 0, 50, 50),))
    made = make_picture_copies(
        workspace, ignore, never, item_id=item_id, plans={0: plan, 2: plan}, purpose=WHY
    )
    assert made.marks == "PXS/1A, PXS/1B"
    done = [dict(one.noted)["what was done"] for one in copies(workspace, item_id)]
    covered = "1 area covered with a solid box"
    assert done == [
        f"page 1 made into a picture; {covered}",
        f"page 3 made into a picture; {covered}",
    ]


def copies(workspace: Workspace, item_id: ItemId) -> list[EvidenceItem]:
    return workspace.log.evidence.derivatives(item_id)


def test_a_transcript_is_kept_as_text(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    item_id = take(workspace, incident, tmp_path, "a.mp3", b"ID3\x03" + bytes(200))
    made = transcribe(workspace, item_id, "  Voice: you will see. \n")
    copy = find_item(workspace, made.item_id)
    assert (copy.kind, copy.media_type) == (ItemKind.TRANSCRIPT, "text/plain")
    assert content_of(workspace, copy) == b"Voice: you will see.\n"
    assert dict(copy.noted)["what was done"] == "written down by Pat Smith"
    with pytest.raises(ReasonNeeded):
        transcribe(workspace, item_id, " ")


def test_it_must_be_said_why_and_something_must_be_done(
    workspace: Workspace, picture: ItemId
) -> None:
    with pytest.raises(ReasonNeeded):
        make_picture_copy(workspace, picture, PLAN, Purpose(reason=" "), ignore, never)
    with pytest.raises(NotAllowed):
        cover(workspace, picture, PicturePlan(64, 40))


def test_what_is_held_back_or_missing_has_no_copy(
    workspace: Workspace, incident: IncidentId
) -> None:
    hold_back(workspace, incident, a_no(workspace, incident), "photo.jpg", "Described")
    item_id = workspace.log.evidence.items(incident)[0].id
    with pytest.raises(HeldBack):
        cover(workspace, item_id)
    with pytest.raises(HeldBack):
        transcribe(workspace, item_id, "words")
    with pytest.raises(NotFound):
        cover(workspace, ItemId("none"))


def test_an_altered_original_makes_no_copy(
    workspace: Workspace, picture: ItemId, tmp_path: Path
) -> None:
    spoil(tmp_path / "log", CHANGED)
    workspace.contents.forget_pages()
    with pytest.raises(ItemsAltered):
        cover(workspace, picture)
    assert workspace.log.evidence.derivatives(picture) == []


def test_what_is_no_picture_makes_no_copy(
    workspace: Workspace, incident: IncidentId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    item_id = take(workspace, incident, tmp_path, "a.eml", a_mail())
    with pytest.raises(PictureUnreadable):
        cover(workspace, item_id)
    monkeypatch.setattr(view_evidence, "SHOWN_BYTES", 10)
    with pytest.raises(PictureUnreadable):
        cover(workspace, item_id)


def test_a_full_disk_leaves_nothing_half_done(
    workspace: Workspace, picture: ItemId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "SPARE_ROOM", 2**62)
    with pytest.raises(DiskFull):
        cover(workspace, picture)
    assert workspace.log.evidence.derivatives(picture) == []
    assert workspace.log.intents.all() == []
    assert make_derivative.INTENT == "derivative"


@pytest.mark.parametrize("first", ["original", "copy"])
def test_what_is_sealed_is_sealed_with_its_picture_copies(
    workspace: Workspace, picture: ItemId, first: str
) -> None:
    covered = cover(workspace, picture)
    cropped = cover(workspace, picture, PicturePlan(64, 40, (), (0, 0, 20, 20)))
    words = transcribe(workspace, picture, "What was said")
    sealed = seal_item(
        workspace, picture if first == "original" else covered.item_id, "It should not be here"
    )
    assert {mark.split()[0] for mark in sealed.marks} == {"PXS/1", "PXS/1A", "PXS/1B"}
    for item_id in (picture, covered.item_id, cropped.item_id):
        assert find_item(workspace, item_id).state is ItemState.SEALED
        with pytest.raises(ItemSealed):
            cover(workspace, item_id)
    assert find_item(workspace, words.item_id).state is ItemState.KEPT


def test_a_sealed_copy_in_words_leaves_the_rest(workspace: Workspace, picture: ItemId) -> None:
    words = transcribe(workspace, picture, "What was said")
    sealed = seal_item(workspace, words.item_id, "It should not be here")
    assert [mark.split()[0] for mark in sealed.marks] == ["PXS/1A"]
    assert find_item(workspace, picture).state is ItemState.KEPT


def test_the_process_that_reads_foreign_bytes_makes_the_same_copy(
    workspace: Workspace, picture: ItemId
) -> None:
    """It may open no file any more: what draws and writes must stand ready in it."""
    plan = PicturePlan(64, 40, (*PLAN.marks, Mark(Shape.NUMBER, 40, 20, 40, 20, 7)))
    here = cover(workspace, picture, plan)
    decoder = Decoder()
    apart = replace(workspace, decode=decoder)
    try:
        there = cover(apart, picture, plan)
        seen = preview_picture_copy(apart, ignore, never, item_id=picture, plan=plan)
    finally:
        decoder.stop()
    assert there.sha256 == here.sha256
    assert (seen.width, seen.height) == (64, 40)


def test_nothing_of_a_copy_stays_where_its_original_is_sealed_meanwhile(
    workspace: Workspace, picture: ItemId
) -> None:
    def seal_then_decode(task: str, content: bytes, /, **given: str | int | float) -> object:
        made = workspace.decode(task, content, **given)
        seal_item(workspace, picture, "It should not be here")
        return made

    with pytest.raises(ItemSealed):
        make_picture_copy(
            replace(workspace, decode=seal_then_decode), picture, PLAN, WHY, ignore, never
        )
    known = frozenset(row.id for row in workspace.log.evidence.contents())
    assert workspace.contents.held_in(1) == known
    assert workspace.log.intents.all() == []
