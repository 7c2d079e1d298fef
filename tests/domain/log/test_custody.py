"""The custody chain: whatever is altered, dropped or moved is found."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

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

Pair = tuple[CustodyEntry, CustodyDetail | None]


def chain(length: int) -> list[Pair]:
    head: Head | None = None
    pairs: list[Pair] = []
    for number in range(length):
        detail = CustodyDetail(bytes([number % 256]) * 16, detail_text({"n": number}))
        entry = next_entry(
            head,
            at=f"t{number}",
            keyholder="k",
            action=Action.ITEM_VIEWED,
            subject=f"s{number % 3}",
            commitment=commit(detail.salt, detail.detail),
        )
        head = Head(entry.number, entry.own)
        pairs.append((entry, detail))
    return pairs


def test_a_whole_chain_verifies() -> None:
    assert first_break([]) is None
    assert first_break(chain(5)) is None


def test_details_may_be_erased() -> None:
    assert first_break([(entry, None) for entry, _ in chain(4)]) is None


@given(st.integers(1, 12), st.data())
def test_every_altered_part_is_found(length: int, data: st.DataObject) -> None:
    pairs = chain(length)
    index = data.draw(st.integers(0, length - 1))
    part = data.draw(
        st.sampled_from(["at", "keyholder", "subject", "commitment", "previous", "own"])
    )
    entry, detail = pairs[index]
    pairs[index] = (replace(entry, **{part: getattr(entry, part) + "x"}), detail)
    assert first_break(pairs) == index + 1


@given(st.integers(1, 12), st.data())
def test_an_altered_detail_is_found(length: int, data: st.DataObject) -> None:
    pairs = chain(length)
    index = data.draw(st.integers(0, length - 1))
    entry, detail = pairs[index]
    assert detail
    pairs[index] = (entry, CustodyDetail(detail.salt, detail.detail + " "))
    assert first_break(pairs) == index + 1


@given(st.integers(2, 12), st.data())
def test_a_dropped_or_swapped_entry_is_found(length: int, data: st.DataObject) -> None:
    pairs = chain(length)
    index = data.draw(st.integers(0, length - 2))
    assert first_break(pairs[:index] + pairs[index + 1 :]) == index + 1
    pairs[index], pairs[index + 1] = pairs[index + 1], pairs[index]
    assert first_break(pairs) == index + 1


def test_details_are_written_the_same_way_every_time() -> None:
    assert detail_text({"b": 1, "a": ["x"], "c": None}) == '{"a":["x"],"b":1,"c":null}'


def test_a_gap_is_passed_over_and_the_chain_holds_on_both_sides() -> None:
    entries = chain(6)
    left = entries[:2] + entries[4:]
    assert first_break(left) == 3
    assert first_break(left, [(3, 4)]) is None
    assert first_break(left, [(3, 3)]) == 3
    assert first_break(entries, [(3, 4)]) is None
    assert first_break(entries[2:], [(1, 2)]) is None
