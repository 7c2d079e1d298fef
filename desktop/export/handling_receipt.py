"""The receipt for a thing that passes from one hand to another, with lines to sign."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from desktop.domain.calendar.times import Moment, say_with_zone
from desktop.domain.evidence.things import HandlingDetails
from desktop.export.blocks import (
    blanks,
    facts,
    gap,
    grid,
    hash_line,
    heading,
    note,
    title_block,
    together,
)
from desktop.export.page_style import PaperHead, compose

TITLE = "Receipt"
_CARE = (
    "Until the police hold it, nobody looks into it, unlocks it, connects it to anything or "
    "deletes anything in it. It stays sealed and locked away. Each time it is handed on gets an "
    "entry."
)
SIGNATURES = (
    ("Handed over by (name and role)", "Received by (name, role, collar number)"),
    ("Signature", "Signature"),
    ("Date and time", "Date and time"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingReceipt:
    """What the receipt says: the thing by its mark, what is known of it, all hands in order.

    The last of `hands` is the one that the receipt is for; `facts` are labels with their values.
    """

    organisation: str
    number: str
    mark: str
    what: str
    facts: Sequence[tuple[str, str]]
    hands: Sequence[HandlingDetails]
    made_at: Moment
    fingerprint: str = ""


def draw_handling_receipt(receipt: HandlingReceipt) -> bytes:
    """Write the receipt as PDF."""
    head = PaperHead(
        title=f"{TITLE} for {receipt.mark}, incident {receipt.number}",
        left=f"{receipt.organisation}, incident {receipt.number}",
        right=f"Exhibit {receipt.mark}",
        made_at=receipt.made_at,
    )
    return compose(head, _story(receipt))


def _story(receipt: HandlingReceipt) -> list[Flowable]:
    *earlier, last = receipt.hands
    story = title_block(
        f"{TITLE} for {receipt.mark}",
        "One copy for whoever receives it, one for the safeguarding lead's own file.",
    )
    story += [facts((("What it is", receipt.what), *receipt.facts))]
    if receipt.fingerprint:
        story += [heading("Fingerprint (SHA-256)"), hash_line(receipt.fingerprint)]
    story += [heading("Handed over"), facts(_hand_facts(last))]
    if earlier:
        story += [heading("In whose hands it was before"), _earlier(earlier)]
    story += [gap(6), note(_CARE)]
    story.append(together([heading("To be signed by both"), blanks(SIGNATURES, (22, 34, 22))]))
    return story


def _hand_facts(hand: HandlingDetails) -> tuple[tuple[str, str], ...]:
    return (
        ("When", say_with_zone(hand.at)),
        ("From", hand.given_by),
        ("To", hand.given_to),
        ("Why", hand.purpose),
        ("Where it goes or is kept", hand.place),
        ("Seal or bag number", hand.seal),
        ("Reference", hand.reference),
    )


def _earlier(hands: Sequence[HandlingDetails]) -> Flowable:
    rows = [
        (say_with_zone(hand.at), hand.given_by, hand.given_to, hand.purpose, hand.seal)
        for hand in hands
    ]
    return grid(("When", "From", "To", "Why", "Seal"), rows, (2.4, 2, 2, 2.4, 1.4))
