"""What a keyholder does with steps that are settled, in any order: anew, explained, ended."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from desktop.domain.errors import AppError, ChecklistEnded, StillToCome
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.recording import REASON_LENGTH
from desktop.operations.steps.follow_checklist import ChecklistsView, explain_late, record_step
from desktop.operations.workspace import Workspace

LONG = "It was so, as far as we know."
REASONS = st.sampled_from([LONG, LONG, LONG, "", "no", "   n/a   "])
BIG = st.integers(0, 10_000)


class SettledDeeds(RuleBasedStateMachine):
    """Deeds about what is settled; whoever works them in has the log and its checklists."""

    workspace: Workspace

    def view(self) -> ChecklistsView:
        raise NotImplementedError

    @rule(number=BIG, reason=REASONS)
    def explain(self, number: int, reason: str) -> None:
        late = [v for v in self._all() if v.was_late]
        view = late[number % len(late)] if late else None
        if view is None:
            return
        try:
            explain_late(self.workspace, view.checklist_id, view.step.id, reason)
        except AppError:
            assert len(reason.strip()) < REASON_LENGTH or self._is_ended(view)
            return
        after = self._again(view)
        assert (after.state, after.done_at, after.was_late) == (view.state, view.done_at, True)
        assert after.late_reason == reason.strip()
        if view.entry and after.entry:
            assert after.entry.values == view.entry.values
            assert after.entry.contact_id == view.entry.contact_id

    @rule(number=BIG, state=st.sampled_from(StepState), reason=REASONS)
    def settle_anew(self, number: int, state: StepState, reason: str) -> None:
        settled = [v for v in self._all() if v.entry and v.state is not StepState.OPEN]
        view = settled[number % len(settled)] if settled else None
        if view is None or view.entry is None:
            return
        values = dict(view.entry.values) if state is view.state else {}
        with suppress(AppError):
            record_step(
                self.workspace, view.checklist_id, view.step.id, state, values=values,
                reason=LONG, again_reason=reason, late_reason=LONG,
            )  # fmt: skip
            after = self._again(view)
            assert state is not StepState.DONE or len(reason.strip()) >= REASON_LENGTH
            if state is view.state is StepState.DONE:
                assert after.done_at == view.done_at, "a correction moved the time"

    @rule(number=BIG, ahead=st.integers(1, 400))
    def try_what_cannot_be(self, number: int, ahead: int) -> None:
        """Nothing is recorded in what has ended, and nothing that lies ahead."""
        views = self._all()
        view = views[number % len(views)]
        now = self.workspace.now()
        later = replace(now, utc=now.utc + timedelta(hours=ahead))
        with pytest.raises((ChecklistEnded, StillToCome)):
            record_step(
                self.workspace, view.checklist_id, view.step.id, StepState.DONE, done_at=later
            )
        if self._is_ended(view):
            with pytest.raises(ChecklistEnded):
                record_step(
                    self.workspace, view.checklist_id, view.step.id, StepState.NOT_POSSIBLE,
                    reason=LONG,
                )  # fmt: skip

    def _all(self) -> list[StepView]:
        return [view for one in self.view().checklists for view in one.steps]

    def _again(self, view: StepView) -> StepView:
        name = (view.checklist_id, view.step.id)
        (found,) = [one for one in self._all() if (one.checklist_id, one.step.id) == name]
        return found

    def _is_ended(self, view: StepView) -> bool:
        return any(
            one.checklist.id == view.checklist_id and bool(one.checklist.ended_reason)
            for one in self.view().checklists
        )


def check_rules(view: ChecklistsView) -> None:
    """What a rule left out is back once the rule is gone, whatever words it was confirmed in."""
    for one in view.checklists:
        for each in one.steps:
            entry = each.entry
            if entry is None or entry.ruled_by is None:
                continue
            said = {rule.reason for rule in each.step.rules if rule.when == entry.ruled_by}
            holds = [rule for rule in each.step.rules if view.facts.issuperset(rule.when)]
            assert any(rule.reason in said for rule in holds), (each.step.id, entry)
