"""The organisation's own copy of the policies: what it follows, fills in, adds and switches on."""

from dataclasses import dataclass

from desktop.domain.working_days import ENGLAND_AND_WALES, WorkingCalendar

STRICTEST = "strictest"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCopy:
    """What the organisation has entered so far; everything has a value that works without it.

    `policy_id` names the policy profile that is followed; `policy_chosen`: somebody chose it.
    """

    policy_id: str = STRICTEST
    policy_chosen: bool = False
    calendar: WorkingCalendar = ENGLAND_AND_WALES
    switches: frozenset[str] = frozenset()
    osc_is_dsl: bool = True
