"""The worksheets that come with the program: in the order of the agency's form, neutral, safe."""

import re
from collections.abc import Mapping

import pytest

from desktop.domain.contacts import Recipient
from desktop.domain.steps.worksheet_filling import FILLERS
from desktop.domain.steps.worksheets import Worksheet
from desktop.resources import resource_path
from tests.situations import procedures
from tests.workspaces import own_data

IDS = ("ceop", "childrens-services", "iwf", "lado", "prevent", "report-harmful-content")
# What names a child, or anybody: no question of these two forms may be filled with it.
NAMING = re.compile(
    r"child-(?!image)|adult-|reported-|worried-about|parents|witnesses|what-happened|first-account|"
    r"evidence|accounts-in-question|agencies-told|professionals"
)
LABELS = re.compile(
    r"\b(victims?|perpetrators?|suspects?|offenders?|abusers?|sexting|culprits?|guilty)\b", re.I
)
INTERVIEW = re.compile(
    r"\b(interviews?|statements?|confront\w*|admit\w*|confess\w*|ask (?:him|her|them|the adult)|"
    r"their (?:explanation|side|account))\b",
    re.I,
)


@pytest.fixture(scope="module")
def worksheets() -> Mapping[str, Worksheet]:
    return own_data().worksheets


def words_of(worksheet: Worksheet) -> list[str]:
    questions = [text for one in worksheet.entries for text in (one.label, one.hint, *one.choices)]
    headings = [section.heading for section in worksheet.sections]
    return [
        worksheet.title,
        worksheet.purpose,
        worksheet.caution,
        worksheet.note,
        *headings,
        *questions,
    ]


def test_there_is_one_for_each_of_the_six_agencies(worksheets: Mapping[str, Worksheet]) -> None:
    assert tuple(worksheets) == IDS
    assert {name: one.recipient for name, one in worksheets.items()} == {
        "ceop": Recipient.CEOP,
        "childrens-services": Recipient.CSC,
        "iwf": Recipient.IWF,
        "lado": Recipient.LADO,
        "prevent": Recipient.PREVENT,
        "report-harmful-content": Recipient.RHC,
    }


@pytest.mark.parametrize(
    ("worksheet_id", "order"),
    [
        # C3: contact details of the reporter, what happened, to whom, what is known of the person.
        ("ceop", ["reporter", "what", "child", "person_accounts", "told"]),
        # L2, L3: who refers, the adult, the child, the allegation, the threshold, what was done.
        ("lado", ["referrer", "adult", "child", "what", "threshold", "told", "questions"]),
        # P1: how it arose, event, signs, sympathies, online life, contacts, threats, other
        # concerns, talks, parents, what may follow.
        (
            "prevent",
            [
                "arose", "event", "signs", "sympathies", "online", "contacts", "threats",
                "other_concerns", "talks", "parents", "without_help",
            ],
        ),
        # W1: who refers, the child, the worry, what was done.
        ("childrens-services", ["referrer", "child", "what", "view", "told", "consent", "ask"]),
        # H1, H5: the harm, where, the platform's answer first.
        ("report-harmful-content", ["kind", "address", "reported", "reporter"]),
        # I1: the address; contact details are optional.
        ("iwf", ["address", "reporter"]),
    ],
)  # fmt: skip
def test_the_questions_stand_in_the_order_of_the_form(
    worksheets: Mapping[str, Worksheet], worksheet_id: str, order: list[str]
) -> None:
    names = [one.name for one in worksheets[worksheet_id].entries]
    assert [name for name in names if name in order] == order


@pytest.mark.parametrize("worksheet_id", IDS)
def test_what_was_not_seen_is_said_and_marked(
    worksheets: Mapping[str, Worksheet], worksheet_id: str
) -> None:
    worksheet = worksheets[worksheet_id]
    assert worksheet.unsure == "agency-forms"
    assert "form" in worksheet.note
    assert worksheet.checked == "2026-11-20"


@pytest.mark.parametrize("worksheet_id", IDS)
def test_nobody_is_given_a_name_that_judges_them(
    worksheets: Mapping[str, Worksheet], worksheet_id: str
) -> None:
    assert [text for text in words_of(worksheets[worksheet_id]) if LABELS.search(text)] == []


@pytest.mark.parametrize("worksheet_id", IDS)
def test_no_code_of_a_source_stands_in_what_is_read(
    worksheets: Mapping[str, Worksheet], worksheet_id: str
) -> None:
    words = words_of(worksheets[worksheet_id])
    assert [text for text in words if re.search(r"\[\w+\d", text)] == []


@pytest.mark.parametrize("worksheet_id", ["iwf", "report-harmful-content"])
def test_the_forms_of_the_public_are_filled_with_no_name_of_a_child(
    worksheets: Mapping[str, Worksheet], worksheet_id: str
) -> None:
    filled = [one.filled_from for one in worksheets[worksheet_id].entries]
    assert [source for source in filled if NAMING.search(source)] == []


def test_the_pattern_of_what_names_somebody_knows_every_such_source() -> None:
    plain = {source for source in FILLERS if not NAMING.search(source)}
    assert plain == {
        "addresses", "became-aware", "child-image-addresses", "danger", "extremist-addresses",
        "keyholder", "keyholder-name", "kinds", "number", "occurred", "organisation", "platforms",
        "platform-told", "risk", "support", "times", "wishes",
    }  # fmt: skip


def test_the_internet_watch_foundation_gets_addresses_and_nothing_of_the_incident(
    worksheets: Mapping[str, Worksheet],
) -> None:
    filled = {one.filled_from for one in worksheets["iwf"].entries if one.filled_from}
    assert filled == {"child-image-addresses", "keyholder-name", "organisation"}


def test_nothing_on_the_lado_sheet_invites_anybody_to_look_into_it(
    worksheets: Mapping[str, Worksheet],
) -> None:
    worksheet = worksheets["lado"]
    asked = [text for one in worksheet.entries for text in (one.label, one.hint)]
    assert [text for text in asked if INTERVIEW.search(text)] == []
    assert worksheet.caution.startswith("Restricted.")
    assert "do not look into it" in " ".join(worksheet.caution.split())


@pytest.mark.parametrize("worksheet_id", ["ceop", "iwf", "prevent", "report-harmful-content"])
def test_what_must_not_be_sent_stands_above_everything(
    worksheets: Mapping[str, Worksheet], worksheet_id: str
) -> None:
    caution = worksheets[worksheet_id].caution.casefold()
    assert re.search(r"no (?:sexual image|picture)|do not open|not a copy", caution)


def test_every_source_of_an_answer_is_used_by_some_form(
    worksheets: Mapping[str, Worksheet],
) -> None:
    used = {entry.filled_from for one in worksheets.values() for entry in one.entries}
    assert set(FILLERS) - used == set()


def test_every_worksheet_that_a_step_names_is_there(worksheets: Mapping[str, Worksheet]) -> None:
    named = {
        (step.id, step.worksheet)
        for procedure in procedures().values()
        for step in procedure.steps
        if step.worksheet
    }
    assert {one for one in named if one[1] not in worksheets} == set()


@pytest.mark.parametrize("worksheet_id", IDS)
def test_its_lines_are_short_enough_to_be_reviewed(worksheet_id: str) -> None:
    text = (resource_path("worksheets") / f"{worksheet_id}.toml").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if len(line) > 110] == []
