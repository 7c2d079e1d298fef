import os
import plistlib
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.intake import extended, provenance
from desktop.intake.provenance import note_of, read_quarantine, read_where_froms, read_zone

ZONE = (
    "[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=https://mail.example.org/\r\n"
    "HostUrl=https://files.example.org/a.jpg?x=1\r\nLastWriterPackageFamilyName=Browser_8\r\n"
)
HOST = ("Loaded from, as the system noted", "https://files.example.org/a.jpg?x=1")
REFERRER = ("Linked from, as the system noted", "https://mail.example.org/")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"content")
    os.utime(path, (1_794_000_000, 1_793_000_000))
    return path


def put(path: Path, name: str, value: bytes) -> None:
    if sys.platform != "linux":
        pytest.skip("attributes are put by Python on Linux only")
    try:
        os.setxattr(path, name, value)
    except OSError:
        pytest.skip("this disk keeps no attributes")


def test_times_are_noted_in_universal_time(photo: Path) -> None:
    facts = dict(note_of(photo))
    assert facts["File last written"] == "26 Oct 2026, 07:33:20 UTC"
    assert facts["File last opened before it came in"] == "6 Nov 2026, 21:20:00 UTC"


def test_content_is_not_opened(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object, **_more: object) -> None:
        pytest.fail("opened")

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    assert note_of(photo)


def test_nothing_is_noted_of_what_is_not_there(tmp_path: Path) -> None:
    assert note_of(tmp_path / "missing") == ()
    assert note_of(Path("\x00")) == ()


def test_time_of_making_is_noted_where_the_system_tells_it(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provenance, "KEEPS_STREAMS", True)
    assert "File made on this disk" in dict(note_of(photo))
    assert provenance._time(10**30) == ""


def test_zone_of_windows_is_read(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(f"{photo}:Zone.Identifier").write_text(ZONE, "utf-16")
    assert HOST not in note_of(photo)
    monkeypatch.setattr(provenance, "KEEPS_STREAMS", True)
    facts = note_of(photo)
    assert HOST in facts
    assert REFERRER in facts
    assert ("Came from, as the system noted", "the internet") in facts
    assert ("Written by the program, as the system noted", "Browser_8") in facts


def test_zone_that_is_odd_is_said_so() -> None:
    assert read_zone("ZoneId=9") == [("Came from, as the system noted", "an unknown zone")]
    assert read_zone("HostUrl=\nwords") == []


def test_origin_of_a_linux_desktop_is_read(photo: Path) -> None:
    put(photo, "user.xdg.origin.url", HOST[1].encode())
    put(photo, "user.xdg.referrer.url", b"https://mail.example.org/\x1b\n")
    assert HOST in note_of(photo)
    assert REFERRER in note_of(photo)


def test_origin_of_macos_is_read_from_a_disk_that_kept_it(photo: Path) -> None:
    places = plistlib.dumps([HOST[1], REFERRER[1]], fmt=plistlib.FMT_BINARY)
    put(photo, "user.com.apple.metadata:kMDItemWhereFroms", places)
    put(photo, "user.com.apple.quarantine", b"0081;68000000;Browser;ID")
    facts = note_of(photo)
    assert HOST in facts
    assert REFERRER in facts
    assert ("Loaded by the program, as the system noted", "Browser") in facts
    assert "Loaded on, as the system noted" in dict(facts)


def test_odd_notes_of_macos_are_left_out() -> None:
    assert read_where_froms(b"<plist/>") == []
    assert read_where_froms(b"bplist00 broken") == []
    assert read_where_froms(plistlib.dumps({"a": 1}, fmt=plistlib.FMT_BINARY)) == []
    assert read_where_froms(plistlib.dumps([1, "a"], fmt=plistlib.FMT_BINARY)) == ["a"]
    assert read_quarantine("0081") == []
    assert read_quarantine("0081;zz;App") == [
        ("Loaded by the program, as the system noted", "App")
    ]


def test_attribute_that_is_not_there_is_empty(photo: Path) -> None:
    assert extended.attribute(photo, "user.none") == b""
    assert extended.attribute(Path("\x00"), "user.none") == b""


@given(st.binary(max_size=300))
def test_read_where_froms_never_fails(odd: bytes) -> None:
    read_where_froms(b"bplist00" + odd)
