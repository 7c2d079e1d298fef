"""Counts what a file holds beside its first picture: a moving picture, or pages of a scan."""

import io

from PIL import Image

MOST = 10_000
MOST_PAGES = 1000
_TRAILER, _IMAGE, _EXTENSION = 0x3B, 0x2C, 0x21
_HAS_COLOURS, _COLOURS = 0x80, 0x07


def count_frames(untrusted_bytes: bytes, image: Image.Image) -> int:
    """Return how many pictures there are, as far as they are counted; at least one."""
    if image.format == "GIF":
        return _gif_frames(untrusted_bytes)
    if image.format == "TIFF":
        return _pages(untrusted_bytes)
    return min(max(int(getattr(image, "n_frames", 1)), 1), MOST)


def _gif_frames(data: bytes) -> int:
    """Walk over the blocks without reading a pixel; a file that is cut off counts so far."""
    place = 13 + _table_bytes(data[10])
    found = 0
    try:
        while data[place] != _TRAILER and found < MOST:
            if data[place] == _IMAGE:
                found += 1
                place += 11 + _table_bytes(data[place + 9])
            elif data[place] == _EXTENSION:
                place += 2
            else:
                break
            while data[place]:
                place += 1 + data[place]
            place += 1
    except IndexError:
        pass
    return max(found, 1)


def _table_bytes(flags: int) -> int:
    return 3 * 2 ** ((flags & _COLOURS) + 1) if flags & _HAS_COLOURS else 0


def _pages(data: bytes) -> int:
    found = 1
    with Image.open(io.BytesIO(data), formats=("TIFF",)) as image:
        while found < MOST_PAGES:
            try:
                image.seek(found)
            except EOFError:
                break
            found += 1
    return found
