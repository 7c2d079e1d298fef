"""What a worker process takes from itself before it reads the first foreign byte."""

import os
import signal
import sys
from contextlib import suppress
from typing import BinaryIO

# What the process may hold in writable memory. With its code beside it, it stays under 512 MiB.
DATA_BYTES = 464 * 1024 * 1024


def own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return input and output; whatever else in this process reads or prints meets nothing."""
    source, sink = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    os.close(nothing)
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - there is none elsewhere

        for number in (source, sink):
            msvcrt.setmode(number, os.O_BINARY)
    return os.fdopen(source, "rb"), os.fdopen(sink, "wb")


def confine() -> None:
    """From here on no file is opened or written, no process started, no more memory taken.

    Windows holds memory and processes by the job of worker_windows.py, from outside; it has no
    limit on files. macOS takes the limits on files and processes and does not heed the memory's.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows has none

    for limit, size in (
        (resource.RLIMIT_DATA, DATA_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        with suppress(OSError, ValueError):
            resource.setrlimit(limit, (size, size))


def end_after(seconds: float) -> None:
    """End this process by itself after so long, should its program be gone; 0 takes it back."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
