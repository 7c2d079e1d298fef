"""Small procedures for tests of what attaches, clocks and checks: they join the program's own."""

from dataclasses import replace

from desktop.domain.steps.procedure_text import parse_procedure
from desktop.domain.steps.procedures import Procedure
from desktop.operations.workspace import Workspace

HEAD = """
id = "{id}"
title = "{title}"
version = "1"
checked = "2026-11-20"
order = {order}
attached_by = {attached_by}
applies_when = "In tests."
"""
STEP = """
[[steps]]
id = "{id}"
title = "{title}"
text = "Do it."
actor = "DSL"
severity = "must"
not_applicable = "reason"
acts = ["{act}"]
authorities = [{{ reference = "S003:182" }}]
"""


def head(procedure_id: str, attached_by: str = "[]", order: int = 500) -> str:
    """Return the head of a procedure's text."""
    return HEAD.format(
        id=procedure_id, title=f"Test {procedure_id}", order=order, attached_by=attached_by
    )


def step(step_id: str, more: str = "", act: str = "record") -> str:
    """Return the text of one step; `more` are lines of its own."""
    return STEP.format(id=step_id, title=f"Step {step_id}", act=act) + more


def with_procedures(workspace: Workspace, *texts: str) -> Workspace:
    """Return the workspace with these procedures beside the program's own."""
    read = [parse_procedure(text, "test.toml") for text in texts]
    added: dict[str, Procedure] = {one.id: one for one in read}
    return replace(workspace, procedures={**workspace.procedures, **added})
