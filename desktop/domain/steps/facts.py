"""The vocabulary of facts that rules speak of, and which facts hold in an incident."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from desktop.domain.calendar.times import Moment
from desktop.domain.calendar.working_days import ENGLAND_AND_WALES, WorkingCalendar
from desktop.domain.contacts import ContactEntry, Recipient
from desktop.domain.evidence.gate import Statement
from desktop.domain.evidence.items import EvidenceItem, ItemKind, ItemState
from desktop.domain.incidents import Category, Incident, IncidentStatus, Record, RiskLevel
from desktop.domain.people import AgeGroup, Involvement, Person, PersonKind, Role
from desktop.domain.steps.checklist_records import Checklist, StepEntry, StepState, TriageAnswer
from desktop.domain.steps.procedures import POLICY_SOURCES, Procedure, Step
from desktop.domain.steps.row_facts import GATE_FACTS, ITEM_FACTS, standing
from desktop.domain.steps.step_states import is_over, is_past, state_of
from desktop.domain.steps.triage import answer_facts, answer_texts, is_answer

PLAIN_FACTS: dict[str, str] = {
    "always": "holds in every incident",
    "triage-answered": "every triage question has an answer",
    "only-own-account": "it happened on our own account and nowhere else",
    "gate-answered": "somebody answered the gate",
    "gate-yes": "the gate was answered yes",
    "gate-unsure": "the gate was answered not sure: perhaps an image of somebody under 18",
    "held-back": "at least one item was held back",
    "careful": "the incident is careful: an answer for each item",
    "item-kept": "at least one original is kept",
    "message-kept": "at least one private message is kept",
    "page-kept": "at least one page or post is kept",
    "item-listed": "at least one item is kept, held back or described",
    "origins-known": "every kept item says where it comes from",
    "sources-noted": "every kept item says where the original is kept",
    "first-account": "the first account is written down",
    "first-recorded": "it is known when it was first written down",
    "dsl-told": "it is known when the DSL was told",
    "both-told": "the DSL was told, and a coordinator who is somebody else and has to know",
    "risk-assessed": "the risk is judged, with reasons",
    "support-planned": "support is planned",
    "wishes-known": "the wishes of the person targeted are written down",
    "outcome-recorded": "the outcome is written down",
    "control-recorded": "the control measure is written down",
    "learner-view-recorded": "the learner's view is written down",
    "closed": "the incident is closed",
    "cyberbullying": "it is bullying by electronic means",
    "target-learner": "somebody targeted is a learner",
    "target-staff": "somebody targeted is a member of staff",
    "target-adult": "everybody targeted is 18 or over",
    "no-learner-targeted": "nobody targeted is a learner or child; conduct of staff is not in it",
    "no-learner-reported": "somebody is reported, and surely no learner",
    "blackmail-child": "it is sexual blackmail, and somebody targeted may be under 18",
    "blackmail-adult": "it is sexual blackmail, and everybody targeted is 18 or over",
    "no-second-look": "no image of a child, conduct of staff, grooming or extremism is part of it",
    "person-reported-known": "it is known who is reported",
    "person-reported-unknown": "nobody is named as the person reported",
    "reporter-is-dsl": "the DSL became aware of it first",
    "gate-child": "the gate named an image of somebody under 18",
    "gate-adult": "the gate named an intimate image of an adult, or perhaps one",
    "gate-terrorist": "the gate named terrorist material, or what may be such",
    "target-child": "somebody targeted is under 18, or of unknown age",
    "reported-staff": "somebody reported is a member of staff",
    "staff-towards-learner": "somebody reported is staff or an employer's, and a learner targeted",
    "no-staff-reported": "nobody reported is named as staff, or as an employer's",
    "reported-adult": "somebody reported is a learner, and all of those are 18 or over",
    "reported-child": "somebody reported is a learner under 18, or of unknown age",
    "reporter-staff": "a member of staff raised it",
    "reporter-learner": "a learner or employer raised it",
    "described": "at least one item is described in words",
    "thing-kept": "at least one physical thing is listed",
    "item-sealed": "something that came in is sealed",
    "incident-linked": "it is linked with another incident",
    "services-told": "children's services were told, and “Grooming” does not ask their decision",
    "restricted-log": "this is a restricted log",
    "no-employer": "the question on the people affected is answered; nothing names an employer",
    "osc-is-dsl": "the online safety coordinator is the same person as the DSL",
}

# Stands for an answer that a step does not need and nobody gave: silence is no consent.
NOT_ANSWERED = "not answered"

# Facts that stand for the whole of an incident; only these may stand in a rule's `unless`.
STEADY = re.compile(rf"policy:(?:{'|'.join(POLICY_SOURCES)})|(?:on|off):[a-z0-9-]+")

_STEP = r"[A-Z]\d{2}[A-Z]?-\d{1,2}|S\d-\d{1,2}"
_ABOUT_STEP = re.compile(rf"(?:done|past|not-possible):(?P<step>{_STEP})")
_ABOUT_PROCEDURE = re.compile(r"(?:finished|running):(?P<procedure>[A-Z]\d{1,2}[A-Z]?)")
_ABOUT_VALUE = re.compile(rf"(?P<step>{_STEP})\.(?P<blank>[a-z_]+)=(?P<choice>.+)")
_WORKSHEET = re.compile(r"submitted:[a-z-]+")
_PRIVATE_PLATFORMS = frozenset({"E-mail", "Text message or call", "WhatsApp"})
_SECOND_LOOK = frozenset({"running:P03", "running:P04", "running:P06", "running:P07"})
_ELSEWHERE = frozenset({PersonKind.STAFF, PersonKind.PARENT, PersonKind.EMPLOYER})
# Whom the question on staff means: ours, and those of an employer or host.
_AT_WORK = frozenset({PersonKind.STAFF, PersonKind.EMPLOYER})
_PUBLIC_PLACES = frozenset({"T8=site", "T8=own", "T8=fake", "T8=person"})
_BULLYING = frozenset({Category.CB_MSG, Category.CB_POST, Category.CB_IMG, Category.CB_ANON})
# What happened in private or on a site is bullying while nothing says that it is something else.
_PLAINLY_BULLYING = frozenset({"T4=no", "T6=no", "T9=no"})
_NO_BULLYING = frozenset({"category:GROOM", "category:PREVENT", "category:STAFF-CONTACT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A checklist with the procedure, in the version it is pinned to."""

    procedure: Procedure
    checklist: Checklist

    @property
    def is_ended(self) -> bool:
        """Whether the keyholder ended it: what it still asks no longer counts."""
        return bool(self.checklist.ended_reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything of one incident that steps, rules and clocks depend on.

    `leads` are the names of the DSL, whoever has the log open. `policies` are those it runs under
    (S000 …), `switches` the rules that are on, `all_switches` all that there are. `submitted` are
    the worksheets whose text was handed in; `entered` says since when a field of the record is
    filled in, and since when a fact holds that only other rows of the log can date
    ('submitted:prevent', 'incident-linked'). `linked` says whether another incident is linked.
    """

    incident: Incident
    answers: dict[str, TriageAnswer] = field(default_factory=dict)
    items: tuple[EvidenceItem, ...] = ()
    contacts: tuple[ContactEntry, ...] = ()
    people: tuple[Involvement, ...] = ()
    statements: tuple[Statement, ...] = ()
    running: tuple[Running, ...] = ()
    leads: frozenset[str] = frozenset()
    policies: frozenset[str] = frozenset()
    switches: frozenset[str] = frozenset()
    all_switches: frozenset[str] = frozenset()
    submitted: frozenset[str] = frozenset()
    entered: Mapping[str, Moment] = field(default_factory=dict)
    linked: bool = False
    restricted: bool = False
    osc_is_dsl: bool = True
    calendar: WorkingCalendar = ENGLAND_AND_WALES


@dataclass(frozen=True, slots=True)
class Mention:
    """What a fact speaks of, so that it can be checked: a step, a procedure, a blank's choice."""

    step: str = ""
    procedure: str = ""
    blank: str = ""
    choice: str = ""


def read_fact(text: str) -> Mention | None:
    """Return what this fact mentions (nothing, for a plain one); None if it is no fact at all."""
    if text in PLAIN_FACTS:
        return Mention()
    name, _, value = text.partition("=")
    if is_answer(name, value):
        return Mention()
    kind, _, who = text.partition(":")
    if (kind == "told" and who in set(Recipient)) or STEADY.fullmatch(text):
        return Mention()
    if (kind == "category" and who in set(Category)) or _WORKSHEET.fullmatch(text):
        return Mention()
    for pattern in (_ABOUT_STEP, _ABOUT_PROCEDURE, _ABOUT_VALUE):
        found = pattern.fullmatch(text)
        if found:
            return Mention(**found.groupdict())
    return None


def facts_of(situation: Situation) -> frozenset[str]:
    """Return every fact that holds; more facts never take one away, so this comes to rest."""
    facts = _plain_facts(situation)
    running = counting(situation.running)
    while True:
        more = facts.union(_step_facts(running, facts))
        if more == facts:
            return facts
        facts = more


def counting(running: Iterable[Running]) -> tuple[Running, ...]:
    """Return the checklists whose entries count: of a procedure that joined again, the last one.

    What was recorded in the earlier one stays, and settles nothing in the one that runs now.
    """
    return tuple({one.procedure.id: one for one in running}.values())


def _plain_facts(situation: Situation) -> frozenset[str]:
    answers = answer_facts(answer_texts(situation.answers))
    told = {f"told:{one.details.recipient}" for one in tellings(situation)}
    facts = {"always", *answers, *told, *_steady_facts(situation)}
    facts.update(_record_facts(situation.incident.record))
    facts.update(_incident_facts(situation))
    facts.update(_item_facts(situation.items, in_public=not answers.isdisjoint(_PUBLIC_PLACES)))
    facts.update(_people_facts(situation))
    facts.update(f"running:{one.procedure.id}" for one in situation.running if not one.is_ended)
    if "dsl-told" in facts and facts & {"osc-is-dsl", "told:OSC", "running:P04"}:
        facts.add("both-told")  # An allegation is told to nobody more.
    if "running:P04" in facts:  # An allegation is about a learner, whoever else is targeted.
        facts.discard("no-learner-targeted")
    facts.update(tuple(_facts_of_what_runs(facts)))
    if _is_plainly_bullying(facts):
        facts.add("cyberbullying")
    if "category:SEXT-EXT" in facts:
        facts.add("blackmail-adult" if _are_adults(facts) else "blackmail-child")
    if "T11" in situation.answers and "T11=employer" not in facts and not _has_employer(situation):
        facts.add("no-employer")
    return frozenset(facts)


def _facts_of_what_runs(facts: set[str]) -> Iterator[str]:
    if facts.isdisjoint(_SECOND_LOOK) and "no-staff-reported" in facts:
        yield "no-second-look"
    if "told:CSC" in facts and "running:P06" not in facts:
        yield "services-told"


def tellings(situation: Situation) -> Iterator[ContactEntry]:
    """Return the contacts in which somebody was told.

    A social worker who is told together with the parents was not asked to decide anything.
    """
    with_parents = {
        step.id
        for one in situation.running
        for step in one.procedure.steps
        if Recipient.PARENT in step.recipients
    }
    for one in situation.contacts:
        aside = one.details.recipient is Recipient.CSC and one.step_id in with_parents
        if one.details.told and not aside:
            yield one


def _is_plainly_bullying(facts: set[str]) -> bool:
    in_place = not facts.isdisjoint({"T8=private", "T8=site"})
    return in_place and facts.issuperset(_PLAINLY_BULLYING) and facts.isdisjoint(_NO_BULLYING)


def _are_adults(facts: set[str]) -> bool:
    grown = not facts.isdisjoint({"T11=over-18", "target-adult"})
    return grown and facts.isdisjoint({"T11=under-18", "target-child"})


def _steady_facts(situation: Situation) -> Iterator[str]:
    yield from (f"policy:{source}" for source in situation.policies)
    for switch in situation.all_switches | situation.switches | _switches_named(situation):
        yield f"{'on' if switch in situation.switches else 'off'}:{switch}"
    yield from (f"submitted:{worksheet}" for worksheet in situation.submitted)
    yield from (f"category:{one}" for one in situation.incident.record.categories)


def _switches_named(situation: Situation) -> frozenset[str]:
    """Return the switches that rules ask about: off until somebody confirmed them."""
    return frozenset(
        fact.partition(":")[2]
        for one in situation.running
        for step in one.procedure.steps
        for rule in step.rules
        for fact in (*rule.when, *rule.unless)
        if fact.startswith(("on:", "off:"))
    )


def _record_facts(record: Record) -> Iterator[str]:
    holds = {
        "first-account": record.first_account,
        "first-recorded": record.first_recorded_at,
        "dsl-told": record.reported_to_dsl_at,
        "risk-assessed": record.risk is not RiskLevel.NOT_ASSESSED and record.risk_reasons,
        "support-planned": record.support,
        "wishes-known": record.wishes,
        "outcome-recorded": record.outcome,
        "control-recorded": record.control_measure,
        "learner-view-recorded": record.learner_view,
        "cyberbullying": _BULLYING.intersection(record.categories),
    }
    return (name for name, value in holds.items() if value)


def _incident_facts(situation: Situation) -> Iterator[str]:
    answers = standing(situation.statements)
    aware = situation.incident.record.became_aware_by.strip().casefold()
    yield from (name for name, makes in GATE_FACTS.items() if any(map(makes, answers)))
    holds = {
        "incident-linked": situation.linked,
        "restricted-log": situation.restricted,
        "osc-is-dsl": situation.osc_is_dsl,
        "careful": situation.incident.careful,
        "closed": situation.incident.status is IncidentStatus.CLOSED,
        "reporter-is-dsl": aware in {one.strip().casefold() for one in situation.leads},
    }
    yield from (name for name, value in holds.items() if value)


def _item_facts(items: Iterable[EvidenceItem], *, in_public: bool) -> Iterator[str]:
    listed = tuple(items)
    kept = [item for item in listed if item.state is ItemState.KEPT]
    private = [item for item in kept if is_private(item)]
    yield from (name for name, makes in ITEM_FACTS.items() if any(map(makes, listed)))
    holds = {
        "message-kept": private if in_public else kept,
        "page-kept": len(kept) > len(private),
        "origins-known": kept and not any(item.details_missing for item in kept),
        "sources-noted": kept and all(item.origin.original_kept for item in kept),
    }
    yield from (name for name, value in holds.items() if value)


def is_private(item: EvidenceItem) -> bool:
    """Say whether an item is a private message, as far as its kind and platform tell."""
    return item.kind is ItemKind.MAIL or item.origin.platform in _PRIVATE_PLATFORMS


def _people_facts(situation: Situation) -> Iterator[str]:
    targets = _people_in(situation, Role.TARGET)
    reported_people = _people_in(situation, Role.PERSON_REPORTED)
    learners_reported = [one for one in reported_people if one.kind is PersonKind.LEARNER]
    at_work = any(one.kind in _AT_WORK for one in reported_people)
    reporters = {person.kind for person in _people_in(situation, Role.REPORTER)}
    holds = {
        "target-learner": any(person.kind is PersonKind.LEARNER for person in targets),
        "target-staff": any(person.kind is PersonKind.STAFF for person in targets),
        "target-adult": targets and not any(person.counts_as_child for person in targets),
        "target-child": any(person.counts_as_child for person in targets),
        "no-learner-targeted": not any(map(_has_parents, targets)),
        "person-reported-known": reported_people,
        "person-reported-unknown": not reported_people,
        "no-learner-reported": reported_people
        and {person.kind for person in reported_people} <= _ELSEWHERE,
        "reported-staff": any(person.kind is PersonKind.STAFF for person in reported_people),
        "staff-towards-learner": at_work
        and any(person.kind is PersonKind.LEARNER for person in targets),
        "no-staff-reported": not at_work,
        "reported-child": any(person.counts_as_child for person in learners_reported),
        "reported-adult": learners_reported
        and not any(person.counts_as_child for person in learners_reported),
        "reporter-staff": PersonKind.STAFF in reporters,
        "reporter-learner": reporters & {PersonKind.LEARNER, PersonKind.EMPLOYER},
    }
    return (name for name, value in holds.items() if value)


def _has_employer(situation: Situation) -> bool:
    """Say whether an employer is named, in whatever role."""
    return any(
        one.role is Role.EMPLOYER or one.person.kind is PersonKind.EMPLOYER
        for one in situation.people
    )


def _has_parents(person: Person) -> bool:
    """Say whether parents may have to be told: of a learner, and of any child who is named."""
    child = person.age_group is AgeGroup.UNDER_18 and person.kind not in _ELSEWHERE
    return child or person.kind is PersonKind.LEARNER


def _people_in(situation: Situation, role: Role) -> list[Person]:
    return [one.person for one in situation.people if one.role is role]


def _step_facts(running: Iterable[Running], facts: frozenset[str]) -> Iterator[str]:
    for one in running:
        finished = True
        for step in one.procedure.steps:
            state, entry = state_of(step, one.checklist.entries, facts)
            if is_past(step, state, facts):
                yield f"past:{step.id}"
            finished = finished and is_over(step, state, facts)
            if state is StepState.DONE:
                yield f"done:{step.id}"
            if state is StepState.NOT_POSSIBLE:
                yield f"not-possible:{step.id}"
            if entry is not None and state is StepState.DONE:
                yield from _choice_facts(step, entry)
        if finished:
            yield f"finished:{one.procedure.id}"


def _choice_facts(step: Step, entry: StepEntry) -> Iterator[str]:
    said = dict(entry.values)
    for blank in (one for one in step.blanks if one.choices):
        yield f"{step.id}.{blank.name}={said.get(blank.name) or NOT_ANSWERED}"
