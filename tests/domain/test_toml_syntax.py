import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.toml_syntax import say_syntax

WRONG = [
    ("a", "line 1 (“a”): a name stands there without =. Write it as name = "),
    ("a = now", "line 1 (“a = now”): what follows the = is no value. Write a text in quot"),
    ("\n\nb =", "line 3 (“b =”): what follows the = is no value"),
    ('a = "x', 'line 1 (“a = "x”): a text is not closed. End it with a quotation mark.'),
    ("a = 'x", "a text is not closed"),
    ('a = "x\ny"', 'line 1 (“a = "x”): a text runs over the end of its line'),
    ("[[steps]", "a heading is not closed. Write it as [[steps]]."),
    ("[steps", "a heading is not closed"),
    ("[a]\n[a]", "line 2 (“[a]”): a heading stands there twice"),
    ("a = 1\na = 2", "line 2 (“a = 2”): a name has two values. Remove one of them."),
    ('a = ["x"', "a list is not closed"),
    ("a = { b = 1", "a { is not closed. Write it in one line"),
    (r'a = "C:\q"', r"a text holds a single backslash. Write two: \\."),
    ('a = "x" y', "something more follows the value"),
    ("a = { b = 1, }", "a comma or name is wrong there"),
    ("= 3", "it is no name, heading or comment"),
]


def say(text: str) -> str:
    with pytest.raises(tomllib.TOMLDecodeError) as error:
        tomllib.loads(text)
    return say_syntax(text, "P07.toml", str(error.value))


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_a_slip_is_said_with_its_line_and_what_to_write(text: str, said: str) -> None:
    sentence = say(text)
    assert sentence.startswith("P07.toml, line ")
    assert said in sentence


@pytest.mark.parametrize("unseen", ["\xa0", "\u200b", "\ufeff", "\x00", "\x07"])
def test_a_character_that_cannot_be_seen_is_named_as_that(unseen: str) -> None:
    assert say(f'a = "x"\nb{unseen} = "y"') == (
        'P07.toml, line 2 (“b = "y"”): it holds a character that cannot be seen. '
        "Type the line again."
    )


def test_lines_are_counted_as_by_the_reader() -> None:
    assert say('a = "x\u2028y"\r\nb =').startswith("P07.toml, line 2 (“b =”)")


def test_a_long_line_is_cut() -> None:
    assert f"(“{'a' * 59}…”)" in say("a" * 70)


def test_a_complaint_that_nobody_knows_still_names_the_line() -> None:
    said = say_syntax("a = 1\nb", "P07.toml", "Something new (at line 2, column 1)")
    assert said == "P07.toml, line 2 (“b”): this is not TOML. Correct or remove that line."
    assert say_syntax("", "P07.toml", "New").startswith("P07.toml, line 1: this is")
    assert say_syntax("a", "P07.toml", "New (at line 9, column 1)").startswith("P07.toml, line 9:")


@given(st.text(alphabet="ab=[]{}\"'\\\n #1,.", max_size=40))
def test_whatever_is_written_the_sentence_names_a_line_and_a_cure(text: str) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = say_syntax(text, "P07.toml", str(error))
        assert said.startswith("P07.toml, line ")
        assert said.endswith(".")
