"""Custody entries that go along with an incident are told whole, and read back as they were."""

from desktop.domain.log.custody import (
    Action,
    CustodyDetail,
    CustodyEntry,
    Head,
    commit,
    detail_text,
    first_break,
    next_entry,
)
from desktop.domain.log.moves import as_it_was, tell_received

SALT = bytes(range(16))
AT = "2026-11-20T09:30:00+00:00 Europe/London"


def entry(action: Action, detail: str, subject: str = "item") -> CustodyEntry:
    return next_entry(
        Head(6, "a" * 64), at=AT, keyholder="pat", action=action, subject=subject,
        commitment=commit(SALT, detail),
    )  # fmt: skip


def received(there: CustodyEntry, detail: CustodyDetail | None) -> tuple[CustodyEntry, str]:
    text = detail_text(tell_received(there, detail, "Pat Smith"))
    return entry(Action.ENTRY_RECEIVED, text), text


def test_an_entry_reads_back_as_it_was_with_its_hashes() -> None:
    detail = CustodyDetail(SALT, '{"mark":"PXS/1"}')
    there = entry(Action.ITEM_ADDED, detail.detail)
    here, text = received(there, detail)
    assert '"by":"Pat Smith"' in text
    assert as_it_was(here, CustodyDetail(SALT, text)) == (there, detail)
    assert first_break([(there, None)], [(1, there.number - 1)]) is None


def test_one_whose_detail_was_erased_there_stays_without() -> None:
    there = entry(Action.ITEM_VIEWED, "{}")
    here, text = received(there, None)
    assert as_it_was(here, CustodyDetail(SALT, text)) == (there, None)


def test_any_other_entry_and_one_that_was_erased_here_are_left_as_they_are() -> None:
    other = entry(Action.ITEM_ADDED, "{}")
    assert as_it_was(other, CustodyDetail(SALT, "{}")) == (other, CustodyDetail(SALT, "{}"))
    here, _text = received(other, None)
    assert as_it_was(here, None) == (here, None)
