"""The words of steps: what their buttons say, how their state, clock and source are told."""

from desktop.domain.calendar.times import Moment, say
from desktop.domain.contacts import RECIPIENT_NAMES, Recipient
from desktop.domain.policy.sources import Sources
from desktop.domain.steps.checklist_records import StepEntry, StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.clocks import Due
from desktop.domain.steps.procedure_checks import OWN_WORDS
from desktop.domain.steps.procedures import Basis
from desktop.domain.steps.recording import VALUE_LABELS
from desktop.ui.widgets.chip import Tone

_CONTACT_WORDS: dict[Recipient, str] = {
    Recipient.POLICE: "Record the call to the police…",
    Recipient.CSC: "Record the call to children's services…",
    Recipient.LADO: "Record the call to the LADO…",
    Recipient.LA_ESO: "Record telling the e-safety officer…",
    Recipient.PARENT: "Record telling the parents or carers…",
    Recipient.EMPLOYER: "Record telling the employer…",
    Recipient.PROVIDER: "Record the report to the provider…",
    Recipient.PLATFORM: "Record the request to the site…",
    Recipient.CEOP: "Record the report to CEOP…",
    Recipient.DSL: "Record telling the safeguarding lead…",
    Recipient.TARGET: "Record the conversation…",
}
STATE_WORDS: dict[StepState, str] = {
    StepState.OPEN: "still to do",
    StepState.DONE: "done",
    StepState.NOT_APPLICABLE: "not applicable",
    StepState.NOT_POSSIBLE: "not possible",
}
RECORD_FIELD_OF: dict[str, str] = {
    "first-account": "first_account",
    "first-recorded": "first_recorded_at",
    "dsl-told": "reported_to_dsl_at",
    "both-told": "reported_to_dsl_at",
    "done:P00-3": "reported_to_dsl_at",  # The same telling under another name.
    "risk-assessed": "risk_reasons",
    "support-planned": "support",
    "wishes-known": "wishes",
}


def first_words(view: StepView) -> str:
    """Name what comes before the step; two steps of one name are one thing to do."""
    return "; ".join(dict.fromkeys(step.title for step in view.waiting_for))


def recipients_of(view: StepView) -> tuple[Recipient, ...]:
    """Return whom the step tells or asks."""
    known = set(Recipient)
    return tuple(Recipient(name) for name in view.step.recipients if name in known)


def contact_words(view: StepView) -> str:
    """Return what the button says that records the contact of a step."""
    told = recipients_of(view)
    if len(told) == 1:
        return _CONTACT_WORDS.get(told[0], f"Record the contact: {RECIPIENT_NAMES[told[0]]}…")
    return "Record the contact…"


def due_words(due: Due, sources: Sources) -> str:
    """Say a deadline whole: its name, how it stands, on what it rests, from when it counts."""
    reference = due.deadline.reference
    source = "" if reference in OWN_WORDS else f", {sources.say_short(reference)}"
    more = ", not documented for this" if due.basis is Basis.BY_ANALOGY else ""
    said = [f"{due.deadline.label}: {due.text}", _capital(due.basis_words) + more + source]
    counted = [f"due {say(due.due_at)}"] if due.due_at and (due.late_by or due.met_at) else []
    if due.started:
        from_then = "when it was logged, " if due.since_logged else ""
        counted.append(f"counted from {from_then}{say(due.started)}")
    if counted:
        said.append(_capital(", ".join(counted)))
    if due.since_logged:
        said.append("Nobody has entered when it became known")
    return ". ".join(said)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def due_tone(due: Due) -> Tone:
    """Return the tone of a deadline's chip."""
    if due.met_at is not None and due.failed:
        return "info"
    if due.met_at is not None:
        return "late" if due.late_by else "done"
    return "late" if due.overdue else "due"


def time_words(moment: Moment, now: Moment) -> str:
    """Say a time shortly: only the hour if it is today."""
    if moment.local.date() == now.local.date():
        return f"{moment.local:%H:%M}"
    return say(moment)


def entry_words(entry: StepEntry, view: StepView) -> str:
    """Say one recorded outcome whole."""
    labels = VALUE_LABELS | {blank.name: blank.label for blank in view.step.blanks}
    done_at = f" at {say(entry.done_at)}" if entry.done_at else ""
    lines = [] if entry.explains_only else [f"{STATE_WORDS[entry.state].capitalize()}{done_at}"]
    lines += [answer_words(labels.get(name, name), text) for name, text in entry.values]
    for words, text in (
        ("Because", entry.reason),
        ("Recorded again because", entry.again_reason),
        ("Late because", entry.late_reason),
        ("In another order because", entry.out_of_order),
    ):
        if text:
            lines.append(f"{words}: {text}")
    lines.append(f"Recorded {say(entry.at)} by {entry.by}")
    return "\n".join(lines)


def answer_words(asked: str, answer: str) -> str:
    """Say what was asked and what was answered, on one line."""
    return f"{asked} {answer}" if asked.endswith(("?", ",")) else f"{asked}: {answer}"
