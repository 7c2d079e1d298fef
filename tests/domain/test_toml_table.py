"""Values that are of the right type and still wrong: too large, twice there, not to be read."""

import pytest

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.toml_table import open_table


def problems_of(text: str) -> list[str]:
    problems: list[str] = []
    table = open_table(text, "P07.toml", problems)
    table.number("amount", 0)
    table.tables("rules", "rule", lambda one: one.text("id"), unique="id")
    return problems


def test_a_number_with_room_for_it_is_taken() -> None:
    problems: list[str] = []
    assert open_table("amount = 9999", "P07.toml", problems).number("amount", 0) == 9999
    assert open_table("amount = 150", "P07.toml", problems).number("amount", 0, 150) == 150
    assert problems == []


@pytest.mark.parametrize("number", ["10000", "-1", "1" * 4000, f"0x{'f' * 9000}"])
def test_a_number_that_no_deadline_has_is_refused(number: str) -> None:
    assert problems_of(f"amount = {number}") == [
        "P07.toml: `amount` is no number from 0 to 9999. Write one of those."
    ]


def test_two_parts_of_one_name_are_refused() -> None:
    text = '[[rules]]\nid = "a"\n[[rules]]\nid = "b"\n[[rules]]\nid = "a"\n'
    assert problems_of(text) == ["P07.toml: rule a is there twice. Keep one of them."]


def test_a_part_without_a_text_for_its_name_is_counted() -> None:
    first, _ = problems_of(f"[[rules]]\nid = 0x{'f' * 9000}\n[[rules]]\nid = [1]")[::2]
    assert first == "P07.toml, rule 1: `id` is not a text. Write a text there."


def test_a_number_of_thousands_of_digits_is_said_with_its_line() -> None:
    with pytest.raises(ProcedureInvalid) as error:
        problems_of(f"id = 1\namount = {'1' * 5000}\n")
    (problem,) = error.value.problems
    assert problem.startswith("P07.toml, line 2 (“amount = 1")
    assert problem.endswith("…”): the number has too many digits. Correct it.")


def test_a_name_may_repeat_where_nobody_asks_for_its_own() -> None:
    problems: list[str] = []
    table = open_table('rules = [{ id = "a" }, { id = "a" }]', "P07.toml", problems)
    assert table.tables("rules", "rule", lambda one: one.text("id")) == ("a", "a")
    assert problems == []
