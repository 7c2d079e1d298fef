"""Reads the worksheets that come with the program; a damaged one is left out and said."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from desktop.domain.errors import NotFound, ProcedureInvalid
from desktop.domain.steps.worksheet_text import parse_worksheet
from desktop.domain.steps.worksheets import Worksheet
from desktop.operations.read_data import ReadData, read_data
from desktop.resources import resource_path


def load_worksheets(folder: Path | None = None) -> Mapping[str, Worksheet]:
    """Return the worksheets of a folder by id."""
    return read_worksheets(folder).whole


@cache
def read_worksheets(folder: Path | None = None) -> ReadData[Mapping[str, Worksheet]]:
    """Return the worksheets of a folder by id, and what is wrong with the others."""
    problems: list[str] = []
    worksheets: dict[str, Worksheet] = {}
    for path in sorted((folder or resource_path("worksheets")).glob("*.toml")):
        found = read_data(path, parse_worksheet, None)
        problems.extend(found.problems)
        if found.whole is None:
            continue
        if path.stem != found.whole.id:
            problems.append(f"{path.name}: its id is {found.whole.id}. Name the file after it.")
        worksheets[found.whole.id] = found.whole
    return ReadData(whole=worksheets, problems=tuple(problems))


def title_of(worksheet_id: str) -> str:
    """Return what a worksheet is called; its id, if it is no longer among them."""
    worksheet = load_worksheets().get(worksheet_id)
    return worksheet.title if worksheet else worksheet_id


def find_worksheet(worksheet_id: str) -> Worksheet:
    """Return a worksheet that comes with the program; raises NotFound.

    Raises ProcedureInvalid, with its problems, where its file is damaged.
    """
    found = read_worksheets()
    worksheet = found.whole.get(worksheet_id)
    if worksheet is None:
        own = (one for one in found.problems if one.startswith(f"{worksheet_id}.toml"))
        problems = tuple(own)
        raise ProcedureInvalid(problems) if problems else NotFound("worksheet")
    return worksheet
