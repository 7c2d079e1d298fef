"""Sources: those past their review date say so until somebody looked again."""

from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame

from desktop.operations.organisation.keep_own_copy import choose_policy
from tests.clocks import FrozenClock
from tests.conftest import Perform
from tests.ui.organisation.conftest import OpenTab
from tests.ui.own_page import OwnPage
from tests.workspaces import own_data


def _banners(tab: OwnPage) -> list[str]:
    QApplication.processEvents()
    found = tab.section.findChildren(QFrame, "overdueSourcesBanner")
    return [one.accessibleName() for one in found if not one.isHidden()]


def test_every_source_is_there(open_tab: OpenTab) -> None:
    tab = open_tab("sources")
    for source in own_data().sources.sources:
        assert source.name in tab.words
    # Until one is chosen the strictest is followed, and so are all policies.
    (banner,) = _banners(tab)
    assert banner.startswith("3 sources are past the review date")
    assert tab.words.count("Look again") >= 3


def test_a_policy_past_its_review_shows_a_banner_until_somebody_looked(
    open_tab: OpenTab, perform: Perform, clock: FrozenClock
) -> None:
    perform(partial(choose_policy, policy_id="training-provider"))
    tab = open_tab("sources")
    (banner,) = _banners(tab)
    assert banner.startswith("1 source is past the review date: Training provider")
    form = tab.form("lookS003Button")
    tab.refuse(form, "Write what you found.")
    tab.keep(form, found="There is none newer")
    assert _banners(tab) == []
    assert "You looked on 20 Nov 2026: There is none newer" in tab.words
    assert "Looked at" in tab.words
    clock.advance(days=366)
    tab.page.reload()
    tab._qtbot.waitUntil(lambda: bool(_banners(tab)))


def test_a_public_address_can_be_copied(open_tab: OpenTab) -> None:
    tab = open_tab("sources")
    source = next(one for one in own_data().sources.sources if one.address)
    tab.press(f"copy{source.reference}Button")
    assert QGuiApplication.clipboard().text() == source.address
    tab.wait("Open it in your browser.")


def test_the_banner_stands_with_the_policy_too(open_tab: OpenTab, perform: Perform) -> None:
    perform(partial(choose_policy, policy_id="strictest"))
    tab = open_tab("policy")
    (banner,) = _banners(tab)
    assert banner.startswith("3 sources are past the review date")


def test_very_many_are_counted_not_named(
    open_tab: OpenTab, perform: Perform, clock: FrozenClock
) -> None:
    perform(partial(choose_policy, policy_id="strictest"))
    clock.advance(days=3000)
    tab = open_tab("sources")
    (banner,) = _banners(tab)
    assert banner.endswith("and others")
