from dataclasses import replace

import pytest

from desktop.domain.errors import NotFound, ProcedureInvalid
from desktop.domain.policy.own_copy import STRICTEST
from desktop.domain.program_data import DamagedFile, stand_in
from tests.workspaces import own_data


def test_a_worksheet_is_found_by_its_id_and_an_unknown_one_is_not() -> None:
    assert own_data().worksheet("ceop").id == "ceop"
    with pytest.raises(NotFound):
        own_data().worksheet("nobody")


def test_a_damaged_worksheet_says_what_is_wrong() -> None:
    damaged = DamagedFile(name="worksheets/ceop", problems=("ceop.toml: no title. Add one.",))
    data = replace(own_data(), worksheets={}, damaged=(damaged,))
    with pytest.raises(ProcedureInvalid) as error:
        data.worksheet("ceop")
    assert error.value.problems == data.problems == damaged.problems
    assert damaged.file_name == "ceop.toml"


def test_a_worksheet_that_is_gone_is_still_called_something() -> None:
    assert own_data().worksheet_title("lado") == "Referral to the LADO"
    assert own_data().worksheet_title("an-older-one") == "an-older-one"


def test_of_a_policy_that_is_not_there_the_strictest_counts() -> None:
    data = own_data()
    found = data.policy("an-older-one")
    assert found.title == "An older one (its file is damaged)"
    assert found.limits == data.policy(STRICTEST).limits
    alone = replace(data, policies=())
    assert alone.policy(STRICTEST) == stand_in(STRICTEST)
    assert alone.policy("an-older-one").sources == found.sources
