"""What the bundle tells of the copies made of its exhibits: they are listed, and not in it."""

from collections.abc import Iterator

from reportlab.platypus import Flowable

from desktop.domain.calendar.times import say_with_zone
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.leaving.bundle import BundleContent
from desktop.export.blocks import facts, gap, hash_line, heading, note, paragraph, together
from desktop.export.page_style import LABEL, MARK

_MEANING = (
    "These were made of exhibits in this bundle, to be shared or worked with. They are not in it: "
    "the originals are, unchanged. Each has a mark and a fingerprint of its own."
)
TITLE = "Copies made of these exhibits, not in this bundle"
NOT_CONFIRMED = "nobody has confirmed it yet"


def copies_story(content: BundleContent) -> list[Flowable]:
    """List every copy with what was done, why, by whom, and who confirmed it; nothing if none."""
    if not content.derivatives:
        return []
    top: list[Flowable] = [heading(TITLE), note(_MEANING), gap(10)]
    story: list[Flowable] = []
    for item in content.derivatives:
        top.append(paragraph(f"{item.mark}   {item.label}", MARK))
        if item.fingerprint:
            top += [paragraph("SHA-256", LABEL), hash_line(item.fingerprint.sha256), gap(2)]
        story += [together([*top, facts(list(_copy_facts(content, item)))]), gap(14)]
        top = []
    return story


def made_of(content: BundleContent, item: EvidenceItem) -> str:
    """Return the mark of the original that a copy was made of."""
    return next((str(one.mark) for one in content.items if one.id == item.derived_from), "")


def confirmed_by(content: BundleContent, item: EvidenceItem) -> str:
    """Say who confirmed a copy, or that nobody did."""
    found = content.confirmed.get(item.id)
    return found.text if found else NOT_CONFIRMED


def _copy_facts(content: BundleContent, item: EvidenceItem) -> Iterator[tuple[str, str]]:
    yield "What it is", item.kind.value
    yield "Made of", made_of(content, item)
    for name, value in item.noted:
        if name != "made from":
            yield f"{name[:1].upper()}{name[1:]}", value
    yield "Made by", f"{item.captured_by}, {say_with_zone(item.captured_at)}"
    yield "Second person", confirmed_by(content, item)
    if item.state is not ItemState.KEPT:
        yield "State", item.state.value
