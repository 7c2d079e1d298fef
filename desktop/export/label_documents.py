"""The labels of a bundle: one for each exhibit, to be cut out, signed and put on what it names."""

from collections.abc import Iterator

from reportlab.platypus import Flowable, Table

from desktop.domain.calendar.times import say_with_zone
from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.leaving.bundle import BundleContent
from desktop.export.blocks import (
    blanks,
    dress,
    gap,
    hash_line,
    note,
    paragraph,
    small,
    title_block,
    together,
)
from desktop.export.page_style import BIG, LABEL, SOFT, STRONG, VALUE, WIDTH

_MEANING = (
    "A label goes on the thing itself, or on the stick or disc with the file. The producer signs "
    "it when the statement that names the exhibit is signed."
)
_LINES = (("Producer's signature",), ("Statement of, and its date",), ("Received by, and when",))
_SHARES = (0.6, 0.4)
_EDGE = 10


def labels_story(content: BundleContent) -> list[Flowable]:
    """Draw a label for every original in the bundle and every physical thing."""
    story = title_block("Exhibit labels")
    marked = [item for item in content.items if item in content.kept or item in content.physical]
    if not marked:
        return [*story, small("There is no original and no physical thing to label.")]
    story += [note(_MEANING), gap(10)]
    for item in marked:
        story += [_label(content, item), gap(10)]
    return story


def _label(content: BundleContent, item: EvidenceItem) -> Flowable:
    left: list[Flowable] = [paragraph(str(item.mark), BIG), paragraph(item.label, STRONG), gap(3)]
    left += [paragraph(f"{label}: {value}", VALUE) for label, value in _facts(content, item)]
    sign = blanks(_LINES, (24,) * len(_LINES), WIDTH * _SHARES[1] - 2 * _EDGE)
    print_: list[Flowable] = []
    if item.fingerprint:
        print_ = [paragraph("SHA-256", LABEL), hash_line(item.fingerprint.sha256)]
    # The fingerprint needs the whole width, so it stands in a row of its own.
    table = Table([[left, sign], [print_, ""]], colWidths=[WIDTH * share for share in _SHARES])
    dress(
        table,
        [
            ("BOX", (0, 0), (-1, -1), 0.8, SOFT),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("SPAN", (0, 1), (1, 1)),
            ("LEFTPADDING", (0, 0), (-1, -1), _EDGE),
            ("RIGHTPADDING", (0, 0), (-1, -1), _EDGE),
            ("TOPPADDING", (0, 0), (-1, 0), 8),
            ("BOTTOMPADDING", (0, 1), (-1, 1), 6),
        ],
    )
    return together([table])


def _facts(content: BundleContent, item: EvidenceItem) -> Iterator[tuple[str, str]]:
    yield "Incident", content.incident.number
    yield "Crime reference", content.crime_reference or "________________"
    yield "Producer", item.captured_by
    yield "Taken in", say_with_zone(item.captured_at)
    thing = content.things.get(item.id)
    if thing and thing.seal:
        yield "Seal or bag number", thing.seal
