"""Reads the policy profiles that come with the program, and the rules that are not certain."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from desktop.domain.laws import Laws, parse_laws
from desktop.domain.policies import Policy
from desktop.domain.policy_lines import (
    PolicyLine,
    ProgramPlace,
    find_places,
    parse_program,
    policy_lines,
)
from desktop.domain.policy_text import parse_everywhere, parse_policy
from desktop.domain.procedures import Procedure
from desktop.domain.sources import Sources, parse_sources
from desktop.domain.switches import Switches, parse_switches
from desktop.resources import resource_path

POLICIES = (
    "training-provider-social-media",
    "apprenticeship-provider",
    "alternative-provision",
    "training-provider",
    "pupil-referral-unit",
    "strictest",
)


@cache
def load_policy(name: str, folder: Path | None = None) -> Policy:
    """Return a policy profile that comes with the program; raises ProcedureInvalid."""
    everywhere = parse_everywhere(_policy_file("everywhere", folder), "everywhere.toml")
    return parse_policy(_policy_file(name, folder), f"{name}.toml", everywhere)


@cache
def load_policies(folder: Path | None = None) -> tuple[Policy, ...]:
    """Return the profiles that can be chosen, the strictest last; raises ProcedureInvalid."""
    return tuple(load_policy(name, folder) for name in POLICIES)


@cache
def load_switches(folder: Path | None = None) -> Switches:
    """Return the rules that are not certain; raises ProcedureInvalid."""
    return parse_switches(_policy_file("switches", folder), "switches.toml")


@cache
def load_sources(folder: Path | None = None) -> Sources:
    """Return the register of sources; raises ProcedureInvalid."""
    return parse_sources(_policy_file("sources", folder), "sources.toml")


@cache
def load_laws(folder: Path | None = None) -> Laws:
    """Return the laws and guidance in their present wording; raises ProcedureInvalid."""
    return parse_laws(_policy_file("laws", folder), "laws.toml")


@cache
def load_program(folder: Path | None = None) -> tuple[ProgramPlace, ...]:
    """Return the fields and rules of the program that carry policies; raises ProcedureInvalid."""
    return parse_program(_policy_file("program", folder), "program.toml")


def load_policy_lines(procedures: Mapping[str, Procedure]) -> tuple[PolicyLine, ...]:
    """Return every line of the policies with where it is kept; raises ProcedureInvalid."""
    places = find_places(procedures, load_policies(), load_laws(), load_program())
    return policy_lines(places)


def _policy_file(name: str, folder: Path | None) -> str:
    path = (folder or resource_path("policies")) / f"{name}.toml"
    return path.read_text(encoding="utf-8")
