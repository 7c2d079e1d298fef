"""Reads a stream on a thread of its own, a few chunks ahead of whoever uses them."""

import queue
import threading
from collections.abc import Generator, Iterable
from dataclasses import dataclass

AHEAD = 6


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None = None


def read_ahead(chunks: Iterable[bytes], ahead: int = AHEAD) -> Generator[bytes, None, None]:
    """Yield the same chunks; an error of the stream is raised here, and the thread always ends."""
    waiting: queue.Queue[bytes | _End] = queue.Queue(ahead)
    stopped = threading.Event()
    reader = threading.Thread(target=_read, args=(chunks, waiting, stopped), name="read-ahead")
    reader.start()
    try:
        while not isinstance(got := waiting.get(), _End):
            yield got
        if got.error is not None:
            raise got.error
    finally:
        stopped.set()
        _drain(waiting)
        reader.join()


def _read(
    chunks: Iterable[bytes], waiting: "queue.Queue[bytes | _End]", stopped: threading.Event
) -> None:
    end = _End()
    try:
        for chunk in chunks:
            if stopped.is_set():
                return
            waiting.put(chunk)
    except BaseException as error:  # noqa: BLE001 - it is raised again where the chunks are used
        end = _End(error)
    if not stopped.is_set():
        waiting.put(end)


def _drain(waiting: "queue.Queue[bytes | _End]") -> None:
    """Make room, so that a reader that waits for it sees that it was stopped."""
    while not waiting.empty():
        waiting.get_nowait()
