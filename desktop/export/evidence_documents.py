"""What the bundle tells of the evidence: exhibit list, continuity, what is there in words only."""

from collections.abc import Iterator
from itertools import groupby

from reportlab.platypus import Flowable

from desktop.domain.calendar.times import Moment, say, say_with_zone
from desktop.domain.evidence.gate import Concern
from desktop.domain.evidence.items import EvidenceItem, ItemKind, ItemState
from desktop.domain.evidence.limits import limits_of, standing_of
from desktop.domain.evidence.things import say_handling
from desktop.domain.leaving.bundle import BundleContent, ContinuityLine, exhibit_path
from desktop.export.blocks import (
    facts,
    gap,
    grid,
    hash_line,
    heading,
    note,
    paragraph,
    small,
    title_block,
    together,
)
from desktop.export.copy_documents import copies_story
from desktop.export.page_style import LABEL, MARK

_CONCERNS = {
    Concern.CHILD_IMAGE: "a nude, semi-nude or sexual image of someone who is or may be under 18",
    Concern.ADULT_IMAGE: "an intimate image of an adult shared without consent",
    Concern.TERRORIST: "terrorist material",
}
_CERTAINTY = {"sure": "copied as shown", "about": "about right", "not sure": "not sure"}
_AVAILABLE = {"live": "yes", "removed": "no, it was gone", "not known": "not known"}
_MEANING = (
    "The SHA-256 of each original was taken when it was entered in the log and again while this "
    "bundle was made. It shows that the file is unchanged since it was entered. It does not show "
    "that what can be seen in it is true."
)


def exhibits_story(content: BundleContent) -> list[Flowable]:
    """List every item with its mark, its hash and what is known of its origin."""
    story = [*title_block("Exhibit list"), gap(2), note(_MEANING), gap(12)]
    if not content.items:
        story.append(small("No item was entered."))
    for item in content.items:
        story += _exhibit(content, item)
    return [*story, *copies_story(content)]


def continuity_story(content: BundleContent) -> list[Flowable]:
    """List who did what to each exhibit; every view and every export is there."""
    story = title_block(
        "Continuity",
        "From the custody record of the log, in which each entry is chained to the one before.",
    )
    by_mark = sorted(content.continuity, key=lambda line: (line.mark, line.number))
    if not by_mark:
        story.append(small("No item was entered."))
    for mark, lines in groupby(by_mark, key=lambda line: line.mark):
        rows = [_continuity_row(line) for line in lines]
        head = ("Time", "Who", "What", "Entry")
        story += [paragraph(str(mark), MARK), grid(head, rows, (27, 25, 40, 8)), gap(12)]
    if content.head:
        story.append(heading("End of the custody record when this bundle was made"))
        story += [small(f"Entry {content.head.number}"), hash_line(content.head.own)]
    return story


def held_back_story(content: BundleContent) -> list[Flowable]:
    """Describe what is there in words only, and why; nothing of it was opened or copied."""
    story = title_block("Held back, and described only")
    in_words = [item for item in content.in_words if item not in content.physical]
    if not in_words:
        return [*story, small("Nothing was held back, and nothing is described in words only.")]
    story += [
        note(
            "These items are not in this bundle. Where there was reason to think that one must "
            "not be copied, it was not opened, viewed, hashed or copied; it was described in "
            "words. Please say how the police want to take charge of it.",
            warn=True,
        ),
        gap(),
    ]
    for item in in_words:
        story += [together([paragraph(str(item.mark), MARK), facts(list(_words(content, item)))])]
        story.append(gap(14))
    return story


def _exhibit(content: BundleContent, item: EvidenceItem) -> list[Flowable]:
    top: list[Flowable] = [paragraph(f"{item.mark}   {item.label}", MARK)]
    if item.fingerprint:
        top += [paragraph("SHA-256", LABEL), hash_line(item.fingerprint.sha256), gap(2)]
    told = [*_exhibit_facts(item), *_related(content, item), *item.noted]
    return [together([*top, facts(told)]), gap(16)]


def _related(content: BundleContent, item: EvidenceItem) -> Iterator[tuple[str, str]]:
    """Say what it came inside and what was made of it; copies stay out of a police bundle."""
    marks = {one.id: str(one.mark) for one in content.items}
    if item.inside_id in marks:
        yield "Came inside", marks[item.inside_id]
    inside = [str(one.mark) for one in content.items if one.inside_id == item.id]
    if inside:
        yield "What came inside it", ", ".join(inside)
    in_set = [str(one.mark) for one in content.items if item.set_id and one.set_id == item.set_id]
    if len(in_set) > 1:
        yield "One of a set, in this order", ", ".join(in_set)
    made = [one for one in content.derivatives if one.derived_from == item.id]
    if made:
        listed = ", ".join(f"{one.mark} ({one.kind.value})" for one in made)
        yield "Copies made of it, not in this bundle", f"{listed}; at the end of this list"


def _exhibit_facts(item: EvidenceItem) -> Iterator[tuple[str, str]]:
    origin = item.origin
    yield "What it is", item.kind.value
    if item.state is ItemState.KEPT and item.fingerprint:
        yield "File in this bundle", f"data/{exhibit_path(item)}"
        yield "Size and type", f"{item.fingerprint.size:,} bytes, {item.media_type}"
    else:
        where = "10" if item.kind is ItemKind.THING else "09"
        yield "File in this bundle", f"none: in words only, see document {where}"
    yield "Producer", item.captured_by
    yield "Taken in", say_with_zone(item.captured_at)
    yield "How", f"{item.method.value}; {item.captured_with}"
    zone = f" (zone: {origin.zone_as_shown})" if origin.zone_as_shown else ""
    meant = say_with_zone(Moment.from_text(origin.time_meant)) if origin.time_meant else ""
    for label, value in (
        ("Source address", origin.source_url),
        ("Platform", origin.platform),
        ("Account", " ".join(part for part in (origin.display_name, origin.handle) if part)),
        ("Profile", origin.profile_url),
        ("Post or message", origin.post_id),
        ("Time as displayed", f"{origin.time_as_shown}{zone}" if origin.time_as_shown else ""),
        ("That time, as worked out", meant),
        ("How sure that time is", _CERTAINTY.get(origin.time_certainty, "")),
        ("Seen with the login of", origin.logged_in_as),
        ("Still there when it was captured", _AVAILABLE.get(origin.availability, "")),
        ("Taken by", origin.taken_by),
        ("Passed on by", ", ".join(filter(None, (origin.passed_on_by, origin.passed_on_how)))),
        ("Name of the file", item.original_name),
        ("Where the original remains", origin.original_kept),
        ("How it stands", standing_of(item).value),
        ("Limits", " ".join(limits_of(item))),
        ("Note", origin.note),
    ):
        if value:
            yield label, value


def _continuity_row(line: ContinuityLine) -> tuple[str, ...]:
    return say_with_zone(line.at), line.by, line.what, str(line.number)


def _words(content: BundleContent, item: EvidenceItem) -> Iterator[tuple[str, str]]:
    yield "State", item.state.value
    yield "Description", item.origin.description
    for statement in content.statements:
        if statement.id == item.statement_id:
            concern = f"; possibly {_CONCERNS[statement.concern]}" if statement.concern else ""
            yield "Answer at the question before copying", f"{statement.answer.value}{concern}"
            yield "Given by", f"{statement.by}, {say_with_zone(statement.at)}"
        elif statement.corrects and statement.corrects == item.statement_id:
            by = f"{statement.by}, {say_with_zone(statement.at)}"
            on = f", on this information: {statement.information}" if statement.information else ""
            yield (
                "Answer corrected",
                f"{statement.answer.value}, because {statement.reason}{on} ({by})",
            )
    for hand in content.hands:
        if hand.item_id == item.id:
            yield f"Passed on {say(hand.details.at)}", say_handling(hand.details)
    for label, value in (
        ("Source address", item.origin.source_url),
        ("Platform", item.origin.platform),
        ("Account", item.origin.handle),
        ("Who holds it, and where", item.origin.original_kept),
        ("Note", item.origin.note),
    ):
        if value:
            yield label, value
