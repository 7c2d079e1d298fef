"""Reads what is said when a concern is about a colleague: whom to go to, what not to do."""

import tomllib
from dataclasses import dataclass
from datetime import date

from desktop.resources import resource_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom it may be about, whom to go to then, and who manages the case."""

    key: str
    label: str
    go_to: str
    text: str
    source: str
    checked: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What holds whoever it is about."""

    text: str
    source: str
    checked: date


@dataclass(frozen=True, slots=True)
class RestrictedWords:
    """Everything in resources/help/restricted.toml."""

    subjects: tuple[Subject, ...]
    advice: tuple[Advice, ...]


# What is said where the file is damaged: whom to go to must never be missing.
ALWAYS = RestrictedWords(
    subjects=(),
    advice=(
        Advice(
            text="The file help/restricted.toml is damaged: install the program again. Until "
            "then: tell the head or principal. If it is about them, go to the chair of governors "
            "or the proprietor. If it is about those, go to the LADO. Life in danger: 999.",
            source="Keeping children safe in education, part four",
            checked=date(2026, 11, 20),
        ),
    ),
)


def read_restricted_words() -> RestrictedWords:
    """Read the words; where the file is damaged, whom to go to all the same."""
    try:
        text = resource_path("help", "restricted.toml").read_text(encoding="utf-8")
        found = tomllib.loads(text)
        words = RestrictedWords(
            tuple(Subject(**each) for each in found["subject"]),
            tuple(Advice(**each) for each in found["advice"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ALWAYS
    days = [one.checked for one in words.subjects] + [one.checked for one in words.advice]
    return words if all(type(day) is date for day in days) else ALWAYS
