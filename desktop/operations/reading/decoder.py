"""Does the tasks of decoding.py in a process of its own: both ends of that pipe."""

import codecs
import encodings
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from encodings.aliases import aliases
from importlib import import_module
from importlib.machinery import BuiltinImporter
from pkgutil import iter_modules
from typing import Any, BinaryIO, get_type_hints

from desktop.domain.errors import AppError, DecoderStopped
from desktop.operations.reading.decoding import MAY_RAISE, TASKS, Task
from desktop.operations.reading.plain_data import NotPlain, from_text, pack, to_text, unpack
from desktop.system.hardening import harden
from desktop.system.worker import Worker, WorkerGone, own_command
from desktop.system.worker_limits import confine, end_after, own_pipes
from desktop.system.worker_messages import Limits, receive, send

MEBIBYTE = 1024 * 1024
# What is larger stays whole in the log; the window hands pieces of it to a task.
CONTENT_BYTES = 64 * MEBIBYTE
ANSWERS = Limits(head_bytes=64 * MEBIBYTE, part_bytes=192 * MEBIBYTE)
QUESTIONS = Limits(head_bytes=MEBIBYTE, part_bytes=CONTENT_BYTES)
SECONDS = 2.0
SECONDS_A_MEBIBYTE = 0.5
_ERROR_CHARACTERS = 1000
DECODER_WORD = "--decoder"
# Modules that others import only when they are used: the worker can open none of them later.
_LATE = ("_strptime", "stringprep", "unicodedata", "calendar", "locale", "html.entities")
_NOTES = logging.getLogger(__name__)


class Decoder:
    """Does a task in the worker process; as a field of the workspace it is `decode`."""

    def __init__(self, command: Sequence[str] = ()) -> None:
        """Nothing starts before the first task."""
        self._worker = Worker(command or own_command(DECODER_WORD), ANSWERS)

    @property
    def pid(self) -> int | None:
        """The number of the process that reads; None where none runs."""
        return self._worker.pid

    def __call__(self, task: str, content: bytes, /, **given: str | int | float) -> Any:
        """Return what the task answers; raises what it raises, or DecoderStopped."""
        if len(content) > CONTENT_BYTES:
            raise DecoderStopped(task)
        seconds = seconds_for(len(content))
        head = to_text({"task": task, "given": given, "seconds": seconds})
        try:
            text, parts = self._worker.ask(head, (content,), seconds)
            return _understand(task, from_text(text), tuple(parts))
        except NotPlain as error:
            self._worker.end()
            raise DecoderStopped(task) from error
        except WorkerGone as error:
            raise DecoderStopped(task) from error

    def stop(self) -> None:
        """End the process at once; whatever is asked from now on is refused."""
        self._worker.stop()


def seconds_for(size: int) -> float:
    """Return how long a task may take for so many bytes."""
    return SECONDS + SECONDS_A_MEBIBYTE * max(0, size - MEBIBYTE) / MEBIBYTE


def _understand(task: str, untrusted: Any, parts: tuple[bytes, ...]) -> Any:
    """Return the answer or raise the error that was sent; raises NotPlain for anything else."""
    match untrusted:
        case ["answer", answer]:
            return unpack(TASKS[task].answer, answer, parts)
        case ["error", str(name), list(given)]:
            raise _error(name, given)
        case ["failed", str(name)]:
            if name != MemoryError.__name__:
                _NOTES.warning("the task %s failed: %s", task, _safe(name))
            raise DecoderStopped(task)
        case _:
            raise NotPlain("answer")


def _safe(untrusted_name: str) -> str:
    return untrusted_name[:40] if untrusted_name.isidentifier() else "unnamed"


def _error(name: str, given: list[Any]) -> AppError:
    kind = next((one for one in MAY_RAISE if one.__name__ == name), None)
    if kind is None:
        raise NotPlain("error")
    hints = get_type_hints(kind)
    kinds = tuple(hints[field.name] for field in fields(kind))  # type: ignore[arg-type]
    if any(len(str(one)) > _ERROR_CHARACTERS for one in given):
        raise NotPlain("error")
    return kind(*unpack(tuple[kinds], given, ()))  # type: ignore[valid-type]


def serve() -> None:
    """Be the worker: take everything away from this process, then answer until the input ends."""
    harden()
    source, sink = own_pipes()
    load_everything()
    confine()
    send(sink, b"ready")
    answer_all(source, sink, TASKS)


def answer_all(source: BinaryIO, sink: BinaryIO, tasks: Mapping[str, Task]) -> None:
    """Answer one question after another until the input ends."""
    while True:
        asked = receive(source, QUESTIONS)
        if asked is None:
            return
        head, (content,) = asked
        question = from_text(head)
        end_after(question["seconds"] + 1.0)
        plain, parts = _answer(tasks[question["task"]].find(), content, question["given"])
        del asked, content
        send(sink, to_text(plain), parts)
        del plain, parts
        end_after(0)


def _answer(
    function: Callable[..., Any], content: bytes, given: dict[str, Any]
) -> tuple[list[object], list[bytes]]:
    try:
        plain, parts = pack(function(content, **given))
    except MAY_RAISE as error:
        given_on = [getattr(error, one.name) for one in fields(error)]  # type: ignore[arg-type]
        return ["error", type(error).__name__, given_on], []
    except Exception as error:  # noqa: BLE001 - a fault in a task must not end the process
        return ["failed", type(error).__name__], []
    return ["answer", plain], parts


def load_everything() -> None:
    """Import whatever a task may need: afterwards no file can be opened, not even of our own."""
    for name in {task.module for task in TASKS.values()} | set(_LATE):
        import_module(name)
    found = {one.name for one in iter_modules(encodings.__path__)}
    for name in found | set(aliases.values()):
        _load_encoding(name)
    # What is not here by now is not there: no search for it reaches the disk.
    sys.meta_path[:] = [BuiltinImporter]


def _load_encoding(name: str) -> None:
    try:
        codecs.lookup(name)
    except LookupError:
        return
