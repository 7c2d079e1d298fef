"""What an organisation adds becomes part of a procedure's text, and can loosen nothing in it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.contacts import Recipient
from desktop.domain.errors import OwnEntryUnfit, ProcedureInvalid
from desktop.domain.policy.own_copy import OwnDeadline, OwnStep
from desktop.domain.policy.own_text import (
    anchor_of,
    captures,
    check_own,
    next_deadline_id,
    next_step_id,
    problems_of_deadline,
    problems_of_step,
    with_own,
)
from desktop.domain.steps.procedure_text import parse_procedure
from desktop.domain.steps.procedures import Act, Basis, Length, NotApplicable, Severity

TEXT = """
id = "P01"
title = "Bullying"
version = "3"
applies_when = "A learner is bullied"
order = 40
attached_by = ["always"]
checked = "2026-11-20"

[[steps]]
id = "P01-1"
title = "Keep the messages"
text = "Capture them."
actor = "DSL"
recipients = []
severity = "stop"
order = 10
not_applicable = "never"
acts = ["capture"]
authorities = [{ reference = "S003:182", quote = "Secure and preserve any evidence" }]
deadlines = [{ id = "D1", label = "First record", length = "hours", amount = 24, \
starts = "became_aware_at", basis = "documented", reference = "S000:64" }]

[[steps]]
id = "P01-2"
title = "Tell the provider"
text = "Send the headers."
actor = "DSL"
recipients = ["PROVIDER"]
severity = "must"
order = 20
not_applicable = "reason"
acts = ["contact"]
authorities = [{ reference = "S003:183", quote = "Inform the sender's e-mail service provider" }]
"""
PROCEDURE = parse_procedure(TEXT, "P01.toml")
STEP = OwnStep(
    id="P01-901",
    procedure_id="P01",
    follows="P01-1",
    title="Ring the centre",
    text="Say that something is under way.",
    actor="DSL",
)
DEADLINE = OwnDeadline(
    id="P01-2/1",
    step_id="P01-2",
    label="Tell the provider",
    length=Length.WORKING_DAYS,
    amount=2,
    starts="became_aware_at",
)


def test_a_procedure_without_anything_of_ours_stays_as_it_is() -> None:
    assert with_own(PROCEDURE, [replace(STEP, procedure_id="P02")], [], "ours 1") is PROCEDURE


def test_a_step_of_ours_stands_behind_the_one_that_it_follows() -> None:
    second = replace(STEP, id="P01-902", title="Ring again")
    made = with_own(PROCEDURE, [STEP, second], [], "ours 2")
    assert [step.id for step in made.steps] == ["P01-1", "P01-901", "P01-902", "P01-2"]
    step = made.step("P01-901")
    assert (step.local, step.order, step.acts) == (True, 10, (Act.NOTE,))
    assert step.not_applicable is NotApplicable.REASON
    assert step.authorities[0].note == "Added by our organisation."


def test_a_step_at_the_end_follows_all_others() -> None:
    made = with_own(PROCEDURE, [replace(STEP, follows="")], [], "ours 1")
    assert made.steps[-1].id == "P01-901"
    assert anchor_of(PROCEDURE, "P01-77").id == "P01-2"


def test_whoever_is_told_makes_it_a_contact_and_its_source_is_named() -> None:
    told = replace(STEP, recipients=(Recipient.HEAD,), source="Our policy, section 4.")
    step = with_own(PROCEDURE, [told], [], "ours 1").step("P01-901")
    assert (step.acts, step.recipients) == ((Act.CONTACT,), ("HEAD",))
    assert step.authorities[0].note == "Added by our organisation. Our policy, section 4."


def test_what_removes_something_waits_for_the_capture() -> None:
    step = with_own(PROCEDURE, [replace(STEP, removes=True)], [], "ours 1").step("P01-901")
    assert step.removes
    assert step.after == captures(PROCEDURE) == ("P01-1",)


def test_a_deadline_of_ours_stands_beside_what_is_documented() -> None:
    own = replace(DEADLINE, id="P01-1/1", step_id="P01-1", length=Length.DAYS, amount=30)
    made = with_own(PROCEDURE, [], [own], "ours 1")
    documented, ours = made.step("P01-1").deadlines
    assert (documented.id, documented.amount) == ("D1", 24)
    assert (ours.basis, ours.amount, ours.reference) == (Basis.LOCAL, 30, "own")
    assert own.procedure_id == "P01"


def test_a_deadline_of_ours_may_stand_on_a_step_of_ours() -> None:
    own = replace(DEADLINE, step_id="P01-901", length=Length.SAME_DAY, amount=7)
    made = with_own(PROCEDURE, [STEP], [own], "ours 1")
    assert made.step("P01-901").deadlines[0].amount == 0


def test_the_text_can_be_pinned_and_says_which_one_it_is() -> None:
    made = with_own(PROCEDURE, [STEP], [DEADLINE], "ours 4")
    assert made.version == "3, ours 4"
    again = parse_procedure(made.source, "P01.toml")
    assert again == replace(made, source=made.source)


def test_the_version_that_the_program_gave_it_counts() -> None:
    edited = replace(PROCEDURE, version="3 (changed)")
    assert with_own(edited, [STEP], [], "ours 1").version == "3 (changed), ours 1"


def test_nothing_that_came_with_the_procedure_changes() -> None:
    made = with_own(PROCEDURE, [STEP], [DEADLINE], "ours 1")
    assert made.step("P01-1") == PROCEDURE.step("P01-1")
    stripped = replace(made.step("P01-2"), deadlines=())
    assert stripped == PROCEDURE.step("P01-2")


def test_a_step_that_comes_with_the_program_cannot_be_replaced() -> None:
    with pytest.raises(OwnEntryUnfit, match="used twice"):
        check_own(PROCEDURE, [replace(STEP, id="P01-1")], [])


def test_a_deadline_of_a_step_that_is_gone_is_refused() -> None:
    gone = replace(DEADLINE, step_id="P01-9")
    with pytest.raises(ProcedureInvalid, match="P01-9 of an added deadline is not there"):
        with_own(PROCEDURE, [], [gone], "ours 1")


def test_a_deadline_that_starts_with_a_step_that_is_gone_is_refused() -> None:
    with_own(PROCEDURE, [STEP], [replace(DEADLINE, starts="P01-901")], "ours 1")
    with pytest.raises(ProcedureInvalid, match="starts at P01-901, not there"):
        with_own(PROCEDURE, [], [replace(DEADLINE, starts="P01-901")], "ours 1")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (replace(STEP, title=" "), "no title"),
        (replace(STEP, text=""), "says nothing"),
        (replace(STEP, actor=""), "Nobody is to do it"),
        (replace(STEP, severity=Severity.STOP), "cannot be a stop"),
        (replace(STEP, follows="P01-9"), "no step P01-9"),
    ],
)
def test_what_is_wrong_with_a_step_is_said_with_what_to_do(step: OwnStep, said: str) -> None:
    with pytest.raises(OwnEntryUnfit) as caught:
        check_own(PROCEDURE, [step], [])
    (problem,) = caught.value.problems
    assert said in problem


def test_nothing_may_remove_where_nothing_is_kept_first() -> None:
    bare = replace(PROCEDURE, steps=PROCEDURE.steps[1:])
    (problem,) = problems_of_step(replace(STEP, follows="", removes=True), bare)
    assert "keeps the evidence first" in problem


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        (replace(DEADLINE, label=""), "no name"),
        (replace(DEADLINE, amount=0), "from 1 to 999"),
        (replace(DEADLINE, amount=1000), "from 1 to 999"),
        (replace(DEADLINE, starts=""), "Nothing starts it"),
        (replace(DEADLINE, starts="P01-2"), "own step is done"),
    ],
)
def test_what_is_wrong_with_a_deadline_is_said_too(deadline: OwnDeadline, said: str) -> None:
    with pytest.raises(OwnEntryUnfit) as caught:
        check_own(PROCEDURE, [], [deadline])
    assert any(said in problem for problem in caught.value.problems)


def test_a_deadline_of_the_same_day_needs_no_number() -> None:
    assert problems_of_deadline(replace(DEADLINE, length=Length.SAME_DAY, amount=0)) == []


def test_others_are_not_held_against_it() -> None:
    other = replace(STEP, id="P02-901", procedure_id="P02", title="")
    check_own(PROCEDURE, [STEP, other], [replace(DEADLINE, step_id="P02-1", label="")])


def test_an_id_of_ours_never_comes_back() -> None:
    assert next_step_id("P01", []) == "P01-901"
    assert next_step_id("P01", ["P01-901", "P01-904", "P03-950", "P01-902"]) == "P01-905"


def test_a_deadline_of_ours_never_takes_the_id_of_another() -> None:
    assert next_deadline_id("P02-3", []) == "P02-3/1"
    # The first was dropped before the second was taken over from another log.
    assert next_deadline_id("P02-3", ["P02-3/2", "P02-4/7"]) == "P02-3/3"


LETTERS = st.characters(codec="utf-8")
WORDS = st.text(LETTERS, min_size=1).filter(str.strip)


@given(title=WORDS, text=WORDS, source=st.text(LETTERS))
def test_whatever_is_typed_stays_words(title: str, text: str, source: str) -> None:
    typed = replace(STEP, title=title, text=text, source=source)
    made = with_own(PROCEDURE, [typed], [], "ours 1")
    step = made.step("P01-901")
    assert step.title == " ".join(title.split())
    assert step.text == " ".join(text.split())
    assert [one.id for one in made.steps] == ["P01-1", "P01-901", "P01-2"]
