"""Draws frames, arrows and numbers onto a picture, so that they can be seen on any ground."""

import math

from PIL import Image, ImageDraw, ImageFont

from desktop.domain.evidence.derivatives import Mark, Shape

INK = (196, 30, 22)
HALO = (255, 255, 255)
_LEAST_LINE = 3
_SHARE = 240
_HEAD_LINES = 6
_HEAD_ANGLE = math.radians(28)
_NUMBER_LINES = 7

Point = tuple[float, float]


def line_width(size: tuple[int, int]) -> int:
    """Return how wide a line is on a picture of this size."""
    return max(_LEAST_LINE, max(size) // _SHARE)


def annotate(image: Image.Image, marks: tuple[Mark, ...]) -> None:
    """Draw every frame, arrow and number of these marks; covers are passed over."""
    draw, wide = ImageDraw.Draw(image), line_width(image.size)
    for mark in marks:
        if mark.shape is Shape.FRAME:
            _frame(draw, mark, wide)
        elif mark.shape is Shape.ARROW:
            _arrow(draw, mark, wide)
        elif mark.shape is Shape.NUMBER:
            _number(draw, mark, wide)


def _edge(wide: int) -> int:
    """Return how far white stands out beside a line: enough to be seen, and hiding little."""
    return max(1, wide // 3)


def _frame(draw: ImageDraw.ImageDraw, mark: Mark, wide: int) -> None:
    left, top, right, bottom = mark.area
    if right - left <= 2 * wide or bottom - top <= 2 * wide:
        draw.rectangle((left, top, right, bottom), fill=INK)
        return
    edge = _edge(wide)
    outer = (left - edge, top - edge, right + edge, bottom + edge)
    draw.rectangle(outer, outline=HALO, width=wide + 2 * edge)
    draw.rectangle((left, top, right, bottom), outline=INK, width=wide)


def _arrow(draw: ImageDraw.ImageDraw, mark: Mark, wide: int) -> None:
    start, tip = (mark.left, mark.top), (mark.right, mark.bottom)
    head = _head(start, tip, wide * _HEAD_LINES)
    middle = ((head[1][0] + head[2][0]) / 2, (head[1][1] + head[2][1]) / 2)
    edge = _edge(wide)
    draw.line((start, middle), fill=HALO, width=wide + 2 * edge)
    draw.polygon(head, fill=HALO, outline=HALO, width=2 * edge)
    draw.line((start, middle), fill=INK, width=wide)
    draw.polygon(head, fill=INK)


def _head(start: Point, tip: Point, long: int) -> tuple[Point, Point, Point]:
    angle = math.atan2(tip[1] - start[1], tip[0] - start[0])
    sides = [angle + math.pi - _HEAD_ANGLE, angle + math.pi + _HEAD_ANGLE]
    first, second = (
        (tip[0] + long * math.cos(side), tip[1] + long * math.sin(side)) for side in sides
    )
    return tip, first, second


def _number(draw: ImageDraw.ImageDraw, mark: Mark, wide: int) -> None:
    radius = wide * _NUMBER_LINES
    around = (mark.left - radius, mark.top - radius, mark.left + radius, mark.top + radius)
    draw.ellipse(around, fill=INK, outline=HALO, width=wide)
    font = ImageFont.load_default(radius * 1.2)
    draw.text((mark.left, mark.top), str(mark.number), fill=HALO, font=font, anchor="mm")
