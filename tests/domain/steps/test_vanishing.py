"""What vanishes first stands first, as far as platforms and places are known."""

import pytest

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.steps.procedure_checks import OWN_WORDS
from desktop.domain.steps.vanishing import Vanishing, first_to_go, parse_vanishing
from desktop.resources import resource_path

SHIPPED = parse_vanishing(
    resource_path("vanishing.toml").read_text(encoding="utf-8"), "vanishing.toml"
)
ENTRY = """
checked = "2026-11-21"
[[vanishing]]
what = "CCTV"
short = "CCTV after 30 days"
lasts = "30 days"
hours = 720
to_do = "Ask today."
reference = "own"
"""


def whats(found: tuple[Vanishing, ...]) -> list[str]:
    return [one.what for one in found]


def test_what_goes_first_stands_in_front() -> None:
    hours = [one.hours for one in SHIPPED]
    assert hours == sorted(hours)
    assert first_to_go(SHIPPED, (), ()) == SHIPPED
    wanted = ("Stories and statuses", "CCTV", "Logs of our own network, Wi-Fi and filter")
    places = [whats(SHIPPED).index(one) for one in wanted]
    assert places == sorted(places)


def test_the_platform_decides_where_it_is_known() -> None:
    found = whats(first_to_go(SHIPPED, ["E-mail"], ["private"]))
    assert "Mail in the deleted items or the junk folder" in found
    assert "CCTV" in found
    assert "Snapchat chats" not in found
    assert "Pictures and messages that can be viewed once" not in found


def test_the_place_decides_where_no_platform_is_known() -> None:
    found = whats(first_to_go(SHIPPED, [], ["site"]))
    assert "Stories and statuses" in found
    assert "Messages set to disappear" not in found
    # On which platform it happened is not said yet: what hangs on that alone may still be there.
    assert {"Voicemail", "Voice chats, calls and live streams"} <= set(found)
    assert found[0] == "Posts, comments and profiles"
    private = whats(first_to_go(SHIPPED, [], ["private"]))
    assert {"Messages set to disappear", "Snapchat chats", "Voicemail"} <= set(private)


def test_the_platform_alone_takes_away_nothing_that_hangs_on_the_place() -> None:
    (cctv,) = parse_vanishing(ENTRY + 'places = ["person"]\n', "vanishing.toml")
    assert first_to_go((cctv,), ["Snapchat"], []) == (cctv,)
    assert first_to_go((cctv,), ["Snapchat"], ["site"]) == ()


def test_each_says_what_to_do_and_on_what_it_rests() -> None:
    for one in SHIPPED:
        assert one.to_do.endswith("."), one.what
        assert one.source.reference in OWN_WORDS | {"E4", "E5", "E6"}, one.what


def test_problems_name_the_entry_and_the_cure() -> None:
    wrong = ENTRY + 'platforms = ["Myspace"]\nplaces = ["school"]\nodd = 1\n'
    with pytest.raises(ProcedureInvalid) as caught:
        parse_vanishing(wrong, "vanishing.toml")
    said = " ".join(caught.value.problems)
    assert "vanishing.toml, entry 1: the platform “Myspace” is not known. Use one of:" in said
    assert "the place “school” is not known. Use one of: fake, own" in said
    assert "`odd` is not a key" in said
    assert parse_vanishing(ENTRY, "vanishing.toml")[0].lasts == "30 days"
