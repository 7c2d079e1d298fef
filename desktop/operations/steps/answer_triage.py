"""The triage questions of an incident: their answers, and the procedures that these attach."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.errors import AnswerNeeded
from desktop.domain.identifiers import IncidentId
from desktop.domain.log.custody import Action
from desktop.domain.steps.applying import NoLonger
from desktop.domain.steps.checklist_records import StepState, TriageAnswer
from desktop.domain.steps.triage import (
    QUESTIONS,
    Question,
    answer_facts,
    answer_texts,
    is_answer,
    question,
)
from desktop.operations.find_incident import find_incident
from desktop.operations.steps.attach_procedure import attach_what_applies, find_no_longer
from desktop.operations.steps.follow_checklist import record_step, show_checklists
from desktop.operations.steps.read_situation import latest_answers
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line

_DANGER_CHECK, _DANGER_FACTS = "P00-4", {"T1=yes", "T1=unsure"}
_DANGER_SAID = "The question on danger was answered again: somebody is in danger, or may be."


@dataclass(frozen=True, slots=True)
class TriageView:
    """The questions, and the answers that count.

    `no_longer` are running procedures that the answers do not call for any more: they go on until
    somebody ends them with a reason.
    """

    questions: tuple[Question, ...]
    answers: dict[str, TriageAnswer]
    no_longer: tuple[NoLonger, ...]


@dataclass(frozen=True, slots=True)
class Triaged:
    """The procedures that the answers newly attached, those that nothing calls for any more."""

    attached: tuple[str, ...]
    no_longer: tuple[NoLonger, ...]
    changes: Changes


def show_triage(workspace: Workspace, incident_id: IncidentId) -> TriageView:
    """Return the questions and the answers so far."""
    answers = latest_answers(workspace, incident_id)
    return TriageView(
        QUESTIONS,
        answers,
        find_no_longer(workspace, incident_id),
    )


def answer_triage(
    workspace: Workspace,
    incident_id: IncidentId,
    answers: Mapping[str, str],
    notes: Mapping[str, str] | None = None,
) -> Triaged:
    """Record answers, by question id; earlier ones stay visible. Procedures join at once.

    Raises AnswerNeeded.
    """
    find_incident(workspace, incident_id)
    for name, text in answers.items():
        if not is_answer(name, text):
            raise AnswerNeeded(name)
    with workspace.log.transaction():
        before = answer_facts(answer_texts(latest_answers(workspace, incident_id)))
        for name, text in answers.items():
            _record(workspace, incident_id, name, text, (notes or {}).get(name, ""))
        current = answer_texts(latest_answers(workspace, incident_id))
        fresh = answer_facts(current) - before
        if not fresh.isdisjoint(_DANGER_FACTS):
            _check_danger_again(workspace, incident_id)
        attached = attach_what_applies(workspace, incident_id, "Answered at triage", fresh)
    topics = (Topic.INCIDENT, Topic.CHECKLIST, Topic.CHRONOLOGY)
    return Triaged(
        attached,
        find_no_longer(workspace, incident_id),
        changed(*topics, incident_id=incident_id),
    )


def _check_danger_again(workspace: Workspace, incident_id: IncidentId) -> None:
    """Open the check for danger again: what it found before is older than this answer."""
    running = show_checklists(workspace, incident_id).checklists
    live = (one for one in running if not one.checklist.ended_reason)
    for view in (step for one in live for step in one.steps if step.step.id == _DANGER_CHECK):
        found = dict(view.entry.values).get("danger") if view.entry else ""
        if view.state is not StepState.OPEN and found != "yes":
            record_step(
                workspace,
                view.checklist_id,
                _DANGER_CHECK,
                StepState.OPEN,
                reason=_DANGER_SAID,
                again_reason=_DANGER_SAID,
            )


def _record(
    workspace: Workspace, incident_id: IncidentId, name: str, text: str, note: str
) -> None:
    before = latest_answers(workspace, incident_id).get(name)
    if before and (before.answer, before.note) == (text, note):
        return
    at = workspace.now()
    answer = TriageAnswer(
        question=name, answer=text, at=at, by=workspace.keyholder.name, note=note
    )
    workspace.log.checklists.answer(incident_id, answer)
    asked = question(name)
    labels = {choice.value: choice.label for choice in asked.choices}
    said = ", ".join(labels[part] for part in text.split("+"))
    line = f"{name}: {asked.text} {said}" + (f" ({note})" if note else "")
    write_line(workspace, incident_id, EntryKind.TRIAGE, at, line)
    workspace.note(Action.TRIAGE_ANSWERED, incident_id, at, question=name, answer=text)
