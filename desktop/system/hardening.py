"""Keeps the memory of this program out of the files that a crash leaves behind."""

import sys
from contextlib import suppress
from ctypes import CDLL

_PR_SET_DUMPABLE = 4
# SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX and SEM_NOOPENFILEERRORBOX of WinBase.h.
_NO_ERROR_REPORT = 0x0001 | 0x0002 | 0x8000
_NO_HEAP_IN_REPORT = 1


def harden() -> None:
    """Switch core dumps and crash reports off; what cannot be switched off is left as it is.

    A limit of zero stops files. A program that takes dumps through a pipe does not heed it, so
    Linux is told too that this process is not to be dumped, nor read by others of the same user.
    """
    if sys.platform == "win32":
        from ctypes import windll  # noqa: PLC0415 - there is none elsewhere

        with suppress(OSError, AttributeError):
            windll.kernel32.SetErrorMode(_NO_ERROR_REPORT)
        with suppress(OSError, AttributeError):
            windll.kernel32.WerSetFlags(_NO_HEAP_IN_REPORT)
    else:
        import resource  # noqa: PLC0415 - Windows has none

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            with suppress(OSError, AttributeError):
                CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
