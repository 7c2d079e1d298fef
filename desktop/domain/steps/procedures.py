"""What a documented way to act consists of: procedures, steps, deadlines, as read from TOML."""

from dataclasses import dataclass, field
from enum import StrEnum

# The documented policies: profiles follow them, deadlines name them.
POLICY_SOURCES = ("S000", "S001", "S002", "S003", "S004")


class Severity(StrEnum):
    """How binding a step is."""

    STOP = "stop"
    MUST = "must"
    SHOULD = "should"
    CONSIDER = "consider"


# Stands in the id of a deadline that the organisation set itself: its step, and a number.
OWN_MARK = "/"


class Basis(StrEnum):
    """Where a deadline comes from; always shown, never mixed up."""

    DOCUMENTED = "documented"
    LOCAL = "local"
    BY_ANALOGY = "by analogy"

    def say(self, deadline_id: str, *, switched: bool = False) -> str:
        """Say it to a keyholder; what the program suggests is never passed off as their own.

        `switched`: a rule that is not certain, which somebody here has confirmed and turned on.
        """
        if switched:
            return f"{self.value}, switched on by our organisation"
        if self is not Basis.LOCAL:
            return self.value
        return "our own deadline" if OWN_MARK in deadline_id else "suggested by this program"


class Length(StrEnum):
    """How a deadline is counted; NOW has no limit in hours, it shows how long ago.

    AFTER_HOURS is the other way round: not before so many hours, and then due, but never late.
    DAYS and MONTHS are calendar ones: they end with the day of the same name, or the month's last.
    """

    NOW = "now"
    SAME_DAY = "same day"
    HOURS = "hours"
    AFTER_HOURS = "after hours"
    WORKING_DAYS = "working days"
    DAYS = "days"
    MONTHS = "months"


class NotApplicable(StrEnum):
    """Whether a step may be left out; also NEVER allows 'not possible, because …'."""

    NEVER = "never"
    REASON = "reason"
    RULE = "rule"
    OUTSIDE = "outside"


class Act(StrEnum):
    """What a step's buttons do; doing it ticks the step."""

    ADVISE = "advise"
    RECORD = "record"
    CAPTURE = "capture"
    CONTACT = "contact"
    DECIDE = "decide"
    LINK = "link"
    CLOSE = "close"
    NOTE = "note"
    WORKSHEET = "worksheet"
    THING = "thing"
    DESCRIBE = "describe"
    SEAL = "seal"
    MOVE = "move"
    EXPORT = "export"
    ACCOUNTS = "accounts"


class Scope(StrEnum):
    """Whether a procedure runs in an incident, or belongs to the organisation as a whole."""

    INCIDENT = "incident"
    ORGANISATION = "organisation"


class Every(StrEnum):
    """How often a procedure of the organisation comes round; one of an incident never does."""

    NEVER = "never"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """What a step rests on: a reference such as `S003:182` or `C1`, quote, and our note.

    `unsure` names the switch under which it counts as confirmed; while that is off, it is shown
    as not yet confirmed, with what to check.
    """

    reference: str
    quote: str = ""
    note: str = ""
    unsure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A clock; `starts` names what starts it: a moment field of the record, a step, a telling.

    A telling is the first contact in which somebody was told: `told:CSC`.
    `stops` names the moment field that stops it; empty: the step itself does. `documented_when`
    lists facts: where none of them holds, the deadline applies by analogy only. `policies` are
    those that set it (S000 …): it runs where one of them is followed; none: everywhere. `when`
    lists facts: it runs only where one of them holds; none: always. `switch` names a rule that is
    not certain: the deadline runs only while that is on. `failed_when` lists answers which say
    that somebody else, who had to keep it, did not.
    """

    id: str
    label: str
    length: Length
    amount: int
    starts: str
    basis: Basis
    reference: str
    stops: str = ""
    documented_when: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    switch: str = ""
    failed_when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Makes a step not applicable when all facts in `when` hold, with this pre-filled reason.

    It says nothing where one of `unless` holds: only policies and switches, such as `policy:S004`.
    """

    when: tuple[str, ...]
    reason: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """Something that must be recorded with a step: a text, or one of some choices.

    `needed_with` is an answer to another blank of the step, such as `viewed=viewed`, or several
    with | between: with one of them this must be filled in, though it is not required otherwise.
    `day`: a date with its year, also one to come; what the step starts runs from it.
    """

    name: str
    label: str
    choices: tuple[str, ...] = ()
    required: bool = True
    long: bool = False
    needed_with: str = ""
    day: bool = False

    @property
    def needed_answers(self) -> tuple[str, ...]:
        """The answers to other blanks with which this one must be filled in."""
        return tuple(filter(None, (one.strip() for one in self.needed_with.split("|"))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. `after` are hard prerequisites (never advised before them); `ticked_by` a fact.

    A prerequisite in another procedure counts while that procedure runs. `order` is the place
    among the steps of all procedures. `removes`: it hides, removes or blocks what was posted.
    `runs` names the procedure whose steps are taken in its place. A step without acts is done by
    the program itself. `worksheet` names the sheet that prepares what an agency's form asks for.
    `second`: somebody else checks it too. `outputs` are what comes of it, in words. `local`: added
    by the organisation itself.
    """

    id: str
    title: str
    text: str
    actor: str
    recipients: tuple[str, ...]
    severity: Severity
    authorities: tuple[Authority, ...]
    deadlines: tuple[Deadline, ...]
    after: tuple[str, ...]
    not_applicable: NotApplicable
    rules: tuple[Rule, ...]
    blanks: tuple[Blank, ...]
    acts: tuple[Act, ...]
    ticked_by: str = ""
    runs: str = ""
    confirm: str = ""
    order: int = 0
    removes: bool = False
    worksheet: str = ""
    second: bool = False
    outputs: tuple[str, ...] = ()
    local: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """What to ask for where something was sent by this medium: shown beside the capture."""

    name: str
    identifier: str
    capture: str
    traps: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A procedure; `order` decides which checklist leads, `attached_by` are facts (any of them).

    `notice` is the stop that is shown above its steps while it runs, '' for none. `source` is the
    TOML text it was read from: kept with every checklist that runs on it.
    """

    id: str
    title: str
    version: str
    applies_when: str
    order: int
    attached_by: tuple[str, ...]
    checked: str
    note: str
    steps: tuple[Step, ...]
    media: tuple[Medium, ...] = ()
    scope: Scope = Scope.INCIDENT
    every: Every = Every.NEVER
    notice: str = ""
    source: str = field(default="", repr=False)

    def step(self, step_id: str) -> Step:
        """Return the step with this id; raises KeyError."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)
