"""What the steps of an incident depend on, as read from the log."""

from dataclasses import replace
from datetime import datetime

from desktop.domain.policy.own_copy import OwnRole
from desktop.operations.organisation.keep_own_copy import keep_role
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.operations.case import Case
from tests.workspaces import KEYHOLDER

FRIDAY = datetime(2026, 11, 20, 9)


def noticed_by(workspace: Workspace, clock: FrozenClock, name: str) -> Case:
    case = Case(workspace, clock, "Somebody rang")
    case.known(FRIDAY, became_aware_by=name)
    case.answer(T8="private")
    return case


def test_who_the_dsl_is_does_not_depend_on_who_has_the_log_open(
    workspace: Workspace, clock: FrozenClock
) -> None:
    deputy = replace(KEYHOLDER, name="Sam Deputy", title="Deputy safeguarding lead")
    by_lead = noticed_by(workspace, clock, " pat smith ")
    by_deputy = noticed_by(workspace, clock, "Sam Deputy")
    for opened in (workspace, replace(workspace, keyholder=deputy)):
        by_lead.workspace = by_deputy.workspace = opened
        assert "DSL noticed it" in by_lead.step("P01-2").prefilled_reason
        assert by_deputy.step("P01-2").prefilled_reason == ""


def test_whoever_fills_the_role_is_the_dsl_too(workspace: Workspace, clock: FrozenClock) -> None:
    case = noticed_by(workspace, clock, "Jo Lead")
    assert case.step("P01-2").prefilled_reason == ""
    keep_role(workspace, OwnRole(role="DSL", holder="Jo Lead"))
    assert "DSL noticed it" in case.step("P01-2").prefilled_reason
