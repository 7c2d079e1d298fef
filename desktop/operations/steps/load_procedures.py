"""Reads every procedure that comes with the program, and checks that they fit together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.steps.procedure_checks import find_problems_together, place_of
from desktop.domain.steps.procedure_text import parse_procedure
from desktop.domain.steps.procedures import Procedure
from desktop.operations.read_data import read_data
from desktop.resources import resource_path

OF_THE_PROGRAM = (
    "P00", "P01", "P02", "P03", "P03B", "P04", "P05", "P06", "P07", "P08", "P09", "P10", "P11",
    "P12", "P13", "P14", "P15", "P16", "P17", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8",
    "S9",
)  # fmt: skip
# A log is unlocked many times a day: the same text is read once (55 ms for all of them).
_parse = lru_cache(maxsize=2 * len(OF_THE_PROGRAM))(parse_procedure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The procedures of a folder, or what is wrong with them: then there are none."""

    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def read_procedures(folder: Path | None = None) -> Loaded:
    """Return the program's procedures, or every problem that their folder has.

    A file that is gone is one: without it nobody would be led through what it says.
    """
    place = folder or resource_path("procedures")
    procedures, problems = _read_each(place)
    gone = [name for name in OF_THE_PROGRAM if not (place / f"{name}.toml").exists()]
    problems += [f"{name}.toml: it is not there. Put the original file back." for name in gone]
    problems += () if problems else find_problems_together(procedures)
    return Loaded(problems=tuple(problems)) if problems else Loaded(procedures=procedures)


def load_procedures(folder: Path | None = None) -> Mapping[str, Procedure]:
    """Return the procedures of a folder by id; raises ProcedureInvalid with all problems."""
    procedures, problems = _read_each(folder or resource_path("procedures"))
    problems += () if problems else find_problems_together(procedures)
    if problems:
        raise ProcedureInvalid(tuple(problems))
    return procedures


def _read_each(folder: Path) -> tuple[dict[str, Procedure], list[str]]:
    """Return the procedures of a folder by id, and what is wrong with its files."""
    problems: list[str] = []
    procedures: dict[str, Procedure] = {}
    for path in sorted(folder.glob("*.toml")):
        found = read_data(path, _parse, None)
        problems.extend(found.problems)
        if found.whole is None:
            continue
        procedure = found.whole
        if path.stem != procedure.id:
            place = place_of(path.name, procedure.id)
            problems.append(f"{place}: the file has another name. Name it {procedure.id}.toml.")
        procedures[procedure.id] = procedure
    return procedures, problems
