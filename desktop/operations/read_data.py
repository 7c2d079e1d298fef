"""Reads a data file that comes with the program; a damaged one is said, and done without."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from desktop.domain.errors import ProcedureInvalid

Whole = TypeVar("Whole")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadData(Generic[Whole]):
    """What a file says, or what stands in for it; `problems` tell what is wrong and the cure."""

    whole: Whole
    problems: tuple[str, ...] = ()


def read_data(path: Path, parse: Callable[[str, str], Whole], instead: Whole) -> ReadData[Whole]:
    """Return what a file says; where it cannot be read, `instead` and every problem it has."""
    try:
        # Editors of Windows put a mark of their own before the text: it says nothing.
        return ReadData(whole=parse(path.read_text(encoding="utf-8-sig"), path.name))
    except FileNotFoundError:
        problem = "it is not there. Put the original file back."
    except OSError:
        problem = "it cannot be opened. Put the original file back."
    except UnicodeDecodeError:
        problem = "this is not UTF-8 text. Save it as UTF-8."
    except ProcedureInvalid as error:
        return ReadData(whole=instead, problems=error.problems)
    return ReadData(whole=instead, problems=(f"{path.name}: {problem}",))
