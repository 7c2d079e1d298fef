from dataclasses import replace

import pytest

from desktop.domain.steps.procedure_checks import find_problems, find_problems_together
from desktop.domain.steps.procedures import (
    Act,
    Authority,
    Basis,
    Blank,
    Deadline,
    Length,
    NotApplicable,
    Procedure,
    Rule,
    Severity,
    Step,
)

CLOCK = Deadline(
    id="D8",
    label="Check",
    length=Length.HOURS,
    amount=48,
    starts="P77-1",
    basis=Basis.DOCUMENTED,
    reference="H3",
)
FIRST = Step(
    id="P77-1",
    title="Capture",
    text="First.",
    actor="DSL",
    recipients=(),
    severity=Severity.MUST,
    authorities=(Authority(reference="S003:182"),),
    deadlines=(),
    after=(),
    not_applicable=NotApplicable.NEVER,
    rules=(),
    blanks=(Blank(name="which", label="Which?", choices=("a",)),),
    acts=(Act.CAPTURE,),
)
SECOND = replace(FIRST, id="P77-2", acts=(Act.RECORD,), after=("P77-1",))


def _procedure(*steps: Step, **more: object) -> Procedure:
    made = Procedure(
        id="P77",
        title="Test",
        version="1",
        applies_when="Always.",
        order=1,
        attached_by=(),
        checked="2026-11-20",
        note="",
        steps=steps,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def _say(*steps: Step, **more: object) -> str:
    return "\n".join(find_problems(_procedure(*steps, **more), "P77.toml"))


def _together(*procedures: Procedure) -> str:
    return "\n".join(find_problems_together({one.id: one for one in procedures}))


def test_two_sound_steps_have_no_problem() -> None:
    assert _say(FIRST, SECOND) == ""
    assert _together(_procedure(FIRST, SECOND)) == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id": "P77-A"}, "the id has the wrong form. Write P77-1"),
        ({"id": "P78-1"}, "the id has the wrong form"),
        ({"actor": "BOSS"}, "the actor BOSS is not known"),
        ({"recipients": ("MUM",)}, "the recipient MUM is not known. Use one of: ASC"),
        ({"acts": (Act.CONTACT,)}, "it contacts nobody"),
        ({"acts": ()}, "nobody can do it"),
        ({"authorities": ()}, "it names no authority"),
        ({"authorities": (Authority(reference="page 3"),)}, "“page 3” has the wrong form"),
        ({"authorities": (Authority(reference="own", quote="x", note="y"),)}, "nobody's words"),
        ({"authorities": (Authority(reference="own"),)}, "nobody's words"),
        ({"deadlines": (replace(CLOCK, reference="S3:1"),)}, "“S3:1” has the wrong form"),
        ({"deadlines": (replace(CLOCK, amount=0),)}, "D8 has a wrong amount"),
        ({"deadlines": (replace(CLOCK, length=Length.NOW),)}, "D8 has a wrong amount"),
        ({"deadlines": (replace(CLOCK, starts="noon"),)}, "starts at noon, which is no time"),
        ({"deadlines": (replace(CLOCK, stops="noon"),)}, "stops at noon, which is no time"),
        ({"deadlines": (replace(CLOCK, documented_when=("rain",)),)}, "“rain”, which is no fact"),
        ({"deadlines": (replace(CLOCK, when=("rain",)),)}, "`when` holds “rain”, which is no"),
        (
            {"deadlines": (replace(CLOCK, documented_when=("policy:S009",)),)},
            "`documented_when` holds “policy:S009”, which is no fact",
        ),
        (
            {
                "not_applicable": NotApplicable.RULE,
                "rules": (Rule(when=("T4=no",), reason="x", unless=("policy:S009",)),),
            },
            "`unless` holds “policy:S009”, which is no policy or rule",
        ),
        (
            {"deadlines": (replace(CLOCK, policies=("S03",)),)},
            "the clock D8 names the policy S03, which is not known. Use one of: S000",
        ),
        ({"rules": (Rule(when=("always",), reason="So."),)}, "never left out, and has rules"),
        ({"not_applicable": NotApplicable.RULE}, "it has no rule"),
        ({"not_applicable": NotApplicable.RULE, "rules": (Rule(when=(), reason="So."),)},
         "a rule has no facts"),
        ({"ticked_by": "rain"}, "`ticked_by` holds “rain”"),
        ({"ticked_by": "done:P77-9"}, "speaks of something that is not there"),
        ({"ticked_by": "P77-1.which=z"}, "is no choice of P77-1"),
        ({"ticked_by": "P77-1.colour=a"}, "is no choice of P77-1"),
        ({"ticked_by": "P77-1.which=not answered"}, "is no choice of P77-1"),
        (
            {"deadlines": (replace(CLOCK, failed_when=("P77-1.which=z",)),)},
            "“P77-1.which=z” is no choice of P77-1",
        ),
        ({"blanks": (Blank(name="Which one", label="?"),)}, "misnamed"),
        ({"blanks": (FIRST.blanks[0], FIRST.blanks[0])}, "two blanks have one name"),
        (
            {"blanks": (Blank(name="why", label="?", needed_with="which=z"),)},
            "`needed_with` holds “which=z”, which is no answer of this step",
        ),
        ({"after": ("P77-9",)}, "`after` names P77-9, which is not there"),
        ({"after": ("first",)}, "`after` names first, which is no step"),
    ],
)  # fmt: skip
def test_each_fault_of_a_step_is_found(change: dict[str, object], words: str) -> None:
    found = _say(replace(FIRST, **change))  # type: ignore[arg-type]
    assert words in found
    assert "P77.toml, procedure P77, step P7" in found


def test_a_clock_starts_at_a_time_of_the_record_a_step_or_a_telling() -> None:
    clock = replace(CLOCK, starts="told:LA-ESO")
    assert _say(replace(FIRST, deadlines=(clock,))) == ""
    for starts in ("told:NOBODY", "always", "told"):
        wrong = replace(clock, starts=starts)
        assert f"starts at {starts}, which is no time" in _say(replace(FIRST, deadlines=(wrong,)))


def test_one_blank_may_be_needed_with_several_answers() -> None:
    asked = Blank(name="which", label="Which?", choices=("a", "b"))
    why = Blank(name="why", label="Why?", needed_with="which=a | which=b")
    assert _say(replace(FIRST, blanks=(asked, why))) == ""
    gone = replace(why, needed_with="which=a | which=z")
    assert "holds “which=z”" in _say(replace(FIRST, blanks=(asked, gone)))


def test_a_rule_may_ask_about_an_answer_that_was_left_out() -> None:
    silent = (Blank(name="which", label="Which?", choices=("a",), required=False),)
    asked = replace(FIRST, blanks=silent, ticked_by="P77-1.which=not answered")
    assert _say(asked) == ""
    words = (Blank(name="which", label="Which?", required=False),)
    assert "is no choice" in _say(replace(asked, blanks=words))


def test_faults_of_the_whole_procedure_are_found() -> None:
    assert "there is no step" in _say()
    assert "the id “X” has the wrong form" in _say(FIRST, id="X")
    assert "P77-1 is used twice" in _say(FIRST, FIRST)
    assert "`attached_by` holds “rain”" in _say(FIRST, attached_by=("rain",))


def test_a_loop_is_found_and_written_out() -> None:
    looped = replace(FIRST, after=("P77-2",))
    assert "P77-1 after P77-2 after P77-1 is a loop" in _say(looped, SECOND).replace(
        "P77-2 after P77-1 after P77-2", "P77-1 after P77-2 after P77-1"
    )


def test_removal_comes_after_a_capture_that_is_never_left_out() -> None:
    third = replace(SECOND, id="P77-3", after=("P77-2",), removes=True)
    assert _say(FIRST, SECOND, third) == ""
    assert "removes something before it was captured" in _say(replace(FIRST, removes=True))
    lenient = replace(FIRST, not_applicable=NotApplicable.REASON)
    assert "P77-3: it removes something" in _say(lenient, SECOND, third)
    assert _say(FIRST, replace(SECOND, after=("P02-1", "P77-1")), third) == ""


def test_the_capture_before_a_removal_may_stand_in_another_procedure() -> None:
    other = _procedure(replace(FIRST, id="P78-1"), id="P78")
    removal = _procedure(FIRST, replace(SECOND, after=("P78-1",), removes=True))
    assert "\n".join(find_problems(removal, "P77.toml")) == ""
    assert _together(removal, other) == ""
    lenient = _procedure(replace(FIRST, id="P78-1", not_applicable=NotApplicable.REASON), id="P78")
    assert "P77.toml, procedure P77, step P77-2: it removes something" in _together(
        removal, lenient
    )


def test_what_is_said_of_other_procedures_is_checked_together() -> None:
    other = replace(
        SECOND,
        after=("P02-1",),
        runs="S9",
        deadlines=(replace(CLOCK, starts="P02-4"),),
        ticked_by="finished:S4",
    )
    alone = _procedure(FIRST, other)
    assert "\n".join(find_problems(alone, "P77.toml")) == ""
    found = _together(alone)
    for words in ("runs S9", "names P02-1", "names P02-4", "“finished:S4” speaks of something"):
        assert words in found


def test_a_step_or_choice_of_another_procedure_must_exist() -> None:
    rules = (Rule(when=("P78-1.which=z", "always"), reason="So."),)
    first = _procedure(
        replace(FIRST, not_applicable=NotApplicable.RULE, rules=rules, ticked_by="done:P78-4"),
    )
    second = _procedure(replace(FIRST, id="P78-1"), id="P78")
    found = _together(first, second)
    assert "“P78-1.which=z” is no choice of P78-1" in found
    assert "“done:P78-4” speaks of something that is not there" in found


def test_facts_of_clocks_are_checked_too() -> None:
    clock = replace(CLOCK, documented_when=("running:P99",), starts="logged_at")
    assert "running:P99" in _together(_procedure(replace(FIRST, deadlines=(clock,))))
    case = replace(CLOCK, when=("running:P98",), starts="logged_at")
    assert "running:P98" in _together(_procedure(replace(FIRST, deadlines=(case,))))
    unread = _procedure(replace(FIRST, ticked_by="rain"))
    assert _together(unread) == ""


def test_a_loop_between_procedures_is_found() -> None:
    first = _procedure(replace(FIRST, after=("P78-1",)))
    second = _procedure(replace(FIRST, id="P78-1", after=("P77-1",)), id="P78")
    assert "is a loop" in _together(first, second)
