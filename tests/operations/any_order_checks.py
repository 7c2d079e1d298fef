"""What must hold after everything that is done in any order, and who opens what is held back."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedures import Act, NotApplicable, Step
from desktop.domain.steps.recording import ALONE, SECOND_PERSON
from desktop.operations.steps.follow_checklist import ChecklistsView

HELD = "held-back.png"

_opened: list[str] = []
_watched: list[str] = []


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if event == "open" and _watched and str(args[0]).endswith(HELD):
        _opened.append(str(args[0]))


sys.addaudithook(_watch)


@contextmanager
def watching() -> Iterator[list[str]]:
    """Note every time that this process opens a file that was held back."""
    _opened.clear()
    _watched.append(HELD)
    try:
        yield _opened
    finally:
        _watched.clear()


def check_removals(view: ChecklistsView, *, has_items: bool) -> None:
    assert view.next_step is None or view.next_step.is_ready
    running = {
        each.step.id: each
        for one in view.checklists
        if not one.checklist.ended_reason
        for each in one.steps
    }
    for one in view.checklists:
        known = running | {each.step.id: each for each in one.steps}
        for advised in (each for each in one.steps if each.is_ready and each.step.removes):
            before = [known[name] for name in all_before(advised.step, known)]
            captures = [each for each in before if _must_capture(each.step)]
            # Nothing of what P03 is about may be captured: alone it has no such step.
            assert captures or not any(_must_capture(each.step) for each in one.steps)
            for capture in captures:
                assert _is_captured(capture, has_items=has_items), (advised.step.id, capture)


def _must_capture(step: Step) -> bool:
    return Act.CAPTURE in step.acts and step.not_applicable is NotApplicable.NEVER


def check_reasons(view: ChecklistsView) -> None:
    for one in view.checklists:
        steps = {step.id: step for step in one.procedure.steps}
        for entry in one.checklist.entries:
            step = steps[entry.step_id]
            rules = {rule.reason for rule in step.rules}
            if entry.state in {StepState.NOT_APPLICABLE, StepState.NOT_POSSIBLE}:
                assert len(entry.reason.strip()) >= 10 or entry.reason in rules, entry
            if entry.state is StepState.NOT_APPLICABLE:
                assert step.not_applicable is not NotApplicable.NEVER, entry
            assert entry.state is not StepState.OPEN or entry.reason or entry.late_reason, entry
            said = dict(entry.values)
            if step.second and entry.state is StepState.DONE:
                assert said.get(SECOND_PERSON) or len(said.get(ALONE, "")) >= 10, entry


def check_deadlines(view: ChecklistsView) -> None:
    for each in (step for one in view.checklists for step in one.steps):
        assert each.due == (each.deadlines[0] if each.deadlines else None)
        for due in each.deadlines:
            assert due.overdue == (due.late_by is not None and due.met_at is None)
        for overdue in (True, False):
            ends = [
                due.due_at.utc
                for due in each.deadlines
                if due.due_at and not due.met_at and due.overdue is overdue
            ]
            assert ends == sorted(ends), each.step.id


def all_before(step: Step, known: Mapping[str, StepView]) -> Iterator[str]:
    """Yield what comes before a step, near and far, of the steps that are known."""
    for name in step.after:
        if name in known:
            yield name
            yield from all_before(known[name].step, known)


def _is_captured(view: StepView, *, has_items: bool) -> bool:
    """Say whether something was kept, or somebody wrote down why there is nothing."""
    if view.state is StepState.NOT_POSSIBLE:
        return view.entry is not None and len(view.entry.reason.strip()) >= 10
    if view.state is not StepState.DONE:
        return False
    in_words = view.step.acts != (Act.CAPTURE,) and view.entry is not None
    return has_items or in_words
