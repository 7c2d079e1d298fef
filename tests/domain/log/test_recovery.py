from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar.times import Moment
from desktop.domain.log.recovery import (
    GROUPS,
    SECRET_BYTES,
    groups_of,
    groups_to_confirm,
    is_drill_due,
    is_same_group,
    read_recovery_key,
    recovery_key_text,
)

SECRET = bytes(range(SECRET_BYTES))
TEXT = recovery_key_text(SECRET)
secrets = st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES)


@given(secrets)
def test_recovery_key_reads_back_as_it_was_written(secret: bytes) -> None:
    assert read_recovery_key(recovery_key_text(secret)) == secret


def test_recovery_key_holds_at_least_160_bits_in_groups_of_five() -> None:
    assert SECRET_BYTES * 8 >= 160
    assert [len(group) for group in groups_of(TEXT)] == [5] * GROUPS
    assert not set("ILOU") & set(TEXT)


def test_recovery_key_refuses_another_length() -> None:
    with pytest.raises(ValueError, match="22 bytes"):
        recovery_key_text(b"short")


@given(secrets, st.randoms())
def test_recovery_key_forgives_how_it_is_typed(secret: bytes, random: object) -> None:
    text = recovery_key_text(secret)
    sloppy = text.lower().replace("0", "o").replace("1", "l").replace("-", "  ")
    assert read_recovery_key(f" {sloppy}\n") == secret
    assert read_recovery_key(text.replace("1", "i").replace("-", "\u2013")) == secret


@given(st.integers(0, len(TEXT) - 1), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_recovery_key_notices_any_wrong_character(place: int, letter: str) -> None:
    wrong = TEXT[:place] + letter + TEXT[place + 1 :]
    expected = SECRET if wrong == TEXT else None
    assert read_recovery_key(wrong) == expected


@given(st.integers(0, GROUPS * 5 - 2))
def test_recovery_key_notices_swapped_neighbours(place: int) -> None:
    letters = list(TEXT.replace("-", ""))
    letters[place], letters[place + 1] = letters[place + 1], letters[place]
    same = "".join(letters) == TEXT.replace("-", "")
    assert (read_recovery_key("".join(letters)) == SECRET) == same


@pytest.mark.parametrize("typed", ["", "hello", TEXT[:-1], TEXT + "0", TEXT.replace("0", "U")])
def test_recovery_key_refuses_what_is_none(typed: str) -> None:
    assert read_recovery_key(typed) is None


@given(st.binary(min_size=2, max_size=2))
def test_two_different_groups_are_typed_back_in_order(randomness: bytes) -> None:
    first, second = groups_to_confirm(randomness)
    assert 0 <= first < second < GROUPS


def test_every_group_can_be_asked_for() -> None:
    asked = {n for a in range(8) for b in range(7) for n in groups_to_confirm(bytes([a, b]))}
    assert asked == set(range(GROUPS))


def test_group_is_compared_as_forgivingly_as_the_key_is_read() -> None:
    assert is_same_group(" o1abc ", "01ABC")
    assert not is_same_group("01ABD", "01ABC")


def test_drill_is_due_a_year_after_the_key_was_made_or_tried() -> None:
    def after(days: int) -> Moment:
        return Moment(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=days))

    assert is_drill_due(None, None, after(0))
    assert not is_drill_due(after(0), None, after(364))
    assert is_drill_due(after(0), None, after(365))
    assert not is_drill_due(after(0), after(300), after(600))
    assert is_drill_due(after(0), after(300), after(665))
