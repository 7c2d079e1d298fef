"""The receipt for a thing: a sound PDF that says whose hands it went through, to be signed."""

from pathlib import Path

from desktop.domain.evidence.things import HandlingDetails
from desktop.export.handling_receipt import HandlingReceipt, draw_handling_receipt
from tests.clocks import FrozenClock
from tests.export.papers import check_with_qpdf, fonts_of, text_of


def a_hand(clock: FrozenClock, given_to: str, **more: str) -> HandlingDetails:
    texts = {"given_by": "Pat Smith", "purpose": "", "place": "", "seal": "", "reference": ""}
    return HandlingDetails(at=clock.now(), given_to=given_to, **(texts | more))


def a_receipt(clock: FrozenClock, *hands: HandlingDetails) -> HandlingReceipt:
    return HandlingReceipt(
        organisation="Example <b>Training",
        number="2026/004",
        mark="PXS/3",
        what="Phone of the learner, screen cracked",
        facts=(("Make and model", "Example Phone 7"), ("Colour", "")),
        hands=hands,
        made_at=clock.now(),
    )


def flat(pdf: bytes) -> str:
    return " ".join(text_of(pdf).split())


def test_it_says_what_passed_from_whom_to_whom_and_can_be_signed(
    clock: FrozenClock, tmp_path: Path
) -> None:
    hand = a_hand(clock, "PC Example", purpose="Examination", seal="A 100200", reference="CR 1")
    pdf = draw_handling_receipt(a_receipt(clock, hand))
    check_with_qpdf(pdf, tmp_path)
    assert {embedded for _name, embedded in fonts_of(pdf, tmp_path)} == {"yes"}
    text = flat(pdf)
    for words in (
        "Receipt for PXS/3", "Example <b>Training, incident 2026/004", "Phone of the learner",
        "Example Phone 7", "Pat Smith", "PC Example", "Examination", "A 100200", "CR 1",
        "20 Nov 2026, 09:30", "Received by (name, role, collar number)", "Signature",
        "nobody looks into it", "Not recorded",
    ):  # fmt: skip
        assert words in text, words
    assert "before" not in text


def test_earlier_hands_are_listed_in_order(clock: FrozenClock) -> None:
    first = a_hand(clock, "Sam Jones", purpose="Locked away", seal="A 1")
    clock.advance(hours=2)
    second = a_hand(clock, "PC Example", purpose="Examination", seal="A 2")
    text = flat(draw_handling_receipt(a_receipt(clock, first, second)))
    assert "In whose hands it was before" in text
    before, after = text.split("In whose hands it was before")
    assert "PC Example" in before
    assert "Sam Jones" in after


def test_a_very_long_text_runs_over_pages(clock: FrozenClock, tmp_path: Path) -> None:
    hands = [a_hand(clock, f"Keeper {number}", purpose="kept " * 60) for number in range(30)]
    pdf = draw_handling_receipt(a_receipt(clock, *hands))
    check_with_qpdf(pdf, tmp_path)
    assert "Keeper 0" in flat(pdf)
    assert "Keeper 29" in flat(pdf)
