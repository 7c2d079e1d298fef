"""How an own step or deadline is put into words: where it stands, how long, from when."""

from collections.abc import Collection, Iterable

from desktop.domain.incidents import Record
from desktop.domain.policy.own_copy import OwnDeadline, OwnStep
from desktop.domain.policy.policies import Policy
from desktop.domain.policy.sources import OURS
from desktop.domain.steps.procedures import Deadline, Length, Procedure, Severity
from desktop.ui.organisation.policy_words import step_title
from desktop.ui.widgets.chip import Tone

OURS_CHIP: tuple[str, Tone] = ("Ours", "info")
LENGTH_WORDS: dict[Length, str] = {
    Length.HOURS: "hours",
    Length.WORKING_DAYS: "working days",
    Length.DAYS: "days",
    Length.MONTHS: "months",
    Length.SAME_DAY: "the same day",
    Length.NOW: "at once",
    Length.AFTER_HOURS: "not before so many hours",
}
CHOICES = tuple(one for one in Length if one is not Length.AFTER_HOURS)
ALONE = (Length.SAME_DAY, Length.NOW)
STARTS: dict[str, str] = {
    "became_aware_at": "when it became known",
    "logged_at": "when it was logged here",
    "reported_to_dsl_at": "when the DSL was told",
}
SEVERITY_WORDS: dict[Severity, str] = {
    Severity.STOP: "Stop",
    Severity.MUST: "Must",
    Severity.SHOULD: "Should",
    Severity.CONSIDER: "Consider",
}
SEVERITY_TONES: dict[Severity, Tone] = {
    Severity.STOP: "late",
    Severity.MUST: "plain",
    Severity.SHOULD: "plain",
    Severity.CONSIDER: "plain",
}


def say_start(starts: str, procedures: Iterable[Procedure]) -> str:
    """Say when a time begins to run."""
    if starts in STARTS:
        return STARTS[starts]
    if starts in Record.__dataclass_fields__:
        return starts.removesuffix("_at").replace("_", " ")
    return f"when this is done: {step_title(starts, procedures)}"


def say_length(length: Length, amount: int) -> str:
    """Say how long: 4 hours, 1 working day, the same day."""
    words = LENGTH_WORDS[length]
    if length in ALONE:
        return words
    if length is Length.AFTER_HOURS:
        return f"not before {amount} hours"
    return f"{amount} {words}" if amount != 1 else f"1 {words.removesuffix('s')}"


def say_own_deadline(deadline: OwnDeadline, procedures: Iterable[Procedure]) -> str:
    """Say a local deadline whole."""
    length = say_length(deadline.length, deadline.amount)
    start = say_start(deadline.starts, procedures)
    joint = "" if deadline.length is Length.NOW else ", counted from"
    return f"{length[0].upper()}{length[1:]}{joint} {start}."


def say_deadline(deadline: Deadline, policy: Policy, switches: Collection[str]) -> str:
    """Say a deadline of a step in one line: its basis, and whether it runs here."""
    length = say_length(deadline.length, deadline.amount)
    on = deadline.switch in switches
    is_off = bool(deadline.switch) and not on
    basis = deadline.basis if is_off else deadline.basis.say(deadline.id, switched=on)
    source = "" if deadline.reference in OURS else f", {deadline.reference}"
    runs = "" if _runs_under(deadline, policy) else "; not under your policy"
    off = "; off, to be confirmed" if is_off else ""
    return f"{deadline.label}: {length} ({basis}{source}{runs}{off})"


def _runs_under(deadline: Deadline, policy: Policy) -> bool:
    return not deadline.policies or not set(deadline.policies).isdisjoint(policy.sources)


def say_place(step: OwnStep, procedures: Iterable[Procedure]) -> str:
    """Say in which procedure an own step stands, and after which step."""
    known = tuple(procedures)
    title = next((one.title for one in known if one.id == step.procedure_id), "")
    name = f"{step.procedure_id}, {title}" if title else step.procedure_id
    after = f", after: {step_title(step.follows, known)}" if step.follows else ", at the end"
    return f"{name}{after}."
