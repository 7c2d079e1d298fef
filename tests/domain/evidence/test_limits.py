"""How near to its source an item is, and what must not be concluded from it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence.items import (
    EvidenceItem,
    ExhibitMark,
    ItemKind,
    ItemState,
    Method,
    Origin,
)
from desktop.domain.evidence.limits import Standing, limits_of, standing_of
from desktop.domain.identifiers import ContentId, IncidentId, ItemId
from tests.clocks import FrozenClock

ITEM = EvidenceItem(
    id=ItemId("1"),
    incident_id=IncidentId("2"),
    mark=ExhibitMark("PXS", 1),
    kind=ItemKind.SCREEN,
    state=ItemState.KEPT,
    method=Method.SCREEN_CAPTURE,
    content_id=ContentId("3"),
    fingerprint=None,
    media_type="image/png",
    original_name="",
    captured_at=FrozenClock().now(),
    captured_by="Pat Example",
    captured_with="",
    statement_id=None,
    origin=Origin(time_as_shown="2h ago"),
)
PASSED_ON = replace(ITEM, method=Method.DROP, origin=Origin(first_hand="no"))


def test_a_capture_is_nearest_and_words_are_farthest() -> None:
    assert standing_of(ITEM) is Standing.CAPTURED
    assert standing_of(replace(ITEM, method=Method.DROP)) is Standing.RECEIVED_AS_FILE
    assert standing_of(PASSED_ON) is Standing.SECOND_HAND
    seen = replace(PASSED_ON, origin=Origin(passed_on_by="a tutor", seen_live="yes"))
    assert standing_of(seen) is Standing.SECOND_HAND_SEEN
    assert standing_of(replace(ITEM, state=ItemState.HELD_BACK)) is Standing.IN_WORDS
    assert limits_of(replace(ITEM, state=ItemState.SEALED)) == ()


def test_a_capture_of_a_forwarded_screenshot_is_second_hand() -> None:
    assert standing_of(replace(ITEM, origin=Origin(first_hand="no"))) is Standing.SECOND_HAND


def test_second_hand_evidence_says_its_way() -> None:
    origin = Origin(
        first_hand="no",
        passed_on_by="a tutor",
        passed_on_how="by e-mail",
        taken_by="the learner",
        seen_live="gone",
    )
    first = limits_of(replace(PASSED_ON, origin=origin))[0]
    assert first == (
        "It was passed on by a tutor (by e-mail); taken by the learner. When the keyholder looked "
        "at its source, it was gone. Nothing is known of what happened to it before it came in."
    )
    plain = limits_of(PASSED_ON)[0]
    assert plain.startswith("It was passed on; who took it is not known. The keyholder has not")


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (ItemKind.PICTURE, "made up"),
        (ItemKind.MAIL, "sending side"),
        (ItemKind.CHAT, "plain text"),
    ],
)
def test_each_kind_says_what_it_does_not_show(kind: ItemKind, word: str) -> None:
    assert any(word in sentence for sentence in limits_of(replace(ITEM, kind=kind)))


def test_a_time_that_is_missing_or_not_certain_is_said() -> None:
    assert "No time" in limits_of(replace(ITEM, origin=Origin()))[-1]
    about = Origin(time_as_shown="2h ago", time_certainty="about")
    assert "not certain" in limits_of(replace(ITEM, origin=about))[-1]
    assert len(limits_of(ITEM)) == 1


@given(
    st.sampled_from(ItemKind),
    st.sampled_from(Method),
    st.sampled_from(["", "yes", "no"]),
    st.sampled_from(["", "yes", "gone", "no"]),
)
def test_second_hand_is_never_passed_over(
    kind: ItemKind, method: Method, first_hand: str, seen_live: str
) -> None:
    origin = Origin(first_hand=first_hand, seen_live=seen_live)
    item = replace(ITEM, kind=kind, method=method, origin=origin)
    said = any(sentence.startswith("It was passed on") for sentence in limits_of(item))
    assert said == (first_hand == "no")
