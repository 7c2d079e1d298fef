"""A thing and the hands it passed through are said in one line each, without what is not known."""

from datetime import UTC, datetime

import pytest

from desktop.domain.calendar.times import Moment
from desktop.domain.evidence.things import (
    THING_FIELDS,
    THING_LABELS,
    HandlingDetails,
    Thing,
    say_handling,
    say_thing,
    thing_field,
)

NOW = Moment(datetime(2026, 11, 20, 9, 30, tzinfo=UTC), 0, "GMT")


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        (Thing(), ""),
        (Thing(make="Example", model="One"), "Example One"),
        (Thing(colour="black", make="Example", owner="Robin"), "black Example, of Robin"),
        (Thing(owner="Robin"), "of Robin"),
    ],
)
def test_a_thing_is_said_in_a_line(thing: Thing, said: str) -> None:
    assert say_thing(thing) == said


def test_a_handling_is_said_with_what_is_known_of_it() -> None:
    bare = HandlingDetails(at=NOW, given_by="Robin", given_to="Pat")
    assert say_handling(bare) == "From Robin, to Pat"
    whole = HandlingDetails(
        at=NOW, given_by="Robin", given_to="Pat", purpose="locked away", place="safe",
        seal="A 1", reference="EX/1",
    )  # fmt: skip
    assert say_handling(whole) == (
        "From Robin, to Pat; locked away; kept: safe; seal: A 1; their reference: EX/1"
    )


def test_every_field_of_a_thing_has_a_label_and_a_name_of_its_own() -> None:
    assert tuple(THING_LABELS) == THING_FIELDS
    assert len({thing_field(name) for name in THING_FIELDS}) == len(THING_FIELDS)
