"""What computer, system and program an item was captured with, in one line."""

import os
import platform
import sys

from desktop import __version__

_UNNAMED = "without a name"


def describe_machine() -> str:
    """Return computer name, operating system and program version."""
    return f"computer {_computer()}, {_system()}, Safeguarding Log {__version__}"


def _computer() -> str:
    # platform.node() asks the socket module on Windows; the environment knows the name too.
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "") or _UNNAMED
    else:  # noqa: RET505 - mypy reads both branches only so
        return os.uname().nodename or _UNNAMED


def _system() -> str:
    if sys.platform == "win32":
        return f"Windows {platform.release()} ({platform.version()})"
    elif sys.platform == "darwin":  # noqa: RET505 - mypy reads both branches only so
        return f"macOS {platform.mac_ver()[0]}"
    else:
        return _linux_name()


def _linux_name() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    except OSError:
        return f"{platform.system()} {platform.release()}"
