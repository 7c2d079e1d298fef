"""Bytes as lines of text."""

from desktop.intake.plain_text import read_text


def test_text_is_cut_to_its_limit_and_says_so() -> None:
    shown = read_text(b"one\ntwo\nthree", 7)
    assert (shown.text, shown.shortened, shown.is_hex) == ("one\ntwo", True, False)


def test_short_text_is_whole_and_safe() -> None:
    shown = read_text(b"caf\xc3\xa9\x07\r\nand more")
    assert (shown.text, shown.shortened) == ("caf\xe9\nand more", False)
