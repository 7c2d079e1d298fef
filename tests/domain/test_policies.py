import pytest

from desktop.domain.contacts import Recipient
from desktop.domain.errors import ProcedureInvalid
from desktop.domain.policy_text import parse_policy
from desktop.domain.procedures import Basis
from desktop.operations.load_policies import load_policy

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
    policy = load_policy("training-provider")
    assert policy.title_of("CHAMPION") == "Safeguarding Champion (board)"
    assert policy.title_of("LINE-MGR") == "LINE-MGR"
    limits = {one.id: one.basis for one in policy.limits}
    assert limits["D3"] is Basis.DOCUMENTED
    assert limits["SAME-DAY"] is Basis.LOCAL
    assert {Recipient.LA_ESO, Recipient.LADO, Recipient.CSC} <= {
        one.recipient for one in policy.services
    }
    assert all(one.last_checked for one in policy.services if one.address)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id =", "line 1 (“id =”): what follows the = is no value"),
        (POLICY + "colour = 3", "`colour` is not a key"),
        (POLICY.replace('"DSL"', '"BOSS"'), "the role BOSS is not known"),
        (POLICY.replace('role = "DSL"', ""), "`role` is missing"),
        (
            POLICY + '[[services]]\nrecipient = "CSC"\nlabel = "x"\naddress = "1"',
            "an address has no date",
        ),
    ],
)
def test_a_faulty_policy_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ProcedureInvalid) as error:
        parse_policy(text, "x.toml")
    assert words in "\n".join(error.value.problems)
