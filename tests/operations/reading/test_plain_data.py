"""Answers as plain data: back as they went, and refused where they do not fit."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NewType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence.shown import Picture
from desktop.operations.reading.decoding import TASKS
from desktop.operations.reading.plain_data import (
    NotPlain,
    check_for,
    from_text,
    pack,
    to_text,
    unpack,
)

Name = NewType("Name", str)


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Leaf:
    name: Name
    data: bytes


@dataclass(frozen=True)
class Tree:
    leaves: tuple[Leaf, ...]
    pair: tuple[int, str]
    height: float
    colour: Colour | None
    either: Leaf | bool
    nothing: None = None


def a_tree() -> Tree:
    leaves = (Leaf(Name("é"), b"one"), Leaf(Name(""), b""))
    return Tree(leaves, (-1, "x"), 1.5, Colour.RED, either=Leaf(Name("z"), b"two"))


def over_the_pipe(kind: Any, value: object) -> Any:
    plain, blobs = pack(value)
    return unpack(kind, from_text(to_text(plain)), tuple(blobs))


def test_what_goes_out_comes_back() -> None:
    assert over_the_pipe(Tree, a_tree()) == a_tree()


@given(
    st.tuples(
        st.text(),
        st.integers(-(2**63), 2**63 - 1),
        st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9),
        st.booleans(),
        st.binary(),
    )
)
def test_simple_values_come_back(value: tuple[str, int, float, bool, bytes]) -> None:
    assert over_the_pipe(tuple[str, int, float, bool, bytes], value) == value


def test_half_characters_become_question_marks() -> None:
    assert over_the_pipe(str, "a\ud800b") == "a?b"


@pytest.mark.parametrize("name", TASKS)
def test_every_answer_of_a_task_can_be_checked(name: str) -> None:
    assert callable(check_for(TASKS[name].answer))


@pytest.mark.parametrize(
    ("kind", "untrusted"),
    [
        (str, 1),
        (str, None),
        (str, "\ud800"),
        (int, True),
        (int, 1.0),
        (int, 2**63),
        (float, "1"),
        (float, True),
        (float, 1e300),
        (bool, 1),
        (None, 0),
        (bytes, 1),
        (bytes, -1),
        (bytes, "0"),
        (tuple[int, ...], {"0": 1}),
        (tuple[int, ...], [1, "x"]),
        (tuple[int, str], [1]),
        (tuple[int, str], "ab"),
        (Colour, "blue"),
        (Colour | None, "blue"),
        (Leaf, ["Leaf", "x"]),
        (Leaf, ["Tree", "x", 0]),
        (Leaf, ["Leaf", "x", 0, 0]),
        (Leaf, {"name": "x", "data": 0}),
        (Picture, ["Picture", 2, 2, 0, 2, 2, 1]),
        (Picture, ["Picture", -1, -1, 0, 2, 2, 1]),
    ],
)
def test_what_does_not_fit_its_type_is_refused(kind: Any, untrusted: object) -> None:
    with pytest.raises(NotPlain):
        unpack(kind, untrusted, (b"data",))


@pytest.mark.parametrize(
    "text", [b"", b"{", b"NaN", b"[Infinity]", b"\xff", b"[" * 100_000, b"1" * 10_000]
)
def test_what_is_no_plain_text_is_refused(text: bytes) -> None:
    with pytest.raises(NotPlain):
        from_text(text)


@pytest.mark.parametrize("kind", [dict, list[int], object, set])
def test_other_types_cannot_cross(kind: Any) -> None:
    with pytest.raises(NotPlain):
        check_for(kind)
    with pytest.raises(NotPlain):
        pack({})
