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


def read_restricted_words() -> RestrictedWords:
    """Read the words; a missing or unknown key is an error of the file."""
    text = resource_path("help", "restricted.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    return RestrictedWords(
        tuple(Subject(**each) for each in found["subject"]),
        tuple(Advice(**each) for each in found["advice"]),
    )
