"""Plain RGBA bytes out of every kind of image, and smaller ones out of large ones."""

import io
from pathlib import Path

import pytest
from PIL import Image

from desktop.pictures import decode, pixels
from desktop.pictures.decode import decode_picture
from desktop.pictures.pixels import eight_bits, plain_pixels, reduced

HEIC = Path(__file__).parent / "files" / "two_colours.heic"


def a_gradient(mode: str, size: tuple[int, int] = (64, 48)) -> Image.Image:
    return Image.radial_gradient("L").resize(size).convert("RGB").convert(mode)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr"])
def test_strips_give_what_the_whole_would(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pixels, "_STRIP_PIXELS", 200)
    image = a_gradient(mode)
    whole = image.convert("RGBA").tobytes()
    assert plain_pixels(image) == whole


@pytest.mark.parametrize("factor", [2, 3, 5])
def test_reducing_by_strips_gives_what_the_whole_would(
    factor: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pixels, "_STRIP_PIXELS", 200)
    image = a_gradient("RGB", (61, 47))
    whole = image.convert("RGBA").reduce(factor)
    small = reduced(image, factor)
    assert small.size == whole.size
    assert small.tobytes() == whole.tobytes()


def test_fine_greys_become_plain_greys() -> None:
    fine = Image.new("I;16", (2, 1))
    fine.putdata([0x1234, 0xFF00])
    assert eight_bits(fine).tobytes() == bytes((0x12, 0xFF))


@pytest.mark.parametrize("mode", ["I", "F"])
def test_greys_without_a_scale_are_spread_over_it(mode: str) -> None:
    grey = Image.new(mode, (3, 1))
    grey.putdata([-1000, 0, 1000])
    assert eight_bits(grey).tobytes() == bytes((0, 127, 255))
    assert eight_bits(Image.new(mode, (2, 1), 7)).tobytes() == bytes(2)


def test_a_photo_of_a_phone_is_shown() -> None:
    picture = decode_picture(HEIC.read_bytes(), "photo.heic")
    assert (picture.width, picture.height, picture.frames) == (64, 40, 1)
    red, green, blue, alpha = picture.rgba[:4]
    assert red < 60 < blue
    assert (green < 60, alpha) == (True, 255)
    assert picture.rgba[-4] > 150


@pytest.mark.parametrize("turn", [1, 2, 3, 4, 5, 6, 7, 8, 9])
def test_each_turn_of_a_camera_is_undone(turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    image = Image.new("RGB", (16, 8), (255, 255, 255))
    image.paste((0, 0, 0), (0, 0, 8, 4))
    file = io.BytesIO()
    image.save(file, "PNG", exif=exif)
    picture = decode_picture(file.getvalue(), "a")
    sideways = 5 <= turn <= 8
    assert (picture.width, picture.height) == ((8, 16) if sideways else (16, 8))
    assert (picture.full_width, picture.full_height) == (picture.width, picture.height)
    row = picture.width * 4
    corners = [picture.rgba[0], picture.rgba[row - 4], picture.rgba[-row], picture.rgba[-4]]
    black = {1: 0, 2: 1, 3: 3, 4: 2, 5: 0, 6: 1, 7: 3, 8: 2, 9: 0}[turn]
    assert [corner == 0 for corner in corners] == [number == black for number in range(4)]


def test_a_picture_with_far_too_many_pixels_is_made_smaller(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(decode, "SHOWN_PIXELS", 100)
    file = io.BytesIO()
    Image.new("RGB", (40, 20), (9, 8, 7)).save(file, "PNG")
    picture = decode_picture(file.getvalue(), "a")
    assert (picture.width, picture.height) == (14, 7)
    assert (picture.full_width, picture.full_height) == (40, 20)
    assert picture.rgba == bytes((9, 8, 7, 255)) * 98
