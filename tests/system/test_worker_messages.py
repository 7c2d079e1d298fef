"""Messages over a pipe: whole or refused."""

import io

import pytest

from desktop.system.worker_messages import MAX_PARTS, Limits, MessageBroken, receive, send

LIMITS = Limits(head_bytes=20, part_bytes=100)


def sent(head: bytes, *parts: bytes) -> bytes:
    file = io.BytesIO()
    send(file, head, parts)
    return file.getvalue()


def test_a_message_comes_as_it_was_sent() -> None:
    file = io.BytesIO(sent(b"one", b"", b"two") + sent(b"next"))
    assert receive(file, LIMITS) == (b"one", (b"", b"two"))
    assert receive(file, LIMITS) == (b"next", ())
    assert receive(file, LIMITS) is None


def test_a_message_that_is_cut_off_anywhere_is_refused() -> None:
    whole = sent(b"head", b"some", b"parts")
    for end in range(1, len(whole)):
        with pytest.raises(MessageBroken):
            receive(io.BytesIO(whole[:end]), LIMITS)


@pytest.mark.parametrize(
    "data",
    [
        sent(b"x" * 21),
        sent(b"", b"x" * 101),
        sent(b"", b"x" * 60, b"x" * 60),
        sent(b"", *[b""] * (MAX_PARTS + 1)),
        b"\x00\x00\x00\x00\x00\x01\xff\xff\xff\xff\xff\xff\xff\xff",
    ],
    ids=["head", "part", "parts together", "too many", "claims far too much"],
)
def test_what_is_larger_than_it_may_be_is_refused_unread(data: bytes) -> None:
    with pytest.raises(MessageBroken):
        receive(io.BytesIO(data), LIMITS)
