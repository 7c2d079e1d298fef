import subprocess
from dataclasses import replace
from pathlib import Path

from reportlab.platypus import PageBreak

from desktop.export.blocks import (
    bullets,
    facts,
    gap,
    grid,
    heading,
    note,
    paragraph,
    quote,
    text_blocks,
    title_block,
    together,
)
from desktop.export.page_style import PaperHead, compose
from tests.export.bundle_contents import HOSTILE, NOW
from tests.export.papers import check_with_qpdf, fonts_of, text_of

HEAD = PaperHead(title="A paper", left="Incident 2026-0042", right="EX/1 😀", made_at=NOW)


def test_every_page_says_which_how_many_and_that_it_is_confidential() -> None:
    pages = text_of(compose(HEAD, [paragraph("one"), PageBreak(), paragraph("two")])).split("\f")
    for number, page in enumerate(pages[:2], 1):
        for words in (
            "Incident 2026-0042",
            "EX/1 [U+1F600]",
            f"Page {number} of 2",
            "Confidential: contains children's data",
            "Made 20 Nov 2026, 14:05 (UTC+1)",
        ):
            assert words in page


def test_a_paper_is_the_same_when_made_again_and_says_language_title_and_time(
    tmp_path: Path,
) -> None:
    pdf = compose(HEAD, [paragraph("one")])
    assert compose(HEAD, [paragraph("one")]) == pdf
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    about = subprocess.run(
        ["pdfinfo", "-rawdates", str(path)], capture_output=True, check=True, text=True
    ).stdout
    assert "D:20261120140500+01'00'" in about
    assert "A paper" in about
    assert b"/Lang (en-GB)" in pdf
    assert b"/DisplayDocTitle true" in pdf


def test_a_time_west_of_greenwich_is_written_as_such() -> None:
    west = replace(NOW, offset=-210)
    pdf = compose(replace(HEAD, made_at=west), [paragraph("one")])
    assert b"D:20261120093500-03'30'" in pdf


def test_all_blocks_stand_on_embedded_fonts_and_show_texts_as_they_are(tmp_path: Path) -> None:
    story = [
        *title_block("Title", "below"),
        *title_block("Title alone"),
        heading(HOSTILE),
        *text_blocks(f"{HOSTILE}\n\n\n\nΩλψ ✓ end"),
        *quote(f"her words\n\n{HOSTILE}"),
        *quote("  \n"),
        *bullets([HOSTILE, "second"]),
        facts([("label", HOSTILE), ("empty", "")]),
        grid(("a", "number"), [(HOSTILE, "7")], (1, 1), numbers_from=1),
        note(f"{HOSTILE}\n\nsecond part"),
        note("careful", warn=True),
        gap(),
        together([paragraph("kept")]),
    ]
    pdf = compose(HEAD, story)
    check_with_qpdf(pdf, tmp_path)
    fonts = fonts_of(pdf, tmp_path)
    assert {embedded for _name, embedded in fonts} == {"yes"}
    assert {"DejaVuSans", "AtkinsonHyperlegibleNext-Regular"} <= {name for name, _ in fonts}
    text = text_of(pdf)
    assert text.count("<img src=") >= 7
    assert "Ωλψ ✓ end" in text
    assert "Not recorded" in text
    assert "root:" not in text


def test_cells_and_words_longer_than_a_page_run_over() -> None:
    long = "a long text without an end, " * 1200
    word = "x" * 9000
    story = [
        grid(("a", "b"), [(long, word)], (1, 1)),
        facts([("label", long)]),
        note(long),
        *quote(long),
        together([facts([("label", long)]), facts([("label", word)])]),
    ]
    text = text_of(compose(HEAD, story))
    assert text.count("Page ") > 10
    assert text.count("without") >= 4 * 1200
