import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence.chat_rows import RowKind, lay_out, say_day, wrap
from desktop.domain.evidence.chats import (
    ChatSearch,
    ChatView,
    DayOrder,
    OrderKnown,
    Phone,
    with_order,
)


def a_chat(
    *messages: tuple[str, str, str], order: DayOrder = DayOrder.AMBIGUOUS, left_out: int = 0
) -> ChatView:
    return ChatView(
        times=tuple(at for at, _writer, _text in messages),
        writers=tuple(writer for _at, writer, _text in messages),
        texts=tuple(text for _at, _writer, text in messages),
        names=("",) * len(messages),
        order=order,
        known=OrderKnown.NOT_KNOWN,
        phone=Phone.ANDROID,
        left_out=left_out,
    )


CHAT = a_chat(
    ("2026-04-11T21:03:00", "", "Messages are encrypted."),
    ("2026-04-11T21:04:00", "Ann", "Straße 5"),
    ("2026-04-11T21:04:30", "Ann", "where are you now"),
    ("2026-05-11T09:00:00", "Bo", "home"),
)


def test_people_stand_by_when_they_first_wrote() -> None:
    assert CHAT.people == ("Ann", "Bo")


def test_ambiguous_chat_is_read_in_the_order_that_is_said() -> None:
    month = with_order(CHAT, DayOrder.MONTH_FIRST)
    assert month.times[0] == "2026-11-04T21:03:00"
    assert (month.order, month.known) == (DayOrder.MONTH_FIRST, OrderKnown.SAID)
    day = with_order(CHAT, DayOrder.DAY_FIRST)
    assert day.times == CHAT.times
    assert with_order(month, DayOrder.DAY_FIRST) is month


@pytest.mark.parametrize(
    ("words", "found"),
    [("ann", (1, 2)), ("STRASSE", (1,)), (" home ", (3,)), ("nobody", ()), ("", ()), ("\x00", ())],
)
def test_search_finds_words_of_messages_and_names(words: str, found: tuple[int, ...]) -> None:
    assert ChatSearch(CHAT).find(words) == found


@given(st.lists(st.text(max_size=8), max_size=20), st.text(min_size=1, max_size=3))
def test_search_finds_what_a_plain_look_finds(texts: list[str], words: str) -> None:
    view = a_chat(*(("2026-04-11T21:03:00", "", text) for text in texts))
    wanted = words.strip().casefold()
    plain = tuple(n for n, text in enumerate(texts) if wanted and wanted in text.casefold())
    if "\x00" not in wanted and "\n" not in wanted:
        assert ChatSearch(view).find(words) == plain


def test_rows_name_days_writers_and_lines() -> None:
    rows = lay_out(CHAT, 10)
    assert rows.days == [("Sat 11 Apr 2026", 0), ("Mon 11 May 2026", 9)]
    assert rows.texts == [
        "Sat 11 Apr 2026", "21:03", "Messages", "are", "encrypted.", "Ann  21:04", "Straße 5",
        "where are", "you now", "Mon 11 May 2026", "Bo  09:00", "home",
    ]  # fmt: skip
    assert rows.kinds[:3] == [RowKind.DAY, RowKind.WRITER, RowKind.APP]
    assert rows.first == [1, 5, 7, 10]
    assert rows.messages[7:9] == [2, 2]


def test_day_that_is_none_stays_as_it_is() -> None:
    assert say_day("2026-31-04") == "2026-31-04"


@given(st.text(max_size=60), st.integers(1, 12))
def test_wrapped_lines_fit_and_lose_no_letter(words: str, columns: int) -> None:
    lines = wrap(words, columns)
    assert all(len(line) <= columns for line in lines if line != words)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "").replace("\n", "")
