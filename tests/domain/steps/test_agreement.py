"""An adult whose parents are told is asked first; who goes on without says why."""

from collections.abc import Mapping

import pytest

from desktop.domain.errors import AnswerNeeded
from desktop.domain.people import AgeGroup, Role
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView, guide
from desktop.domain.steps.procedures import Blank
from desktop.domain.steps.recording import check_recording
from tests.situations import NOW, entry, involvement, situation

TELLS = ("P04-9", "P07-6", "P13-5", "P14-8")
GIVEN: dict[str, dict[str, str]] = {
    "P07-6": {"told": "learner and parents"},
    "P13-5": {"done": "He learns how filters work."},
}
NO_ADULT = {"P13-5": "not told, or under 18"}


def _view(step_id: str, ids: str = "", *entries: object, **more: object) -> StepView:
    wanted = f"{step_id.split('-', maxsplit=1)[0]} {ids}"
    made = situation(wanted, entries=entries, restricted=True, **more)  # type: ignore[arg-type]
    views = guide(made, NOW).steps.values()
    return next(one for each in views for one in each if one.step.id == step_id)


def _blank(view: StepView, name: str) -> Blank:
    return next(one for one in view.step.blanks if one.name == name)


def _record(view: StepView, values: Mapping[str, str]) -> None:
    given = {**GIVEN.get(view.step.id, {}), **values}
    check_recording(
        view,
        StepState.DONE,
        values=given,
        out_of_order="There was no time to wait" if view.waiting_for else "",
        done_at=NOW,
    )


@pytest.mark.parametrize("step_id", TELLS)
def test_whether_an_adult_agreed_is_answered(step_id: str) -> None:
    view = _view(step_id)
    with pytest.raises(AnswerNeeded) as error:
        _record(view, {})
    assert str(error.value) == _blank(view, "agreed").label
    assert set(_blank(view, "agreed").choices) >= {"agreed", "refused", "not asked"}
    for answer in (NO_ADULT.get(step_id, "under 18"), "agreed"):
        _record(view, {"agreed": answer})


@pytest.mark.parametrize("answer", ["refused", "not asked"])
@pytest.mark.parametrize("step_id", TELLS)
def test_who_goes_on_without_an_adults_agreement_says_why(step_id: str, answer: str) -> None:
    view = _view(step_id)
    with pytest.raises(AnswerNeeded) as error:
        _record(view, {"agreed": answer})
    assert str(error.value) == _blank(view, "without").label
    _record(view, {"agreed": answer, "without": "She could not be asked, and was in danger."})


def test_where_no_parents_are_told_of_a_referral_nothing_is_asked() -> None:
    _record(_view("P07-6"), {"told": "learner only"})


def test_danger_to_an_adults_life_waits_for_no_agreement() -> None:
    refused = entry("S2-1", decision="tell them", reasons="She took pills.", agreed="no")
    people = [involvement(Role.TARGET, age_group=AgeGroup.ADULT)]
    silent = _view("P14-8", "S2", people=people, answers={"T11": "over-18"})
    assert silent.is_ready
    against = _view("P14-8", "S2", refused, people=people, answers={"T11": "over-18"})
    assert against.is_ready


def test_an_adult_who_refuses_can_be_heard_where_no_life_is_in_danger() -> None:
    view = _view("P14-8", answers={"T11": "over-18"})
    check_recording(view, StepState.NOT_APPLICABLE, reason="She is 19, safe, and does not agree.")


def test_parents_of_an_adult_are_told_of_staff_only_as_the_decision_says() -> None:
    people = [involvement(Role.TARGET, age_group=AgeGroup.ADULT)]
    may = entry("P04-6", tell_parents="they may be told", tell_person="not yet")
    for agreed in ("no", ""):
        decided = entry("S2-1", decision="tell them", reasons="They can help.", agreed=agreed)
        assert not _view("P04-9", "S2", may, decided, people=people).is_ready
