"""Turns answers into lists, text and bytes, and back only where they fit their type exactly.

What comes back was written by a process that read hostile bytes: nothing in it is believed.
"""

import json
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

MAX_INT = 2**63
_UNIONS = (Union, types.UnionType)

Blobs = tuple[bytes, ...]
Check = Callable[[Any, Blobs], Any]


class NotPlain(Exception):
    """This is not what it was said to be."""


def pack(answer: object) -> tuple[object, list[bytes]]:
    """Return what JSON can hold, and the bytes that lie beside it."""
    blobs: list[bytes] = []
    return _pack(answer, blobs), blobs


def _pack(value: object, blobs: list[bytes]) -> object:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, bytes):
        blobs.append(value)
        return len(blobs) - 1
    if isinstance(value, tuple):
        return [_pack(one, blobs) for one in value]
    if is_dataclass(value):
        named = [_pack(getattr(value, field.name), blobs) for field in fields(value)]
        return [type(value).__name__, *named]
    raise NotPlain(type(value).__name__)


def to_text(plain: object) -> bytes:
    """Write it as JSON; half characters, which no text can hold, become question marks."""
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def from_text(untrusted_text: bytes) -> Any:
    """Read JSON; raises NotPlain."""
    try:
        return json.loads(untrusted_text.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError, MemoryError) as error:
        raise NotPlain("text") from error


def unpack(kind: Any, untrusted: Any, blobs: Blobs) -> Any:
    """Return an answer of this type; raises NotPlain for anything else."""
    try:
        return check_for(kind)(untrusted, blobs)
    except (ValueError, TypeError) as error:
        raise NotPlain(str(kind)) from error


@cache
def check_for(kind: Any) -> Check:
    """Return what checks a value of this type and builds it; raises NotPlain for other types."""
    if isinstance(kind, NewType):
        return check_for(kind.__supertype__)
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if get_origin(kind) in _UNIONS:
        return _one_of(get_args(kind))
    if get_origin(kind) is tuple:
        return _tuple_of(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _word_of(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _record_of(kind)
    raise NotPlain(str(kind))


def _refuse(_constant: str) -> None:
    raise ValueError


def _text(value: Any, _blobs: Blobs) -> str:
    if type(value) is not str:
        raise NotPlain("text")
    if not value.isascii():
        value.encode()
    return value


def _whole(value: Any, _blobs: Blobs) -> int:
    if type(value) is not int or not -MAX_INT <= value < MAX_INT:
        raise NotPlain("number")
    return value


def _number(value: Any, _blobs: Blobs) -> float:
    if type(value) not in (int, float) or not -MAX_INT <= value < MAX_INT:
        raise NotPlain("number")
    return float(value)


def _truth(value: Any, _blobs: Blobs) -> bool:
    if type(value) is not bool:
        raise NotPlain("yes or no")
    return value


def _nothing(value: Any, _blobs: Blobs) -> None:
    if value is not None:
        raise NotPlain("nothing")


def _bytes(value: Any, blobs: Blobs) -> bytes:
    number = _whole(value, blobs)
    if not 0 <= number < len(blobs):
        raise NotPlain("bytes")
    return blobs[number]


_SIMPLE: dict[Any, Check] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _truth,
    bytes: _bytes,
    type(None): _nothing,
    None: _nothing,
}


def _tuple_of(kinds: tuple[Any, ...]) -> Check:
    if len(kinds) == 2 and kinds[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
        return _many(check_for(kinds[0]))
    checks = [check_for(kind) for kind in kinds]

    def check(value: Any, blobs: Blobs) -> tuple[Any, ...]:
        if type(value) is not list or len(value) != len(checks):
            raise NotPlain("list")
        return tuple(one(part, blobs) for one, part in zip(checks, value, strict=True))

    return check


def _many(one: Check) -> Check:
    def check(value: Any, blobs: Blobs) -> tuple[Any, ...]:
        if type(value) is not list:
            raise NotPlain("list")
        return tuple([one(part, blobs) for part in value])

    return check


def _word_of(kind: type[StrEnum]) -> Check:
    def check(value: Any, blobs: Blobs) -> StrEnum:
        return kind(_text(value, blobs))

    return check


def _record_of(kind: Any) -> Check:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    checks = [check_for(hints[name]) for name in names]

    def check(value: Any, blobs: Blobs) -> Any:
        if type(value) is not list or len(value) != len(names) + 1 or value[0] != kind.__name__:
            raise NotPlain(kind.__name__)
        parts = zip(names, checks, value[1:], strict=True)
        return kind(**{name: one(part, blobs) for name, one, part in parts})

    return check


def _one_of(kinds: tuple[Any, ...]) -> Check:
    checks = [check_for(kind) for kind in kinds]

    def check(value: Any, blobs: Blobs) -> Any:
        for one in checks:
            try:
                return one(value, blobs)
            except (NotPlain, ValueError):
                continue
        raise NotPlain("none of these")

    return check
