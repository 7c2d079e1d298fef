"""What Windows says: the last key or mouse, the state of the session, how long it slept."""

import ctypes
import sys
from datetime import timedelta

from desktop.domain.log.locking import Presence

# The names and numbers of WtsApi32.h and WinUser.h.
_CURRENT_SERVER, _CURRENT_SESSION = 0, 0xFFFFFFFF
_SESSION_INFO_EX = 25
_ACTIVE = 0
_FLAG_LOCKED, _FLAG_UNLOCKED = 0, 1
_TICKS = 2**32


class _LastInput(ctypes.Structure):
    _fields_ = (("size", ctypes.c_uint32), ("ticks", ctypes.c_uint32))


class _SessionInfo(ctypes.Structure):
    """The beginning of WTSINFOEXW; its second part is aligned to eight bytes."""

    _fields_ = (
        ("level", ctypes.c_uint32),
        ("padding", ctypes.c_uint32),
        ("session", ctypes.c_uint32),
        ("state", ctypes.c_int32),
        ("flags", ctypes.c_int32),
    )


if sys.platform == "win32":

    def ask_windows() -> Presence:
        """Return what is known; what fails is left out."""
        session = _session()
        locked = {_FLAG_LOCKED: True, _FLAG_UNLOCKED: False}
        return Presence(
            idle=_idle(),
            screen_locked=locked.get(session.flags) if session else None,
            switched_away=session.state != _ACTIVE if session else None,
            asleep=_asleep(),
        )

    def _idle() -> timedelta | None:
        last = _LastInput(size=ctypes.sizeof(_LastInput))
        if not ctypes.windll.user32.GetLastInputInfo(ctypes.byref(last)):
            return None
        ticks = ctypes.windll.kernel32.GetTickCount() - last.ticks
        return timedelta(milliseconds=ticks % _TICKS)

    def _session() -> _SessionInfo | None:
        api = ctypes.windll.wtsapi32
        buffer, size = ctypes.POINTER(_SessionInfo)(), ctypes.c_uint32()
        found = api.WTSQuerySessionInformationW(
            ctypes.c_void_p(_CURRENT_SERVER),
            ctypes.c_uint32(_CURRENT_SESSION),
            _SESSION_INFO_EX,
            ctypes.byref(buffer),
            ctypes.byref(size),
        )
        if not found:
            return None
        try:
            if size.value < ctypes.sizeof(_SessionInfo) or buffer.contents.level != 1:
                return None
            return _SessionInfo.from_buffer_copy(buffer.contents)
        finally:
            api.WTSFreeMemory(buffer)

    def _asleep() -> timedelta | None:
        kernel = ctypes.windll.kernel32
        kernel.GetTickCount64.restype = ctypes.c_uint64
        awake = ctypes.c_uint64()
        if not kernel.QueryUnbiasedInterruptTime(ctypes.byref(awake)):
            return None
        milliseconds = kernel.GetTickCount64() - awake.value / 10_000
        return timedelta(milliseconds=max(0.0, milliseconds))
