"""Deadlines that run: when they started, when they end, met or late, and what to say of them."""

from dataclasses import dataclass
from datetime import timedelta

from desktop.domain.procedures import Basis, Deadline
from desktop.domain.times import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """How one deadline of a step stands; `due_at` is None for NOW, which has no invented limit.

    `basis` is how it applies in this incident. `late_by` is None while it is in time. `overdue`:
    late and not yet done. `text` is short, for a chip: 'by 20 Nov 2026, 16:00', '3 h late'.
    """

    deadline: Deadline
    basis: Basis
    started: Moment | None
    due_at: Moment | None
    met_at: Moment | None
    late_by: timedelta | None
    overdue: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """A clock of an incident as shown at its top; `tone` is late, due, done or info.

    `sentence` says it all in words: 'First record 17 h late'. `reason` is why it was late, as
    given; `reason_needed`: late, and nobody has said why.
    """

    deadline_id: str
    label: str
    basis: Basis
    reference: str
    started: Moment | None
    due_at: Moment | None
    met_at: Moment | None
    late_by: timedelta | None
    tone: str
    sentence: str
    step_id: str
    reason: str = ""
    reason_needed: bool = False
