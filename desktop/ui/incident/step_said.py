"""What an opened step says: what to do above its buttons, clocks and sources below them."""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.contacts import RECIPIENT_NAMES, Recipient
from desktop.domain.policy.policies import Tell
from desktop.domain.policy.sources import Sources
from desktop.domain.policy.switches import Switch
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedures import Act, Authority
from desktop.operations.steps.show_policy_words import PolicyWords
from desktop.ui.fold import Fold
from desktop.ui.incident.step_words import due_words, first_words
from desktop.ui.widgets.words import label

# What somebody is called here, where the policy has a title for them.
_ROLES: dict[Recipient, str] = {
    Recipient.DSL: "DSL",
    Recipient.OSC: "OSC",
    Recipient.HEAD: "HEAD",
    Recipient.HR: "HR",
    Recipient.IT: "IT",
    Recipient.MARKETING: "MARKETING",
}
TWO_PEOPLE = "Two people check this step. If nobody else is there, say why."


def add_said(column: QVBoxLayout, view: StepView, words: PolicyWords, parent: QWidget) -> None:
    """Add what is needed to act; it is short, so that the buttons below it are in view."""
    for role, text in _what_to_do(view, words):
        column.addWidget(label(text, role, parent))


def add_more(column: QVBoxLayout, view: StepView, words: PolicyWords, parent: QWidget) -> None:
    """Add what stands below the buttons: its clocks, what comes of it, on what it rests."""
    for text in _more(view, words):
        column.addWidget(label(text, "secondary", parent))
    told = [one for tell in _tells(view, words) for one in tell.lines]
    lead = lead_source(view, words)
    sources = ([lead] if lead else []) + told + list(other_sources(view, words))
    if sources:
        column.addWidget(SourcesFold(sources, words.register, parent))


def _what_to_do(view: StepView, words: PolicyWords) -> Iterator[tuple[str, str]]:
    """Yield who acts, what to do, what to mind first: each with the role of its label."""
    step, is_open = view.step, view.state is StepState.OPEN
    yield "secondary", who_words(view, words)
    if step.text:
        yield "body", step.text
    for tell in _tells(view, words):
        names = ", ".join(recipient_words(one, words) for one in tell.recipients)
        yield "body", f"Your policy also has you tell: {names}"
    if view.waiting_for:
        yield "body", f"First: {first_words(view)}."
    for switch in unsure_of(view, words):
        # Softly: it is no question to answer here, and what to check stands below.
        yield "secondary", f"Not yet confirmed here: “{switch.title}”."
    if is_open:
        yield from (("strong", text) for text in (step.confirm,) if text)
        yield from (("body", TWO_PEOPLE),) if step.second else ()


def _more(view: StepView, words: PolicyWords) -> Iterator[str]:
    yield from (due_words(due, words.register) for due in view.deadlines)
    if view.step.outputs:
        yield f"What comes of it: {', '.join(view.step.outputs)}"
    for switch in unsure_of(view, words):
        yield f"To check: {switch.check}"


def _tells(view: StepView, words: PolicyWords) -> tuple[Tell, ...]:
    return tuple(tell for tell in words.tells if tell.step == view.step.id)


class SourcesFold(Fold):
    """On what a step rests: the first of it named in one row, all of it once that is opened."""

    def __init__(self, sources: Sequence[Authority], register: Sources, parent: QWidget) -> None:
        more = f", and {len(sources) - 1} more" if sources[1:] else ""
        short = register.say_short(sources[0].reference)
        words = f"Source{'s' if more else ''}: {short}{more}"
        super().__init__("sourcesButton", words, parent, "secondary")
        self.button.setAccessibleName(f"{words}. Read them")
        self.button.row.setContentsMargins(0, 2, 6, 2)
        self.column.setContentsMargins(0, 4, 0, 0)
        self.column.setSpacing(6)
        for source in sources:
            self.column.addWidget(label(quote_words(source, register), "quote", self.list))


def lead_source(view: StepView, words: PolicyWords) -> Authority | None:
    """Return what is read first: a quote of the policy followed, else any quote, else a note."""
    sources = view.step.authorities
    quoted = [one for one in sources if one.quote]
    own = [one for one in quoted if one.reference.partition(":")[0] in words.sources]
    return next(iter((*own, *quoted, *sources)), None)


def other_sources(view: StepView, words: PolicyWords) -> tuple[Authority, ...]:
    """Return what else the step rests on."""
    lead = lead_source(view, words)
    return tuple(one for one in view.step.authorities if one is not lead)


def quote_words(authority: Authority, register: Sources) -> str:
    """Say a quote and where it stands; only the source where there is none."""
    source = register.say_authority(authority)
    return f"“{authority.quote}”\n{source}" if authority.quote else source


def who_words(view: StepView, words: PolicyWords) -> str:
    """Say who acts, and who is told, in the words of the policy."""
    step = view.step
    said = [f"Who acts: {words.title(step.actor)}"]
    told = [recipient_words(one, words) for one in words.told(step.id, step.recipients)]
    if told:
        contacts = Act.CONTACT in step.acts or Act.WORKSHEET in step.acts
        said.append(f"{'Who is told' if contacts else 'Whom it concerns'}: {', '.join(told)}")
    if step.local:
        said.append("Our own step, added here")
    return ".  ".join(said)


def recipient_words(recipient: Recipient, words: PolicyWords) -> str:
    """Return what somebody who is told is called here."""
    role = _ROLES.get(recipient, "")
    return words.titles.get(role, RECIPIENT_NAMES[recipient])


def unsure_of(view: StepView, words: PolicyWords) -> tuple[Switch, ...]:
    """Return the rules that a step rests on and nobody here has confirmed yet."""
    named = {authority.unsure for authority in view.step.authorities if authority.unsure}
    return tuple(words.unconfirmed[one] for one in sorted(named) if one in words.unconfirmed)
