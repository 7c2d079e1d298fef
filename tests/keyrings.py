"""A real keyring daemon on a message bus of its own, as a Linux desktop has one."""

import gc
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection

_NAME = "org.freedesktop.secrets"
_TRIES = 2000
_PATIENCE = 10


class DesktopKeyring:
    """The bus and the daemon; each can be ended, and the keyring locked, as a user might."""

    def __init__(self) -> None:
        self._bus = subprocess.Popen(
            ["dbus-run-session", "--", "sh", "-c", 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat'],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._bus.stdout is not None
        self.address = self._bus.stdout.readline().strip()
        self._daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": self.address},
            text=True,
        )
        assert self._daemon.stdin is not None
        self._daemon.stdin.write("the password of the computer's account")
        self._daemon.stdin.close()
        assert any(self._is_there() for _ in range(_TRIES)), "the keyring does not start"

    def lock(self) -> None:
        """Lock the keyring, as the desktop's own program for it does."""
        import secretstorage  # noqa: PLC0415 - only here on Linux

        with closing(secretstorage.dbus_init()) as bus:
            secretstorage.get_default_collection(bus).lock()

    def end_daemon(self) -> None:
        """End the daemon: its secrets are there, but locked, once the bus starts it again."""
        if self._daemon.poll() is None:
            self._daemon.terminate()
        self._daemon.wait(_PATIENCE)

    def end(self) -> None:
        """End both, as when nobody is signed in at a desktop."""
        self.end_daemon()
        if self._bus.poll() is None:
            self._bus.communicate(timeout=_PATIENCE)

    def _is_there(self) -> bool:
        address = DBusAddress(
            "/", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus"
        )
        question = new_method_call(address, "NameHasOwner", "s", (_NAME,))
        with closing(open_dbus_connection(self.address)) as bus:
            return bool(bus.send_and_get_reply(question, timeout=_PATIENCE).body[0])


@pytest.fixture
def desktop_keyring(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DesktopKeyring]:
    """Start a keyring that is unlocked, for this process and those it starts."""
    for program in ("dbus-run-session", "gnome-keyring-daemon"):
        assert shutil.which(program), f"{program} is needed for this test"
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    made = DesktopKeyring()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.address)
    yield made
    made.end()
    gc.collect()
