"""Reads the cells of a row as what they are, so that no untyped value leaves the store."""

from desktop.domain.calendar.times import Moment

SqlValue = str | int | float | bytes | None


def as_text(value: SqlValue) -> str:
    """Return a TEXT cell."""
    if not isinstance(value, str):
        raise TypeError(f"text expected, {type(value).__name__} found")
    return value


def as_optional_text(value: SqlValue) -> str | None:
    """Return a TEXT cell that may be NULL."""
    return None if value is None else as_text(value)


def as_number(value: SqlValue) -> int:
    """Return an INTEGER cell."""
    if not isinstance(value, int):
        raise TypeError(f"number expected, {type(value).__name__} found")
    return value


def as_bytes(value: SqlValue) -> bytes:
    """Return a BLOB cell."""
    if not isinstance(value, bytes):
        raise TypeError(f"bytes expected, {type(value).__name__} found")
    return value


def as_moment(value: SqlValue) -> Moment:
    """Return a TEXT cell that holds a moment."""
    return Moment.from_text(as_text(value))


def as_optional_moment(value: SqlValue) -> Moment | None:
    """Return a TEXT cell that holds a moment or NULL."""
    return None if value is None else as_moment(value)


def moment_cell(moment: Moment | None) -> str | None:
    """Write a moment, or NULL."""
    return None if moment is None else moment.to_text()
