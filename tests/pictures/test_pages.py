import io

import pytest
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from desktop.domain.errors import PictureUnreadable
from desktop.pictures.pages import MAX_PAGE_PIXELS, count_pages, render_page


def a_pdf(pages: int = 2, size: tuple[float, float] = (200, 100)) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size)
    for number in range(pages):
        canvas.setFillColorRGB(0.8 if number == 0 else 0, 0, 0)
        canvas.rect(0, 0, *size, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_count_pages() -> None:
    assert count_pages(a_pdf(3), "a.pdf") == 3


def test_render_page_draws_each_page() -> None:
    first = render_page(a_pdf(), 0, 1.5, "a.pdf")
    second = render_page(a_pdf(), 1, 1.5, "a.pdf")
    assert (first.width, first.height) == (300, 150)
    assert (first.full_width, first.full_height) == (200, 100)
    assert first.rgba[:4] == bytes((204, 0, 0, 255))
    assert second.rgba[:4] == bytes((0, 0, 0, 255))


def test_huge_page_is_drawn_smaller() -> None:
    picture = render_page(a_pdf(1, (14_000, 14_000)), 0, 4, "a.pdf")
    assert picture.width * picture.height <= MAX_PAGE_PIXELS * 1.01


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing", a_pdf()[:60]])
def test_broken_pdf_is_unreadable(data: bytes) -> None:
    with pytest.raises(PictureUnreadable):
        count_pages(data, "a.pdf")
    with pytest.raises(PictureUnreadable):
        render_page(data, 0, 1, "a.pdf")


@pytest.mark.parametrize("page", [7, -9])
def test_page_that_is_not_there_is_unreadable(page: int) -> None:
    with pytest.raises(PictureUnreadable):
        render_page(a_pdf(), page, 1, "a.pdf")


def test_pdf_with_a_password_is_unreadable() -> None:
    writer = PdfWriter(io.BytesIO(a_pdf()))
    writer.encrypt("secret", algorithm="AES-256")
    file = io.BytesIO()
    writer.write(file)
    with pytest.raises(PictureUnreadable):
        count_pages(file.getvalue(), "a.pdf")


def test_pdf_without_pages_is_unreadable() -> None:
    writer = PdfWriter()
    file = io.BytesIO()
    writer.write(file)
    with pytest.raises(PictureUnreadable):
        count_pages(file.getvalue(), "a.pdf")


def test_page_without_a_size_is_drawn_in_the_usual_size_or_refused() -> None:
    writer = PdfWriter()
    writer.add_blank_page(0, 0)
    file = io.BytesIO()
    writer.write(file)
    try:
        picture = render_page(file.getvalue(), 0, 1, "a.pdf")
    except PictureUnreadable:
        return
    assert picture.width > 0
