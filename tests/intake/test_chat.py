import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence.chats import DayOrder, OrderKnown, Phone
from desktop.domain.evidence.items import ItemKind
from desktop.intake import chat
from desktop.intake.chat import find_chat, name_media, read_chat
from desktop.intake.chat_lines import looks_like_chat, order_of, write_date
from desktop.intake.pieces import PiecedFile
from desktop.intake.sniff import kind_of, sniff
from tests.intake.containers import a_zip

IPHONE = (
    "\u200e[14/11/2026, 21:03:00] Night Owl: \u200eMessages are end-to-end encrypted.\r\n"
    "[14/11/2026, 21:03:10] ~\u202fNight Owl: you will see\nsecond line: with a colon\r\n"
    "\u200e[14/11/2026, 21:04:00] +44 7700 900123: \u200e<attached: 00000012-PHOTO.jpg>\r\n"
    "[15/11/2026, 9:04:00\u202fPM] Night Owl: \u200eimage omitted\r\n"
)
ANDROID = (
    "11/04/26, 9:03 pm - Messages and calls are end-to-end encrypted.\n"
    "11/05/26, 9:04 pm - Bo: IMG-20261104-WA0001.jpg (file attached)\n"
    "11/05/26, 12:05 am - Bo: <Media omitted>\n"
)


def test_export_of_an_iphone_is_read() -> None:
    view = read_chat(IPHONE.encode())
    assert view is not None
    assert view.phone is Phone.IPHONE
    assert view.times == (
        "2026-11-14T21:03:00",
        "2026-11-14T21:03:10",
        "2026-11-14T21:04:00",
        "2026-11-15T21:04:00",
    )
    assert view.people == ("Night Owl", "+44 7700 900123")
    assert view.texts[1] == "you will see\nsecond line: with a colon"
    assert view.names == ("", "", "00000012-PHOTO.jpg", "")
    assert view.left_out == 1
    assert (view.order, view.known) == (DayOrder.DAY_FIRST, OrderKnown.BY_DATE)
    assert not view.shortened


def test_export_of_android_is_read_and_may_be_ambiguous() -> None:
    view = read_chat(ANDROID.encode())
    assert view is not None
    assert view.phone is Phone.ANDROID
    assert view.writers == ("", "Bo", "Bo")
    assert view.times[0] == "2026-04-11T21:03:00"
    assert view.times[2].endswith("T00:05:00")
    assert view.names[1] == "IMG-20261104-WA0001.jpg"
    assert view.left_out == 1
    assert (view.order, view.known) == (DayOrder.AMBIGUOUS, OrderKnown.NOT_KNOWN)


@pytest.mark.parametrize(
    "line",
    [
        "[2026-11-14, 21:03:00] Ann: hi",
        "[14.11.26, 21:03:00] Ann: hi",
        "14.11.26, 21:03 - Ann: hi",
        "14/11/2026 21:03 - Ann: hi",
        "2026-11-14, 9:03 p.m. - Ann: hi",
        "11/14/26, 9:03\u202fPM - Ann: hi",
        "\ufeff14-11-2026 21.03 \u2013 Ann: hi",
    ],
)
def test_other_ways_of_writing_are_read(line: str) -> None:
    view = read_chat(line.encode())
    assert view is not None
    assert view.times == ("2026-11-14T21:03:00",)
    assert view.writers == ("Ann",)
    assert view.texts == ("hi",)


@pytest.mark.parametrize(
    ("dates", "order", "surely"),
    [
        ([(2026, 11, 14)], DayOrder.YEAR_FIRST, True),
        ([(13, 11, 26)], DayOrder.DAY_FIRST, True),
        ([(11, 13, 26)], DayOrder.MONTH_FIRST, True),
        ([(11, 12, 26)], DayOrder.AMBIGUOUS, False),
        ([(13, 1, 26), (1, 13, 26)], DayOrder.AMBIGUOUS, False),
        ([(12, 4, 26), (1, 5, 26)], DayOrder.DAY_FIRST, False),
        ([(4, 12, 26), (5, 1, 26)], DayOrder.MONTH_FIRST, False),
        ([], DayOrder.AMBIGUOUS, False),
    ],
)
def test_order_of_day_and_month(
    dates: list[tuple[int, int, int]], order: DayOrder, surely: bool
) -> None:
    assert order_of(dates) == (order, surely)


def test_order_known_from_the_sequence_is_said_so() -> None:
    view = read_chat(b"12/4/26, 9:03 - A: x\n1/5/26, 9:03 - A: y")
    assert view is not None
    assert view.known is OrderKnown.BY_SEQUENCE
    assert write_date((4, 12, 26), DayOrder.MONTH_FIRST) == "2026-04-12"


def test_zip_with_media_is_read_and_its_media_only_named() -> None:
    content = a_zip({"_chat.txt": IPHONE, "00000012-PHOTO.jpg": b"\xff\xd8 photo"})
    view = read_chat(content)
    assert view is not None
    assert len(view.times) == 4
    assert view.media == (("00000012-PHOTO.jpg", 8),)
    assert [one.name for one in name_media(PiecedFile(content)).names] == ["00000012-PHOTO.jpg"]
    assert find_chat(PiecedFile(content)) is not None


def test_what_is_no_chat_is_none() -> None:
    assert read_chat(b"just words") is None
    assert read_chat(b"") is None
    assert read_chat(a_zip({"a.txt": b"a"})) is None
    assert read_chat(b"PK no zip") is None
    cut = a_zip({"_chat.txt": IPHONE})
    assert read_chat(cut.replace(b"PK\x03\x04", b"PKxx", 1)) is None
    assert name_media(PiecedFile(b"PK")).names == ()


def test_long_chat_is_shortened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "MOST_MESSAGES", 2)
    view = read_chat(IPHONE.encode())
    assert view is not None
    assert len(view.times) == 2
    assert view.shortened


def test_controls_and_direction_marks_are_taken_out() -> None:
    view = read_chat("14/11/26, 21:03 - A\u202eb: safe\u202eevil\x1b\tend".encode())
    assert view is not None
    assert view.texts == ("safeevil    end",)
    assert view.writers == ("Ab",)


def test_kind_tells_a_chat_from_other_text() -> None:
    raw = IPHONE.encode()
    assert kind_of(sniff(raw), raw) is ItemKind.CHAT
    assert kind_of("text/plain", b"Dear all\n14/11/2026, 21:03 - no") is ItemKind.FILE
    assert not looks_like_chat(b"[14/11/2026, 21:03:10] system only")
    packed = a_zip({"_chat.txt": raw})
    assert kind_of("application/zip", packed) is ItemKind.CHAT
    assert kind_of("application/zip", b"", "WhatsApp Chat - Ann.zip") is ItemKind.CHAT
    assert kind_of("application/zip", a_zip({"a": b"a"}), "a.zip") is ItemKind.ARCHIVE


@given(st.text(alphabet="[]0123456789/.,: -apmAPM\u200e\u202f\n\tAnn<>attached", max_size=300))
def test_read_chat_never_fails(text: str) -> None:
    read_chat(("14/11/26, 21:03 - A: x\n" + text).encode())
    read_chat(text.encode())
