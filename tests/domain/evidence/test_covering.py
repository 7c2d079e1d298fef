"""What is marked is covered, and so is what nobody knows the word for."""

from dataclasses import replace

import pytest

from desktop.domain.evidence.covering import Sensitivity, is_covered
from tests.domain.evidence.test_item_stacks import an_item


@pytest.mark.parametrize(
    ("marked", "covered"),
    [
        ("", False),
        (Sensitivity.ORDINARY, False),
        (" Ordinary ", False),
        (Sensitivity.DISTRESSING, True),
        (Sensitivity.SENSITIVE, True),
        (Sensitivity.OTHER_CHILDREN, True),
        ("gore", True),
    ],
)
def test_what_is_covered(marked: str, covered: bool) -> None:
    item = an_item(1)
    item = replace(item, origin=replace(item.origin, sensitivity=marked))
    assert is_covered(item) is covered
    assert is_covered(item, cover_all=True)
