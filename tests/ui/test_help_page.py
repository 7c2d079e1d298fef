"""Help can be read, one topic at a time."""

from functools import partial

import pytest
from PySide6.QtGui import QTextTable
from pytestqt.qtbot import QtBot

from desktop.operations.organisation.keep_own_copy import choose_policy
from desktop.resources import resource_path
from desktop.ui.help_page import POLICY_LINES, TOPICS, HelpPage
from desktop.ui.session import Session
from desktop.ui.theme import colour
from tests.ui.incident_steps import perform, settle


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> HelpPage:
    made = HelpPage(session)
    qtbot.addWidget(made)
    return made


def test_it_starts_with_what_to_do_first(page: HelpPage) -> None:
    assert "Is anyone in danger now?" in page.browser.toPlainText()


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("words", "Held back"),
        ("procedures", "Thirteen short questions"),
        ("keys", "Ctrl+Shift+D"),
        ("first-steps", "Ctrl+N"),
        ("locking", "hibernation"),
        ("keeping", "every passphrase opens the whole log"),
        ("retention", "What older backups still hold"),
        ("format", "python read_a_log.py FOLDER OUT"),
        ("format-backup", "backup.json"),
    ],
)
def test_every_topic_can_be_chosen(page: HelpPage, topic: str, said: str) -> None:
    page.topic_row.set_value([])
    page.topic_row.button(topic).click()
    assert said in page.browser.toPlainText()
    assert "**" not in page.browser.toPlainText()


@pytest.mark.parametrize("topic", ["keys", "keeping", "retention", "format-backup"])
def test_tables_have_lines_in_the_colours_of_the_look(page: HelpPage, topic: str) -> None:
    page.topic_row.button(topic).click()
    frames = page.browser.document().rootFrame().childFrames()
    tables = [frame.format() for frame in frames if isinstance(frame, QTextTable)]
    assert tables
    for layout in tables:
        assert layout.borderBrush().color() == colour("edge")
        assert layout.cellPadding() > 0


def test_switching_the_topic_off_goes_back_to_the_first(page: HelpPage) -> None:
    page.topic_row.button("keys").click()
    page.topic_row.button("keys").click()
    assert page.topic_row.value() == ("first-steps",)


def test_every_text_has_its_topic() -> None:
    texts = {path.stem for path in resource_path("help").glob("*.md")}
    assert texts == {topic for topic, _words in TOPICS} - {POLICY_LINES}


def shown(page: HelpPage, session: Session, qtbot: QtBot) -> str:
    page.topic_row.button(POLICY_LINES).click()
    settle(session, qtbot)
    return " ".join(page.browser.toPlainText().split())


def choose(page: HelpPage, policy: str) -> None:
    page.policy_box.setCurrentIndex(page.policy_box.findData(policy))
    page.policy_box.activated.emit(page.policy_box.currentIndex())


def test_each_policy_line_is_shown_with_where_it_is_kept(
    page: HelpPage, session: Session, qtbot: QtBot
) -> None:
    words = shown(page, session, qtbot)
    assert "undated" in words
    assert page.policy_box.currentData() == "S000"
    choose(page, "S003")
    words = " ".join(page.browser.toPlainText().split())
    assert "S003:182 “Secure and preserve any evidence” Step: " in words
    assert "(P01-3)" in words
    assert "S003:191" in words
    assert "Slip, corrected: “COPD” is CEOP" in words
    assert "S000:" not in words


def test_the_policy_that_is_followed_comes_first(
    page: HelpPage, session: Session, qtbot: QtBot
) -> None:
    perform(session, qtbot, partial(choose_policy, policy_id="pupil-referral-unit"))
    words = shown(page, session, qtbot)
    assert page.policy_box.currentData() == "S004"
    assert "the police should be immediately informed" in words


def test_the_choice_of_a_policy_belongs_to_this_topic_alone(
    page: HelpPage, session: Session, qtbot: QtBot
) -> None:
    assert not page.policy_box.isVisibleTo(page)
    shown(page, session, qtbot)
    assert page.policy_box.isVisibleTo(page)
    page.topic_row.button("words").click()
    assert not page.policy_box.isVisibleTo(page)
    assert "Held back" in page.browser.toPlainText()


def test_another_topic_is_not_written_over_by_a_table_that_comes_late(
    page: HelpPage, session: Session, qtbot: QtBot
) -> None:
    page.topic_row.button(POLICY_LINES).click()
    page.topic_row.button("words").click()
    settle(session, qtbot)
    assert "Held back" in page.browser.toPlainText()
