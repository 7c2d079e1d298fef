"""The program's own notes for fault finding: what failed and where, never what was entered."""

import copy
import logging
import logging.handlers
import traceback
from pathlib import Path
from types import TracebackType

_SIZE = 256 * 1024
_KEPT = 3

_Failure = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class NamelessFormatter(logging.Formatter):
    """Writes an exception as its kind and the lines it came through, without its text.

    The text of an exception can hold what somebody typed.
    """

    def __init__(self) -> None:
        """Write time, level, place and message."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Write one record; another handler may have left the full text of its exception in it."""
        own = copy.copy(record)
        own.exc_text = None
        return super().format(own)

    def formatException(self, ei: _Failure) -> str:  # noqa: N802 - the name is Python's
        """Return one line for each step of the way, and the kind."""
        kind, _, trace = ei
        lines = [
            f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        return "\n".join([*lines, kind.__name__ if kind else "unknown"])


def start_log_file(folder: Path) -> logging.Handler | None:
    """Write warnings and errors to a file that starts anew at 256 KiB; None where that fails.

    A folder that cannot be written to must not keep the program from starting.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = logging.handlers.RotatingFileHandler(
            folder / "program.log", maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8"
        )
    except OSError:
        return None
    handler.setLevel(logging.INFO)
    handler.setFormatter(NamelessFormatter())
    logging.getLogger().addHandler(handler)
    return handler
