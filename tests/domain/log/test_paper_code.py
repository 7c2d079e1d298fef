"""A number on paper is read back as it was written, also as people copy it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.log.paper_code import ALPHABET, GROUP, as_meant, read_letters, write_groups


@given(number=st.integers(0, 2**100 - 1))
def test_what_is_written_is_read_back(number: int) -> None:
    text = write_groups(number, 4)
    assert [len(group) for group in text.split("-")] == [GROUP] * 4
    assert read_letters(text.replace("-", "")) == number


def test_it_is_written_from_its_largest_letter_on() -> None:
    assert write_groups(0, 1) == "00000"
    assert write_groups(33, 2) == "00000-00011"


@pytest.mark.parametrize(("typed", "meant"), [("O", "0"), ("I", "1"), ("L", "1"), ("Z9", "Z9")])
def test_letters_that_are_not_used_are_read_as_what_they_look_like(typed: str, meant: str) -> None:
    assert as_meant(typed) == meant
    assert "U" not in ALPHABET
