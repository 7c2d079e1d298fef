"""A long piece of work as the one who started it holds it: it can be followed and stopped."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from desktop.operations.workspace import Workspace

T = TypeVar("T")
Progress = Callable[[float], None]
Cancelled = Callable[[], bool]

PROGRESS_EVERY = 0.05


class Job:
    """A long piece of work that can be stopped; no QObject, since the worker holds it too."""

    def __init__(self, report: Progress, name: str = "") -> None:
        self.name = name
        self.was_cut = False
        self._report = report
        self._stop = threading.Event()
        self._shown = 0.0

    def cancel(self) -> None:
        """Ask the work to stop at its next chance; nothing half done is kept."""
        self._stop.set()

    def cut(self) -> None:
        """Stop it because the log locks: if it has a name, that is said at the next unlock."""
        self.was_cut = True
        self._stop.set()

    def cancelled(self) -> bool:
        """Say whether it was asked to stop; called by the work itself."""
        return self._stop.is_set()

    def report(self, share: float) -> None:
        """Tell how far it is, 0 to 1; called by the work, passed on a few times a second."""
        now = time.monotonic()
        if share >= 1 or now - self._shown >= PROGRESS_EVERY:
            self._shown = now
            self._report(share)


def followed(
    operation: Callable[..., T],
    plain: Mapping[str, object],
    workspace: "Workspace",
    progress: Progress,
    cancelled: Cancelled,
) -> T:
    """Call a long operation in the order in which the session hands things over."""
    return operation(workspace, progress=progress, cancelled=cancelled, **plain)
