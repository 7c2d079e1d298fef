"""What an address tells of itself, and what is asked about an item of which medium."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.evidence.items import ORIGIN_FIELDS, ItemKind
from desktop.domain.evidence.platforms import (
    AddressFacts,
    Platforms,
    parse_platforms,
    read_address,
)
from desktop.domain.incidents import PLATFORMS
from desktop.resources import resource_path

SHIPPED = parse_platforms(
    resource_path("platforms.toml").read_text(encoding="utf-8"), "platforms.toml"
)


def told(address: str) -> tuple[str, str, str]:
    facts = read_address(address, SHIPPED)
    return facts.platform, facts.handle, facts.post_id


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.instagram.com/p/Cx1_/?igsh=1", ("Instagram", "", "Cx1_")),
        ("https://instagram.com/nightowl_77/", ("Instagram", "@nightowl_77", "")),
        ("https://instagram.com/nightowl_77/reel/Cx", ("Instagram", "@nightowl_77", "Cx")),
        ("https://instagram.com/explore/tags/x", ("Instagram", "", "")),
        ("https://www.tiktok.com/@ow.l/video/734?lang=en", ("TikTok", "@ow.l", "734")),
        ("https://www.tiktok.com/ow.l", ("TikTok", "", "")),
        ("https://X.com/NightOwl/status/18/photo/1", ("X", "@NightOwl", "18")),
        ("https://twitter.com/home", ("X", "", "")),
        ("https://m.facebook.com/profile.php?id=1000&x=2", ("Facebook", "1000", "")),
        ("https://www.facebook.com/permalink.php?story_fbid=9", ("Facebook", "", "9")),
        ("https://www.facebook.com/photo.php?id=9", ("Facebook", "", "")),
        ("https://www.youtube.com/watch?v=abc&t=3", ("YouTube", "", "abc")),
        ("https://youtu.be/abc", ("YouTube", "", "abc")),
        ("https://discord.com/channels/1/2/3", ("Discord", "", "3")),
        ("https://name@x.com.elsewhere.example/a", ("Website, forum or blog", "", "")),
        ("http://chatter.example:8080/board/12?thread=88", ("Website, forum or blog", "", "")),
        ("nonsense", ("", "", "")),
        ("", ("", "", "")),
    ],
)
def test_an_address_tells_without_being_opened(
    address: str, expected: tuple[str, str, str]
) -> None:
    assert told(address) == expected


def test_the_address_of_the_profile_is_given_too() -> None:
    facts = read_address("https://x.com/nightowl/status/18", SHIPPED)
    assert facts.profile_url == "https://x.com/nightowl"


@given(
    st.text(max_size=80), st.sampled_from([host for p in SHIPPED.platforms for host in p.hosts])
)
def test_no_address_is_too_odd(path: str, host: str) -> None:
    facts = read_address(f"https://{host}/{path}", SHIPPED)
    assert isinstance(facts, AddressFacts)
    assert facts.platform in (*PLATFORMS, "")


@pytest.mark.parametrize(
    ("kind", "platform", "medium"),
    [
        (ItemKind.SCREEN, "", "page"),
        (ItemKind.SCREEN_REGION, "Instagram", "page"),
        (ItemKind.SCREEN, "Snapchat", "message"),
        (ItemKind.CHAT, "", "message"),
        (ItemKind.MAIL, "Instagram", "mail"),
        (ItemKind.VIDEO, "", "file"),
        (ItemKind.SAVED_PAGE, "Other", "page"),
    ],
)
def test_only_what_the_medium_has_is_asked(kind: ItemKind, platform: str, medium: str) -> None:
    assert SHIPPED.medium(kind, platform).id == medium


def test_a_medium_asks_for_little_at_once() -> None:
    for medium in SHIPPED.media:
        assert len(medium.asks) <= 4
        assert not set(medium.asks) & set(medium.more)
        assert set(medium.asks) | set(medium.more) <= set(ORIGIN_FIELDS)


def test_every_platform_of_the_list_is_known_but_the_vague_ones() -> None:
    vague = {"Website, forum or blog", "Other"}
    assert set(PLATFORMS) - vague == {one.name for one in SHIPPED.platforms}


TEXT = """
checked = "2026-11-21"
media = [
  { id = "page", name = "A page", asks = ["colour"], more = [] },
  { id = "message", name = "A message", asks = [], more = [] },
  { id = "mail", name = "A mail", asks = [], more = [] },
]
[[platforms]]
name = "Chatter"
medium = "smoke"
hosts = []
posts = []
profiles = []
not_handles = []
hint = "None."
"""


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(ProcedureInvalid) as raised:
        parse_platforms(TEXT, "mine.toml")
    said = " ".join(raised.value.problems)
    for word in ("colour", "Chatter", "smoke", "“file” is missing"):
        assert word in said


def test_a_platform_without_name_is_not_found() -> None:
    assert SHIPPED.named("") is None
    assert replace(SHIPPED, platforms=()).named("X") is None
    assert isinstance(SHIPPED, Platforms)
