"""Own steps and deadlines: added to a procedure, changed, taken out, marked as ours."""

from dataclasses import replace
from functools import partial

import pytest

from desktop.domain.contacts import Recipient
from desktop.domain.policy.own_copy import OwnDeadline, OwnStep
from desktop.domain.steps.procedures import Basis, Length, Severity
from desktop.operations.organisation.keep_own_copy import keep_deadline, keep_step
from desktop.operations.organisation.show_own_copy import show_own_copy
from desktop.operations.steps.in_force import procedures_in_force
from desktop.ui.organisation.own_words import (
    say_deadline,
    say_length,
    say_place,
    say_start,
)
from desktop.ui.organisation.steps_section import StepsSection
from tests.conftest import Perform
from tests.ui.organisation.conftest import OpenTab
from tests.ui.own_page import OwnPage
from tests.ui.small_procedures import small_procedures
from tests.workspaces import own_data

STEP = OwnStep(
    id="", procedure_id="P00", follows="P00-1", title="Ring", text="Ring them.", actor="DSL"
)
DEADLINE = OwnDeadline(
    id="", step_id="P00-2", label="Advice", length=Length.HOURS, amount=1, starts="logged_at"
)


def _section(tab: OwnPage) -> StepsSection:
    assert isinstance(tab.section, StepsSection)
    return tab.section


def test_a_step_is_added_behind_another(open_tab: OpenTab, perform: Perform) -> None:
    tab = open_tab("steps")
    assert "Nothing added yet." in tab.words
    form = tab.form("afterP001Button")
    tab.refuse(form, "Write in a few words what is to be done.")
    tab.refuse(form, "Write how it is done", title="Ring the centre")
    assert form.focusWidget() is form.form.field("text")
    tab.keep(
        form,
        title="Ring the centre",
        text="Without names.",
        severity="should",
        recipients="HEAD+OTHER",
        source="Our policy",
    )
    (step,) = tab.own.steps
    assert step.follows == "P00-1"
    assert (step.severity, step.recipients) == (
        Severity.SHOULD, (Recipient.HEAD, Recipient.OTHER),
    )  # fmt: skip
    ids = [one.id for one in perform(procedures_in_force)["P00"].steps]
    assert ids == ["P00-1", "P00-901", "P00-2"]
    assert "Ours" in tab.words
    assert "P00, Opening, after: Listen and write down their words (P00-1)." in tab.words


def test_a_step_of_ours_is_changed_and_taken_out_with_a_reason(
    open_tab: OpenTab, perform: Perform
) -> None:
    perform(partial(keep_step, step=STEP))
    tab = open_tab("steps")
    form = tab.form("changeP00901Button")
    assert form.form.text("title") == "Ring"
    tab.keep(form, title="Ring at once", follows="")
    assert tab.own.steps[0].title == "Ring at once"
    assert "P00, Opening, at the end." in tab.words
    out = tab.form("takeOutP00901Button")
    tab.refuse(out, "Write why.")
    tab.keep(out, reason="Not needed")
    assert tab.own.steps == ()


def test_only_what_is_ours_can_be_taken_out(open_tab: OpenTab, perform: Perform) -> None:
    perform(partial(keep_step, step=STEP))
    tab = open_tab("steps")
    buttons = [
        one.objectName()
        for one in tab.section.findChildren(type(tab.button("deadlineP001Button")))
    ]
    assert [one for one in buttons if one.startswith("takeOut")] == ["takeOutP00901Button"]
    assert "afterP00901Button" not in buttons


def test_a_deadline_is_added_changed_and_taken_out(open_tab: OpenTab, perform: Perform) -> None:
    tab = open_tab("steps")
    form = tab.form("deadlineP002Button")
    tab.refuse(form, "Write what the deadline is for")
    assert form.focusWidget() is form.form.field("label")
    tab.refuse(form, "as a number from 1 to 999", label="Advice", amount="many")
    tab.keep(form, label="Advice", amount="3", starts="logged_at")
    (deadline,) = tab.own.deadlines
    assert (deadline.length, deadline.amount) == (Length.HOURS, 3)
    assert "3 hours, counted from when it was logged here." in tab.words
    again = tab.form("changeP0021Button")
    assert again.form.text("amount") == "3"
    again.form.set_text("length", "same day")
    assert not again.form.field("amount").isVisibleTo(again)
    tab.keep(again)
    assert tab.own.deadlines[0].amount == 0
    tab.keep(tab.form("takeOutP0021Button"), reason="Not needed")
    assert tab.own.deadlines == ()


def test_another_procedure_can_be_chosen(open_tab: OpenTab) -> None:
    tab = open_tab("steps")
    box = _section(tab).box
    box.setCurrentIndex(box.findData("P02"))
    box.activated.emit(box.currentIndex())
    assert "Ask the site to remove the comments (P02-3)" in tab.words
    form = tab.form("afterP022Button")
    tab.keep(form, title="Hide it", text="On our page.", removes="yes")
    assert "Hide it" in tab.words
    assert tab.section.view is not None
    assert tab.section.view.procedures["P02"].step("P02-901").after == ("P02-1",)


def test_what_no_longer_fits_is_said_and_can_only_be_taken_out(
    open_tab: OpenTab, perform: Perform
) -> None:
    perform(partial(keep_step, step=STEP))
    perform(partial(keep_deadline, deadline=DEADLINE))
    view = perform(show_own_copy)
    tab = open_tab("steps")
    fewer = {name: one for name, one in view.shipped.items() if name != "P00"}
    misfits: tuple[OwnStep | OwnDeadline, ...] = (*view.own.steps, *view.own.deadlines)
    gone = replace(view, shipped=fewer, procedures=fewer, misfits=misfits)
    tab.section.show_view(gone)
    assert tab.words.count("Does not run") == 2
    assert "changeP00901Button" not in tab.buttons
    _section(tab)._ask_step(STEP)
    _section(tab)._ask_deadline(DEADLINE)


@pytest.mark.parametrize(
    ("length", "amount", "said"),
    [
        (Length.HOURS, 1, "1 hour"),
        (Length.WORKING_DAYS, 2, "2 working days"),
        (Length.SAME_DAY, 0, "the same day"),
        (Length.NOW, 0, "at once"),
        (Length.AFTER_HOURS, 48, "not before 48 hours"),
    ],
)
def test_a_length_is_said(length: Length, amount: int, said: str) -> None:
    assert say_length(length, amount) == said


def test_a_start_is_said() -> None:
    procedures = tuple(small_procedures().values())
    assert say_start("became_aware_at", procedures) == "when it became known"
    assert say_start("first_recorded_at", procedures) == "first recorded"
    assert say_start("P02-4", procedures) == "when this is done: Call the police (P02-4)"


def test_a_place_that_is_gone_is_said_by_its_id() -> None:
    assert say_place(STEP, ()) == "P00, after: P00-1."


def test_a_deadline_says_its_basis_and_whether_it_runs_here() -> None:
    deadline = small_procedures()["P00"].steps[0].deadlines[0]
    policy = own_data().policy("training-provider")
    assert say_deadline(deadline, policy, ()) == "First record: 24 hours (documented, S000:64)"
    elsewhere = replace(deadline, policies=("S000",), switch="csa-duty")
    assert say_deadline(elsewhere, policy, ()) == (
        "First record: 24 hours (documented, S000:64; not under your policy; off, to be confirmed)"
    )
    here = replace(elsewhere, policies=("S000", "S003"), reference="own", basis=Basis.LOCAL)
    assert say_deadline(here, policy, ("csa-duty",)) == (
        "First record: 24 hours (local, switched on by our organisation)"
    )
    suggested = replace(here, switch="", reference="design")
    assert say_deadline(suggested, policy, ()) == (
        "First record: 24 hours (suggested by this program)"
    )
    ours = replace(suggested, id="P00-2/1", reference="own")
    assert say_deadline(ours, policy, ()) == "First record: 24 hours (our own deadline)"
