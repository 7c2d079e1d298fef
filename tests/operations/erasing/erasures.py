"""A closed case with words and bytes that occur nowhere else, and its erasure."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.domain.contacts import Channel, ContactDetails, Recipient
from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.identifiers import IncidentId, PersonId
from desktop.domain.people import Role
from desktop.operations.erasing.erase_record import Erased, erase_record
from desktop.operations.evidence.enter_origin import enter_origin
from desktop.operations.evidence.take_evidence import add_picture
from desktop.operations.incident.keep_chronology import add_note
from desktop.operations.incident.keep_contacts import add_contact
from desktop.operations.incident.keep_people import (
    add_account,
    add_person,
    involve_person,
)
from desktop.operations.incident.keep_retention import (
    enter_class,
)
from desktop.operations.incident.record_incident import (
    close_incident,
    enter_fields,
    save_draft,
    start_incident,
)
from desktop.operations.keys.second_person import SecondPerson
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_no, ignore, never
from tests.raw_pages import raw_pages
from tests.workspaces import (
    EVIDENCE_KEY,
    log_file_key,
)

CANARY = "xylotherium"
PICTURE, SHARED, OTHER = (bytes([one]) + b"canary picture " * 90_000 for one in (1, 2, 3))
WITNESS = SecondPerson(witness="Sam Roe, head", witness_reason="there is no other keyholder")


@dataclass(frozen=True)
class Case:
    """One incident full of canary words, and what it shares with another one."""

    incident_id: IncidentId
    other_id: IncidentId
    alone: PersonId
    shared: PersonId


def picture(
    workspace: Workspace, incident_id: IncidentId, content: bytes, words: str = CANARY
) -> None:
    statement = a_no(workspace, incident_id, f"{words} listed")
    added = add_picture(
        workspace, incident_id, statement, content, ItemKind.SCREEN, Method.SCREEN_CAPTURE,
        workspace.now(), ignore, never,
    )  # fmt: skip
    enter_origin(workspace, added.item_id, {"description": f"{words} origin"})


def word(what: str) -> str:
    return f"{CANARY} {what}"


def a_case(workspace: Workspace) -> Case:
    """Fill every table with words that must be gone, and close it."""
    one = start_incident(workspace, word("first words.")).incident_id
    other = start_incident(workspace, title="Another incident").incident_id
    enter_fields(
        workspace, one, {"title": word("title"), "wishes": word("wish"), "categories": ("GROOM",)}
    )
    values = {"name": word("Robin"), "date_of_birth": "3 May 2011", "note": word("note")}
    alone = add_person(workspace, one, Role.TARGET, values).person_id
    shared = add_person(workspace, other, Role.TARGET, {"name": "Kim Stays"}).person_id
    involve_person(workspace, one, shared, Role.WITNESS)
    add_account(workspace, one, {"handle": word("handle")}, alone)
    picture(workspace, one, PICTURE)
    picture(workspace, one, SHARED)
    picture(workspace, other, OTHER, "plain")
    other_no = a_no(workspace, other)
    add_picture(
        workspace, other, other_no, SHARED, ItemKind.SCREEN, Method.SCREEN_CAPTURE,
        workspace.now(), ignore, never,
    )  # fmt: skip
    answer_triage(workspace, one, {"T4": "no", "T8": "site"})
    add_note(workspace, one, workspace.now(), word("note in the chronology"))
    add_contact(
        workspace,
        one,
        ContactDetails(
            recipient=Recipient.POLICE,
            at=workspace.now(),
            channel=Channel.PHONE,
            person=word("officer"),
            said=word("said"),
            answered=True,
        ),
    )
    save_draft(workspace, one, "support", word("draft"))
    close_incident(
        workspace, one, outcome=word("outcome"), control_measure=word("measure"), learner_view=""
    )
    enter_class(workspace, one, "learner", word("class reason"))
    return Case(one, other, alone, shared)


@pytest.fixture
def case(workspace: Workspace) -> Case:
    return a_case(workspace)


def erase(workspace: Workspace, incident_id: IncidentId, second: SecondPerson = WITNESS) -> Erased:
    return erase_record(
        workspace,
        incident_id,
        reason="Its review was due",
        second=second,
        progress=ignore,
        cancelled=never,
    )


def pages(folder: Path) -> bytes:
    log = b"".join(raw_pages(folder / "log.db", log_file_key()))
    evidence = b"".join(raw_pages(folder / "evidence" / "0001.db", EVIDENCE_KEY, 64 * 1024))
    return log + evidence
