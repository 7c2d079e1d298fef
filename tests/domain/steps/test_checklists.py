from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.contacts import Recipient
from desktop.domain.errors import AppError
from desktop.domain.evidence.items import ItemKind
from desktop.domain.incidents import Record, RiskLevel
from desktop.domain.steps.checklist_records import StepEntry, StepState
from desktop.domain.steps.checklists import (
    Guidance,
    StepView,
    guide,
    next_step,
    step_times,
    view_steps,
)
from desktop.domain.steps.facts import Situation, facts_of
from desktop.domain.steps.procedures import Act, Basis, Severity
from desktop.domain.steps.recording import blanks_for, check_recording
from tests.situations import (
    NOW,
    at,
    contact,
    entry,
    item,
    procedures,
    running,
    running_on,
    situation,
    triage_answer,
)

STORY = "P00 P01 P02 S1 S2 S3 S4 S5"
BOTH = {"T4": "no", "T8": "private+site"}
SAFE = Record(risk=RiskLevel.LOW, risk_reasons="Nothing points to danger.")
POLICE_TOLD = [
    entry("S3-1", decision="tell the police", reasons="It is a threat."),
    entry("S3-2", leave_live="it may come down", tell_parents="they may be told"),
]
ASSESSED = entry("P02-2", finding="a threat", reasons="Day and place are named.")


def _view(guidance: Guidance, step_id: str) -> StepView:
    return next(
        view for views in guidance.steps.values() for view in views if view.step.id == step_id
    )


def _guide(ids: str = STORY, **more: object) -> Guidance:
    return guide(situation(ids, **more), NOW)  # type: ignore[arg-type]


def test_the_check_for_danger_comes_before_everything() -> None:
    first = _guide().next_step
    assert first is not None
    assert first.step.id == "P00-4"


def test_then_listening_then_keeping_evidence_before_any_decision() -> None:
    first = _guide(record=SAFE).next_step
    assert first is not None
    assert first.step.id == "P00-1"
    done = [entry(name) for name in ("P00-1", "P00-2", "P00-3", "P00-5", "P00-6")]
    capture = _guide(record=SAFE, entries=done).next_step
    assert capture is not None
    assert capture.step.id == "P02-1"
    assert Act.CAPTURE in capture.step.acts


def test_an_image_of_a_child_leads_with_stop_police_and_childrens_services() -> None:
    leading = []
    entries: list[StepEntry] = []
    for _ in range(3):
        found = _guide(f"P03 {STORY}", record=SAFE, entries=entries).next_step
        assert found is not None
        leading.append(found.step.id)
        entries.append(entry(found.step.id))
    assert leading == ["P03-1", "P03-4", "P03-6"]


def test_the_three_recipients_of_the_local_authority_are_never_one() -> None:
    officer = procedures()["P02"].step("P02-7").recipients
    services = procedures()["P03"].step("P03-6").recipients
    assert officer == ("LA-ESO",)
    assert "CSC" in services
    assert "LA-ESO" not in services
    told = _guide(contacts=(contact(Recipient.CSC), contact(Recipient.LADO)))
    assert _view(told, "P02-7").state is StepState.OPEN


def test_removal_waits_for_evidence_assessment_and_police() -> None:
    waiting = _view(_guide(answers=BOTH), "S4-2").waiting_for
    assert {step.id for step in waiting} == {
        "S1-2", "S4-1", "P02-1", "P02-2", "P02-3", "S3-1", "S3-2",
    }  # fmt: skip
    ready = _guide(
        answers=BOTH,
        items=[item(), item(ItemKind.MAIL)],
        entries=[ASSESSED, *POLICE_TOLD, entry("S4-1", complete="yes")],
    )
    assert _view(ready, "S4-2").is_ready


def test_a_mail_alone_does_not_open_the_way_to_removal() -> None:
    mail = _guide(answers=BOTH, items=[item(ItemKind.MAIL)], entries=[ASSESSED, *POLICE_TOLD])
    assert "P02-1" in {step.id for step in _view(mail, "S4-2").waiting_for}
    assert _view(mail, "P01-3").state is StepState.DONE


def test_none_available_with_its_reason_stands_for_the_evidence() -> None:
    gone = [
        entry(name, StepState.NOT_POSSIBLE, reason="All of it had vanished.")
        for name in ("P02-1", "S1-2", "S4-1")
    ]
    guidance = _guide(answers=BOTH, entries=[*gone, ASSESSED, *POLICE_TOLD])
    assert _view(guidance, "S4-2").is_ready
    assert _view(guidance, "S1-4").prefilled_reason


def test_parents_wait_for_risk_and_the_police_decision() -> None:
    waiting = {step.id for step in _view(_guide(answers=BOTH), "S2-1").waiting_for}
    assert waiting == {"P00-4", "P00-9", "P02-2", "S3-1", "S3-2"}
    told = _guide(
        answers=BOTH,
        record=SAFE,
        entries=[entry("P00-9", reasons="All of it."), ASSESSED, *POLICE_TOLD],
    )
    assert _view(told, "S2-1").is_ready


def test_the_police_may_ask_us_to_wait_and_the_steps_say_so() -> None:
    call = entry("S3-2", leave_live="leave it up", tell_parents="wait", tell_provider="wait")
    guidance = _guide(answers=BOTH, items=[item()], entries=[ASSESSED, POLICE_TOLD[0], call])
    for step_id in ("P02-4", "S4-2", "S2-2", "P01-5"):
        assert "police asked us" in _view(guidance, step_id).prefilled_reason.lower()


def test_a_prerequisite_counts_only_while_its_procedure_runs() -> None:
    alone = _view(_guide("P00 S2", record=SAFE, entries=[entry("P00-9")]), "S2-1")
    assert alone.waiting_for == ()
    ended = situation("P00 S2", record=SAFE, entries=[entry("P00-9")])
    ended = replace(ended, running=(*ended.running, running("P02", (), "Not about a site.")))
    assert _view(guide(ended, NOW), "S2-1").waiting_for == ()


def test_ceop_is_offered_as_not_applicable_and_is_never_next() -> None:
    view = _view(_guide(answers=BOTH), "P02-6")
    assert view.prefilled_reason == "Outside its remit: bullying, fake or hacked accounts"
    assert not view.is_ready
    unanswered = _view(_guide(), "P02-6")
    assert (unanswered.prefilled_reason, unanswered.unanswered) == ("", ("T4",))


def test_steps_taken_by_a_running_procedure_point_to_it() -> None:
    guidance = _guide()
    assert _view(guidance, "P01-8").led_by == "S3"
    assert not _view(guidance, "P01-8").is_ready
    assert _view(_guide("P00 P01"), "P01-8").is_ready


def test_steps_without_acts_are_done_by_the_program_alone() -> None:
    view = _view(_guide(), "S1-5")
    assert not view.is_ready
    assert _view(_guide(items=[item()]), "S1-5").state is StepState.DONE


def test_one_step_leads_each_checklist_and_none_an_ended_one() -> None:
    guidance = _guide()
    leading = [view.step.id for view in guidance.steps["c-P02"] if view.is_next]  # type: ignore[index]
    assert leading == ["P02-1"]
    ended = situation(running=(running("P02", (), "Not about a site."),))
    views = view_steps(ended.running[0], ended, facts_of(ended), NOW)
    assert not any(view.is_next for view in views)
    assert guide(ended, NOW).next_step is None
    assert guide(ended, NOW).clocks == ()


def test_when_nothing_is_open_nothing_is_next() -> None:
    assert next_step(()) is None


def test_an_overdue_must_comes_before_what_is_earlier_in_order() -> None:
    late = replace(situation("P00", record=SAFE), running=(running("P00"),))
    tomorrow = guide(late, at(19)).next_step
    assert tomorrow is not None
    assert tomorrow.step.id == "P00-9"
    assert tomorrow.due is not None
    assert tomorrow.due.overdue
    assert tomorrow.step.severity is Severity.MUST


def test_the_deadline_that_presses_most_is_shown_with_the_step() -> None:
    asked = entry("S4-2", done_at=at(16))
    view = _view(_guide(entries=[asked]), "P02-10")
    assert view.due is not None
    assert [due.deadline.id for due in view.deadlines] == ["D8", "D10"]
    assert view.due.deadline.id == "D8"


def test_a_clock_waits_for_the_step_that_starts_it() -> None:
    assert _view(_guide(), "S4-3").due is None
    assert "D8" not in {clock.deadline_id for clock in _guide().clocks}


def test_a_check_is_not_advised_before_its_time() -> None:
    asked = [entry("S4-2", done_at=at(17))]
    assert not _view(_guide(entries=asked), "S4-3").is_ready
    later = guide(situation(STORY, entries=asked), at(19, 10))
    assert _view(later, "S4-3").is_ready


def test_clocks_stand_once_each_and_the_late_ones_first() -> None:
    record = Record(became_aware_at=at(16, 16), reported_to_dsl_at=at(16, 17))
    clocks = _guide(answers=BOTH | {"T6": "no", "T9": "no"}, record=record).clocks
    assert clocks[0].sentence == "First record 17 h late unless written down sooner"
    assert clocks[0].basis is Basis.DOCUMENTED
    assert [clock.deadline_id for clock in clocks].count("D1") == 1
    assert "Report to DSL after 1 h" in {clock.sentence for clock in clocks}
    assert clocks[-1].tone == "done"


def test_the_first_record_is_by_analogy_where_it_is_no_bullying() -> None:
    clock = _guide("P00", record=Record(became_aware_at=at(18, 8))).clocks
    assert {one.basis for one in clock if one.deadline_id == "D1"} == {Basis.BY_ANALOGY}


def test_reasons_for_lateness_come_from_the_record_or_the_step() -> None:
    record = Record(became_aware_at=at(16, 16), late_reason="The tutor was away.")
    first = _guide("P00", record=record).clocks[0]
    assert (first.reason, first.reason_needed) == ("The tutor was away.", False)
    late = entry("P00-8", done_at=at(19), late_reason="The network was down.", found="none found")
    linked = next(
        clock for clock in _guide("P00", entries=[late]).clocks if "linked" in clock.label
    )
    assert linked.reason == "The network was down."


def test_a_step_ticked_unseen_or_left_out_has_no_deadline() -> None:
    assert _view(_guide(items=[item()], answers=BOTH), "P02-1").deadlines == ()
    left = entry("P00-11", StepState.NOT_APPLICABLE, reason="Nobody needs support now.")
    assert _view(_guide(entries=[left]), "P00-11").deadlines == ()


def test_a_step_opened_again_has_no_time_at_which_it_was_done() -> None:
    again = entry("S4-2", StepState.OPEN, reason="They put it back up.")
    assert step_times(situation("S4", entries=[entry("S4-2")])) == {"S4-2": NOW}
    assert step_times(situation("S4", entries=[entry("S4-2"), again])) == {}


def test_case_1_unknown_number_noticed_monday_entered_wednesday() -> None:
    record = Record(became_aware_at=at(16, 16), platforms=("Text message or call",))
    guidance = _guide("P00 P01 S1 S2 S3 S5", answers={"T4": "no", "T8": "private"}, record=record)
    assert _view(guidance, "P01-10").prefilled_reason
    assert "7726" in _view(guidance, "P01-5").step.text
    assert _view(guidance, "P01-5").state is StepState.OPEN
    assert _view(guidance, "P01-6").prefilled_reason == "The sender is not known."
    assert guidance.clocks[0].late_by is not None


REASONS = st.sampled_from(["", "too short", "A reason that is long enough."])
PLACES = st.sampled_from(["no", "yes", "unsure", "private", "site", "own", "private+site"])
MOVES = st.lists(
    st.one_of(
        st.tuples(
            st.just("record"),
            st.integers(0, 200),
            st.sampled_from(list(StepState)),
            REASONS,
            REASONS,
        ),
        st.tuples(st.just("triage"), st.sampled_from(["T4", "T7", "T8"]), PLACES),
        st.tuples(st.just("item"), st.sampled_from([ItemKind.MAIL, ItemKind.SCREEN])),
    ),
    max_size=25,
)


@given(MOVES, st.booleans())
def test_no_sequence_advises_removal_before_capture_or_drops_a_step_silently(
    moves: list[tuple[object, ...]], decided: bool
) -> None:
    before = [ASSESSED, *POLICE_TOLD, entry("S4-1", complete="yes")] if decided else []
    state = situation(STORY, answers={"T8": "private+site"}, entries=before)
    for move in moves:
        state = _play(state, move)
        guidance = guide(state, NOW)
        for views in guidance.steps.values():
            for view in views:
                _check_promises(view, guidance.facts)
        leading = guidance.next_step
        assert leading is None or leading.is_ready


def _check_promises(view: StepView, facts: frozenset[str]) -> None:
    if view.step.removes and view.is_ready:
        capture = "P01-3" if view.procedure_id == "P01" else "P02-1"
        kept = "message-kept" if view.procedure_id == "P01" else "page-kept"
        assert facts & {kept, f"done:{capture}", f"not-possible:{capture}"}
        assert facts >= {"past:S3-1", "past:S3-2"}
    if view.state in {StepState.NOT_APPLICABLE, StepState.NOT_POSSIBLE}:
        assert view.entry is not None
        rules = {rule.reason for rule in view.step.rules}
        assert len(view.entry.reason) >= 10 or view.entry.reason in rules
    if view.state is StepState.NOT_APPLICABLE:
        assert view.step.not_applicable.value != "never"


def _play(state: Situation, move: tuple[object, ...]) -> Situation:
    if move[0] == "item":
        return replace(state, items=(*state.items, item(move[1])))  # type: ignore[arg-type]
    if move[0] == "triage":
        answer = triage_answer(str(move[1]), str(move[2]))
        return replace(state, answers={**state.answers, answer.question: answer})
    _, number, wanted, reason, out_of_order = move
    assert isinstance(number, int)
    assert isinstance(wanted, StepState)
    views = [view for one in guide(state, NOW).steps.values() for view in one]
    view = views[number % len(views)]
    values = {
        blank.name: blank.choices[number % len(blank.choices)] if blank.choices else "said"
        for blank in blanks_for(view.step, wanted)
    }
    try:
        check_recording(
            view,
            wanted,
            reason=str(reason),
            out_of_order=str(out_of_order),
            done_at=NOW,
            values=values,
        )
    except AppError:
        return state
    bare = entry(view.step.id, wanted, reason=str(reason).strip())
    new = replace(bare, values=tuple(values.items()))
    entries = [old for one in state.running for old in one.checklist.entries]
    fresh = situation(STORY, entries=[*entries, new])
    return replace(state, running=fresh.running)


def test_a_removal_waits_for_a_capture_behind_a_step_that_was_left_out() -> None:
    procedure = procedures()["P02"]
    between = replace(procedure.step("P02-7"), after=("P02-1",))
    removal = replace(procedure.step("P02-4"), after=("P02-7",), rules=(), runs="")
    steps = tuple(
        {"P02-7": between, "P02-4": removal}.get(step.id, step) for step in procedure.steps
    )
    left_out = entry("P02-7", StepState.NOT_APPLICABLE, reason="Nobody holds that post here.")
    made = running_on(replace(procedure, steps=steps), [left_out])
    view = _view(guide(situation(running=(made,)), NOW), "P02-4")
    assert [step.id for step in view.waiting_for] == ["P02-1"]
    kept = guide(situation(running=(made,), items=[item()]), NOW)
    assert _view(kept, "P02-4").waiting_for == ()
