"""Reads the data files that come with the program; a damaged one goes on as a log kept it.

A damaged file never stops the program: what stands in for one that no log kept hides no deadline
and no stop.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

from desktop.domain.calendar.times import Moment
from desktop.domain.errors import ProcedureInvalid
from desktop.domain.evidence.platforms import NO_PLATFORMS, parse_platforms
from desktop.domain.log.retention import NO_CLASSES, parse_retention
from desktop.domain.policy.laws import Laws, parse_laws
from desktop.domain.policy.own_copy import STRICTEST
from desktop.domain.policy.policies import Policy
from desktop.domain.policy.policy_lines import parse_program
from desktop.domain.policy.policy_text import parse_everywhere, parse_policy
from desktop.domain.policy.sources import NO_SOURCES, parse_sources
from desktop.domain.policy.switches import Switches, parse_switches
from desktop.domain.program_data import DamagedFile, ProgramData, stand_in
from desktop.domain.steps.vanishing import parse_vanishing
from desktop.domain.steps.worksheet_text import parse_worksheet
from desktop.domain.steps.worksheets import Worksheet
from desktop.operations.read_data import read_data
from desktop.resources import resource_path

POLICIES = (
    "training-provider-social-media",
    "apprenticeship-provider",
    "alternative-provision",
    "training-provider",
    "pupil-referral-unit",
    STRICTEST,
)
WORKSHEETS = ("ceop", "childrens-services", "iwf", "lado", "prevent", "report-harmful-content")
_EVERYWHERE = "policies/everywhere"

Whole = TypeVar("Whole")
Parse = Callable[[str, str], Whole]


@dataclass(frozen=True, slots=True)
class KeptText:
    """The last good text of a file that a log holds, and since when it does."""

    text: str
    at: Moment


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """What the files say, and the text of each that is good: name -> text."""

    data: ProgramData
    good: Mapping[str, str]


def read_program_data(folder: Path | None = None) -> ProgramData:
    """Return what the files of the program say, for which no log kept anything yet."""
    return read_program_files(lambda _name: None, folder).data


def read_program_files(
    find_kept: Callable[[str], KeptText | None], folder: Path | None = None
) -> ReadFiles:
    """Return what the files say; a damaged one says what the text says that was kept of it."""
    files = _Files(folder or resource_path(), find_kept)
    read = files.read
    data = ProgramData(
        policies=_read_policies(files),
        switches=read("policies/switches", _switches, Switches(checked="", switches=())),
        sources=read("policies/sources", _sources, NO_SOURCES),
        laws=read("policies/laws", _laws, Laws(laws=())),
        places=read("policies/program", _program, ()),
        worksheets=_read_worksheets(files),
        vanishing=read("vanishing", _vanishing, ()),
        platforms=read("platforms", _platforms, NO_PLATFORMS),
        retention=read("policies/retention", _retention, NO_CLASSES),
        # The last of all: it is filled while the others are read.
        damaged=tuple(files.damaged),
    )
    return ReadFiles(data, files.good)


def _read_policies(files: "_Files") -> tuple[Policy, ...]:
    """Read the profiles that can be chosen, the strictest last."""
    files.read(_EVERYWHERE, _everywhere, None)
    parse = partial(_policy, files.used.get(_EVERYWHERE, ""))
    strictest = files.read(f"policies/{STRICTEST}", parse, stand_in(STRICTEST))
    others = POLICIES[:-1]
    read = [files.read(f"policies/{one}", parse, stand_in(one, strictest)) for one in others]
    return (*read, strictest)


def _read_worksheets(files: "_Files") -> Mapping[str, Worksheet]:
    """Read those of the program and whatever lies beside them; a damaged one is left out."""
    there = {path.stem for path in (files.folder / "worksheets").glob("*.toml")}
    read = (
        files.read(f"worksheets/{name}", _worksheet, None)
        for name in sorted(there | set(WORKSHEETS))
    )
    return {one.id: one for one in read if one is not None}


class _Files:
    """Reads one file after the other, and remembers which were good and which were not."""

    def __init__(self, folder: Path, find_kept: Callable[[str], KeptText | None]) -> None:
        self.folder = folder
        self._find_kept = find_kept
        self.good: dict[str, str] = {}
        self.used: dict[str, str] = {}
        self.damaged: list[DamagedFile] = []

    def read(self, name: str, parse: Parse[Whole], instead: Whole) -> Whole:
        """Return what a file says, else what was kept of it says, else `instead`."""
        path = self.folder / f"{name}.toml"
        found = read_data(path, partial(_with_text, parse), None)
        if found.whole is not None:
            whole, text = found.whole
            self.good[name] = self.used[name] = text
            return whole
        kept = self._find_kept(name)
        try:
            whole = parse(kept.text, path.name) if kept else instead
        except ProcedureInvalid:
            # It was good for an earlier program, and this one cannot read it any more.
            kept, whole = None, instead
        if kept:
            self.used[name] = kept.text
        self.damaged.append(
            DamagedFile(name=name, problems=found.problems, kept_at=kept.at if kept else None)
        )
        return whole


def _with_text(parse: Parse[Whole], text: str, file_name: str) -> tuple[Whole, str]:
    return parse(text, file_name), text


# A log is unlocked many times a day: the same text is read once (60 ms for all of them).
_everywhere = lru_cache(maxsize=4)(parse_everywhere)
_switches = lru_cache(maxsize=4)(parse_switches)
_sources = lru_cache(maxsize=4)(parse_sources)
_laws = lru_cache(maxsize=4)(parse_laws)
_program = lru_cache(maxsize=4)(parse_program)
_vanishing = lru_cache(maxsize=4)(parse_vanishing)
_platforms = lru_cache(maxsize=4)(parse_platforms)
_retention = lru_cache(maxsize=4)(parse_retention)


@lru_cache(maxsize=4 * len(POLICIES))
def _policy(everywhere: str, text: str, file_name: str) -> Policy:
    policy = parse_policy(text, file_name, everywhere=_everywhere(everywhere, "everywhere.toml"))
    _check_id(policy.id, file_name)
    return policy


@lru_cache(maxsize=4 * len(WORKSHEETS))
def _worksheet(text: str, file_name: str) -> Worksheet:
    worksheet = parse_worksheet(text, file_name)
    _check_id(worksheet.id, file_name)
    return worksheet


def _check_id(own: str, file_name: str) -> None:
    if f"{own}.toml" != file_name:
        problem = f"{file_name}: its id is {own}. Name the file after it."
        raise ProcedureInvalid((problem,))
