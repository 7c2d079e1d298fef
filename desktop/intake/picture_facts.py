"""What a picture says of itself: when, with what, where, and whether it holds a smaller one."""

import io
import logging
import struct
import warnings
import zlib
from contextlib import suppress
from typing import IO, Any, cast

import pi_heif
from PIL import ExifTags, Image, PngImagePlugin

from desktop.domain.evidence.items import clean_text
from desktop.domain.noted import Fact
from desktop.intake.pieces import PiecedFile, PieceMissing

_VALUE_CHARACTERS = 300
_MOST_TEXTS = 20
_TAGS = {
    "ImageDescription": "Description", "Artist": "Author", "Copyright": "Copyright",
    "Make": "Make of the camera", "Model": "Model of the camera",
    "Software": "Made with the program", "HostComputer": "Made on",
    "DateTime": "Last changed",
}  # fmt: skip
_PHOTO_TAGS = {
    "DateTimeOriginal": "Taken", "DateTimeDigitized": "Digitised", "LensModel": "Lens",
    "CameraOwnerName": "Owner of the camera", "BodySerialNumber": "Number of the camera",
    "ImageUniqueID": "Number of the picture", "UserComment": "Comment",
}  # fmt: skip
_ZONES = {
    "DateTimeOriginal": ("OffsetTimeOriginal", "OffsetTime"),
    "DateTimeDigitized": ("OffsetTimeDigitized", "OffsetTime"),
}
_PNG = b"\x89PNG\r\n\x1a\n"
_CHUNK = struct.Struct(">I4s")
_CHECK_BYTES = 4
_PIXELS = (b"IDAT", b"fcTL", b"fdAT", b"IEND")
_NO_PIXELS = b"\x00\x00\x00\x00IDAT\x35\xaf\x06\x1e"
_ODD = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError,
    OverflowError, NotImplementedError, ZeroDivisionError, MemoryError, AssertionError,
    RuntimeError, struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip

pi_heif.register_heif_opener()
Image.init()
logging.getLogger("PIL").setLevel(logging.CRITICAL)


def facts_of_picture(untrusted: PiecedFile) -> tuple[Fact, ...]:
    """Return what a picture says of itself; () where it cannot be read. No pixel is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(cast("IO[bytes]", _without_pixels(untrusted))) as image:
                return tuple(_facts(image))
    except _ODD:
        return ()


def _without_pixels(untrusted: PiecedFile) -> io.IOBase:
    """Return a PNG as all that stands around its pixels, and any other file as it is.

    What stands behind the pixels Pillow reads only once it has decoded them all.
    """
    if untrusted.read(len(_PNG)) != _PNG:
        untrusted.seek(0)
        return untrusted
    kept = [_PNG]
    with suppress(struct.error, PieceMissing):
        while True:
            head = untrusted.read(_CHUNK.size)
            size, name = _CHUNK.unpack(head)
            if name in _PIXELS:
                untrusted.seek(size + _CHECK_BYTES, io.SEEK_CUR)
                continue
            rest = untrusted.read(size + _CHECK_BYTES)
            if zlib.crc32(name + rest[:size]).to_bytes(_CHECK_BYTES, "big") == rest[size:]:
                kept.append(head + rest)
    return io.BytesIO(b"".join(kept) + _NO_PIXELS)


def _facts(image: Image.Image) -> list[Fact]:
    facts = [("Size", f"{image.width:,} x {image.height:,} pixels")]
    frames = getattr(image, "n_frames", 1) if image.format != "MPO" else 1
    if isinstance(frames, int) and frames > 1:
        facts.append(("Frames", f"{frames:,}"))
    for read in (_exif, _texts, _comment):
        try:
            facts += read(image)
        except _ODD:
            continue
    return list(dict.fromkeys((name, value) for name, value in facts if value))


def _exif(image: Image.Image) -> list[Fact]:
    # That of a PNG decodes all pixels first, to find what stands behind them.
    exif = Image.Image.getexif(image)
    plain, photo = _named(exif), _named(exif.get_ifd(ExifTags.IFD.Exif))
    facts = [(label, _words(plain.get(tag))) for tag, label in _TAGS.items()]
    for tag, label in _PHOTO_TAGS.items():
        zones = [_words(photo.get(zone)) for zone in _ZONES.get(tag, ())]
        zone = next((one for one in zones if one), "")
        facts.append((label, f"{_words(photo.get(tag))} {zone}".strip() if photo.get(tag) else ""))
    facts += _place(dict(exif.get_ifd(ExifTags.IFD.GPSInfo)))
    if exif.get_ifd(ExifTags.IFD.IFD1):
        facts.append(("Holds a smaller picture of itself", "yes"))
    return facts


def _named(tags: Any) -> dict[str, Any]:
    return {ExifTags.TAGS.get(number, ""): value for number, value in tags.items()}


def _place(tags: dict[int, Any]) -> list[Fact]:
    named = {ExifTags.GPSTAGS.get(number, ""): value for number, value in tags.items()}
    facts: list[Fact] = []
    if "GPSLatitude" in named and "GPSLongitude" in named:
        north = _degrees(named["GPSLatitude"], _words(named.get("GPSLatitudeRef")) == "S")
        east = _degrees(named["GPSLongitude"], _words(named.get("GPSLongitudeRef")) == "W")
        facts.append(("Place", f"{north:.6f}, {east:.6f}"))
    if "GPSDateStamp" in named:
        time = ":".join(f"{int(part):02d}" for part in named.get("GPSTimeStamp", ()))
        facts.append(("Time from satellites", f"{_words(named['GPSDateStamp'])} {time} UTC"))
    return facts


def _degrees(parts: Any, negative: bool) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if negative else value


def _texts(image: Image.Image) -> list[Fact]:
    if not isinstance(image, PngImagePlugin.PngImageFile):
        return []
    pairs = [*image.info.items()][:_MOST_TEXTS]
    return [
        (clean_text(str(name), 60), _words(value))
        for name, value in pairs
        if isinstance(value, str) and not str(name).startswith(("XML:", "exif", "Raw profile"))
    ]


def _comment(image: Image.Image) -> list[Fact]:
    return [("Comment", _words(image.info.get("comment")))]


def _words(value: object) -> str:
    if isinstance(value, bytes):
        value = value.removeprefix(b"ASCII\x00\x00\x00").decode("utf-8", "replace")
    return clean_text(str(value or "").replace("\x00", ""), _VALUE_CHARACTERS).strip()
