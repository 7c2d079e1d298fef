"""Reads the worksheets that come with the program."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from desktop.domain.errors import NotFound, ProcedureInvalid
from desktop.domain.worksheet_text import parse_worksheet
from desktop.domain.worksheets import Worksheet
from desktop.resources import resource_path


@cache
def load_worksheets(folder: Path | None = None) -> Mapping[str, Worksheet]:
    """Return the worksheets of a folder by id; raises ProcedureInvalid with all problems."""
    problems: list[str] = []
    worksheets: dict[str, Worksheet] = {}
    for path in sorted((folder or resource_path("worksheets")).glob("*.toml")):
        try:
            worksheet = parse_worksheet(path.read_text(encoding="utf-8"), path.name)
        except ProcedureInvalid as error:
            problems.extend(error.problems)
            continue
        except UnicodeDecodeError:
            problems.append(f"{path.name}: this is not UTF-8 text. Save it as UTF-8.")
            continue
        if path.stem != worksheet.id:
            problems.append(f"{path.name}: its id is {worksheet.id}. Name the file after it.")
        worksheets[worksheet.id] = worksheet
    if problems:
        raise ProcedureInvalid(tuple(problems))
    return worksheets


def title_of(worksheet_id: str) -> str:
    """Return what a worksheet is called; its id, if it is no longer among them."""
    worksheet = load_worksheets().get(worksheet_id)
    return worksheet.title if worksheet else worksheet_id


def find_worksheet(worksheet_id: str) -> Worksheet:
    """Return a worksheet that comes with the program; raises NotFound."""
    worksheet = load_worksheets().get(worksheet_id)
    if worksheet is None:
        raise NotFound("worksheet")
    return worksheet
