"""The organisation's own copy of the policies: what it follows, fills in, adds and switches on."""

from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar.working_days import ENGLAND_AND_WALES, WorkingCalendar
from desktop.domain.contacts import Recipient
from desktop.domain.steps.procedures import Length, Severity

STRICTEST = "strictest"
CHECK_AFTER_DAYS = 365

ROLE_TITLES: dict[str, str] = {
    "DSL": "Designated safeguarding lead",
    "DDSL": "Deputy safeguarding lead",
    "OSC": "Online safety coordinator",
    "HEAD": "Head of the organisation",
    "SLT": "Senior leadership",
    "CHAMPION": "Safeguarding champion",
    "EXEC": "Executive team",
    "HR": "Human resources",
    "LINE-MGR": "Line manager",
    "ACCT-MGR": "Whoever looks after the account",
    "IT": "IT",
    "MARKETING": "Marketing",
    "DPO": "Data protection officer",
    "REPORTER": "Whoever noticed it",
    "EVERYONE": "Everybody",
}
PEOPLE_ROLES = tuple(role for role in ROLE_TITLES if role not in {"REPORTER", "EVERYONE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRole:
    """What a role is called here, who fills it, and who does while they are away."""

    role: str
    title: str = ""
    holder: str = ""
    deputy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnContact:
    """Somebody to reach, with the local number; `checked`: when it was last found to be right."""

    id: str
    recipient: Recipient
    label: str
    address: str = ""
    out_of_hours: str = ""
    note: str = ""
    checked: date | None = None

    def is_old(self, today: date) -> bool:
        """Say whether nobody has looked for a year whether it is still right."""
        return self.checked is None or (today - self.checked).days > CHECK_AFTER_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceNumbers:
    """How a service is reached at any hour; `checked`: since when all of it is known to be right.

    Where nobody checked one of the numbers that are shown, `checked` is None.
    """

    number: str = ""
    out_of_hours: str = ""
    checked: date | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is any number of our own."""
        return bool(self.number or self.out_of_hours)

    def is_old(self, today: date) -> bool:
        """Say whether the numbers were checked once, and not for a year."""
        return self.checked is not None and (today - self.checked).days > CHECK_AFTER_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStep:
    """A step that the organisation adds to a procedure, in its place after another one.

    `source` says where it comes from, in the organisation's own words. `removes`: it hides,
    removes or blocks something, and so comes after what was captured.
    """

    id: str
    procedure_id: str
    follows: str
    title: str
    text: str
    actor: str
    recipients: tuple[Recipient, ...] = ()
    severity: Severity = Severity.MUST
    source: str = ""
    removes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDeadline:
    """A local deadline on a step: beside what is documented, never in place of it."""

    id: str
    step_id: str
    label: str
    length: Length
    amount: int
    starts: str
    source: str = ""

    @property
    def procedure_id(self) -> str:
        """The procedure of its step."""
        return self.step_id.rpartition("-")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeDay:
    """A day on which nobody works; `proclaimed`: a bank holiday, else only closed here."""

    day: date
    name: str
    proclaimed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """A place of the organisation, who leads it, how to reach them."""

    id: str
    name: str
    lead: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedAccount:
    """An account that the organisation runs: who looks after it, with whom, and since when.

    `marked`: it says that it is an official account. `closed`: it is no longer used.
    """

    id: str
    platform: str
    address: str
    purpose: str = ""
    looked_after_by: str = ""
    second: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    marked: bool | None = None
    checked: date | None = None
    closed: bool = False

    def is_old(self, today: date) -> bool:
        """Say whether nobody has looked for a year whether it is still as written."""
        return self.checked is None or (today - self.checked).days > CHECK_AFTER_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLook:
    """When somebody here last looked whether a source still says the same, and what they found."""

    reference: str
    day: date
    found: str


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
    roles: tuple[OwnRole, ...] = ()
    contacts: tuple[OwnContact, ...] = ()
    steps: tuple[OwnStep, ...] = ()
    deadlines: tuple[OwnDeadline, ...] = ()
    free_days: tuple[FreeDay, ...] = ()
    weekdays: frozenset[int] = frozenset(range(5))
    centres: tuple[Centre, ...] = ()
    accounts: tuple[ApprovedAccount, ...] = ()
    looks: tuple[OwnLook, ...] = ()

    def has_looked(self, reference: str, today: date) -> bool:
        """Say whether somebody looked at a source again within a year."""
        return any(
            one.reference == reference and (today - one.day).days <= CHECK_AFTER_DAYS
            for one in self.looks
        )

    def numbers_of(self, recipient: Recipient, label: str) -> ServiceNumbers:
        """Return how a service is reached: as entered under its label, else by its other teams."""
        ours = [one for one in self.contacts if one.recipient is recipient]
        ours.sort(key=lambda one: one.label != label)
        day = next((one for one in ours if one.address), None)
        night = next((one for one in ours if one.out_of_hours), None)
        looks = [one.checked for one in (day, night) if one is not None]
        checked = [one for one in looks if one is not None]
        return ServiceNumbers(
            number=day.address if day else "",
            out_of_hours=night.out_of_hours if night else "",
            checked=min(checked, default=None) if len(checked) == len(looks) else None,
        )

    def role(self, role: str) -> OwnRole:
        """Return what is entered of a role; an empty entry where nothing is."""
        return next((one for one in self.roles if one.role == role), OwnRole(role=role))
