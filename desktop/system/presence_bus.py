"""What the desktop and logind say over D-Bus: idle, screen locked, another user at the computer.

The bus is a socket on this computer; where the small library for it is missing, nothing is known.
"""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from desktop.domain.log.locking import Presence

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

TIMEOUT_SECONDS = 0.3
SESSION, SYSTEM = "SESSION", "SYSTEM"

_IDLE_MONITOR = (
    "org.gnome.Mutter.IdleMonitor",
    "/org/gnome/Mutter/IdleMonitor/Core",
    "org.gnome.Mutter.IdleMonitor",
)
_SAVERS = (
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver", "org.cinnamon.ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver", "org.mate.ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver", "org.xfce.ScreenSaver"),
)
_LOGIND = "org.freedesktop.login1"
_MANAGER = (_LOGIND, "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
_OWN_SESSION = "/org/freedesktop/login1/session/auto"
_PROPERTIES = "org.freedesktop.DBus.Properties"

Address = tuple[str, str, str]


class BusPresence:
    """Keeps both connections from one question to the next; used by one thread only."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        """Connect at the first question."""
        self._environment = environment
        self._connections: dict[str, DBusConnection] = {}

    def ask(self) -> Presence:
        """Return what is known; a bus that is not there or does not answer knows nothing."""
        idle = self._try(SESSION, self._idle)
        locked = self._try(SESSION, self._saver_active)
        session = self._try(SYSTEM, self._logind_session) or {}
        hint, active = session.get("LockedHint"), session.get("Active")
        known = [answer for answer in (locked, hint) if isinstance(answer, bool)]
        return Presence(
            idle=idle,
            screen_locked=any(known) if known else None,
            switched_away=not active if isinstance(active, bool) else None,
        )

    def close(self) -> None:
        """Let go of both connections."""
        for name in tuple(self._connections):
            self._drop(name)

    def _try(self, bus: str, question: Callable[[], Any]) -> Any:
        try:
            return question()
        except (ImportError, OSError, KeyError, ValueError, EOFError, RuntimeError):
            # Gone, never there, too slow, or an answer in a form that nobody expects.
            self._drop(bus)
            return None

    def _idle(self) -> timedelta | None:
        answer = self._call(SESSION, _IDLE_MONITOR, "GetIdletime")
        return timedelta(milliseconds=answer[0]) if answer else None

    def _saver_active(self) -> bool | None:
        answers = [self._call(SESSION, saver, "GetActive") for saver in _SAVERS]
        known = [bool(answer[0]) for answer in answers if answer]
        return any(known) if known else None

    def _logind_session(self) -> dict[str, Any]:
        path = _OWN_SESSION
        number = self._environment.get("XDG_SESSION_ID", "")
        if number:
            found = self._call(SYSTEM, _MANAGER, "GetSession", "s", (number,))
            path = found[0] if found else path
        address = (_LOGIND, path, _PROPERTIES)
        answer = self._call(SYSTEM, address, "GetAll", "s", ("org.freedesktop.login1.Session",))
        return {name: value for name, (_, value) in answer[0].items()} if answer else {}

    def _call(
        self,
        bus: str,
        address: Address,
        method: str,
        signature: str | None = None,
        body: tuple[str, ...] = (),
    ) -> tuple[Any, ...]:
        """Return the answer; () where that service is not running, which is never started."""
        from jeepney import (  # noqa: PLC0415 - optional, and slow to read at the start
            DBusAddress,
            MessageFlag,
            MessageType,
            new_method_call,
        )

        name, path, interface = address
        message = new_method_call(
            DBusAddress(path, bus_name=name, interface=interface), method, signature, body
        )
        message.header.flags = MessageFlag.no_auto_start
        reply = self._connection(bus).send_and_get_reply(message, timeout=TIMEOUT_SECONDS)
        answer: tuple[Any, ...] = reply.body
        return () if reply.header.message_type is MessageType.error else answer

    def _connection(self, bus: str) -> "DBusConnection":
        if bus not in self._connections:
            from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415

            self._connections[bus] = open_dbus_connection(bus)
        return self._connections[bus]

    def _drop(self, bus: str) -> None:
        connection = self._connections.pop(bus, None)
        if connection is not None:
            with suppress(OSError):
                connection.close()
