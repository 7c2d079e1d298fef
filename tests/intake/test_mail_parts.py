import pytest

from desktop.intake.mail_parts import (
    DEPTH,
    FIELDS,
    content_of,
    decoded,
    read_fields,
    size_of,
    take_apart,
)
from desktop.intake.opened_mail import PARTS

MIXED = b"From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n"


def test_parts_lie_between_the_lines_of_the_boundary() -> None:
    raw = (
        b"From: a@example.org\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\nbefore\r\n"
        b"--b\r\n\r\none\r\n--bb\r\nstill one\r\n--b  \r\nContent-Type: image/png\r\n\r\n"
        b"two --b\r\n--b--\r\nafter\r\n--b\r\nnot a part"
    )  # fmt: skip
    _whole, parts = take_apart(raw)
    assert [raw[part.start : part.end] for part in parts] == [
        b"one\r\n--bb\r\nstill one",
        b"two --b",
    ]
    assert [part.media_type for part in parts] == ["text/plain", "image/png"]


def test_part_that_is_never_closed_runs_to_the_end() -> None:
    raw = MIXED + b"--b\n\none\n--b"
    assert [raw[part.start : part.end] for part in take_apart(raw)[1]] == [b"one", b""]


@pytest.mark.parametrize(
    "kind",
    [
        b"multipart/mixed",
        b'multipart/mixed; boundary=""',
        b"multipart/mixed; boundary=gone",
        b"multipart/mixed; boundary*=no-such''%ff",
    ],
)
def test_parts_that_cannot_be_found_stay_one_closed_part(kind: bytes) -> None:
    raw = b"From: a@example.org\nContent-Type: " + kind + b"\n\n--b\n\none\n--b--"
    (part,) = take_apart(raw)[1]
    assert part.is_attached
    assert part.media_type == "multipart/mixed"


def test_parts_are_opened_to_a_limit_in_depth_and_number() -> None:
    raw = b"From: a@example.org\n"
    for depth in range(DEPTH + 10):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth)
    (part,) = take_apart(raw)[1]
    assert part.media_type == "multipart/mixed"
    assert len(take_apart(MIXED + b"--b\n\nx\n" * 1000)[1]) == PARTS + 1


def test_fields_are_read_over_several_lines_and_in_any_letters() -> None:
    raw = (
        b"From: a\r\n\tb\r\n c\r\nOdd one\r\nSubject: x\r\n\r\nbody"
    )  # fmt: skip
    fields, start = read_fields(raw, 0, len(raw))
    assert fields == (("From", "a\tb c"),)
    assert raw[start:].startswith(b"Odd one")
    accents = "Subject: né\nX: y\n\n".encode() + b"b"
    assert read_fields(accents, 0, len(accents)) == ((("Subject", "né"), ("X", "y")), 19)
    old = b"Subject: n\xe9"
    assert read_fields(old, 0, len(old)) == ((("Subject", "né"),), len(old))
    assert read_fields(b" b: c", 0, 5) == ((), 0)
    assert read_fields(b"", 0, 0) == ((), 0)


def test_fields_are_read_to_a_limit() -> None:
    raw = b"X: y\n" * (FIELDS + 5)
    assert len(read_fields(raw, 0, len(raw))[0]) == FIELDS
    assert len(read_fields(raw + b"\n", 0, len(raw) + 1)[0]) == FIELDS
    long = b"X: " + b"y" * 100_000 + b"\n z\n\nbody"
    fields, start = read_fields(long, 0, len(long))
    assert len(fields[0][1]) < 20_000
    assert long[start:] == b"body"


@pytest.mark.parametrize(
    "before", [b"", b"\n\r\n", b"\xef\xbb\xbf", b"From a@example.org Thu Nov 19\n", b">From x\n"]
)
def test_what_stands_before_the_fields_is_passed_over(before: bytes) -> None:
    assert take_apart(before + b"From: a\n\nbody")[0].all("from") == ["a"]


def test_envelope_alone_is_no_mail() -> None:
    assert take_apart(b"From nobody")[0].fields == ()


@pytest.mark.parametrize("encoding", [b"base64", b"BASE64 ; x", b"quoted-printable", b"8bit", b""])
def test_content_is_read_as_it_was_written(encoding: bytes) -> None:
    written = {b"b": b"Y2Fm6Q==", b"B": b"Y2Fm6Q==", b"q": b"caf=E9"}.get(encoding[:1], b"caf\xe9")
    raw = b"From: a\nContent-Transfer-Encoding: " + encoding + b"\n\n" + written
    (part,) = take_apart(raw)[1]
    assert content_of(raw, part) == b"caf\xe9"
    assert size_of(raw, part) in (4, len(written))


def test_odd_names_and_letters_of_a_part_are_borne() -> None:
    raw = (
        b"From: a\nContent-Type: text/plain; charset*=x'y; name*0*=no-such''%ff\n"
        b"Content-Disposition: attachment; filename*0*=bad'%zz; filename*x=1\n\nx"
    )
    (part,) = take_apart(raw)[1]
    assert part.is_attached
    assert part.file_name
    assert part.charset


def test_name_of_a_part_cannot_leave_its_folder() -> None:
    raw = b'From: a\nContent-Disposition: attachment; filename="..\\..\\a\xe2\x80\xaegnp.exe"\n\n'
    assert take_apart(raw)[1][0].file_name == "agnp.exe"


def test_words_of_a_field_are_decoded_in_one_line() -> None:
    assert decoded("=?utf-8?q?O=C3=B9?=\n  es-tu") == "Où es-tu"
    assert decoded("=?no-such?B?eHg=?=") == "=?no-such?B?eHg=?="
    assert decoded("\ud800x") == "?x"


@pytest.mark.parametrize(
    "hostile",
    [
        MIXED + b"\n" * 1_000_000,
        MIXED + b"--b\n" * 250_000,
        MIXED + b"--b" * 330_000,
        MIXED + b"\n--bx" * 200_000,
        b"X:\n" * 300_000,
        b"X: y\n" + b" z\n" * 300_000,
        b"Content-Type: " + b"a;" * 500_000,
        b"Content-Type: multipart/mixed; " + b"boundary*0=" * 90_000,
    ],
)
@pytest.mark.timeout(30)  # it takes moments; what grows with the square takes minutes
def test_a_mebibyte_of_anything_is_taken_apart(hostile: bytes) -> None:
    assert take_apart(hostile)


@pytest.mark.parametrize("charset", ["punycode", "IDNA"])
def test_letters_of_names_are_not_read_in_a_mail(charset: str) -> None:
    part = take_apart(f"Content-Type: text/plain; charset={charset}\n\na-9999".encode())[0]
    assert part.charset == "utf-8"
    assert decoded(f"=?{charset}?q?a-{'99' * 900}?=").startswith("a-99")


@pytest.mark.timeout(30)  # it takes a moment; what grows with the square takes hours
def test_field_of_a_million_lines_is_read() -> None:
    fields, _end = read_fields(b"X: a\n" + b" a\n" * 1_000_000, 0, 3_000_005)
    assert len(fields) == 1
