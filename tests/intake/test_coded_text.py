import base64
import binascii
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.intake.coded_text import (
    STRETCH,
    from_base64,
    take_from_markup,
    take_from_words,
)
from desktop.intake.opened_mail import PARTS, Attached


def taken(one: Attached) -> bytes:
    assert one.take
    return one.take()


def uu(content: bytes, name: str = "photo.jpg") -> str:
    rows = [content[at : at + 45] for at in range(0, len(content), 45)]
    lines = [binascii.b2a_uu(row).decode().rstrip("\n") for row in rows]
    return "\n".join([f"begin 644 {name}", *lines, "`", "end"])


def test_file_written_out_in_the_words_is_taken_out_of_them() -> None:
    content = bytes(range(256)) * 3
    words, found = take_from_words(f"before\n{uu(content)}\nafter")
    assert [one.name for one in found] == ["photo.jpg"]
    assert taken(found[0]) == content
    assert abs(found[0].size - len(content)) < 4
    assert words.splitlines()[0] == "before"
    assert "photo.jpg" in words.splitlines()[1]
    assert words.splitlines()[2:] == ["after"]


def test_file_without_an_end_is_read_as_far_as_it_goes() -> None:
    text = uu(b"x" * 90).removesuffix("\n`\nend")
    words, found = take_from_words(text)
    assert taken(found[0]) == b"x" * 90
    assert "\n" not in words


def test_lines_with_spoiled_letters_lose_no_others() -> None:
    lines = uu(b"abc" * 30).splitlines()
    lines[1] += "z"
    _words, found = take_from_words("\n".join(lines))
    assert taken(found[0]) == b"abc" * 30


def test_file_in_base64_lines_is_taken_out() -> None:
    coded = base64.encodebytes(b"picture" * 30).decode()
    _words, found = take_from_words(f"begin-base64 644 a.png\n{coded}====\n")
    assert taken(found[0]) == b"picture" * 30


def test_words_that_begin_with_begin_stay_words() -> None:
    text = "begin 644 the day\nwith a smile that is far too long to be a coded line\n"
    assert take_from_words(text) == (text, [])
    assert take_from_words("begin 644 x") == ("begin 644 x", [])
    assert take_from_words("begin 644 x\n\nend")[1] == []


def test_stretch_of_coded_letters_is_named_and_comes_only_whole() -> None:
    coded = "\n".join(["A" * 76] * 5)
    words, found = take_from_words(f"hello\n{coded}\nbye")
    assert [(one.name, one.take) for one in found] == [(STRETCH, None)]
    assert words.splitlines()[::2] == ["hello", "bye"]
    few = "\n".join(["A" * 76] * 3)
    assert take_from_words(few) == (few, [])


def test_files_without_end_are_bounded() -> None:
    words, found = take_from_words("\n".join([uu(b"a")] * (PARTS + 5)))
    assert len(found) == PARTS
    assert "begin 644" in words


def test_pictures_in_addresses_are_taken_out_of_markup() -> None:
    picture = base64.b64encode(b"\x89PNG" * 40).decode()
    plain = "data:,a%20" + "b" * 70
    markup, found = take_from_markup(
        f'<img src="data:image/png;base64,{picture}"><a href="{plain}">x</a><img src="data:,s">'
    )
    assert picture not in markup
    assert [(one.name, one.media_type) for one in found] == [
        ("in the words (image/png)", "image/png"),
        ("in the words (text/plain)", "text/plain"),
    ]
    assert taken(found[0]) == b"\x89PNG" * 40
    assert taken(found[1]) == b"a " + b"b" * 70


def test_base64_is_read_as_far_as_it_goes() -> None:
    assert from_base64(b"") == b""
    assert from_base64(b"aGVsbG8=") == b"hello"
    assert from_base64(b"aGVsbG8") == b"hello"
    assert from_base64(b"aGVsbG8gdGhlcmU*") == b"hello there"
    assert from_base64(b"aGVsbG8=aGVsbG8g*a") != b""
    assert from_base64(b"*") == b""


@given(st.text(max_size=400))
def test_nothing_in_the_words_makes_it_fail(text: str) -> None:
    for one in [*take_from_words(text)[1], *take_from_markup(text)[1]]:
        if one.take:
            one.take()


@given(st.lists(st.text(alphabet="begin 644x`M#end=\u00e9\t", max_size=70), max_size=20))
def test_nothing_near_a_coded_file_makes_it_fail(lines: list[str]) -> None:
    for one in take_from_words("\n".join(["begin 644 a", *lines]))[1]:
        if one.take:
            one.take()


@pytest.mark.parametrize("mark", ["> ", ">", "> > ", " >> "])
def test_file_in_the_words_of_an_answer_is_taken_out_too(mark: str) -> None:
    text = "\n".join(mark + line for line in uu(b"x" * 900).split("\n"))
    words, found = take_from_words(f"I ask\n{text}\n> and why")
    assert taken(found[0]) == b"x" * 900
    assert words.split("\n")[-1] == "> and why"
    assert "M" * 3 not in words
    _words, found = take_from_words("\n".join([mark + "A" * 76] * 5))
    assert len(found) == 1


def test_short_lines_of_letters_are_taken_out_and_short_addresses_stay() -> None:
    assert len(take_from_words("\n".join(["A" * 44] * 5))[1]) == 1
    assert take_from_markup("see data:text/plain,hello there")[0].startswith(
        "see data:text/plain,h"
    )


def test_long_lines_of_spaces_and_marks_take_no_time() -> None:
    started = time.process_time()
    take_from_words((" " * 70 + ">" + " " * 50_000 + "\n") * 40 + "> " * 500_000)
    assert time.process_time() - started < 1
