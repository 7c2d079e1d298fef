"""Reads every procedure that comes with the program, and checks that they fit together."""

from collections.abc import Mapping
from pathlib import Path

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.procedure_checks import find_problems_together
from desktop.domain.procedure_text import parse_procedure
from desktop.domain.procedures import Procedure
from desktop.resources import resource_path


def load_procedures(folder: Path | None = None) -> Mapping[str, Procedure]:
    """Return the procedures of a folder by id; raises ProcedureInvalid with all problems."""
    problems: list[str] = []
    procedures: dict[str, Procedure] = {}
    for path in sorted((folder or resource_path("procedures")).glob("*.toml")):
        try:
            procedure = parse_procedure(path.read_text(encoding="utf-8"), path.name)
        except ProcedureInvalid as error:
            problems.extend(error.problems)
            continue
        except UnicodeDecodeError:
            problems.append(f"{path.name}: this is not UTF-8 text. Save it as UTF-8.")
            continue
        if path.stem != procedure.id:
            problems.append(f"{path.name}: its id is {procedure.id}. Name the file after it.")
        procedures[procedure.id] = procedure
    if not problems:
        problems.extend(find_problems_together(procedures))
    if problems:
        raise ProcedureInvalid(tuple(problems))
    return procedures
