from dataclasses import fields, replace

import pytest

from desktop.domain.steps.procedures import (
    Act,
    Basis,
    Blank,
    Deadline,
    Length,
    Medium,
    NotApplicable,
    Procedure,
    Rule,
    Severity,
    Step,
)
from desktop.domain.steps.versions import say_length, what_changed
from tests.situations import procedures

CLOCK = Deadline(
    id="D8",
    label="Check",
    length=Length.HOURS,
    amount=48,
    starts="logged_at",
    basis=Basis.DOCUMENTED,
    reference="S000:64",
)
OLD = procedures()["S5"]
FIRST = replace(OLD.steps[0], recipients=(), deadlines=(CLOCK,), second=False, after=())
OLD = replace(OLD, steps=(FIRST, *OLD.steps[1:]), version="1")


def changes(**more: object) -> tuple[str, ...]:
    """Return what is said when the first step is changed so."""
    step = replace(FIRST, **more)  # type: ignore[arg-type]
    found = what_changed(OLD, replace(OLD, steps=(step, *OLD.steps[1:]), version="2"))
    assert found is not None
    assert (found.procedure_id, found.running, found.present) == ("S5", "1", "2")
    return found.changes


def test_the_same_in_a_new_number_is_no_newer_version() -> None:
    same = replace(OLD, version="2", source="# another comment", checked="2027-01-01")
    assert what_changed(OLD, same) is None


def test_steps_that_come_and_go_are_named() -> None:
    new = replace(FIRST, id="S5-77", title="Ring back", text="Ring them again.")
    found = what_changed(OLD, replace(OLD, steps=(*OLD.steps[1:], new)))
    assert found is not None
    assert found.changes == (
        "New step S5-77, Ring back: Ring them again.",
        f"{FIRST.id}, {FIRST.title} is gone; what was recorded of it stays",
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"title": "Other"}, f"its title was “{FIRST.title}”"),
        ({"text": "Do it."}, "it now says: Do it."),
        ({"actor": "HEAD"}, "somebody else is to do it"),
        ({"recipients": ("POLICE",)}, "to be told, too: "),
        ({"recipients": ("ELSEWHERE",)}, "to be told, too: ELSEWHERE"),
        ({"after": ("S5-2",)}, "it now comes after S5-2"),
        ({"blanks": (Blank(name="x", label="X?"),)}, "it asks for other details"),
        ({"second": True}, "two people check it"),
        ({"deadlines": ()}, "the deadline Check is gone"),
        ({"severity": Severity.CONSIDER}, "it now counts as “consider” (it was “"),
        (
            {"rules": (Rule(when=("T1=no",), reason="No danger."),)},
            "when it does not apply is decided in another way",
        ),
        ({"removes": True}, "it takes something away, so it waits for what is captured"),
        ({"order": 1}, "its place among the steps is another"),
        ({"acts": (Act.EXPORT,)}, "it is done, confirmed or kept in another way"),
        ({"confirm": "Really?"}, "it is done, confirmed or kept in another way"),
        (
            {"deadlines": (CLOCK, replace(CLOCK, id="D9", label="More", amount=1))},
            "new deadline, More: within 1 hour",
        ),
        (
            {"deadlines": (replace(CLOCK, amount=24),)},
            "the deadline Check is now within 24 hours (it was within 48 hours)",
        ),
        (
            {"deadlines": (replace(CLOCK, policies=("S000",)),)},
            "the deadline Check starts, ends or applies in another way",
        ),
    ],
)
def test_each_change_of_a_step_is_said(more: dict[str, object], said: str) -> None:
    (sentence,) = changes(**more)
    assert sentence.startswith(f"{FIRST.id}, ")
    assert said in sentence


NOTES = {"authorities"}
SILENT = {"id", "local"}


def test_no_change_of_a_step_is_called_none_but_that_of_a_source() -> None:
    by_kind: dict[type, object] = {str: "other", bool: True, int: 1, tuple: ("S5-2",)}
    by_name: dict[str, object] = {
        "severity": Severity.CONSIDER,
        "not_applicable": NotApplicable.OUTSIDE,
        "deadlines": (),
        "rules": (Rule(when=(), reason="x"),),
        "blanks": (Blank(name="x", label="X?"),),
    }
    for name in {one.name for one in fields(Step)} - NOTES - SILENT:
        before = getattr(FIRST, name)
        changed = by_name[name] if name in by_name else by_kind[type(before)]
        assert changed != before, name
        assert "stays the same" not in " ".join(changes(**{name: changed})), name


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"title": "Other"}, f"Its title was “{OLD.title}”"),
        ({"applies_when": "Always."}, "When it applies is reworded: Always."),
        ({"attached_by": ("T2=yes",)}, "It joins an incident by itself in other cases"),
        (
            {"media": (Medium(name="a", identifier="b", capture="c", traps="d"),)},
            "What to ask for by each medium is reworded",
        ),
    ],
)
def test_each_change_of_the_procedure_itself_is_said(more: dict[str, object], said: str) -> None:
    found = what_changed(OLD, replace(OLD, **more))  # type: ignore[arg-type]
    assert found is not None
    assert found.changes == (said,)


def test_what_is_taken_back_is_said_too() -> None:
    gone = replace(FIRST, removes=True)
    found = what_changed(replace(OLD, steps=(gone,)), replace(OLD, steps=(FIRST,)))
    assert found is not None
    assert "it no longer counts as taking something away" in found.changes[0]
    old = replace(FIRST, recipients=("POLICE",), after=("S5-2",), second=True)
    found = what_changed(replace(OLD, steps=(old,)), replace(OLD, steps=(FIRST,)))
    assert found is not None
    words = " ".join(found.changes)
    assert "no longer to be told: " in words
    assert "it no longer waits for S5-2" in words
    assert "one person is enough for it" in words


@pytest.mark.parametrize("way", list(NotApplicable))
def test_whether_it_can_be_left_out_is_said(way: NotApplicable) -> None:
    if way is not FIRST.not_applicable:
        (sentence,) = changes(not_applicable=way)
        assert "left out" in sentence


def test_the_notice_and_bare_notes_are_told_apart() -> None:
    def said(new: Procedure) -> tuple[str, ...]:
        found = what_changed(OLD, new)
        return found.changes if found else ()

    assert said(replace(OLD, notice="Stop.")) == ("The notice above the steps is reworded",)
    (words,) = said(replace(OLD, note="Seen again."))
    assert words.startswith("What is to be done stays the same")


@pytest.mark.parametrize(
    ("length", "amount", "said"),
    [
        (Length.NOW, 0, "at once"),
        (Length.SAME_DAY, 0, "on the same day"),
        (Length.AFTER_HOURS, 48, "not before 48 hours"),
        (Length.WORKING_DAYS, 1, "within 1 working day"),
        (Length.DAYS, 28, "within 28 days"),
        (Length.MONTHS, 6, "within 6 months"),
    ],
)
def test_a_length_is_said_in_words(length: Length, amount: int, said: str) -> None:
    assert say_length(replace(CLOCK, length=length, amount=amount)) == said
