"""What the policy that is followed says of steps: titles, whom it adds, what is not confirmed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from desktop.domain.contacts import Recipient
from desktop.domain.identifiers import IncidentId
from desktop.domain.policy.policies import Tell
from desktop.domain.policy.sources import NO_SOURCES, Sources
from desktop.domain.policy.switches import Switch
from desktop.domain.steps.checklist_records import Checklist
from desktop.operations.steps.in_force import own_copy, titles
from desktop.operations.steps.read_situation import pinned_procedure, policy_of
from desktop.operations.workspace import Workspace

# What stands for a rule of which nothing can be read.
_UNREAD = Switch(
    id="",
    title="",
    check="What it says cannot be read now: Today names the file. Ask before you rely on it.",
    where="",
    effect="",
    lines=(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyWords:
    """How roles are called here, whom the incident's policy adds to steps, rules that are off.

    `sources` are the documented policies that it follows (S000 …); `register` says what each
    source is called.
    `unconfirmed` holds the rules that nobody here has confirmed yet, by id. `same_person`: the
    online safety coordinator is the DSL, and is told once.
    """

    titles: Mapping[str, str]
    sources: tuple[str, ...] = ()
    tells: tuple[Tell, ...] = ()
    unconfirmed: Mapping[str, Switch]
    register: Sources = NO_SOURCES
    same_person: bool = True

    def title(self, role: str) -> str:
        """Return what a role is called here; the role itself if it has no name."""
        return self.titles.get(role, role)

    def told(self, step_id: str, recipients: tuple[str, ...]) -> tuple[Recipient, ...]:
        """Return whom a step tells, with those whom the policy adds, each once."""
        added = [one for tell in self.tells if tell.step == step_id for one in tell.recipients]
        known = set(Recipient)
        named = [*(Recipient(one) for one in recipients if one in known), *added]
        if self.same_person and Recipient.DSL in named:
            named = [one for one in named if one is not Recipient.OSC]
        return tuple(dict.fromkeys(named))


def show_policy_words(workspace: Workspace, incident_id: IncidentId) -> PolicyWords:
    """Return the words for an incident, under the policy with which it began."""
    own = own_copy(workspace)
    checklists = workspace.log.checklists.of(incident_id)
    policy = workspace.data.policy(policy_of(checklists))
    rules = _rules_named(workspace, checklists)
    return PolicyWords(
        titles=titles(workspace),
        sources=policy.sources,
        tells=policy.tells,
        unconfirmed={name: one for name, one in rules.items() if name not in own.switches},
        register=workspace.data.sources,
        same_person=own.osc_is_dsl,
    )


def _rules_named(workspace: Workspace, checklists: Iterable[Checklist]) -> dict[str, Switch]:
    """Return every rule that is not certain; one that a step names and no file holds, too.

    Where the file of the rules is damaged, nothing that rests on one may look confirmed.
    """
    running = [pinned_procedure(workspace, checklist) for checklist in checklists]
    named = {
        authority.unsure
        for procedure in running
        for step in procedure.steps
        for authority in step.authorities
        if authority.unsure
    }
    rules = {name: replace(_UNREAD, id=name, title=f"the rule {name}") for name in named}
    return rules | {one.id: one for one in workspace.data.switches.switches}
