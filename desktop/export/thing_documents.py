"""What the bundle tells of physical things: what and where each is, whose hands it was in."""

from collections.abc import Iterator

from reportlab.platypus import Flowable

from desktop.domain.calendar.times import say_with_zone
from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.evidence.things import THING_FIELDS, THING_LABELS, Handling
from desktop.domain.leaving.bundle import BundleContent
from desktop.export.blocks import (
    blanks,
    facts,
    gap,
    grid,
    note,
    paragraph,
    small,
    title_block,
    together,
)
from desktop.export.page_style import MARK

_MEANING = (
    "These things are not in this bundle. Nobody looked into them for this log, and nothing was "
    "copied from them. Please say how the police want to take charge of each."
)


_TAKEN = "Receipt for {mark}, to be filled in when it is handed over"
_SIGN = (
    ("Received by (name, collar number)", "Date and time", "Seal or bag number"),
    ("Signature", "Handed over by", "Signature"),
)


def things_story(content: BundleContent) -> list[Flowable]:
    """List every physical thing, and each time that it passed from hand to hand."""
    story = title_block("Physical items")
    if not content.physical:
        return [*story, small("No physical thing was entered.")]
    story += [note(_MEANING), gap()]
    for item in content.physical:
        hands = [one for one in content.hands if one.item_id == item.id]
        told = facts(list(_thing_facts(content, item)))
        story += [together([paragraph(f"{item.mark}   {item.label}", MARK), told])]
        story += [gap(4), _hands(hands) if hands else small("No hand-over was entered."), gap(4)]
        story += [
            together([small(_TAKEN.format(mark=item.mark)), blanks(_SIGN, (22, 30))]),
            gap(16),
        ]
    return story


def _thing_facts(content: BundleContent, item: EvidenceItem) -> Iterator[tuple[str, str]]:
    thing = content.things.get(item.id)
    for name in THING_FIELDS if thing else ():
        value = getattr(thing, name)
        if value:
            yield THING_LABELS[name], value
    yield "Entered by", f"{item.captured_by}, {say_with_zone(item.captured_at)}"
    if item.origin.note:
        yield "Note", item.origin.note


def _hands(hands: list[Handling]) -> Flowable:
    rows = [
        (
            say_with_zone(one.details.at),
            one.details.given_by,
            one.details.given_to,
            "; ".join(filter(None, (one.details.purpose, one.details.place))),
            "; ".join(filter(None, (one.details.seal, one.details.reference))),
        )
        for one in hands
    ]
    return grid(
        ("Time", "From", "To", "Why and where", "Seal, reference"), rows, (22, 18, 18, 24, 18)
    )
