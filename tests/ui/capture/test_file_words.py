"""Files are told apart by name, and what came of them is said in a few words."""

from pathlib import Path

from desktop.domain.changes import Topic, changed
from desktop.domain.identifiers import ItemId
from desktop.operations.evidence.keep_content import ItemAdded
from desktop.operations.evidence.read_folder import FolderFiles
from desktop.ui.capture.file_words import say_kept, say_left_out, told_apart


def added(**more: tuple[str, ...]) -> ItemAdded:
    return ItemAdded(item_id=ItemId("1"), mark="PXS/1", changes=changed(Topic.EVIDENCE), **more)


def found(more: bool = False, **counts: int) -> FolderFiles:
    none = {"too_deep": 0, "odd": 0, "unreadable": 0}
    return FolderFiles(paths=(), names=(), more=more, **(none | counts))


def test_files_of_one_name_are_told_apart() -> None:
    paths = [Path("a/photo.jpg"), Path("b/photo.jpg"), Path("note.pdf"), Path("c/b/photo.jpg")]
    assert told_apart(paths) == ["a/photo.jpg", "b/photo.jpg", "note.pdf", "b/photo.jpg (2)"]


def test_names_are_safe_to_show() -> None:
    assert told_apart([Path("a\u202egpj.exe")]) == ["agpj.exe"]


def test_what_came_of_a_file_is_said_in_one_line() -> None:
    assert say_kept(added()) == "PXS/1, kept, unchanged"
    said = say_kept(added(same_as=("PXS/9 in 2026/001",), inside=("PXS/2",), not_taken=("x",)))
    assert said == (
        "PXS/1, kept, unchanged; the same content as PXS/9 in 2026/001; what came inside: PXS/2; "
        "did not come out: x"
    )


def test_what_of_a_folder_is_not_listed_is_said() -> None:
    assert say_left_out(found()) == ""
    assert "the first 200 are listed" in say_left_out(found(more=True))
    said = say_left_out(found(too_deep=2, unreadable=1, odd=1))
    assert said == (
        "2 folders in it left out: too deep inside. 1 folder in it left out: cannot be opened. "
        "1 left out that is no plain file."
    )
