"""Screens are grabbed at true pixels; the clipboard is looked at by its formats first."""

import io

from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.ui.capture.screen_grab import (
    Shot,
    encode_png,
    grab_screens,
    offers_picture,
    read_picture,
    screen_at,
)
from tests.evidence_pieces import a_png


def test_grab_screens_shows_another_window(qtbot: QtBot) -> None:
    window = QLabel()
    window.setStyleSheet("background: #cc1010")
    window.setGeometry(100, 100, 200, 200)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    (shot,) = grab_screens()
    assert shot.ratio == 1
    assert shot.image.size() == shot.place.size()
    qtbot.waitUntil(lambda: grab_screens()[0].image.pixelColor(200, 200) == QColor("#cc1010"))


def test_screen_at_falls_back_to_the_first() -> None:
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    first = Shot("a", image, QRect(0, 0, 10, 10), 1)
    second = Shot("b", image, QRect(10, 0, 10, 10), 1)
    assert screen_at([first, second], QPoint(15, 5)) is second
    assert screen_at([first, second], QPoint(99, 99)) is first


def test_encode_png_keeps_every_pixel() -> None:
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(QColor(1, 2, 3))
    with Image.open(io.BytesIO(encode_png(image))) as read:
        assert read.size == (3, 2)
        assert read.convert("RGB").getpixel((2, 1)) == (1, 2, 3)


def test_read_picture_prefers_the_bytes_themselves() -> None:
    offered = QMimeData()
    assert not offers_picture(offered)
    assert read_picture(offered) is None
    offered.setData("image/png", a_png())
    assert offers_picture(offered)
    assert read_picture(offered) == a_png()


def test_read_picture_takes_pixels_otherwise() -> None:
    offered = QMimeData()
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    offered.setImageData(image)
    assert offers_picture(offered)
    read = read_picture(offered)
    assert isinstance(read, QImage)
    assert read.size() == image.size()


def test_read_picture_passes_over_empty_bytes() -> None:
    offered = QMimeData()
    offered.setData("image/png", b"")
    assert read_picture(offered) is None
