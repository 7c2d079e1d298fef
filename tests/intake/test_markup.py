import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.intake.markup import text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("a <b>bold</b> word", "a bold word"),
        ("<h2>Title</h2>words", "Title\nwords"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<!DOCTYPE html><?xml x?>x", "x"),
        ("a<!-- hidden -->b", "ab"),
        ("a<!-- never closed", "a"),
        ("a<b never closed", "a"),
        ("a<script>if (1<2) evil()</script >b", "ab"),
        ("a<STYLE>p{}</STYLE>b", "ab"),
        ("<script>never closed", ""),
        ("</script>b", "b"),
        ('<a href="http://x.example/">http://x.example/</a>', "http://x.example/"),
        ("<a name=top>x</a>", "x"),
        ("<p>one</p><p></p><p></p><p>two</p>", "one\n\ntwo"),
        ("&lt;b&gt; &#9731;", "<b> ☃"),
        ("\u0130<style>x</style>y", "\u0130y"),
        ("<", "<"),
        ("a <<<< b <<i>c", "a <<<< b <c"),
        ("a &#" + "9" * 5000 + "; b", "a \ufffd b"),
        ("<a href=&#" + "9" * 400 + ">b</a>", "b <\ufffd>"),
    ],
)
def test_text_of_keeps_the_words(html: str, text: str) -> None:
    assert text_of(html) == text


@given(st.text(alphabet="<>/!-abchrefscript =\"'&;#?", max_size=300))
def test_text_of_always_ends(html: str) -> None:
    assert isinstance(text_of(html), str)
