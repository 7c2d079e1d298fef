"""Lays a chat out in rows of one height: a day, who wrote when, and the words line by line."""

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from desktop.domain.evidence.chats import ChatView

_DAY = 10
_MINUTE = 16


class RowKind(IntEnum):
    """What stands in a row."""

    DAY = 0
    WRITER = 1
    WORDS = 2
    APP = 3


@dataclass(frozen=True, slots=True)
class ChatRows:
    """The rows in columns; `first` is the row where each message begins, `days` name each day."""

    kinds: list[RowKind] = field(repr=False)
    messages: list[int] = field(repr=False)
    texts: list[str] = field(repr=False)
    first: list[int] = field(repr=False)
    days: list[tuple[str, int]] = field(repr=False)


def lay_out(view: ChatView, columns: int) -> ChatRows:
    """Return the rows of a chat, no line longer than so many characters."""
    rows = ChatRows([], [], [], [], [])
    day = before = ""
    for number, (at, writer, words) in enumerate(
        zip(view.times, view.writers, view.texts, strict=True)
    ):
        if at[:_DAY] != day:
            day, before = at[:_DAY], ""
            rows.days.append((say_day(day), len(rows.texts)))
            _add(rows, RowKind.DAY, number, rows.days[-1][0])
        rows.first.append(len(rows.texts))
        here = f"{writer}  {at[11:_MINUTE]}"
        if here != before:
            _add(rows, RowKind.WRITER, number, here if writer else at[11:_MINUTE])
            before = here
        kind = RowKind.WORDS if writer else RowKind.APP
        for line in wrap(words, columns):
            _add(rows, kind, number, line)
    return rows


def say_day(day: str) -> str:
    """Write 2026-11-14 as Sat 14 Nov 2026; what is no date stays as it is."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{found:%a} {found.day} {found:%b %Y}"


def wrap(words: str, columns: int) -> list[str]:
    """Return lines no longer than so many characters, broken at spaces where there are any."""
    if len(words) <= columns and "\n" not in words:
        return [words]
    lines: list[str] = []
    for line in words.split("\n"):
        rest = line
        while len(rest) > columns:
            space = rest.rfind(" ", 0, columns + 1)
            cut = space if space > 0 else columns
            lines.append(rest[:cut])
            rest = rest[cut:].removeprefix(" ")
        lines.append(rest)
    return lines


def _add(rows: ChatRows, kind: RowKind, message: int, text: str) -> None:
    rows.kinds.append(kind)
    rows.messages.append(message)
    rows.texts.append(text)
