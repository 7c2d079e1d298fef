"""The table of tasks: what each answers stands in it and in the function alike."""

from typing import get_type_hints

import pytest

from desktop.operations.reading.decoding import TASKS, decode_here
from tests.evidence_pieces import a_png


@pytest.mark.parametrize("name", TASKS)
def test_a_task_answers_what_the_table_says_and_takes_plain_values(name: str) -> None:
    task = TASKS[name]
    hints = get_type_hints(task.find())
    assert hints.pop("return") == task.answer
    content, *given = hints.values()
    assert content is bytes
    assert set(given) <= {str, int, float}


def test_a_task_is_done_here_for_tests() -> None:
    assert decode_here("picture", a_png(size=(4, 3)), file_name="a.png").width == 4
