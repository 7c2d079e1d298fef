"""A keyholder who does anything in any order, over a real log: what must hold all the same."""

import tempfile
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from desktop.domain.contacts import Channel, ContactDetails, Recipient
from desktop.domain.errors import AppError, StillToCome
from desktop.domain.evidence.items import ItemState
from desktop.domain.identifiers import ChecklistId
from desktop.domain.incidents import FieldValue
from desktop.domain.people import PersonKind, Role
from desktop.domain.steps.checklist_records import Checklist, StepEntry, StepState, TriageAnswer
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedure_text import read_kept_procedure
from desktop.domain.steps.procedures import Procedure
from desktop.domain.steps.recording import REASON_LENGTH, blanks_for
from desktop.domain.steps.triage import QUESTIONS
from desktop.operations.checking.walk_custody import find_break
from desktop.operations.incident.keep_contacts import add_contact
from desktop.operations.incident.keep_people import add_person
from desktop.operations.incident.record_incident import (
    close_incident,
    enter_fields,
    reopen_incident,
    start_incident,
)
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.steps.attach_procedure import (
    attach_procedure,
    end_procedure,
    find_no_longer,
)
from desktop.operations.steps.check_second import SecondCheck
from desktop.operations.steps.follow_checklist import ChecklistsView, record_step, show_checklists
from desktop.operations.steps.take_newer_version import take_newer_version
from tests.clocks import FrozenClock
from tests.evidence_pieces import a_png
from tests.operations.any_order_checks import (
    HELD,
    all_before,
    check_deadlines,
    check_reasons,
    check_removals,
)
from tests.operations.any_order_evidence import EvidenceDeeds
from tests.operations.any_order_settled import BIG, LONG, REASONS, SettledDeeds, check_rules
from tests.situations import procedures
from tests.workspaces import close_workspace, make_workspace

STATES = st.sampled_from(StepState)
# Where a computer may stand, or be told that it stands: minutes ahead, and the zone's name.
ZONES = [(0, "Europe/London"), (60, "Europe/London"), (-300, "America/New_York"), (765, "X/Y")]
# Just before the clocks go forward and back, a leap day, the turn of a year, a long holiday.
JUMPS = [
    "2027-03-28T00:59:30", "2027-10-31T00:59:30", "2028-02-29T12:00:00", "2026-12-31T23:59:59",
    "2026-12-24T18:00:00", "2025-01-01T00:00:00",
]  # fmt: skip


class MovableClock(FrozenClock):
    """A clock that is set to any time and any zone."""

    def move_to(self, offset: int, zone: str) -> None:
        self._offset, self._zone = offset, zone


class AnyOrder(SettledDeeds, EvidenceDeeds):
    """Ticks, reasons, triage, gate, clock, zones, versions: in any order, as often as you like."""

    folder: Path
    clock: MovableClock

    def __init__(self) -> None:
        super().__init__()
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        self.clock = MovableClock()
        self.trap = folder / HELD
        self.trap.write_bytes(a_png("black"))
        self.workspace = make_workspace(folder / "log", self.clock, procedures())
        self.incident_id = start_incident(self.workspace, "Somebody rang").incident_id
        self.entries: dict[ChecklistId, list[StepEntry]] = {}
        self.ended: set[ChecklistId] = set()
        self.ended_before: set[ChecklistId] = set()
        self.answers: list[TriageAnswer] = []
        self.lines = 0
        self.editions = 0

    def teardown(self) -> None:
        close_workspace(self.workspace)

    # What a keyholder does.

    @rule(question=st.sampled_from(QUESTIONS), number=BIG, more=BIG, several=st.booleans())
    def answer(self, question: Any, number: int, more: int, several: bool) -> None:
        values = [choice.value for choice in question.choices]
        given = {values[number % len(values)]}
        if question.multiple and several:
            given.add(values[more % len(values)])
        answers = {question.id: "+".join(sorted(given))}
        before = self.live()
        answer_triage(self.workspace, self.incident_id, answers)
        assert before <= self.live(), "an answer ended a procedure by itself"

    @rule(number=BIG, state=STATES, reason=REASONS, late=REASONS, order=REASONS, choice=BIG,
          hours=st.integers(-200, 20), alone=REASONS)  # fmt: skip
    def record(
        self, number: int, state: StepState, reason: str, late: str, order: str, choice: int,
        hours: int, alone: str,
    ) -> None:  # fmt: skip
        views = [view for one in self.view().checklists for view in one.steps]
        self._record(views[number % len(views)], state, reason, late, order, choice, hours, alone)

    @rule(number=BIG, choice=BIG)
    def do_what_is_ready(self, number: int, choice: int) -> None:
        ready = [v for one in self.view().checklists for v in one.steps if v.is_ready]
        if ready:
            view = ready[number % len(ready)]
            self._record(view, StepState.DONE, "", LONG, "", choice, 0, LONG)

    @rule()
    def do_what_is_next(self) -> None:
        view = self.view().next_step
        if view is not None:
            self._record(view, StepState.DONE, "", LONG, "", 0, 0, LONG)

    @rule(number=BIG, alone=REASONS)
    def check_by_two(self, number: int, alone: str) -> None:
        found = [v for one in self.view().checklists for v in one.steps if v.step.second]
        if found:
            view = found[number % len(found)]
            self._record(view, StepState.DONE, "", LONG, LONG, 0, -1, alone)

    @rule(number=BIG, state=STATES, how_far=st.integers(1, 9))
    def do_what_comes_before_a_removal(self, number: int, state: StepState, how_far: int) -> None:
        found = [
            (one, view)
            for one in self.view().checklists
            for view in one.steps
            if view.step.removes
        ]
        if not found:
            return
        one, removal = found[number % len(found)]
        steps = {view.step.id: view for view in one.steps}
        for name in list(dict.fromkeys(all_before(removal.step, steps)))[:how_far]:
            self._record(steps[name], state, LONG, LONG, LONG, 0, -1, LONG)

    @rule(number=BIG, reason=REASONS)
    def leave_out_what_rules_say(self, number: int, reason: str) -> None:
        found = [v for one in self.view().checklists for v in one.steps if v.prefilled_reason]
        if found:
            view = found[number % len(found)]
            words = reason or view.prefilled_reason
            self._record(view, StepState.NOT_APPLICABLE, words, "", "", 0, 0, "")

    @rule(number=BIG, reason=REASONS)
    def attach(self, number: int, reason: str) -> None:
        ids = sorted(self.workspace.procedures)
        with suppress(AppError):
            attach_procedure(self.workspace, self.incident_id, ids[number % len(ids)], reason)

    @rule(number=BIG, reason=REASONS)
    def end(self, number: int, reason: str) -> None:
        live = sorted(self.live())
        one = live[number % len(live)] if live else ChecklistId("none")
        with suppress(AppError):
            end_procedure(self.workspace, one, reason)
            assert len(reason.strip()) >= REASON_LENGTH
            self.ended.add(one)

    @rule(reason=REASONS)
    def end_what_no_longer_applies(self, reason: str) -> None:
        for one in find_no_longer(self.workspace, self.incident_id):
            with suppress(AppError):
                end_procedure(self.workspace, one.checklist_id, reason or one.reason)
                self.ended.add(one.checklist_id)

    @rule(number=BIG, same_number=st.booleans(), reason=REASONS)
    def take_newer(self, number: int, same_number: bool, reason: str) -> None:
        """A file is edited, with or without a new number; a checklist takes it or does not."""
        self.editions += 1
        ids = sorted(self.workspace.procedures)
        edited = _edition(
            self.workspace.procedures[ids[number % len(ids)]], self.editions, same=same_number
        )
        procedures = {**self.workspace.procedures, edited.id: edited}
        object.__setattr__(self.workspace, "procedures", procedures)
        for checklist in self.checklists():
            if checklist.procedure_id == edited.id:
                with suppress(AppError):
                    take_newer_version(self.workspace, checklist.id, reason)

    @rule(recipient=st.sampled_from(Recipient), answered=st.booleans())
    def ring(self, recipient: Recipient, answered: bool) -> None:
        details = ContactDetails(
            recipient=recipient, at=self.clock.now(), channel=Channel.PHONE, answered=answered
        )
        add_contact(self.workspace, self.incident_id, details)

    @rule(role=st.sampled_from(Role), kind=st.sampled_from(PersonKind))
    def involve(self, role: Role, kind: PersonKind) -> None:
        add_person(self.workspace, self.incident_id, role, {"kind": kind.value})

    @rule(days=st.integers(-3, 40), reason=REASONS)
    def enter(self, days: int, reason: str) -> None:
        at = self.clock.at_local(datetime(2026, 11, 18, 9, 0) + timedelta(days=days))
        values: dict[str, FieldValue] = {
            "became_aware_at": at,
            "first_account": reason,
            "support": reason,
        }
        with suppress(StillToCome):
            enter_fields(self.workspace, self.incident_id, values)
            assert at.utc <= self.clock.now().utc

    @rule(closing=st.booleans())
    def close_or_reopen(self, closing: bool) -> None:
        with suppress(AppError):
            if closing:
                close_incident(
                    self.workspace, self.incident_id, outcome=LONG, control_measure=LONG
                )
            else:
                reopen_incident(self.workspace, self.incident_id, LONG)

    @rule(hours=st.integers(-30 * 24, 60 * 24))
    def wait(self, hours: int) -> None:
        self.clock.advance(hours=hours)

    @rule(jump=st.sampled_from(JUMPS), minutes=st.integers(0, 120))
    def jump(self, jump: str, minutes: int) -> None:
        self.clock.set(datetime.fromisoformat(f"{jump}+00:00") + timedelta(minutes=minutes))

    @rule(zone=st.sampled_from(ZONES))
    def travel(self, zone: tuple[int, str]) -> None:
        self.clock.move_to(*zone)

    # What must hold after each of it.

    @invariant()
    def what_must_hold(self) -> None:
        view, items = self.view(), self.items()
        check_removals(view, has_items=any(one.state is ItemState.KEPT for one in items))
        check_reasons(view)
        check_deadlines(view)
        check_rules(view)
        self._check_that_nothing_is_lost()
        self.check_what_is_held_back(items)
        assert find_break(self.workspace) is None

    def _check_that_nothing_is_lost(self) -> None:
        checklists = self.checklists()
        now = {one.id: list(one.entries) for one in checklists}
        for checklist_id, entries in self.entries.items():
            assert now[checklist_id][: len(entries)] == entries
            assert checklist_id not in self.ended_before or now[checklist_id] == entries
        self.entries = now
        ended = {one.id for one in checklists if one.ended_reason}
        assert ended == self.ended, "a checklist ended, or began again, by itself"
        self.ended_before = ended
        answers = self.workspace.log.checklists.answers(self.incident_id)
        lines = self.workspace.log.chronology.of(self.incident_id)
        assert answers[: len(self.answers)] == self.answers
        assert len(lines) >= self.lines
        self.answers, self.lines = answers, len(lines)

    def live(self) -> set[ChecklistId]:
        return {one.id for one in self.checklists() if not one.ended_reason}

    def checklists(self) -> list[Checklist]:
        return self.workspace.log.checklists.of(self.incident_id)

    def view(self) -> ChecklistsView:
        return show_checklists(self.workspace, self.incident_id)

    def _record(
        self, view: StepView, state: StepState, reason: str, late: str, order: str, choice: int,
        hours: int, alone: str,
    ) -> None:  # fmt: skip
        values = {
            blank.name: blank.choices[choice % len(blank.choices)] if blank.choices else LONG
            for blank in blanks_for(view.step, state)
        }
        done_at = None
        if hours and state is StepState.DONE:
            done_at = self.clock.at_local(
                self.clock.now().local.replace(tzinfo=None) + timedelta(hours=hours)
            )
        was_overdue = view.is_overdue
        try:
            record_step(
                self.workspace, view.checklist_id, view.step.id, state, values=values,
                reason=reason, late_reason=late, out_of_order=order, done_at=done_at,
                second=SecondCheck(alone_reason=alone), again_reason=alone,
            )  # fmt: skip
        except AppError:
            return
        if state is StepState.DONE:
            settled = view.entry is not None and view.state is not StepState.OPEN
            assert not settled or len(alone.strip()) >= REASON_LENGTH
            assert not view.waiting_for or (order.strip() and done_at)
            assert late.strip() or not was_overdue or done_at is not None


def _edition(procedure: Procedure, number: int, *, same: bool) -> Procedure:
    """Return the procedure as somebody edited it, perhaps without a new version number."""
    text = f"{procedure.source}\n# edition {number}\n"
    first = procedure.steps[-1].title
    text = text.replace(f'title = "{first}"', f'title = "{first} ({number})"')
    reasons = {rule.reason for step in procedure.steps for rule in step.rules}
    for one in sorted(reasons)[:number]:
        text = text.replace(f'reason = "{one}"', f'reason = "{one} ({number})"')
    if not same:
        old = f'version = "{procedure.version}"'
        text = text.replace(old, f'version = "{procedure.version}.{number}"', 1)
    return read_kept_procedure(text, f"{procedure.id}.toml")
