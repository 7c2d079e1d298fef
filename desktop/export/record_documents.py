"""What the bundle tells of the incident itself: summary, chronology, people, contacts."""

from collections.abc import Iterator
from datetime import timedelta

from reportlab.platypus import Flowable

from desktop.domain.calendar.times import Moment, say, say_with_zone
from desktop.domain.chronology import ChronologyLine
from desktop.domain.contacts import RECIPIENT_NAMES, ContactEntry
from desktop.domain.identifiers import EntryId
from desktop.domain.incidents import (
    CATEGORY_NAMES,
    FOUR_CS_NAMES,
    Category,
    Incident,
    IncidentStatus,
    Record,
    RiskLevel,
)
from desktop.domain.leaving.bundle import BundleContent
from desktop.domain.people import Involvement
from desktop.export.blocks import (
    facts,
    gap,
    grid,
    heading,
    note,
    paragraph,
    quote,
    small,
    text_blocks,
    title_block,
    together,
)
from desktop.export.page_style import STRONG

_AT_ONCE = timedelta(minutes=2)
_STATUS = {
    IncidentStatus.OPEN: "Open",
    IncidentStatus.AWAITING: "Waiting for an agency",
    IncidentStatus.CLOSED: "Closed",
}
_ORDER = (
    "In the order in which things happened. A corrected line stays as it was. Where a line was "
    "entered later, the last column says when."
)
_WORDS = "Everything here is what was recorded. It says nothing about anybody's guilt."


def summary_story(content: BundleContent) -> list[Flowable]:
    """Tell on one or two pages what happened, to whom, where and when, and what is known."""
    record, incident = content.incident.record, content.incident
    story = title_block("Summary", f"{content.organisation}. {_WORDS}")
    story.append(note(_where_it_stands(content)))
    story += [heading("What happened"), *text_blocks(record.summary or "No summary was written.")]
    if record.first_account:
        story += [heading("First account, in the words in which it came")]
        if record.account_given_by:
            story.append(small(f"Given by {record.account_given_by}"))
        story += quote(record.first_account)
    story += [heading("When"), facts(_times(incident))]
    story += [heading("What kind, and where"), facts(_kinds(record))]
    story += [heading("Risk, wishes and support"), facts(_risk(record))]
    if record.outcome or record.control_measure:
        ends = (("Outcome", record.outcome), ("Control measure", record.control_measure))
        story += [heading("How it ended"), facts(ends)]
    return story


def chronology_story(content: BundleContent) -> list[Flowable]:
    """Tell everything in the order in which it happened; corrected lines stay."""
    story = title_block("Chronology", _ORDER)
    if not content.chronology:
        return [*story, small("Nothing was entered.")]
    places = {line.id: number for number, line in enumerate(content.chronology, 1)}
    rows = [_chronology_row(line, places) for line in content.chronology]
    head = ("No.", "When", "What", "Exhibit", "Entered by")
    return [*story, grid(head, rows, (7, 24, 50, 10, 17))]


def people_story(content: BundleContent) -> list[Flowable]:
    """Tell who is involved in which role, and which accounts were seen."""
    story = title_block(
        "People and accounts", "The role is the one somebody has in this incident alone."
    )
    story.append(heading("People"))
    if not content.people:
        story.append(small("Nobody was entered."))
    for one in content.people:
        story.append(together([paragraph(_who(one), STRONG), facts(_person(one)), gap()]))
    story.append(heading("Accounts, as seen"))
    if not content.accounts:
        story.append(small("No account was entered."))
    for account in content.accounts:
        pairs = (
            ("Handle", account.handle),
            ("Display name", account.display_name),
            ("Platform", account.platform),
            ("Address", account.address),
            ("Whose", account.person_name or "Not known"),
            ("Seen", _said(account.seen_at)),
            *((("Note", account.note),) if account.note else ()),
        )
        story.append(together([facts(pairs), gap(12)]))
    return story


def contacts_story(content: BundleContent) -> list[Flowable]:
    """Tell who was told or asked, what was said, and what came back."""
    story = title_block("Contacts", "Each attempt to tell or ask somebody; unanswered ones count.")
    if not content.contacts:
        story.append(small("No contact was entered."))
    for number, entry in enumerate(content.contacts, 1):
        name = f"{number}. {RECIPIENT_NAMES[entry.details.recipient]}, attempt {entry.attempt}"
        story += [heading(name), facts(list(_contact(entry))), gap(4)]
    return story


def _where_it_stands(content: BundleContent) -> str:
    incident = content.incident
    kept, words = len(content.kept), len(content.in_words)
    exhibits = "1 original" if kept == 1 else f"{kept} originals"
    held = f", and {words} described in words only (document 09)" if words else ""
    return (
        f"Incident {incident.number}: {_STATUS[incident.status].lower()}. "
        f"Risk as judged by the safeguarding lead: {incident.record.risk.value}. "
        f"{_motive(content)} This bundle holds {exhibits}{held}."
    )


def _motive(content: BundleContent) -> str:
    """Say what is recorded of a hate motive, by the categories and by the question on it."""
    if content.hate == "yes" or Category.HATE in content.incident.record.categories:
        which = f": {content.hate_note.strip().rstrip('.')}" if content.hate_note.strip() else ""
        return f"Hatred or discrimination is recorded as possible{which}."
    if content.hate == "unsure":
        return "Whether hatred or discrimination plays a part is not known."
    return "Hatred or discrimination is not recorded."


def _times(incident: Incident) -> Iterator[tuple[str, str]]:
    record = incident.record
    yield "It happened", _span(record)
    if record.occurred_as_shown:
        yield "As displayed", record.occurred_as_shown
    yield "Became known", _by(record.became_aware_at, record.became_aware_by)
    by = ", ".join(
        part for part in (record.first_recorded_by, record.first_recorded_where) if part
    )
    yield "First written down", _by(record.first_recorded_at, by)
    yield "Told to the lead", _said(record.reported_to_dsl_at)
    yield "Logged in this program", _by(incident.logged_at, incident.logged_by)
    if record.late_reason:
        yield "Why it was written down late", record.late_reason
    if incident.closed_at:
        yield "Closed", _said(incident.closed_at)


def _kinds(record: Record) -> Iterator[tuple[str, str]]:
    yield "Categories", "\n".join(CATEGORY_NAMES[one] for one in record.categories)
    yield "Area of risk", "\n".join(FOUR_CS_NAMES[one] for one in record.four_cs)
    if record.laws:
        yield "Laws possibly engaged", "\n".join(record.laws)
    yield "Platforms", ", ".join(record.platforms)
    yield "Place", record.place
    yield "Centre", record.centre
    yield "How it was reported", record.channel


def _risk(record: Record) -> Iterator[tuple[str, str]]:
    judged = record.risk is not RiskLevel.NOT_ASSESSED
    yield "Risk", record.risk.value if judged else ""
    yield "Reasons", record.risk_reasons
    yield "What the person targeted wants", record.wishes
    yield "Support", record.support


def _span(record: Record) -> str:
    if record.occurred_from and record.occurred_to:
        return f"{say_with_zone(record.occurred_from)} to {say_with_zone(record.occurred_to)}"
    return _said(record.occurred_from or record.occurred_to)


def _said(moment: Moment | None) -> str:
    return say_with_zone(moment) if moment else ""


def _by(moment: Moment | None, who: str) -> str:
    return ", ".join(part for part in (_said(moment), who) if part)


def _chronology_row(line: ChronologyLine, places: dict[EntryId, int]) -> tuple[str, ...]:
    notes = []
    if line.corrects:
        notes.append(f"Corrects line {places.get(line.corrects, '?')}, because {line.reason}")
    if line.corrected_by:
        notes.append(f"Corrected by line {places.get(line.corrected_by, '?')}")
    later = abs(line.entered_at.utc - line.at.utc) >= _AT_ONCE
    entered = f"{line.by}, {say(line.entered_at)}" if later else line.by
    text = "\n".join([line.text, *(f"[{remark}]" for remark in notes)])
    return str(places[line.id]), say_with_zone(line.at), text, line.mark, entered


def _who(one: Involvement) -> str:
    role = one.role.value
    return f"{role[0].upper()}{role[1:]}: {one.person.name or 'name not known'}"


def _person(one: Involvement) -> Iterator[tuple[str, str]]:
    person = one.person
    yield "Who they are", person.kind.value
    yield "Age", person.age_group.value
    for label, value in (
        ("Date of birth", person.date_of_birth),
        ("Contact", person.contact),
        ("Needs", person.needs),
        ("Note", person.note),
    ):
        if value:
            yield label, value


def _contact(entry: ContactEntry) -> Iterator[tuple[str, str]]:
    details = entry.details
    yield "When", say_with_zone(details.at)
    yield "How", f"{details.channel.value}, {details.direction.value}"
    yield "By", entry.made_by
    if not details.answered:
        yield "Answered", "no"
    spoken = ", ".join(
        part for part in (details.person, details.person_role, details.organisation) if part
    )
    yield "Spoken to", spoken
    yield "Their reference", details.reference
    for label, value in (
        ("Number or address used", details.address_used),
        ("Basis for sharing", details.basis),
        ("What was said", details.said),
        ("What was sent", details.sent),
        ("How it was protected", details.protected_how),
        ("Advice or instruction", details.advice),
        ("What comes next", details.next_action),
        ("Due", _said(details.next_due)),
    ):
        if value:
            yield label, value
