import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.steps.applying import wanted
from desktop.domain.steps.triage import (
    QUESTIONS,
    answer_facts,
    answer_texts,
    is_answer,
    procedures_for_gate,
    question,
    with_parts,
)
from tests.situations import procedures, triage_answer

ALL = {one.id: one.choices[0].value for one in QUESTIONS}


def test_there_are_thirteen_questions_in_their_order() -> None:
    assert [one.id for one in QUESTIONS] == [f"T{number}" for number in range(1, 14)]


def test_danger_and_images_say_at_once_what_to_do() -> None:
    assert "999" in question("T1").advice
    assert "do not ask the child" in question("T2").advice


@pytest.mark.parametrize(
    ("name", "text", "right"),
    [
        ("T4", "no", True),
        ("T4", "perhaps", False),
        ("T4", "", False),
        ("T4", "yes+no", False),
        ("T8", "private+site", True),
        ("T8", "site+site", False),
        ("T8", "yes", False),
        ("T11", "no", True),
        ("T99", "yes", False),
    ],
)
def test_only_the_choices_of_a_question_answer_it(name: str, text: str, right: bool) -> None:
    assert is_answer(name, text) is right


def test_several_places_are_several_facts() -> None:
    assert answer_facts({"T8": "private+site", "T4": "no"}) == {"T8=private", "T8=site", "T4=no"}


def test_our_own_account_alone_is_a_fact_of_its_own() -> None:
    assert "only-own-account" in answer_facts({"T8": "own"})
    assert "only-own-account" not in answer_facts({"T8": "own+site"})


def test_an_answer_that_is_none_states_nothing() -> None:
    assert answer_facts({"T4": "perhaps", "T99": "yes"}) == frozenset()


def test_triage_is_answered_when_every_question_is() -> None:
    assert "triage-answered" in answer_facts(ALL)
    assert "triage-answered" not in answer_facts({**ALL, "T13": ""})


def test_answers_are_told_without_who_and_when() -> None:
    assert answer_texts({"T4": triage_answer("T4", "no")}) == {"T4": "no"}


def _attached(answers: dict[str, str]) -> tuple[str, ...]:
    facts = answer_facts(answers) | {"always"}
    return with_parts([one.id for one in wanted(procedures(), (), facts)], procedures())


def test_without_answers_the_first_steps_run_with_their_parts() -> None:
    assert _attached({}) == ("P00", "S1", "S2", "S5")


def test_messages_and_comments_attach_both_procedures_and_their_parts() -> None:
    attached = _attached({"T8": "private+site", "T4": "no"})
    assert attached == ("P00", "S1", "P02", "P01", "S3", "S2", "S4", "S5")


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_an_image_of_a_child_attaches_the_stop_and_it_leads(answer: str) -> None:
    assert _attached({"T2": answer})[0] == "P03"
    assert "P03" not in _attached({"T2": "no"})


def test_parts_that_are_not_there_are_left_out() -> None:
    assert with_parts(["P02", "P99"], {"P02": procedures()["P02"]}) == ("P02",)


def test_the_gate_attaches_the_stop_also_where_other_steps_are_not_held() -> None:
    held = {name: procedures()[name] for name in ("P00", "P03")}
    assert procedures_for_gate(GateAnswer.NO, None, held) == ()
    assert "P03" in procedures_for_gate(GateAnswer.NOT_SURE, None, held)
    for concern in Concern:
        assert "P03" in procedures_for_gate(GateAnswer.YES, concern, held)


def test_the_gate_prefers_the_steps_of_its_own_concern() -> None:
    held = {"P07": procedures()["P02"], "P03": procedures()["P03"]}
    assert "P03" not in procedures_for_gate(GateAnswer.YES, Concern.TERRORIST, held)


@given(st.dictionaries(st.sampled_from([*ALL, "T0"]), st.text(max_size=12)))
def test_any_answers_leave_the_first_steps_attached(answers: dict[str, str]) -> None:
    assert {"P00", "S1"} <= set(_attached(answers))


@pytest.mark.parametrize(
    ("name", "answer", "warns"),
    [
        ("T4", "child", True), ("T4", "both", True), ("T4", "yes", True), ("T4", "unsure", True),
        ("T4", "no", False), ("T4", "", False), ("T10", "self-harm", True), ("T11", "no", False),
    ],
)  # fmt: skip
def test_advice_is_shown_with_every_answer_but_no(name: str, answer: str, warns: bool) -> None:
    assert question(name).warns(answer) is warns


def test_who_and_what_it_was_are_told_apart() -> None:
    assert is_answer("T4", "child")
    assert is_answer("T4", "both")
    assert not is_answer("T4", "yes+child")
    assert is_answer("T10", "self-harm")
    assert is_answer("T10", "both")
    assert "video or live stream" in question("T2").text
    assert answer_facts({"T4": "both", "T10": "self-harm"}) == {"T4=both", "T10=self-harm"}


@pytest.mark.parametrize(
    ("name", "answer", "asks"),
    [
        ("T12", "yes", True),
        ("T13", "unsure", True),
        ("T12", "no", False),
        ("T12", "", False),
        ("T1", "yes", False),
    ],
)
def test_more_is_asked_with_every_answer_but_no(name: str, answer: str, asks: bool) -> None:
    assert question(name).asks_more(answer) is asks
