"""Which platform an address belongs to, and what the form about an item asks for its medium."""

import re
from dataclasses import dataclass

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.evidence.items import ORIGIN_FIELDS, ItemKind
from desktop.domain.incidents import PLATFORMS
from desktop.domain.toml_table import Table, open_table

_ADDRESS = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#:]+)(?::\d+)?([^?#]*)\??([^#]*)", re.I)
_PIECE = re.compile(r"(@?)\{(handle|post)\}")
_MESSAGES = frozenset({ItemKind.CHAT})
_FILES = frozenset(
    {
        ItemKind.PDF,
        ItemKind.SOUND,
        ItemKind.VIDEO,
        ItemKind.OFFICE,
        ItemKind.ARCHIVE,
        ItemKind.FILE,
    }
)
_LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class MediumAsks:
    """Which fields of an origin the form asks for at once, and which when more is wanted."""

    id: str
    name: str
    asks: tuple[str, ...]
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A platform: its hosts, how its addresses name posts and profiles, and a trap to mind."""

    name: str
    medium: str
    hosts: tuple[str, ...]
    posts: tuple[str, ...]
    profiles: tuple[str, ...]
    profile: str
    not_handles: tuple[str, ...]
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Platforms:
    """Everything that is known of platforms, as it comes with the program."""

    checked: str
    media: tuple[MediumAsks, ...]
    platforms: tuple[Platform, ...]

    def medium(self, kind: ItemKind, platform: str) -> MediumAsks:
        """Return what is asked about an item of this kind, from this platform ('' if unknown)."""
        found = self.named(platform)
        if kind is ItemKind.MAIL:
            wanted = "mail"
        elif kind in _MESSAGES or (found and found.medium == "message"):
            wanted = "message"
        else:
            wanted = "file" if kind in _FILES else "page"
        return next(medium for medium in self.media if medium.id == wanted)

    def named(self, name: str) -> Platform | None:
        """Return the platform of this name, or None."""
        return next((one for one in self.platforms if one.name == name), None)


NO_PLATFORMS = Platforms(
    checked="",
    media=tuple(
        MediumAsks(id=one, name="", asks=ORIGIN_FIELDS, more=())
        for one in ("page", "message", "mail", "file")
    ),
    platforms=(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressFacts:
    """What an address tells without being opened; '' for what it does not tell."""

    platform: str
    handle: str = ""
    post_id: str = ""
    profile_url: str = ""


def read_address(address: str, platforms: Platforms) -> AddressFacts:
    """Return what an address tells; a site that is not known is a website, forum or blog."""
    match = _ADDRESS.match(address.strip())
    if match is None:
        return AddressFacts(platform="")
    host, path, query = match[1].lower(), match[2], match[3]
    for platform in platforms.platforms:
        if any(host == own or host.endswith(f".{own}") for own in platform.hosts):
            return _read(platform, path, query)
    return AddressFacts(platform="Website, forum or blog")


def parse_platforms(text: str, file_name: str) -> Platforms:
    """Return the platforms written in `text`; raises ProcedureInvalid with all problems."""
    problems: list[str] = []
    table = open_table(text, file_name, problems)
    found = Platforms(
        checked=table.text("checked"),
        media=table.tables("media", "medium", _medium),
        platforms=table.tables("platforms", "platform", _platform),
    )
    table.finish()
    known = {medium.id for medium in found.media}
    problems += [
        f"{file_name}: “{one.name}” has the medium “{one.medium}”. Use one of the media above."
        for one in found.platforms
        if one.medium not in known
    ]
    problems += [
        f"{file_name}: the medium “{wanted}” is missing. Add it."
        for wanted in ("page", "message", "mail", "file")
        if wanted not in known
    ]
    if problems:
        raise ProcedureInvalid(tuple(problems))
    return found


def _medium(table: Table) -> MediumAsks:
    made = MediumAsks(
        id=table.text("id"),
        name=table.text("name"),
        asks=table.texts("asks"),
        more=table.texts("more"),
    )
    for name in (*made.asks, *made.more):
        if name not in ORIGIN_FIELDS:
            table.say(f"“{name}” is not a field of an origin", "Correct or remove it")
    return made


def _platform(table: Table) -> Platform:
    made = Platform(
        name=table.text("name"),
        medium=table.text("medium"),
        hosts=table.texts("hosts"),
        posts=table.texts("posts"),
        profiles=table.texts("profiles"),
        profile=table.text("profile", ""),
        not_handles=table.texts("not_handles"),
        hint=table.text("hint"),
    )
    if made.name not in PLATFORMS:
        table.say(f"“{made.name}” is not in the list of platforms", "Use a name of that list")
    return made


def _read(platform: Platform, path: str, query: str) -> AddressFacts:
    values = _first_match(platform.posts, path, query) or {}
    if not values or not _is_handle(platform, values.get("handle", "x")):
        values = _first_match(platform.profiles, path, query) or {}
    handle = values.get("handle", "")
    if not _is_handle(platform, handle):
        handle = ""
    return AddressFacts(
        platform=platform.name,
        handle=f"@{handle}" if handle and not handle.isdigit() else handle,
        post_id=values.get("post", ""),
        profile_url=platform.profile.format(handle=handle) if handle and platform.profile else "",
    )


def _is_handle(platform: Platform, handle: str) -> bool:
    return handle.lower() not in platform.not_handles


def _first_match(templates: tuple[str, ...], path: str, query: str) -> dict[str, str] | None:
    for template in templates:
        found = _match(template, path, query)
        if found is not None:
            return found
    return None


def _match(template: str, path: str, query: str) -> dict[str, str] | None:
    """Match a path piece by piece; a template that ends in /* takes any pieces more."""
    wanted_path, _mark, wanted_query = template.partition("?")
    wanted = [piece for piece in wanted_path.split("/") if piece]
    given = [piece for piece in path.split("/") if piece]
    if len(given) > len(wanted) and wanted[-1] == "*":
        given = given[: len(wanted)]
    values: dict[str, str] = {}
    if len(given) != len(wanted) or not all(map(lambda w, g: _take(w, g, values), wanted, given)):
        return None
    if wanted_query:
        key, _equals, name = wanted_query.partition("=")
        parts = dict(part.partition("=")[::2] for part in query.split("&"))
        if not parts.get(key):
            return None
        return values if _take(name, parts[key], values) else None
    return values


def _take(wanted: str, given: str, values: dict[str, str]) -> bool:
    """Say whether one piece fits; keep it if it is a handle or the name of a post."""
    if wanted == "*":
        return True
    slot = _PIECE.fullmatch(wanted)
    if slot is None:
        return wanted.lower() == given.lower()
    if slot[1] and not given.startswith("@"):
        return False
    values[slot[2]] = given.removeprefix("@")[:_LONGEST]
    return True
