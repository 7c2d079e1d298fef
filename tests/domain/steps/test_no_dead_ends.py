"""Whoever follows the shipped procedures with plain answers comes to the end, and never sticks."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from desktop.domain.people import Role
from desktop.domain.steps.applying import wanted
from desktop.domain.steps.checklist_records import StepEntry, StepState
from desktop.domain.steps.checklists import Guidance, StepView, guide
from desktop.domain.steps.facts import Situation, facts_of
from desktop.domain.steps.procedures import Act, Blank, Severity, Step
from desktop.domain.steps.step_states import is_put_off
from desktop.domain.steps.triage import QUESTIONS, with_parts
from tests.situations import at, entry, involvement, item, procedures, situation

NO = dict.fromkeys((one.id for one in QUESTIONS if not one.multiple), "no")
PEOPLE = (involvement(Role.TARGET), involvement(Role.PERSON_REPORTED))
# Done on the 19th and looked at on the 30th: every "after 48 hours" and "after a week" has come.
DONE, LATER = at(19), at(30)
SILENT = ("not asked", "not known", "not sure")
LEAVE = {
    "leave_live": "it may come down", "tell_parents": "they may be told", "interview": "yes",
    "tell_provider": "it may be told", "tell_employer": "they may be told", "chat": "yes",
    "communicate": "yes",
}  # fmt: skip
ASKED = ("P04-6", "P06-5", "S3-2")
CASES: list[dict[str, str]] = [
    {"T8": "private"},
    {"T8": "site"},
    {"T8": "own"},
    {"T8": "fake"},
    {"T8": "person"},
    {"T2": "yes", "T8": "private"},
    {"T3": "yes", "T8": "private"},
    {"T4": "both", "T8": "site"},
    {"T5": "yes", "T8": "own"},
    {"T6": "yes", "T8": "site"},
    {"T7": "yes", "T8": "site"},
    {"T9": "yes", "T8": "private"},
    {"T2": "yes", "T4": "yes", "T5": "yes", "T6": "yes", "T7": "yes", "T8": "site", "T9": "yes"},
]
Answer = Callable[[Blank], str]


def first_choice(blank: Blank) -> str:
    """Answer each question with the first that is offered."""
    return blank.choices[0]


def last_choice(blank: Blank) -> str:
    """Answer each question with the last that is offered."""
    return blank.choices[-1]


def not_asked(blank: Blank) -> str:
    """Answer that nobody was asked, wherever that can be said."""
    return next((one for one in SILENT if one in blank.choices), blank.choices[0])


@dataclass
class _Way:
    """One incident, walked step by step as the program advises."""

    answers: dict[str, str]
    ids: list[str] = field(default_factory=list)
    entries: list[StepEntry] = field(default_factory=list)
    captured: bool = False

    def situation(self) -> Situation:
        """Return where it stands, with everything attached that applies."""
        while True:
            found = situation(
                " ".join(self.ids),
                entries=self.entries,
                answers=NO | self.answers,
                items=(item(platform="Instagram"), item(platform="SMS")) if self.captured else (),
                people=PEOPLE,
                restricted=True,
            )
            running = [one.checklist for one in found.running]
            more = [one.id for one in wanted(procedures(), running, facts_of(found))]
            if set(more) <= set(self.ids):
                return found
            parts = with_parts([*self.ids, *more], procedures())
            self.ids = list(dict.fromkeys([*self.ids, *parts]))

    def walk(self, answer: Answer) -> Guidance:
        """Do whatever comes next until nothing does."""
        for _ in range(300):
            stand = guide(self.situation(), LATER)
            if stand.next_step is None:
                return stand
            self._do(stand.next_step.step, answer)
        raise AssertionError("it never ends")

    def _do(self, step: Step, answer: Answer) -> None:
        self.captured = self.captured or Act.CAPTURE in step.acts
        said = [(one.name, answer(one) if one.choices else "said so") for one in step.blanks]
        done = entry(step.id, done_at=DONE, late_reason="It was a long day")
        self.entries.append(replace(done, values=tuple(said)))

    def ask_again(self) -> None:
        """Record anew what police, LADO and services were asked: now they gave leave."""
        for step_id in ASKED:
            said = [one for one in self.entries if one.step_id == step_id]
            if said:
                values = {name: LEAVE.get(name, text) for name, text in said[-1].values}
                self.entries.append(replace(said[-1], values=tuple(values.items())))


def _views(stand: Guidance) -> list[StepView]:
    return [
        view
        for views in stand.steps.values()
        for view in views
        if view.state is StepState.OPEN and not view.prefilled_reason
    ]


@pytest.mark.parametrize("answer", [last_choice, not_asked])
@pytest.mark.parametrize("answers", CASES, ids="+".join)
def test_nobody_who_follows_it_is_left_waiting_for_a_step_that_never_comes(
    answers: dict[str, str], answer: Answer
) -> None:
    left = _views(_Way(answers).walk(answer))
    assert [view.step.id for view in left if not view.led_by] == []
    assert not any(view.waiting_for for view in left)


@pytest.mark.parametrize("answers", CASES, ids="+".join)
def test_what_nobody_was_asked_opens_again_once_they_were(answers: dict[str, str]) -> None:
    way = _Way(answers)
    way.walk(not_asked)
    way.ask_again()
    stand = way.walk(first_choice)
    held = [
        view.step.id
        for views in stand.steps.values()
        for view in views
        if view.prefilled_reason
        and is_put_off(view.step, view.prefilled_reason)
        and view.state is StepState.OPEN
    ]
    assert held == []


@pytest.mark.parametrize("answers", CASES, ids="+".join)
def test_somebody_in_danger_comes_before_everything(answers: dict[str, str]) -> None:
    way = _Way({**answers, "T1": "yes"})
    first = guide(way.situation(), LATER).next_step
    assert first is not None
    assert (first.step.id, first.step.severity) == ("P00-4", Severity.STOP)
