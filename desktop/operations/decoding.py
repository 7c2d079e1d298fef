"""What may be asked about foreign bytes; each task gets the bytes and answers with plain data."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from desktop.intake.mail import read_mail
from desktop.pictures.decode import decode_picture
from desktop.pictures.pages import count_pages, render_page


class Decode(Protocol):
    """Does one task; raises what the task raises, and DecoderStopped where it took too much."""

    def __call__(self, task: str, content: bytes, /, **given: str | int | float) -> Any:
        """Return what the task answers."""
        ...


TASKS: Mapping[str, Callable[..., Any]] = {
    "picture": decode_picture,
    "count pages": count_pages,
    "draw page": render_page,
    "mail": read_mail,
}


def decode_here(task: str, content: bytes, /, **given: str | int | float) -> Any:
    """Do a task in this process: for the worker itself and for tests of a task."""
    return TASKS[task](content, **given)
