"""Reads every procedure that comes with the program, and checks that they fit together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.procedure_checks import find_problems_together, place_of
from desktop.domain.procedure_text import parse_procedure
from desktop.domain.procedures import Procedure
from desktop.resources import resource_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The procedures of a folder, or what is wrong with them: then there are none."""

    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def read_procedures(folder: Path | None = None) -> Loaded:
    """Return the procedures of a folder, or every problem that they have."""
    try:
        return Loaded(procedures=load_procedures(folder))
    except ProcedureInvalid as error:
        return Loaded(problems=error.problems)


def load_procedures(folder: Path | None = None) -> Mapping[str, Procedure]:
    """Return the procedures of a folder by id; raises ProcedureInvalid with all problems."""
    problems: list[str] = []
    procedures: dict[str, Procedure] = {}
    for path in sorted((folder or resource_path("procedures")).glob("*.toml")):
        try:
            procedure = parse_procedure(path.read_text(encoding="utf-8"), path.name)
        except OSError:
            problems.append(f"{path.name}: it cannot be opened. Put the original file back.")
            continue
        except ProcedureInvalid as error:
            problems.extend(error.problems)
            continue
        except UnicodeDecodeError:
            problems.append(f"{path.name}: this is not UTF-8 text. Save it as UTF-8.")
            continue
        if path.stem != procedure.id:
            place = place_of(path.name, procedure.id)
            problems.append(f"{place}: the file has another name. Name it {procedure.id}.toml.")
        procedures[procedure.id] = procedure
    if not problems:
        problems.extend(find_problems_together(procedures))
    if problems:
        raise ProcedureInvalid(tuple(problems))
    return procedures
