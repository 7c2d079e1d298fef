"""Whoever is not meant to be seen or named is found, in what was said and in the words."""

from dataclasses import replace

import pytest

from desktop.domain.evidence.items import Origin
from desktop.domain.evidence.leaks import Known, Leak, know_person, named_in, seen_in, unsaid
from desktop.domain.identifiers import AccountId, IncidentId, PersonId
from desktop.domain.people import Account, Person
from tests.situations import item

RILEY = Person(id=PersonId("r"), name="Riley  Anne Example-Owl")
HANDLE = Account(
    id=AccountId("a"), incident_id=IncidentId("i"), person_id=PersonId("r"), handle="@night.owl"
)
NOBODY: frozenset[str] = frozenset()


def known(person: Person = RILEY, *, of_incident: bool = True) -> Known:
    return know_person(person, [HANDLE], of_incident=of_incident)


def test_a_person_is_known_by_name_parts_and_accounts() -> None:
    assert known().words == (
        "Riley Anne Example-Owl", "Riley", "Anne", "Example", "Owl", "night.owl",
    )  # fmt: skip
    unnamed = know_person(Person(id=PersonId("u")), [HANDLE])
    assert (unnamed.who, unnamed.words) == ("somebody unnamed", ())
    assert "Al" not in know_person(Person(id=PersonId("x"), name="Al Xi")).words


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("told riley's tutor", "Riley"),
        ("Riley\nAnne  Example-Owl was there", "Riley Anne Example-Owl"),
        ("from @NIGHT.OWL at nine", "night.owl"),
        ("an EXAMPLE of it", "Example"),
        ("see @riley99", "Riley"),
        ("x_riley_x", "Riley"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, by: str) -> None:
    who = "Riley Anne Example-Owl"
    assert named_in({"01 Summary": text}, [known()], NOBODY) == (
        Leak(where="01 Summary", who=who, by=by),
    )


@pytest.mark.parametrize("text", ["", "Rileyville", "joanne", "growling"])
def test_other_words_are_not_names(text: str) -> None:
    assert named_in({"a": text}, [known()], NOBODY) == ()


def test_who_is_on_the_list_may_be_named_and_seen() -> None:
    allowed = frozenset({"r"})
    assert named_in({"a": "Riley"}, [known()], allowed) == ()
    shown = replace(item(), origin=Origin(people_seen="r"))
    assert seen_in([shown], [known()], allowed) == ()


def test_people_of_other_incidents_are_a_warning_only() -> None:
    (leak,) = named_in({"a": "Riley"}, [known(of_incident=False)], NOBODY)
    assert not leak.blocks


def test_what_was_said_of_an_item_counts() -> None:
    shown = replace(item(), origin=Origin(people_seen="r+gone", others_seen="a passer-by"))
    mark = str(shown.mark)
    assert seen_in([shown], [known()], NOBODY) == (
        Leak(where=mark, who="Riley Anne Example-Owl"),
        Leak(where=mark, who="somebody who is in the log no more"),
        Leak(where=mark, who="a passer-by", blocks=False),
    )
    other = seen_in([shown], [known(of_incident=False)], frozenset({"gone"}))
    assert [leak.blocks for leak in other] == [False, False]
    nobody = replace(item(), origin=Origin(others_seen="Nobody."))
    assert seen_in([nobody], [known()], frozenset()) == ()
    assert unsaid([nobody, shown, item()]) == (str(item().mark),)


def test_a_name_in_other_letters_is_found_and_one_that_nobody_sees_is_none() -> None:
    known = Known(id="x", who="x", words=("Jos\u00e9", "\u200b"))
    (leak,) = named_in({"a": "so Jose\u0301 and"}, [known], frozenset())
    assert leak.by == "Jos\u00e9"
    assert named_in({"a": "nobody"}, [known], frozenset()) == ()
