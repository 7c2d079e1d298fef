"""Policy: looking at one, following one, and what each says."""

from functools import partial

from desktop.domain.steps.procedures import Authority
from desktop.operations.organisation.keep_own_copy import choose_policy, turn_switch
from desktop.ui.organisation.policy_section import PolicySection
from desktop.ui.organisation.policy_words import say_lines, say_role, step_title
from tests.conftest import Perform
from tests.ui.organisation.conftest import OpenTab
from tests.ui.own_page import OwnPage
from tests.workspaces import own_data


def _section(tab: OwnPage) -> PolicySection:
    assert isinstance(tab.section, PolicySection)
    return tab.section


def _look_at(tab: OwnPage, policy_id: str) -> None:
    box = _section(tab).box
    box.setCurrentIndex(box.findData(policy_id))
    box.activated.emit(box.currentIndex())


def test_until_one_is_chosen_the_strictest_is_in_force(open_tab: OpenTab) -> None:
    tab = open_tab("policy")
    assert "In force until you choose" in tab.words
    assert "Nobody has chosen a policy yet." in tab.words
    assert [_section(tab).box.itemText(n) for n in range(_section(tab).box.count())] == [
        one.title for one in own_data().policies
    ]


def test_a_policy_can_be_looked_at_without_following_it(open_tab: OpenTab) -> None:
    tab = open_tab("policy")
    _look_at(tab, "training-provider")
    assert own_data().policy("training-provider").titles[0].title in tab.words
    assert "Not followed here" in tab.words
    assert not tab.own.policy_chosen


def test_following_one_asks_first(open_tab: OpenTab) -> None:
    tab = open_tab("policy")
    _look_at(tab, "training-provider")
    tab.press("followPolicyButton")
    tab.answer(yes=False)
    assert not tab.own.policy_chosen
    tab.press("followPolicyButton")
    tab.answer()
    tab.wait("from now on")
    assert tab.own.policy_id == "training-provider"
    tab.wait_for_words("This is the policy you follow")
    assert "Nobody has chosen" not in tab.words


def test_every_policy_says_what_it_holds(open_tab: OpenTab) -> None:
    tab = open_tab("policy")
    for policy in own_data().policies:
        _look_at(tab, policy.id)
        words = tab.words
        assert policy.title in words
        for one in policy.limits:
            assert one.text in words
        for title in policy.titles:
            assert title.title in words
        for slip in policy.slips:
            assert slip.correction in words
        for duty in policy.duties:
            assert duty.text in words


def test_every_policy_says_what_its_words_mean_and_which_laws_it_names(open_tab: OpenTab) -> None:
    tab = open_tab("policy")
    for policy in own_data().policies:
        _look_at(tab, policy.id)
        words = tab.words
        for definition in policy.definitions:
            assert definition.text in words
        for category in policy.categories:
            assert category.text in words
        for law in policy.laws:
            assert own_data().laws.law(law.law).title in words


def test_a_deadline_that_is_not_certain_is_shown_as_off_until_it_is_on(
    open_tab: OpenTab, perform: Perform
) -> None:
    tab = open_tab("policy")
    uncertain = [one for one in own_data().policy("strictest").limits if one.switch]
    assert tab.words.count("off, to be confirmed") == len(uncertain) > 0
    switch_id = uncertain[0].switch
    perform(partial(turn_switch, switch_id=switch_id, on=True, reason="Checked"))
    left = sum(one.switch != switch_id for one in uncertain)
    tab._qtbot.waitUntil(lambda: tab.words.count("off, to be confirmed") == left)


def test_a_choice_made_elsewhere_is_shown(open_tab: OpenTab, perform: Perform) -> None:
    tab = open_tab("policy")
    perform(partial(choose_policy, policy_id="strictest"))
    tab.wait_for_words("This is the policy you follow")


def test_a_line_says_its_words_and_where_they_stand() -> None:
    sources = own_data().sources
    (said, *_) = say_lines(own_data().policy("training-provider").limits[0].lines, sources)
    assert said.startswith("“")
    assert said.endswith("line 36 (S003:36).")
    noted = Authority(reference="own", note="Nobody's words.")
    assert say_lines((noted,), sources) == ("Nobody's words.",)
    code = Authority(reference="C1", note="What it does.")
    (said,) = say_lines((code,), sources)
    assert said.startswith("What it does. ")
    assert said.endswith("(C1).")
    assert say_role("IT") == "IT"
    assert step_title("P99-1", ()) == "P99-1"
