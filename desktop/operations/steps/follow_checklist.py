"""Follows the checklists of an incident: says where each step stands, records what was done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.domain.calendar.times import Moment, say
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.errors import (
    ChecklistEnded,
    NotAllowed,
    NotFound,
    ReasonNeeded,
)
from desktop.domain.identifiers import ChecklistId, ContactId, IncidentId
from desktop.domain.log.custody import Action
from desktop.domain.steps.applying import calls_for
from desktop.domain.steps.checklist_records import Checklist, StepEntry, StepState
from desktop.domain.steps.checklists import StepView, guide
from desktop.domain.steps.clocks import ClockView
from desktop.domain.steps.procedures import Procedure
from desktop.domain.steps.recording import REASON_LENGTH, VALUE_LABELS, check_recording
from desktop.operations.refuse_ahead import refuse_ahead
from desktop.operations.steps.attach_procedure import attach_what_applies, facts_before
from desktop.operations.steps.check_second import SecondCheck, say_second
from desktop.operations.steps.read_situation import pinned_procedure, read_situation
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistView:
    """One running checklist; `done` counts the steps that are settled.

    `called_by` are the facts that call for its procedure now.
    """

    checklist: Checklist
    procedure: Procedure
    steps: tuple[StepView, ...]
    done: int
    called_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistsView:
    """All checklists of an incident, the step that comes next over all, and the clocks."""

    checklists: tuple[ChecklistView, ...]
    next_step: StepView | None
    clocks: tuple[ClockView, ...]
    facts: frozenset[str]

    @property
    def owed(self) -> tuple[StepView, ...]:
        """The open steps of what has not ended, without those that seem not to apply."""
        return tuple(
            view
            for one in self.checklists
            if not one.checklist.ended_reason
            for view in one.steps
            if view.state is StepState.OPEN and not view.prefilled_reason
        )


def show_checklists(workspace: Workspace, incident_id: IncidentId) -> ChecklistsView:
    """Work out where everything stands, in the order in which the procedures lead."""
    situation = read_situation(workspace, incident_id)
    guidance = guide(situation, workspace.now())
    views = [
        ChecklistView(
            checklist=running.checklist,
            procedure=running.procedure,
            steps=guidance.steps[running.checklist.id],
            done=sum(
                view.state is not StepState.OPEN for view in guidance.steps[running.checklist.id]
            ),
            called_by=calls_for(running.procedure, guidance.facts),
        )
        for running in situation.running
    ]
    ordered = sorted(views, key=lambda view: (view.procedure.order, view.procedure.id))
    return ChecklistsView(
        checklists=tuple(ordered),
        next_step=guidance.next_step,
        clocks=guidance.clocks,
        facts=guidance.facts,
    )


def record_step(
    workspace: Workspace,
    checklist_id: ChecklistId,
    step_id: str,
    state: StepState,
    *,
    values: Mapping[str, str] | None = None,
    reason: str = "",
    late_reason: str = "",
    out_of_order: str = "",
    done_at: Moment | None = None,
    contact_id: ContactId | None = None,
    second: SecondCheck | None = None,
    again_reason: str = "",
) -> Changes:
    """Record what became of a step; the domain refuses what has no reason or comes too early.

    A settled step can be recorded again: `again_reason` says why, the first entry stays, and so
    does its time where none is given. `second` says who checked it too, for a step that asks for
    two people. What the answers call for joins at once. Raises ChecklistEnded, StillToCome,
    StepNotReady, ReasonNeeded, AnswerNeeded, SecondPersonNeeded, WrongPassphrase or NotAllowed:
    see domain/steps/recording.py.
    """
    incident_id, view = _find_running(workspace, checklist_id, step_id)
    refuse_ahead(workspace, done_at)
    checked = say_second(workspace, second)
    check_recording(
        view,
        state,
        reason=reason,
        late_reason=late_reason,
        out_of_order=out_of_order,
        done_at=done_at,
        again_reason=again_reason,
        values=values,
        second=checked,
    )
    at, before = workspace.now(), facts_before(workspace, incident_id)
    filled = {**(values or {}), **checked}
    entry = StepEntry(
        step_id=step_id,
        state=state,
        at=at,
        by=workspace.keyholder.name,
        done_at=done_at,
        reason=reason.strip(),
        late_reason=late_reason.strip(),
        out_of_order=out_of_order.strip(),
        values=tuple((name, text) for name, text in filled.items() if text.strip()),
        contact_id=contact_id,
        again_reason=again_reason.strip(),
        ruled_by=view.ruled_by if state is StepState.NOT_APPLICABLE else None,
    )
    if state is view.state is StepState.DONE and done_at is None:
        entry = _at_its_time(entry, view)
    with workspace.log.transaction():
        text = say_step(view, entry)
        note_entry(workspace, incident_id, checklist_id, entry, text, checked)
        why = f"After {step_id}, {view.step.title}"
        attach_what_applies(workspace, incident_id, why, before=before)
    return changed(Topic.CHECKLIST, Topic.CHRONOLOGY, Topic.INCIDENT, incident_id=incident_id)


def explain_late(
    workspace: Workspace, checklist_id: ChecklistId, step_id: str, reason: str
) -> Changes:
    """Say why a step was done late, where it is done; all else that was recorded of it stays.

    Raises ReasonNeeded, ChecklistEnded, or NotAllowed for a step that was not done late.
    """
    incident_id, view = _find_running(workspace, checklist_id, step_id)
    if not view.was_late:
        raise NotAllowed("this step was not done late")
    if len(reason.strip()) < REASON_LENGTH:
        raise ReasonNeeded("late")
    at, by = workspace.now(), workspace.keyholder.name
    if view.entry is None:
        entry = StepEntry(step_id=step_id, state=StepState.OPEN, at=at, by=by)
    else:
        entry = replace(view.entry, at=at, by=by, done_at=view.done_at, again_reason="")
    entry = replace(entry, late_reason=reason.strip())
    text = f"{step_id}, {view.step.title}: late because {entry.late_reason}"
    with workspace.log.transaction():
        note_entry(workspace, incident_id, checklist_id, entry, text)
    return changed(Topic.CHECKLIST, Topic.CHRONOLOGY, Topic.INCIDENT, incident_id=incident_id)


def _at_its_time(entry: StepEntry, view: StepView) -> StepEntry:
    """Keep when a done step was done, why it was late, and by which contact."""
    return replace(
        entry,
        done_at=view.done_at,
        late_reason=entry.late_reason or view.late_reason,
        contact_id=entry.contact_id or (view.entry.contact_id if view.entry else None),
    )


def note_entry(
    workspace: Workspace,
    incident_id: IncidentId,
    checklist_id: ChecklistId,
    entry: StepEntry,
    text: str,
    checked: Mapping[str, str] | None = None,
) -> None:
    """Add an entry to a step, a line and the custody of it, inside the caller's transaction."""
    workspace.log.checklists.record(checklist_id, entry)
    write_line(workspace, incident_id, EntryKind.STEP, entry.done_at or entry.at, text)
    said = {"again_reason": entry.again_reason} if entry.again_reason else {}
    workspace.note(
        Action.STEP_RECORDED,
        incident_id,
        entry.at,
        step=entry.step_id,
        state=entry.state.value,
        reason=entry.reason,
        late_reason=entry.late_reason,
        out_of_order=entry.out_of_order,
        **said,
        **(checked or {}),
    )


def _find_running(
    workspace: Workspace, checklist_id: ChecklistId, step_id: str
) -> tuple[IncidentId, StepView]:
    """Return a step of a checklist that has not ended; raises NotFound or ChecklistEnded."""
    checklist = workspace.log.checklists.get(checklist_id)
    if checklist is not None and checklist.ended_reason:
        raise ChecklistEnded(pinned_procedure(workspace, checklist).title)
    return find_step(workspace, checklist_id, step_id)


def find_step(
    workspace: Workspace, checklist_id: ChecklistId, step_id: str
) -> tuple[IncidentId, StepView]:
    """Return a step as it stands, and its incident; raises NotFound."""
    checklist = workspace.log.checklists.get(checklist_id)
    if checklist is None:
        raise NotFound("checklist")
    guidance = guide(read_situation(workspace, checklist.incident_id), workspace.now())
    for view in guidance.steps[checklist_id]:
        if view.step.id == step_id:
            return checklist.incident_id, view
    raise NotFound("step")


def say_step(view: StepView, entry: StepEntry) -> str:
    """Write what became of a step as one line of the chronology."""
    parts = [f"{entry.step_id}, {view.step.title}: {entry.state.value}"]
    labels = VALUE_LABELS | {blank.name: blank.label for blank in view.step.blanks}
    parts += [f"{labels.get(name, name)}: {text}" for name, text in entry.values]
    if entry.reason:
        parts.append(f"because {entry.reason}")
    if entry.again_reason:
        parts.append(f"recorded again because {entry.again_reason}")
    if entry.late_reason:
        parts.append(f"late because {entry.late_reason}")
    if entry.out_of_order:
        when = f" at {say(entry.done_at)}" if entry.done_at else ""
        parts.append(f"done{when} before what comes first, because {entry.out_of_order}")
    return "; ".join(parts)
