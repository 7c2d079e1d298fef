from dataclasses import replace

import pytest

from desktop.domain.procedures import Basis, Blank, Deadline, Length, NotApplicable, Procedure
from desktop.domain.versions import say_length, what_changed
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


def test_what_is_taken_back_is_said_too() -> None:
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
