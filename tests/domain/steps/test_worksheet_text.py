import pytest

from desktop.domain.contacts import Recipient
from desktop.domain.errors import ProcedureInvalid
from desktop.domain.steps.worksheet_text import parse_worksheet

SHEET = '''
id = "iwf"
title = "Report a page"
purpose = "A page"
version = "1"
checked = "2026-11-20"
recipient = "IWF"
references = ["I1"]
caution = """Addresses
only.

No picture."""
note = "The form asks for an address."
unsure = "agency-forms"

[[sections]]
heading = "The page"

[[sections.entries]]
id = "address"
label = "Its address"
hint = "One a line."
filled_from = "child-image-addresses"
long = true

[[sections.entries]]
id = "kind"
label = "What it is"
choices = ["A picture", "Not known"]
'''


def problems_of(text: str) -> list[str]:
    with pytest.raises(ProcedureInvalid) as caught:
        parse_worksheet(text, "iwf.toml")
    return list(caught.value.problems)


def changed(old: str, new: str) -> str:
    assert old in SHEET
    return SHEET.replace(old, new)


def test_a_worksheet_is_read_whole() -> None:
    sheet = parse_worksheet(SHEET, "iwf.toml")
    assert (sheet.id, sheet.title, sheet.version) == ("iwf", "Report a page", "1")
    assert sheet.purpose == "A page"
    assert sheet.recipient is Recipient.IWF
    assert sheet.references == ("I1",)
    assert sheet.caution == "Addresses only.\n\nNo picture."
    assert sheet.note == "The form asks for an address."
    assert sheet.unsure == "agency-forms"
    (section,) = sheet.sections
    assert section.heading == "The page"
    address, kind = sheet.entries
    assert address.filled_from == "child-image-addresses"
    assert address.hint == "One a line."
    assert address.long
    assert kind.choices == ("A picture", "Not known")
    assert not kind.long


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "iwf"', 'id = "The IWF"', "iwf.toml: `id` is “The IWF”. Use small letters"),
        ("2026-11-20", "2026-13-20", "`checked` is “2026-13-20”. Write a day such as"),
        ("2026-11-20", "20 Nov 2026", "`checked` is “20 Nov 2026”. Write a day such as"),
        ('references = ["I1"]', "references = []", "`references` is missing"),
        ("Addresses\nonly.\n\nNo picture.", "", "`caution` is missing. Say what must not be sent"),
        ('note = "The form asks for an address."', "", "`note` is missing"),
        ('recipient = "IWF"', 'recipient = "NOBODY"', "`recipient` is “NOBODY”"),
        ('id = "kind"', 'id = "Kind of it"', "question Kind of it: `id` takes small letters"),
        ('id = "kind"', 'id = "address"', "question address: it is there twice"),
        (
            'label = "What it is"',
            'label = "Its address"',
            "question kind: its label is there twice",
        ),
        ("child-image-addresses", "the-picture", "`filled_from` is “the-picture”, which is not"),
        ("long = true", 'choices = ["A"]', "question address: a question with `choices` takes no"),
        ("long = true", "colour = 1", "`colour` is not a key that is known here"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_write(old: str, new: str, said: str) -> None:
    assert any(said in problem for problem in problems_of(changed(old, new)))


def test_several_problems_are_said_at_once() -> None:
    text = changed('id = "kind"', 'id = "address"').replace('references = ["I1"]', "")
    assert len(problems_of(text)) == 2


def test_a_sheet_without_questions_is_refused() -> None:
    head = SHEET.split("[[sections]]", maxsplit=1)[0]
    assert any("there is no [[sections]]" in problem for problem in problems_of(head))
    empty = f'{head}[[sections]]\nheading = "The page"\n'
    assert any("section The page: there are no questions" in each for each in problems_of(empty))


def test_an_empty_file_says_what_is_missing_and_nothing_twice() -> None:
    found = problems_of("")
    assert len(found) == len(set(found))
    assert any("`id` is missing" in problem for problem in found)


def test_what_is_not_toml_says_the_line() -> None:
    assert any("line 2" in problem for problem in problems_of('id = "a"\ntitle = x\n'))
