"""Banner, chip, card, words, roles, secret field, scroll: what they show and say."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.secret_edit import SecretEdit
from desktop.ui.widgets.words import (
    body,
    breakable,
    card_heading,
    field_label,
    heading,
    label,
    quote,
    row_line,
    secondary,
    strong,
)


def _button(widget: QWidget, name: str) -> QPushButton:
    found = widget.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_a_banner_says_something_and_can_be_put_away(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.text == ""
    banner.show_message("Do this.", "warn", title="That happened.")
    assert banner.text == "That happened. Do this."
    assert banner.accessibleName() == banner.text
    assert banner.property("role") == "banner-warn"
    _button(banner, "bannerCloseButton").click()
    assert banner.text == ""


def test_a_banner_offers_one_thing_to_do(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    done: list[str] = []
    banner.show_message("Do this.", action=("Do it", lambda: done.append("done")))
    assert not _button(banner, "bannerActionButton").isHidden()
    _button(banner, "bannerActionButton").click()
    assert done == ["done"]
    assert banner.text == ""
    banner.show_message("Only this.")
    assert _button(banner, "bannerActionButton").isHidden()
    banner._on_action_clicked()
    assert done == ["done"]


def test_a_chip_says_its_state_in_words(qtbot: QtBot) -> None:
    chip = Chip("Late 17 h", "late")
    qtbot.addWidget(chip)
    assert chip.property("role") == "chip-late"
    chip.show_state("Done", "done")
    assert (chip.text(), chip.property("role")) == ("Done", "chip-done")


def test_a_card_hides_what_it_has_not(qtbot: QtBot) -> None:
    card = Card()
    qtbot.addWidget(card)
    assert card.title_label.isHidden()
    assert card.hint_label.isHidden()
    card.set_title("Late")
    card.set_hint("why")
    assert not card.title_label.isHidden()
    assert not card.hint_label.isHidden()
    card.set_roomy()
    assert card.title_label.property("role") == "title"


def test_words_are_never_markup(qtbot: QtBot) -> None:
    for make in (body, strong, secondary, quote, heading, card_heading):
        made = make("<b>bold</b>")
        qtbot.addWidget(made)
        assert made.text() == "<b>bold</b>"
        assert made.textFormat().name == "PlainText"
    plain = label("one line", "body", wrap=False)
    qtbot.addWidget(plain)
    assert not plain.wordWrap()


def test_a_field_takes_its_name_from_its_label(qtbot: QtBot) -> None:
    edit, named = QLineEdit(), QLineEdit()
    named.setAccessibleName("Own name")
    for each in (edit, named):
        qtbot.addWidget(each)
        made = field_label("&Folder", each)
        qtbot.addWidget(made)
        assert made.buddy() is each
    assert edit.accessibleName() == "Folder"
    assert named.accessibleName() == "Own name"


def test_a_role_can_change(qtbot: QtBot) -> None:
    line = row_line()
    qtbot.addWidget(line)
    assert line.property("role") == "row-line"
    set_role(line, "row-line")
    set_role(line, "card")
    assert line.property("role") == "card"


def test_a_secret_is_hidden_until_asked_for(qtbot: QtBot) -> None:
    secret = SecretEdit("Passphrase", "passphraseEdit")
    qtbot.addWidget(secret)
    typed: list[str] = []
    secret.typed.connect(typed.append)
    QTest.keyClicks(secret.edit, "ab")
    assert typed == ["a", "ab"]
    assert secret.text() == "ab"
    assert secret.edit.echoMode() is QLineEdit.EchoMode.Password
    show = _button(secret, "passphraseEditShowButton")
    show.click()
    assert secret.edit.echoMode() is QLineEdit.EchoMode.Normal
    assert show.text() == "Hide"
    secret.clear()
    assert secret.text() == ""
    assert secret.edit.echoMode() is QLineEdit.EchoMode.Password


def test_a_scrolling_part_is_no_taller_than_its_words(qtbot: QtBot, themed: None) -> None:
    scroll = Scroll()
    qtbot.addWidget(scroll)
    words = body("One sentence that takes two lines or three when there is little room. " * 3)
    scroll.inner.column.addWidget(words)
    scroll.resize(700, 400)
    scroll.show()
    qtbot.waitUntil(lambda: scroll.inner.width() > 600)
    assert scroll.inner.height() <= 400


def test_a_page_wraps_its_buttons_when_there_is_no_room(qtbot: QtBot, themed: None) -> None:
    page = Page("Today")
    qtbot.addWidget(page)
    button = QPushButton("Someone in danger now", page)
    page.buttons.addWidget(button)
    page.set_title("Today", "Friday 20 Nov 2026")
    page.resize(900, 500)
    page.show()
    qtbot.waitExposed(page)
    beside = button.mapTo(page, button.rect().topLeft())
    assert beside.x() > 600
    page.resize(320, 500)
    qtbot.waitUntil(lambda: button.mapTo(page, button.rect().topLeft()).x() < 100)
    assert button.mapTo(page, button.rect().topLeft()).y() > beside.y()


def test_a_page_may_leave_scrolling_to_its_body(qtbot: QtBot) -> None:
    page = Page("Incidents", scrolls=False)
    qtbot.addWidget(page)
    assert page.findChild(Scroll) is None


def test_long_addresses_can_break() -> None:
    assert breakable("a/b") == "a/\u200bb"
    assert breakable("plain words") == "plain words"


def test_a_plain_button_says_its_words_or_others(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    plain = plain_button("keepButton", "&Keep it…", parent)
    told = plain_button("stopButton", "S&top", parent, "Stop: take nothing")
    assert (plain.objectName(), plain.accessibleName()) == ("keepButton", "Keep it")
    assert told.accessibleName() == "Stop: take nothing"
    assert not plain.autoDefault()
