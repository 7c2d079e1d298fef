import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence.inside import Listed
from desktop.domain.evidence.items import ItemKind
from desktop.intake import saved_page
from desktop.intake.kinds import HTML, MHTML
from desktop.intake.saved_page import facts_of_page, name_in_page, read_page
from desktop.intake.sniff import kind_of, sniff
from tests.intake.containers import FILES

SINGLE = (
    "<html><!-- Page saved with SingleFile \n url: https://example.org/b?c&d \n"
    " saved date: Sat Nov 14 2026 21:03:00 GMT+0000 \n--><body>x"
)
PAGE = (FILES / "chromium_page.mhtml").read_bytes()


def test_page_saved_by_chromium_is_read() -> None:
    assert sniff(PAGE, "page.mhtml") == MHTML
    assert kind_of(MHTML) is ItemKind.SAVED_PAGE
    view = read_page(PAGE, "page.mhtml", MHTML)
    assert view.saved_from == "http://forum.example.org/thread/17.html"
    assert view.claimed_address == "https://forum.example.org/thread/17"
    assert view.title == "A thread \u2013 Example forum!"
    assert view.saved_by == "Saved by Blink"
    assert view.saved_at.startswith("Sat, 21 Nov 2026")
    assert view.text == "You will see\n\nnight owl: I know where you sit = at lunch. Café"
    assert [(one.name, one.media_type) for one in view.inside] == [
        ("http://forum.example.org/thread/dot.png", "image/png")
    ]
    assert view.inside[0].size == 310
    assert not view.shortened


def test_what_a_page_says_of_itself() -> None:
    facts = dict(facts_of_page(PAGE, MHTML))
    assert facts["Saved from"] == "http://forum.example.org/thread/17.html"
    assert facts["Saved with"] == "Saved by Blink"


@pytest.mark.parametrize(
    ("markup", "address", "program"),
    [
        (
            "<!-- saved from url=(0022)https://example.org/a -->\n<html>x",
            "https://example.org/a",
            "",
        ),
        (
            SINGLE,
            "https://example.org/b?c&d",
            "SingleFile",
        ),
        ("<html><body>x", "", ""),
    ],
)
def test_address_that_a_saving_program_wrote(markup: str, address: str, program: str) -> None:
    view = read_page(markup.encode())
    assert view.saved_from == address
    assert view.saved_by == program
    assert bool(view.saved_at) == bool(program)
    assert view.text == "x"


def test_address_that_the_page_claims() -> None:
    view = read_page(b"<meta property='og:url' content='https://example.org/?a=1&amp;b=2'><link>x")
    assert view.claimed_address == "https://example.org/?a=1&b=2"
    assert read_page(b"<link rel=canonical>x").claimed_address == ""


def test_pictures_written_into_a_page_are_named() -> None:
    found = name_in_page(
        b'<img src="data:image/png;base64,AA"><p style="x:data:text/css,a">', HTML, cut=True
    )
    assert [one.media_type for one in found.names] == ["image/png"]
    assert found.listed is Listed.PART


def test_page_in_its_own_character_set() -> None:
    raw = (
        b"From: <Saved by Blink>\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: text/html; charset=%b\r\nContent-Location: https://example.org/\r\n\r\n"
        b"<p>caf\xe9\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
    )
    for charset in (b"iso-8859-1", b"no-such", b"utf-8"):
        view = read_page(raw % charset, "", MHTML)
        assert view.text == "café"
        assert view.saved_from == "https://example.org/"
        assert view.inside[0].name == "unnamed (image/png)"


def test_archive_without_a_page_is_read_as_nothing() -> None:
    view = read_page(b"Content-Type: multipart/related; boundary=b\n\n--b--", "", MHTML)
    assert view.text == ""
    assert view.inside == ()


def test_many_parts_are_named_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_page, "MOST_PARTS", 1)
    assert name_in_page(PAGE, MHTML).listed is Listed.PART
    assert len(name_in_page(b'"data:image/png,' * 9, HTML).names) == 1


def test_long_page_is_shortened() -> None:
    assert read_page(b"<p>" + b"word " * 100_000).shortened


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"Received: x\r\n" + PAGE[:400], "a.mhtml", "message/rfc822"),
        (b"From: a\nTo: b\nSubject: c\nContent-Type: multipart/related", "a.mht", MHTML),
        (
            b"From: a\nTo: b\nSubject: c\nContent-Type: multipart/related",
            "a.eml",
            "message/rfc822",
        ),
    ],
)
def test_saved_page_is_told_from_a_mail(head: bytes, name: str, expected: str) -> None:
    assert sniff(head, name) == expected


@given(st.binary(max_size=300), st.integers(0, 1700))
def test_read_page_never_fails(tail: bytes, place: int) -> None:
    read_page(b"<html><title>" + tail)
    read_page(PAGE[:place] + tail + PAGE[place:], "", MHTML)
    name_in_page(PAGE[:place] + tail, MHTML)
