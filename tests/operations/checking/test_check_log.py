"""The check of the whole log finds what is not as it was, says it in words, and what to do."""

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from desktop.domain.errors import Cancelled, LogDamaged, LogLocked
from desktop.domain.identifiers import ContentId
from desktop.domain.log.custody import Action, Head
from desktop.operations.checking.check_log import LogCheck, check_log, last_check
from desktop.operations.leaving.export_bundle import check_custody
from desktop.operations.leaving.make_papers import make_register_page
from desktop.operations.practice_case import fill_case
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import ignore, never


def check(workspace: Workspace) -> LogCheck:
    return check_log(workspace, ignore, never)


def change(workspace: Workspace, *statements: str) -> None:
    """Do what only somebody with the key and another program can do."""
    for statement in ("PRAGMA foreign_keys = OFF", *statements, "PRAGMA foreign_keys = ON"):
        workspace.log._connection.execute(statement)


def spoil(file: Path, start: int, every: int) -> None:
    data = bytearray(file.read_bytes())
    for at in range(start, len(data), every):
        data[at] ^= 1
    file.write_bytes(data)


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    fill_case(workspace)
    return workspace


def test_a_sound_log_is_said_to_be_unchanged(filled: Workspace) -> None:
    shares: list[float] = []
    found = check_log(filled, shares.append, never)
    assert found.holds
    assert found.items == 4
    assert found.sentence.endswith("4 exhibits are unchanged since they were entered.")
    assert shares == sorted(shares)
    assert shares[-1] == 1
    kept = last_check(filled)
    assert kept is not None
    assert kept.holds
    assert not kept.in_parts
    assert (kept.at, kept.sentence) == (filled.now(), found.sentence)


def test_there_is_no_last_check_before_the_first(workspace: Workspace) -> None:
    assert last_check(workspace) is None


def test_a_flipped_byte_in_an_item_is_found_and_said(filled: Workspace, tmp_path: Path) -> None:
    filled.contents.forget_pages()
    (file,) = tmp_path.glob("**/evidence/0001.db")
    spoil(file, file.stat().st_size // 2, 4096)
    found = check(filled)
    assert not found.holds
    number, mark = found.altered[0]
    assert f"{mark} of {number}" in found.sentence
    assert "cannot be read" in found.sentence
    assert "ask for technical advice" in found.sentence
    entries = [entry.action for entry, _ in filled.log.custody.walk()]
    assert Action.ITEM_CHECKED in entries
    assert entries[-1] is Action.LOG_CHECKED


def test_an_evidence_file_that_is_gone_is_said(filled: Workspace, tmp_path: Path) -> None:
    filled.contents.forget_pages()
    (file,) = tmp_path.glob("**/evidence/0001.db")
    file.rename(file.with_suffix(".away"))
    found = check(filled)
    assert "evidence/0001.db in the log folder cannot be read" in found.sentence
    assert len(found.altered) == 4


def test_content_that_is_not_what_was_entered_is_told_from_what_cannot_be_read(
    filled: Workspace,
) -> None:
    change(filled, f"UPDATE content SET sha256 = '{'0' * 64}'")
    found = check(filled)
    assert "is not what was entered. Do not rely on it." in found.sentence
    assert "cannot be read" not in found.sentence


def test_a_content_that_is_gone_from_its_file_is_said(filled: Workspace) -> None:
    known = frozenset(row.id for row in filled.log.evidence.contents()[1:])
    assert filled.contents.remove_orphans(known) == 1
    found = check(filled)
    assert len(found.altered) == 1
    assert "cannot be read" in found.sentence


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (
            (
                "DROP TRIGGER custody_entry_stays",
                "UPDATE custody_entry SET at = '' WHERE number=7",
            ),
            "The custody record does not fit together from entry 7 on. Do not export anything.",
        ),
        (
            ("UPDATE custody_detail SET detail = 'other' WHERE number = 5",),
            "does not fit together from entry 5 on",
        ),
        (
            ("DELETE FROM custody_detail WHERE number IN (4, 6)",),
            "What was written in entries 4 and 6 of the custody record is gone",
        ),
        (
            ("UPDATE checklist SET incident_id = 'none'",),
            "the log refers to something that is not in it",
        ),
        (
            ("INSERT INTO field_value VALUES (NULL, 'nobody', 'name', 'x', 'y', 'z')",),
            "In 1 place the log refers to something that is not in it",
        ),
        (
            ("INSERT INTO content SELECT id || 'x', file_number, sha256, size FROM content",),
            "content that no exhibit has",
        ),
    ],
)
def test_what_was_changed_with_another_program_is_an_alarm(
    filled: Workspace, statements: tuple[str, ...], words: str
) -> None:
    change(filled, *statements)
    found = check(filled)
    assert not found.holds
    assert words in found.sentence
    kept = last_check(filled)
    assert kept is not None
    assert not kept.holds


def test_a_detail_that_was_erased_lawfully_is_no_alarm(filled: Workspace) -> None:
    subjects = {entry.number: entry.subject for entry, _ in filled.log.custody.walk()}
    incident = filled.log.incidents.all()[0].id
    change(
        filled,
        "DELETE FROM custody_detail WHERE number IN (4, 1)",
        "INSERT INTO tombstone (incident_id, at, retention_class, reason, keyholder, "
        "second_keyholder, witness, certificate) "
        f"VALUES ('{incident}', '', '', '', '', '', '', '')",
        f"INSERT INTO erased_subject VALUES ('{subjects[4]}', '{incident}')",
        f"INSERT INTO erased_entry VALUES (1, '{incident}')",
    )
    assert not any("custody record is gone" in one.happened for one in check(filled).findings)


def test_every_head_that_left_must_still_be_in_the_chain(filled: Workspace) -> None:
    page = make_register_page(filled)
    assert check(filled).holds
    filled.log.given_heads.insert(Head(page.head.number, "a" * 64), filled.now(), "bundle")
    filled.log.given_heads.insert(Head(9999, "b" * 64), filled.now(), "backup")
    found = check(filled)
    assert [one.happened.split(" (")[1][:6] for one in found.findings] == ["bundle", "backup"]
    assert "Entry 9,999 is not in this log as it was given out on 20 Nov 2026" in found.sentence


def test_a_head_in_a_gap_that_a_salvage_left_is_no_alarm(filled: Workspace) -> None:
    filled.log.given_heads.insert(Head(9999, "b" * 64), filled.now(), "backup")
    filled.log.custody.add_gap(9999, 9999, filled.now())
    assert not [one for one in check(filled).findings if "9,999" in one.happened]


def test_a_damaged_page_of_the_log_file_is_found_and_said(filled: Workspace) -> None:
    assert check(filled).holds
    file = filled.keys.folder.log_file
    spoil(file, file.stat().st_size - 4096 * 3 + 100, 4096)
    found = check(filled)
    assert "log.db in the log folder cannot be read in places" in found.sentence


def test_a_log_file_that_is_damaged_all_over_still_gets_an_answer(filled: Workspace) -> None:
    filled.log.consistency.damaged_pages()
    spoil(filled.keys.folder.log_file, 4096 + 100, 4096)
    found = check(filled)
    assert found.findings
    assert "log.db in the log folder cannot be read in places" in found.sentence


def test_a_check_can_be_stopped_and_records_nothing(filled: Workspace) -> None:
    calls = iter([False, True, True, True, True, True, True])
    with pytest.raises(Cancelled):
        check_log(filled, ignore, lambda: next(calls))
    with pytest.raises(Cancelled):
        check_log(filled, ignore, lambda: True)
    assert last_check(filled) is None


def test_a_lock_in_between_ends_it(filled: Workspace) -> None:
    filled.contents.close()
    with pytest.raises(LogLocked):
        check(filled)


def test_an_empty_log_holds(workspace: Workspace) -> None:
    found = check(workspace)
    assert found.holds
    assert "0 exhibits" in found.sentence


def test_content_that_half_arrived_belongs_to_nothing(
    filled: Workspace, make_content: Callable[[Workspace], ContentId]
) -> None:
    make_content(filled)
    found = check(filled)
    assert found.holds
    assert found.sentence.endswith(
        "1 piece is left of what was added twice or stopped; the next unlock clears that."
    )


@pytest.fixture
def make_content() -> Callable[[Workspace], ContentId]:
    def make(workspace: Workspace) -> ContentId:
        return workspace.contents.write([b"half"], ContentId(workspace.new_id())).content_id

    return make


def test_the_chain_is_checked_around_a_gap(filled: Workspace) -> None:
    change(
        filled,
        "DROP TRIGGER custody_entry_remains",
        "DELETE FROM custody_detail WHERE number = 6",
        "DELETE FROM custody_entry WHERE number = 6",
    )
    assert "from entry 6 on" in check(filled).sentence
    filled.log.custody.add_gap(6, 6, filled.now())
    assert check(filled).holds
    check_custody(filled)


def test_a_record_that_cannot_be_read_is_said_as_damage(
    filled: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_subject: object) -> NoReturn:
        raise LogDamaged("log.db")

    for reading in ("contents", "unsealed_contents"):
        monkeypatch.setattr(type(filled.log.evidence), reading, fail)
    found = check(filled)
    assert "log.db in the log folder cannot be read in places" in found.sentence
    assert found.items == 0
