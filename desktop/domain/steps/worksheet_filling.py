"""What of the record answers a question of a worksheet: neutral words only, never a picture."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from desktop.domain.calendar.times import say
from desktop.domain.contacts import RECIPIENT_NAMES, ContactEntry, Recipient
from desktop.domain.evidence.gate import Concern, GateAnswer, Statement
from desktop.domain.evidence.items import EvidenceItem, ItemKind, ItemState
from desktop.domain.incidents import CATEGORY_NAMES, Incident, RiskLevel
from desktop.domain.people import Account, AgeGroup, Involvement, Person, PersonKind, Role
from desktop.domain.steps.worksheets import Worksheet

AGENCIES = frozenset(
    {
        Recipient.POLICE, Recipient.CEOP, Recipient.LADO, Recipient.CSC, Recipient.ASC,
        Recipient.LA_ESO, Recipient.PREVENT, Recipient.IWF, Recipient.RHC, Recipient.POSH,
    }
)  # fmt: skip

# Whoever is one of these is taken for grown where nobody entered their age.
_GROWN = frozenset({PersonKind.STAFF, PersonKind.PARENT, PersonKind.EMPLOYER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything of one incident that an agency's form may ask for."""

    incident: Incident
    people: tuple[Involvement, ...] = ()
    accounts: tuple[Account, ...] = ()
    items: tuple[EvidenceItem, ...] = ()
    statements: tuple[Statement, ...] = ()
    contacts: tuple[ContactEntry, ...] = ()
    danger: str = ""
    organisation: str = ""
    keyholder: str = ""
    keyholder_title: str = ""

    def in_role(self, *roles: Role) -> list[Person]:
        """Return the people who have one of these roles in the incident, each once."""
        found = {one.person.id: one.person for one in self.people if one.role in roles}
        return list(found.values())

    @property
    def children(self) -> list[Person]:
        """Return the people targeted who are children, or may be; all, if none is."""
        targets = self.in_role(Role.TARGET)
        return [one for one in targets if _may_be_child(one)] or targets

    @property
    def adults_reported(self) -> list[Person]:
        """Return the people reported who are no learners: for a referral about an adult."""
        reported = self.in_role(Role.PERSON_REPORTED)
        return [person for person in reported if person.kind is not PersonKind.LEARNER]


def _may_be_child(person: Person) -> bool:
    unknown = person.age_group is AgeGroup.UNKNOWN
    return person.counts_as_child and not (unknown and person.kind in _GROWN)


def fill(worksheet: Worksheet, known: Known) -> dict[str, str]:
    """Return the answer that the record gives to each question; '' where it gives none."""
    return {
        entry.name: FILLERS[entry.filled_from](known) if entry.filled_from else ""
        for entry in worksheet.entries
    }


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _each(people: Iterable[Person], say_one: Callable[[Person], str]) -> str:
    """Say it of each; the name goes before it where there are several."""
    listed = list(people)
    if len(listed) == 1:
        return say_one(listed[0])
    return _lines(
        f"{person.name or 'Name not known'}: {text}"
        for person in listed
        if (text := say_one(person))
    )


def _of(role: Role, say_one: Callable[[Person], str]) -> Callable[[Known], str]:
    return lambda known: _each(known.in_role(role), say_one)


def _names(role: Role) -> Callable[[Known], str]:
    return lambda known: _lines(person.name for person in known.in_role(role))


def _listed(*roles: Role) -> Callable[[Known], str]:
    return lambda known: _lines(_full(person) for person in known.in_role(*roles))


def _worried_about(say_in: Callable[[Role], Callable[[Known], str]]) -> Callable[[Known], str]:
    """Say it of the person reported; of the person targeted where nobody is reported."""
    reported, targeted = say_in(Role.PERSON_REPORTED), say_in(Role.TARGET)
    return lambda known: (reported if known.in_role(Role.PERSON_REPORTED) else targeted)(known)


def _contact(person: Person) -> str:
    return person.contact


def _born(person: Person) -> str:
    return person.date_of_birth


def _needs(person: Person) -> str:
    return person.needs


def _age(person: Person) -> str:
    born = f"born {person.date_of_birth}" if person.date_of_birth else ""
    group = "" if person.age_group is AgeGroup.UNKNOWN else person.age_group.value
    return ", ".join(filter(None, (born, group))) or "age not known"


def _kind(person: Person) -> str:
    return "" if person.kind is PersonKind.UNKNOWN else person.kind.value


def _full(person: Person) -> str:
    """Say who somebody is in one line."""
    contact = f"contact: {person.contact}" if person.contact else ""
    parts = (person.name or "name not known", _kind(person), _age(person), contact)
    return ", ".join(filter(None, parts))


def _keyholder(known: Known) -> str:
    return ", ".join(filter(None, (known.keyholder, known.keyholder_title)))


def _what_happened(known: Known) -> str:
    record = known.incident.record
    return "\n\n".join(filter(None, (record.summary.strip(), _first_account(known))))


def _first_account(known: Known) -> str:
    record = known.incident.record
    text = record.first_account.strip()
    if not text:
        return ""
    who = record.account_given_by.strip()
    return f"“{text}”\nSaid by: {who}" if who else f"“{text}”"


def _occurred(known: Known) -> str:
    record = known.incident.record
    start, end = record.occurred_from, record.occurred_to
    when = " to ".join(say(moment) for moment in (start, end) if moment)
    shown = f"as the screen showed it: “{record.occurred_as_shown}”"
    return "; ".join(filter(None, (when, shown if record.occurred_as_shown else "")))


def _became_aware(known: Known) -> str:
    record = known.incident.record
    when = say(record.became_aware_at) if record.became_aware_at else ""
    by = f"by {record.became_aware_by}" if record.became_aware_by else ""
    return ", ".join(filter(None, (when, by)))


def _times(known: Known) -> str:
    occurred, aware = _occurred(known), _became_aware(known)
    return _lines((occurred, f"We became aware: {aware}" if aware else ""))


def _platforms(known: Known) -> str:
    platforms = [*known.incident.record.platforms]
    platforms += [account.platform for account in known.accounts if account.platform]
    return ", ".join(dict.fromkeys(platforms))


def _categories(known: Known) -> str:
    return _lines(CATEGORY_NAMES[one] for one in known.incident.record.categories)


def _risk(known: Known) -> str:
    record = known.incident.record
    if record.risk is RiskLevel.NOT_ASSESSED:
        return ""
    reasons = f" Our reasons: {record.risk_reasons}" if record.risk_reasons else ""
    return f"In our judgement the risk is {record.risk.value}.{reasons}"


_DANGER = {
    "yes": "Yes. It was reported to us as immediate danger.",
    "no": "Nobody was known to be in immediate danger when we asked.",
    "unsure": "We could not rule out immediate danger when we asked.",
}


def _danger(known: Known) -> str:
    return _DANGER.get(known.danger, "")


def _say_account(account: Account) -> str:
    shown = f"shown as “{account.display_name}”" if account.display_name else ""
    seen = f"seen {say(account.seen_at)}" if account.seen_at else ""
    whose = account.person_name or "not known whose it is"
    parts = (account.handle, shown, account.address, whose, account.note, seen)
    text = ", ".join(filter(None, parts))
    return f"{account.platform}: {text}" if account.platform else text


def _accounts_of(known: Known, owners: Iterable[Person], *, unknown: bool = False) -> str:
    ids = {person.id for person in owners}
    return _lines(
        _say_account(account)
        for account in known.accounts
        if account.person_id in ids or (unknown and account.person_id is None)
    )


def _reported_accounts(known: Known) -> str:
    """Say those of the people reported, and those that nobody knows the owner of."""
    return _accounts_of(known, known.in_role(Role.PERSON_REPORTED), unknown=True)


def _accounts_in_question(known: Known) -> str:
    """Say those of people targeted and reported, and unknown ones; not those of bystanders."""
    people = known.in_role(Role.TARGET, Role.PERSON_REPORTED)
    return _accounts_of(known, people, unknown=True) or _platforms(known)


def _worried_about_accounts(known: Known) -> str:
    """Say those of whom the referral is about, and unknown ones; nobody else's."""
    role = Role.PERSON_REPORTED if known.in_role(Role.PERSON_REPORTED) else Role.TARGET
    return _accounts_of(known, known.in_role(role), unknown=True) or _platforms(known)


def _say_item(item: EvidenceItem) -> str:
    if item.kind is ItemKind.THING:
        return f"{item.mark}: a physical thing. {item.label}"
    if item.state is ItemState.KEPT:
        shown = (
            f", time as shown: {item.origin.time_as_shown}" if item.origin.time_as_shown else ""
        )
        return f"{item.mark}: {item.label}{shown}"
    return f"{item.mark}: described in words, not copied. {item.label}"


def _evidence(known: Known) -> str:
    return _lines(_say_item(item) for item in known.items if item.derived_from is None)


def _addresses(*concerns: Concern | None, kept: bool = False) -> Callable[[Known], str]:
    """List where it was seen: of what is kept, of what was held back for one of these concerns."""

    def list_all(known: Known) -> str:
        origins = [
            item.origin
            for item in known.items
            if (kept if item.state is ItemState.KEPT else _concerns(item, known) & {*concerns})
        ]
        return _lines(url for origin in origins for url in (origin.source_url, origin.profile_url))

    return list_all


def _concerns(item: EvidenceItem, known: Known) -> set[Concern | None]:
    """Return what an item was kept out for; without an answer of its own, whatever was named."""
    own = {one.concern for one in known.statements if one.id == item.statement_id}
    kept_out = {one.concern for one in known.statements if one.answer is not GateAnswer.NO}
    return own or kept_out


def _public_addresses(known: Known) -> str:
    """List where it was seen: no profile of a target or bystander, nothing held back."""
    reported = {None, *(person.id for person in known.in_role(Role.PERSON_REPORTED))}
    reported -= {person.id for person in known.in_role(Role.TARGET)}
    others = [one.address for one in known.accounts if one.person_id in reported]
    return _lines([*_addresses(kept=True)(known).split("\n"), *others])


def _say_contact(entry: ContactEntry) -> str:
    details = entry.details
    parts = [f"{RECIPIENT_NAMES[details.recipient]}, {say(details.at)}"]
    if details.person:
        parts.append(f"spoke to {details.person}")
    if details.reference:
        parts.append(f"reference {details.reference}")
    if details.advice:
        parts.append(f"they advised: {details.advice}")
    return "; ".join(parts)


def _told(*recipients: Recipient) -> Callable[[Known], str]:
    wanted = frozenset(recipients)
    return lambda known: _lines(
        _say_contact(entry)
        for entry in known.contacts
        if entry.details.answered and entry.details.recipient in wanted
    )


FILLERS: Mapping[str, Callable[[Known], str]] = {
    "organisation": lambda known: known.organisation,
    "keyholder": _keyholder,
    "keyholder-name": lambda known: known.keyholder,
    "number": lambda known: known.incident.number,
    "what-happened": _what_happened,
    "first-account": _first_account,
    "occurred": _occurred,
    "became-aware": _became_aware,
    "platforms": _platforms,
    "kinds": _categories,
    "times": _times,
    "risk": _risk,
    "danger": _danger,
    "wishes": lambda known: known.incident.record.wishes,
    "support": lambda known: known.incident.record.support,
    "child-names": lambda known: _lines(person.name for person in known.children),
    "child-ages": lambda known: _each(known.children, _age),
    "child-contacts": lambda known: _each(known.children, _contact),
    "child-needs": lambda known: _each(known.children, _needs),
    "child-accounts": lambda known: _accounts_of(known, known.children),
    "reported-names": _names(Role.PERSON_REPORTED),
    "reported-ages": _of(Role.PERSON_REPORTED, _age),
    "adult-names": lambda known: _lines(person.name for person in known.adults_reported),
    "adult-births": lambda known: _each(known.adults_reported, _born),
    "adult-kinds": lambda known: _each(known.adults_reported, _kind),
    "reported-people": _listed(Role.PERSON_REPORTED),
    "reported-accounts": _reported_accounts,
    "accounts-in-question": _accounts_in_question,
    "worried-about-names": _worried_about(_names),
    "worried-about-ages": _worried_about(lambda role: _of(role, _age)),
    "worried-about-contacts": _worried_about(lambda role: _of(role, _contact)),
    "worried-about-accounts": _worried_about_accounts,
    "worried-about-needs": _worried_about(lambda role: _of(role, _needs)),
    "parents": _listed(Role.PARENT),
    "witnesses": _listed(Role.WITNESS, Role.BYSTANDER, Role.FINDER, Role.REPORTER),
    "professionals": _listed(Role.PROFESSIONAL),
    "evidence": _evidence,
    "addresses": _public_addresses,
    "child-image-addresses": _addresses(Concern.CHILD_IMAGE, None),
    "extremist-addresses": _addresses(Concern.TERRORIST, kept=True),
    "agencies-told": _told(*AGENCIES),
    "parents-told": _told(Recipient.PARENT),
    "platform-told": _told(Recipient.PLATFORM, Recipient.PROVIDER),
}
