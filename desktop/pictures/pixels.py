"""Turns an image of whatever kind into plain RGBA bytes, strip by strip to spare memory."""

from PIL import Image

# So many rows at once that a strip stays far smaller than the picture.
_STRIP_PIXELS = 1_000_000
_EIGHT_BITS = 255
_SIXTEEN_TO_EIGHT = 1 / 256


def eight_bits(image: Image.Image) -> Image.Image:
    """Return a picture of finer greys as plain greys; any other as it is."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * _SIXTEEN_TO_EIGHT).convert("L")
    if image.mode in ("I", "F"):
        low, high = (float(value) for value in image.getextrema())  # type: ignore[arg-type]
        scale = _EIGHT_BITS / (high - low) if high > low else 0.0
        return image.point(lambda value: value * scale + (-low * scale)).convert("L")
    return image


def reduced(image: Image.Image, factor: int) -> Image.Image:
    """Return the picture made smaller by a whole number; the large one is given up."""
    width, height = -(-image.width // factor), -(-image.height // factor)
    small = Image.new("RGBA", (width, height))
    rows = factor * max(1, _STRIP_PIXELS // image.width // factor)
    for top in range(0, image.height, rows):
        strip = _strip(image, top, rows)
        small.paste(strip.reduce(factor), (0, top // factor))
    image.close()
    return small


def plain_pixels(image: Image.Image) -> bytes:
    """Return four bytes a pixel, row by row; the image is given up on the way."""
    rows = max(1, _STRIP_PIXELS // max(image.width, 1))
    strips = [_strip(image, top, rows).tobytes() for top in range(0, image.height, rows)]
    image.close()
    return b"".join(strips)


def _strip(image: Image.Image, top: int, rows: int) -> Image.Image:
    bottom = min(top + rows, image.height)
    return image.crop((0, top, image.width, bottom)).convert("RGBA")
