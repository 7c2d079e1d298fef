"""Help can be read, one topic at a time."""

import pytest
from PySide6.QtGui import QTextTable
from pytestqt.qtbot import QtBot

from desktop.resources import resource_path
from desktop.ui.help_page import TOPICS, HelpPage
from desktop.ui.theme import colour


@pytest.fixture
def page(qtbot: QtBot) -> HelpPage:
    made = HelpPage()
    qtbot.addWidget(made)
    return made


def test_it_starts_with_what_to_do_first(page: HelpPage) -> None:
    assert "Is anyone in danger now?" in page.browser.toPlainText()


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("words", "Held back"),
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
    assert texts == {topic for topic, _words in TOPICS}
