import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.evidence.bags import is_plain_path
from desktop.domain.evidence.items import Origin
from desktop.domain.identifiers import SetId
from desktop.domain.incidents import Category
from desktop.domain.leaving.bundle import BundleForm
from desktop.domain.log.custody import commit
from desktop.domain.people import PersonKind, Role
from desktop.export.documents import build_documents, build_start_here
from desktop.export.receipt import build_receipt, receipt_name
from tests.export.bundle_contents import (
    HOSTILE,
    NOW,
    a_content,
    a_rich_content,
    an_empty_content,
    an_incident,
    an_item,
)
from tests.export.papers import check_with_qpdf, fonts_of, text_of

NAMES = ("Robin", "Sample", "Pat", "Smith")


def papers(**changes: object) -> dict[str, bytes]:
    """Return every document by its path, START_HERE.pdf too."""
    content = a_content(**changes)
    documents = build_documents(content)
    made = {document.path: document.content for document in documents}
    return {"START_HERE.pdf": build_start_here(content, documents)} | made


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return papers()


@pytest.fixture(scope="module")
def texts(made: dict[str, bytes]) -> dict[str, str]:
    return {path: text_of(content) for path, content in made.items() if path.endswith(".pdf")}


def rows(sheet: bytes) -> list[dict[str, str]]:
    assert sheet.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))


def test_every_document_is_there_under_a_plain_name_and_sound(
    made: dict[str, bytes], tmp_path: Path
) -> None:
    assert sorted(made) == [
        "01_Summary.pdf",
        "02_Chronology.csv",
        "02_Chronology.pdf",
        "03_People_and_accounts.csv",
        "03_People_and_accounts.pdf",
        "04_Exhibit_list.csv",
        "04_Exhibit_list.pdf",
        "05_Continuity.csv",
        "05_Continuity.pdf",
        "06_Contacts.pdf",
        "08_Labels.pdf",
        "09_Held_back_and_described.pdf",
        "10_Physical_items.pdf",
        "11_Custody_extract.csv",
        "START_HERE.pdf",
    ]
    for path, content in made.items():
        assert is_plain_path(path)
        if path.endswith(".pdf"):
            check_with_qpdf(content, tmp_path)
            assert {embedded for _name, embedded in fonts_of(content, tmp_path)} == {"yes"}


def test_each_page_names_incident_and_reference_and_no_title_names_a_person(
    made: dict[str, bytes], texts: dict[str, str]
) -> None:
    for path, text in texts.items():
        for page in text.split("\f")[:-1]:
            assert "Incident 2026-0042" in page
            assert "EX/1/26" in page
            assert re.search(r"Page \d+ of \d+", page)
        titles = re.findall(rb"/Title \(([^)]*)\)", made[path])
        assert titles
        assert not any(name.encode() in title for name in NAMES for title in titles)


def test_start_here_tells_what_is_in_it_and_how_to_check(texts: dict[str, str]) -> None:
    text = texts["START_HERE.pdf"]
    for words in (
        "data/exhibits/PXS-1_original.png",
        "data/11_Custody_extract.csv",
        "certutil -hashfile tagmanifest-sha256.txt SHA256",
        "Get-FileHash tagmanifest-sha256.txt",
        "sha256sum -c manifest-sha256.txt",
        "What is not in it",
        "Pat Smith, Safeguarding lead",
        "version 0, long ago",
    ):
        assert words in text


def test_a_member_of_staff_who_is_reported_is_not_to_be_recognised_in_public() -> None:
    content = a_content()
    staff = replace(content.people[0].person, kind=PersonKind.STAFF)
    reported = replace(content.people[0], role=Role.PERSON_REPORTED, person=staff)
    text = text_of(build_start_here(replace(content, people=(reported,)), ()))
    assert "141F" in text
    target = replace(reported, role=Role.TARGET)
    assert "141F" not in text_of(build_start_here(replace(content, people=(target,)), ()))


def test_the_exhibit_list_holds_marks_and_whole_hashes(texts: dict[str, str]) -> None:
    content, text = a_content(), texts["04_Exhibit_list.pdf"]
    for item in content.items:
        assert str(item.mark) in text
        assert item.fingerprint is None or item.fingerprint.sha256 in text
    assert "none: in words only, see document 09" in text


def test_second_hand_evidence_says_its_limits() -> None:
    origin = Origin(
        description="Picture of a message",
        first_hand="no",
        passed_on_by="a tutor",
        passed_on_how="by e-mail",
        time_as_shown="2h ago",
        time_certainty="about",
        time_meant=NOW.to_text(),
    )
    made = papers(items=(an_item(1, b"one", origin=origin),))
    told = " ".join(text_of(made["04_Exhibit_list.pdf"]).split())
    assert "passed on by somebody; not seen at its source" in told
    assert "It was passed on by a tutor (by e-mail); who took it is not known." in told
    assert "The time noted for it is not certain." in told
    (row,) = rows(made["04_Exhibit_list.csv"])
    assert row["Passed on by"] == "a tutor"
    assert row["Time as worked out (UTC)"]
    assert "made up" in row["Limits"]


def test_the_summary_says_what_is_known(texts: dict[str, str]) -> None:
    text = " ".join(texts["01_Summary.pdf"].split())
    assert "Hatred or discrimination is recorded as possible" in text
    assert "This bundle holds 2 originals, and 1 described in words only" in text
    assert "18 Nov 2026, 14:05 (UTC+1) to 20 Nov 2026, 14:05 (UTC+1)" in text
    assert "Half term" in text
    assert "Laws possibly engaged Fraud Act 2006" in text
    assert "[U+1F600]" in text
    assert HOSTILE[:12] in text


@pytest.mark.parametrize(
    ("categories", "answer", "said"),
    [
        ((), "", "Hatred or discrimination is not recorded."),
        ((), "no", "Hatred or discrimination is not recorded."),
        ((), "unsure", "Whether hatred or discrimination plays a part is not known."),
        ((), "yes", "Hatred or discrimination is recorded as possible: race <b>."),
        ((Category.HATE,), "no", "Hatred or discrimination is recorded as possible: race <b>."),
    ],
)
def test_the_summary_says_what_the_question_on_a_hate_motive_found(
    categories: tuple[Category, ...], answer: str, said: str
) -> None:
    incident = an_incident()
    record = replace(incident.record, categories=categories)
    made = papers(hate=answer, hate_note="race <b>. ", incident=replace(incident, record=record))
    assert said in " ".join(text_of(made["01_Summary.pdf"]).split())


def test_the_chronology_shows_corrections_and_what_they_correct(texts: dict[str, str]) -> None:
    text = texts["02_Chronology.pdf"]
    assert "Collected by her mother" in text
    assert "[Corrected by line 2]" in text
    assert "[Corrects line 1, because Slip]" in text
    assert "[Corrects line ?, because Slip]" in text


def test_people_accounts_and_contacts_are_told(texts: dict[str, str]) -> None:
    people, contacts = texts["03_People_and_accounts.pdf"], texts["06_Contacts.pdf"]
    assert "Target: Robin Sample" in people
    assert "Person reported: name not known" in people
    assert "@owl" in people
    assert "1. Police, attempt 1" in contacts
    assert "Ring again" in contacts
    assert re.search(r"Answered\s+no", contacts)


def test_what_was_held_back_is_told_in_words_with_the_answer_and_its_correction(
    texts: dict[str, str],
) -> None:
    text = " ".join(texts["09_Held_back_and_described.pdf"].split())
    assert "PXS/3" in text
    assert "not sure; possibly a nude, semi-nude or sexual image" in text
    assert "no, because It is a dog" in text


def test_a_bundle_of_next_to_nothing_says_so(tmp_path: Path) -> None:
    content = an_empty_content()
    documents = build_documents(content)
    text = " ".join(text_of(one.content) for one in documents if one.path.endswith(".pdf"))
    text += text_of(build_start_here(content, documents))
    for words in (
        "No summary was written",
        "Nothing was entered",
        "Nobody was entered",
        "No account was entered",
        "No contact was entered",
        "No item was entered",
        "Nothing was held back",
        "No crime reference yet",
        "None given yet",
        "The police",
    ):
        assert words in text
    check_with_qpdf(build_receipt(content, BundleForm.FOLDER, "a" * 64), tmp_path)


def test_one_original_is_told_in_the_singular() -> None:
    content = a_content(items=a_content().items[:1])
    document = next(one for one in build_documents(content) if one.path == "01_Summary.pdf")
    assert "This bundle holds 1 original." in " ".join(text_of(document.content).split())


def test_sheets_are_strings_that_no_spreadsheet_calculates(made: dict[str, bytes]) -> None:
    accounts = [
        row for row in rows(made["03_People_and_accounts.csv"]) if row["What"] == "account"
    ]
    assert [(row["Handle"], row["Note"]) for row in accounts] == [("'@owl", "'=1+1"), ("r", "")]
    lines = rows(made["02_Chronology.csv"])
    assert [row["What"] for row in lines[:2]] == [
        "'=Collected by her mother",
        "Collected by her aunt",
    ]
    assert lines[0]["Corrected by line"] == "2"
    assert lines[1]["Corrects line"] == "1"
    assert lines[2]["Corrects line"] == ""
    assert lines[2]["Happened (UTC)"] == "2026-11-20T13:05:00Z"


def test_the_exhibit_sheet_says_which_originals_are_there(made: dict[str, bytes]) -> None:
    listed = rows(made["04_Exhibit_list.csv"])
    assert [(row["Mark"], row["In this bundle"], row["File"]) for row in listed] == [
        ("PXS/1", "original", "exhibits/PXS-1_original.png"),
        ("PXS/2", "original", "exhibits/PXS-2_original.eml"),
        ("PXS/3", "words only: held back", ""),
    ]
    assert all(len(row["SHA-256"]) == 64 for row in listed[:2])


def test_the_custody_extract_can_be_recalculated(made: dict[str, bytes]) -> None:
    entry, erased, end = rows(made["11_Custody_extract.csv"])
    assert commit(bytes.fromhex(entry["Salt (hex)"]), entry["Detail"]) == entry["Commitment"]
    assert erased["Previous entry's hash"] == entry["Own hash"]
    assert erased["Detail"] == ""
    assert (end["Entry"], end["Own hash"]) == ("9", "e" * 64)
    assert rows(papers(head=None)["11_Custody_extract.csv"])[-1]["Entry"] == "2"


def test_continuity_is_a_sheet_too(made: dict[str, bytes]) -> None:
    assert rows(made["05_Continuity.csv"])[0]["What"] == "Taken in"


def test_documents_are_the_same_when_made_again(made: dict[str, bytes]) -> None:
    assert papers() == made


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (BundleForm.FOLDER, "Folder"),
        (BundleForm.ZIP, "v1.zip"),
        (BundleForm.AES, "sealed with a passphrase"),
    ],
)
def test_the_receipt_shows_the_fingerprint_and_lines_to_sign(
    form: BundleForm, words: str, tmp_path: Path
) -> None:
    content, fingerprint = a_content(), "0123456789abcdef" * 4
    assert receipt_name(content) == f"{content.name}_receipt.pdf"
    receipt = build_receipt(content, form, fingerprint)
    check_with_qpdf(receipt, tmp_path)
    assert {embedded for _name, embedded in fonts_of(receipt, tmp_path)} == {"yes"}
    text = text_of(receipt)
    for expected in (fingerprint, "e" * 64, "Collar number", "Received by", "PXS/1, PXS/2", words):
        assert expected in text


@pytest.fixture(scope="module")
def rich() -> dict[str, str]:
    """Return the words of each paper on things, copies and what is described only."""
    made = build_documents(a_rich_content())
    return {
        document.path: " ".join(text_of(document.content).split())
        for document in made
        if document.path.endswith(".pdf")
    }


def test_copies_are_listed_with_what_was_done_and_who_confirmed_them(
    rich: dict[str, str],
) -> None:
    listed = rich["04_Exhibit_list.pdf"]
    assert "PXS/1A (redacted copy), PXS/1B (redacted copy); at the end" in listed
    assert "PXS/1A Redacted copy of PXS/1" in listed
    assert "What was done 2 areas covered with solid boxes" in listed
    assert "Second person confirmed by Sam Example, with their own passphrase" in listed
    assert "Second person nobody has confirmed it yet State sealed" in listed
    for path, text in rich.items():
        assert "exhibits/PXS-1A" not in text, path


def test_copies_are_rows_of_the_exhibit_sheet_too() -> None:
    made = {document.path: document.content for document in build_documents(a_rich_content())}
    listed = {row["Mark"]: row for row in rows(made["04_Exhibit_list.csv"])}
    assert list(listed) == ["PXS/1", "PXS/2", "PXS/3", "PXS/4", "PXS/5", "PXS/1A", "PXS/1B"]
    copy = listed["PXS/1A"]
    assert (copy["In this bundle"], copy["File"]) == ("no: a copy of PXS/1", "")
    assert re.fullmatch("[0-9a-f]{64}", copy["SHA-256"])
    assert copy["Note"].endswith("confirmed by Sam Example, with their own passphrase, "
                                 "20 Nov 2026, 14:05")  # fmt: skip
    assert listed["PXS/1B"]["SHA-256"] == ""


def test_every_original_and_every_thing_has_a_label_to_sign(rich: dict[str, str]) -> None:
    labels = rich["08_Labels.pdf"]
    assert [mark for mark in ("PXS/1", "PXS/2", "PXS/3", "PXS/4", "PXS/5") if mark in labels] == [
        "PXS/1", "PXS/2", "PXS/4",
    ]  # fmt: skip
    assert labels.count("Producer's signature") == 3
    assert "Crime reference: EX/1/26" in labels
    assert "Seal or bag number: A 100" in labels
    item = an_item(1, None)
    bare = {
        document.path: document.content
        for document in build_documents(a_content(items=(item,), crime_reference=""))
    }
    assert "no original and no physical thing to label" in text_of(bare["08_Labels.pdf"])


def test_things_and_descriptions_say_in_whose_hands_they_were(rich: dict[str, str]) -> None:
    things = rich["10_Physical_items.pdf"]
    assert "Seal or bag number A 100" in things
    assert "Receipt for PXS/4, to be filled in when it is handed over" in things
    held = rich["09_Held_back_and_described.pdf"]
    assert "Passed on 20 Nov 2026, 14:05" in held
    assert "to Alex, tutor; locked away; kept: Safe; seal: A 100" in held


def test_captures_of_one_set_name_each_other_in_their_order() -> None:
    items = (
        an_item(1, b"one", set_id=SetId("set")),
        an_item(2, b"two", set_id=SetId("set")),
        an_item(3, b"three", set_id=SetId("alone")),
        an_item(4, b"four"),
    )
    made = {
        document.path: document.content for document in build_documents(a_content(items=items))
    }
    text = " ".join(text_of(made["04_Exhibit_list.pdf"]).split())
    assert text.count("One of a set, in this order PXS/1, PXS/2") == 2
    assert text.count("One of a set") == 2
