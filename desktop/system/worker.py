"""A process of our own that is asked over pipes, and killed where it takes too long."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from desktop.system.worker_messages import Limits, MessageBroken, receive, send

START_SECONDS = 30.0
END_SECONDS = 5.0
# The pipes of Linux grow to what a process may ask for; pixels cross in fewer steps.
_PIPE_BYTES = 1024 * 1024
# One heap for all threads: each further one would be counted with 64 MiB that nobody uses.
_SURROUNDINGS = {"MALLOC_ARENA_MAX": "1"}
_OF_VENV = "__PYVENV_LAUNCHER__"
_FOLDER = Path(__file__).resolve().parent.parent.parent


_NOTES = logging.getLogger(__name__)


class WorkerGone(Exception):
    """The process cannot be started, took too long, died, or answered what is no message."""


def own_command(word: str) -> tuple[str, ...]:
    """Return the command that starts this program once more, with one word for what it is."""
    if getattr(sys, "frozen", False):
        return (sys.executable, word)
    return (_python(), "-m", "desktop", word)


def _python() -> str:
    """Return the interpreter itself: on Windows that of a venv starts another and waits for it.

    That other one would read, and what is limited and killed would not be it.
    """
    own = sys.executable
    return str(getattr(sys, "_base_executable", own)) if sys.platform == "win32" else own


def surroundings() -> dict[str, str]:
    """Return the environment; an interpreter that is not that of our venv is told of it."""
    own = sys.executable
    return os.environ | _SURROUNDINGS | ({} if _python() == own else {_OF_VENV: own})


class Worker:
    """Starts its process at the first question, and again after it died; one question at a time.

    The process sends one message when it is ready, then one for each that it is sent. It ends
    when its input does: nothing of it outlives the program.
    """

    def __init__(self, command: Sequence[str], limits: Limits) -> None:
        """Keep what starts the process; nothing starts yet."""
        self._command = tuple(command)
        self._limits = limits
        self._one_at_a_time = threading.Lock()
        self._changing = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    @property
    def pid(self) -> int | None:
        """The number of the process; None where none runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def ask(
        self, head: bytes, parts: Sequence[bytes], seconds: float
    ) -> tuple[bytes, list[bytes]]:
        """Send a message and return the answer; raises WorkerGone, and the process is gone."""
        with self._one_at_a_time:
            process = self._running()
            try:
                with _Deadline(process, seconds):
                    send(_input(process), head, parts)
                    return self._next(process)
            except (OSError, ValueError, MessageBroken) as error:
                self._end(process)
                raise WorkerGone from error

    def end(self) -> None:
        """End the process between two questions; the next question starts another."""
        with self._one_at_a_time:
            if self._process is not None:
                self._end(self._process)

    def stop(self) -> None:
        """Kill the process, also in the middle of a question; no other one is started."""
        with self._changing:
            self._stopped = True
            process = self._process
            if process is not None:
                process.kill()
        if process is not None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(END_SECONDS)
            if self._one_at_a_time.acquire(timeout=END_SECONDS):
                self._end(process)
                self._one_at_a_time.release()

    def _running(self) -> subprocess.Popen[bytes]:
        process = self._process
        if process is not None and process.poll() is None:
            return process
        if process is not None:
            self._end(process)
        with self._changing:
            if self._stopped:
                raise WorkerGone
            process = self._process = _start(self._command)
        try:
            with _Deadline(process, START_SECONDS):
                self._next(process)
        except (OSError, ValueError, MessageBroken) as error:
            self._end(process)
            raise WorkerGone from error
        return process

    def _next(self, process: subprocess.Popen[bytes]) -> tuple[bytes, list[bytes]]:
        answer = receive(_output(process), self._limits)
        if answer is None:
            raise MessageBroken("ended")
        return answer[0], list(answer[1])

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a process that is of no more use, and close its pipes."""
        process.kill()
        process.wait()
        for file in (process.stdin, process.stdout):
            if file is not None:
                with suppress(OSError):
                    file.close()
        if self._process is process:
            self._process = None


class _Deadline:
    """Kills the process when the time is up: whoever waits for it meets the end of its pipe."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._timer = threading.Timer(seconds, process.kill)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        self._timer.join()


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    try:
        process = subprocess.Popen(  # noqa: S603 - our own program, with words of our own
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_FOLDER,
            env=surroundings(),
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            pipesize=_PIPE_BYTES,
        )
    except OSError as error:
        raise WorkerGone from error
    if sys.platform == "win32":
        from desktop.system.worker_windows import confine  # noqa: PLC0415 - there only

        if not confine(int(process._handle)):  # noqa: SLF001 - nothing else names it
            _NOTES.warning("the process that reads has no limits but its time")
    return process


def _input(process: subprocess.Popen[bytes]) -> BinaryIO:
    return cast("BinaryIO", process.stdin)


def _output(process: subprocess.Popen[bytes]) -> BinaryIO:
    return cast("BinaryIO", process.stdout)
