"""Turns the bytes of a picture into plain pixels, within limits; hostile files end here."""

import io
import logging
import math
import struct
import warnings
import zlib

import pi_heif
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from desktop.domain.errors import PictureUnreadable
from desktop.domain.evidence.shown import Picture
from desktop.pictures.frames import count_frames
from desktop.pictures.pixels import eight_bits, plain_pixels, reduced

# A picture with more is not read at all; one with more than is shown is made smaller.
MAX_PIXELS = 80_000_000
SHOWN_PIXELS = 32_000_000
MAX_SIDE = 8192
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "HEIF", "AVIF")
# Imported by name: the process that reads foreign bytes can open no file to find them later.
PLUGINS = (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
_ODD = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError,
    EOFError, OverflowError, NotImplementedError, ZeroDivisionError, MemoryError, AssertionError,
    RuntimeError, struct.error, zlib.error, Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)  # fmt: skip

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = frozenset(
    {
        Image.Transpose.TRANSPOSE,
        Image.Transpose.ROTATE_270,
        Image.Transpose.TRANSVERSE,
        Image.Transpose.ROTATE_90,
    }
)

Image.preinit()
pi_heif.register_heif_opener(decode_threads=1, thumbnails=False)
# A picture this large is refused before a pixel is decoded, with an error and not a warning.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
# What Pillow would note about a broken picture is told by PictureUnreadable.
logging.getLogger("PIL").setLevel(logging.CRITICAL)


def decode_picture(untrusted_bytes: bytes, file_name: str, longest: int = MAX_SIDE) -> Picture:
    """Return the first frame, upright, no side longer than `longest`; or PictureUnreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
            return _decode(untrusted_bytes, longest)
    except _ODD as error:
        raise PictureUnreadable(file_name) from error


def _decode(untrusted_bytes: bytes, longest: int) -> Picture:
    with Image.open(io.BytesIO(untrusted_bytes), formats=FORMATS) as image:
        full_width, full_height = image.size
        frames = count_frames(untrusted_bytes, image)
        image.draft(None, (longest, longest))
        image.load()
        turn = _turn(image)
        upright = _fitting(eight_bits(image), longest)
        if turn is not None:
            sideways, upright = upright, upright.transpose(turn)
            sideways.close()
        if max(upright.size) > longest:
            upright = upright.convert("RGBA")
            upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        width, height = upright.size
        rgba = plain_pixels(upright)
    if turn in _SIDEWAYS:
        full_width, full_height = full_height, full_width
    return Picture(width, height, rgba, full_width, full_height, frames)


def _fitting(image: Image.Image, longest: int) -> Image.Image:
    """Return the picture, made smaller by a whole number where it is far too large."""
    by_pixels = math.ceil(math.sqrt(image.width * image.height / SHOWN_PIXELS))
    by_side = max(image.size) // (2 * longest)
    factor = max(by_pixels, by_side)
    return reduced(image, factor) if factor > 1 else image


def _turn(image: Image.Image) -> Image.Transpose | None:
    """Return how the camera says that the picture is to be turned."""
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    except _ODD:
        return None
