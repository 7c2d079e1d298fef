"""What a step says of those who act and are told follows the policy of its incident."""

from desktop.domain.contacts import Recipient
from desktop.domain.policy.policies import Tell
from desktop.operations.steps.show_policy_words import PolicyWords, show_policy_words
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import an_incident


def words(*, same_person: bool) -> PolicyWords:
    tell = Tell(step="P02-1", recipients=(Recipient.HEAD, Recipient.OSC), lines=())
    return PolicyWords(
        titles={"DSL": "Safeguarding Lead"},
        tells=(tell,),
        unconfirmed={},
        same_person=same_person,
    )


def test_the_policy_adds_to_whom_a_step_tells_and_names_nobody_twice() -> None:
    told = words(same_person=False).told("P02-1", ("DSL", "OSC"))
    assert told == (Recipient.DSL, Recipient.OSC, Recipient.HEAD)
    assert words(same_person=False).told("P02-2", ("POLICE",)) == (Recipient.POLICE,)


def test_one_person_with_both_roles_is_told_once() -> None:
    told = words(same_person=True).told("P02-1", ("DSL",))
    assert told == (Recipient.DSL, Recipient.HEAD)
    alone = words(same_person=True).told("P02-2", ("OSC",))
    assert alone == (Recipient.OSC,)


def test_a_role_has_the_title_that_is_used_here() -> None:
    assert words(same_person=True).title("DSL") == "Safeguarding Lead"
    assert words(same_person=True).title("SOMEBODY") == "SOMEBODY"


def test_the_incident_says_what_nobody_has_confirmed_yet(workspace: Workspace) -> None:
    shown = show_policy_words(workspace, an_incident(workspace))
    assert shown.titles["DSL"]
    assert "csa-duty" in shown.unconfirmed
    assert shown.unconfirmed["csa-duty"].check
    assert shown.same_person
