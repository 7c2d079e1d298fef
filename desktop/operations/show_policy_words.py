"""What the policy that is followed says of steps: titles, whom it adds, what is not confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.contacts import Recipient
from desktop.domain.identifiers import IncidentId
from desktop.domain.policies import Tell
from desktop.domain.switches import Switch
from desktop.operations.in_force import own_copy, titles
from desktop.operations.load_policies import load_policy, load_switches
from desktop.operations.read_situation import policy_of
from desktop.operations.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyWords:
    """How roles are called here, whom the incident's policy adds to steps, rules that are off.

    `sources` are the documented policies that it follows (S000 …).
    `unconfirmed` holds the rules that nobody here has confirmed yet, by id. `same_person`: the
    online safety coordinator is the DSL, and is told once.
    """

    titles: Mapping[str, str]
    sources: tuple[str, ...] = ()
    tells: tuple[Tell, ...] = ()
    unconfirmed: Mapping[str, Switch]
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
    policy = load_policy(policy_of(workspace.log.checklists.of(incident_id)))
    return PolicyWords(
        titles=titles(workspace),
        sources=policy.sources,
        tells=policy.tells,
        unconfirmed={
            one.id: one for one in load_switches().switches if one.id not in own.switches
        },
        same_person=own.osc_is_dsl,
    )
