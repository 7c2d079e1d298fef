"""Takes out of an e-mail what came with it, or leaves it out, without opening any of it."""

from collections.abc import Callable, Sequence
from typing import Any

from desktop.domain.errors import AppError, Cancelled, LogLocked
from desktop.domain.evidence.shown import Attachment
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


def held_by(label: str, one: Attachment, leave_out: Sequence[str]) -> frozenset[str]:
    """Return what of `leave_out` is about something that came with a mail, or about what is in it.

    Where there is any, the whole of it stays out.
    """
    within = (f"{label} / ", f"{' '.join(one.name.split())} / ")
    return frozenset(name for name in leave_out if name == label or name.startswith(within))


def _asked(ask: Callable[[], Any], otherwise: Any) -> Any:
    try:
        return ask()
    except (Cancelled, LogLocked):
        raise
    except AppError:
        return otherwise
