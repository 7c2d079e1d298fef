"""A procedure with a step for each thing that a button can do, and one that two people check."""

from collections.abc import Mapping

from desktop.domain.steps.procedure_text import parse_procedure
from desktop.domain.steps.procedures import Procedure

_HEAD = """
id = "P00"
title = "Everything that can be done"
version = "1"
applies_when = "Every incident"
order = 100
attached_by = ["always"]
checked = "2026-11-20"
notice = '''
Do not look at it yourself.

Keep what you know in words.'''
"""
# Act, what ticks the step, what else it has.
_STEPS = (
    ("link", "", ""),
    ("thing", "thing-kept", ""),
    ("describe", "described", ""),
    ("seal", "item-sealed", ""),
    ("move", "restricted-log", ""),
    ("export", "", ""),
    ("worksheet", "submitted:ceop", 'worksheet = "ceop"'),
    ("advise", "", "second = true"),
    ("contact", "", "second = true"),
    ("decide", "", 'blanks = [{ name = "answer", label = "Why", choices = ["yes", "no"] }]'),
    ("close", "closed", "second = true"),
    ("accounts", "", ""),
)  # fmt: skip


def acting_procedures() -> Mapping[str, Procedure]:
    """Return the one by id; the real reader and its checks must accept it."""
    steps = [_step(number, *each) for number, each in enumerate(_STEPS, start=1)]
    procedure = parse_procedure("\n".join((_HEAD, *steps)), "acting")
    return {procedure.id: procedure}


def _step(number: int, act: str, ticked_by: str, more: str) -> str:
    return f"""
[[steps]]
id = "P00-{number}"
title = "{act.capitalize()} it"
text = "Do it now."
actor = "DSL"
recipients = {'["POLICE"]' if act == "contact" else "[]"}
severity = "must"
order = {number}
acts = ["{act}"]
ticked_by = "{ticked_by}"
not_applicable = "reason"
authorities = [{{ reference = "S003:195", quote = "no-blame culture" }}]
{more}
"""
