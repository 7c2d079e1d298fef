from pathlib import Path

import pytest

from desktop.domain.evidence.chats import ChatView
from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.evidence.shown import ListingView, MediaView, PageTextView, Shown, TextView
from desktop.domain.identifiers import ItemId
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.evidence.view_evidence import find_item, open_item
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_no_for, an_incident, ignore, never
from tests.intake.containers import FILES, a_docx, a_zip
from tests.intake.test_chat import IPHONE


def an_item(workspace: Workspace, path: Path, content: bytes) -> ItemId:
    path.write_bytes(content)
    incident = an_incident(workspace)
    statement = a_no_for(workspace, incident, path)
    return add_file(workspace, incident, statement, path, Method.PICKER, ignore, never).item_id


@pytest.mark.parametrize(
    ("name", "content", "kind", "shown"),
    [
        ("chat.txt", IPHONE.encode(), ItemKind.CHAT, ChatView),
        ("chat.zip", a_zip({"_chat.txt": IPHONE, "a.jpg": b"a"}), ItemKind.CHAT, ChatView),
        ("WhatsApp Chat.zip", a_zip({"a.jpg": b"a"}), ItemKind.CHAT, ListingView),
        ("a.zip", a_zip({"a.jpg": b"a"}), ItemKind.ARCHIVE, ListingView),
        ("a.docx", a_docx(), ItemKind.OFFICE, ListingView),
        ("a.html", b"<html><p>words", ItemKind.SAVED_PAGE, PageTextView),
        ("a.html", b"<html><script>x</script>", ItemKind.SAVED_PAGE, TextView),
        ("a.mp4", (FILES / "ffmpeg_clip.mp4").read_bytes(), ItemKind.VIDEO, MediaView),
        ("a.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(50), ItemKind.VIDEO, TextView),
    ],
)
def test_each_kind_is_shown_in_its_way(
    workspace: Workspace,
    tmp_path: Path,
    name: str,
    content: bytes,
    kind: ItemKind,
    shown: type[Shown],
) -> None:
    item_id = an_item(workspace, tmp_path / name, content)
    assert find_item(workspace, item_id).kind is kind
    assert isinstance(open_item(workspace, item_id, ignore, never).shown, shown)


def test_what_a_file_says_and_what_the_system_noted_is_kept(
    workspace: Workspace, tmp_path: Path
) -> None:
    content = (FILES / "ffmpeg_clip.mp4").read_bytes()
    noted = dict(find_item(workspace, an_item(workspace, tmp_path / "a.mp4", content)).noted)
    assert noted["Made, as the file says"] == "2026-11-14 21:03:00 UTC"
    assert "File last written" in noted
