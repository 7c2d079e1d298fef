"""Reads the policy profiles that come with the program, and the rules that are not certain.

A damaged file never stops the program: what stands in for it hides no deadline and no stop.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from desktop.domain.policy.laws import Laws, parse_laws
from desktop.domain.policy.own_copy import STRICTEST
from desktop.domain.policy.policies import Everywhere, Policy
from desktop.domain.policy.policy_lines import (
    PolicyLine,
    ProgramPlace,
    find_places,
    parse_program,
    policy_lines,
)
from desktop.domain.policy.policy_text import parse_everywhere, parse_policy
from desktop.domain.policy.sources import Sources, parse_sources
from desktop.domain.policy.switches import Switches, parse_switches
from desktop.domain.steps.procedures import POLICY_SOURCES, Procedure
from desktop.operations.read_data import ReadData, read_data
from desktop.resources import resource_path

POLICIES = (
    "training-provider-social-media",
    "apprenticeship-provider",
    "alternative-provision",
    "training-provider",
    "pupil-referral-unit",
    STRICTEST,
)
_NOTHING = parse_everywhere("", "everywhere.toml")
_NO_FILE = Policy(
    id=STRICTEST,
    title="Strictest deadlines and stops of all",
    sources=POLICY_SOURCES,
    checked="",
    note="The file of this policy is damaged. Every deadline of the five policies runs.",
)


def load_policy(name: str, folder: Path | None = None) -> Policy:
    """Return a policy profile; where it is damaged, one under which the strictest count."""
    return read_policy(name, folder).whole


@cache
def read_policy(name: str, folder: Path | None = None) -> ReadData[Policy]:
    """Return a policy profile, and what is wrong with its file."""
    everywhere = read_everywhere(folder).whole
    parse = partial(parse_policy, everywhere=everywhere)
    return read_data(_path(name, folder), parse, _stand_in(name, folder))


@cache
def read_everywhere(folder: Path | None = None) -> ReadData[Everywhere]:
    """Return what holds under every policy, and what is wrong with its file."""
    return read_data(_path("everywhere", folder), parse_everywhere, _NOTHING)


@cache
def load_policies(folder: Path | None = None) -> tuple[Policy, ...]:
    """Return the profiles that can be chosen, the strictest last."""
    return tuple(load_policy(name, folder) for name in POLICIES)


def load_switches(folder: Path | None = None) -> Switches:
    """Return the rules that are not certain; none where their file is damaged."""
    return read_switches(folder).whole


@cache
def read_switches(folder: Path | None = None) -> ReadData[Switches]:
    """Return the rules that are not certain, and what is wrong with their file."""
    path = _path("switches", folder)
    return read_data(path, parse_switches, Switches(checked="", switches=()))


def load_sources(folder: Path | None = None) -> Sources:
    """Return the register of sources; an empty one where its file is damaged."""
    return read_sources(folder).whole


@cache
def read_sources(folder: Path | None = None) -> ReadData[Sources]:
    """Return the register of sources, and what is wrong with its file."""
    return read_data(_path("sources", folder), parse_sources, Sources(sources=()))


def load_laws(folder: Path | None = None) -> Laws:
    """Return the laws and guidance in their present wording; none where the file is damaged."""
    return read_laws(folder).whole


@cache
def read_laws(folder: Path | None = None) -> ReadData[Laws]:
    """Return the laws and guidance, and what is wrong with their file."""
    return read_data(_path("laws", folder), parse_laws, Laws(laws=()))


def load_program(folder: Path | None = None) -> tuple[ProgramPlace, ...]:
    """Return the fields and rules of the program that carry policies."""
    return read_program(folder).whole


@cache
def read_program(folder: Path | None = None) -> ReadData[tuple[ProgramPlace, ...]]:
    """Return the fields and rules of the program, and what is wrong with their file."""
    return read_data(_path("program", folder), parse_program, ())


def load_policy_lines(procedures: Mapping[str, Procedure]) -> tuple[PolicyLine, ...]:
    """Return every line of the policies with where it is kept."""
    places = find_places(procedures, load_policies(), load_laws(), load_program())
    return policy_lines(places)


@cache
def policy_problems(folder: Path | None = None) -> tuple[str, ...]:
    """Return everything that is wrong with these files, each with its place and its cure."""
    found = (
        *(read_policy(name, folder).problems for name in POLICIES),
        read_everywhere(folder).problems,
        read_switches(folder).problems,
        read_sources(folder).problems,
        read_laws(folder).problems,
        read_program(folder).problems,
    )
    return tuple(problem for problems in found for problem in problems)


def _stand_in(name: str, folder: Path | None) -> Policy:
    """Return what counts while the file of a policy is damaged: the strictest of all."""
    if name == STRICTEST:
        return _NO_FILE
    words = name.replace("-", " ").capitalize()
    strictest = load_policy(STRICTEST, folder)
    return replace(strictest, id=name, title=f"{words} (its file is damaged)", note=_NO_FILE.note)


def _path(name: str, folder: Path | None) -> Path:
    return (folder or resource_path("policies")) / f"{name}.toml"
