import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.log.custody import Head
from desktop.domain.log.heads import GROUPS, TypedHead, head_code, head_text, read_head
from desktop.domain.log.paper_code import GROUP

OWN = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
HEAD = Head(1234, OWN)
TEXT = head_text(HEAD)
CODE = head_code(HEAD)
numbers = st.integers(1, 10**11)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(numbers, hashes)
def test_a_head_reads_back_as_it_was_written(number: int, own: str) -> None:
    typed = read_head(head_text(Head(number, own)))
    assert typed == TypedHead(number, own[:20])
    assert typed.fits(Head(number, own))


@given(numbers, hashes)
def test_a_whole_hash_is_read_as_well(number: int, own: str) -> None:
    typed = read_head(f"Safeguarding Log; keys 00ff; entry {number} {own}")
    assert typed == TypedHead(number, own)
    assert typed == read_head(f"{number:,} {own.upper()}")


def test_it_stands_in_four_groups_of_letters_that_are_not_mixed_up() -> None:
    assert [len(group) for group in CODE.split("-")] == [GROUP] * GROUPS
    assert not set("ILOU") & set(CODE)
    assert f"1234 {CODE}" == TEXT


@given(numbers, hashes)
def test_how_it_is_typed_does_not_matter(number: int, own: str) -> None:
    code = head_code(Head(number, own))
    sloppy = code.lower().replace("0", "o").replace("1", "l").replace("-", "  ")
    expected = TypedHead(number, own[:20])
    assert read_head(f" Entry {number:,}: {sloppy}\n") == expected
    assert read_head(f"{number}-{code.replace('-', chr(0x2013))}") == expected


@given(st.integers(0, len(CODE) - 1), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_wrong_character_is_noticed(place: int, letter: str) -> None:
    wrong = CODE[:place] + letter + CODE[place + 1 :]
    assert (read_head(f"1234 {wrong}") is not None) == (wrong == CODE)


@given(st.integers(0, GROUP * GROUPS - 2))
def test_swapped_neighbours_are_noticed(place: int) -> None:
    letters = list(CODE.replace("-", ""))
    letters[place], letters[place + 1] = letters[place + 1], letters[place]
    wrong = "".join(letters)
    assert (read_head(f"1234 {wrong}") is not None) == (wrong == CODE.replace("-", ""))


@given(numbers)
def test_a_wrong_number_is_noticed(number: int) -> None:
    assert (read_head(f"{number} {CODE}") is not None) == (number == 1234)


@pytest.mark.parametrize(
    "typed",
    ["", "hello", "1234", CODE, TEXT[:-1], TEXT + "0", f"1234 {OWN[:-1]}", "1" * 13 + CODE],
)
def test_what_is_no_head_is_refused(typed: str) -> None:
    assert read_head(typed) is None


def test_another_head_does_not_fit() -> None:
    typed = TypedHead(1234, OWN[:20])
    assert not typed.fits(Head(1235, OWN))
    assert not typed.fits(Head(1234, "0" + OWN[1:]))


@given(st.text(max_size=60))
def test_anything_typed_gets_an_answer(typed: str) -> None:
    read_head(typed)
