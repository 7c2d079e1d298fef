from desktop.domain.evidence.inside import InsideName, Listed
from desktop.domain.evidence.shown import ListingView, MediaTrack, MediaView, PageTextView
from desktop.ui.evidence import viewer_listing
from desktop.ui.evidence.viewer_listing import listing_words, media_words, page_words, say_size
from desktop.ui.evidence.viewer_words import SHORTENED, WordsView
from tests.intake.containers import FILES, a_docx, a_zip
from tests.ui.looks import Look, of

NAMES = (InsideName("a.jpg", "image/jpeg", 300), InsideName("b.bin", "", -1))


def words_of(look: Look) -> str:
    view = look.open().view
    assert isinstance(view, WordsView)
    return view.toPlainText()


@of("a.zip", a_zip({"photo.jpg": b"x" * 3000}))
def test_archive_is_listed(look: Look) -> None:
    words = words_of(look)
    assert "photo.jpg  (3 KiB)" in words
    assert "Nothing in it was opened" in words


@of("a.docx", a_docx())
def test_office_file_says_what_it_says(look: Look) -> None:
    words = words_of(look)
    assert "Author: Ann & Bo" in words
    assert "word/media/image1.png" in words


@of("a.mp4", (FILES / "ffmpeg_clip.mp4").read_bytes())
def test_recording_says_what_it_says(look: Look) -> None:
    words = words_of(look)
    assert "Made: 2026-11-14 21:03:00 UTC" in words
    assert "It is not played here" in words


@of("a.mhtml", (FILES / "chromium_page.mhtml").read_bytes())
def test_saved_page_shows_its_words_and_address(look: Look) -> None:
    words = words_of(look)
    assert "Saved from: http://forum.example.org/thread/17.html" in words
    assert "You will see" in words
    assert "dot.png" in words


@of("a.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(100))
def test_recording_that_cannot_be_read_is_shown_byte_by_byte(look: Look) -> None:
    assert look.open().view is not None


def test_listing_says_what_cannot_be_named() -> None:
    assert "more in it" in listing_words(ListingView(names=NAMES, listed=Listed.PART))
    assert "cannot be named" in listing_words(ListingView(names=(), listed=Listed.NOT))
    assert "Nothing apart" in listing_words(ListingView(names=(), listed=Listed.WHOLE))


def test_long_listing_ends() -> None:
    many = NAMES * viewer_listing.MOST_LINES
    assert "and 5,000 more" in listing_words(ListingView(names=many, listed=Listed.WHOLE))


def test_page_without_words_says_so() -> None:
    view = PageTextView(
        title="", saved_from="", claimed_address="", saved_by="", saved_at="", text="",
        shortened=True,
    )  # fmt: skip
    words = page_words(view)
    assert "not written in the file" in words
    assert "There are no words" in words
    assert SHORTENED in words


def test_track_that_says_nothing_is_left_out() -> None:
    assert "Sound" not in media_words(MediaView((MediaTrack("Sound", ()),)))


def test_sizes_in_words() -> None:
    assert say_size(-1) == ""
    assert say_size(12) == "  (12 bytes)"
    assert say_size(3 * 1024 * 1024) == "  (3.0 MiB)"
