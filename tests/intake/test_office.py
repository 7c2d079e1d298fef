import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence.inside import Listed
from desktop.domain.evidence.items import ItemKind
from desktop.intake.office import facts_of_office, name_embedded
from desktop.intake.pieces import PiecedFile
from desktop.intake.sniff import kind_of, sniff
from tests.intake.containers import DOCX, a_docx, a_zip
from tests.intake.outlook_files import write_compound

DOC = "application/msword"


def an_old_document(**more: bytes) -> bytes:
    return write_compound({"WordDocument": b"words" * 900, **more})


def test_what_lies_in_a_document_is_named() -> None:
    content = a_docx()
    assert kind_of(DOCX) is ItemKind.OFFICE
    found = name_embedded(PiecedFile(content), DOCX)
    assert [one.name for one in found.names] == [
        "word/media/image1.png",
        "word/embeddings/oleObject1.bin",
    ]
    assert found.listed is Listed.WHOLE


def test_what_a_document_says_of_itself() -> None:
    assert facts_of_office(PiecedFile(a_docx()), DOCX) == (
        ("Author", "Ann & Bo"),
        ("Last changed by", "Cy"),
        ("Made", "2026-11-14T21:03:00Z"),
    )


def test_open_document_is_read_too() -> None:
    odt = "application/vnd.oasis.opendocument.text"
    meta = "<office:meta><meta:generator>Writer</meta:generator></office:meta>"
    content = a_zip({"mimetype": odt, "meta.xml": meta, "Pictures/1.png": b"p"})
    assert facts_of_office(PiecedFile(content), odt) == (("Made with the program", "Writer"),)
    assert len(name_embedded(PiecedFile(content), odt).names) == 1


def test_what_is_damaged_says_nothing() -> None:
    damaged = a_docx().replace(b"PK\x03\x04", b"PKxx")
    assert facts_of_office(PiecedFile(damaged), DOCX) == ()
    for kind in (DOCX, DOC):
        assert facts_of_office(PiecedFile(b"no document"), kind) == ()
        assert name_embedded(PiecedFile(b"no document"), kind).listed is Listed.NOT


def test_old_files_are_looked_through_by_their_directory() -> None:
    found = name_embedded(PiecedFile(an_old_document()), DOC)
    assert found.listed is Listed.WHOLE
    assert facts_of_office(PiecedFile(an_old_document()), DOC) == ()


def test_rich_text_with_a_picture_cannot_be_named() -> None:
    kind = sniff(b"{\\rtf1 words}")
    assert kind == "application/rtf"
    assert name_embedded(PiecedFile(b"{\\rtf1 words}"), kind).listed is Listed.WHOLE
    assert name_embedded(PiecedFile(b"{\\rtf1 {\\pict 00}}"), kind).listed is Listed.NOT


@pytest.mark.parametrize("kind", [DOCX, DOC])
@given(place=st.integers(0, 2000), bytes_put=st.binary(max_size=8))
def test_never_fails(kind: str, place: int, bytes_put: bytes) -> None:
    whole = a_docx() if kind == DOCX else an_old_document()
    odd = io.BytesIO(whole[:place] + bytes_put + whole[place + len(bytes_put) :]).getvalue()
    name_embedded(PiecedFile(odd), kind)
    facts_of_office(PiecedFile(odd), kind)


def test_picture_in_an_odd_place_of_a_document_is_named_and_its_preview_is_not() -> None:
    content = a_zip({"word/a.xml": b"", "odd/a.png": b"a", "docProps/thumbnail.jpeg": b"b"})
    found = name_embedded(PiecedFile(content), DOCX)
    assert [one.name for one in found.names] == ["odd/a.png"]
