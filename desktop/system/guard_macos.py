"""Asks macOS to leave a window out of captures, through the Objective-C runtime."""

from ctypes import CDLL, CFUNCTYPE, c_char_p, c_ulong, c_void_p, cast

# NSWindowSharingType of NSWindow.h.
_SHARING_NONE, _SHARING_READ_ONLY = 0, 1


def guard_window(view: int, hidden: bool) -> bool:
    """Leave the window of this NSView out; newer captures of macOS may not heed it."""
    try:
        runtime = CDLL("/usr/lib/libobjc.A.dylib")
    except OSError:
        return False
    runtime.sel_registerName.argtypes, runtime.sel_registerName.restype = (c_char_p,), c_void_p
    send = cast(runtime.objc_msgSend, c_void_p).value or 0
    window = CFUNCTYPE(c_void_p, c_void_p, c_void_p)(send)(
        view, runtime.sel_registerName(b"window")
    )
    if not window:
        return False
    kind = _SHARING_NONE if hidden else _SHARING_READ_ONLY
    CFUNCTYPE(None, c_void_p, c_void_p, c_ulong)(send)(
        window, runtime.sel_registerName(b"setSharingType:"), kind
    )
    return True
