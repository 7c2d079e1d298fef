"""A contact entry: one attempt to tell or ask somebody, and what came of it."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import ContactId, IncidentId


class Recipient(StrEnum):
    """Who was told or asked; the three of the local authority are never merged."""

    POLICE = "POLICE"
    CEOP = "CEOP"
    LADO = "LADO"
    CSC = "CSC"
    ASC = "ASC"
    LA_ESO = "LA-ESO"
    PARENT = "PARENT"
    EMPLOYER = "EMPLOYER"
    PROVIDER = "PROVIDER"
    PLATFORM = "PLATFORM"
    IWF = "IWF"
    POSH = "POSH"
    RHC = "RHC"
    PREVENT = "PREVENT"
    DSL = "DSL"
    OSC = "OSC"
    HEAD = "HEAD"
    SLT = "SLT"
    LINE_MGR = "LINE-MGR"
    EXEC = "EXEC"
    CHAMPION = "CHAMPION"
    HR = "HR"
    IT = "IT"
    ICO = "ICO"
    FUNDER = "FUNDER"
    MARKETING = "MARKETING"
    TARGET = "TARGET"
    OTHER = "OTHER"


RECIPIENT_NAMES: dict[Recipient, str] = {
    Recipient.POLICE: "Police",
    Recipient.CEOP: "CEOP (NCA, online sexual abuse of children)",
    Recipient.LADO: "LADO (allegations about adults who work with children)",
    Recipient.CSC: "Children's services",
    Recipient.ASC: "Adult social care",
    Recipient.LA_ESO: "Local authority e-safety officer",
    Recipient.PARENT: "Parent or carer",
    Recipient.EMPLOYER: "Employer",
    Recipient.PROVIDER: "E-mail or phone provider",
    Recipient.PLATFORM: "Platform or site administrator",
    Recipient.IWF: "Internet Watch Foundation",
    Recipient.POSH: "Professionals Online Safety Helpline",
    Recipient.RHC: "Report Harmful Content",
    Recipient.PREVENT: "Prevent",
    Recipient.DSL: "Designated safeguarding lead",
    Recipient.OSC: "Online safety coordinator",
    Recipient.HEAD: "Head of the organisation",
    Recipient.SLT: "Senior leadership",
    Recipient.LINE_MGR: "Line manager",
    Recipient.EXEC: "Executive team",
    Recipient.CHAMPION: "Safeguarding champion of the board",
    Recipient.HR: "Human resources",
    Recipient.IT: "IT",
    Recipient.ICO: "Information Commissioner",
    Recipient.FUNDER: "Funder",
    Recipient.MARKETING: "Marketing",
    Recipient.TARGET: "The person targeted",
    Recipient.OTHER: "Somebody else",
}


class Channel(StrEnum):
    """How the contact was made."""

    CALL_999 = "999 call"
    CALL_101 = "101 call"
    PHONE = "telephone"
    ONLINE_FORM = "online form"
    EMAIL = "e-mail"
    PORTAL = "portal"
    LETTER = "letter"
    IN_PERSON = "in person"
    OTHER = "other"


class Direction(StrEnum):
    """Who turned to whom."""

    OUT = "we contacted them"
    IN = "they contacted us"
    IN_TOLD = "they contacted us, and we told them"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDetails:
    """What the keyholder enters about one contact; an unanswered call counts too."""

    recipient: Recipient
    at: Moment
    direction: Direction = Direction.OUT
    channel: Channel = Channel.PHONE
    answered: bool = True
    organisation: str = ""
    person: str = ""
    person_role: str = ""
    address_used: str = ""
    basis: str = ""
    said: str = ""
    sent: str = ""
    protected_how: str = ""
    reference: str = ""
    advice: str = ""
    next_action: str = ""
    next_due: Moment | None = None

    @property
    def told(self) -> bool:
        """Whether they were told: a call that came in counts only where it is said so."""
        return self.answered and self.direction is not Direction.IN


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactEntry:
    """One kept contact; `attempt` counts those to the same recipient in the incident."""

    id: ContactId
    incident_id: IncidentId
    attempt: int
    made_by: str
    entered_at: Moment
    step_id: str
    details: ContactDetails
