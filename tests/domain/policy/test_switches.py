import pytest

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.policy.switches import parse_switches
from tests.situations import procedures
from tests.workspaces import own_data

EXPECTED = {
    "csa-duty", "funder-24h", "data-breach-72h", "lado-form-24h", "kcsie-2026",
    "working-together-2026", "self-harm-offence", "intimate-copying", "ukcis-triggers",
    "helpline-hours", "sealed-advice", "ceop-no-second-report",
}  # fmt: skip


def test_every_rule_that_is_not_certain_says_what_to_check() -> None:
    switches = own_data().switches
    assert switches.ids >= EXPECTED
    for one in switches.switches:
        assert one.check.endswith("?"), one.id
        assert one.where
        assert one.effect
        assert one.lines
    assert switches.switch("csa-duty").title == "Duty to report child sexual abuse"
    with pytest.raises(KeyError):
        switches.switch("no-such-rule")


def test_every_switch_that_a_step_or_limit_names_is_there() -> None:
    ids = own_data().switches.ids
    named = set()
    for procedure in procedures().values():
        for step in procedure.steps:
            named |= {one.unsure for one in step.authorities} | {
                one.switch for one in step.deadlines
            }
            facts = [fact for rule in step.rules for fact in (*rule.when, *rule.unless)]
            named |= {one.partition(":")[2] for one in facts if one.startswith(("on:", "off:"))}
    for policy in own_data().policies:
        named |= {one.switch for one in policy.limits}
        named |= {line.unsure for one in policy.limits for line in one.lines}
    assert named - {""} <= ids


def test_a_faulty_switch_is_refused_in_words() -> None:
    with pytest.raises(ProcedureInvalid) as error:
        parse_switches('checked = "x"\n[[switches]]\nid = "a"', "switches.toml")
    assert "switches.toml, switch a: `title` is missing" in "\n".join(error.value.problems)
