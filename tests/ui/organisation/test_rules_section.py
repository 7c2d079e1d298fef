"""Rules to confirm: off until somebody says what they found."""

from tests.ui.organisation.conftest import OpenTab
from tests.workspaces import own_data


def test_every_rule_is_off_and_says_what_to_check(open_tab: OpenTab) -> None:
    tab = open_tab("rules")
    for switch in own_data().switches.switches:
        assert switch.check in tab.words
        assert switch.where in tab.words
        assert switch.effect in tab.words
    assert tab.words.split("\n").count("Off") == len(own_data().switches.switches)


def test_a_rule_is_turned_on_with_what_was_found_and_off_again(open_tab: OpenTab) -> None:
    tab = open_tab("rules")
    form = tab.form("switchCsaDutyButton")
    tab.refuse(form, "Write what you found")
    tab.keep(form, reason="In force, says the police")
    assert tab.own.switches == {"csa-duty"}
    assert "Turned on because: In force, says the police" in tab.words
    tab.keep(tab.form("switchCsaDutyButton"), reason="A mistake")
    assert tab.own.switches == frozenset()
