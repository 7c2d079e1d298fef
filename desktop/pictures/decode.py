"""Turns the bytes of a picture into plain pixels, within limits; hostile files end here."""

import io
import logging
import struct
import warnings
import zlib

from PIL import Image, ImageOps

from desktop.domain.errors import PictureUnreadable
from desktop.domain.shown import Picture

MAX_PIXELS = 80_000_000
MAX_SIDE = 8192
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
MEDIA_TYPES = frozenset(
    ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/tiff")
)
_ODD = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError,
    EOFError, OverflowError, NotImplementedError, ZeroDivisionError, MemoryError, AssertionError,
    struct.error, zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip

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
        image.draft(None, (longest, longest))
        image.load()
        upright = _upright(image)
        if (upright.width > upright.height) != (full_width > full_height):
            full_width, full_height = full_height, full_width
        shown = upright.convert("RGBA")
        shown.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        return Picture(shown.width, shown.height, shown.tobytes(), full_width, full_height)


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except _ODD:
        return image
