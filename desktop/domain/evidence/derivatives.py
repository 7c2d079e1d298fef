"""What is done to a copy of an item: covers, frames, arrows, numbers, a crop; words that stay."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from desktop.domain.calendar.times import Moment, say
from desktop.domain.evidence.items import ItemKind

MOST_MARKS, FURTHEST = 500, 100_000

Area = tuple[int, int, int, int]


class Shape(StrEnum):
    """What a mark on a picture is."""

    COVER = "cover"
    FRAME = "frame"
    ARROW = "arrow"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark from a point to another, in pixels of the picture as it was looked at.

    A cover or frame spans them; an arrow points to the second; a number stands at the first.
    """

    shape: Shape
    left: int
    top: int
    right: int
    bottom: int
    number: int = 0

    @property
    def area(self) -> Area:
        """Return left, top, right and bottom in order, whichever way it was drawn."""
        return (
            min(self.left, self.right),
            min(self.top, self.bottom),
            max(self.left, self.right),
            max(self.top, self.bottom),
        )


@dataclass(frozen=True, slots=True)
class PicturePlan:
    """What is done to a picture of this width and height; `crop` is what stays, None is all."""

    width: int
    height: int
    marks: tuple[Mark, ...] = ()
    crop: Area | None = None

    def of(self, shape: Shape) -> tuple[Mark, ...]:
        """Return the marks of one shape."""
        return tuple(mark for mark in self.marks if mark.shape is shape)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is done yet."""
        return not self.marks and self.crop is None

    @property
    def kind(self) -> ItemKind:
        """What the copy is: covering weighs most, then marks, then a crop."""
        if self.of(Shape.COVER):
            return ItemKind.REDACTED
        return ItemKind.ANNOTATED if self.marks else ItemKind.CROPPED


def plan_text(plan: PicturePlan) -> str:
    """Write a plan so that it can be sent, kept as a draft, or noted with what it made."""
    return json.dumps(asdict(plan), separators=(",", ":"))


def read_plan(text: str) -> PicturePlan:
    """Read a plan back; raises ValueError if it is none."""
    try:
        told = json.loads(text)
        marks = tuple(_mark(one) for one in told["marks"])
        crop = _area(*told["crop"]) if told["crop"] else None
        plan = PicturePlan(_place(told["width"]), _place(told["height"]), marks, crop)
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError("not a plan") from error
    if plan.width < 1 or plan.height < 1 or len(plan.marks) > MOST_MARKS:
        raise ValueError("not a plan")
    return plan


def _mark(told: Mapping[str, object]) -> Mark:
    left, top, right, bottom = (_place(told[edge]) for edge in ("left", "top", "right", "bottom"))
    return Mark(Shape(str(told["shape"])), left, top, right, bottom, _place(told["number"]))


def _area(left: object, top: object, right: object, bottom: object) -> Area:
    return _place(left), _place(top), _place(right), _place(bottom)


def _place(told: object) -> int:
    """Return a number of pixels; raises ValueError for what is none, or is far off."""
    if not isinstance(told, int) or abs(told) > FURTHEST:
        raise ValueError("not a place")
    return told


def say_plan(plan: PicturePlan, *, page: int | None = None) -> str:
    """Say in words what is done: '2 areas covered with solid boxes; cropped'."""
    parts = [
        _count(len(plan.of(Shape.COVER)), "area covered with a solid box",
               "areas covered with solid boxes"),
        _count(len(plan.of(Shape.FRAME)), "frame drawn", "frames drawn"),
        _count(len(plan.of(Shape.ARROW)), "arrow drawn", "arrows drawn"),
        _count(len(plan.of(Shape.NUMBER)), "number put on", "numbers put on"),
    ]  # fmt: skip
    if plan.crop:
        left, top, right, bottom = plan.crop
        parts.append(
            f"cropped to {right - left} by {bottom - top} of {plan.width} by {plan.height}"
        )
    if page is not None:
        parts.insert(0, f"page {page + 1} made into a picture")
    return "; ".join(part for part in parts if part)


def _count(number: int, one: str, many: str) -> str:
    return "" if not number else f"1 {one}" if number == 1 else f"{number} {many}"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who compared a copy with its original and found it right, how, and when."""

    by: str
    how: str
    at: Moment

    @property
    def text(self) -> str:
        """Say it: 'confirmed by Sam Example, with their own passphrase, 20 Nov 2026, 14:05'."""
        return f"confirmed by {self.by}, {self.how}, {say(self.at)}"


@dataclass(frozen=True, slots=True)
class MadePicture:
    """A new picture as PNG bytes: nothing but pixels, width and height."""

    width: int
    height: int
    png: bytes = field(repr=False)
