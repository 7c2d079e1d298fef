"""Every icon can be drawn, in the colour that was asked for."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from desktop.resources import resource_path
from desktop.ui import theme
from desktop.ui.icons import icon, pixmap

NAMES = sorted(path.stem for path in resource_path("icons").glob("*.svg"))


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_shows_something(name: str, qapp: QApplication) -> None:
    image = pixmap(name, "late").toImage()
    alphas = {image.pixelColor(x, y).alpha() for x in range(40) for y in range(40)}
    assert max(alphas) > 200
    assert min(alphas) == 0
    assert not icon(name).isNull()


def test_an_icon_takes_the_colour(qapp: QApplication) -> None:
    image = pixmap("tick", "late").toImage()
    wanted = theme.colour("late")
    solid = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    ]
    assert solid
    assert all(pixel.rgb() == QColor(wanted).rgb() for pixel in solid)
