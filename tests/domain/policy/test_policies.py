import pytest

from desktop.domain.contacts import Recipient
from desktop.domain.errors import ProcedureInvalid
from desktop.domain.incidents import Category
from desktop.domain.policy.policy_text import parse_everywhere, parse_policy
from desktop.domain.steps.procedures import Basis
from tests.situations import procedures
from tests.workspaces import own_data

POLICY = """
id = "x"
title = "Policy"
sources = ["S003"]
checked = "2026-11-20"
[[titles]]
role = "DSL"
title = "Lead"
lines = [{ reference = "S003:40", quote = "x" }]
"""


def test_the_training_providers_policy_names_roles_limits_and_services() -> None:
    policy = own_data().policy("training-provider")
    assert policy.title_of("CHAMPION") == "Safeguarding Champion (board)"
    assert policy.title_of("LINE-MGR") == "LINE-MGR"
    limits = {one.id: one.basis for one in policy.limits}
    assert limits["D3"] is Basis.DOCUMENTED
    assert limits["SAME-DAY"] is Basis.LOCAL
    assert {Recipient.LA_ESO, Recipient.LADO, Recipient.CSC} <= {
        one.recipient for one in policy.services
    }
    assert all(one.last_checked for one in policy.services if one.address)


def test_each_policy_says_what_it_is_in_every_part() -> None:
    for policy in own_data().policies:
        assert policy.meaning, policy.id
        assert policy.note, policy.id
        assert policy.limits, policy.id
        assert policy.services, policy.id
        assert policy.standing == ("S7", "S8"), policy.id
        if policy.id != "strictest":
            assert len(policy.sources) == 1, policy.id
            for part in (policy.definitions, policy.categories, policy.slips):
                assert part, policy.id


def test_an_entry_rests_on_lines_of_its_own_policy() -> None:
    for policy in own_data().policies:
        if policy.id == "strictest":
            continue
        own = (policy.titles, policy.duties, policy.definitions, policy.tells)
        references = {line.reference for part in own for one in part for line in one.lines}
        assert {one.partition(":")[0] for one in references} == set(policy.sources), policy.id


def test_every_category_has_its_origin() -> None:
    known = {one.category for policy in own_data().policies for one in policy.categories}
    assert known == set(Category)
    for policy in own_data().policies:
        listed = [one.category for one in policy.categories]
        assert len(listed) == len(set(listed)), policy.id
        assert Category.CSH in listed, policy.id


def test_a_standing_duty_comes_up_again() -> None:
    social = own_data().policy("training-provider-social-media")
    assert "S000-ceop-link" in {one.id for one in social.standing_duties}
    champion = own_data().policy("training-provider")
    assert "S003-champion" in {one.id for one in champion.standing_duties}
    assert "S003-no-blame" not in {one.id for one in champion.standing_duties}


def test_a_policy_adds_whom_a_step_tells() -> None:
    policy = own_data().policy("alternative-provision")
    (tell,) = (one for one in policy.tells if one.step == "P09-3")
    assert tell.recipients == (Recipient.SLT, Recipient.DSL)
    assert tell.lines[0].reference == "S002:54"
    assert "P00-1" not in {one.step for one in policy.tells}


def test_a_limit_of_the_policy_stands_in_place_of_the_common_one() -> None:
    common = parse_everywhere(
        '[[limits]]\nid = "D3"\ntext = "soon"\nlines = [{ reference = "L1" }]\nbasis = "local"\n'
        '[[limits]]\nid = "D5"\ntext = "one day"\nlines = [{ reference = "L1" }]\n'
        'basis = "documented"',
        "everywhere.toml",
    )
    text = f'{POLICY}\n[[limits]]\nid = "D3"\ntext = "at once"\nbasis = "documented"\n'
    policy = parse_policy(f'{text}lines = [{{ reference = "S003:36" }}]', "x.toml", common)
    assert [(one.id, one.text, one.reference) for one in policy.limits] == [
        ("D3", "at once", "S003:36"),
        ("D5", "one day", "L1"),
    ]


def test_every_clock_of_a_step_is_listed_where_it_runs() -> None:
    clocks = [
        clock for each in procedures().values() for step in each.steps for clock in step.deadlines
    ]
    assert clocks
    for policy in own_data().policies:
        listed = {limit.id for limit in policy.limits}
        runs = {
            one.id
            for one in clocks
            if not one.policies or not set(policy.sources).isdisjoint(one.policies)
        }
        assert runs <= listed, policy.id


def test_a_clock_that_one_policy_sets_is_listed_under_that_one_alone() -> None:
    clocks = [
        clock for each in procedures().values() for step in each.steps for clock in step.deadlines
    ]
    bound = {one.id for one in clocks if one.policies} - {
        one.id for one in clocks if not one.policies
    }
    assert {"D1", "D2", "D4", "D11"} <= bound
    for policy in own_data().policies:
        listed = {limit.id for limit in policy.limits} & bound
        setters = {
            one.id for one in clocks if not set(policy.sources).isdisjoint(one.policies)
        } & bound
        assert listed == setters, policy.id


def test_ids_are_unique_within_a_policy() -> None:
    for policy in own_data().policies:
        for part in (policy.duties, policy.limits, policy.slips):
            ids = [one.id for one in part]
            assert len(ids) == len(set(ids)), policy.id


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id =", "line 1 (“id =”): what follows the = is no value"),
        (POLICY + "colour = 3", "`colour` is not a key"),
        (POLICY.replace('"DSL"', '"BOSS"'), "the role BOSS is not known"),
        (POLICY.replace('role = "DSL"', ""), "`role` is missing"),
        (POLICY.replace("S003:40", "page 4"), "the reference “page 4” has the wrong form"),
        (POLICY.replace("S003:40", "own"), "the line “own” is nobody's words"),
        (
            POLICY + '[[tells]]\nstep = "P01-1"\nlines = [{ reference = "S003:181" }]',
            "it tells nobody",
        ),
        (POLICY + '[[duties]]\nid = "x"\ntitle = "x"\ntext = "x"\nwho = "DSL"', "no line"),
        (
            POLICY + '[[services]]\nrecipient = "CSC"\nlabel = "x"\naddress = "1"',
            "an address has no date",
        ),
        (POLICY.replace('["S003"]', '["S03"]'), "the policy S03 is not known. Use one of: S000"),
        (POLICY.replace('["S003"]', "[]"), "it follows no policy. Add sources"),
        (
            POLICY.replace('checked = "2026', 'checked = "in November 2026'),
            'which is no date. Write it as "2026-11-20".',
        ),
    ],
)
def test_a_faulty_policy_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ProcedureInvalid) as error:
        parse_policy(text, "x.toml")
    assert words in "\n".join(error.value.problems)
