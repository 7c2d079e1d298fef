"""Work in a process of its own, killed (SIGKILL) so long after it began."""

import os
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended, and how long it took from its beginning."""

    killed: bool
    seconds: float


def work_and_die(
    work: Callable[[Callable[[], object]], object], seconds: float | None = None
) -> Ended:
    """Have this worked, to its end or killed after so many seconds.

    They count from when `work` calls what it is given: what must come first takes its time.
    """
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            work(lambda: os.write(write, b"!"))
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    os.close(write)
    os.read(read, 1)
    os.close(read)
    began = time.monotonic()
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in {0, -signal.SIGKILL}, "the work failed by itself"
    return Ended(code != 0, time.monotonic() - began)
