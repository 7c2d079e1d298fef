"""How a policy profile is put into words: sources of a line, deadlines, whom it tells."""

from collections.abc import Iterable

from desktop.domain.contacts import RECIPIENT_NAMES
from desktop.domain.incidents import CATEGORY_NAMES
from desktop.domain.policy.laws import Laws
from desktop.domain.policy.own_copy import ROLE_TITLES
from desktop.domain.policy.policies import Limit, Lines, Policy, Tell
from desktop.domain.policy.sources import OURS, Sources
from desktop.domain.steps.procedures import Authority, Basis, Procedure
from desktop.ui.organisation.entry_row import Row
from desktop.ui.widgets.chip import Tone

BASIS_CHIPS: dict[Basis, tuple[str, Tone]] = {
    Basis.DOCUMENTED: ("documented", "info"),
    Basis.LOCAL: ("local", "plain"),
    Basis.BY_ANALOGY: ("by analogy", "plain"),
}


def say_lines(lines: Lines, sources: Sources) -> tuple[str, ...]:
    """Say each source: its words in quotation marks, where they stand, what we note about it."""
    return tuple(_say_line(one, sources) for one in lines)


def _say_line(line: Authority, sources: Sources) -> str:
    place = "" if line.reference in OURS else f"{sources.say(line.reference)}."
    if line.quote:
        return " ".join(filter(None, (f"“{line.quote}”", place, line.note)))
    return " ".join(filter(None, (line.note, place)))


def say_person(role: str, policy: Policy) -> str:
    """Say what the policy calls a role, in plain words where it is silent."""
    title = policy.title_of(role)
    return say_role(role) if title == role else title


def say_limit(limit: Limit) -> str:
    """Say from when a deadline counts, and what to know of it."""
    starts = f"Counts from: {limit.starts}." if limit.starts else ""
    return " ".join(filter(None, (starts, limit.note)))


def say_role(role: str) -> str:
    """Say a role in plain words."""
    return ROLE_TITLES.get(role, role)


def say_tell(tell: Tell, procedures: Iterable[Procedure], sources: Sources) -> Row:
    """Say at which step a policy adds somebody, whom, and in which words."""
    names = ", ".join(RECIPIENT_NAMES[one] for one in tell.recipients)
    title = step_title(tell.step, procedures)
    return Row(title=title, text=f"Also tell: {names}.", quotes=say_lines(tell.lines, sources))


def definition_rows(policy: Policy, sources: Sources) -> list[Row]:
    """Say what the policy means by its words."""
    return [
        Row(title=one.term, text=one.text, quotes=say_lines(one.lines, sources))
        for one in policy.definitions
    ]


def category_rows(policy: Policy, sources: Sources) -> list[Row]:
    """Say of which kinds of incident the policy speaks."""
    return [
        Row(
            title=CATEGORY_NAMES[one.category],
            text=one.text,
            quotes=say_lines(one.lines, sources),
        )
        for one in policy.categories
    ]


def law_rows(policy: Policy, laws: Laws, sources: Sources) -> list[Row]:
    """Say which laws and guidance the policy names, as they are today, with what to check."""
    known = {one.id: one for one in laws.laws}
    return [
        Row(
            title=known[one.law].title,
            text=known[one.law].wording,
            details=(f"To check: {known[one.law].verify}" if known[one.law].verify else "",),
            quotes=say_lines(one.lines, sources),
        )
        for one in policy.laws
        if one.law in known
    ]


def step_title(step_id: str, procedures: Iterable[Procedure]) -> str:
    """Return what a step is called; its id where it is not there."""
    for procedure in procedures:
        for step in procedure.steps:
            if step.id == step_id:
                return f"{step.title} ({step_id})"
    return step_id
