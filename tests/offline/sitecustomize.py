"""Refuses internet sockets in every Python process that a test starts, and writes down who tried.

It lies on PYTHONPATH while the tests run, so that a child process loads it before anything else;
tests/conftest.py imports it for the test process itself.
"""

import os
import sys
from collections.abc import Sequence

NOTEBOOK = "SAFEGUARDING_LOG_SOCKET_NOTEBOOK"
_INTERNET_FAMILIES = frozenset({2, 10, 23, 30})  # AF_INET everywhere, AF_INET6 on three systems
_LOOK_UPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})


def refuse(event: str, arguments: Sequence[object]) -> None:
    """Raise on an audit event that leads to the internet."""
    if event == "socket.__new__":
        family = arguments[1]
        if not isinstance(family, int) or family not in _INTERNET_FAMILIES:
            return
    elif event not in _LOOK_UPS:
        return
    notebook = os.environ.get(NOTEBOOK)
    if notebook:
        with open(notebook, "a", encoding="utf-8") as lines:  # noqa: PTH123
            lines.write(f"{event} in process {os.getpid()}\n")
    raise PermissionError(f"{event}: this program is offline, and so are its tests")


sys.addaudithook(refuse)
