"""The way in: the gate first, then capture, paste, drop or choose, then where it comes from."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError, StatementNeeded
from desktop.domain.evidence.gate import Concern
from desktop.domain.evidence.items import EvidenceItem, Method
from desktop.domain.evidence.screens import ListFrames
from desktop.domain.identifiers import IncidentId, SetId
from desktop.operations.evidence.answer_gate import GateAnswered
from desktop.operations.evidence.keep_content import ItemAdded
from desktop.operations.evidence.view_evidence import find_item
from desktop.ui import messages
from desktop.ui.capture.capture_dialog import CaptureDialog
from desktop.ui.capture.capture_run import (
    DROP_AGAIN,
    DROPPED,
    NO_PICTURE,
    NO_SCREEN,
    PASTED,
    SESSION,
    CaptureRun,
    held_words,
)
from desktop.ui.capture.file_queue import FileQueue
from desktop.ui.capture.gate_keeper import GateKeeper
from desktop.ui.capture.keep_picture import KeepPicture
from desktop.ui.capture.origin_form import OriginForm
from desktop.ui.capture.screen_grab import clipboard_now, offers_picture
from desktop.ui.capture.screen_session import ScreenSession
from desktop.ui.capture.screen_taker import Taken, Way, Wish
from desktop.ui.capture.stop_notice import StopNotice
from desktop.ui.session import Session


class CaptureFlow(QObject):
    """One capture session at a time. `finished` gives the incident it was for, or None.

    `batch_begun` gives it as soon as files are taken in beside the window, which then is not led
    away from where the keyholder works when they are all kept.
    A new incident is asked about first; `asked_already` says that the page has done so.
    """

    item_added = Signal(object)
    batch_begun = Signal(object)
    finished = Signal(object)
    colleague_named = Signal()

    def __init__(
        self,
        session: Session,
        window: QWidget,
        asked_already: Callable[[], bool] = bool,
        list_frames: ListFrames | None = None,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._asked_already = asked_already
        self._dialog: CaptureDialog | None = None
        self._run = CaptureRun()
        self._files = FileQueue(session, lambda: self._run, window, self)
        self._files.statement_needed.connect(self._on_statement_needed)
        self._files.asking.connect(self._hide_dialog)
        self._files.held_back.connect(self._show_stop)
        self._files.left.connect(self._on_gate_left)
        self._files.begun.connect(self._open_busy)
        self._files.progressed.connect(self._on_progress)
        self._files.added.connect(self._on_added)
        self._files.failed.connect(self._on_failed)
        self._files.single_kept.connect(self._on_file_kept)
        self._files.batch_begun.connect(self._hide_dialog)
        self._files.batch_begun.connect(self.batch_begun)
        self._files.batch_over.connect(self._on_stop_read)
        self._files.told.connect(self._say)
        self._pictures = KeepPicture(session, lambda: self._run, self)
        self._pictures.begun.connect(self._on_picture_begun)
        self._pictures.progressed.connect(self._on_progress)
        self._pictures.kept.connect(self._on_picture_kept)
        self._pictures.failed.connect(self._on_failed)
        self.screen = ScreenSession(session, window, list_frames)
        self.screen.wished.connect(self._on_wished)
        self.screen.taken.connect(self._on_taken)
        self.screen.blind.connect(self._on_blind)
        self.screen.more_requested.connect(self._show_dialog)
        self.screen.finished.connect(self._end)
        self._gate = GateKeeper(session, self.screen, lambda: self._run, self)
        self._gate.kept_out.connect(self._on_kept_out)
        self._gate.left.connect(self._on_gate_left)
        self._gate.colleague_named.connect(self._on_colleague)
        session.locked.connect(self._on_locked)

    @property
    def is_running(self) -> bool:
        """Whether a session is under way."""
        return self._run.going

    def start(self, incident_id: IncidentId | None) -> None:
        """Begin a session for an incident; None: a new one, or one that is chosen at the gate.

        After the answer a part of the screen can be chosen at once; Escape leads to all else.
        """
        if self._begin(incident_id):
            self._gate.ask((SESSION,), partial(self._take, Wish()))

    def take_next(self) -> bool:
        """Take the next from the screen, as the last was; False where no session is under way."""
        self.screen.take_next()
        return self._run.going

    def take_files(
        self, incident_id: IncidentId | None, paths: Sequence[Path], method: Method
    ) -> None:
        """Take in files: the gate lists their names before anything is read of them."""
        if paths and self._begin(incident_id):
            self._files.begin(paths, method)

    def paste(self, incident_id: IncidentId | None) -> None:
        """Take in the picture on the clipboard; it is read after the gate only."""
        offers = offers_picture(clipboard_now())
        if offers and self._begin(incident_id):
            self._gate.ask((PASTED,), self._paste_now)

    def expect_drop(self, incident_id: IncidentId | None) -> None:
        """Ask about a picture that was dropped; it has to be dropped again after the answer."""
        if self._begin(incident_id):
            self._gate.ask((DROPPED,), partial(self._show_dialog, DROP_AGAIN))

    def _begin(self, incident_id: IncidentId | None) -> bool:
        if self._run.going:
            self._files.come_forward()
            return False
        asked = incident_id is not None or self._session.is_restricted or self._asked_already()
        self._run = CaptureRun(going=True, incident_id=incident_id, asked=asked)
        return True

    # the gate

    @Slot()
    def _on_colleague(self) -> None:
        self._end()
        self.colleague_named.emit()

    def _with_statement(self, listed: Sequence[str], then: Callable[[], None]) -> None:
        """Do it under the answer that was given; in a careful incident ask for each thing."""
        if self._run.statement_id is not None:
            then()
            return
        if self._dialog:
            self._dialog.hide()
        self._gate.ask(listed, then)

    @Slot(object)
    def _on_kept_out(self, answered: GateAnswered) -> None:
        self._files.leave_out(answered.held)
        self._show_stop(held_words(answered.held, answered.description), answered.concern)

    @Slot(object)
    def _show_stop(self, held: Sequence[str], concern: Concern | None = None) -> None:
        notice = StopNotice(held, self.screen.front, concern=concern)
        notice.finished.connect(self._on_stop_read)
        notice.open()

    @Slot()
    def _on_stop_read(self) -> None:
        """Ordinary things go on, each with an answer of its own."""
        if self._files.is_waiting:
            self._files.take_next()
        else:
            self._go_on()

    @Slot()
    def _on_gate_left(self) -> None:
        self._files.clear()
        self._go_on()

    def _go_on(self) -> None:
        """Bring up what the session was left for; without it, it ends."""
        if self.screen.is_active and self._session.is_open:
            self.screen.come_up()
        elif self._dialog and self._session.is_open:
            self._dialog.show_ready()
            self._dialog.come_up()
            self._files.come_forward()
        else:
            self._end()

    @Slot()
    def _show_dialog(self, text: str = "") -> None:
        self.screen.step_back()
        if self._dialog is None:
            dialog = CaptureDialog(self._run, self._window, self._session)
            dialog.region_requested.connect(partial(self._on_wished, Wish()))
            dialog.screen_requested.connect(lambda one: self._on_wished(Wish(Way.SCREEN, one)))
            dialog.paste_requested.connect(self._on_paste_requested)
            dialog.file_requested.connect(partial(self._files.choose_files, dialog))
            dialog.folder_requested.connect(partial(self._files.choose_folder, dialog))
            dialog.files_dropped.connect(partial(self._files.begin, method=Method.DROP))
            dialog.picture_dropped.connect(self._on_picture_dropped)
            dialog.stop_requested.connect(self._on_stop_requested)
            dialog.finished.connect(self._on_dialog_finished)
            self._dialog = dialog
        self._dialog.come_up()
        if text:
            self._dialog.banner.show_message(text, "info")

    @Slot()
    def _on_paste_requested(self) -> None:
        if not offers_picture(clipboard_now()):
            self._show_dialog(NO_PICTURE)
            return
        self._with_statement((PASTED,), self._paste_now)

    @Slot(str)
    def _say(self, text: str) -> None:
        messages.tell(self._dialog or self._window, text, "info")

    @Slot(object, object)
    def _on_statement_needed(self, names: Sequence[str], also: Sequence[str]) -> None:
        self._hide_dialog()
        self._gate.ask(names, self._files.take_next, also)

    @Slot(object)
    def _on_picture_dropped(self, offered: QMimeData) -> None:
        if self._run.statement_id is None:
            self._with_statement((DROPPED,), partial(self._show_dialog, DROP_AGAIN))
            return
        self._keep_offered(offered, Method.DROP)

    @Slot()
    def _on_stop_requested(self) -> None:
        self._files.stop()
        self._pictures.stop()

    @Slot()
    def _on_dialog_finished(self) -> None:
        self._end()

    # the screen

    @Slot(object)
    def _on_wished(self, wish: Wish) -> None:
        self._with_statement((wish.way.value,), partial(self._take, wish))

    def _take(self, wish: Wish) -> None:
        self._hide_dialog()
        self.screen.begin(self._run.number)
        self.screen.take(wish)

    @Slot(object, object)
    def _on_taken(self, taken: Taken, set_id: SetId) -> None:
        if self._run.going:
            self._pictures.keep_taken(taken, set_id)

    @Slot()
    def _on_blind(self) -> None:
        if self._run.going:
            self._show_dialog(NO_SCREEN)

    @Slot()
    def _hide_dialog(self) -> None:
        if self._dialog:
            self._dialog.hide()

    # the bytes

    def _paste_now(self) -> None:
        self._keep_offered(clipboard_now(), Method.PASTE)

    def _keep_offered(self, offered: QMimeData, method: Method) -> None:
        if not self._pictures.keep_offered(offered, method):
            self._show_dialog(NO_PICTURE)

    @Slot()
    def _on_picture_begun(self) -> None:
        if not self.screen.is_active:
            self._open_busy("the picture")

    @Slot(str)
    def _open_busy(self, name: str) -> None:
        self._show_dialog()
        if self._dialog:
            self._dialog.show_busy(name)

    @Slot(float)
    def _on_progress(self, share: float) -> None:
        if self._dialog:
            self._dialog.show_progress(share)

    @Slot(object)
    def _on_picture_kept(self, added: ItemAdded) -> None:
        self._on_added(added)
        if not self.screen.is_active:
            self._on_file_kept("", added)
            return
        self.screen.show_kept(added)
        if self.screen.begins_set:
            self._find_item(added)

    @Slot(object)
    def _on_added(self, added: ItemAdded) -> None:
        if self._run.careful:
            self._run.statement_id = None
        self.item_added.emit(added)

    @Slot(str, object)
    def _on_file_kept(self, name: str, added: ItemAdded) -> None:
        if self._dialog:
            self._dialog.show_ready()
            self._dialog.show_kept(added.mark, name, added.same_as)
        self._find_item(added)

    def _find_item(self, added: ItemAdded) -> None:
        find = partial(find_item, item_id=added.item_id)
        self._session.run(self, find, self._ask_origin, self._on_failed)

    def _ask_origin(self, item: EvidenceItem) -> None:
        if self._dialog:
            self._dialog.hide()
        form = OriginForm(self._session, item, self.screen.front)
        form.finished.connect(self._on_origin_finished)
        form.show_form()

    @Slot()
    def _on_origin_finished(self) -> None:
        if self._run.going and self._session.is_open and not self.screen.is_active:
            self._show_dialog()

    @Slot(object)
    def _on_failed(self, error: AppError) -> None:
        if not self._session.is_open:
            return
        if isinstance(error, StatementNeeded):
            self._run.statement_id = None
            self._run.careful = True
        if self.screen.is_active:
            self.screen.show_failed(messages.sentence_for(error))
            return
        self._show_dialog()
        if self._dialog:
            self._dialog.show_ready()
            self._dialog.show_failed(messages.sentence_for(error))

    @Slot()
    def _end(self) -> None:
        self.screen.end()
        dialog, self._dialog = self._dialog, None
        if dialog:
            dialog.deleteLater()
        incident_id = None if self._run.shown else self._run.incident_id
        self._run = CaptureRun()
        self._files.clear()
        self.finished.emit(incident_id)

    @Slot()
    def _on_locked(self) -> None:
        if not self._run.going:
            return
        self._window.show()
        dialog = self._dialog
        self._end()
        if dialog:
            dialog.hide()
