"""The triage questions T1 to T13, and which procedures their answers attach."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.checklist_records import TriageAnswer
from desktop.domain.gate import Concern
from desktop.domain.procedures import Procedure

SEPARATOR = "+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One possible answer: what is kept, and what is read."""

    value: str
    label: str


YES_NO = (
    Choice(value="yes", label="Yes"),
    Choice(value="no", label="No"),
    Choice(value="unsure", label="I'm not sure"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One triage question; with `multiple`, several values joined by '+' are one answer.

    `advice` is shown at once when the answer is yes or not sure (T1: call 999).
    """

    id: str
    text: str
    help: str = ""
    choices: tuple[Choice, ...] = YES_NO
    multiple: bool = False
    advice: str = ""
    note_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotHeld:
    """A procedure that applies but whose steps this program does not hold; `advice` in words."""

    id: str
    title: str
    advice: str
