"""A deadline says on what it rests: what the program suggests is not called our own."""

import pytest

from desktop.domain.steps.checklists import Guidance, guide
from desktop.domain.steps.procedures import Basis
from tests.situations import NOW, entry, situation


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


@pytest.mark.parametrize(
    ("switch", "ids", "deadline_id", "said"),
    [
        ("lado-form-24h", "P04", "D6", "local, switched on by our organisation"),
        ("funder-24h", "P04 P16", "FUNDER", "local, switched on by our organisation"),
        ("data-breach-72h", "P13", "D14", "documented, switched on by our organisation"),
        ("csa-duty", "P06", "D15", "documented, switched on by our organisation"),
    ],
)
def test_a_rule_that_is_switched_on_says_so_beside_the_basis_of_its_source(
    switch: str, ids: str, deadline_id: str, said: str
) -> None:
    guidance = _guide(ids, switch)
    clocks = [one.basis_words for one in guidance.clocks if one.deadline_id == deadline_id]
    assert set(clocks) == {said}
    dues = {
        due.basis_words
        for views in guidance.steps.values()
        for view in views
        for due in view.deadlines
        if due.deadline.id == deadline_id
    }
    assert dues == {said}


def test_what_runs_without_a_switch_says_nothing_of_one() -> None:
    guidance = _guide("P00 P04 P06", "csa-duty")
    words = {one.deadline_id: one.basis_words for one in guidance.clocks}
    assert words["D5"] == "documented"
    assert words["SAME-DAY"] == "suggested by this program"


def _guide(ids: str, switch: str) -> Guidance:
    told = entry("P04-6", tell_parents="wait", tell_person="not yet")
    rules = frozenset({switch})
    made = situation(ids, entries=[told], switches=rules, all_switches=rules, restricted=True)
    return guide(made, NOW)
