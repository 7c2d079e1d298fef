"""Says which files that come with the program cannot be read, each with its place and cure."""

from collections.abc import Iterator

from desktop.domain.policy.policies import Policy
from desktop.domain.steps.procedure_checks import place_of
from desktop.domain.steps.procedures import Step
from desktop.operations.workspace import Workspace


def data_problems(workspace: Workspace) -> tuple[str, ...]:
    """Return what is wrong with policies, worksheets and the other files beside procedures."""
    return (
        *workspace.data.problems,
        *_missing(workspace),
        *_unknown_rules(workspace),
        *_unknown_names(workspace),
    )


def _missing(workspace: Workspace) -> Iterator[str]:
    """Name the worksheets that a step leads to and that this program does not know."""
    known = {*workspace.data.worksheets, *(one.name for one in workspace.data.damaged)}
    steps = [step for one in workspace.procedures.values() for step in one.steps]
    for wanted in sorted({step.worksheet for step in steps if step.worksheet}):
        if not known & {wanted, f"worksheets/{wanted}"}:
            yield f"{wanted}.toml: it is not there. Put the original file back."


def _unknown_rules(workspace: Workspace) -> Iterator[str]:
    """Name the uncertain rules that a step rests on and that nobody could ever turn on."""
    known = workspace.data.switches.ids
    for procedure in workspace.procedures.values() if known else ():
        for step in procedure.steps:
            for name in sorted(_rules_named(step) - known):
                place = place_of(f"{procedure.id}.toml", procedure.id, step.id)
                yield (
                    f"{place}: it rests on the rule {name}, which is not there. "
                    f"Use one of: {', '.join(sorted(known))}."
                )


def _rules_named(step: Step) -> set[str]:
    named = {one.switch for one in step.deadlines} | {one.unsure for one in step.authorities}
    facts = [fact for rule in step.rules for fact in (*rule.when, *rule.unless)]
    named |= {fact.partition(":")[2] for fact in facts if fact.startswith(("on:", "off:"))}
    return named - {""}


def _unknown_names(workspace: Workspace) -> Iterator[str]:
    """Name what a policy speaks of and nobody knows: it would be lost without a word."""
    damaged = {one.file_name for one in workspace.data.damaged}
    for policy in workspace.data.policies:
        file_name = f"{policy.id}.toml"
        if file_name not in damaged:
            for problem in dict.fromkeys(_loose_ends(workspace, policy)):
                yield f"{file_name}: {problem}, which is not there. Correct it."


def _loose_ends(workspace: Workspace, policy: Policy) -> Iterator[str]:
    procedures, switches = workspace.procedures, workspace.data.switches.ids
    steps = {step.id for one in procedures.values() for step in one.steps}
    laws = {one.id for one in workspace.data.laws.laws}
    yield from (f"it names the step {one.step}" for one in policy.tells if one.step not in steps)
    yield from (
        f"it names the procedure {one}" for one in policy.standing if one not in procedures
    )
    if laws:
        yield from (f"it names the law {one.law}" for one in policy.laws if one.law not in laws)
    for limit in policy.limits if switches else ():
        if limit.switch and limit.switch not in switches:
            yield f"it rests on the rule {limit.switch}"
