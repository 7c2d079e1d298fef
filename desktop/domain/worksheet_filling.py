"""What of the record answers a question of a worksheet: neutral words only, never a picture."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from desktop.domain.contacts import RECIPIENT_NAMES, ContactEntry, Recipient
from desktop.domain.evidence import EvidenceItem, ItemKind, ItemState
from desktop.domain.incidents import CATEGORY_NAMES, Incident, RiskLevel
from desktop.domain.people import Account, AgeGroup, Involvement, Person, PersonKind, Role
from desktop.domain.times import say
from desktop.domain.worksheets import Worksheet

UNSEEN = frozenset({ItemState.HELD_BACK, ItemState.DESCRIBED, ItemState.SEALED})
AGENCIES = frozenset(
    {
        Recipient.POLICE, Recipient.CEOP, Recipient.LADO, Recipient.CSC, Recipient.ASC,
        Recipient.LA_ESO, Recipient.PREVENT, Recipient.IWF, Recipient.RHC, Recipient.POSH,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything of one incident that an agency's form may ask for."""

    incident: Incident
    people: tuple[Involvement, ...] = ()
    accounts: tuple[Account, ...] = ()
    items: tuple[EvidenceItem, ...] = ()
    contacts: tuple[ContactEntry, ...] = ()
    danger: str = ""
    organisation: str = ""
    keyholder: str = ""
    keyholder_title: str = ""

    def in_role(self, *roles: Role) -> list[Person]:
        """Return the people who have one of these roles in the incident, each once."""
        found = {one.person.id: one.person for one in self.people if one.role in roles}
        return list(found.values())


def fill(worksheet: Worksheet, known: Known) -> dict[str, str]:
    """Return the answer that the record gives to each question; '' where it gives none."""
    return {
        entry.name: FILLERS[entry.filled_from](known) if entry.filled_from else ""
        for section in worksheet.sections
        for entry in section.entries
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
    return f"As {who} said it: “{text}”" if who else f"As it was first told: “{text}”"


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


def _recorded(known: Known) -> str:
    record = known.incident.record
    when = say(record.first_recorded_at) if record.first_recorded_at else ""
    by = f"by {record.first_recorded_by}" if record.first_recorded_by else ""
    return ", ".join(filter(None, (when, by, record.first_recorded_where)))


def _where(known: Known) -> str:
    record = known.incident.record
    return _lines((", ".join(record.platforms), record.place, record.centre))


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
    reasons = f" Reasons: {record.risk_reasons}" if record.risk_reasons else ""
    return f"Our judgement, not a fact: {record.risk.value} risk.{reasons}"


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


def _accounts(*roles: Role, unknown: bool = False) -> Callable[[Known], str]:
    def say_all(known: Known) -> str:
        owners = {person.id for person in known.in_role(*roles)}
        return _lines(
            _say_account(account)
            for account in known.accounts
            if account.person_id in owners or (unknown and account.person_id is None)
        )

    return say_all


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


def _addresses(known: Known) -> str:
    places = [item.origin.source_url for item in known.items]
    places += [item.origin.profile_url for item in known.items]
    return _lines([*places, *(account.address for account in known.accounts)])


def _unseen_addresses(known: Known) -> str:
    unseen = [item.origin for item in known.items if item.state in UNSEEN]
    return _lines(url for origin in unseen for url in (origin.source_url, origin.profile_url))


def _unseen_where(known: Known) -> str:
    unseen = [item.origin for item in known.items if item.state in UNSEEN]
    return _lines(
        ", ".join(filter(None, (origin.platform, origin.time_as_shown))) for origin in unseen
    )


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


def _reference(recipient: Recipient) -> Callable[[Known], str]:
    return lambda known: _lines(
        entry.details.reference for entry in known.contacts if entry.details.recipient is recipient
    )


FILLERS: Mapping[str, Callable[[Known], str]] = {
    "organisation": lambda known: known.organisation,
    "keyholder": _keyholder,
    "keyholder-name": lambda known: known.keyholder,
    "keyholder-title": lambda known: known.keyholder_title,
    "number": lambda known: known.incident.number,
    "title": lambda known: known.incident.record.title,
    "what-happened": _what_happened,
    "summary": lambda known: known.incident.record.summary,
    "first-account": _first_account,
    "occurred": _occurred,
    "became-aware": _became_aware,
    "recorded": _recorded,
    "where": _where,
    "platforms": _platforms,
    "categories": _categories,
    "risk": _risk,
    "danger": _danger,
    "wishes": lambda known: known.incident.record.wishes,
    "support": lambda known: known.incident.record.support,
    "target-names": _names(Role.TARGET),
    "target-ages": _of(Role.TARGET, _age),
    "target-contacts": _of(Role.TARGET, lambda person: person.contact),
    "target-needs": _of(Role.TARGET, lambda person: person.needs),
    "target-kinds": _of(Role.TARGET, _kind),
    "target-accounts": _accounts(Role.TARGET),
    "reported-names": _names(Role.PERSON_REPORTED),
    "reported-ages": _of(Role.PERSON_REPORTED, _age),
    "reported-contacts": _of(Role.PERSON_REPORTED, lambda person: person.contact),
    "reported-kinds": _of(Role.PERSON_REPORTED, _kind),
    "reported-needs": _of(Role.PERSON_REPORTED, lambda person: person.needs),
    "reported-accounts": _accounts(Role.PERSON_REPORTED, unknown=True),
    "own-accounts-reported": _accounts(Role.PERSON_REPORTED),
    "parents": lambda known: _lines(_full(one) for one in known.in_role(Role.PARENT)),
    "witnesses": lambda known: _lines(
        _full(one) for one in known.in_role(Role.WITNESS, Role.BYSTANDER, Role.FINDER)
    ),
    "reporters": lambda known: _lines(_full(one) for one in known.in_role(Role.REPORTER)),
    "employers": lambda known: _lines(_full(one) for one in known.in_role(Role.EMPLOYER)),
    "professionals": lambda known: _lines(_full(one) for one in known.in_role(Role.PROFESSIONAL)),
    "evidence": _evidence,
    "addresses": _addresses,
    "unseen-addresses": _unseen_addresses,
    "unseen-where": _unseen_where,
    "agencies-told": _told(*AGENCIES),
    "police-told": _told(Recipient.POLICE),
    "parents-told": _told(Recipient.PARENT),
    "platform-told": _told(Recipient.PLATFORM, Recipient.PROVIDER),
    "police-reference": _reference(Recipient.POLICE),
}
