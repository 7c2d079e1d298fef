"""What macOS says: the last key or mouse, whether the session is locked or in the background."""

import ctypes
from datetime import timedelta
from functools import cache
from typing import NamedTuple

from desktop.domain.log.locking import Presence

_COMBINED_SESSION = 0
_ANY_INPUT = 0xFFFFFFFF
_UTF8 = 0x08000100
_LOCKED, _ON_CONSOLE = b"CGSSessionScreenIsLocked", b"kCGSSessionOnConsoleKey"


class _Libraries(NamedTuple):
    graphics: ctypes.CDLL
    foundation: ctypes.CDLL


def ask_macos() -> Presence:
    """Return what is known; nothing without a window server."""
    libraries = _libraries()
    if libraries is None:
        return Presence()
    graphics, foundation = libraries
    seconds = graphics.CGEventSourceSecondsSinceLastEventType(_COMBINED_SESSION, _ANY_INPUT)
    session = graphics.CGSessionCopyCurrentDictionary()
    if not session:
        return Presence(idle=timedelta(seconds=seconds))
    try:
        # The key of the lock is there only while it is locked.
        locked = _truth(foundation, session, _LOCKED) or False
        on_console = _truth(foundation, session, _ON_CONSOLE)
    finally:
        foundation.CFRelease(session)
    return Presence(
        idle=timedelta(seconds=seconds),
        screen_locked=locked,
        switched_away=None if on_console is None else not on_console,
    )


def _truth(foundation: ctypes.CDLL, dictionary: int, name: bytes) -> bool | None:
    key = foundation.CFStringCreateWithCString(None, name, _UTF8)
    try:
        value = foundation.CFDictionaryGetValue(dictionary, key)
    finally:
        foundation.CFRelease(key)
    if not value or foundation.CFGetTypeID(value) != foundation.CFBooleanGetTypeID():
        return None
    return bool(foundation.CFBooleanGetValue(value))


@cache
def _libraries() -> _Libraries | None:
    frameworks = "/System/Library/Frameworks"
    try:
        graphics = ctypes.CDLL(f"{frameworks}/ApplicationServices.framework/ApplicationServices")
        foundation = ctypes.CDLL(f"{frameworks}/CoreFoundation.framework/CoreFoundation")
    except OSError:
        return None
    pointer = ctypes.c_void_p
    idle = graphics.CGEventSourceSecondsSinceLastEventType
    idle.argtypes, idle.restype = (ctypes.c_int32, ctypes.c_uint32), ctypes.c_double
    graphics.CGSessionCopyCurrentDictionary.restype = pointer
    make_string = foundation.CFStringCreateWithCString
    make_string.argtypes, make_string.restype = (
        (pointer, ctypes.c_char_p, ctypes.c_uint32),
        pointer,
    )
    get_value = foundation.CFDictionaryGetValue
    get_value.argtypes, get_value.restype = (pointer, pointer), pointer
    for function, result in (
        (foundation.CFRelease, None),
        (foundation.CFGetTypeID, ctypes.c_ulong),
        (foundation.CFBooleanGetValue, ctypes.c_bool),
    ):
        function.argtypes, function.restype = (pointer,), result
    foundation.CFBooleanGetTypeID.restype = ctypes.c_ulong
    return _Libraries(graphics, foundation)
