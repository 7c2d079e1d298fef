"""Nothing comes in before the gate; what comes in is whole, named once and never renumbered."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from desktop.domain.errors import (
    AppError,
    Cancelled,
    FileChanged,
    FileEmpty,
    FileUnreadable,
    StatementNeeded,
)
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import ItemKind, ItemState, Method
from desktop.domain.identifiers import IncidentId, ItemId, StatementId
from desktop.domain.log.custody import Action, first_break
from desktop.operations.evidence.keep_content import ItemAdded
from desktop.operations.evidence.make_statement import correct_statement, hold_back, make_statement
from desktop.operations.evidence.take_evidence import add_file, add_picture
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.workspace import Workspace
from desktop.store.connection import open_connection
from tests.evidence_pieces import (
    CHANGED,
    LOST,
    a_file,
    a_mail,
    a_no,
    a_no_for,
    a_pdf,
    a_png,
    an_incident,
    ignore,
    never,
    spoil,
)
from tests.workspaces import EVIDENCE_KEY


def take_picture(
    workspace: Workspace, incident: IncidentId, statement: StatementId, png: bytes | None = None
) -> ItemAdded:
    return add_picture(
        workspace,
        incident,
        statement,
        png or a_png(),
        ItemKind.SCREEN_REGION,
        Method.SCREEN_CAPTURE,
        workspace.now(),
        ignore,
        never,
    )


def take_file(
    workspace: Workspace, incident: IncidentId, statement: StatementId, path: Path
) -> ItemAdded:
    return add_file(workspace, incident, statement, path, Method.DROP, ignore, never)


def content_of(workspace: Workspace, item_id: ItemId) -> bytes:
    item = workspace.log.evidence.item(item_id)
    assert item
    assert item.content_id
    row = workspace.log.evidence.content(item.content_id)
    assert row
    return b"".join(workspace.contents.read(row.id, row.file_number))


def stored_contents(workspace: Workspace, tmp_path: Path) -> int:
    workspace.contents.close()
    path = tmp_path / "log" / "evidence" / "0001.db"
    if not path.exists():
        return 0
    connection = open_connection(path, EVIDENCE_KEY, page_size=64 * 1024)
    count = connection.row("SELECT count(*) FROM content")
    connection.close()
    assert count
    return int(str(count[0]))


def test_picture_is_kept_byte_for_byte_with_mark_and_hash(
    workspace: Workspace, incident: IncidentId
) -> None:
    png = a_png()
    added = take_picture(workspace, incident, a_no(workspace, incident), png)
    assert added.mark == "PXS/1"
    assert added.same_as == ()
    assert content_of(workspace, added.item_id) == png
    (item,) = list_items(workspace, incident)
    assert item.fingerprint
    assert item.fingerprint.sha256 == hashlib.sha256(png).hexdigest()
    assert (item.kind, item.state) == (ItemKind.SCREEN_REGION, ItemState.KEPT)
    assert item.media_type == "image/png"
    assert item.captured_by == "Pat Smith"
    assert item.captured_with == "test computer, Safeguarding Log 0.0"
    assert item.details_missing


@pytest.mark.parametrize(
    ("name", "content", "kind", "media_type"),
    [
        ("message.eml", a_mail(), ItemKind.MAIL, "message/rfc822"),
        ("notice.pdf", a_pdf(), ItemKind.PDF, "application/pdf"),
        ("photo.txt", a_png(), ItemKind.PICTURE, "image/png"),
        ("list.csv", b"a,b\n1,2\n", ItemKind.FILE, "text/csv"),
        ("unknown", bytes(range(64)), ItemKind.FILE, "application/octet-stream"),
    ],
    ids=["mail", "pdf", "picture", "csv", "unknown"],
)
def test_file_becomes_what_its_content_says(
    workspace: Workspace,
    incident: IncidentId,
    tmp_path: Path,
    name: str,
    content: bytes,
    kind: ItemKind,
    media_type: str,
) -> None:
    path = a_file(tmp_path, name, content)
    added = take_file(workspace, incident, a_no_for(workspace, incident, path), path)
    item = list_items(workspace, incident)[0]
    assert (item.kind, item.media_type, item.original_name) == (kind, media_type, name)
    assert content_of(workspace, added.item_id) == content
    assert path.read_bytes() == content


def test_custody_and_chronology_say_what_came_in(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "notice.pdf", a_pdf())
    added = take_file(workspace, incident, a_no(workspace, incident), path)
    entries = workspace.log.custody.about([added.item_id])
    ((entry, detail),) = entries
    assert entry.action is Action.ITEM_ADDED
    assert detail
    told = json.loads(detail.detail)
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told["mark"] == "PXS/1"
    assert "file_modified" in told
    assert first_break(workspace.log.custody.walk()) is None
    line = workspace.log.chronology.of(incident)[-1]
    assert (line.mark, line.text) == (
        "PXS/1",
        "PDF document, file dropped on the window: notice.pdf",
    )
    assert workspace.log.intents.all() == []


def test_marks_count_up_and_held_back_items_have_one_too(
    workspace: Workspace, incident: IncidentId
) -> None:
    statement = a_no(workspace, incident)
    marks = [take_picture(workspace, incident, statement, a_png(c)).mark for c in ("red", "blue")]
    hold_back(workspace, incident, statement, "photo.jpg", "Described by the learner")
    fresh = a_no(workspace, incident)
    marks.append(take_picture(workspace, incident, fresh, a_png("green")).mark)
    assert marks == ["PXS/1", "PXS/2", "PXS/4"]
    assert [str(item.mark) for item in list_items(workspace, incident)] == [
        "PXS/1",
        "PXS/2",
        "PXS/3",
        "PXS/4",
    ]
    other = an_incident(workspace, "Another")
    assert take_picture(workspace, other, a_no(workspace, other)).mark == "PXS/1"


@pytest.mark.parametrize("case", ["none", "yes", "not sure", "other incident", "taken back"])
def test_no_path_reaches_content_before_the_statement(
    workspace: Workspace, incident: IncidentId, tmp_path: Path, case: str
) -> None:
    missing = tmp_path / "never looked at.png"
    if case == "none":
        statement = StatementId("no such statement")
    elif case == "other incident":
        statement = a_no(workspace, an_incident(workspace, "Another"))
    elif case == "taken back":
        statement = a_no(workspace, incident)
        correct_statement(workspace, incident, statement, GateAnswer.NOT_SURE, "told since")
    else:
        made = make_statement(
            workspace, incident, GateAnswer(case), ["photo"], Concern.CHILD_IMAGE
        )
        statement = made.statement.id
    # The file does not exist: anything but StatementNeeded would mean that it was looked for.
    with pytest.raises(StatementNeeded):
        take_file(workspace, incident, statement, missing)
    with pytest.raises(StatementNeeded):
        take_picture(workspace, incident, statement)
    assert all(item.state is not ItemState.KEPT for item in list_items(workspace, incident))
    assert workspace.log.evidence.contents() == []
    assert workspace.log.intents.all() == []


def test_careful_incident_takes_one_item_for_each_statement(
    workspace: Workspace, incident: IncidentId
) -> None:
    statement = a_no(workspace, incident)
    hold_back(workspace, incident, statement, "photo.jpg", "Described")
    take_picture(workspace, incident, statement, a_png("red"))
    with pytest.raises(StatementNeeded):
        take_picture(workspace, incident, statement, a_png("blue"))
    fresh = a_no(workspace, incident)
    assert take_picture(workspace, incident, fresh, a_png("blue")).mark == "PXS/3"


def test_statement_taken_back_while_bytes_come_in_keeps_nothing(
    workspace: Workspace, incident: IncidentId
) -> None:
    statement = a_no(workspace, incident)

    def change_mind(_share: float) -> None:
        correct_statement(workspace, incident, statement, GateAnswer.YES, "told just now")

    with pytest.raises(StatementNeeded):
        add_picture(
            workspace,
            incident,
            statement,
            a_png(),
            ItemKind.SCREEN,
            Method.PASTE,
            workspace.now(),
            change_mind,
            never,
        )
    assert list_items(workspace, incident) == ()
    assert workspace.log.intents.all() == []


def test_same_content_is_recognised_and_stored_once(
    workspace: Workspace, incident: IncidentId
) -> None:
    first = take_picture(workspace, incident, a_no(workspace, incident))
    other = an_incident(workspace, "Another")
    again = take_picture(workspace, other, a_no(workspace, other))
    assert again.same_as == ("PXS/1 in 2026-0001",)
    items = list_items(workspace, incident) + list_items(workspace, other)
    assert len({item.content_id for item in items}) == 1
    assert len(workspace.log.evidence.contents()) == 1
    assert content_of(workspace, first.item_id) == content_of(workspace, again.item_id)


def test_damaged_twin_is_not_linked_to(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    take_picture(workspace, incident, a_no(workspace, incident))
    spoil(tmp_path / "log", CHANGED)
    again = take_picture(workspace, incident, a_no(workspace, incident))
    assert again.same_as == ()
    assert content_of(workspace, again.item_id) == a_png()


@pytest.mark.parametrize("where", ["lost", "changed"])
def test_twin_that_is_lost_or_changed_is_not_linked_to(
    workspace: Workspace, incident: IncidentId, tmp_path: Path, where: str
) -> None:
    take_picture(workspace, incident, a_no(workspace, incident))
    spoil(tmp_path / "log", LOST if where == "lost" else CHANGED)
    assert take_picture(workspace, incident, a_no(workspace, incident)).same_as == ()


@pytest.mark.parametrize(
    ("content", "expected"), [(None, FileUnreadable), (b"", FileEmpty)], ids=["gone", "empty"]
)
def test_file_that_cannot_be_taken_in_leaves_nothing(
    workspace: Workspace,
    incident: IncidentId,
    tmp_path: Path,
    content: bytes | None,
    expected: type[AppError],
) -> None:
    path = tmp_path / "letter.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(expected):
        take_file(workspace, incident, a_no(workspace, incident), path)
    assert list_items(workspace, incident) == ()
    assert workspace.log.intents.all() == []


def test_file_that_changes_while_it_comes_in_leaves_nothing(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "video.bin", os.urandom(3 * 1024 * 1024))

    def write_more(share: float) -> None:
        if share < 0.5:
            with path.open("ab") as file:
                file.write(b"more")

    statement = a_no(workspace, incident)
    with pytest.raises(FileChanged):
        add_file(workspace, incident, statement, path, Method.PICKER, write_more, never)
    assert list_items(workspace, incident) == ()
    assert workspace.log.intents.all() == []
    assert stored_contents(workspace, tmp_path) == 0


def test_cancelling_keeps_nothing(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "video.bin", os.urandom(4 * 1024 * 1024))
    shares: list[float] = []
    statement = a_no(workspace, incident)
    with pytest.raises(Cancelled):
        add_file(
            workspace,
            incident,
            statement,
            path,
            Method.PICKER,
            shares.append,
            lambda: len(shares) > 1,
        )
    assert shares == [0.25, 0.5]
    assert list_items(workspace, incident) == ()
    assert workspace.log.intents.all() == []
    assert stored_contents(workspace, tmp_path) == 0


def test_progress_ends_at_one(workspace: Workspace, incident: IncidentId, tmp_path: Path) -> None:
    path = a_file(tmp_path, "video.bin", os.urandom(2 * 1024 * 1024 + 5))
    shares: list[float] = []
    statement = a_no(workspace, incident)
    add_file(workspace, incident, statement, path, Method.PICKER, shares.append, never)
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_an_unfinished_intent_is_seen_when_the_program_dies(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "video.bin", os.urandom(2 * 1024 * 1024))
    statement = a_no(workspace, incident)

    class Died(BaseException):
        pass

    def die(_share: float) -> None:
        raise Died

    with pytest.raises(Died):
        add_file(workspace, incident, statement, path, Method.PICKER, die, never)
    (intent,) = workspace.log.intents.all()
    assert (intent.kind, intent.what, intent.incident_id) == ("item", "video.bin", incident)
    assert list_items(workspace, incident) == ()


def test_hostile_name_is_made_safe(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "photo\u202egnp.exe\x1b[31m", a_png())
    take_file(workspace, incident, a_no(workspace, incident), path)
    (item,) = list_items(workspace, incident)
    assert item.original_name == "photognp.exe[31m"
