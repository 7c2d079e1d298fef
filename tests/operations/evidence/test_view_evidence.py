"""Every look re-hashes, is recorded, and shows nothing active."""

import json
import os
import struct
import zlib
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from desktop.domain.errors import Cancelled, DecoderStopped, HeldBack, ItemsAltered, NotFound
from desktop.domain.evidence.items import Method
from desktop.domain.evidence.shown import MailView, NotShown, Pages, Picture, TextView
from desktop.domain.identifiers import IncidentId, ItemId
from desktop.domain.log.custody import Action
from desktop.operations.checking.check_log import check_log
from desktop.operations.evidence import view_evidence
from desktop.operations.evidence.enter_origin import enter_origin
from desktop.operations.evidence.make_statement import hold_back
from desktop.operations.evidence.show_content import draw_page, make_shown, shown_name
from desktop.operations.evidence.show_evidence import list_evidence
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.evidence.view_evidence import (
    check_item,
    find_item,
    list_items,
    make_thumbnail,
    open_item,
)
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.evidence_pieces import (
    CHANGED,
    LOST,
    a_file,
    a_mail,
    a_no,
    a_no_for,
    a_pdf,
    a_png,
    ignore,
    never,
    spoil,
)


def an_item(
    workspace: Workspace, incident: IncidentId, tmp_path: Path, name: str, content: bytes
) -> ItemId:
    path = a_file(tmp_path, name, content)
    statement = a_no_for(workspace, incident, path)
    return add_file(workspace, incident, statement, path, Method.DROP, ignore, never).item_id


def actions(workspace: Workspace, item_id: ItemId) -> list[Action]:
    return [entry.action for entry, _ in workspace.log.custody.about([item_id])]


def test_open_picture(workspace: Workspace, incident: IncidentId, tmp_path: Path) -> None:
    item_id = an_item(workspace, incident, tmp_path, "a.png", a_png(size=(30, 20)))
    shares: list[float] = []
    opened = open_item(workspace, item_id, shares.append, never)
    assert opened.content == a_png(size=(30, 20))
    assert opened.checked
    assert isinstance(opened.shown, Picture)
    assert (opened.shown.width, opened.shown.height) == (30, 20)
    assert shares == [1.0]
    assert actions(workspace, item_id) == [Action.ITEM_ADDED, Action.ITEM_VIEWED]


def test_open_pdf_and_draw_its_pages(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    item_id = an_item(workspace, incident, tmp_path, "a.pdf", a_pdf(pages=3))
    opened = open_item(workspace, item_id, ignore, never)
    assert opened.shown == Pages(3)
    assert opened.content
    page = draw_page(workspace, opened.content, 2, 2.0, shown_name(opened.item))
    assert (page.width, page.height) == (600, 800)


def test_open_mail(workspace: Workspace, incident: IncidentId, tmp_path: Path) -> None:
    item_id = an_item(workspace, incident, tmp_path, "a.eml", a_mail())
    shown = open_item(workspace, item_id, ignore, never).shown
    assert isinstance(shown, MailView)
    assert shown.header("Reply-To") == "other@example.com"
    assert [part.name for part in shown.attachments] == ["photo.png"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"one\ntwo\x07", "one\ntwo"),
        ("a.txt", b"one\r\ntwo", "one\ntwo"),
        ("a.html", b"<html><script>evil()</script>", "<html><script>evil()</script>"),
        ("a.svg", b"<svg onload='evil()'/>", "<svg onload='evil()'/>"),
    ],
)
def test_open_text_shows_it_as_it_stands(
    workspace: Workspace,
    incident: IncidentId,
    tmp_path: Path,
    name: str,
    content: bytes,
    expected: str,
) -> None:
    item_id = an_item(workspace, incident, tmp_path, name, content)
    shown = open_item(workspace, item_id, ignore, never).shown
    assert isinstance(shown, TextView)
    if not shown.is_hex:
        assert shown.text == expected
    else:
        assert b"\x07" in content


def test_open_unknown_bytes_lists_them(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    item_id = an_item(workspace, incident, tmp_path, "a.bin", b"\x00MZ" + bytes(5000))
    shown = open_item(workspace, item_id, ignore, never).shown
    assert isinstance(shown, TextView)
    assert shown.is_hex
    assert shown.shortened
    assert shown.text.startswith("00000000  00 4d 5a 00")
    assert shown.text.splitlines()[0].endswith(".MZ.............")


def a_bomb() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(10_000)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.png", a_png()[:40]), ("a.pdf", b"%PDF-1.7 broken"), ("bomb.png", a_bomb())],
    ids=["truncated", "pdf", "bomb"],
)
def test_broken_content_is_kept_and_not_shown(
    workspace: Workspace, incident: IncidentId, tmp_path: Path, name: str, content: bytes
) -> None:
    item_id = an_item(workspace, incident, tmp_path, name, content)
    opened = open_item(workspace, item_id, ignore, never)
    assert isinstance(opened.shown, NotShown)
    assert opened.content == content
    assert make_thumbnail(workspace, item_id, 100, ignore, never).picture is None


def test_what_only_looks_like_mail_is_shown_as_text(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    item_id = an_item(workspace, incident, tmp_path, "a.eml", a_mail())
    item = open_item(workspace, item_id, ignore, never).item
    shown = make_shown(workspace, item, b"\nno header, and words all the same")
    assert isinstance(shown, TextView)
    assert "words all the same" in shown.text


def test_a_decoder_that_stops_is_told_and_the_item_is_kept(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    def stop(task: str, _content: bytes, /, **_given: str | int | float) -> NoReturn:
        raise DecoderStopped(task)

    item_id = an_item(workspace, incident, tmp_path, "a.png", a_png())
    stopping = replace(workspace, decode=stop)
    opened = open_item(stopping, item_id, ignore, never)
    assert opened.shown == NotShown("reading it took too much time or memory")
    assert opened.content == a_png()
    assert make_thumbnail(stopping, item_id, 100, ignore, never).picture is None


def test_large_content_is_checked_but_not_shown(
    workspace: Workspace,
    incident: IncidentId,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    item_id = an_item(workspace, incident, tmp_path, "a.png", a_png())
    monkeypatch.setattr(view_evidence, "SHOWN_BYTES", 10)
    opened = open_item(workspace, item_id, ignore, never)
    assert opened.content is None
    assert opened.checked
    assert isinstance(opened.shown, NotShown)
    assert make_thumbnail(workspace, item_id, 100, ignore, never).picture is None


@pytest.mark.parametrize("sql", [CHANGED, LOST])
def test_altered_content_is_an_alarm(
    workspace: Workspace, incident: IncidentId, tmp_path: Path, sql: str
) -> None:
    item_id = an_item(workspace, incident, tmp_path, "a.png", a_png())
    assert not list_evidence(workspace, incident).lines[0].altered
    spoil(tmp_path / "log", sql)
    with pytest.raises(ItemsAltered) as caught:
        open_item(workspace, item_id, ignore, never)
    assert caught.value.marks == ("PXS/1",)
    assert list_evidence(workspace, incident).lines[0].altered
    with pytest.raises(ItemsAltered):
        check_item(workspace, item_id, ignore, never)
    thumbnail = make_thumbnail(workspace, item_id, 100, ignore, never)
    assert thumbnail.picture is None
    assert not thumbnail.unchanged
    assert Action.ITEM_VIEWED not in actions(workspace, item_id)


def test_held_back_item_cannot_be_opened(workspace: Workspace, incident: IncidentId) -> None:
    hold_back(workspace, incident, a_no(workspace, incident), "photo.jpg", "Described")
    (item,) = list_items(workspace, incident)
    with pytest.raises(HeldBack) as caught:
        open_item(workspace, item.id, ignore, never)
    assert caught.value.mark == "PXS/1"
    assert make_thumbnail(workspace, item.id, 100, ignore, never).picture is None
    (line,) = list_evidence(workspace, incident).lines
    assert line.checked_at is None
    assert not line.altered


def test_missing_item_is_not_found(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        find_item(workspace, ItemId("nobody"))


def test_opening_can_be_cancelled(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    item_id = an_item(workspace, incident, tmp_path, "a.bin", os.urandom(3 * 1024 * 1024))
    shares: list[float] = []
    with pytest.raises(Cancelled):
        open_item(workspace, item_id, shares.append, lambda: bool(shares))
    assert actions(workspace, item_id) == [Action.ITEM_ADDED]


def test_check_item_says_when(
    workspace: Workspace, incident: IncidentId, tmp_path: Path, clock: FrozenClock
) -> None:
    item_id = an_item(workspace, incident, tmp_path, "a.png", a_png())
    added_at = clock.now()
    assert list_evidence(workspace, incident).lines[0].checked_at == added_at
    checked_at = clock.advance(hours=1)
    assert check_item(workspace, item_id, ignore, never).item_id == item_id
    assert list_evidence(workspace, incident).lines[0].checked_at == checked_at
    ((entry, detail),) = workspace.log.custody.about([item_id])[1:]
    assert entry.action is Action.ITEM_CHECKED
    assert detail
    assert json.loads(detail.detail)["unchanged"] is True


def test_check_of_the_whole_log_counts_for_each_item(
    workspace: Workspace, incident: IncidentId, tmp_path: Path, clock: FrozenClock
) -> None:
    an_item(workspace, incident, tmp_path, "a.png", a_png())
    checked_at = clock.advance(hours=2)
    assert check_log(workspace, ignore, never).holds
    (line,) = list_evidence(workspace, incident).lines
    assert (line.checked_at, line.altered) == (checked_at, False)
    spoil(tmp_path / "log", CHANGED)
    clock.advance(hours=1)
    assert not check_log(workspace, ignore, never).holds
    assert list_evidence(workspace, incident).lines[0].altered


def test_item_added_after_a_check_of_the_log_keeps_its_own_time(
    workspace: Workspace, incident: IncidentId, tmp_path: Path, clock: FrozenClock
) -> None:
    check_log(workspace, ignore, never)
    added_at = clock.advance(hours=1)
    an_item(workspace, incident, tmp_path, "a.png", a_png())
    assert list_evidence(workspace, incident).lines[0].checked_at == added_at


@pytest.mark.parametrize(
    ("name", "content", "size"),
    [("a.png", a_png(size=(400, 200)), (100, 50)), ("a.pdf", a_pdf(), (75, 100))],
    ids=["picture", "pdf"],
)
def test_thumbnail_is_small(
    workspace: Workspace,
    incident: IncidentId,
    tmp_path: Path,
    name: str,
    content: bytes,
    size: tuple[int, int],
) -> None:
    item_id = an_item(workspace, incident, tmp_path, name, content)
    thumbnail = make_thumbnail(workspace, item_id, 100, ignore, never)
    assert thumbnail.unchanged
    assert thumbnail.picture
    assert (thumbnail.picture.width, thumbnail.picture.height) == size
    assert actions(workspace, item_id) == [Action.ITEM_ADDED]


def test_files_without_a_picture_have_no_thumbnail(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    item_id = an_item(workspace, incident, tmp_path, "a.txt", b"words")
    assert make_thumbnail(workspace, item_id, 100, ignore, never).picture is None


def test_list_items_carries_the_origin(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    item_id = an_item(workspace, incident, tmp_path, "a.txt", b"words")
    enter_origin(workspace, item_id, {"platform": "Forum"})
    (item,) = list_items(workspace, incident)
    assert item.origin.platform == "Forum"
    assert shown_name(item) == "a.txt"


def test_nothing_of_the_content_lies_in_plaintext(
    workspace: Workspace, incident: IncidentId, tmp_path: Path, home: Path
) -> None:
    words = b"distinctive words of the test"
    item_id = an_item(workspace, incident, tmp_path, "a.txt", words)
    (tmp_path / "a.txt").unlink()
    open_item(workspace, item_id, ignore, never)
    for folder in (tmp_path, home):
        for path in folder.rglob("*"):
            if path.is_file():
                assert words not in path.read_bytes()
