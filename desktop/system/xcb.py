"""Asks the X server through libxcb, where an error is an answer and never ends the program."""

import os
import struct
from collections.abc import Mapping
from ctypes import (
    CDLL,
    POINTER,
    Structure,
    byref,
    c_char_p,
    c_int,
    c_size_t,
    c_uint,
    c_uint8,
    c_uint16,
    c_uint32,
    c_void_p,
    cast,
    create_string_buffer,
    sizeof,
    string_at,
)
from functools import cache

_LONGEST = 64 * 1024


class _Cookie(Structure):
    _fields_ = (("sequence", c_uint),)


class _Screens(Structure):
    _fields_ = (("data", c_void_p), ("rem", c_int), ("index", c_int))


class _Part(Structure):
    _fields_ = (("data", c_void_p), ("size", c_size_t))


class _Extension(Structure):
    _fields_ = (("name", c_char_p), ("number", c_int))


class _Request(Structure):
    _fields_ = (
        ("parts", c_size_t),
        ("extension", POINTER(_Extension)),
        ("opcode", c_uint8),
        ("is_void", c_uint8),
    )


# libxcb remembers the number of an extension in here, so it must stay where it is.
_SCREEN_SAVER = _Extension(b"MIT-SCREEN-SAVER", 0)
_QUERY_INFO = 1
_CHECKED = 1


class Display:
    """A connection of our own to the X server. Call `close` at the end."""

    def __init__(self, name: str) -> None:
        """Connect; raises OSError where there is no server or no library."""
        self._xcb = _library()
        number = c_int()
        self._connection = c_void_p(self._xcb.xcb_connect(name.encode(), byref(number)))
        if self._xcb.xcb_connection_has_error(self._connection):
            self.close()
            raise OSError("no X server")
        screens = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._connection))
        self.root = int(cast(screens.data, POINTER(c_uint32)).contents.value)

    def close(self) -> None:
        """End the connection."""
        self._xcb.xcb_disconnect(self._connection)

    @property
    def descriptor(self) -> int:
        """What to wait on for events."""
        return int(self._xcb.xcb_get_file_descriptor(self._connection))

    @property
    def is_gone(self) -> bool:
        """Whether the server went away."""
        return bool(self._xcb.xcb_connection_has_error(self._connection))

    def atom(self, name: str) -> int:
        """Return the number of a name; 0 where nobody used it yet."""
        data = name.encode()
        sent = self._xcb.xcb_intern_atom(self._connection, c_uint8(1), c_uint16(len(data)), data)
        answer = self._answer("xcb_intern_atom_reply", sent, 12)
        return int(struct.unpack_from("=I", answer, 8)[0]) if answer else 0

    def property(self, window: int, name: str) -> bytes:
        """Return a property of a window; b'' where it has none."""
        ask = self._xcb.xcb_get_property
        number, longest = c_uint32(self.atom(name)), c_uint32(_LONGEST // 4)
        sent = ask(
            self._connection,
            c_uint8(0),
            c_uint32(window),
            number,
            c_uint32(0),
            c_uint32(0),
            longest,
        )
        answer = self._xcb.xcb_get_property_reply(self._connection, sent, None)
        if not answer:
            return b""
        try:
            size = self._xcb.xcb_get_property_value_length(c_void_p(answer))
            return string_at(self._xcb.xcb_get_property_value(c_void_p(answer)), size)
        finally:
            _free(answer)

    def numbers(self, window: int, name: str) -> tuple[int, ...]:
        """Return a property that is a list of numbers."""
        data = self.property(window, name)
        return tuple(int(one[0]) for one in struct.iter_unpack("=I", data[: len(data) // 4 * 4]))

    def is_shown(self, window: int) -> bool:
        """Say whether a window is on the screen."""
        sent = self._xcb.xcb_get_window_attributes(self._connection, c_uint32(window))
        answer = self._answer("xcb_get_window_attributes_reply", sent, 27)
        viewable = 2
        return bool(answer) and answer[26] == viewable

    def place(self, window: int) -> tuple[int, int, int, int] | None:
        """Return left, top, width and height of a window, without its frame."""
        sent = self._xcb.xcb_get_geometry(self._connection, c_uint32(window))
        size = self._answer("xcb_get_geometry_reply", sent, 20)
        moved = self._xcb.xcb_translate_coordinates(
            self._connection, c_uint32(window), c_uint32(self.root), c_uint16(0), c_uint16(0)
        )
        corner = self._answer("xcb_translate_coordinates_reply", moved, 16)
        if not size or not corner:
            return None
        left, top = struct.unpack_from("=hh", corner, 12)
        width, height = struct.unpack_from("=HH", size, 16)
        return left, top, width, height

    def code_of(self, symbol: int) -> int:
        """Return the key that writes a symbol; 0 where the keyboard has none."""
        setup = string_at(self._xcb.xcb_get_setup(self._connection), 40)
        first, last = setup[34], setup[35]
        sent = self._xcb.xcb_get_keyboard_mapping(
            self._connection, c_uint8(first), c_uint8(last - first + 1)
        )
        answer = self._xcb.xcb_get_keyboard_mapping_reply(self._connection, sent, None)
        if not answer:
            return 0
        try:
            each = string_at(answer, 2)[1]
            (length,) = struct.unpack("=I", string_at(answer + 4, 4))
            symbols = struct.unpack(f"={length}I", string_at(answer + 32, 4 * length))
        finally:
            _free(answer)
        return first + symbols.index(symbol) // each if symbol in symbols else 0

    def grab_key(self, code: int, modifiers: int) -> bool:
        """Ask to be told of a key whatever window has the keyboard; False where it is taken."""
        without_waiting = c_uint8(1)
        sent = self._xcb.xcb_grab_key_checked(
            self._connection,
            c_uint8(1),
            c_uint32(self.root),
            c_uint16(modifiers),
            c_uint8(code),
            without_waiting,
            without_waiting,
        )
        error = self._xcb.xcb_request_check(self._connection, sent)
        if error:
            _free(error)
        return not error

    def idle_milliseconds(self) -> int | None:
        """Return for how long nobody touched keyboard or mouse; None where the server knows not.

        A server without the extension ends this connection; nothing else can be asked then.
        """
        asked = create_string_buffer(struct.pack("=4xI", self.root), 8)
        parts = (_Part * 4)()  # libxcb wants room for two before the first
        parts[2] = _Part(cast(asked, c_void_p), len(asked))
        request = _Request(2, POINTER(_Extension)(_SCREEN_SAVER), _QUERY_INFO, 0)
        number = self._xcb.xcb_send_request(
            self._connection, c_int(_CHECKED), byref(parts, 2 * sizeof(_Part)), byref(request)
        )
        if not number:
            return None
        answer = self._xcb.xcb_wait_for_reply(self._connection, c_uint(number), None)
        if not answer:
            return None
        try:
            return int(struct.unpack_from("=I", string_at(answer, 32), 16)[0])
        finally:
            _free(answer)

    def next_event(self) -> int:
        """Return the kind of the next event that came; 0 where none did."""
        event = self._xcb.xcb_poll_for_event(self._connection)
        if not event:
            return 0
        try:
            return string_at(event, 1)[0] & 0x7F
        finally:
            _free(event)

    def _answer(self, function: str, sent: _Cookie, size: int) -> bytes:
        answer = getattr(self._xcb, function)(self._connection, sent, None)
        if not answer:
            return b""
        try:
            return string_at(answer, size)
        finally:
            _free(answer)


def display_name(environment: Mapping[str, str] = os.environ) -> str:
    """Return the X server to ask; '' under Wayland, where it knows only a part."""
    wayland = "WAYLAND_DISPLAY" in environment or environment.get("XDG_SESSION_TYPE") == "wayland"
    return "" if wayland else environment.get("DISPLAY", "")


def _free(pointer: int) -> None:
    CDLL(None).free(c_void_p(pointer))


@cache
def _library() -> CDLL:
    xcb = CDLL("libxcb.so.1")
    pointer = c_void_p
    xcb.xcb_connect.argtypes, xcb.xcb_connect.restype = (c_char_p, POINTER(c_int)), pointer
    xcb.xcb_get_setup.restype = pointer
    xcb.xcb_get_setup.argtypes = (pointer,)
    xcb.xcb_setup_roots_iterator.argtypes = (pointer,)
    xcb.xcb_setup_roots_iterator.restype = _Screens
    for name in ("intern_atom", "get_property", "get_window_attributes", "get_geometry"):
        _asks(xcb, name)
    for name in ("translate_coordinates", "get_keyboard_mapping"):
        _asks(xcb, name)
    xcb.xcb_get_property_value.restype = pointer
    xcb.xcb_grab_key_checked.restype = _Cookie
    xcb.xcb_request_check.argtypes = (pointer, _Cookie)
    xcb.xcb_request_check.restype = pointer
    xcb.xcb_poll_for_event.argtypes = (pointer,)
    xcb.xcb_poll_for_event.restype = pointer
    xcb.xcb_disconnect.argtypes = (pointer,)
    xcb.xcb_send_request.restype = c_uint
    xcb.xcb_wait_for_reply.argtypes = (pointer, c_uint, pointer)
    xcb.xcb_wait_for_reply.restype = pointer
    return xcb


def _asks(xcb: CDLL, name: str) -> None:
    getattr(xcb, f"xcb_{name}").restype = _Cookie
    reply = getattr(xcb, f"xcb_{name}_reply")
    reply.argtypes, reply.restype = (c_void_p, _Cookie, c_void_p), c_void_p
