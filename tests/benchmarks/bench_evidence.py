"""(k) How long a picture of 30 megapixels takes to open in the process apart."""

import io
import time
from functools import partial

from PIL import Image

from desktop.operations.reading.decoder import Decoder
from tests.benchmarks.rows import Row, compare, limit

SIZE = (6708, 4472)
# Beside what Pillow does stands the way of 120 MB of pixels over a pipe.
GOAL = 1.3
START_GOAL = 1.0


def rows() -> list[Row]:
    """Open the same bytes here and there, in turn; then start a process for a first picture."""
    pictures = {"JPEG": _photo("JPEG", quality=85), "PNG": _photo("PNG", compress_level=1)}
    decoder = Decoder()
    try:
        decoder("text", b"it is warm now")
        found = [
            compare(
                f"(k) open a {kind} of 30 megapixels, against plain Pillow",
                partial(_open_there, decoder, data),
                partial(_open_here, data),
                goal=GOAL,
            )
            for kind, data in pictures.items()
        ]
    finally:
        decoder.stop()
    return [*found, limit("(k) first small picture, with the start", _first, goal=START_GOAL)]


def _photo(kind: str, **options: int) -> bytes:
    noise = Image.effect_noise((SIZE[0] // 4, SIZE[1] // 4), 40).convert("RGB")
    file = io.BytesIO()
    noise.resize(SIZE, Image.Resampling.BICUBIC).save(file, kind, **options)
    return file.getvalue()


def _open_there(decoder: Decoder, data: bytes) -> float:
    started = time.perf_counter()
    picture = decoder("picture", data, file_name="photo")
    took = time.perf_counter() - started
    assert (picture.width, picture.height) == SIZE
    return took


def _open_here(data: bytes) -> float:
    started = time.perf_counter()
    with Image.open(io.BytesIO(data)) as image:
        pixels = image.convert("RGBA").tobytes()
    took = time.perf_counter() - started
    assert len(pixels) == SIZE[0] * SIZE[1] * 4
    return took


def _first() -> float:
    file = io.BytesIO()
    Image.new("RGB", (64, 40)).save(file, "PNG")
    started = time.perf_counter()
    decoder = Decoder()
    try:
        decoder("picture", file.getvalue(), file_name="small")
        return time.perf_counter() - started
    finally:
        decoder.stop()
