"""The files of a capture session: asked about together, taken in one after another."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from desktop.domain.errors import AppError
from desktop.domain.evidence import Method
from desktop.operations.say_cut import say_cut
from desktop.operations.take_evidence import ItemAdded, add_file
from desktop.ui.capture.capture_run import CaptureRun, followed, shown_name
from desktop.ui.session import Job, Session


class FileQueue(QObject):
    """One batch at a time, under the answer of the session that `current` gives.

    `statement_needed` gives the names that have to be asked about before `take_next`. After each
    file comes `kept` or `failed`; at the end `single_kept` for one file, `batch_kept` for several.
    """

    statement_needed = Signal(object)
    begun = Signal(str)
    progressed = Signal(float)
    kept = Signal(str, object)
    failed = Signal(object)
    single_kept = Signal(object)
    batch_kept = Signal()

    def __init__(
        self, session: Session, current: Callable[[], CaptureRun], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._current = current
        self._files: list[tuple[Path, Method]] = []
        self._batch = False
        self._job: Job | None = None
        session.about_to_lock.connect(self._on_about_to_lock)

    @property
    def is_waiting(self) -> bool:
        """Whether there are files that were not begun."""
        return bool(self._files)

    def begin(self, paths: Sequence[Path], method: Method) -> None:
        """Take in these files, asking first where the answer does not cover them."""
        self._files = [(path, method) for path in paths]
        self._batch = False
        if self._files:
            self.take_next()

    def leave_out(self, held: Iterable[str]) -> None:
        """Take in nothing of what is held back, by the names that were asked about."""
        names = set(held)
        self._files = [one for one in self._files if shown_name(one[0]) not in names]

    def clear(self) -> None:
        """Begin nothing more."""
        self._files = []

    @Slot()
    def stop(self) -> None:
        """Give up the file that is being kept."""
        if self._job:
            self._job.cancel()

    def take_next(self) -> None:
        """Take in the next file."""
        run = self._current()
        if run.statement_id is None:
            self.statement_needed.emit(tuple(shown_name(path) for path, _ in self._files))
            return
        self._batch = self._batch or len(self._files) > 1
        path, method = self._files.pop(0)
        name = shown_name(path)
        self.begun.emit(name)
        plain = {**run.where, "path": path, "method": method}
        self._job = self._session.run_long(
            self,
            partial(followed, add_file, plain),
            partial(self._on_kept, name),
            self._on_failed,
            self.progressed.emit,
            name=f"Adding {name}",
        )

    def _on_kept(self, name: str, added: ItemAdded) -> None:
        self.kept.emit(name, added)
        if self._files:
            self.take_next()
        elif self._batch:
            self.batch_kept.emit()
        else:
            self.single_kept.emit(added)

    def _on_failed(self, error: AppError) -> None:
        if not self._session.is_open:
            return
        self.failed.emit(error)
        if self._files:
            self.take_next()

    @Slot()
    def _on_about_to_lock(self) -> None:
        """Tell at the next unlock what was chosen and never begun."""
        for path, _method in self._files:
            self._session.run(self, partial(say_cut, what=f"Adding {shown_name(path)}"))
