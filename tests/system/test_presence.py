"""What the computer says about whoever uses it: a real X server, a real bus, the real clocks."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CDLL, c_char_p, c_int, c_uint, c_ulong, c_void_p
from datetime import timedelta
from pathlib import Path
from shutil import which

import pytest

from desktop.domain.log.locking import Presence
from desktop.system.presence import PresenceWatch, ask_sleep, watch_presence
from desktop.system.presence_bus import BusPresence
from desktop.system.presence_x11 import ask_x11

SCREEN_SAVER = "org.gnome.ScreenSaver"
IDLE_MONITOR = "org.gnome.Mutter.IdleMonitor"
LOGIND = "org.freedesktop.login1"
A_KEY = 38


def test_one_source_that_sees_somebody_is_believed() -> None:
    watch = PresenceWatch(
        (
            Presence,
            lambda: Presence(idle=timedelta(seconds=9), screen_locked=False),
            lambda: Presence(idle=timedelta(seconds=2), asleep=timedelta(seconds=5)),
            lambda: Presence(screen_locked=True, switched_away=False),
        )
    )
    assert watch.ask() == Presence(
        idle=timedelta(seconds=2),
        screen_locked=True,
        switched_away=False,
        asleep=timedelta(seconds=5),
    )


def test_where_nothing_can_be_asked_nothing_is_known() -> None:
    assert PresenceWatch((Presence, Presence)).ask() == Presence()


def test_the_clocks_tell_how_long_the_computer_slept() -> None:
    first, second = ask_sleep().asleep, ask_sleep().asleep
    assert first is not None
    assert second is not None
    assert timedelta() <= first
    assert abs(second - first) < timedelta(seconds=1)


def test_this_computer_can_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere")
    found = watch_presence().ask()
    assert found.idle is None
    assert found.asleep is not None


@contextmanager
def x_server(*more: str) -> Iterator[str]:
    """Start an X server of our own; it chooses a free number and says which."""
    if which("Xvfb") is None:
        pytest.skip("needs Xvfb")
    reading, writing = os.pipe()
    plain = ("-screen", "0", "320x200x24", "-nolisten", "tcp", "-noreset")
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), *plain, *more],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as said:
        number = said.readline().strip()
    yield f":{number}"
    process.terminate()
    process.wait(20)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """Return an X server for all tests of this module."""
    with x_server() as name:
        yield name


def _press_a_key(display: str) -> None:
    x11, xtest = CDLL("libX11.so.6"), CDLL("libXtst.so.6")
    x11.XOpenDisplay.argtypes, x11.XOpenDisplay.restype = (c_char_p,), c_void_p
    x11.XSync.argtypes, x11.XCloseDisplay.argtypes = (c_void_p, c_int), (c_void_p,)
    xtest.XTestFakeKeyEvent.argtypes = (c_void_p, c_uint, c_int, c_ulong)
    connection = x11.XOpenDisplay(display.encode())
    for down in (1, 0):
        xtest.XTestFakeKeyEvent(connection, A_KEY, down, 0)
    x11.XSync(connection, 0)
    x11.XCloseDisplay(connection)


def test_x11_tells_how_long_nobody_touched_the_computer(display: str) -> None:
    environment = {"DISPLAY": display}
    _press_a_key(display)
    idle = ask_x11(environment).idle
    assert idle is not None
    end = time.monotonic() + 20
    while idle < timedelta(milliseconds=300) and time.monotonic() < end:
        idle = ask_x11(environment).idle or timedelta()
    assert idle >= timedelta(milliseconds=300)
    _press_a_key(display)
    fallen = ask_x11(environment).idle
    assert fallen is not None
    assert fallen < idle


@pytest.mark.parametrize(
    "more",
    [
        {"DISPLAY": ""},
        {"DISPLAY": ":987"},
        {"WAYLAND_DISPLAY": "wayland-0"},
        {"XDG_SESSION_TYPE": "wayland"},
    ],
)
def test_x11_knows_nothing_where_it_would_guess(display: str, more: dict[str, str]) -> None:
    assert ask_x11({"DISPLAY": display, **more}) == Presence()


def test_an_x_server_that_counts_no_idle_time_is_left_alone() -> None:
    with x_server("-extension", "MIT-SCREEN-SAVER") as name:
        assert ask_x11({"DISPLAY": name}) == Presence()
        assert ask_x11({"DISPLAY": name}) == Presence()


def test_asking_x11_leaves_no_connection_behind(display: str) -> None:
    ask_x11({"DISPLAY": display})
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        ask_x11({"DISPLAY": display})
    assert len(list(Path("/proc/self/fd").iterdir())) == before


class Desktop:
    """A process on a private bus that answers as a desktop and logind would."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("bus_service.py")
        self._process = subprocess.Popen(
            ["dbus-run-session", "--", sys.executable, str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        self.address = self._process.stdout.readline().strip()

    def say(self, **change: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(change) + "\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "said\n"

    def end(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    if which("dbus-run-session") is None:
        pytest.skip("needs dbus-run-session")
    made = Desktop()
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"):
        monkeypatch.setenv(name, made.address)
    yield made
    made.end()


@pytest.fixture
def bus(desktop: Desktop) -> Iterator[BusPresence]:
    made = BusPresence({})
    yield made
    made.close()


def test_a_bus_with_nobody_on_it_knows_nothing(bus: BusPresence) -> None:
    assert bus.ask() == Presence()
    assert bus.ask() == Presence()


def test_the_desktop_tells_idle_time_and_lock(desktop: Desktop, bus: BusPresence) -> None:
    desktop.say(take=[SCREEN_SAVER, IDLE_MONITOR], idle=4200)
    assert bus.ask() == Presence(idle=timedelta(milliseconds=4200), screen_locked=False)
    desktop.say(active=True, idle=5)
    assert bus.ask() == Presence(idle=timedelta(milliseconds=5), screen_locked=True)


def test_logind_tells_lock_and_switch(desktop: Desktop, bus: BusPresence) -> None:
    desktop.say(take=[LOGIND])
    assert bus.ask() == Presence(screen_locked=False, switched_away=False)
    desktop.say(hint=True)
    assert bus.ask() == Presence(screen_locked=True, switched_away=False)
    desktop.say(hint=False, here=False)
    assert bus.ask() == Presence(screen_locked=False, switched_away=True)


def test_either_of_both_can_say_that_the_screen_is_locked(
    desktop: Desktop, bus: BusPresence
) -> None:
    desktop.say(take=[LOGIND, SCREEN_SAVER], active=True)
    assert bus.ask().screen_locked is True
    desktop.say(active=False, hint=True)
    assert bus.ask().screen_locked is True
    desktop.say(hint=False)
    assert bus.ask().screen_locked is False


@pytest.mark.parametrize(("number", "known"), [("7", True), ("8", False)])
def test_the_own_session_is_asked_by_its_number(
    desktop: Desktop, number: str, known: bool
) -> None:
    paths = [f"/org/freedesktop/login1/session/{other}" for other in ("8", "auto")]
    desktop.say(take=[LOGIND], unknown=paths)
    bus = BusPresence({"XDG_SESSION_ID": number})
    assert (bus.ask().switched_away is False) is known
    bus.close()


def test_a_desktop_that_does_not_answer_is_not_waited_for(
    desktop: Desktop, bus: BusPresence
) -> None:
    desktop.say(take=[LOGIND, SCREEN_SAVER, IDLE_MONITOR], silent=[IDLE_MONITOR])
    begun = time.monotonic()
    assert bus.ask() == Presence(screen_locked=False, switched_away=False)
    assert time.monotonic() - begun < 20  # a bus waits 25 s by itself
    desktop.say(silent=[], idle=7)
    assert bus.ask().idle == timedelta(milliseconds=7)


def test_a_bus_that_goes_away_and_one_that_was_never_there(
    desktop: Desktop, bus: BusPresence, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop.say(take=[SCREEN_SAVER])
    assert bus.ask().screen_locked is False
    desktop.end()
    assert bus.ask() == Presence()
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "tcp:host=127.0.0.1,port=9")
    assert bus.ask() == Presence()


def test_it_may_be_asked_on_another_thread_than_it_was_made(
    desktop: Desktop, bus: BusPresence
) -> None:
    desktop.say(take=[SCREEN_SAVER])
    found: list[Presence] = []
    thread = threading.Thread(target=lambda: found.append(bus.ask()))
    thread.start()
    thread.join()
    assert found == [Presence(screen_locked=False)]


def test_without_the_library_the_bus_knows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jeepney", None)
    assert BusPresence({}).ask() == Presence()
