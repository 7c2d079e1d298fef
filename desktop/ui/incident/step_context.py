"""What is known beside a step: what ticked it, what was sent for it, that nobody said why late."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.calendar.times import say
from desktop.domain.contacts import RECIPIENT_NAMES, ContactEntry, Recipient
from desktop.domain.identifiers import ContactId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.worksheets import SubmittedSheet
from desktop.operations.steps.follow_checklist import ChecklistsView
from desktop.ui.incident.step_words import RECORD_FIELD_OF, entry_words

ASKS_WHY = "It was late. Say why"
_OF_STEP = ("done", "past", "not-possible")
_OF_PROCEDURE = {"finished": "all of its steps are settled", "running": "it runs here"}
_OF_EVIDENCE = frozenset(
    {"item-kept", "message-kept", "page-kept", "origins-known", "sources-noted", "item-sealed"}
)
_OTHERWISE: dict[str, str] = {
    "gate-answered": "the answer to the question before a capture",
    "closed": "the closing of the incident",
    "outcome-recorded": "the outcome that was written down for the closing",
    "control-recorded": "the control measure that was written down for the closing",
    "learner-view-recorded": "the learner's view that was written down for the closing",
    "restricted-log": "this being a restricted log",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What the button says that leads to where it was done, and what the page is asked for."""

    words: str
    what: str
    data: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """`note` stands under the title of the step, `told` in the step once it is opened.

    `asks_why`: it was done late, and nobody has said why. `is_sent`: its worksheet was.
    """

    note: str = ""
    told: str = ""
    way: Way | None = None
    is_sent: bool = False
    asks_why: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepContext:
    """Everything that a step may rest on; `titles` are those of the procedures, by id."""

    steps: Mapping[str, StepView]
    titles: Mapping[str, str]
    contacts: tuple[ContactEntry, ...] = ()
    sheets: tuple[SubmittedSheet, ...] = ()
    unexplained: frozenset[str] = frozenset()

    def aside(self, view: StepView) -> Aside:
        """Say what is known beside this step."""
        if view.state is StepState.OPEN:
            return self._sent(view)
        asks_why = view.step.id in self.unexplained and view.state is StepState.DONE
        note, told, way = self._ticked(view)
        return Aside(note=ASKS_WHY if asks_why else note, told=told, way=way, asks_why=asks_why)

    def _sent(self, view: StepView) -> Aside:
        """Say that the worksheet of an open step was sent: nobody sends a referral twice."""
        sheets = [one for one in self.sheets if one.worksheet_id == view.step.worksheet]
        if not sheets or not view.step.worksheet:
            return Aside()
        note = self._say_sheet(sheets[-1])
        return Aside(note=note, told=_still_open(view), is_sent=True)

    def _say_sheet(self, sheet: SubmittedSheet) -> str:
        contact = self._contact(sheet.contact_id)
        reference = contact.details.reference if contact else ""
        return (
            f"Sent {say(sheet.at)}, {f'reference: {reference}' if reference else 'no reference'}"
        )

    def _contact(self, contact_id: ContactId | None) -> ContactEntry | None:
        return next((one for one in self.contacts if one.id == contact_id), None)

    def _ticked(self, view: StepView) -> tuple[str, str, Way | None]:
        """Say what ticked a step that nobody recorded: a note, all of it, and the way there."""
        if view.entry is not None or view.state is not StepState.DONE:
            return "", "", None
        fact = view.step.ticked_by
        kind, _, name = fact.partition(":")
        if kind in _OF_STEP and name in self.steps:
            return _through_step(self.steps[name])
        words, way = self._through(fact, kind, name)
        at = f", {say(view.done_at)}" if view.done_at else ""
        return f"Through {words}", f"Ticked by the program, through {words}{at}.", way

    def _through(self, fact: str, kind: str, name: str) -> tuple[str, Way | None]:
        contacts = Way(words="See the contacts", what="contacts")
        if kind == "told":
            return f"a contact: {RECIPIENT_NAMES[Recipient(name)]}", contacts
        if kind == "submitted":
            return "a worksheet that was sent", contacts
        if kind in _OF_PROCEDURE:
            first = next((one for one in self.steps if one.startswith(f"{name}-")), "")
            way = Way(words="Go to its steps", what="step", data=first) if first else None
            return f"“{self.titles.get(name, name)}”: {_OF_PROCEDURE[kind]}", way
        if fact in _OF_EVIDENCE:
            return "what is kept under Evidence", Way(words="See the evidence", what="evidence")
        field = RECORD_FIELD_OF.get(fact, "")
        if field:
            return "the record", Way(words="See it in the record", what="record", data=field)
        return _OTHERWISE.get(fact, "what was entered elsewhere"), None


def context_of(
    view: ChecklistsView,
    contacts: tuple[ContactEntry, ...],
    sheets: tuple[SubmittedSheet, ...],
) -> StepContext:
    """Gather it; of a procedure that joined again the steps that run now count."""
    ended_first = sorted(view.checklists, key=lambda one: not one.checklist.ended_reason)
    return StepContext(
        steps={step.step.id: step for one in ended_first for step in one.steps},
        titles={one.procedure.id: one.procedure.title for one in view.checklists},
        contacts=contacts,
        sheets=sheets,
        unexplained=frozenset(
            one.step_id for one in view.clocks if one.reason_needed and one.met_at is not None
        ),
    )


def _still_open(view: StepView) -> str:
    asked = [f"“{one.label}”" for one in view.step.blanks if one.required]
    asked += ["why it was late"] if view.is_overdue else []
    return f"It was sent. Still open: {'; '.join(asked)}." if asked else ""


def _through_step(other: StepView) -> tuple[str, str, Way | None]:
    outcome = _outcome(other)
    words = f"“{other.step.title}”" + (f": {outcome}" if outcome else "")
    told = f"Ticked by the program, through {words}."
    if other.entry is not None:
        told += f"\n{entry_words(other.entry, other)}"
    return f"Through {words}", told, Way(words="Go to that step", what="step", data=other.step.id)


def _outcome(other: StepView) -> str:
    """Say what became of another step: what was decided there, or why it is left out."""
    if other.state is StepState.OPEN:
        return other.prefilled_reason.rstrip(".")
    if other.state is not StepState.DONE:
        return other.state.value
    said = dict(other.entry.values) if other.entry else {}
    decided = [said[one.name] for one in other.step.blanks if one.choices and one.name in said]
    return decided[0] if decided else ""
