"""Colours that can be read, a style sheet without gaps, text that grows."""

from dataclasses import asdict

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.theme import CONTRAST, DARK, LIGHT, Look, Theme, Tokens

READ_ON = [
    *[(text, ground) for text in ("ink", "soft", "accent", "late") for ground in
      ("ground", "surface", "hover", "field")],
    *[(text, "tint") for text in ("ink", "soft", "accent")],
    *[("ink", f"{state}_ground") for state in ("due", "late", "done")],
    *[(state, f"{state}_ground") for state in ("due", "late", "done")],
    *[("accent", f"{state}_ground") for state in ("due", "late", "done")],
    ("done", "surface"), ("on_accent", "accent"), ("on_accent", "accent_hover"),
    *[(text, ground) for text in ("side_ink", "side_soft", "side_late") for ground in
      ("side", "side_here")],
    ("side_ink", "side_badge"),
]  # fmt: skip


def _luminance(name: str) -> float:
    colour = QColor(name)
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
@pytest.mark.parametrize("pair", READ_ON, ids=" on ".join)
def test_every_text_reads_on_its_ground(tokens: Tokens, pair: tuple[str, str]) -> None:
    colours = asdict(tokens)
    assert _contrast(colours[pair[0]], colours[pair[1]]) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
@pytest.mark.parametrize("ground", ["field", "surface"])
def test_the_edge_of_a_field_can_be_seen(tokens: Tokens, ground: str) -> None:
    colours = asdict(tokens)
    assert _contrast(colours["edge"], colours[ground]) >= 3


@pytest.mark.parametrize("tokens", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
def test_the_style_sheet_names_only_what_is_known(tokens: Tokens) -> None:
    filled = theme.style_sheet(tokens, 100)
    assert "@" not in filled.split("*/", 1)[1]
    assert tokens.accent in filled


@pytest.fixture
def look(qapp: QApplication, qtbot: QtBot) -> Theme:
    return Theme(qapp)


def test_the_shipped_typeface_is_used(look: Theme, qapp: QApplication) -> None:
    look.apply(Look.LIGHT, 100)
    assert QFontInfo(qapp.font()).family() == theme.FAMILY
    assert qapp.font().pixelSize() == 15


@pytest.mark.parametrize(("asked", "given"), [(150, 150), (200, 200), (50, 100), (900, 200)])
def test_text_grows_within_its_limits(look: Theme, asked: int, given: int) -> None:
    look.apply(Look.LIGHT, asked)
    assert look.scale == given
    assert theme.px(100) == given


@pytest.mark.parametrize(
    ("chosen", "tokens"),
    [(Look.LIGHT, LIGHT), (Look.DARK, DARK), (Look.CONTRAST, CONTRAST)],
)
def test_the_chosen_look_is_used(look: Theme, chosen: Look, tokens: Tokens) -> None:
    look.apply(chosen)
    assert theme.colour("ground").name().upper() == tokens.ground
    assert look.look is chosen


@pytest.mark.parametrize(
    ("chosen", "system", "tokens"),
    [
        (Look.SYSTEM, Qt.ColorScheme.Dark, DARK),
        (Look.SYSTEM, Qt.ColorScheme.Light, LIGHT),
        (Look.SYSTEM, Qt.ColorScheme.Unknown, LIGHT),
        (Look.LIGHT, Qt.ColorScheme.Dark, LIGHT),
        (Look.DARK, Qt.ColorScheme.Light, DARK),
        (Look.CONTRAST, Qt.ColorScheme.Light, CONTRAST),
    ],
)
def test_the_system_decides_only_when_asked(
    chosen: Look, system: Qt.ColorScheme, tokens: Tokens
) -> None:
    assert theme.tokens_for(chosen, system) is tokens


def test_a_change_of_the_system_is_followed(look: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    look.apply(Look.SYSTEM)
    with qtbot.waitSignal(look.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    look.apply(Look.LIGHT, 100)
    with qtbot.assertNotEmitted(look.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
