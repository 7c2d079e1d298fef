"""The content of a bundle for tests: invented, with texts that paper and sheets trip over."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from desktop.domain.calendar.times import Moment
from desktop.domain.chronology import ChronologyLine, EntryKind, in_order
from desktop.domain.contacts import Channel, ContactDetails, ContactEntry, Recipient
from desktop.domain.evidence.derivatives import Confirmation
from desktop.domain.evidence.gate import Concern, GateAnswer, Statement
from desktop.domain.evidence.items import (
    EvidenceItem,
    ExhibitMark,
    Fingerprint,
    ItemKind,
    ItemState,
    Method,
    Origin,
)
from desktop.domain.evidence.things import Handling, HandlingDetails, Thing
from desktop.domain.identifiers import (
    AccountId,
    ContactId,
    ContentId,
    EntryId,
    IncidentId,
    InvolvementId,
    ItemId,
    PersonId,
    StatementId,
)
from desktop.domain.incidents import Category, FourCs, Incident, IncidentStatus, Record, RiskLevel
from desktop.domain.leaving.bundle import Audience, BundleContent, ContinuityLine, CustodyLine
from desktop.domain.log.custody import Action, CustodyDetail, Head, commit, next_entry
from desktop.domain.people import Account, AgeGroup, Involvement, Person, PersonKind, Role

NOW = Moment(datetime(2026, 11, 20, 13, 5, tzinfo=UTC), 60, "BST")
HOSTILE = 'a < b & <b>not bold <img src="/etc/passwd"/> <a href="x">'
PICTURE = b"\x89PNG original bytes of a picture"
MAIL = b"From: owl\r\n\r\nyou will see"
INCIDENT = IncidentId("i1")


def an_item(number: int, content: bytes | None, **changes: Any) -> EvidenceItem:
    """Return an item, kept if there is content."""
    item = EvidenceItem(
        id=ItemId(f"item{number}"),
        incident_id=INCIDENT,
        mark=ExhibitMark("PXS", number),
        kind=ItemKind.PICTURE if content else ItemKind.DESCRIPTION,
        state=ItemState.KEPT if content else ItemState.HELD_BACK,
        method=Method.PASTE if content else Method.TYPED,
        content_id=ContentId(f"content{number}") if content else None,
        fingerprint=Fingerprint(hashlib.sha256(content).hexdigest(), len(content))
        if content
        else None,
        media_type="image/png" if content else "",
        original_name="",
        captured_at=NOW,
        captured_by="Pat Smith",
        captured_with="test computer",
        statement_id=None if content else StatementId("s2"),
        origin=Origin(description=f"Comment {number}", handle="@owl", time_as_shown="2h ago"),
    )
    return replace(item, **changes)


def a_content(**changes: Any) -> BundleContent:
    """Return a whole content, with one thing or another changed."""
    content = BundleContent(
        audience=Audience.POLICE,
        version=1,
        made_at=NOW,
        made_with="Safeguarding Log 0.0",
        organisation="Example Training",
        contact_name="Pat Smith",
        contact_title="Safeguarding lead",
        recipient="PC Invented",
        crime_reference="EX/1/26",
        incident=an_incident(),
        title="Comments",
        people=_people(),
        accounts=_accounts(),
        items=(
            an_item(1, PICTURE),
            an_item(2, MAIL, media_type="message/rfc822", original_name="letter.eml"),
            an_item(3, None),
        ),
        statements=_statements(),
        contacts=_contacts(),
        chronology=_chronology(),
        continuity=(
            ContinuityLine(
                mark=ExhibitMark("PXS", 1), at=NOW, by="Pat", what="Taken in", number=2
            ),
        ),
        custody=_custody(),
        head=Head(9, "e" * 64),
        earlier=("version 0, long ago",),
    )
    return replace(content, **changes)


def an_empty_content() -> BundleContent:
    """Return the content of an incident of which next to nothing is known."""
    incident = replace(an_incident(), record=Record(), status=IncidentStatus.OPEN, closed_at=None)
    return a_content(
        contact_title="", recipient="", crime_reference="", incident=incident, people=(),
        accounts=(), items=(), statements=(), contacts=(), chronology=(), continuity=(),
        custody=(), head=None, earlier=(),
    )  # fmt: skip


def a_rich_content(**changes: Any) -> BundleContent:
    """Return a content with a thing, something described, and a copy; all passed through hands."""
    copy = an_item(
        1, PICTURE[::-1], id=ItemId("copy"), mark=ExhibitMark("PXS", 1, "A"),
        kind=ItemKind.REDACTED, method=Method.DERIVED, derived_from=ItemId("item1"),
        origin=Origin(description="Redacted copy of PXS/1"),
        noted=(
            ("made from", "PXS/1"),
            ("what was done", "2 areas covered with solid boxes"),
            ("why", f"It goes to a parent {HOSTILE}"),
        ),
    )  # fmt: skip
    other = replace(copy, id=ItemId("other"), mark=ExhibitMark("PXS", 1, "B"))
    phone = an_item(
        4, None, kind=ItemKind.THING, state=ItemState.DESCRIBED, statement_id=None,
        origin=Origin(description="Black Example One, of Robin", note="The screen is cracked"),
    )  # fmt: skip
    story = replace(phone, id=ItemId("item5"), mark=ExhibitMark("PXS", 5))
    story = replace(
        story, kind=ItemKind.DESCRIPTION, origin=Origin(description="A story that is gone")
    )
    plain = a_content()
    rich = replace(
        plain,
        items=(*plain.items, phone, story),
        derivatives=(copy, replace(other, state=ItemState.SEALED, fingerprint=None)),
        confirmed={copy.id: Confirmation("Sam Example", "with their own passphrase", NOW)},
        things={phone.id: Thing(make="Example", model="One", colour="black", seal="A 100")},
        hands=(_hand(phone.id, "Pat Smith"), _hand(story.id, "Alex, tutor")),
    )
    return replace(rich, **changes)


def _hand(item_id: ItemId, to: str) -> Handling:
    details = HandlingDetails(
        at=NOW, given_by=f"Robin {HOSTILE}", given_to=to, purpose="locked away", place="Safe",
        seal="A 100", reference="EX/1/26",
    )  # fmt: skip
    return Handling(
        id=item_id, incident_id=INCIDENT, item_id=item_id, entered_at=NOW, by="Pat Smith",
        details=details,
    )  # fmt: skip


def an_incident() -> Incident:
    """Return an incident with every field filled in."""
    earlier = replace(NOW, utc=NOW.utc - timedelta(days=2))
    record = Record(
        title="Comments",
        first_account=f"She said: {HOSTILE}\n\nand more",
        account_given_by="Robin",
        summary="Neutral words. 😀 Ωλψ ✓",
        occurred_from=earlier,
        occurred_to=NOW,
        occurred_as_shown="2h ago",
        became_aware_at=NOW,
        became_aware_by="Tutor",
        first_recorded_at=NOW,
        first_recorded_by="Tutor",
        first_recorded_where="paper",
        reported_to_dsl_at=NOW,
        late_reason="Half term",
        channel="telephone",
        categories=(Category.CB_POST, Category.HATE),
        four_cs=(FourCs.CONDUCT,),
        platforms=("X",),
        laws=("Fraud Act 2006",),
        place="At home",
        centre="North",
        wishes="Nobody should know",
        risk=RiskLevel.MEDIUM,
        risk_reasons="A day is named",
        support="Daily talk",
        outcome="Police",
        control_measure="Reminder",
    )
    return Incident(
        id=INCIDENT,
        number="2026-0042",
        logged_at=NOW,
        logged_by="Pat Smith",
        status=IncidentStatus.CLOSED,
        careful=True,
        closed_at=NOW,
        record=record,
    )


def _people() -> tuple[Involvement, ...]:
    robin = Person(
        id=PersonId("p1"), name="Robin Sample", kind=PersonKind.LEARNER,
        age_group=AgeGroup.UNDER_18, date_of_birth="1 May 2010", contact="07700 900000",
        needs="Signs", note="Likes maths",
    )  # fmt: skip
    owl = Person(id=PersonId("p2"))
    return tuple(
        Involvement(id=InvolvementId(person.id), incident_id=INCIDENT, role=role, person=person)
        for person, role in ((robin, Role.TARGET), (owl, Role.PERSON_REPORTED))
    )


def _accounts() -> tuple[Account, ...]:
    return (
        Account(
            id=AccountId("a1"), incident_id=INCIDENT, person_id=None, handle="@owl",
            platform="X", note="=1+1", seen_at=NOW,
        ),
        Account(id=AccountId("a2"), incident_id=INCIDENT, person_id=PersonId("p1"), handle="r"),
    )  # fmt: skip


def _statements() -> tuple[Statement, ...]:
    unsure = Statement(
        id=StatementId("s2"), incident_id=INCIDENT, answer=GateAnswer.NOT_SURE,
        concern=Concern.CHILD_IMAGE, listed=("photo.jpg",), at=NOW, by="Pat Smith",
    )  # fmt: skip
    fresh = replace(
        unsure,
        id=StatementId("s3"),
        answer=GateAnswer.NO,
        corrects=unsure.id,
        reason="It is a dog",
    )
    other = replace(unsure, id=StatementId("s1"), concern=None)
    return other, unsure, fresh


def _contacts() -> tuple[ContactEntry, ...]:
    rung = ContactDetails(
        recipient=Recipient.POLICE, at=NOW, channel=Channel.CALL_101, organisation="Police",
        person="PC Invented", person_role="4471", address_used="101", basis="Crime",
        said="What happened", sent="Nothing", protected_how="-", reference="EX/1/26",
        advice="Keep it", next_action="Ring again", next_due=NOW,
    )  # fmt: skip
    missed = ContactDetails(recipient=Recipient.CSC, at=NOW, answered=False)
    return tuple(
        ContactEntry(
            id=ContactId(str(number)), incident_id=INCIDENT, attempt=1, made_by="Pat",
            entered_at=NOW, step_id="", details=details,
        )
        for number, details in enumerate((rung, missed))
    )  # fmt: skip


def _chronology() -> tuple[ChronologyLine, ...]:
    first = ChronologyLine(
        id=EntryId("c1"), kind=EntryKind.NOTE, at=replace(NOW, utc=NOW.utc - timedelta(hours=1)),
        entered_at=NOW, by="Pat", text="=Collected by her mother", mark="PXS/1",
    )  # fmt: skip
    fresh = replace(
        first, id=EntryId("c2"), text="Collected by her aunt", corrects=first.id, reason="Slip"
    )
    lost = replace(first, id=EntryId("c3"), at=NOW, corrects=EntryId("gone"), reason="Slip")
    return tuple(in_order([first, fresh, lost]))


def _custody() -> tuple[CustodyLine, ...]:
    detail = CustodyDetail(b"s" * 16, '{"mark":"PXS/1"}')
    entry = next_entry(
        None,
        at=NOW.to_text(),
        keyholder="pat",
        action=Action.ITEM_ADDED,
        subject="item1",
        commitment=commit(detail.salt, detail.detail),
    )
    erased = next_entry(
        Head(entry.number, entry.own),
        at=NOW.to_text(),
        keyholder="pat",
        action=Action.ITEM_VIEWED,
        subject="item1",
        commitment="f" * 64,
    )
    return (
        CustodyLine(entry=entry, detail=detail, about="exhibit PXS/1", by="Pat Smith"),
        CustodyLine(entry=erased, detail=None, about="exhibit PXS/1", by="Pat Smith"),
    )
