"""A deadline says on what it rests: what the program suggests is not called our own."""

import pytest

from desktop.domain.steps.procedures import Basis


@pytest.mark.parametrize(
    ("basis", "deadline_id", "said"),
    [
        (Basis.DOCUMENTED, "D1", "documented"),
        (Basis.BY_ANALOGY, "D1", "by analogy"),
        (Basis.LOCAL, "SAME-DAY", "suggested by this program"),
        (Basis.LOCAL, "P02-3/1", "our own deadline"),
    ],
)
def test_the_words_of_a_basis(basis: Basis, deadline_id: str, said: str) -> None:
    assert basis.say(deadline_id) == said
