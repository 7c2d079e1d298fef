"""Evidence items: marks, names, fingerprints."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar.times import Moment
from desktop.domain.evidence.items import (
    ORIGIN_FIELDS,
    EvidenceItem,
    ExhibitMark,
    Fingerprint,
    ItemKind,
    ItemState,
    Method,
    Origin,
    clean_text,
    exported_name,
    initials_of,
    next_letter,
    tidy_initials,
)
from desktop.domain.identifiers import ContentId, IncidentId, ItemId

ITEM = EvidenceItem(
    id=ItemId("i"),
    incident_id=IncidentId("n"),
    mark=ExhibitMark("PXS", 1),
    kind=ItemKind.SCREEN_REGION,
    state=ItemState.KEPT,
    method=Method.SCREEN_CAPTURE,
    content_id=ContentId("c"),
    fingerprint=Fingerprint("a" * 64, 3),
    media_type="image/png",
    original_name="",
    captured_at=Moment(datetime(2026, 11, 20, 12, tzinfo=UTC)),
    captured_by="Pat Example",
    captured_with="",
    statement_id=None,
    origin=Origin(),
)


@pytest.mark.parametrize(("digest", "size"), [("a" * 63, 1), ("G" * 64, 1), ("a" * 64, -1)])
def test_what_is_no_fingerprint_is_refused(digest: str, size: int) -> None:
    with pytest.raises(ValueError, match="fingerprint"):
        Fingerprint(digest, size)


def test_marks_are_written_for_labels_and_files() -> None:
    assert str(ExhibitMark("PXS", 12)) == "PXS/12"
    assert ExhibitMark("PXS", 12).file_stem == "PXS-12"


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Pat Smith", "PXS"),
        ("Alex Jo Brown", "AJB"),
        ("Mary-Ann Lee", "MAL"),
        ("Cher", ""),
        ("", ""),
    ],
)
def test_initials_are_suggested(name: str, initials: str) -> None:
    assert initials_of(name) == initials


@pytest.mark.parametrize(
    ("typed", "tidy"), [("pxs", "PXS"), ("p.x.s.", "PXS"), ("abcde", "ABCD"), ("p", "")]
)
def test_initials_are_tidied(typed: str, tidy: str) -> None:
    assert tidy_initials(typed) == tidy


@pytest.mark.parametrize(
    ("media_type", "original", "name"),
    [
        ("image/png", "", "PXS-1_original.png"),
        ("message/rfc822", "Jamie's mail.eml", "PXS-1_original.eml"),
        ("application/x-unknown", "clip.M4V", "PXS-1_original.m4v"),
        ("application/x-unknown", "../../etc/pass wd", "PXS-1_original.bin"),
        ("application/x-unknown", "noending", "PXS-1_original.bin"),
    ],
)
def test_exported_names_say_nothing_of_people(media_type: str, original: str, name: str) -> None:
    assert exported_name(replace(ITEM, media_type=media_type, original_name=original)) == name


def test_details_are_missing_until_somebody_says_where_it_is_from() -> None:
    assert ITEM.details_missing
    assert not replace(ITEM, origin=Origin(source_url="https://example.org/1")).details_missing
    assert not replace(ITEM, state=ItemState.HELD_BACK, content_id=None).details_missing


def test_a_label_says_what_it_is() -> None:
    assert ITEM.label == "Part of a screen"
    assert replace(ITEM, origin=Origin(description="Comment")).label == "Comment"


def test_origin_fields_are_those_of_origin() -> None:
    assert set(ORIGIN_FIELDS) == set(Origin.__dataclass_fields__)


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "\u3000"])
def test_space_of_another_width_keeps_words_apart(space: str) -> None:
    assert clean_text(f"Riley{space}Example") == "Riley Example"


@given(st.text(max_size=600))
def test_cleaned_text_can_be_shown(untrusted: str) -> None:
    shown = clean_text(untrusted)
    assert shown.isprintable()
    assert len(shown) <= 500
    assert not any("\u202a" <= character <= "\u202e" for character in shown)


def test_derivatives_are_lettered_on_and_on() -> None:
    assert [next_letter(taken) for taken in (0, 1, 25, 26, 27, 51, 52, 701, 702)] == [
        "A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
    letters = [next_letter(taken) for taken in range(2000)]
    assert len(set(letters)) == 2000
