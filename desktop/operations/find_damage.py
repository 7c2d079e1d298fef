"""Says which files that come with the program cannot be read, each with its place and cure."""

from collections.abc import Iterator

from desktop.domain.steps.procedure_checks import place_of
from desktop.domain.steps.procedures import Step
from desktop.operations.evidence.enter_origin import read_platforms
from desktop.operations.incident.keep_retention import read_retention
from desktop.operations.steps.load_policies import policy_problems, read_switches
from desktop.operations.steps.load_worksheets import read_worksheets
from desktop.operations.steps.show_vanishing import read_vanishing
from desktop.operations.workspace import Workspace


def data_problems(workspace: Workspace) -> tuple[str, ...]:
    """Return what is wrong with policies, worksheets and the other files beside procedures."""
    worksheets = read_worksheets()
    return (
        *policy_problems(),
        *worksheets.problems,
        *read_vanishing().problems,
        *read_platforms().problems,
        *read_retention().problems,
        *_missing(workspace, frozenset(worksheets.whole), worksheets.problems),
        *_unknown_rules(workspace),
    )


def _missing(
    workspace: Workspace, found: frozenset[str], problems: tuple[str, ...]
) -> Iterator[str]:
    """Name the worksheets that a step leads to and that are not there."""
    steps = [step for one in workspace.procedures.values() for step in one.steps]
    for wanted in sorted({step.worksheet for step in steps if step.worksheet} - found):
        if not any(problem.startswith(f"{wanted}.toml") for problem in problems):
            yield f"{wanted}.toml: it is not there. Put the original file back."


def _unknown_rules(workspace: Workspace) -> Iterator[str]:
    """Name the uncertain rules that a step rests on and that nobody could ever turn on."""
    switches = read_switches()
    known = switches.whole.ids
    for procedure in () if switches.problems else workspace.procedures.values():
        for step in procedure.steps:
            for name in sorted(_rules_named(step) - known):
                place = place_of(f"{procedure.id}.toml", procedure.id, step.id)
                yield (
                    f"{place}: it rests on the rule {name}, which is not there. "
                    f"Use one of: {', '.join(sorted(known))}."
                )


def _rules_named(step: Step) -> set[str]:
    named = {one.switch for one in step.deadlines} | {one.unsure for one in step.authorities}
    return named - {""}
