"""The page: its tabs, what is typed and kept, what follows a change, the lock."""

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.policy.own_copy import Centre
from desktop.operations.organisation.keep_own_copy import keep_centre
from desktop.operations.organisation.show_own_copy import read_drafts
from desktop.ui.organisation.organisation_page import SECTION_NAMES
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.ui.organisation.conftest import OpenTab


def test_it_is_called_as_the_organisation_is(open_tab: OpenTab) -> None:
    tab = open_tab("policy")
    assert tab.page.subtitle_label.text() == "Example Training"
    assert set(tab.page.sections) == SECTION_NAMES


def test_every_tab_shows_the_same_reading(open_tab: OpenTab) -> None:
    tab = open_tab("policy")
    for name, section in tab.page.sections.items():
        tab.page.show_section(name)
        assert section.view == tab.section.view
        tab.page.focus_first()
        assert tab.page.focusWidget() is tab.page.tabs.button(section)


def test_what_was_typed_is_there_again_until_it_is_kept(
    open_tab: OpenTab, perform: Perform
) -> None:
    tab = open_tab("centres")
    form = tab.form("addCentreButton")
    edit = form.form.field("name")
    assert isinstance(edit, QLineEdit)
    QTest.keyClicks(edit, "Nor")
    form.reject()
    tab._qtbot.waitUntil(lambda: perform(read_drafts) != {})
    again = tab.form("addCentreButton")
    tab._qtbot.waitUntil(lambda: again.form.text("name") == "Nor")
    tab.keep(again, name="North")
    assert perform(read_drafts) == {}


def test_a_change_elsewhere_is_read_once_it_can_be_seen(
    open_tab: OpenTab, perform: Perform
) -> None:
    tab = open_tab("centres")
    tab.page.hide()
    perform(partial(keep_centre, centre=Centre(id="", name="North")))
    assert "North" not in tab.words
    tab.page.show()
    tab.wait_for_words("North")


def test_the_caret_stays_on_the_button_that_was_pressed(
    open_tab: OpenTab, qtbot: QtBot, perform: Perform
) -> None:
    tab = open_tab("centres")
    with qtbot.waitActive(tab.page):
        tab.page.activateWindow()
    tab.button("addCentreButton").setFocus()
    perform(partial(keep_centre, centre=Centre(id="", name="North")))
    tab.wait_for_words("North")
    focused = QApplication.focusWidget()
    assert focused is tab.button("addCentreButton")


def test_the_caret_stays_while_a_form_stands_in_front(
    open_tab: OpenTab, qtbot: QtBot, perform: Perform
) -> None:
    tab = open_tab("centres")
    tab.button("addCentreButton").setFocus()
    form = tab.form("addCentreButton")
    perform(partial(keep_centre, centre=Centre(id="", name="North")))
    tab.wait_for_words("North")
    form.reject()
    assert tab.page.focusWidget() is tab.button("addCentreButton")


def test_the_caret_is_on_what_can_be_seen_at_once(open_tab: OpenTab) -> None:
    tab = open_tab("centres")
    tab.button("addCentreButton").setFocus()
    tab.section.show_again()
    focused = tab.page.focusWidget()
    assert focused is not None
    assert focused.objectName() == "addCentreButton"
    # A window that comes to the front now gives the keys to nothing that is hidden.
    assert focused.isVisible()


def test_what_has_the_caret_is_scrolled_into_view(open_tab: OpenTab, qtbot: QtBot) -> None:
    tab = open_tab("contacts")
    last = [one for one in tab.buttons if one.startswith("changeContact")][-1]
    tab.button(last).setFocus()
    tab.section.show_again()
    button = tab.button(last)
    port = tab.section.viewport()
    qtbot.waitUntil(
        lambda: port.rect().contains(button.rect().translated(button.mapTo(port, QPoint())))
    )


def test_the_caret_stays_near_what_is_gone(
    open_tab: OpenTab, qtbot: QtBot, perform: Perform
) -> None:
    for name in ("North", "South"):
        perform(partial(keep_centre, centre=Centre(id="", name=name)))
    tab = open_tab("centres")
    (last,) = [one for one in tab.buttons if one == "dropCentre2Button"]
    tab.button(last).setFocus()
    tab.press(last)
    tab.answer()
    qtbot.waitUntil(lambda: "South" not in tab.words)
    qtbot.waitUntil(lambda: tab.page.focusWidget() is tab.button("dropCentre1Button"))


def test_what_was_done_is_said_on_its_own_tab_only(open_tab: OpenTab) -> None:
    tab = open_tab("days")
    tab.press("nationScotlandButton")
    tab.wait("Bank holidays: Scotland.")
    tab.page.show_section("centres")
    assert tab.page.banner.isHidden()


def test_nothing_is_left_after_the_lock(
    open_tab: OpenTab, perform: Perform, session: Session
) -> None:
    perform(partial(keep_centre, centre=Centre(id="", name="North")))
    tab = open_tab("centres")
    session.lock()
    tab._qtbot.waitUntil(lambda: not session.is_closing)
    assert all(section.view is None for section in tab.page.sections.values())
    assert tab.words == ""
