"""Only what was chosen of a text is in its copy, and what is covered stands nowhere in it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence.chats import ChatView, DayOrder, OrderKnown, Phone
from desktop.domain.evidence.shown import Attachment, MailView, NotShown, PageTextView, TextView
from desktop.domain.evidence.text_choice import (
    COVERED,
    UNSURE,
    Piece,
    copy_text,
    cover_words,
    pieces_of,
    range_text,
    read_ranges,
    read_words,
    say_choice,
)

PIECES = tuple(Piece("", f"line {number}") for number in "abcde")


def test_a_mail_in_pieces() -> None:
    mail = MailView(
        headers=(("From", "a@example.org"), ("Subject", "")),
        received=("from x by y",),
        body="one\n\n  \ntwo",
        attachments=(Attachment("photo.png", "image/png", 9),),
    )
    assert [piece.words for piece in pieces_of(mail)] == [
        "From: a@example.org", "Received: from x by y", "Attached: photo.png", "one", "two",
    ]  # fmt: skip


def test_a_chat_in_pieces() -> None:
    chat = ChatView(
        times=("2026-11-14T21:03:00", "some time"),
        writers=("Owl", ""),
        texts=("you will see", ""),
        names=("", "IMG-1.jpg"),
        order=DayOrder.DAY_FIRST,
        known=OrderKnown.BY_DATE,
        phone=Phone.IPHONE,
    )
    unsure = pieces_of(replace(chat, order=DayOrder.AMBIGUOUS))
    assert unsure == (UNSURE, *pieces_of(chat))
    assert [piece.words for piece in pieces_of(chat)] == [
        "14 Nov 2026, 21:03:00, Owl: you will see",
        "some time: IMG-1.jpg",
    ]


def test_pages_and_plain_text_in_pieces() -> None:
    page = PageTextView(
        title="Thread", saved_from="https://x.example", claimed_address="", saved_by="",
        saved_at="", text="one\ntwo",
    )  # fmt: skip
    assert [piece.words for piece in pieces_of(page)] == [
        "Title: Thread", "Saved from: https://x.example", "one", "two",
    ]  # fmt: skip
    assert len(pieces_of(TextView("one\n\ntwo"))) == 2
    assert pieces_of(TextView("00 01", is_hex=True)) == ()
    assert pieces_of(NotShown("it is too large")) == ()


def test_what_was_not_chosen_is_counted_and_nothing_else() -> None:
    assert copy_text("Copy", PIECES, {1, 4}, ()) == (
        "Copy\n\n[1 piece left out]\nline b\n[2 pieces left out]\nline e\n"
    )
    assert copy_text("Copy", PIECES, {0}, ()).endswith("line a\n[4 pieces left out]\n")
    assert copy_text("Copy", PIECES, set(range(5)), ()).count("left out") == 0


@given(st.lists(st.text("abcxyz ", min_size=4, max_size=9), max_size=8), st.data())
def test_nothing_of_what_was_not_chosen_is_in_the_copy(
    lines: list[str], data: st.DataObject
) -> None:
    pieces = [Piece("", f"<{number}>{line}") for number, line in enumerate(lines)]
    kept = data.draw(st.sets(st.integers(0, 9)))
    copy = copy_text("Copy", pieces, kept, ())
    for number, piece in enumerate(pieces):
        assert (piece.text in copy) is (number in kept)


@pytest.mark.parametrize(
    ("text", "covered", "expected"),
    [
        ("Riley and RILEY", ["riley"], f"{COVERED} and {COVERED}"),
        ("Riley\nExample ran", ["Riley Example", "Riley"], f"{COVERED} ran"),
        ("Riley ran", ["", " "], "Riley ran"),
        ("Rileyville", ["Riley"], "Rileyville"),
        ("a.b", ["a.b", "axb"], COVERED),
        ("axb", ["a.b"], "axb"),
        ("Jose\u0301 ran", ["Jos\u00e9"], f"{COVERED} ran"),
        ("Jos\u00e9 ran", ["Jose\u0301"], f"{COVERED} ran"),
        ("Ri\u034fley\u2060 ran", ["Riley"], f"{COVERED} ran"),
        ("Riley ran", ["\u200b", " \u034f"], "Riley ran"),
    ],
)
def test_words_are_covered_wherever_they_stand(
    text: str, covered: list[str], expected: str
) -> None:
    assert cover_words(text, covered) == expected


def test_words_are_read_as_they_are_typed() -> None:
    assert read_words(" Riley; Example,Owl\n\nRiley ") == ("Riley", "Example", "Owl")
    assert read_words("") == ()


def test_what_was_done_is_said() -> None:
    assert say_choice(40, 3, 0) == "3 of 40 pieces of its text stay"
    assert say_choice(40, 3, 1) == "3 of 40 pieces of its text stay; 1 word or name covered"
    assert say_choice(40, 3, 2) == "3 of 40 pieces of its text stay; 2 words or names covered"


@given(st.sets(st.integers(0, 60)))
def test_places_survive_being_written(places: set[int]) -> None:
    assert read_ranges(range_text(places)) == places


def test_many_places_stay_short() -> None:
    assert range_text(range(100_000)) == "0-99999"
    assert range_text({3, 4, 6}) == "3-4,6"
    assert read_ranges("3,x,,5-6") == {3, 5, 6}
