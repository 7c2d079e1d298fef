import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.domain.errors import PictureUnreadable
from desktop.pictures.decode import MAX_PIXELS, decode_picture


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def a_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def a_bomb(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000) * 1000)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (a_chunk(b"IHDR", header), a_chunk(b"IDAT", rows), a_chunk(b"IEND", b""))
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_decode_picture_gives_plain_pixels(kind: str) -> None:
    data = encoded(Image.new("RGB", (40, 20), (200, 16, 16)), kind)
    picture = decode_picture(data, "a")
    assert (picture.width, picture.height) == (40, 20)
    assert (picture.full_width, picture.full_height) == (40, 20)
    assert len(picture.rgba) == 40 * 20 * 4
    red, green, blue, alpha = picture.rgba[:4]
    assert red > 180
    assert green < 40
    assert blue < 40
    assert alpha == 255


def test_decode_picture_keeps_transparency() -> None:
    data = encoded(Image.new("RGBA", (2, 2), (1, 2, 3, 128)), "PNG")
    assert decode_picture(data, "a").rgba[:4] == bytes((1, 2, 3, 128))


def test_decode_picture_scales_down_to_the_longest_side() -> None:
    picture = decode_picture(encoded(Image.new("L", (400, 100)), "PNG"), "a", 100)
    assert (picture.width, picture.height) == (100, 25)
    assert (picture.full_width, picture.full_height) == (400, 100)


def test_decode_picture_turns_a_photo_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = decode_picture(encoded(Image.new("RGB", (40, 20)), "JPEG", exif=exif), "a")
    assert (picture.width, picture.height) == (20, 40)
    assert (picture.full_width, picture.full_height) == (20, 40)


def test_decode_picture_shows_a_photo_with_broken_exif_as_it_lies() -> None:
    exif = b"Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x02\x01\x12\x00\x03\xff\xff\xff\xff\x00"
    picture = decode_picture(encoded(Image.new("RGB", (40, 20)), "JPEG", exif=exif), "a")
    assert (picture.width, picture.height) == (40, 20)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "TIFF"])
def test_truncated_picture_is_unreadable(kind: str) -> None:
    noise = Image.effect_noise((200, 200), 90).convert("RGB")
    data = encoded(noise, kind)
    with pytest.raises(PictureUnreadable) as caught:
        decode_picture(data[: len(data) // 2], "half.png")
    assert caught.value.file_name == "half.png"


@pytest.mark.parametrize("side", [60_000, 9_500])
def test_decompression_bomb_is_refused_before_it_is_decoded(side: int) -> None:
    assert side * side > MAX_PIXELS
    with pytest.raises(PictureUnreadable):
        decode_picture(a_bomb(side, side), "bomb.png")


@pytest.mark.parametrize("data", [b"", b"not a picture", b"%!PS-Adobe-3.0 EPSF-3.0\n"])
def test_what_is_no_picture_is_unreadable(data: bytes) -> None:
    with pytest.raises(PictureUnreadable):
        decode_picture(data, "a")


def test_formats_that_are_not_expected_stay_closed() -> None:
    data = encoded(Image.new("RGB", (4, 4)), "PPM")
    with pytest.raises(PictureUnreadable):
        decode_picture(data, "a")


_GIF = encoded(Image.new("RGB", (9, 9), "navy"), "GIF")
_JPEG = encoded(Image.new("RGB", (30, 30), "navy"), "JPEG")
_TIFF = encoded(Image.new("RGB", (9, 9), "navy"), "TIFF")


@given(st.sampled_from([_GIF, _JPEG, _TIFF]), st.data())
def test_flipped_bytes_never_fail_otherwise(good: bytes, data: st.DataObject) -> None:
    broken = bytearray(good)
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        picture = decode_picture(bytes(broken), "a")
    except PictureUnreadable:
        return
    assert len(picture.rgba) == picture.width * picture.height * 4
