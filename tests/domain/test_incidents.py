"""Incident records: encoding, titles, numbers."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar.times import Moment
from desktop.domain.incidents import (
    CATEGORY_NAMES,
    FOUR_CS_NAMES,
    MOMENT_FIELDS,
    RECORD_FIELDS,
    TEXT_FIELDS,
    Category,
    FourCs,
    Record,
    RiskLevel,
    decode_record,
    encode_field,
    incident_number,
    title_from,
)

NOON = Moment(datetime(2026, 11, 20, 12, tzinfo=UTC))


def test_every_field_is_of_a_known_kind() -> None:
    listed = {"categories", "four_cs", "platforms", "laws", "risk"}
    assert set(RECORD_FIELDS) == TEXT_FIELDS | MOMENT_FIELDS | listed


def test_every_category_and_area_has_a_name() -> None:
    assert set(CATEGORY_NAMES) == set(Category)
    assert set(FOUR_CS_NAMES) == set(FourCs)


def test_a_record_survives_storing() -> None:
    record = Record(
        title="Comments on a site",
        first_account="“They keep writing.”",
        became_aware_at=NOON,
        categories=(Category.CB_MSG, Category.THREAT),
        four_cs=(FourCs.CONDUCT,),
        platforms=("E-mail", "Website, forum or blog"),
        risk=RiskLevel.HIGH,
    )
    stored = {name: encode_field(name, getattr(record, name)) for name in RECORD_FIELDS}
    assert decode_record(stored) == record


def test_nothing_known_is_an_empty_record() -> None:
    assert decode_record({}) == Record()
    assert decode_record({"risk": "", "occurred_to": ""}) == Record()


def test_unknown_names_are_refused_when_written_and_ignored_when_read() -> None:
    with pytest.raises(KeyError):
        encode_field("mood", "")
    assert decode_record({"mood": "x"}) == Record()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        ("Abusive e-mails. She is upset.", "Abusive e-mails"),
        ("First line\nsecond", "First line"),
        (
            "word " * 30,
            "word word word word word word word word word word word word word word word…",
        ),
        ("one word and " * 9, "one word and " * 5 + "one word and…"),
    ],
)
def test_titles_come_from_the_first_sentence(text: str, title: str) -> None:
    assert title_from(text) == title


@given(st.text(max_size=300))
def test_titles_are_short(text: str) -> None:
    assert len(title_from(text)) <= 80


def test_numbers_hold_year_and_order() -> None:
    assert incident_number(2026, 42) == "2026-0042"
