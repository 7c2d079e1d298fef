"""The files of a capture session: asked about together, looked into, taken in one by one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Topic, changed
from desktop.domain.errors import AppError, Cancelled, SealedRecognised, StatementNeeded
from desktop.domain.evidence.items import Method
from desktop.domain.identifiers import StatementId
from desktop.operations.evidence.answer_gate import GateAnswered, rest_of
from desktop.operations.evidence.keep_content import ItemAdded
from desktop.operations.evidence.look_inside import (
    InsideFile,
    label_each,
    look_inside,
    note_stands,
)
from desktop.operations.evidence.read_folder import (
    MOST_FILES,
    FolderFiles,
    read_dropped,
    read_folder,
)
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.say_cut import say_cut
from desktop.ui import file_choice, messages
from desktop.ui.capture.capture_run import CaptureRun
from desktop.ui.capture.file_words import NO_FILE, TOO_MANY, say_kept, say_left_out, told_apart
from desktop.ui.capture.gate_inside import InsideDialog
from desktop.ui.capture.queued_file import QueuedFile
from desktop.ui.capture.take_progress import FileState, TakeProgress
from desktop.ui.job import followed
from desktop.ui.session import Job, Session


class FileQueue(QObject):
    """One batch at a time, under the answers of the session that `current` gives.

    `statement_needed` gives the names that have to be asked about, and what comes in with the
    first, before `take_next`. `asking` comes before the question about what is inside,
    `held_back` or `left` after it. Each item gives `added`. One file gives `begun`, `progressed`,
    then `single_kept` or `failed`; several have a window of their own, between `batch_begun` and
    `batch_over`. `told` is something to say about the choice itself.
    """

    statement_needed = Signal(object, object)
    asking = Signal()
    held_back = Signal(object)
    left = Signal()
    told = Signal(str)
    begun = Signal(str)
    progressed = Signal(float)
    added = Signal(object)
    failed = Signal(object)
    single_kept = Signal(str, object)
    batch_begun = Signal(object)
    batch_over = Signal()

    def __init__(
        self, session: Session, current: Callable[[], CaptureRun], window: QWidget, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._current = current
        self._window = window
        self._files: list[QueuedFile] = []
        self._batch = False
        self._asked = False
        self._note = ""
        self._before: StatementId | None = None
        self._progress: TakeProgress | None = None
        self._over: TakeProgress | None = None
        self._job: Job | None = None
        session.about_to_lock.connect(self._on_about_to_lock)
        session.locked.connect(self._on_locked)

    @property
    def is_waiting(self) -> bool:
        """Whether a batch, or the file that is asked about, goes on."""
        return bool(self._files) or self._progress is not None

    def choose_files(self, owner: QWidget) -> None:
        """Let the keyholder choose files; nothing of them is read yet."""
        chosen = partial(self.begin, method=Method.PICKER)
        file_choice.ask_files(owner, "Choose what to keep", chosen)

    def choose_folder(self, owner: QWidget) -> None:
        """Let the keyholder choose a folder; its names are listed then."""
        file_choice.ask_folder_unread(owner, "Choose the folder to keep", self.begin_folder)

    def begin(self, paths: Sequence[Path], method: Method) -> None:
        """Take in these files, or those of one folder, asking first as the answer demands."""
        if len(paths) == 1 and paths[0].is_dir():
            self.begin_folder(paths[0])
        elif any(path.is_dir() for path in paths):
            self._list_folders(partial(read_dropped, paths), method, frozenset(paths))
        elif len(paths) > MOST_FILES:
            self._refuse(TOO_MANY.format(most=MOST_FILES, count=len(paths)))
        elif paths:
            self._begin(paths, told_apart(paths), [method] * len(paths))

    def begin_folder(self, folder: Path) -> None:
        """Take in the files of a folder, such as that of a phone: their names come first."""
        self._list_folders(partial(read_folder, folder), Method.FOLDER, frozenset())

    def _list_folders(
        self, read: Callable[..., FolderFiles], method: Method, single: frozenset[Path]
    ) -> None:
        """List what folders hold; `single` are files that came beside them, by `method`."""
        done = partial(self._on_folder_read, method, single)
        self._job = self._session.run_long_outside(self, read, done, self._on_folder_failed)

    def _on_folder_read(self, method: Method, single: frozenset[Path], found: FolderFiles) -> None:
        if not self._session.is_open:
            return
        if not found.paths:
            self._refuse(NO_FILE)
            return
        methods = [method if path in single else Method.FOLDER for path in found.paths]
        self._begin(found.paths, found.names, methods)
        self._note = say_left_out(found)
        if self._note:
            self.told.emit(self._note)

    def _on_folder_failed(self, error: AppError) -> None:
        if self._session.is_open:
            self._refuse(messages.sentence_for(error))

    def _refuse(self, words: str) -> None:
        self.left.emit()
        self.told.emit(words)

    def _begin(
        self, paths: Sequence[Path], names: Sequence[str], methods: Sequence[Method]
    ) -> None:
        each = zip(paths, methods, label_each(names), strict=True)
        stood = note_stands(paths)
        self._files = [
            QueuedFile(path, method, name, number, stood[path])
            for number, (path, method, name) in enumerate(each)
        ]
        self._batch = len(self._files) > 1
        self._asked = not self._batch
        self._before = self._current().statement_id
        self._progress = None
        self._note = ""
        self.take_next()

    def leave_out(self, held: Iterable[str]) -> None:
        """Take in nothing of what is held back, by the names that were asked about."""
        names = set(held)
        for file in [one for one in self._files if one.name in names]:
            self._drop(file, FileState.HELD_BACK)

    def clear(self) -> None:
        """Begin nothing more."""
        for file in self._files:
            self._tell(file, FileState.STOPPED)
        self._files = []
        self._finish_progress()

    def come_forward(self) -> None:
        """Bring the window of the batch that is under way, or just over, into view."""
        progress = self._progress or self._over
        if progress:
            progress.activateWindow()

    @Slot()
    def stop(self) -> None:
        """Give up what is being kept, and begin nothing more."""
        if self._job:
            self._job.cancel()
        if self._batch:
            for file in self._files[1:]:
                self._tell(file, FileState.STOPPED)
            del self._files[1:]

    @Slot()
    def take_next(self) -> None:
        """Ask about, look into, or take in the next file."""
        if not self._files:
            self._end()
            return
        run, file = self._current(), self._files[0]
        if run.statement_id is None or not self._asked:
            also = rest_of(file.inside, file.leave_out) if file.inside else ()
            self._asked = True
            self.statement_needed.emit(tuple(one.name for one in self._files), also)
            return
        self._show_begun(file)
        group = [file] if run.careful else self._files
        unseen = [one for one in group if not one.looked]
        if unseen:
            if self._progress:
                self._progress.show_looking()
            self._look_into(unseen)
        else:
            self._keep(file)

    # what is inside

    def _look_into(self, files: list[QueuedFile]) -> None:
        stood = {file.path: file.stood for file in files}
        plain = {**self._current().where, "paths": list(stood), "stood": stood}
        self._job = self._session.run_long(
            self,
            partial(followed, look_inside, plain),
            partial(self._on_looked, files),
            self._on_failed,
            self._on_share,
            name=f"Adding {files[0].name}",
        )

    def _on_looked(self, files: list[QueuedFile], found: tuple[InsideFile, ...]) -> None:
        by_path = {one.path: one for one in found}
        for file in files:
            file.looked = True
            one = by_path.get(file.path)
            file.inside = replace(one, name=file.name) if one else None
        asked = tuple(file.inside for file in files if file.inside)
        if asked:
            self._ask_inside(asked)
        else:
            self.take_next()

    def _ask_inside(self, found: tuple[InsideFile, ...]) -> None:
        run = self._current()
        if run.incident_id is None or run.statement_id is None:
            self.left.emit()
            return
        self.asking.emit()
        question = InsideDialog(
            self._session, run.incident_id, run.statement_id, found, self._window
        )
        question.answered.connect(partial(self._on_inside_answered, question))
        question.rejected.connect(self.left)
        question.ask()

    def _on_inside_answered(self, question: InsideDialog, answered: GateAnswered) -> None:
        run = self._current()
        run.careful = answered.careful
        asked = [file for file in self._files if file.inside in question.files]
        if answered.lets_in:
            for file in asked:
                file.statement_id = answered.statement_id
            self.take_next()
            return
        run.statement_id = None
        whole = set(answered.held)
        for file in asked:
            held = question.held.get(file.inside.name, ()) if file.inside else ()
            if file.inside and file.inside.name in whole:
                self._drop(file, FileState.HELD_BACK)
            elif file.inside:
                file.leave_out = tuple(name for name in file.inside.inside if name in held)
        self.held_back.emit(answered.held)

    # the bytes

    def _keep(self, file: QueuedFile) -> None:
        where = dict(self._current().where)
        where["statement_id"] = file.statement_id or where["statement_id"]
        plain = {
            **where, "path": file.path, "method": file.method, "leave_out": file.leave_out,
            "asked_as": file.name, "stood": file.stood,
        }  # fmt: skip
        self._tell(file, FileState.READING)
        self._job = self._session.run_long(
            self,
            partial(followed, add_file, plain),
            partial(self._on_kept, file),
            self._on_failed,
            self._on_share,
            name=f"Adding {file.name}",
        )

    def _show_begun(self, file: QueuedFile) -> None:
        if not self._batch:
            self.begun.emit(file.name)
        elif self._progress is None:
            self._current().shown = True
            self.batch_begun.emit(self._current().incident_id)
            names = [one.name for one in self._files]
            self._number_again()
            self._progress = TakeProgress(self._current().number, names, self._window)
            self._progress.stop_requested.connect(self.stop)
            self._session.locked.connect(self._progress.leave)
            self._progress.come_up()
            if self._note:
                self._progress.banner.show_message(self._note, "warn")

    def _number_again(self) -> None:
        for number, file in enumerate(self._files):
            file.number = number

    def _on_share(self, share: float) -> None:
        if self._progress:
            self._progress.show_share(share)
        else:
            self.progressed.emit(share)

    def _on_kept(self, file: QueuedFile, added: ItemAdded) -> None:
        if not self._session.is_open or file not in self._files:
            return
        self._files.remove(file)
        self._tell(file, FileState.KEPT, say_kept(added))
        self.added.emit(added)
        if self._batch:
            self.take_next()
        else:
            self._restore_answer()
            self.single_kept.emit(file.name, added)

    def _on_failed(self, error: AppError) -> None:
        run = self._current()
        if not self._session.is_open or not self._files:
            return
        if isinstance(error, StatementNeeded):
            run.statement_id = None
            run.careful = True
            self.take_next()
            return
        file = self._files[0]
        if isinstance(error, SealedRecognised):
            self._stop_for(file, error)
            return
        stopped = isinstance(error, Cancelled)
        words = "" if stopped else messages.sentence_for(error)
        self._drop(file, FileState.STOPPED if stopped else FileState.NOT_KEPT, words)
        if self._batch:
            self.take_next()
        else:
            self._restore_answer()
            self.failed.emit(error)

    def _stop_for(self, file: QueuedFile, error: SealedRecognised) -> None:
        """Say stop: it is something that was sealed before, and nothing of it was kept."""
        run = self._current()
        run.statement_id = None
        run.careful = True
        self._drop(file, FileState.HELD_BACK, messages.sentence_for(error))
        topics = (Topic.EVIDENCE, Topic.CHRONOLOGY, Topic.CHECKLIST, Topic.INCIDENT)
        self._session.changed.emit(changed(*topics, incident_id=run.incident_id))
        self.asking.emit()
        self.held_back.emit((f"{file.name}, known from something that was sealed",))

    def _drop(self, file: QueuedFile, state: FileState, words: str = "") -> None:
        self._files.remove(file)
        self._tell(file, state, words)

    def _tell(self, file: QueuedFile, state: FileState, words: str = "") -> None:
        if self._progress:
            self._progress.put(file.number, state, words)

    def _end(self) -> None:
        self._restore_answer()
        self._over = self._progress
        self._finish_progress()
        self.batch_over.emit()
        self._over = None

    def _restore_answer(self) -> None:
        """Go back to the answer of the session: the one about these files covers these alone."""
        run = self._current()
        run.statement_id = None if run.careful else self._before

    def _finish_progress(self) -> None:
        if self._progress:
            self._progress.show_over()
            self._progress = None

    @Slot()
    def _on_about_to_lock(self) -> None:
        """Tell at the next unlock what was chosen and never begun."""
        for file in self._files:
            self._session.run(self, partial(say_cut, what=f"Adding {file.name}"))

    @Slot()
    def _on_locked(self) -> None:
        self._files = []
        self._progress = None
