"""What is covered cannot be brought back: not from the pixels, and from nothing beside them."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageChops, ImageDraw, PngImagePlugin

from desktop.domain.errors import PictureUnreadable
from desktop.domain.evidence.derivatives import MadePicture, Mark, PicturePlan, Shape, plan_text
from desktop.pictures.redact import COVER, NO_PAGE, make_picture
from tests.evidence_pieces import a_pdf

SECRET = "RILEY LIVES AT 12 OWL STREET"
AREA = (20, 10, 180, 40)


def a_scene(size: tuple[int, int] = (240, 120), words: str = SECRET) -> Image.Image:
    image = Image.effect_noise(size, 60).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.rectangle((16, 8, 190, 44), fill="white")
    draw.text((24, 16), words, fill="black")
    return image


def as_file(image: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def a_plan(*marks: Mark, size: tuple[int, int] = (240, 120), crop: object = None) -> str:
    return plan_text(PicturePlan(*size, marks, crop))  # type: ignore[arg-type]


def cover(left: int, top: int, right: int, bottom: int) -> Mark:
    return Mark(Shape.COVER, left, top, right, bottom)


def opened(made: MadePicture) -> Image.Image:
    image = Image.open(io.BytesIO(made.png))
    image.load()
    assert image.size == (made.width, made.height)
    return image


def chunks(png: bytes) -> list[bytes]:
    names, place = [], 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        names.append(png[place + 4 : place + 8])
        place += 12 + length
    assert place == len(png), "something lies behind the end"
    return names


def test_the_area_is_one_colour_and_the_rest_is_as_it_was() -> None:
    scene = a_scene()
    image = opened(make_picture(as_file(scene), "a.png", a_plan(cover(*AREA))))
    assert image.crop(AREA).getcolors() == [(160 * 30, COVER)]
    expected = scene.copy()
    expected.paste(COVER, AREA)
    assert ImageChops.difference(image, expected).getbbox() is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_the_same_cover_over_other_words_gives_the_same_bytes(kind: str) -> None:
    """Nothing of what lay under the cover is in the file, in any form."""
    one = a_scene(words=SECRET)
    other = one.copy()
    other.paste((10, 200, 30), AREA)
    # The blocks of JPEG are 8 by 8: what is painted differently is inside whole blocks.
    plan = a_plan(cover(16, 8, 192, 48))
    made = [make_picture(_lossless(image, kind), "a", plan).png for image in (one, other)]
    assert made[0] == made[1]


def _lossless(image: Image.Image, kind: str) -> bytes:
    if kind == "GIF":
        image = image.convert("P", dither=Image.Dither.NONE, palette=Image.Palette.WEB)
    if kind == "WEBP":
        return as_file(image, kind, lossless=True, exact=True)
    if kind == "JPEG":
        return as_file(image, kind, quality=95, subsampling=0)
    return as_file(image, kind)


def test_nothing_but_pixels_is_in_the_new_file() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET)
    info.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET}</x>")
    exif = Image.Exif()
    exif[0x010E] = SECRET
    old = as_file(a_scene(), pnginfo=info, exif=exif, icc_profile=b"x" * 200, dpi=(300, 300))
    made = make_picture(old, "a.png", a_plan(cover(*AREA)))
    assert set(chunks(made.png)) == {b"IHDR", b"IDAT", b"IEND"}
    image = opened(made)
    assert image.info == {}
    assert not image.getexif()
    assert getattr(image, "n_frames", 1) == 1
    assert SECRET.encode() not in made.png
    assert SECRET.encode() not in zlib.decompress(_data(made.png))


def _data(png: bytes) -> bytes:
    data, place = b"", 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            data += png[place + 8 : place + 8 + length]
        place += 12 + length
    return data


def test_a_thumbnail_of_the_camera_does_not_come_along() -> None:
    inner = as_file(a_scene((60, 30)), "JPEG")
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x927C] = inner
    old = as_file(a_scene(), "JPEG", exif=exif)
    assert inner in old
    made = make_picture(old, "a.jpg", a_plan(cover(*AREA)))
    assert inner not in made.png
    assert inner[:40] not in made.png


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF", "PNG"])
def test_a_second_frame_does_not_come_along(kind: str) -> None:
    frames = [a_scene(words="first"), a_scene(words=SECRET)]
    old = as_file(frames[0], kind, save_all=True, append_images=frames[1:])
    made = make_picture(old, "a", a_plan(cover(0, 0, 240, 120)))
    image = opened(made)
    assert getattr(image, "n_frames", 1) == 1
    assert image.getcolors() == [(240 * 120, COVER)]


def test_what_lay_hidden_under_clear_pixels_is_gone() -> None:
    image = a_scene().convert("RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    made = opened(make_picture(as_file(image), "a.png", a_plan(cover(0, 0, 1, 1))))
    assert made.mode == "RGB"
    assert made.crop((1, 1, 240, 120)).getcolors() == [(239 * 119, (255, 255, 255))]


def test_a_plan_of_a_smaller_view_covers_at_least_what_was_seen() -> None:
    scene = a_scene((300, 200))
    made = make_picture(as_file(scene), "a.png", a_plan(cover(7, 3, 20, 11), size=(101, 67)))
    image = opened(made)
    inside = (20, 8, 60, 33)
    assert image.crop(inside).getcolors() == [(40 * 25, COVER)]
    assert image.getpixel((19, 8)) != COVER


def test_a_turned_photo_is_covered_where_it_was_seen() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    old = as_file(Image.new("RGB", (40, 20), "white"), exif=exif)
    image = opened(make_picture(old, "a.png", a_plan(cover(0, 0, 10, 10), size=(20, 40))))
    assert image.size == (20, 40)
    assert image.getpixel((5, 5)) == COVER
    assert image.getpixel((5, 35)) == (255, 255, 255)


def test_a_crop_leaves_nothing_of_the_rest() -> None:
    made = make_picture(as_file(a_scene()), "a.png", a_plan(cover(*AREA), crop=(30, 12, 60, 30)))
    image = opened(made)
    assert image.size == (30, 18)
    assert image.getcolors() == [(30 * 18, COVER)]
    assert len(zlib.decompress(_data(made.png))) == 18 * (30 * 3 + 1)


@pytest.mark.parametrize("crop", [(300, 0, 400, 50), (5, 5, 5, 9), (5, 200, 9, 300)])
def test_a_crop_that_leaves_nothing_is_refused(crop: tuple[int, int, int, int]) -> None:
    with pytest.raises(PictureUnreadable):
        make_picture(as_file(a_scene()), "a.png", a_plan(crop=crop))


def test_a_cover_may_hang_over_the_edge() -> None:
    plan = a_plan(cover(200, 100, 900, 900), crop=(-5, -5, 500, 500))
    image = opened(make_picture(as_file(a_scene()), "a.png", plan))
    assert image.size == (240, 120)
    assert image.crop((200, 100, 240, 120)).getcolors() == [(800, COVER)]


def test_a_page_of_a_pdf_becomes_a_picture_without_its_text() -> None:
    plan = a_plan(cover(0, 0, 300, 100), size=(300, 400))
    made = make_picture(a_pdf(SECRET, pages=2), "a.pdf", plan, 1)
    image = opened(made)
    assert image.size == (900, 1200)
    assert image.crop((0, 0, 900, 300)).getcolors() == [(900 * 300, COVER)]
    assert SECRET.encode() not in made.png
    with pytest.raises(PictureUnreadable):
        make_picture(a_pdf(), "a.pdf", plan, 9)


@pytest.mark.parametrize("plan", ["", "{}", "[3]"])
def test_what_is_no_plan_makes_no_picture(plan: str) -> None:
    with pytest.raises(PictureUnreadable):
        make_picture(as_file(a_scene()), "a.png", plan, NO_PAGE)


def test_what_is_no_picture_is_said() -> None:
    with pytest.raises(PictureUnreadable):
        make_picture(b"not a picture", "a.png", a_plan())


@pytest.mark.parametrize(
    "mark",
    [
        Mark(Shape.FRAME, 30, 30, 120, 90),
        Mark(Shape.FRAME, 30, 30, 32, 31),
        Mark(Shape.ARROW, 20, 20, 150, 80),
        Mark(Shape.ARROW, 60, 60, 60, 60),
        Mark(Shape.NUMBER, 120, 60, 120, 60, 12),
    ],
)
def test_marks_are_drawn_and_leave_the_rest(mark: Mark) -> None:
    white = Image.new("RGB", (240, 120), "white")
    image = opened(make_picture(as_file(white), "a.png", a_plan(mark)))
    box = ImageChops.difference(image, white).getbbox()
    assert box is not None
    left, top, right, bottom = mark.area
    around = 30
    assert left - around <= box[0] <= right + around
    assert top - around <= box[1] <= bottom + around
    assert image.getpixel((239, 119)) == (255, 255, 255)


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("far", [100_000, -100_000])
@pytest.mark.timeout(30)  # it takes a moment; it once took three minutes
def test_what_lies_far_outside_holds_nothing_up(shape: Shape, far: int) -> None:
    plan = a_plan(Mark(shape, 0, 0, far, far, 3), Mark(shape, far, far, 5, 5, 3), size=(1, 1))
    made = make_picture(as_file(a_scene()), "a.png", plan)
    assert made.png
