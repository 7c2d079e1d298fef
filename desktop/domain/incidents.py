"""An incident and what is known of it; every field may be empty (procedures.md 3.1)."""

import re
from dataclasses import dataclass, fields
from enum import StrEnum

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import IncidentId


class IncidentStatus(StrEnum):
    """Where an incident stands."""

    OPEN = "open"
    AWAITING = "awaiting"
    CLOSED = "closed"


class FourCs(StrEnum):
    """The four areas of online risk (KCSIE 2026 para 165)."""

    CONTENT = "content"
    CONTACT = "contact"
    CONDUCT = "conduct"
    COMMERCE = "commerce"


class Category(StrEnum):
    """What kind of incident it is: the merged list of procedures.md 1.6; several may apply."""

    CB_MSG = "CB-MSG"
    CB_POST = "CB-POST"
    CB_IMG = "CB-IMG"
    CB_ANON = "CB-ANON"
    THREAT = "THREAT"
    HARASS = "HARASS"
    HATE = "HATE"
    IIOC = "IIOC"
    INT_ADULT = "INT-ADULT"
    SEXT_EXT = "SEXT-EXT"
    GROOM = "GROOM"
    CSH = "CSH"
    STAFF_CONTACT = "STAFF-CONTACT"
    STAFF_MAT = "STAFF-MAT"
    STAFF_TARGET = "STAFF-TARGET"
    PREVENT = "PREVENT"
    ACC_OWN = "ACC-OWN"
    ACC_FAKE = "ACC-FAKE"
    IMPERS = "IMPERS"
    CONTENT = "CONTENT"
    PRIVACY = "PRIVACY"
    SYSTEM = "SYSTEM"
    FRAUD_IP = "FRAUD-IP"
    REPUTE = "REPUTE"
    OTHER = "OTHER"


CATEGORY_NAMES: dict[Category, str] = {
    Category.CB_MSG: "Bullying or abuse by e-mail, text, call or private message",
    Category.CB_POST: "Insulting, malicious or threatening comments on a site",
    Category.CB_IMG: "Embarrassing photo or video shared without consent (not sexual)",
    Category.CB_ANON: "Anonymous abuse",
    Category.THREAT: "Threat of violence",
    Category.HARASS: "Repeated conduct, harassment or stalking",
    Category.HATE: "Discrimination or hatred",
    Category.IIOC: "Nude, semi-nude or sexual image of someone under 18 (words only)",
    Category.INT_ADULT: "Intimate image of an adult without consent (words only)",
    Category.SEXT_EXT: "Sexual extortion or blackmail",
    Category.GROOM: "Grooming or sexual contact by an adult or unknown person",
    Category.CSH: "Sexual harassment or violence between children",
    Category.STAFF_CONTACT: "Contact between staff and learner that is not appropriate",
    Category.STAFF_MAT: "Other unsuitable material held by staff",
    Category.STAFF_TARGET: "A member of staff is the target",
    Category.PREVENT: "Extremism or radicalisation",
    Category.ACC_OWN: "Abuse on our own account",
    Category.ACC_FAKE: "Fake or unapproved account using our name",
    Category.IMPERS: "Impersonation or use of another person's account",
    Category.CONTENT: "Harmful or unsuitable content",
    Category.PRIVACY: "Personal data seen or shared without permission",
    Category.SYSTEM: "Misuse of the network or hacking",
    Category.FRAUD_IP: "Fraud or illegal downloading",
    Category.REPUTE: "Harm to reputation only",
    Category.OTHER: "Other",
}

FOUR_CS_NAMES: dict[FourCs, str] = {
    FourCs.CONTENT: "Content: what was seen",
    FourCs.CONTACT: "Contact: who got in touch",
    FourCs.CONDUCT: "Conduct: how people behaved",
    FourCs.COMMERCE: "Commerce: money, scams, adverts",
}

PLATFORMS = (
    "E-mail",
    "Text message or call",
    "WhatsApp",
    "Snapchat",
    "Instagram",
    "TikTok",
    "Facebook",
    "X",
    "YouTube",
    "Discord",
    "Roblox",
    "Teams or other work platform",
    "Website, forum or blog",
    "Other",
)


class RiskLevel(StrEnum):
    """The keyholder's own judgement of risk, always with reasons."""

    NOT_ASSESSED = "not assessed"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known of one incident; the field names are those of the append-only field values.

    Texts are as typed. `laws` are the ids of those possibly engaged, never more than possibly.
    Moments are None while unknown. The four times are different things: when it happened
    (`occurred_from`/`occurred_to`), when somebody became aware, when and by whom it was first
    written down anywhere (paper counts), and Incident.logged_at. D1 (24 h) runs from
    `became_aware_at` to `first_recorded_at` (procedures.md section 00).
    """

    title: str = ""
    first_account: str = ""
    account_given_by: str = ""
    summary: str = ""
    occurred_from: Moment | None = None
    occurred_to: Moment | None = None
    occurred_as_shown: str = ""
    became_aware_at: Moment | None = None
    became_aware_by: str = ""
    first_recorded_at: Moment | None = None
    first_recorded_by: str = ""
    first_recorded_where: str = ""
    reported_to_dsl_at: Moment | None = None
    late_reason: str = ""
    channel: str = ""
    categories: tuple[Category, ...] = ()
    four_cs: tuple[FourCs, ...] = ()
    platforms: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    place: str = ""
    centre: str = ""
    wishes: str = ""
    risk: RiskLevel = RiskLevel.NOT_ASSESSED
    risk_reasons: str = ""
    support: str = ""
    outcome: str = ""
    control_measure: str = ""
    learner_view: str = ""


TEXT_FIELDS = frozenset(
    {
        "title", "first_account", "account_given_by", "summary", "occurred_as_shown",
        "became_aware_by", "first_recorded_by", "first_recorded_where", "late_reason", "channel",
        "place", "centre", "wishes", "risk_reasons", "support", "outcome", "control_measure",
        "learner_view",
    }
)  # fmt: skip
MOMENT_FIELDS = frozenset(
    {"occurred_from", "occurred_to", "became_aware_at", "first_recorded_at", "reported_to_dsl_at"}
)
RECORD_FIELDS = tuple(field.name for field in fields(Record))

FieldValue = str | Moment | None | RiskLevel | tuple[str, ...]


def encode_field(name: str, value: FieldValue) -> str:
    """Write one field of a Record as the text that is stored; raises KeyError on a wrong name."""
    if name not in RECORD_FIELDS:
        raise KeyError(name)
    if value is None:
        return ""
    if isinstance(value, Moment):
        return value.to_text()
    if isinstance(value, tuple):
        return "\n".join(str(part) for part in value)
    return str(value)


def decode_record(values: dict[str, str]) -> Record:
    """Build a Record from stored texts; a missing name is an empty field."""
    known: dict[str, object] = {}
    for name, text in values.items():
        if name in TEXT_FIELDS:
            known[name] = text
        elif name in MOMENT_FIELDS:
            known[name] = Moment.from_text(text) if text else None
    lists = ("categories", "four_cs", "platforms", "laws")
    parts = {name: _lines(values.get(name, "")) for name in lists}
    known["categories"] = tuple(Category(code) for code in parts["categories"])
    known["four_cs"] = tuple(FourCs(code) for code in parts["four_cs"])
    known["platforms"] = parts["platforms"]
    known["laws"] = parts["laws"]
    known["risk"] = RiskLevel(values.get("risk") or RiskLevel.NOT_ASSESSED)
    return Record(**known)  # type: ignore[arg-type]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One concern: its number never changes or returns, and holds no name."""

    id: IncidentId
    number: str
    logged_at: Moment
    logged_by: str
    status: IncidentStatus
    careful: bool
    closed_at: Moment | None
    record: Record


TITLE_LENGTH = 80


def title_from(text: str) -> str:
    """Make a short title from the first sentence of what was typed; '' of nothing."""
    first = re.split(r"(?<=[.!?])\s|\n", text.strip(), maxsplit=1)[0].rstrip(".")
    if len(first) <= TITLE_LENGTH:
        return first
    return first[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def incident_number(year: int, ordinal: int) -> str:
    """Write the number of the n-th incident of a year, such as 2026-0042."""
    return f"{year}-{ordinal:04d}"
