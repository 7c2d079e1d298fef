"""What a check of the whole log found, in words, and the result of the last one."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.calendar.times import Moment

_KEEP = "Change nothing in the log folder, keep your newest backup, and ask for technical advice."
_MOST_NAMED = 6
_GOOD, _ALARM = "good", "alarm"
_IN_PARTS = "in parts"
_LINES = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be, and what to do about it."""

    happened: str
    to_do: str = _KEEP

    @property
    def sentence(self) -> str:
        """Both in one go."""
        return f"{self.happened} {self.to_do}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCheck:
    """The last check: when, its result in a sentence; `in_parts` if it ran while nobody worked."""

    at: Moment
    sentence: str
    holds: bool
    in_parts: bool = False


def chain_broken(number: int) -> Finding:
    """Say that the chain does not fit."""
    return Finding(
        f"The custody record does not fit together from entry {number:,} on.",
        f"Do not export anything. {_KEEP}",
    )


def details_gone(numbers: Sequence[int]) -> Finding:
    """Say that details were taken out though no erasure is on record."""
    entries = "entry" if len(numbers) == 1 else "entries"
    listed = _list([f"{number:,}" for number in numbers])
    return Finding(
        f"What was written in {entries} {listed} of the custody record is gone, and no erasure "
        "accounts for it."
    )


def head_gone(number: int, what: str, when: str) -> Finding:
    """Say that a head that left is no longer in the chain."""
    return Finding(
        f"Entry {number:,} is not in this log as it was given out on {when} ({what}). The log may "
        "have been replaced by an older one, or changed.",
        f"Keep that paper or file. {_KEEP}",
    )


def content_altered(names: Sequence[str]) -> Finding:
    """Say that content is not what was entered."""
    return Finding(
        f"The content of {_list(names)} is not what was entered.", f"Do not rely on it. {_KEEP}"
    )


def worksheets_altered(names: Sequence[str]) -> Finding:
    """Say that the text of a worksheet is not what was sent."""
    return Finding(
        f"The text of the worksheet {_list(names)} is not what was sent.",
        f"Do not rely on it. {_KEEP}",
    )


def worksheets_missing(names: Sequence[str]) -> Finding:
    """Say that a worksheet which was sent is gone."""
    return Finding(
        f"The worksheet {_list(names)} was sent, and its text is no longer in the log.",
        f"A backup may still hold it. {_KEEP}",
    )


def worksheets_retimed(names: Sequence[str]) -> Finding:
    """Say that a worksheet names another time or another person than when it was sent."""
    return Finding(
        f"When the worksheet {_list(names)} was sent, or by whom, is not what was recorded then.",
        f"Do not rely on it. {_KEEP}",
    )


def content_unreadable(names: Sequence[str]) -> Finding:
    """Say that content cannot be read any more."""
    return Finding(
        f"The content of {_list(names)} cannot be read.",
        f"A backup may still hold it. {_KEEP}",
    )


def file_unreadable(names: Sequence[str]) -> Finding:
    """Say that a file of the log cannot be read."""
    return Finding(f"{_list(names)} in the log folder cannot be read in places.")


def references_broken(count: int) -> Finding:
    """Say that something in log.db points at what is not there."""
    places = "1 place" if count == 1 else f"{count:,} places"
    return Finding(f"In {places} the log refers to something that is not in it.")


def content_belongs_to_nothing(count: int) -> Finding:
    """Say that there is content that no exhibit has."""
    pieces = "1 piece" if count == 1 else f"{count:,} pieces"
    return Finding(
        f"The log holds {pieces} of content that no exhibit has.",
        f"No exhibit you see is touched. {_KEEP}",
    )


def backup_is_ahead(place: str, number: int) -> Finding:
    """Say that a backup holds what the log does not."""
    return Finding(
        f"The newest backup in {place} ends with entry {number:,}, which is not in this log. The "
        "log may have been replaced by an older one.",
    )


def say_result(entries: int, items: int, findings: Sequence[Finding], strays: int = 0) -> str:
    """Say the result of a check in words; `strays` are pieces that the next unlock clears away."""
    if findings:
        return " ".join(finding.sentence for finding in findings)
    exhibits = "1 exhibit" if items == 1 else f"{items:,} exhibits"
    words = f"All {entries:,} entries and {exhibits} are unchanged since they were entered."
    if not strays:
        return words
    left = "1 piece is" if strays == 1 else f"{strays:,} pieces are"
    return f"{words} {left} left of what was added twice or stopped; the next unlock clears that."


def last_check_text(check: LastCheck) -> str:
    """Write the result of a check so that it can be kept."""
    sentence = " ".join(check.sentence.split())
    result = _GOOD if check.holds else _ALARM
    return "\n".join((check.at.to_text(), sentence, result, _IN_PARTS if check.in_parts else ""))


def read_last_check(text: str) -> LastCheck | None:
    """Read back what last_check_text wrote; None where nothing was ever checked."""
    if not text:
        return None
    at, sentence, result, parts, *_ = [*text.split("\n"), *[""] * _LINES]
    return LastCheck(
        at=Moment.from_text(at),
        sentence=sentence,
        # Version 1 kept no result of its own, only the sentence.
        holds=result == _GOOD or (not result and "unchanged since" in sentence),
        in_parts=parts == _IN_PARTS,
    )


def _list(names: Sequence[str]) -> str:
    """Name a few, and count the rest."""
    named, more = list(names[:_MOST_NAMED]), len(names) - _MOST_NAMED
    if more > 0:
        named.append(f"{more:,} more")
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
