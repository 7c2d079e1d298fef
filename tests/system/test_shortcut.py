"""The keys for a capture are heard from anywhere, given back, and refused where they are taken."""

import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from threading import enumerate as threads

import pytest

from desktop.system.shortcut import HeardKeys, capture_shortcut
from desktop.system.shortcut_x11 import X11Listener
from desktop.system.xcb import Display, display_name
from tests.x_server import press_keys, x_server

K = ord("k")
CONTROL, ALT = 0xFFE3, 0xFFE9
CAPS = 0xFFE5


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with x_server() as name:
        yield name


@pytest.fixture
def keys(display: str) -> Iterator[HeardKeys]:
    keys = HeardKeys(lambda: X11Listener(display))
    yield keys
    keys.stop()


def codes(display: str, *symbols: int) -> list[int]:
    asked = Display(display)
    found = [asked.code_of(symbol) for symbol in symbols]
    asked.close()
    assert all(found)
    return found


def test_it_hears_its_keys_and_no_others(display: str, keys: HeardKeys) -> None:
    heard = Event()
    assert keys.start(heard.set)
    press_keys(display, *codes(display, K))
    press_keys(display, *codes(display, CONTROL, K))
    assert not heard.wait(0.1)
    press_keys(display, *codes(display, CONTROL, ALT, K))
    assert heard.wait(20)


def test_caps_lock_makes_no_difference(display: str, keys: HeardKeys) -> None:
    heard = Event()
    assert keys.start(heard.set)
    press_keys(display, *codes(display, CAPS))
    try:
        press_keys(display, *codes(display, CONTROL, ALT, K))
        assert heard.wait(20)
    finally:
        press_keys(display, *codes(display, CAPS))


def test_keys_that_are_taken_are_off_and_free_again_later(display: str, keys: HeardKeys) -> None:
    other = HeardKeys(lambda: X11Listener(display))
    assert other.start(Event().set)
    assert not keys.start(Event().set)
    other.stop()
    assert keys.start(Event().set)


def test_stopping_leaves_nothing_behind(display: str, keys: HeardKeys) -> None:
    keys.start(Event().set)
    keys.stop()
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(10):
        assert keys.start(Event().set)
        assert keys.start(Event().set)
        keys.stop()
        keys.stop()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert [one for one in threads() if one.name == "shortcut"] == []


def test_without_a_server_it_is_off() -> None:
    keys = HeardKeys(lambda: X11Listener(":987"))
    assert not keys.start(Event().set)
    keys.stop()


def test_a_server_that_goes_away_ends_it() -> None:
    with x_server() as name:
        keys = HeardKeys(lambda: X11Listener(name))
        assert keys.start(Event().set)
    keys.stop()
    assert [one for one in threads() if one.name == "shortcut"] == []


@pytest.mark.skipif(sys.platform != "linux", reason="asks for an X server")
def test_only_where_a_program_can_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("XDG_SESSION_TYPE", "x11")
    monkeypatch.setenv("DISPLAY", ":7")
    shortcut = capture_shortcut()
    assert shortcut is not None
    assert shortcut.keys == "Ctrl+Alt+K"
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    assert capture_shortcut() is None


def test_wayland_is_not_asked_through_x() -> None:
    assert display_name({"DISPLAY": ":1"}) == ":1"
    assert display_name({"DISPLAY": ":1", "WAYLAND_DISPLAY": "wayland-0"}) == ""
    assert display_name({"DISPLAY": ":1", "XDG_SESSION_TYPE": "wayland"}) == ""
    assert display_name({}) == ""
