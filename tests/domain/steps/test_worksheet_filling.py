from collections.abc import Iterable
from dataclasses import replace

import pytest

from desktop.domain.calendar.times import Moment
from desktop.domain.contacts import ContactDetails, ContactEntry, Recipient
from desktop.domain.evidence.gate import Concern, GateAnswer, Statement
from desktop.domain.evidence.items import (
    EvidenceItem,
    ExhibitMark,
    ItemKind,
    ItemState,
    Method,
    Origin,
)
from desktop.domain.identifiers import (
    AccountId,
    ContactId,
    IncidentId,
    InvolvementId,
    ItemId,
    PersonId,
    StatementId,
)
from desktop.domain.incidents import Category, Incident, IncidentStatus, Record, RiskLevel
from desktop.domain.people import Account, AgeGroup, Involvement, Person, PersonKind, Role
from desktop.domain.steps.worksheet_filling import FILLERS, Known, fill
from desktop.domain.steps.worksheets import Entry, Section, Worksheet
from tests.situations import at

INCIDENT = IncidentId("i")
ROBIN = Person(
    id=PersonId("robin"),
    name="Robin",
    kind=PersonKind.LEARNER,
    age_group=AgeGroup.UNDER_18,
    date_of_birth="3 Mar 2010",
    contact="by way of her tutor",
    needs="dyslexia",
)
SAM = Person(id=PersonId("sam"), name="Sam")
NOBODY = Person(id=PersonId("nobody"), kind=PersonKind.STAFF)


def known(record: Record | None = None, **more: object) -> Known:
    incident = Incident(
        id=INCIDENT,
        number="2026-0007",
        logged_at=at(16),
        logged_by="Pat Smith",
        status=IncidentStatus.OPEN,
        careful=False,
        closed_at=None,
        record=record or Record(),
    )
    return replace(Known(incident=incident), **more)  # type: ignore[arg-type]


def involved(*listed: tuple[Role, Person]) -> tuple[Involvement, ...]:
    return tuple(
        Involvement(id=InvolvementId(f"v{n}"), incident_id=INCIDENT, role=role, person=person)
        for n, (role, person) in enumerate(listed)
    )


def item(number: int, state: ItemState = ItemState.KEPT, **more: object) -> EvidenceItem:
    kept = EvidenceItem(
        id=ItemId(f"t{number}"),
        incident_id=INCIDENT,
        mark=ExhibitMark("PXS", number),
        kind=ItemKind.PICTURE,
        state=state,
        method=Method.PICKER,
        content_id=None,
        fingerprint=None,
        media_type="",
        original_name="secret name.png",
        captured_at=at(16),
        captured_by="Pat Smith",
        captured_with="test",
        statement_id=None,
        origin=Origin(description=f"Item {number}", source_url=f"https://example.org/{number}"),
    )
    return replace(kept, **more)  # type: ignore[arg-type]


def statement(name: str, answer: GateAnswer, concern: Concern | None) -> Statement:
    return Statement(
        id=StatementId(name),
        incident_id=INCIDENT,
        answer=answer,
        concern=concern,
        listed=(),
        at=at(16),
        by="Pat Smith",
    )


def contact(recipient: Recipient, moment: Moment, **more: object) -> ContactEntry:
    details = ContactDetails(recipient=recipient, at=moment, **more)  # type: ignore[arg-type]
    return ContactEntry(
        id=ContactId(f"c-{recipient}-{moment.utc}"),
        incident_id=INCIDENT,
        attempt=1,
        made_by="Pat Smith",
        entered_at=moment,
        step_id="",
        details=details,
    )


def account(name: str, person: Person | None = None, **more: str) -> Account:
    return Account(
        id=AccountId(name),
        incident_id=INCIDENT,
        person_id=person.id if person else None,
        person_name=person.name if person else "",
        handle=name,
        **more,  # type: ignore[arg-type]
    )


def said(name: str, of: Known) -> str:
    return FILLERS[name](of)


def sheet(*sources: str) -> Worksheet:
    entries = tuple(
        Entry(name=f"q{n}", label=f"Question {n}", filled_from=source)
        for n, source in enumerate(sources)
    )
    return Worksheet(
        id="x",
        title="X",
        purpose="A test",
        version="1",
        checked="2026-11-20",
        recipient=Recipient.OTHER,
        references=("own",),
        caution="Words only.",
        note="A test.",
        sections=(Section(heading="All", entries=entries),),
    )


def test_every_question_gets_an_answer_or_an_empty_one() -> None:
    texts = fill(sheet("organisation", "", "number"), known(organisation="Example Training"))
    assert texts == {"q0": "Example Training", "q1": "", "q2": "2026-0007"}


@pytest.mark.parametrize("name", sorted(FILLERS))
def test_an_empty_record_fills_in_nothing_and_breaks_nothing(name: str) -> None:
    assert said(name, known()) == ("2026-0007" if name == "number" else "")


def test_what_happened_is_the_summary_and_then_their_own_words_as_a_quote() -> None:
    record = Record(summary="Messages came.", first_account="he wrote to me", account_given_by="R")
    assert said("what-happened", known(record)) == (
        "Messages came.\n\n“he wrote to me”\nSaid by: R"
    )
    alone = Record(first_account="he wrote to me")
    assert said("what-happened", known(alone)) == "“he wrote to me”"
    assert said("first-account", known(alone)) == "“he wrote to me”"


def test_times_are_said_as_known_and_as_the_screen_showed_them() -> None:
    record = Record(
        occurred_from=at(16, 10),
        occurred_to=at(17, 9, 5),
        occurred_as_shown="2h ago",
        became_aware_at=at(18, 8),
        became_aware_by="Lee",
    )
    occurred = "16 Nov 2026, 10:00 to 17 Nov 2026, 09:05; as the screen showed it: “2h ago”"
    assert said("occurred", known(record)) == occurred
    assert said("became-aware", known(record)) == "18 Nov 2026, 08:00, by Lee"
    assert said("times", known(record)) == (
        f"{occurred}\nWe became aware: 18 Nov 2026, 08:00, by Lee"
    )


def test_a_judgement_is_marked_as_one() -> None:
    record = Record(risk=RiskLevel.HIGH, risk_reasons="He knows where she lives.")
    assert said("risk", known(record)) == (
        "In our judgement the risk is high. Our reasons: He knows where she lives."
    )
    bare = Record(risk=RiskLevel.LOW)
    assert said("risk", known(bare)) == "In our judgement the risk is low."


@pytest.mark.parametrize(
    ("answer", "begins"), [("yes", "Yes."), ("no", "Nobody was known"), ("unsure", "We could not")]
)
def test_danger_is_said_as_it_was_answered(answer: str, begins: str) -> None:
    assert said("danger", known(danger=answer)).startswith(begins)


def test_one_person_is_said_plainly_and_several_with_their_names() -> None:
    one = known(people=involved((Role.TARGET, ROBIN)))
    assert said("child-names", one) == "Robin"
    assert said("child-ages", one) == "born 3 Mar 2010, under 18"
    assert said("child-contacts", one) == "by way of her tutor"
    assert said("child-needs", one) == "dyslexia"
    two = known(people=involved((Role.TARGET, ROBIN), (Role.TARGET, SAM)))
    assert said("child-names", two) == "Robin\nSam"
    assert said("child-ages", two) == "Robin: born 3 Mar 2010, under 18\nSam: age not known"
    assert said("child-needs", two) == "Robin: dyslexia"


def test_somebody_without_a_name_is_said_to_have_none() -> None:
    people = known(people=involved((Role.PERSON_REPORTED, NOBODY), (Role.PERSON_REPORTED, SAM)))
    assert said("reported-names", people) == "Sam"
    assert said("adult-kinds", people) == "Name not known: member of staff"
    assert said("reported-people", people) == (
        "name not known, member of staff, age not known\nSam, age not known"
    )
    assert said("adult-births", people) == ""


def test_whom_to_worry_about_is_the_person_reported_or_else_the_target() -> None:
    target = known(people=involved((Role.TARGET, ROBIN)))
    assert said("worried-about-names", target) == "Robin"
    assert said("worried-about-contacts", target) == "by way of her tutor"
    both = known(people=involved((Role.TARGET, ROBIN), (Role.PERSON_REPORTED, SAM)))
    assert said("worried-about-names", both) == "Sam"
    assert said("worried-about-needs", both) == ""
    assert said("worried-about-ages", both) == "age not known"


def test_people_around_are_listed_in_full() -> None:
    lee = Person(id=PersonId("lee"), name="Lee", kind=PersonKind.PARENT, contact="01632 960001")
    people = involved((Role.PARENT, lee), (Role.WITNESS, SAM), (Role.PROFESSIONAL, NOBODY))
    assert said("parents", known(people=people)) == (
        "Lee, parent or carer, age not known, contact: 01632 960001"
    )
    assert said("witnesses", known(people=people)) == "Sam, age not known"
    assert said("professionals", known(people=people)).startswith("name not known")


def test_a_child_and_an_adult_are_each_named_where_the_form_asks_for_them() -> None:
    tutor = Person(
        id=PersonId("tutor"), name="Alex", kind=PersonKind.STAFF, age_group=AgeGroup.ADULT
    )
    people = involved(
        (Role.TARGET, ROBIN),
        (Role.TARGET, tutor),
        (Role.PERSON_REPORTED, tutor),
        (Role.PERSON_REPORTED, ROBIN),
    )
    of_no_age = replace(tutor, id=PersonId("of no age"), age_group=AgeGroup.UNKNOWN)
    people = (*people, *involved((Role.TARGET, of_no_age)))
    assert said("child-names", known(people=people)) == "Robin"
    assert said("adult-names", known(people=people)) == "Alex"
    assert said("adult-kinds", known(people=people)) == "member of staff"
    assert said("child-names", known(people=involved((Role.TARGET, tutor)))) == "Alex"


def test_accounts_are_told_with_whose_they_are_and_when_they_were_seen() -> None:
    listed = (
        account("@robin", ROBIN, platform="Instagram"),
        account("@shadow", platform="Snapchat", display_name="S", address="https://s.example/s"),
        replace(account("@sam", SAM, note="closed since"), seen_at=at(17, 9)),
    )
    people = involved((Role.TARGET, ROBIN), (Role.PERSON_REPORTED, SAM))
    of = known(accounts=listed, people=people)
    shadow = "Snapchat: @shadow, shown as “S”, https://s.example/s, not known whose it is"
    sam = "@sam, Sam, closed since, seen 17 Nov 2026, 09:00"
    assert said("child-accounts", of) == "Instagram: @robin, Robin"
    assert said("reported-accounts", of) == f"{shadow}\n{sam}"
    assert said("accounts-in-question", of) == f"Instagram: @robin, Robin\n{shadow}\n{sam}"
    assert said("worried-about-accounts", of) == f"{shadow}\n{sam}"
    assert said("platforms", of) == "Instagram, Snapchat"


def test_the_accounts_of_people_around_are_told_to_nobody() -> None:
    listed = (
        account("@robin", ROBIN, address="https://s.example/robin"),
        account("@witness", SAM, address="https://s.example/witness"),
    )
    of = known(accounts=listed, people=involved((Role.TARGET, ROBIN), (Role.WITNESS, SAM)))
    for source in FILLERS:
        assert "@witness" not in said(source, of)
        assert "s.example/witness" not in said(source, of)
    assert "@robin" in said("accounts-in-question", of)
    assert "@robin" in said("worried-about-accounts", of)


def test_without_accounts_the_platforms_are_said() -> None:
    assert said("accounts-in-question", known(Record(platforms=("Discord",)))) == "Discord"


def test_evidence_is_told_in_words_and_what_was_kept_out_is_said_to_be() -> None:
    items = (
        item(1, origin=Origin(description="A comment", time_as_shown="2h ago")),
        item(2, ItemState.HELD_BACK),
        item(3, kind=ItemKind.THING, origin=Origin(description="A telephone")),
        item(4, derived_from=ItemId("t1")),
        item(5, origin=Origin(description="Plain")),
    )
    text = said("evidence", known(items=items))
    assert text.splitlines() == [
        "PXS/1: A comment, time as shown: 2h ago",
        "PXS/2: described in words, not copied. Item 2",
        "PXS/3: a physical thing. A telephone",
        "PXS/5: Plain",
    ]


def gated() -> tuple[tuple[EvidenceItem, ...], tuple[Statement, ...]]:
    items = (
        item(1),
        item(2, ItemState.HELD_BACK, statement_id=StatementId("child")),
        item(3, ItemState.HELD_BACK, statement_id=StatementId("terror")),
        item(4, ItemState.HELD_BACK, statement_id=StatementId("unsure")),
        item(5, ItemState.HELD_BACK, statement_id=StatementId("adult")),
    )
    statements = (
        statement("child", GateAnswer.YES, Concern.CHILD_IMAGE),
        statement("terror", GateAnswer.YES, Concern.TERRORIST),
        statement("unsure", GateAnswer.NOT_SURE, None),
        statement("adult", GateAnswer.YES, Concern.ADULT_IMAGE),
    )
    return items, statements


def addresses(*numbers: int) -> str:
    return "\n".join(f"https://example.org/{number}" for number in numbers)


def test_each_agency_gets_the_addresses_that_are_its_own_and_no_others() -> None:
    items, statements = gated()
    of = known(items=items, statements=statements)
    assert said("child-image-addresses", of) == addresses(2, 4)
    assert said("extremist-addresses", of) == addresses(1, 3)
    assert said("addresses", of) == addresses(1)


def test_a_description_counts_for_what_the_gate_named_in_its_incident() -> None:
    no = statement("no", GateAnswer.NO, None)
    child = statement("child", GateAnswer.YES, Concern.CHILD_IMAGE)
    items = (item(1, ItemState.DESCRIBED),)
    assert said("child-image-addresses", known(items=items, statements=(no,))) == ""
    assert said("child-image-addresses", known(items=items, statements=(no, child))) == addresses(
        1
    )


def test_the_own_profile_of_the_person_targeted_is_no_address_to_report() -> None:
    listed = (
        account("@robin", ROBIN, address="https://s.example/robin"),
        account("@shadow", address="https://s.example/shadow"),
    )
    of = known(accounts=listed, people=involved((Role.TARGET, ROBIN)), items=(item(1),))
    assert said("addresses", of) == f"{addresses(1)}\nhttps://s.example/shadow"
    both = known(
        accounts=listed,
        people=involved((Role.TARGET, ROBIN), (Role.PERSON_REPORTED, ROBIN)),
    )
    assert said("addresses", both) == "https://s.example/shadow"


def test_who_was_told_is_said_with_reference_and_advice_and_only_if_they_were_reached() -> None:
    told: Iterable[ContactEntry] = (
        contact(Recipient.POLICE, at(16, 9), answered=False),
        contact(Recipient.POLICE, at(16, 10), person="PC Jones", reference="42", advice="Wait."),
        contact(Recipient.PARENT, at(16, 11)),
        contact(Recipient.PLATFORM, at(16, 12), reference="T-1"),
    )
    of = known(contacts=tuple(told))
    assert said("agencies-told", of) == (
        "Police, 16 Nov 2026, 10:00; spoke to PC Jones; reference 42; they advised: Wait."
    )
    assert said("parents-told", of) == "Parent or carer, 16 Nov 2026, 11:00"
    assert said("platform-told", of) == (
        "Platform or site administrator, 16 Nov 2026, 12:00; reference T-1"
    )


def test_the_rest_of_the_record_is_passed_on_as_it_is() -> None:
    record = Record(
        categories=(Category.THREAT, Category.GROOM), wishes="That it stops", support="Her tutor"
    )
    of = known(record, keyholder="Pat Smith", keyholder_title="DSL")
    assert said("keyholder", of) == "Pat Smith, DSL"
    assert said("keyholder-name", of) == "Pat Smith"
    assert said("wishes", of) == "That it stops"
    assert said("support", of) == "Her tutor"
    assert len(said("kinds", of).splitlines()) == 2


def test_nothing_of_a_file_but_its_description_is_told() -> None:
    items, statements = gated()
    of = known(items=items, statements=statements)
    assert all("secret name" not in filler(of) for filler in FILLERS.values())
