"""The hand-over receipt that lies beside a bundle: its fingerprint, and lines to sign."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Table

from desktop.domain.leaving.bundle import BundleContent, BundleForm
from desktop.export.blocks import (
    blanks,
    dress,
    facts,
    gap,
    hash_line,
    heading,
    note,
    paragraph,
    small,
    title_block,
)
from desktop.export.documents import head_for
from desktop.export.page_style import BIG, INK, WIDTH, compose

_GROUP = 8
_LINES = (
    ("Officer's name", "Collar number"),
    ("Force and station", "Crime reference"),
    ("Date and time", "Medium and its serial number"),
    ("Handed over by (name and signature)", "Received by (name and signature)"),
)


def receipt_name(content: BundleContent) -> str:
    """Name the receipt after its bundle."""
    return f"{content.name}_receipt.pdf"


def build_receipt(content: BundleContent, form: BundleForm, fingerprint: str) -> bytes:
    """Write the receipt as PDF."""
    head = head_for(content, "Hand-over receipt")
    return compose(head, _story(content, form, fingerprint))


def _story(content: BundleContent, form: BundleForm, fingerprint: str) -> list[Flowable]:
    story = title_block(
        "Hand-over receipt", "One copy for the police, one for the safeguarding lead's own file."
    )
    story.append(
        facts(
            (
                ("Bundle", f"{content.name}{form.ending}"),
                ("Form", _form(form)),
                ("From", f"{content.organisation}; {content.contact_name}"),
                ("For", content.recipient or "The police"),
                ("Exhibits in it", ", ".join(str(item.mark) for item in content.kept) or "none"),
                (
                    "In words only",
                    ", ".join(str(item.mark) for item in content.in_words) or "none",
                ),
            )
        )
    )
    story += [heading("Fingerprint of the bundle (SHA-256)"), _big_hash(fingerprint)]
    story += [hash_line(fingerprint), gap(4)]
    story.append(
        note(
            "START_HERE.pdf in the bundle says how to work this fingerprint out with what every "
            "computer has. If it is the same there as here, nothing in the bundle was changed."
        )
    )
    if content.head:
        story += [heading("End of the custody record when the bundle was made")]
        story += [small(f"Entry {content.head.number}"), hash_line(content.head.own)]
    story += [heading("To be filled in by hand"), blanks(_LINES, (22, 22, 22, 40))]
    return story


def _form(form: BundleForm) -> str:
    if form is BundleForm.AES:
        return "ZIP sealed with a passphrase (AES-256). The passphrase goes another way."
    return "ZIP" if form is BundleForm.ZIP else "Folder"


def _big_hash(fingerprint: str) -> Flowable:
    groups = [fingerprint[start : start + _GROUP] for start in range(0, len(fingerprint), _GROUP)]
    style = ParagraphStyle("big hash", parent=BIG, fontSize=15, leading=20, textColor=INK)
    rows = [[paragraph(group, style) for group in groups[at : at + 4]] for at in (0, 4)]
    table = Table(rows, colWidths=[WIDTH / 4] * 4, hAlign="LEFT")
    dress(table, [("LEFTPADDING", (0, 0), (-1, -1), 0)])
    return table
