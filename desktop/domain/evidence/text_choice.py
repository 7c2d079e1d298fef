"""A mail, a chat or a text in pieces, of which only what is chosen goes into a copy."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.calendar.times import say_date
from desktop.domain.evidence.chats import ChatView, DayOrder
from desktop.domain.evidence.leaks import plain_letters, word_pattern
from desktop.domain.evidence.shown import MailView, PageTextView, Shown, TextView

COVERED = "█████"

_RANGE = re.compile(r"(\d+)(?:-(\d+))?")


@dataclass(frozen=True, slots=True)
class Piece:
    """One header, line or message; `label` says which, such as From or 14 Nov 2026, 21:03."""

    label: str
    text: str

    @property
    def words(self) -> str:
        """The piece in one line or more, as it stands in a copy."""
        return f"{self.label}: {self.text}" if self.label else self.text


UNSURE = Piece("Dates", "whether day or month stands first is not certain; here the day does")


def pieces_of(shown: Shown) -> tuple[Piece, ...]:
    """Cut what is shown into pieces; () for what has no words that can be chosen."""
    if isinstance(shown, MailView):
        return _mail(shown)
    if isinstance(shown, ChatView):
        return _chat(shown)
    if isinstance(shown, PageTextView):
        heads = (("Title", shown.title), ("Saved from", shown.saved_from))
        return _heads(heads) + _lines(shown.text)
    if isinstance(shown, TextView) and not shown.is_hex:
        return _lines(shown.text)
    return ()


def copy_text(
    title: str, pieces: Sequence[Piece], kept: Collection[int], covered: Sequence[str]
) -> str:
    """Write the copy: what was chosen, with these words covered, and how much was left out."""
    lines, left_out = [title, ""], 0
    for place, piece in enumerate(pieces):
        if place not in kept:
            left_out += 1
            continue
        if left_out:
            lines.append(_left_out(left_out))
        left_out = 0
        lines.append(piece.words)
    if left_out:
        lines.append(_left_out(left_out))
    return cover_words("\n".join(lines) + "\n", covered)


def cover_words(text: str, covered: Sequence[str]) -> str:
    """Replace these words wherever they stand; the length of a cover tells nothing."""
    text = plain_letters(text)
    for word in sorted({plain_letters(one).strip() for one in covered}, key=len, reverse=True):
        if word:
            text = word_pattern(word).sub(COVERED, text)
    return text


def range_text(places: Collection[int]) -> str:
    """Write places so that many of them stay short: 0-41,43."""
    runs: list[list[int]] = []
    for place in sorted(places):
        if runs and runs[-1][1] == place - 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def read_ranges(text: str) -> frozenset[int]:
    """Read places back; what is none is passed over."""
    found = [_RANGE.fullmatch(part) for part in text.split(",")]
    pairs = [(int(one[1]), int(one[2] or one[1])) for one in found if one]
    return frozenset(place for first, last in pairs for place in range(first, last + 1))


def read_words(typed: str) -> tuple[str, ...]:
    """Read words that were typed with commas, semicolons or line breaks between them."""
    return tuple(
        dict.fromkeys(word for one in re.split(r"[,;\n]", typed) if (word := one.strip()))
    )


def say_choice(pieces: int, kept: int, covered: int) -> str:
    """Say in words what was done: '3 of 40 lines stay; 2 words or names covered'."""
    words = "words or names covered" if covered != 1 else "word or name covered"
    return f"{kept} of {pieces} pieces of its text stay" + (f"; {covered} {words}" * bool(covered))


def _mail(shown: MailView) -> tuple[Piece, ...]:
    attached = tuple(("Attached", part.name) for part in shown.attachments)
    path = tuple(("Received", line) for line in shown.received)
    return _heads((*shown.headers, *path, *attached)) + _lines(shown.body)


def _chat(shown: ChatView) -> tuple[Piece, ...]:
    unsure = (UNSURE,) if shown.order is DayOrder.AMBIGUOUS else ()
    return unsure + tuple(
        Piece(", ".join(filter(None, (_when(at), writer))), text or name)
        for at, writer, text, name in zip(
            shown.times, shown.writers, shown.texts, shown.names, strict=True
        )
    )


def _when(at: str) -> str:
    """Say a time of a chat, which has no zone; what is none stays as it stands."""
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        return at
    return f"{say_date(when.date())}, {when:%H:%M:%S}"


def _heads(pairs: Sequence[tuple[str, str]]) -> tuple[Piece, ...]:
    return tuple(Piece(name, value) for name, value in pairs if value)


def _lines(text: str) -> tuple[Piece, ...]:
    return tuple(Piece("", line) for line in text.split("\n") if line.strip())


def _left_out(count: int) -> str:
    return "[1 piece left out]" if count == 1 else f"[{count} pieces left out]"
