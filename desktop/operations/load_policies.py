"""Reads the policy profiles that come with the program, and the rules that are not certain."""

from functools import cache
from pathlib import Path

from desktop.domain.policies import Policy
from desktop.domain.policy_text import parse_everywhere, parse_policy
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


def _policy_file(name: str, folder: Path | None) -> str:
    path = (folder or resource_path("policies")) / f"{name}.toml"
    return path.read_text(encoding="utf-8")
