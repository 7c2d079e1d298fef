"""Small pictures are held within a bound, and wiped."""

from PySide6.QtGui import QImage

from desktop.ui.evidence.looks import Looks


def a_look(value: int = 0xFF336699) -> QImage:
    image = QImage(10, 10, QImage.Format.Format_RGBA8888)
    image.fill(value)
    return image


def test_those_not_asked_for_longest_go_first() -> None:
    looks = Looks(most_bytes=1200)
    for name in ("a", "b", "c"):
        looks.hold(name, a_look())
    assert looks.get("a")
    looks.hold("d", a_look())
    assert len(looks) == 3
    assert looks.get("b") is None
    assert looks.is_known("a")
    assert not looks.is_known("b")


def test_one_picture_is_held_however_large() -> None:
    looks = Looks(most_bytes=1)
    looks.hold("a", a_look())
    looks.hold("b", a_look())
    assert len(looks) == 1
    assert looks.get("b")


def test_that_there_is_none_is_known_too() -> None:
    looks = Looks()
    looks.hold("a", None)
    assert looks.is_known("a")
    assert looks.get("a") is None


def test_wiping_overwrites_the_pixels() -> None:
    looks, image = Looks(), a_look()
    looks.hold("a", image)
    looks.hold("b", None)
    looks.wipe()
    assert not any(bytes(image.constBits()))
    assert len(looks) == 0
    assert not looks.is_known("b")


def test_one_is_dropped_without_a_pixel_left() -> None:
    looks, image = Looks(), a_look()
    looks.hold("a", image)
    looks.drop("a")
    looks.drop("b")
    assert not any(bytes(image.constBits()))
    assert not looks.is_known("a")
