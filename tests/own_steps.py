"""A step that an organisation adds to a procedure, as tests enter it."""

from desktop.domain.policy.own_copy import OwnStep

STEP = OwnStep(
    id="",
    procedure_id="P02",
    follows="P02-1",
    title="Ring the centre",
    text="Without names.",
    actor="DSL",
)
