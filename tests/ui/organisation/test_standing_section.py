"""Standing work: the quarter's report and the reviews, recorded where they come round."""

from collections.abc import Mapping

import pytest

from desktop.domain.steps.procedures import Procedure
from tests.clocks import FrozenClock
from tests.ui.organisation.conftest import OpenTab
from tests.workspaces import own_procedures


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    """Return the program's own procedures: the small ones have no standing work."""
    return own_procedures()


def test_a_step_of_the_quarter_is_recorded_and_can_be_put_right(open_tab: OpenTab) -> None:
    tab = open_tab("standing")
    assert "July to September 2026. Due by 31 Dec 2026. 0 of 7 done." in tab.words
    form = tab.form("standingS72Button")
    tab.keep(form, note="North centre: the group chat has a new host")
    assert "1 of 7 done" in tab.words
    assert "the group chat has a new host" in tab.words
    again = tab.form("standingS72Button")
    tab.refuse(again, "Write why it is not needed.", state="left out", note="")
    tab.keep(again, state="left out", note="No centre had an incident in these months")
    assert "Not needed, 20 Nov 2026" in tab.words


def test_what_two_people_look_at_names_the_second(open_tab: OpenTab) -> None:
    tab = open_tab("standing")
    form = tab.form("standingS74Button")
    tab.refuse(form, "Write who looked at it too", note="Issued")
    tab.keep(form, checked_by="Ash Invented, deputy")
    assert "Looked at by Ash Invented, deputy." in tab.words


def test_a_missed_round_comes_first_and_is_left_out_with_a_reason(
    open_tab: OpenTab, clock: FrozenClock
) -> None:
    tab = open_tab("standing")
    clock.advance(days=60)
    tab.page.reload()
    tab.wait_for_words("July to September 2026. Was due by 31 Dec 2026. 0 of 7 done.")
    assert tab.words.index("Late: Quarterly report") < tab.words.index("October to December 2026")
    tab.keep(tab.form("standingS72Late1Button"), note="Went through it in January")
    assert "Was due by 31 Dec 2026. 1 of 7 done." in tab.words
    form = tab.form("leaveOut1Button")
    tab.refuse(form, "Write why it is left out.", reason="")
    tab.keep(form, reason="The report was made on paper, before this log began")
    assert "Late: Quarterly report" not in tab.words
    assert "October to December 2026. Due by 31 Mar 2027. 0 of 7 done." in tab.words
