"""What is inside is named before it is kept; what is held back inside stays out, singly."""

import io
import os
import zipfile
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import (
    Cancelled,
    DecoderStopped,
    FileChanged,
    HeldBack,
    LogLocked,
    ReasonNeeded,
    StatementNeeded,
)
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import ItemKind, ItemState, Method
from desktop.domain.identifiers import IncidentId, StatementId
from desktop.operations.evidence import look_inside as module
from desktop.operations.evidence.answer_gate import GateAnswered, let_in, let_in_inside, rest_of
from desktop.operations.evidence.keep_content import ItemAdded
from desktop.operations.evidence.look_inside import (
    UNNAMED,
    InsideFile,
    look_inside,
    note_stands,
)
from desktop.operations.evidence.make_statement import make_statement
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.evidence.view_evidence import find_item, list_items, open_item
from desktop.operations.reading.decoding import decode_here
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_file, a_no, a_no_for, a_png, ignore, never
from tests.intake.outlook_files import a_message, an_attachment, write_compound


def a_mail_with(*attached: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.net", "b@example.org", "Words"
    message.set_content("Words of the mail")
    for name, content in attached:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()


def a_zip(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, f"content of {name}")
    return file.getvalue()


def look(workspace: Workspace, incident: IncidentId, *paths: Path) -> tuple[InsideFile, ...]:
    statement = let_in(workspace, incident, [path.name for path in paths]).statement_id
    return look_inside(workspace, incident, statement, paths, ignore, never)


def take(
    workspace: Workspace,
    incident: IncidentId,
    statement: StatementId,
    path: Path,
    leave_out: tuple[str, ...] = (),
) -> ItemAdded:
    return add_file(
        workspace, incident, statement, path, Method.PICKER, ignore, never, leave_out=leave_out
    )


def hold(
    workspace: Workspace,
    incident: IncidentId,
    files: tuple[InsideFile, ...],
    held: dict[str, tuple[str, ...]],
) -> GateAnswered:
    first = a_no(workspace, incident, *(file.name for file in files))
    return let_in_inside(
        workspace, incident, first, held, Concern.CHILD_IMAGE, "She says so", inside=files,
        answer=GateAnswer.YES,
    )  # fmt: skip


def test_only_files_that_hold_something_are_named(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    mail = a_file(tmp_path, "a.eml", a_mail_with(("x.bin", b"1"), ("x.bin", b"2")))
    archive = a_file(tmp_path, "b.zip", a_zip("one.txt", "two.txt"))
    paths = [mail, a_file(tmp_path, "c.png", a_png()), archive, tmp_path / "gone.eml"]
    found = look(workspace, incident, *paths)
    assert [(file.name, file.inside, file.is_mail) for file in found] == [
        ("a.eml", ("x.bin", "x.bin (2)"), True),
        ("b.zip", ("one.txt", "two.txt"), False),
    ]
    assert [file.path for file in found] == [mail, archive]


def test_archive_that_came_with_a_mail_is_named_too(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "a.eml", a_mail_with(("b.zip", a_zip("one.txt")), ("c.png", a_png())))
    (file,) = look(workspace, incident, path)
    assert file.inside == ("b.zip", "c.png", "b.zip / one.txt")


def test_looking_needs_a_statement(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    unsure = make_statement(workspace, incident, GateAnswer.NOT_SURE, ["a"]).statement.id
    for statement in (unsure, StatementId("none")):
        with pytest.raises(StatementNeeded):
            look_inside(workspace, incident, statement, [tmp_path / "a.eml"], ignore, never)
        with pytest.raises(StatementNeeded):
            let_in_inside(workspace, incident, statement, {}, inside=())


def test_looking_can_be_stopped(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    statement = a_no(workspace, incident)
    with pytest.raises(Cancelled):
        look_inside(workspace, incident, statement, [tmp_path / "a"], ignore, lambda: True)


def test_nothing_comes_in_that_was_not_named(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "a.eml", a_mail_with(("x.bin", b"1")))
    with pytest.raises(StatementNeeded):
        take(workspace, incident, a_no(workspace, incident, "a.eml"), path)
    assert list_items(workspace, incident) == ()
    assert workspace.contents.held_in(1) == frozenset()
    statement = a_no_for(workspace, incident, path)
    a_file(tmp_path, "a.eml", a_mail_with(("other.bin", b"1")))
    with pytest.raises(StatementNeeded):
        take(workspace, incident, statement, path)


def test_what_came_with_a_mail_becomes_items_of_its_own(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    mail = a_mail_with(("x.png", a_png()), ("y.png", a_png()), ("empty.txt", b""))
    path = a_file(tmp_path, "a.eml", mail)
    added = take(workspace, incident, a_no_for(workspace, incident, path), path)
    assert (added.mark, added.inside) == ("PXS/1", ("PXS/2", "PXS/3"))
    assert added.not_taken == ("empty.txt",)
    whole, first, second = list_items(workspace, incident)
    assert (whole.kind, whole.inside_id) == (ItemKind.MAIL, None)
    assert (first.inside_id, first.method, first.original_name) == (
        whole.id,
        Method.INSIDE,
        "x.png",
    )
    assert first.content_id == second.content_id
    assert first.kind is ItemKind.PICTURE
    assert open_item(workspace, first.id, ignore, never).content == a_png()
    assert open_item(workspace, whole.id, ignore, never).content == path.read_bytes()
    assert len(workspace.log.evidence.contents()) == 2


def test_mail_comes_in_without_what_is_held_back(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "a.eml", a_mail_with(("x.png", b"SECRET" * 50), ("y.png", a_png())))
    files = look(workspace, incident, path)
    held = hold(workspace, incident, files, {"a.eml": ("x.png",)})
    assert (held.lets_in, held.careful, held.held) == (False, True, ("a.eml: x.png",))
    answered = let_in(workspace, incident, rest_of(files[0], ("x.png",)))
    added = take(workspace, incident, answered.statement_id, path, ("x.png",))
    described, mail, child = list_items(workspace, incident)
    assert described.state is ItemState.HELD_BACK
    assert described.origin.description == "a.eml: x.png: She says so"
    assert (mail.method, mail.mark) == (Method.REDUCED, mail.mark)
    assert added.not_taken == ("x.png",)
    assert child.original_name == "y.png"
    content = open_item(workspace, mail.id, ignore, never).content
    assert content
    assert b"Words of the mail" in content
    assert b"SECRET" not in content
    assert b"U0VDUkVU" not in content


def test_what_holds_something_held_back_stays_out_with_it(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "a.eml", a_mail_with(("b.zip", a_zip("one.txt")), ("y.png", a_png())))
    (file,) = look(workspace, incident, path)
    left_out = ("b.zip / one.txt",)
    statement = let_in(workspace, incident, rest_of(file, left_out)).statement_id
    take(workspace, incident, statement, path, left_out)
    assert [item.original_name for item in list_items(workspace, incident)] == ["a.eml", "y.png"]


def test_other_files_stay_out_whole(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "b.zip", a_zip("one.txt", "two.txt"))
    files = look(workspace, incident, path)
    held = hold(workspace, incident, files, {"b.zip": ("two.txt",)})
    assert held.held == ("b.zip",)
    (item,) = list_items(workspace, incident)
    assert item.origin.description == "b.zip: two.txt: She says so"
    statement = let_in(workspace, incident, rest_of(files[0], ("two.txt",))).statement_id
    with pytest.raises(HeldBack):
        take(workspace, incident, statement, path, ("two.txt",))


def test_second_answer_needs_words_for_what_is_held_back(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    files = look(workspace, incident, a_file(tmp_path, "b.zip", a_zip("one.txt")))
    with pytest.raises(ReasonNeeded):
        let_in_inside(
            workspace, incident, a_no(workspace, incident), {"b.zip": ("one.txt",)},
            Concern.CHILD_IMAGE, " ", inside=files,
        )  # fmt: skip
    assert list_items(workspace, incident) == ()


@pytest.mark.parametrize("task", ["inside", "attachments", "attachment", "facts"])
def test_reader_that_stops_costs_no_evidence(
    workspace: Workspace, incident: IncidentId, tmp_path: Path, task: str
) -> None:
    def decode(asked: str, content: bytes, /, **given: str | int | float) -> Any:
        if asked == task:
            raise DecoderStopped(task)
        return decode_here(asked, content, **given)

    workspace = replace(workspace, decode=decode)
    path = a_file(tmp_path, "a.eml", a_mail_with(("x.png", a_png())))
    files = look(workspace, incident, path)
    assert files[0].inside == ((UNNAMED,) if task == "inside" else ("x.png",))
    added = take(workspace, incident, a_no_for(workspace, incident, path), path)
    item = list_items(workspace, incident)[0]
    assert open_item(workspace, item.id, ignore, never).content == path.read_bytes()
    assert bool(added.inside) == (task == "facts")
    assert added.not_taken == (("x.png",) if task == "attachment" else ())


@pytest.mark.parametrize("task", ["inside", "attachments", "facts"])
def test_lock_while_it_is_read_ends_it(
    workspace: Workspace, incident: IncidentId, tmp_path: Path, task: str
) -> None:
    path = a_file(tmp_path, "a.eml", a_mail_with(("x.png", a_png())))
    statement = a_no_for(workspace, incident, path)

    def decode(asked: str, content: bytes, /, **given: str | int | float) -> Any:
        if asked == task:
            raise LogLocked
        return decode_here(asked, content, **given)

    with pytest.raises(LogLocked):
        take(replace(workspace, decode=decode), incident, statement, path)
    assert list_items(workspace, incident) == ()


def test_large_file_is_judged_by_its_ends(
    workspace: Workspace,
    incident: IncidentId,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, size in (("IN_MEMORY", 1000), ("HEAD_PIECE", 9000), ("TAIL_PIECE", 100_000)):
        monkeypatch.setattr(module, name, size)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("one.bin", bytes(300_000))
    path = a_file(tmp_path, "b.zip", file.getvalue())
    (found,) = look(workspace, incident, path)
    assert (found.inside, found.is_mail) == (("one.bin",), False)
    added = take(workspace, incident, a_no_for(workspace, incident, path), path)
    assert open_item(workspace, added.item_id, ignore, never).content == path.read_bytes()


def test_file_rewritten_while_it_comes_in_is_refused(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "b.zip", a_zip("one.txt"))
    statement = a_no_for(workspace, incident, path)

    def rewrite(_share: float) -> None:
        path.write_bytes(b"something else, longer than before" * 30)

    with pytest.raises(FileChanged):
        add_file(workspace, incident, statement, path, Method.DROP, rewrite, never)
    assert list_items(workspace, incident) == ()
    assert workspace.contents.held_in(1) == frozenset()


def an_outlook_mail(*attached: tuple[str, bytes]) -> bytes:
    return write_compound(
        a_message({0x007D: "From: a@b\r\n\r\n", 0x1000: "Words"},
                  [an_attachment(name, content) for name, content in attached])
    )  # fmt: skip


@pytest.mark.parametrize("held", [0, 1])
def test_what_is_held_back_stays_out_whatever_the_spaces_in_its_name(
    workspace: Workspace, incident: IncidentId, tmp_path: Path, held: int
) -> None:
    pieces = (("a  photo.png", b"one"), ("a photo.png", b"two"))
    path = a_file(tmp_path, "m.msg", an_outlook_mail(*pieces))
    (seen,) = look(workspace, incident, path)
    left_out = (seen.inside[held],)
    statement = let_in(workspace, incident, rest_of(seen, left_out)).statement_id
    take(workspace, incident, statement, path, left_out)
    kept = [
        open_item(workspace, item.id, ignore, never).content
        for item in list_items(workspace, incident)
        if item.method is Method.INSIDE
    ]
    assert [one.rstrip(b"\0") for one in kept if one] == [pieces[1 - held][1]]


def test_nothing_comes_in_where_what_is_held_back_is_not_found_in_the_mail(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "m.msg", an_outlook_mail(("a.png", b"one")))
    (seen,) = look(workspace, incident, path)
    statement = let_in(workspace, incident, rest_of(seen, ())).statement_id
    with pytest.raises(HeldBack):
        take(workspace, incident, statement, path, ("another.png",))
    assert list_items(workspace, incident) == ()


def test_zip_behind_other_bytes_is_asked_about(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    odd = a_file(tmp_path, "a.bin", b"\x00odd" + a_zip("one.png"))
    plain = a_file(tmp_path, "b.bin", b"\x00odd" + bytes(70_000))
    (seen,) = look(workspace, incident, odd, plain)
    assert (seen.name, seen.inside) == ("a.bin", ("one.png",))


def test_file_put_in_the_place_of_the_one_that_was_named_stays_out(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "a.png", a_png())
    other = a_file(tmp_path, "other.png", a_png("red"))
    stood = note_stands([path, tmp_path / "gone"])
    assert stood[tmp_path / "gone"] is None
    statement = let_in(workspace, incident, [path.name]).statement_id
    path.unlink()
    path.symlink_to(other)
    with pytest.raises(FileChanged):
        add_file(
            workspace, incident, statement, path, Method.PICKER, ignore, never, stood=stood[path]
        )
    assert list_items(workspace, incident) == ()
    other.rename(path)
    with pytest.raises(FileChanged):
        add_file(
            workspace, incident, statement, path, Method.PICKER, ignore, never, stood=stood[path]
        )


def test_mail_put_in_the_place_of_the_one_that_was_named_is_not_looked_into(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "a.eml", a_mail_with(("a.png", b"a")))
    stood = note_stands([path])
    statement = let_in(workspace, incident, [path.name]).statement_id
    a_file(tmp_path, "other.eml", a_mail_with(("b.png", b"b"))).rename(path)
    found = look_inside(workspace, incident, statement, [path], ignore, never, stood)
    assert found == ()


def test_our_own_look_is_not_noted_as_the_last_time_that_it_was_opened(
    workspace: Workspace, incident: IncidentId, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "a.eml", a_mail_with(("a.png", b"a")))
    os.utime(path, ns=(10**18, path.stat().st_mtime_ns))
    stood = note_stands([path])
    os.utime(path, ns=(2 * 10**18, path.stat().st_mtime_ns))
    statement = a_no_for(workspace, incident, path)
    added = add_file(
        workspace, incident, statement, path, Method.PICKER, ignore, never, stood=stood[path]
    )
    noted = dict(find_item(workspace, added.item_id).noted)
    assert noted["File last opened before it came in"] == "9 Sep 2001, 01:46:40 UTC"
