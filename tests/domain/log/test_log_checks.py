from datetime import UTC, datetime

import pytest

from desktop.domain.calendar.times import Moment
from desktop.domain.log.log_checks import (
    Finding,
    LastCheck,
    backup_is_ahead,
    chain_broken,
    content_altered,
    content_belongs_to_nothing,
    content_unreadable,
    details_gone,
    file_unreadable,
    head_gone,
    last_check_text,
    read_last_check,
    references_broken,
    say_result,
    worksheets_altered,
    worksheets_missing,
    worksheets_retimed,
)

NOON = Moment(datetime(2026, 11, 20, 12, tzinfo=UTC))
FOUND = (
    chain_broken(1200),
    details_gone((4,)),
    details_gone((4, 5)),
    head_gone(7, "quarterly report", "20 Nov 2026, 14:05"),
    content_altered(("PXS/1 of 2026/001",)),
    content_unreadable(("PXS/1 of 2026/001", "PXS/2 of 2026/001")),
    file_unreadable(("log.db",)),
    references_broken(1),
    references_broken(2),
    content_belongs_to_nothing(1),
    content_belongs_to_nothing(2),
    backup_is_ahead("E:/Backups", 9),
    worksheets_altered(("“CEOP” of 2026-0001",)),
    worksheets_missing(("“CEOP” of 2026-0001",)),
    worksheets_retimed(("“CEOP” of 2026-0001",)),
)


@pytest.mark.parametrize("finding", FOUND)
def test_each_finding_is_two_plain_sentences(finding: Finding) -> None:
    for words in (finding.happened, finding.to_do):
        assert words.endswith(".")
        assert not {"hash", "sha", "chain", "row", "table"} & set(words.lower().split())
    assert finding.sentence == f"{finding.happened} {finding.to_do}"


def test_long_lists_are_counted() -> None:
    names = [f"PXS/{number}" for number in range(1, 11)]
    assert "PXS/5, PXS/6 and 4 more is not" in content_altered(names).happened
    assert "entries 1, 2 and 3 of" in details_gone((1, 2, 3)).happened


def test_the_result_is_said_in_words() -> None:
    assert say_result(1200, 1, ()) == (
        "All 1,200 entries and 1 exhibit are unchanged since they were entered."
    )
    assert "2 exhibits" in say_result(3, 2, ())
    assert say_result(3, 2, (), 1).endswith(
        "1 piece is left of what was added twice or stopped; the next unlock clears that."
    )
    assert "4 pieces are left" in say_result(3, 2, (), 4)
    assert say_result(3, 2, FOUND[:2]) == f"{FOUND[0].sentence} {FOUND[1].sentence}"


@pytest.mark.parametrize("holds", [True, False])
@pytest.mark.parametrize("in_parts", [True, False])
def test_a_result_is_kept_and_read_back(holds: bool, in_parts: bool) -> None:
    check = LastCheck(at=NOON, sentence="It is so.", holds=holds, in_parts=in_parts)
    assert read_last_check(last_check_text(check)) == check


def test_what_version_1_kept_is_read_too() -> None:
    good = read_last_check(f"{NOON.to_text()}\nAll are unchanged since they were entered.")
    bad = read_last_check(f"{NOON.to_text()}\nThe content of PXS/1 is not what was entered.")
    assert good is not None
    assert good.holds
    assert bad is not None
    assert not bad.holds
    assert read_last_check("") is None
