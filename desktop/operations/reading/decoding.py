"""What may be asked about foreign bytes: each task by its name, where it stands, what it answers.

The functions are imported when they are first needed, in the process that reads the bytes: the
window itself loads no decoder.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from desktop.domain.errors import AppError, MailUnreadable, NotFound, PictureUnreadable
from desktop.domain.evidence.chats import ChatView
from desktop.domain.evidence.derivatives import MadePicture
from desktop.domain.evidence.inside import Inside
from desktop.domain.evidence.shown import (
    Attachment,
    ListingView,
    MailView,
    MediaView,
    PageTextView,
    Picture,
    TextView,
)
from desktop.domain.noted import Fact


class Decode(Protocol):
    """Does one task; raises what the task raises, and DecoderStopped where it took too much."""

    def __call__(self, task: str, content: bytes, /, **given: str | int | float) -> Any:
        """Return what the task answers."""
        ...


@dataclass(frozen=True, slots=True)
class Task:
    """A function (content, **str, int or float), and the type of its answer.

    The answer is made of str, int, float, bool, None, bytes, StrEnum, tuples of them and frozen
    dataclasses of them alone (plain_data.py): it crosses a pipe, and what comes out there is
    checked against this type. Both modules are named, not imported.
    """

    module: str
    function: str
    answer: Any

    def find(self) -> Callable[..., Any]:
        """Import the function."""
        found: Callable[..., Any] = getattr(import_module(self.module), self.function)
        return found


# The errors that a task may raise; any other that comes from the worker is not believed.
MAY_RAISE: tuple[type[AppError], ...] = (PictureUnreadable, MailUnreadable, NotFound)

TASKS: Mapping[str, Task] = {
    "picture": Task("desktop.pictures.decode", "decode_picture", Picture),
    "count pages": Task("desktop.pictures.pages", "count_pages", int),
    "draw page": Task("desktop.pictures.pages", "render_page", Picture),
    "mail": Task("desktop.intake.mail", "read_mail", MailView),
    "mail inside": Task("desktop.intake.attachments", "mail_inside", Inside),
    "attachments": Task("desktop.intake.attachments", "list_attachments", tuple[Attachment, ...]),
    "attachment": Task("desktop.intake.attachments", "read_attachment", bytes),
    "mail reduced": Task("desktop.intake.attachments", "reduce_mail", bytes),
    "make picture": Task("desktop.pictures.redact", "make_picture", MadePicture),
    "inside": Task("desktop.intake.inside", "inside", Inside),
    "facts": Task("desktop.intake.own_words", "facts_of", tuple[Fact, ...]),
    "listing": Task("desktop.intake.own_words", "list_inside", ListingView),
    "chat": Task("desktop.intake.chat", "read_chat", ChatView | None),
    "saved page": Task("desktop.intake.saved_page", "read_page", PageTextView),
    "media": Task("desktop.intake.media_facts", "read_media", MediaView | None),
    "text": Task("desktop.intake.plain_text", "read_text", TextView),
}


def decode_here(task: str, content: bytes, /, **given: str | int | float) -> Any:
    """Do a task in this process: for the worker itself and for tests of a task."""
    return TASKS[task].find()(content, **given)
