"""How many pictures a file holds, counted without reading them."""

import io

import pytest
from PIL import Image

from desktop.pictures.decode import decode_picture
from desktop.pictures.frames import MOST, MOST_PAGES, count_frames


def a_run(kind: str, count: int) -> bytes:
    first, *more = [
        Image.new("RGB", (20, 10), (number * 30 % 256, 0, 0)) for number in range(count)
    ]
    file = io.BytesIO()
    first.save(file, kind, save_all=True, append_images=more)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF", "PNG"])
@pytest.mark.parametrize("count", [1, 2, 7])
def test_the_first_is_shown_and_all_are_counted(kind: str, count: int) -> None:
    picture = decode_picture(a_run(kind, count), "a")
    assert picture.frames == count
    assert picture.rgba[0] < 15


def counted(data: bytes, kind: str) -> int:
    with Image.open(io.BytesIO(data), formats=(kind,)) as image:
        return count_frames(data, image)


def test_a_moving_picture_that_is_cut_off_counts_so_far() -> None:
    data = a_run("GIF", 5)
    counts = [counted(data[:end], "GIF") for end in range(40, len(data))]
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (1, 5)


def test_counting_ends_at_a_byte_that_begins_no_block() -> None:
    data = a_run("GIF", 2)
    assert counted(data[:-1] + b"\x99", "GIF") == 2


def test_counting_stops_somewhere() -> None:
    data = a_run("GIF", 2)
    end = data.rindex(b"\x21\xf9")
    assert counted(data[:end] + data[end:-1] * (MOST + 5), "GIF") == MOST


def test_pages_are_counted_to_a_limit() -> None:
    assert counted(a_run("TIFF", MOST_PAGES + 3), "TIFF") == MOST_PAGES


def test_a_claim_of_far_too_many_is_cut() -> None:
    class Claims:
        format = "PNG"
        n_frames = 2**31

    assert count_frames(b"", Claims()) == MOST  # type: ignore[arg-type]
