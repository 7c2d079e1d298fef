"""A desktop on a private bus: says what it is told on standard input, one line per change.

Started under dbus-run-session by tests/system/test_presence.py; no library but the one that the
program uses itself.
"""

import json
import os
import sys
import threading
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
SESSIONS = "/org/freedesktop/login1/session"

State = dict[str, Any]


def _answer(message: Message, state: State) -> Message:
    fields = message.header.fields
    path = fields[HeaderFields.path]
    if path in state["unknown"]:
        return new_error(message, "org.freedesktop.DBus.Error.UnknownObject")
    hints = {"LockedHint": ("b", state["hint"]), "Active": ("b", state["here"])}
    answers: dict[str, tuple[str, tuple[object, ...]]] = {
        "GetIdletime": ("t", (state["idle"],)),
        "GetActive": ("b", (state["active"],)),
        "GetSession": ("o", (f"{SESSIONS}/{message.body[0] if message.body else ''}",)),
        "GetAll": ("a{sv}", (hints,)),
    }
    return new_method_return(message, *answers[fields[HeaderFields.member]])


def _serve(connection: DBusConnection, state: State) -> None:
    while True:
        message = connection.receive()
        called = message.header.message_type is MessageType.method_call
        if called and message.header.fields[HeaderFields.destination] not in state["silent"]:
            connection.send(_answer(message, state))


def _name(connection: DBusConnection, method: str, name: str) -> None:
    signature, body = ("su", (name, 4)) if method == "RequestName" else ("s", (name,))
    connection.send(new_method_call(BUS, method, signature, body))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    state: State = {"idle": 0, "active": False, "hint": False, "here": True}
    state |= {"unknown": [], "silent": []}
    connection = open_dbus_connection("SESSION")
    threading.Thread(target=_serve, args=(connection, state), daemon=True).start()
    _say(os.environ["DBUS_SESSION_BUS_ADDRESS"])
    for line in sys.stdin:
        change = json.loads(line)
        for name in change.pop("take", ()):
            _name(connection, "RequestName", name)
        state.update(change)
        _say("said")


main()
