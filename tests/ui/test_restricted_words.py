"""What the program says about a colleague: the duties that must not be missing."""

from pathlib import Path

import pytest

from desktop.ui.restricted_words import ALWAYS, read_restricted_words
from tests.damaged_data import data_files

__all__ = ["data_files"]

WORDS = read_restricted_words()


def go_to(key: str) -> str:
    (subject,) = [each for each in WORDS.subjects if each.key == key]
    return subject.go_to


def test_there_is_a_way_for_everybody_it_may_be_about() -> None:
    keys = [subject.key for subject in WORDS.subjects]
    assert keys == ["colleague", "keyholder", "dsl", "head", "chair"]
    assert all(subject.go_to and subject.text for subject in WORDS.subjects)


def test_nobody_is_sent_to_whom_it_is_about() -> None:
    assert "head or principal instead" in go_to("dsl")
    assert "chair of governors instead" in go_to("head")
    assert "proprietor" in go_to("head")
    assert "head" not in go_to("chair")
    assert "(LADO)" in go_to("chair")


def test_the_advice_names_what_must_not_be_missed() -> None:
    said = " ".join(advice.text for advice in WORDS.advice)
    for duty in ("999", "within one working day", "Do not interview", "Do not tell the person"):
        assert duty in said
    assert WORDS.advice[0].text.startswith("Somebody is in danger now")


def test_every_line_names_its_source_and_when_it_was_checked() -> None:
    sources = [(one.source, one.checked) for one in WORDS.subjects]
    sources += [(one.source, one.checked) for one in WORDS.advice]
    for source, checked in sources:
        assert source.strip()
        assert checked.year >= 2026


@pytest.mark.parametrize(
    "text",
    [
        "",
        "subject = [",
        "subject = 1\nadvice = 2",
        '[[subject]]\nname = "x"',
        'subject = []\n[[advice]]\ntext = "x"\nsource = "y"\nchecked = "today"',
    ],
)
def test_whom_to_go_to_is_there_though_the_file_is_damaged(data_files: Path, text: str) -> None:
    (data_files / "help" / "restricted.toml").write_text(text, encoding="utf-8")
    assert read_restricted_words() == ALWAYS
    (data_files / "help" / "restricted.toml").unlink()
    (advice,) = read_restricted_words().advice
    for wanted in ("head or principal", "chair of governors", "LADO", "999"):
        assert wanted in advice.text
