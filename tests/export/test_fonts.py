from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.export.fonts import SECOND, markup, plain


def test_markup_in_a_text_is_shown_and_not_read() -> None:
    assert markup('<img src="/etc/passwd"/> a < b & c') == (
        '&lt;img src="/etc/passwd"/&gt; a &lt; b &amp; c'
    )


def test_characters_of_the_second_font_are_kept() -> None:
    assert markup("\u4dc0 ok") == f'<font name="{SECOND}">\u4dc0</font> ok'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("😀", "[U+1F600]"),
        ("\u202eabc", "[U+202E]abc"),
        ("a\x00b", "a[U+0000]b"),
        ("\u4e2d", "[U+4E2D]"),
        ("one\r\ntwo\nthree\rfour\u2028five", "one<br/>two<br/>three<br/>four<br/>five"),
        ("a\tb", "a    b"),
    ],
)
def test_what_cannot_be_printed_is_replaced_in_sight(text: str, shown: str) -> None:
    assert markup(text) == shown


@given(st.text())
def test_any_text_becomes_markup_that_can_be_read(text: str) -> None:
    ET.fromstring(f"<para>{markup(text)}</para>")


def test_plain_text_has_codes_for_what_the_first_font_lacks() -> None:
    assert plain("Café ✓ 😀\n") == "Café [U+2713] [U+1F600][U+000A]"
