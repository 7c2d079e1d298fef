"""Whom to call: there, correct, dated, and out of the way again with Escape."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.domain.policy.own_copy import ServiceNumbers
from desktop.operations.organisation.keep_organisation import Organisation
from desktop.ui.danger_banner import ALWAYS, DangerBanner, read_lines
from desktop.ui.theme import Look, Theme
from tests.damaged_data import data_files

__all__ = ["data_files"]


@pytest.fixture
def banner(qtbot: QtBot) -> Iterator[DangerBanner]:
    window = QWidget()
    qtbot.addWidget(window)
    made = DangerBanner(window)
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addStretch(1)
    window.resize(1000, 700)
    window.show()
    qtbot.waitExposed(window)
    yield made
    window.close()


def _words(banner: DangerBanner) -> str:
    return " ".join(each.text() for each in banner.findChildren(QLabel))


def test_it_names_999_the_police_and_childrens_services(banner: DangerBanner) -> None:
    words = _words(banner)
    for wanted in ("999", "101", "Children's services", "Last checked"):
        assert wanted in words


def test_every_line_says_when_it_was_last_checked() -> None:
    lines = read_lines()
    assert [line.key for line in lines] == ["emergency", "police", "childrens_services"]
    assert all(line.checked.year >= 2026 for line in lines)


@pytest.mark.parametrize("text", ["", "line = [", 'line = "x"', '[[line]]\nkey = "police"'])
def test_whom_to_call_is_there_though_the_file_is_damaged(data_files: Path, text: str) -> None:
    (data_files / "help" / "danger.toml").write_text(text, encoding="utf-8")
    assert read_lines() == ALWAYS
    (data_files / "help" / "danger.toml").unlink()
    assert [line.number for line in read_lines()] == ["999", "101", "Council"]


def test_it_is_away_until_asked_for_and_goes_with_escape(banner: DangerBanner) -> None:
    assert banner.isHidden()
    banner.toggle()
    assert banner.isVisible()
    QTest.keyClick(banner, Qt.Key.Key_A)
    assert banner.isVisible()
    QTest.keyClick(banner, Qt.Key.Key_Escape)
    assert banner.isHidden()
    banner.toggle()
    banner.toggle()
    assert banner.isHidden()


def _organisation(checked: date | None, out_of_hours: str = "020 7946 0009") -> Organisation:
    numbers = ServiceNumbers(number="020 7946 0000", out_of_hours=out_of_hours, checked=checked)
    return Organisation(name="Example Training", numbers=numbers, today=date(2026, 11, 20))


def test_the_own_numbers_take_the_place_of_the_general_one(banner: DangerBanner) -> None:
    banner.show_organisation(_organisation(date(2026, 10, 1)))
    assert "020 7946 0000" in _words(banner)
    assert "Out of hours: 020 7946 0009" in _words(banner)
    banner.show_organisation(None)
    assert "020 7946" not in _words(banner)
    assert "Council" in _words(banner)


def test_the_number_for_the_night_alone_is_shown_too(banner: DangerBanner) -> None:
    numbers = ServiceNumbers(out_of_hours="020 7946 0009")
    today = date(2026, 11, 20)
    banner.show_organisation(Organisation(name="", numbers=numbers, today=today))
    assert "Council" in _words(banner)
    assert "Out of hours: 020 7946 0009" in _words(banner)


@pytest.mark.parametrize(
    ("checked", "said"),
    [
        (date(2026, 10, 1), "Entered by your organisation, last checked 1 Oct 2026"),
        (date(2025, 10, 1), "last checked 1 Oct 2025: more than a year ago"),
        (None, "Nobody has noted yet that it is right."),
    ],
)
def test_the_own_number_says_when_the_organisation_checked_it(
    banner: DangerBanner, checked: date | None, said: str
) -> None:
    banner.show_organisation(_organisation(checked))
    assert said in _words(banner)
    # The program's own date stands beside 999 and 101, and nowhere else.
    assert _words(banner).count("Last checked 20 Nov 2026") == 2


def test_every_number_is_in_sight_in_large_text(
    banner: DangerBanner, qapp: object, qtbot: QtBot
) -> None:
    theme = Theme(qapp)  # type: ignore[arg-type]
    theme.apply(Look.LIGHT, 200)
    banner.window().resize(960, 800)
    banner.show_organisation(_organisation(date(2026, 10, 1)))
    banner.toggle()
    view = banner._scroll.viewport()

    def in_sight(name: str) -> bool:
        found = banner.findChild(QLabel, name)
        assert isinstance(found, QLabel)
        return found.mapTo(view, found.rect().bottomLeft()).y() < view.height()

    names = [f"{line.key}Number" for line in read_lines()]
    qtbot.waitUntil(lambda: all(map(in_sight, [*names, "childrens_servicesOutOfHours"])))
    theme.apply(Look.LIGHT, 100)


@pytest.mark.parametrize("size", [100, 200])
def test_a_long_number_stays_inside_the_panel(
    banner: DangerBanner, qapp: object, qtbot: QtBot, size: int
) -> None:
    theme = Theme(qapp)  # type: ignore[arg-type]
    theme.apply(Look.LIGHT, size)
    organisation = _organisation(None, "the duty worker, 020 7946 0009, then option 2")
    number = "020 7946 0000 and ask for the duty social worker of the day"
    long = replace(organisation.numbers, number=number)
    banner.show_organisation(replace(organisation, numbers=long))
    banner.toggle()
    width = banner.width()
    holder = banner.findChild(QWidget, "dangerLines")
    assert isinstance(holder, QWidget)
    qtbot.waitUntil(lambda: holder.width() > 0)
    lines = [one for one in banner.findChildren(QLabel) if one.isVisible()]
    assert lines
    for one in lines:
        assert one.mapTo(banner, one.rect().topRight()).x() < width
    theme.apply(Look.LIGHT, 100)


def test_writing_it_down_is_one_press_away_while_a_log_is_open(
    banner: DangerBanner, qtbot: QtBot
) -> None:
    button = banner.findChild(QPushButton, "dangerQuickLogButton")
    assert isinstance(button, QPushButton)
    banner.toggle()
    banner.allow_quick_log(False)
    assert button.isHidden()
    banner.allow_quick_log(True)
    with qtbot.waitSignal(banner.quick_log_requested):
        button.click()
    assert banner.isHidden()


def test_large_text_scrolls_instead_of_pushing_the_page_out(
    banner: DangerBanner, qapp: object, qtbot: QtBot
) -> None:
    theme = Theme(qapp)  # type: ignore[arg-type]
    theme.apply(Look.LIGHT, 100)
    banner.toggle()
    small = banner.height()
    theme.apply(Look.LIGHT, 200)
    qtbot.waitUntil(lambda: banner.height() > small)
    assert banner.window().height() == 700
    assert banner.height() < 520
    theme.apply(Look.LIGHT, 100)


@pytest.mark.parametrize("way", ["escape", "button", "again"])
def test_whoever_was_typing_goes_on_where_they_were(banner: DangerBanner, way: str) -> None:
    window = banner.window()
    edit = QLineEdit(window)
    column = window.layout()
    assert column is not None
    column.addWidget(QPushButton("Something else", window))
    column.addWidget(edit)
    edit.show()
    edit.setFocus()
    banner.toggle()
    close = banner.findChild(QPushButton, "dangerCloseButton")
    assert isinstance(close, QPushButton)
    assert window.focusWidget() is close
    if way == "escape":
        QTest.keyClick(close, Qt.Key.Key_Escape)
    elif way == "button":
        close.click()
    else:
        banner.toggle()
    assert banner.isHidden()
    assert window.focusWidget() is edit


def test_a_field_that_is_gone_meanwhile_is_let_go(banner: DangerBanner) -> None:
    edit = QLineEdit(banner.window())
    edit.show()
    edit.setFocus()
    banner.toggle()
    delete(edit)
    banner.toggle()
    assert banner.isHidden()
