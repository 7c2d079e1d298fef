"""The certificate of an erasure: what was erased and by whom, without a name of anybody in it."""

from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table

from desktop.domain.calendar.times import say_date, say_with_zone
from desktop.domain.log.certificates import CertificateFacts
from desktop.domain.log.heads import head_text
from desktop.export.blocks import (
    dress,
    facts,
    gap,
    grid,
    hash_line,
    heading,
    note,
    paragraph,
    small,
    text_blocks,
    title_block,
    together,
)
from desktop.export.page_style import LABEL, LINE, WIDTH, PaperHead, compose
from desktop.export.qr import qr_code
from desktop.export.register_page import qr_text

FOOT = "Certificate of erasure. Nothing of what was erased is in it"
_QR_SIDE = 30 * mm


def draw_erasure_certificate(erasure: CertificateFacts) -> bytes:
    """Write the certificate as PDF."""
    paper = PaperHead(
        title=f"Certificate of erasure, incident {erasure.number}",
        left=erasure.organisation,
        right="Certificate of erasure",
        foot=FOOT,
        made_at=erasure.erased_at,
    )
    return compose(paper, _story(erasure))


def _story(erasure: CertificateFacts) -> list[Flowable]:
    story = title_block(
        "Certificate of erasure",
        f"The record of incident {erasure.number} was erased from the safeguarding log. Its "
        "number stays and is never used again.",
    )
    witness = "Witnessed by" if erasure.second_is_witness else "Second keyholder"
    story.append(
        facts(
            (
                ("Log of", erasure.organisation),
                ("Incident number", erasure.number),
                ("Erased", say_with_zone(erasure.erased_at)),
                ("Class of record", erasure.retention_class),
                ("Authorised by", erasure.authorised_by),
                (witness, erasure.second),
            )
        )
    )
    story += [heading("Reason"), *text_blocks(erasure.reason)]
    story += _contents(erasure)
    story += _backups(erasure)
    story += _proof(erasure)
    story += _signing(witness)
    return story


def _contents(erasure: CertificateFacts) -> list[Flowable]:
    count = len(erasure.contents)
    words = [_count(count)]
    if erasure.kept:
        words.append(_kept(erasure.kept))
    blocks: list[Flowable] = [heading("What was erased"), paragraph(" ".join(words))]
    if erasure.contents:
        blocks.append(
            grid(
                ("Exhibit", "SHA-256 of what was erased"),
                [(one.mark, one.sha256) for one in erasure.contents],
                (1, 5),
            )
        )
        blocks += [
            gap(4),
            small(
                "A SHA-256 says nothing about what was erased. It only shows, should a copy turn "
                "up, whether it is the same."
            ),
        ]
    return blocks


def _count(count: int) -> str:
    if not count:
        return "Everything written in the record. It held no exhibit whose content was kept."
    exhibits = "1 exhibit" if count == 1 else f"{count:,} exhibits"
    return f"Everything written in the record, and the content of {exhibits}."


def _kept(count: int) -> str:
    if count == 1:
        return "The content of 1 exhibit is also part of another record and stays there."
    return f"The content of {count:,} exhibits is also part of other records and stays there."


def _backups(erasure: CertificateFacts) -> list[Flowable]:
    blocks: list[Flowable] = [heading("What older backups still hold")]
    if not erasure.backups:
        blocks.append(paragraph("No backup made before the erasure is known to this log."))
        return blocks
    blocks.append(
        paragraph(
            "Backups made before the erasure still hold the record, sealed with the keys of the "
            "log, until they are replaced:"
        )
    )
    blocks.append(
        grid(
            ("Place", "Backups", "The last one is gone after"),
            [(one.place, f"{one.count:,}", _last_day(one.expires)) for one in erasure.backups],
            (4, 1, 2),
        )
    )
    return blocks


def _last_day(day: date) -> str:
    """Say when the last backup goes; a place that is no longer in use keeps what it has."""
    return "when somebody deletes it" if day == date.max else say_date(day)


def _proof(erasure: CertificateFacts) -> list[Flowable]:
    words: list[Flowable] = [
        paragraph(f"Entry {erasure.head.number:,} of the custody record", LABEL),
        hash_line(erasure.head.own),
        paragraph("To be typed when it is compared", LABEL),
        paragraph(head_text(erasure.head)),
        paragraph("Key fingerprint", LABEL),
        hash_line(erasure.fingerprint),
    ]
    qr = qr_code(qr_text(erasure.head, erasure.fingerprint), side=_QR_SIDE)
    table = Table([[words, qr]], colWidths=[WIDTH - _QR_SIDE - 6, _QR_SIDE + 6])
    dress(table, [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, 0), 0)])
    return [
        together(
            [
                heading("How the log shows it"),
                note(
                    "The custody record of the log still fits together from its first entry to "
                    "its last: that the record existed, and that it was erased, stays on record."
                ),
                gap(6),
                table,
            ]
        )
    ]


def _signing(witness: str) -> list[Flowable]:
    rows: list[list[Flowable | str]] = [
        [
            paragraph("Authorised by (signature, date)", LABEL),
            paragraph(f"{witness} (signature, date)", LABEL),
        ],
        ["", ""],
    ]
    table = Table(rows, colWidths=[WIDTH / 2] * 2, rowHeights=[None, 28])
    dress(
        table,
        [("LINEBELOW", (0, 1), (-1, 1), 0.8, LINE), ("LEFTPADDING", (0, 0), (0, -1), 0)],
    )
    return [together([heading("Signed"), table])]
