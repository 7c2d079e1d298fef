"""A plan says what is done to a copy, can be written down and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence.derivatives import (
    MOST_MARKS,
    Mark,
    PicturePlan,
    Shape,
    plan_text,
    read_plan,
    say_plan,
)
from desktop.domain.evidence.items import ItemKind

COVER = Mark(Shape.COVER, 30, 40, 10, 20)
ARROW = Mark(Shape.ARROW, 1, 2, 3, 4)
NUMBER = Mark(Shape.NUMBER, 5, 5, 5, 5, 1)
FRAME = Mark(Shape.FRAME, 0, 0, 9, 9)

marks = st.builds(
    Mark,
    st.sampled_from(Shape),
    *(st.integers(-50, 5000) for _ in range(4)),
    st.integers(0, 99),
)
plans = st.builds(
    PicturePlan,
    st.integers(1, 9000),
    st.integers(1, 9000),
    st.lists(marks, max_size=6).map(tuple),
    st.none() | st.tuples(*(st.integers(0, 9000) for _ in range(4))),
)


@given(plans)
def test_a_plan_survives_being_written(plan: PicturePlan) -> None:
    assert read_plan(plan_text(plan)) == plan


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        '{"width": 1}',
        '{"width":0,"height":5,"marks":[],"crop":null}',
        '{"width":5,"height":0,"marks":[],"crop":null}',
        '{"width":5,"height":5,"marks":[{"shape":"star"}],"crop":null}',
        '{"width":5,"height":5,"marks":[3],"crop":null}',
        '{"width":1e400,"height":5,"marks":[],"crop":null}',
        '{"width":5,"height":5,"marks":[],"crop":[0,0,"a",5]}',
        '{"width":5,"height":5,"marks":[],"crop":[0,0]}',
        plan_text(PicturePlan(5, 5, (Mark(Shape.FRAME, 0, 0, 10**6, 5),))),
        plan_text(PicturePlan(5, 5, (COVER,) * (MOST_MARKS + 1))),
    ],
)
def test_what_is_no_plan_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a plan"):
        read_plan(text)


def test_a_mark_has_an_area_whichever_way_it_was_drawn() -> None:
    assert COVER.area == (10, 20, 30, 40)


@pytest.mark.parametrize(
    ("plan", "kind", "words"),
    [
        (PicturePlan(9, 9, (COVER, ARROW)), ItemKind.REDACTED,
         "1 area covered with a solid box; 1 arrow drawn"),
        (PicturePlan(9, 9, (COVER, COVER)), ItemKind.REDACTED,
         "2 areas covered with solid boxes"),
        (PicturePlan(9, 9, (FRAME, NUMBER, NUMBER), (0, 0, 4, 5)), ItemKind.ANNOTATED,
         "1 frame drawn; 2 numbers put on; cropped to 4 by 5 of 9 by 9"),
        (PicturePlan(9, 9, (), (0, 0, 4, 5)), ItemKind.CROPPED, "cropped to 4 by 5 of 9 by 9"),
    ],
)  # fmt: skip
def test_a_plan_says_what_it_makes(plan: PicturePlan, kind: ItemKind, words: str) -> None:
    assert plan.kind is kind
    assert say_plan(plan) == words
    assert not plan.is_empty


def test_a_page_is_named() -> None:
    assert say_plan(PicturePlan(9, 9), page=2) == "page 3 made into a picture"
    assert PicturePlan(9, 9).is_empty
