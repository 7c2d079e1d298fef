"""Keeps the procedures that the program came with, so that a damaged file does not stop it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.domain.calendar.times import Moment
from desktop.domain.errors import ProcedureInvalid
from desktop.domain.steps.procedure_text import read_kept_procedure
from desktop.domain.steps.procedures import Procedure
from desktop.operations.workspace import Workspace

# The settings that hold the last good set (id -> label), since when, and what is wrong now.
_LAST_GOOD = "procedures_last_good"
_GOOD_SINCE = "procedures_good_since"
_PROBLEMS = "procedures_problems"


def settle_procedures(workspace: Workspace, problems: Sequence[str]) -> Workspace:
    """Keep the procedures that could be read; where they could not, go on with the last good ones.

    Raises ProcedureInvalid, with the problems, if this log never held a good set.
    """
    settings = workspace.log.settings
    if not problems:
        with workspace.log.transaction():
            _keep(workspace)
        return workspace
    kept = last_good_procedures(workspace)
    if not kept:
        raise ProcedureInvalid(tuple(problems))
    with workspace.log.transaction():
        settings.set(_PROBLEMS, json.dumps(list(problems), ensure_ascii=False))
    return replace(workspace, procedures=kept)


def last_good_procedures(workspace: Workspace) -> Mapping[str, Procedure]:
    """Return the last whole set of procedures that could be read; {} where there is none."""
    labels = json.loads(workspace.log.settings.get(_LAST_GOOD) or "{}")
    read = {
        procedure_id: read_kept_procedure(
            workspace.log.checklists.version_text(procedure_id, label), f"{procedure_id}.toml"
        )
        for procedure_id, label in labels.items()
    }
    return {name: replace(one, version=labels[name]) for name, one in read.items()}


def procedure_problems(workspace: Workspace) -> tuple[tuple[str, ...], Moment | None]:
    """Return what was wrong with the files when the log was opened, and of when what runs is."""
    settings = workspace.log.settings
    since = settings.get(_GOOD_SINCE)
    problems = json.loads(settings.get(_PROBLEMS) or "[]")
    return tuple(problems), Moment.from_text(since) if since else None


def _keep(workspace: Workspace) -> None:
    """Keep the set that runs now, if it is not the one that was kept last."""
    settings, table = workspace.log.settings, workspace.log.checklists
    if settings.get(_PROBLEMS):
        settings.set(_PROBLEMS, "")
    labels = {
        one.id: table.keep_version(one.id, one.version, one.source)
        for one in workspace.procedures.values()
    }
    told = json.dumps(labels, sort_keys=True)
    if labels and settings.get(_LAST_GOOD) != told:
        settings.set(_LAST_GOOD, told)
        settings.set(_GOOD_SINCE, workspace.now().to_text())
