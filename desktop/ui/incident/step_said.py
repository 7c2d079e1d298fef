"""What an opened step says before its buttons: who acts, its source, its text, its clocks."""

from collections.abc import Iterator

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.checklist_records import StepState
from desktop.domain.checklists import StepView
from desktop.domain.contacts import RECIPIENT_NAMES, Recipient
from desktop.domain.procedures import Act
from desktop.operations.show_policy_words import PolicyWords
from desktop.ui.incident.step_words import due_words, source_words
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
TWO_PEOPLE = "Two people check this step: you, and somebody else or the reason why nobody could."


def add_said(column: QVBoxLayout, view: StepView, words: PolicyWords, parent: QWidget) -> None:
    """Add everything that the step says, in the order in which it is needed."""
    for role, text in (*_sources(view, words), *_rest(view, words)):
        column.addWidget(label(text, role, parent))


def _sources(view: StepView, words: PolicyWords) -> Iterator[tuple[str, str]]:
    """Yield who acts, on what it rests and what to do, each with the role of its label."""
    step = view.step
    yield "secondary", who_words(view, words)
    for authority in step.authorities:
        source = source_words(authority)
        yield "quote", f"“{authority.quote}”\n{source}" if authority.quote else source
    if step.text:
        yield "body", step.text
    for tell in words.tells:
        if tell.step == step.id:
            names = ", ".join(recipient_words(one, words) for one in tell.recipients)
            lines = [f"Your policy also has you tell: {names}"]
            lines += [f"“{one.quote}” {source_words(one)}" for one in tell.lines]
            yield "quote", "\n".join(lines)


def _rest(view: StepView, words: PolicyWords) -> Iterator[tuple[str, str]]:
    """Yield what is to be minded: not confirmed, asked, due, what comes of it, what is first."""
    step, is_open = view.step, view.state is StepState.OPEN
    yield from (("strong", text) for text in unsure_words(view, words))
    if is_open:
        yield from (("strong", text) for text in (step.confirm,) if text)
        yield from (("body", TWO_PEOPLE),) if step.second else ()
    yield from (("secondary", due_words(due)) for due in view.deadlines)
    if step.outputs:
        yield "secondary", f"What comes of it: {', '.join(step.outputs)}"
    if view.waiting_for:
        yield "body", f"First: {'; '.join(each.title for each in view.waiting_for)}."


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


def unsure_words(view: StepView, words: PolicyWords) -> Iterator[str]:
    """Say what a step rests on that nobody here has confirmed yet, and what to check."""
    named = {authority.unsure for authority in view.step.authorities if authority.unsure}
    for switch_id in sorted(named):
        switch = words.unconfirmed.get(switch_id)
        if switch is not None:
            yield f"Not yet confirmed: {switch.title}. To check: {switch.check}"
