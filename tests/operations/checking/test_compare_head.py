"""What stands on paper is compared with the chain; each comparison is on record."""

from dataclasses import replace
from functools import partial

import pytest

from desktop.domain.log.custody import Action, Head
from desktop.domain.log.heads import head_text
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.checking.compare_head import (
    Compared,
    GivenOut,
    HeadCompared,
    compare_head,
    list_given_out,
)
from desktop.operations.leaving.make_papers import REGISTER_PAGE, make_register_page
from desktop.operations.workspace import Workspace


def last_action(workspace: Workspace) -> Action:
    return [entry.action for entry, _ in workspace.log.custody.walk()][-1]


def test_a_page_from_the_register_is_found_again(workspace: Workspace) -> None:
    page = make_register_page(workspace)
    assert last_action(workspace) is Action.REGISTER_PAGE_MADE
    assert workspace.log.custody.head() == page.head
    found = compare_head(workspace, head_text(page.head).lower())
    assert found.result is Compared.SAME
    assert "given out on 20 Nov 2026, 09:30 (Page for the paper register)" in found.sentence
    assert last_action(workspace) is Action.HEAD_COMPARED


def test_any_entry_can_be_compared_by_its_whole_hash(workspace: Workspace) -> None:
    entry, _ = next(iter(workspace.log.custody.walk()))
    found = compare_head(workspace, f"1 {entry.own}")
    assert found.result is Compared.SAME
    assert "given out" not in found.sentence


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (Head(1, "a" * 64), "entry 1 is another one here"),
        (Head(5000, "a" * 64), "it ends before entry 5,000"),
    ],
)
def test_a_head_of_another_log_is_said_not_to_be_here(
    workspace: Workspace, head: Head, words: str
) -> None:
    found = compare_head(workspace, head_text(head))
    assert found.result is Compared.NOT_HERE
    assert words in found.sentence
    assert "Keep that paper." in found.sentence
    assert last_action(workspace) is Action.HEAD_COMPARED


def test_a_head_in_a_gap_is_said_not_to_be_comparable(workspace: Workspace) -> None:
    workspace.log.custody.add_gap(2, 3, workspace.now())
    found = compare_head(workspace, head_text(Head(2, "a" * 64)))
    assert found.result is Compared.NOT_HERE
    assert "could not be read when this log was saved" in found.sentence


def test_a_slip_of_the_finger_is_no_alarm_and_not_recorded(workspace: Workspace) -> None:
    before = workspace.log.custody.head()
    found = compare_head(workspace, "1 ABCDE-FGHJK-MNPQR-STVWX")
    assert found.result is Compared.MISTYPED
    assert workspace.log.custody.head() == before


def test_a_reader_may_compare_and_make_a_page(workspace: Workspace) -> None:
    reader = replace(workspace, keyholder=replace(workspace.keyholder, role=KeyholderRole.READER))
    page = make_register_page(reader)
    compare = partial(compare_head, typed=head_text(page.head))
    found: HeadCompared = compare(reader)
    assert found.result is Compared.SAME


def test_what_was_given_out_is_listed_without_the_backups(workspace: Workspace) -> None:
    page = make_register_page(workspace)
    workspace.log.given_heads.insert(page.head, workspace.now(), "Backup 2026 at E:/")
    workspace.log.given_heads.insert(page.head, workspace.now(), "quarterly report")
    assert list_given_out(workspace) == (
        GivenOut(page.head.number, workspace.now(), "quarterly report"),
        GivenOut(page.head.number, workspace.now(), REGISTER_PAGE),
    )
