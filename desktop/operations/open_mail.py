"""Takes out of an e-mail what came with it, or leaves it out, without opening any of it."""

from collections.abc import Callable, Sequence
from typing import Any

from desktop.domain.errors import AppError, Cancelled, LogLocked
from desktop.domain.shown import Attachment
from desktop.operations.workspace import Workspace

MAIL_TYPES = frozenset({"message/rfc822", "application/vnd.ms-outlook"})


def list_attached(workspace: Workspace, mail: bytes, file_name: str) -> tuple[Attachment, ...]:
    """Return what came with a mail; () for one that cannot be taken apart."""
    found: tuple[Attachment, ...] = _asked(
        lambda: workspace.decode("attachments", mail, file_name=file_name), ()
    )
    return found


def read_attached(workspace: Workspace, mail: bytes, one: Attachment) -> bytes:
    """Return the bytes of something that came with a mail; b"" if it does not come out."""
    if one.index < 0:
        return b""
    found: bytes = _asked(lambda: workspace.decode("attachment", mail, index=one.index), b"")
    return found


def is_left_out(label: str, one: Attachment, leave_out: Sequence[str]) -> bool:
    """Say whether something that came with a mail, or anything in it, is held back."""
    within = (f"{label} / ", f"{one.name} / ")
    return any(name == label or name.startswith(within) for name in leave_out)


def _asked(ask: Callable[[], Any], otherwise: Any) -> Any:
    try:
        return ask()
    except (Cancelled, LogLocked):
        raise
    except AppError:
        return otherwise
