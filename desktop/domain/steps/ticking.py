"""When what ticks a step came to hold: the time of the contact, the item, or the other step."""

from desktop.domain.calendar.times import Moment
from desktop.domain.steps.facts import Situation


def ticked_at(fact: str, situation: Situation) -> Moment | None:
    """Return when this fact came to hold, None where nobody can tell."""
    return None
