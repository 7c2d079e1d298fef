"""Recovery sheet, register page and certificate: sound PDFs that say what they must, no more."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import zxingcpp

from desktop.domain.log.certificates import (
    BackupLeft,
    CertificateFacts,
    ErasedContent,
    certificate_text,
    read_certificate,
)
from desktop.domain.log.custody import Head
from desktop.domain.log.heads import head_code, read_head
from desktop.domain.log.recovery import (
    SECRET_BYTES,
    groups_of,
    read_recovery_key,
    recovery_key_text,
)
from desktop.export.qr import qr_code
from desktop.operations.leaving.make_papers import (
    draw_paper,
    make_certificate,
    make_recovery_sheet,
    make_register_page,
)
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.export.papers import check_with_qpdf, fonts_of, pages_of, text_of

KEY = recovery_key_text(bytes(range(SECRET_BYTES)))
HEAD = Head(1234, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
PRINT = "0123456789abcdef0123"


def flat(pdf: bytes) -> str:
    return " ".join(text_of(pdf).split())


def codes_in(pdf: bytes) -> list[str]:
    return [code.text for page in pages_of(pdf) for code in zxingcpp.read_barcodes(page)]


@pytest.fixture
def facts(clock: FrozenClock) -> CertificateFacts:
    return CertificateFacts(
        organisation="Example Training",
        number="2026/004",
        erased_at=clock.now(),
        retention_class="Online incident, no safeguarding concern",
        reason="The review found nothing that asks to keep it.",
        authorised_by="Pat Smith, Designated safeguarding lead",
        second="Sam Jones, Head of quality",
        second_is_witness=False,
        contents=(ErasedContent("PXS/1", "ab" * 32), ErasedContent("PXS/2", "cd" * 32)),
        kept=1,
        head=HEAD,
        fingerprint=PRINT,
        backups=(BackupLeft("E:/Backups", 12, date(2027, 11, 20)),),
    )


def test_the_recovery_sheet_holds_the_key_twice_and_says_how_to_use_it(
    clock: FrozenClock, tmp_path: Path
) -> None:
    sheet = make_recovery_sheet("Example <b>Training", Path("D:/Log"), KEY, PRINT, clock.now())
    check_with_qpdf(sheet, tmp_path)
    assert {embedded for _name, embedded in fonts_of(sheet, tmp_path)} == {"yes"}
    text = flat(sheet)
    assert all(group in text for group in groups_of(KEY))
    assert codes_in(sheet) == [KEY]
    assert read_recovery_key(codes_in(sheet)[0]) == bytes(range(SECRET_BYTES))
    for words in (
        "Example <b>Training", "D:/Log", "0123 4567 89ab cdef 0123", "checksum", "seal it",
        "in a safe", "beside the computer", "The yearly drill", "Signature", "nobody can open",
    ):  # fmt: skip
        assert words in text, words
    for page in text_of(sheet).split("\f")[:-1]:
        assert "Secret: whoever holds this sheet can open the log" in page
    assert b"/Title (Recovery sheet)" in sheet


def test_a_sheet_made_before_the_log_is_there_leaves_the_fingerprint_out(
    clock: FrozenClock,
) -> None:
    sheet = make_recovery_sheet("Example", Path("D:/Log"), KEY, "", clock.now())
    assert "Key fingerprint" not in flat(sheet)


def test_the_register_page_can_be_typed_scanned_and_signed(
    workspace: Workspace, tmp_path: Path
) -> None:
    page = make_register_page(workspace)
    check_with_qpdf(page.pdf, tmp_path)
    text = flat(page.pdf)
    assert head_code(page.head).replace("-", " ") in text
    assert page.head.own in text
    for words in ("Example Training", "20 Nov 2026, 09:30 (UTC)", "Register number", "Signature"):
        assert words in text
    assert "Pat Smith" not in text
    (scanned,) = codes_in(page.pdf)
    typed = read_head(scanned)
    assert typed is not None
    assert typed.fits(page.head)
    assert workspace.keys.fingerprint in scanned
    assert len(pages_of(page.pdf)) == 1
    (given,) = workspace.log.given_heads.all()
    assert given.head == page.head


def test_the_certificate_proves_the_erasure(facts: CertificateFacts, tmp_path: Path) -> None:
    pdf = make_certificate(facts)
    check_with_qpdf(pdf, tmp_path)
    text = flat(pdf)
    for words in (
        "2026/004", "Online incident, no safeguarding concern", "nothing that asks to keep it",
        "Pat Smith, Designated safeguarding lead", "Second keyholder Sam Jones, Head of quality",
        "the content of 2 exhibits", "The content of 1 exhibit is also part of another record",
        "PXS/1", "ab" * 32, "cd" * 32, "E:/Backups", "12", "20 Nov 2027", HEAD.own, "Entry 1,234",
    ):  # fmt: skip
        assert words in text, words
    (scanned,) = codes_in(pdf)
    typed = read_head(scanned)
    assert typed is not None
    assert typed.fits(HEAD)


def test_a_certificate_says_what_is_not_there_too(facts: CertificateFacts) -> None:
    bare = replace(facts, contents=(), kept=2, backups=(), second_is_witness=True)
    text = flat(make_certificate(bare))
    assert "held no exhibit whose content was kept" in text
    assert "content of 2 exhibits is also part of other records" in text
    assert "No backup made before the erasure is known" in text
    assert "Witnessed by Sam Jones" in text
    one = replace(facts, contents=facts.contents[:1], kept=0)
    assert "the content of 1 exhibit." in flat(make_certificate(one))
    assert "also part of" not in flat(make_certificate(one))


def test_a_long_certificate_runs_over_pages(facts: CertificateFacts, tmp_path: Path) -> None:
    many = tuple(ErasedContent(f"PXS/{number}", "ab" * 32) for number in range(1, 120))
    pdf = make_certificate(replace(facts, contents=many, reason="A reason. " * 400))
    check_with_qpdf(pdf, tmp_path)
    assert "PXS/119" in text_of(pdf)
    assert re.search(r"Page 4 of \d+", text_of(pdf))


def test_a_certificate_can_be_kept_and_printed_again(facts: CertificateFacts) -> None:
    assert read_certificate(certificate_text(facts)) == facts


def test_a_paper_is_drawn_page_by_page(facts: CertificateFacts) -> None:
    pages = draw_paper(make_certificate(facts), 1.0)
    assert len(pages) == 2 or len(pages) == 1
    assert (pages[0].width, pages[0].height) == pytest.approx((595, 842), abs=1)


def test_a_code_holds_plain_letters_only() -> None:
    with pytest.raises(UnicodeEncodeError):
        qr_code("ü")
